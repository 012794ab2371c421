"""Marking: what is kept at once, what a reason is due for, two tabs, one's own list and ladder, practice and others."""

from __future__ import annotations

import pytest

from actions.access import COMPUTER, NotAllowedError, NotKeptError
from actions.round_calibration import feedback
from actions.round_dossier import dossier
from actions.round_evidence import at_page, page_in
from actions.round_ladder import ladder
from actions.round_mark_work import in_hand, next_open, when_sentence, work_sentence
from actions.round_marks import give_mark, give_marks
from actions.round_own import before_discussion, choices, due, history, others, own_mark
from actions.round_read import Seen, seen
from actions.round_setup import move_on
from actions.round_write import MeanwhileError, RoundError
from store.engine import Store
from tests.actions.jury_at_work import CRITERIA, AtWork, answer, jury_at_work, mark_all


@pytest.fixture
def at(data_folder: object) -> AtWork:
    return jury_at_work()


def as_(at: AtWork, who: str) -> Seen:
    return seen(COMPUTER, at.id, at.seats[who])


def test_a_mark_is_kept_at_once_with_its_time_on_both_databases(installation: Store) -> None:
    at = jury_at_work()
    city, seat = at.dossiers["riverbend"], at.seats["ana"]
    kept = give_mark(COMPUTER, at.id, seat, answer(city, "plan", "3.5"))
    assert (kept.value, kept.version, kept.phase) == (3.5, 1, "mark")
    own = own_mark(as_(at, "ana"), city, "plan")
    assert (own.choice, own.reason, own.version, own.at) == ("3.5", "", 1, kept.at)
    # Another tab that still shows version 0 is told, and what it says is not kept.
    with pytest.raises(MeanwhileError) as told:
        give_mark(COMPUTER, at.id, seat, answer(city, "plan", "2"))
    assert told.value.version == 1
    assert own_mark(as_(at, "ana"), city, "plan").choice == "3.5"
    give_mark(COMPUTER, at.id, seat, answer(city, "plan", "2", base=1))
    assert own_mark(as_(at, "ana"), city, "plan").choice == "2"


def test_what_may_be_answered_are_halves_and_that_evidence_is_missing(at: AtWork) -> None:
    assert choices(as_(at, "ana").award) == (
        *("1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5"),
        "not_enough",
    )


@pytest.mark.parametrize(
    ("choice", "beside", "needs"),
    [
        ("5", [], True),
        ("1", [], True),
        ("not_enough", [], True),
        ("3", [], False),
        ("4.5", [], False),
        # The middle of 3 and 3 is 3: 4.5 lies 1.5 away, which is not more than 1.5.
        ("4.5", ["3", "3"], False),
        # The middle of 2, 2.5 and 3 is 2.5: 4.5 lies 2 away.
        ("4.5", ["2", "2.5", "3"], True),
        ("", [], False),
    ],
)
def test_for_which_marks_a_reason_is_due(choice: str, beside: list[str], needs: bool, at: AtWork) -> None:
    city, seat = at.dossiers["riverbend"], at.seats["ana"]
    answers = [answer(city, one, said) for one, said in zip(CRITERIA[1:], beside, strict=False)]
    if answers:
        give_marks(COMPUTER, at.id, seat, answers)
    assert due(as_(at, "ana"), city, "plan", choice) == needs
    if not choice:
        return
    if needs:
        with pytest.raises(RoundError, match="reason_missing"):
            give_mark(COMPUTER, at.id, seat, answer(city, "plan", choice))
    kept = give_mark(COMPUTER, at.id, seat, answer(city, "plan", choice, "Seen on page 4"))
    assert (kept.value is None) == (choice == "not_enough")


