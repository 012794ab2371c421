"""Who sees whose marks, verdicts and votes in which phase: held to tables written by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions.access import COMPUTER, NotAllowedError, NotKeptError
from actions.round_conflicts import Declaration, declare, review
from actions.round_facts import EXPERT, MARK, MARKED, marks
from actions.round_marks import Answer, Given, give_mark
from actions.round_read import rounds, seen
from actions.round_rights import may_do
from actions.round_setup import NewCandidate, enter_candidate, make_round, move_on
from actions.round_write import MeanwhileError, RoundError
from tests.round_at_hand import FREE, PHASES, VIEWERS, RoundWorld, round_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundWorld]:
    with round_world(tmp_path_factory.mktemp("sight"), PHASES[:4]) as made:
        yield made


def at(world: RoundWorld, phase: str) -> None:
    """Bring the round to a phase, back and forth along the ways that the award allows."""
    here = seen(COMPUTER, world.round)
    ways = {
        ("mark", "discuss"): ("discuss",),
        ("discuss", "meet"): ("meet",),
        ("meet", "discuss"): ("discuss",),
        ("discuss", "mark"): ("mark",),
        ("mark", "meet"): ("discuss", "meet"),
        ("meet", "mark"): ("discuss", "mark"),
    }.get((here.phase.id, phase), ())
    for one in ways:
        now = seen(COMPUTER, world.round).now
        move_on(COMPUTER, world.round, "", now["phase", ""].version, one)
    assert seen(COMPUTER, world.round).phase.id == phase


def give(world: RoundWorld, role: str, city: str, value: float = 3.0, criteria: int = 8) -> None:
    """Marks of somebody on the first criteria of a city."""
    for one in seen(COMPUTER, world.round).award.criteria[:criteria]:
        found = world.seen(role).now.get((MARK, f"{world.seats[role]}:{city}:{one.id}"))
        base = found.version if found else 0
        answer = Answer(city, one.id, base, Given(MARKED, value, "as seen in the dossier"))
        give_mark(world.actor(role), world.round, "", answer)


def count(world: RoundWorld, role: str) -> dict[str, int]:
    """How many marks somebody sees: her own, and others' with and without names."""
    seats = set(world.seats.values())
    mine = world.seats[role]
    found = marks(world.seen(role).now)
    return {
        "own": sum(one.seat == mine for one in found),
        "named": sum(one.seat in seats and one.seat != mine for one in found),
        "nameless": sum(one.seat not in seats for one in found),
    }


def test_who_sees_whose_marks_in_which_phase(world: RoundWorld) -> None:
    first, second, _ = world.others
    give(world, "free 1", first)
    give(world, "free 2", first, 4.0)
    give(world, "free 1", world.closed)
    give(world, "juror", first, 2.0, criteria=7)
    give(world, "chair", second)
    # Marking: jurors see their own alone; who runs the round sees all but of the city that she judges herself.
    by_hand = {
        "mark": {
            "free 1": (16, 0, 0),
            "free 2": (8, 0, 0),
            "free 3": (0, 0, 0),
            "juror": (7, 0, 0),
            # She judges all three and has marked the second one whole: nobody else has marked that.
            "chair": (8, 0, 0),
            "substitute": (0, 8 + 8 + 7 + 8, 0),
            "secretariat": (0, 8 + 8 + 7 + 8, 0),
            "auditor": (0, 8 + 8 + 7 + 8, 0),
        },
        # Discussion: a city that one has marked whole is open, without names. The juror lacks one criterion.
        "discuss": {
            "free 1": (16, 0, 8 + 7),
            "free 2": (8, 0, 8 + 7),
            "free 3": (0, 0, 0),
            "juror": (7, 0, 0),
            "chair": (8, 0, 0),
            "substitute": (0, 31, 0),
            "secretariat": (0, 31, 0),
            "auditor": (0, 31, 0),
        },
        # Meeting: all, with names; of the closed city nothing for who has a conflict.
        "meet": {
            "free 1": (16, 8 + 7 + 8, 0),
            "free 2": (8, 16 + 7 + 8, 0),
            "free 3": (0, 39, 0),
            "juror": (7, 24, 0),
            "chair": (8, 23, 0),
            "substitute": (0, 31, 0),
            "secretariat": (0, 31, 0),
            "auditor": (0, 31, 0),
        },
    }
    for phase, expected in by_hand.items():
        at(world, phase)
        for role, (own, named, nameless) in expected.items():
            told = count(world, role)
            assert told == {"own": own, "named": named, "nameless": nameless}, (phase, role)
    at(world, "mark")


