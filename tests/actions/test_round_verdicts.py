"""Evidence looked at together: what is kept, who sees it before the second look, its strength, how far two agree."""

from __future__ import annotations

import pytest

from actions.access import COMPUTER, NotAllowedError, NotKeptError
from actions.round_facts import checked_twice
from actions.round_read import seen
from actions.round_setup import move_on
from actions.round_verdicts import checks, give_verdict, looked_twice, strength, verdicts
from actions.round_write import MeanwhileError, RoundError
from tests.actions.jury_at_work import AtWork, jury_at_work

FIELD = "4.1.1"


@pytest.fixture
def at(data_folder: object) -> AtWork:
    """Every answer is looked at by two."""
    return jury_at_work(share=1.0)


def find(
    at: AtWork, who: str, verdict: str, where: str = "page 3", field: str = FIELD, base: int = 0
) -> None:
    said = {"verdict": verdict, "where": where, "note": ""}
    give_verdict(COMPUTER, at.id, at.seats[who], at.dossiers["riverbend"], field, base, said)


def told_to(at: AtWork, who: str, field: str = FIELD) -> list[tuple[str, str]]:
    found = seen(COMPUTER, at.id, at.seats[who])
    names = {seat: name for name, seat in at.seats.items()}
    given = verdicts(found, at.dossiers["riverbend"]).get(field, ())
    return [(names[one.seat], one.verdict) for one in given]


def test_the_second_person_looks_without_knowing(at: AtWork) -> None:
    find(at, "ana", "supported")
    # Neither jurors nor chair nor secretariat know of it before they have said what they found.
    assert [told_to(at, who) for who in ("ben", "chair", "office")] == [[], [], []]
    assert told_to(at, "ana") == [("ana", "supported")]
    find(at, "ben", "partly")
    both = [("ana", "supported"), ("ben", "partly")]
    assert [told_to(at, who) for who in ("ana", "ben", "chair", "office")] == [both] * 4
    # Whoever is closed out of the city learns nothing of it.
    assert told_to(at, "cai") == []
    with pytest.raises(NotKeptError):
        find(at, "cai", "supported")


def test_without_a_second_look_one_verdict_is_everybodys(data_folder: object) -> None:
    at = jury_at_work(share=0.0)
    find(at, "ana", "not_found", "")
    assert told_to(at, "ben") == [("ana", "not_found")]
    found = seen(COMPUTER, at.id, at.seats["ben"])
    check = next(
        one for one in checks(COMPUTER, found, at.dossiers["riverbend"], "en") if one.answer.field == FIELD
    )
    assert (check.twice, check.own, check.open) == (False, None, False)


@pytest.mark.parametrize(
    ("verdict", "where", "field", "kind"),
    [
        ("good", "page 3", FIELD, "verdict_unknown"),
        ("", "page 3", FIELD, "verdict_unknown"),
        ("supported", " ", FIELD, "where_missing"),
        ("partly", "", FIELD, "where_missing"),
        ("supported", "page 3", "99.9.9", "answer_unknown"),
    ],
)
def test_what_cannot_be_kept_says_why(verdict: str, where: str, field: str, kind: str, at: AtWork) -> None:
    with pytest.raises(RoundError, match=kind):
        find(at, "ana", verdict, where, field)
    assert told_to(at, "ana", field) == []


def test_a_verdict_is_changed_on_top_of_the_version_seen(at: AtWork) -> None:
    find(at, "ana", "supported")
    with pytest.raises(MeanwhileError):
        find(at, "ana", "not")
    find(at, "ana", "not", "", base=1)
    assert told_to(at, "ana") == [("ana", "not")]


def test_strength_counts_answers_and_never_enters_a_mark(at: AtWork) -> None:
    for who, field, verdict in (
        ("ana", "4.1.1", "supported"),
        ("ben", "4.1.1", "supported"),
        ("ana", "4.2.1", "supported"),
        ("ben", "4.2.1", "not"),
        ("ana", "5.1.1", "not_found"),
    ):
        find(at, who, verdict, "page 1", field)
    found = seen(COMPUTER, at.id, at.seats["ana"])
    counted = strength(found, at.dossiers["riverbend"], ["4.1.1", "4.2.1", "5.1.1", "6.1.1"])
    assert (counted.of, counted.checked) == (4, 3)
    assert {name: count for name, count in counted.found.items() if count} == {
        "supported": 1,
        "differing": 1,
        "not_found": 1,
    }
    assert not any(kind == "mark" for kind, _ in found.now)


def test_agreement_of_two_who_did_not_know_of_each_other(at: AtWork) -> None:
    fields = ("4.1.1", "4.2.1", "5.1.1", "1.1.1")
    for who, said in (
        ("ana", ("supported", "supported", "not", "not")),
        ("ben", ("supported", "not", "not", "not")),
    ):
        for field, verdict in list(zip(fields, said, strict=True))[:2]:
            find(at, who, verdict, "page 1", field)
        if who == "ben":
            # Two answers are too few to tell.
            assert looked_twice(seen(COMPUTER, at.id, at.seats["ana"])) is None
        for field, verdict in list(zip(fields, said, strict=True))[2:]:
            find(at, who, verdict, "page 1", field)
    # Three of four alike. Of the eight verdicts 3 are "supported" and 5 "not": observed disagreement 2 ordered pairs,
    # expected 2 * 3 * 5 / 7; alpha = 1 - 7 * 2 / 30 = 16 / 30.
    twice = looked_twice(seen(COMPUTER, at.id, at.seats["office"]))
    assert twice is not None
    assert (twice.answers, twice.same) == (4, 3)
    assert twice.alpha == pytest.approx(16 / 30, abs=1e-12)
    # What one changes after having seen the other does not make them agree.
    find(at, "ben", "supported", "page 1", "4.2.1", base=1)
    assert looked_twice(seen(COMPUTER, at.id, at.seats["office"])) == twice
    # In another round's eyes nothing of it is there: the one who is closed out counts no pair.
    assert looked_twice(seen(COMPUTER, at.id, at.seats["cai"])) is None


def test_the_sample_hangs_on_the_answer_alone() -> None:
    drawn = [checked_twice("round", "city", f"{n}.1.1", 0.2) for n in range(2000)]
    assert 0.17 < sum(drawn) / len(drawn) < 0.23
    assert not any(checked_twice("round", "city", f"{n}.1.1", 0.0) for n in range(100))
    assert all(checked_twice("round", "city", f"{n}.1.1", 1.0) for n in range(100))


def test_before_marking_begins_nothing_is_looked_at(data_folder: object) -> None:
    at = jury_at_work(until="calibrate")
    with pytest.raises(NotAllowedError):
        find(at, "ana", "supported")
    move_on(COMPUTER, at.id, "", 3, "mark")
    find(at, "ana", "supported")