def test_ones_own_list_says_what_is_owed_and_where_to_go_on(at: AtWork) -> None:
    found = as_(at, "ana")
    assert [(one.candidate.name, one.reference, one.now, len(one.open)) for one in in_hand(found)] == [
        ("Lindenhavn", True, False, 8),
        ("Riverbend", False, True, 8),
        ("Wattlemere", False, True, 8),
    ]
    assert work_sentence(found, "en") == "You owe 16 marks. 0 of 16 are in."
    assert next_open(found) == (at.dossiers["riverbend"], "plan")
    mark_all(at, "ana", "riverbend")
    give_mark(
        COMPUTER, at.id, at.seats["ana"], answer(at.dossiers["wattlemere"], "plan", "not_enough", "Nothing")
    )
    found = as_(at, "ana")
    assert work_sentence(found, "en") == "You owe 7 marks. 9 of 16 are in."
    assert [one.not_enough for one in in_hand(found)] == [0, 0, 1]
    assert next_open(found, at.dossiers["riverbend"], "culture") == (at.dossiers["wattlemere"], "partners")
    # Within a city the next one after, then what was left out before.
    assert next_open(found, at.dossiers["wattlemere"], "network") == (at.dossiers["wattlemere"], "partners")
    # A city that is closed to a juror is not on her list, in no count and not to be marked.
    assert [one.candidate.name for one in in_hand(as_(at, "cai"))] == ["Lindenhavn", "Wattlemere"]
    with pytest.raises(NotKeptError):
        give_mark(COMPUTER, at.id, at.seats["cai"], answer(at.dossiers["riverbend"], "plan", "3"))
    with pytest.raises(NotKeptError):
        dossier(COMPUTER, as_(at, "cai"), at.dossiers["riverbend"], "plan", "core", "en")


def test_when_marking_begins_and_ends_is_said(data_folder: object) -> None:
    at = jury_at_work(until="calibrate")
    found = as_(at, "ana")
    assert work_sentence(found, "en") == "You owe 8 marks. 0 of 8 are in."
    with pytest.raises(NotAllowedError):
        give_mark(COMPUTER, at.id, at.seats["ana"], answer(at.dossiers["riverbend"], "plan", "3"))
    assert when_sentence(as_(at, "office"), "en") == (
        "No city is assigned to you yet. Whoever runs the round assigns cities; you need do nothing."
    )


def test_practice_is_told_beside_the_expert_once_all_marks_are_in(data_folder: object) -> None:
    at = jury_at_work(until="calibrate")
    reference = at.dossiers["lindenhavn"]
    give_marks(COMPUTER, at.id, at.seats["ana"], [answer(reference, one, "3") for one in CRITERIA[:-1]])
    assert feedback(as_(at, "ana"), reference, "en") is None
    give_mark(COMPUTER, at.id, at.seats["ana"], answer(reference, "network", "not_enough", "No page"))
    told = feedback(as_(at, "ana"), reference, "en")
    assert told is not None
    # sample_data/merit.csv is what the invented expert gives Lindenhavn.
    assert [(one.criterion, one.own, one.expert, one.apart) for one in told.rows] == [
        ("plan", "3", "4.5", "−1.5"),
        ("partners", "3", "4.5", "−1.5"),
        ("resources", "3", "4", "−1"),
        ("monitoring", "3", "4.5", "−1.5"),
        ("access", "3", "4", "−1"),
        ("culture", "3", "4.5", "−1.5"),
        ("innovation", "3", "4", "−1"),
        ("network", "Not enough evidence", "3.5", "–"),
    ]
    assert all(one.again for one in told.rows)
    # 9 levels on 7 criteria.
    assert told.sentence == "On average you mark 1.29 levels lower than the expert."
    # Nobody else learns the expert's marks from that.
    assert feedback(as_(at, "ben"), reference, "en") is None


def test_others_marks_come_after_ones_own_and_nameless(at: AtWork) -> None:
    city = at.dossiers["riverbend"]
    mark_all(at, "ben", "riverbend", "4")
    assert others(as_(at, "ana"), city, "plan", "en") == ()
    move_on(COMPUTER, at.id, "", 4, "discuss")
    assert others(as_(at, "ana"), city, "plan", "en") == ()
    mark_all(at, "ana", "riverbend")
    (told,) = others(as_(at, "ana"), city, "plan", "en")
    assert (told.who, told.choice, told.before) == ("Another juror (1)", "4", "")
    # What Ben changes in the discussion stands beside what he gave before.
    give_mark(COMPUTER, at.id, at.seats["ben"], answer(city, "plan", "3.5", base=1))
    (told,) = others(as_(at, "ana"), city, "plan", "en")
    assert (told.choice, told.before) == ("3.5", "4")
    assert before_discussion(as_(at, "ben"), at.seats["ben"], city, "plan") == "4"
    assert [(row["Phase"], row["Mark"]) for row in history(as_(at, "ben"), city, "plan", "en")] == [
        ("Marking", "4"),
        ("Discussion", "3.5"),
    ]
    # What she first gave in the discussion has no before.
    assert before_discussion(as_(at, "ana"), at.seats["ana"], city, "plan") == ""