def test_a_mark_is_given_by_who_is_to_give_it_and_by_nobody_else(world: RoundWorld) -> None:
    at(world, "mark")
    first = world.others[0]
    answer = Answer(first, "plan", 0, Given(MARKED, 3.0, "why"))
    for role in ("substitute", "secretariat", "auditor"):
        with pytest.raises(NotKeptError):
            give_mark(world.actor(role), world.round, "", answer)
    # Whoever has a conflict is told as if the city were not there.
    for role in VIEWERS:
        with pytest.raises(NotKeptError):
            give_mark(world.actor(role), world.round, "", Answer(world.closed, "plan", 0, answer.given))


@pytest.mark.parametrize(
    ("given", "trouble"),
    [
        (Given(MARKED, 3.25, "why"), "mark_wrong"),
        (Given(MARKED, 0.5, "why"), "mark_wrong"),
        (Given(MARKED, 5.5, "why"), "mark_wrong"),
        (Given(MARKED, None, "why"), "mark_wrong"),
        (Given("perhaps", 3.0, "why"), "mark_wrong"),
        (Given(MARKED, 5.0), "reason_missing"),
        (Given(MARKED, 1.0, "  "), "reason_missing"),
        (Given("not_enough", None), "reason_missing"),
    ],
)
def test_what_is_no_mark_is_refused(world: RoundWorld, given: Given, trouble: str) -> None:
    at(world, "mark")
    with pytest.raises(RoundError) as found:
        give_mark(world.actor("free 3"), world.round, "", Answer(world.others[1], "plan", 0, given))
    assert found.value.kind == trouble


def test_of_two_tabs_the_slower_one_is_told_what_counts(world: RoundWorld) -> None:
    at(world, "mark")
    who, city = world.actor("free 3"), world.others[2]
    kept = give_mark(who, world.round, "", Answer(city, "plan", 0, Given(MARKED, 3.5)))
    assert (kept.value, kept.version) == (3.5, 1)
    with pytest.raises(MeanwhileError) as found:
        give_mark(who, world.round, "", Answer(city, "plan", 0, Given(MARKED, 2.0)))
    assert found.value.version == 1
    assert give_mark(who, world.round, "", Answer(city, "plan", 1, Given(MARKED, 2.5))).version == 2
    history = [one.said["value"] for one in world.seen("free 3").entries if one.key.endswith(f"{city}:plan")]
    assert [one for one in history if one] == ["3.5", "2.5"]


def test_a_city_without_a_role_in_the_round_sees_nothing_before_it_is_published(world: RoundWorld) -> None:
    owner = world.cities.actor("owner")
    assert rounds(owner) == ()
    with pytest.raises(NotKeptError):
        seen(owner, world.round)
    with pytest.raises(NotKeptError):
        seen(world.cities.actor("commission"), world.round)


def test_who_has_a_conflict_cannot_take_it_back_and_a_second_person_can_lift_it(world: RoundWorld) -> None:
    with pytest.raises(NotAllowedError):
        declare(world.actor("auditor"), world.round, "", {world.closed: Declaration("none")})
    # The other chairs and secretaries are in conflict themselves: it is not theirs to see. The office's computer may.
    with pytest.raises(NotAllowedError):
        review(world.actor("chair"), world.round, "", world.seats["auditor"], world.closed, False, "a slip")
    review(COMPUTER, world.round, "", world.seats["auditor"], world.closed, False, "declared by mistake")
    assert world.seen("auditor").viewer.recused == {}
    assert world.actor("auditor").closed == frozenset()
    review(COMPUTER, world.round, "", world.seats["auditor"], world.closed, True, "it was none")
    assert list(world.seen("auditor").viewer.recused) == [world.closed]


def test_nobody_ends_a_round_in_which_a_city_is_closed_to_her(world: RoundWorld) -> None:
    at(world, "meet")
    base = seen(COMPUTER, world.round).now["phase", ""].version
    for role in ("chair", "substitute", "secretariat", *FREE):
        with pytest.raises(NotKeptError):
            move_on(world.actor(role), world.round, "", base, "closed")
    assert not may_do(world.seen("chair"), "end")
    at(world, "mark")


def test_before_everything_is_declared_nothing_opens(tmp_path: object, world: RoundWorld) -> None:
    made = make_round(COMPUTER, "unesco_2024", "Another")
    move_on(COMPUTER, made, "", 0, "declare")
    secretary = world.actor("secretariat")
    city = enter_candidate(
        COMPUTER, made, "", NewCandidate("Ownville", "KOR", "asia_pacific", world.cities.own, "", facts={})
    )
    here = seen(secretary, made)
    assert (here.viewer.seat, here.viewer.role, here.viewer.undeclared) == ("", "secretariat", (city,))
    with pytest.raises(NotKeptError):
        seen(world.actor("juror"), made)
    assert EXPERT not in {one.kind for one in here.entries}