def test_the_ladder_asks_about_a_pair_that_stands_against_the_indicators(at: AtWork) -> None:
    seat, upper, lower = at.seats["ana"], at.dossiers["riverbend"], at.dossiers["wattlemere"]
    give_marks(COMPUTER, at.id, seat, [answer(upper, "access", "4"), answer(lower, "access", "3")])
    shown = ladder(COMPUTER, as_(at, "ana"), "access", "core", "en")
    assert [(one.candidate.name, one.mark) for one in shown.rungs] == [
        ("Riverbend", "4"),
        ("Wattlemere", "3"),
    ]
    # Riverbend's focus areas 4, 5, 6 and feature 7.2 have 81.8, 61.5, 64.5 and 94.8 points: 75.6 on average.
    assert shown.odd == (
        "You put Riverbend (4) above Wattlemere (3); the indicators say the reverse: 75.6 against 84.3 – 90.6. "
        "That may be right, as the award counts progress: look once more.",
    )
    # Half a level is no reason to ask, and a mark without evidence stands last.
    give_mark(COMPUTER, at.id, seat, answer(upper, "access", "3.5", base=1))
    assert ladder(COMPUTER, as_(at, "ana"), "access", "core", "en").odd == ()
    give_mark(COMPUTER, at.id, seat, answer(upper, "access", "not_enough", "None", base=2))
    shown = ladder(COMPUTER, as_(at, "ana"), "access", "core", "en")
    assert [one.mark for one in shown.rungs] == ["3", "Not enough evidence"]


def test_a_dossier_shows_what_speaks_to_the_criterion(at: AtWork) -> None:
    shown = dossier(COMPUTER, as_(at, "ana"), at.dossiers["riverbend"], "access", "core", "en")
    assert shown is not None
    assert [one.code for one in shown.parts] == ["4", "5", "6", "7.2", "§15", "§16", "§17", "§18"]
    assert {one.field.split(".")[0] for one in shown.answers if ":" not in one.field} == {"4", "5", "6", "7"}
    assert [one.field for one in shown.answers if ":" in one.field] == [
        f"yeonsu_2021:{code}" for code in (15, 16, 17, 18)
    ]
    area = shown.parts[0]
    # Half of what focus area 4 rests on is rated by the city: without it 40 of its points are gone.
    assert (area.assured, area.claimed, area.verified) == ("81.8", "50%", "41.8")
    assert shown.since == "Only one year is known, so no progress since joining can be told."


@pytest.mark.parametrize(
    ("pointer", "page"),
    [
        ("page 12, table 3", "12"),
        ("see p. 7", "7"),
        ("pp. 12-14", "12"),
        ("第 35 页", "35"),
        ("第35页", "35"),
        ("table 3", ""),
        ("", ""),
        ("stamp. 5", ""),
    ],
)
def test_the_page_that_a_pointer_names(pointer: str, page: str) -> None:
    assert page_in(pointer) == page


@pytest.mark.parametrize(
    ("link", "opened"),
    [
        ("https://example.org/report.pdf", "https://example.org/report.pdf#page=12"),
        ("https://example.org/report.PDF?v=2", "https://example.org/report.PDF?v=2#page=12"),
        ("https://example.org/report.pdf#page=3", "https://example.org/report.pdf#page=3"),
        ("https://example.org/report", "https://example.org/report"),
        ("", ""),
    ],
)
def test_a_link_opens_at_the_page_cited(link: str, opened: str) -> None:
    assert at_page(link, "page 12") == opened
