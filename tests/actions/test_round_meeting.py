"""A jury's meeting on both databases: order, calling, questions, ballots, decisions, dissent, and its end."""

from __future__ import annotations

import pytest

from actions.access import COMPUTER, NotAllowedError, NotKeptError
from actions.round_agenda import (
    CALLED,
    DONE,
    agenda,
    call,
    called,
    comings_and_goings,
    following,
    keep_order,
    outside,
    proposed_order,
    shifted,
)
from actions.round_ballots import (
    ABSTAIN,
    CARRIED,
    NO,
    TIED,
    YES,
    ballots,
    cast,
    close_ballot,
    open_ballot,
    vote_version,
)
from actions.round_decisions import (
    AWARD,
    LATER,
    NONE,
    decide,
    decide_rest,
    decisions,
    dissent,
    dissents,
    undecided,
    winners,
)
from actions.round_meeting import city, meeting
from actions.round_questions import answer, ask, questions
from actions.round_setup import move_on
from actions.round_write import MeanwhileError, RoundError
from store.engine import Store
from tests.actions.meeting_at_hand import AtHand, at_hand


@pytest.fixture
def here(installation: Store) -> AtHand:
    return at_hand()


def order(here: AtHand, who: str = "") -> list[str]:
    return [one.candidate.name for one in agenda(here.seen(who))]


def test_the_order_proposed_groups_conflicts(here: AtHand) -> None:
    # Bellavista: chair and Ames are out; Dunmere: Ames. As entered the two are apart: 2 + 2 + 1 + 1 = 6 moves.
    found = here.seen()
    assert comings_and_goings(found, [one.candidate.id for one in agenda(found)]) == 6
    proposed = proposed_order(found)
    assert [here.name(one) for one in proposed] == ["Aberton", "Castel", "Bellavista", "Dunmere"]
    assert comings_and_goings(found, proposed) == 4


def test_a_kept_order_is_everybodys_without_her_closed_cities(here: AtHand) -> None:
    keep_order(COMPUTER, here.id, "", proposed_order(here.seen()), {})
    assert order(here) == ["Aberton", "Castel", "Bellavista", "Dunmere"]
    assert order(here, "Chair Cho") == ["Aberton", "Castel", "Dunmere"]
    assert order(here, "Juror Ames") == ["Aberton", "Castel"]
    # A juror without an office sees who leaves as it was kept; not of a city that is closed to her.
    blum = here.seen("Juror Blum")
    assert [here.name(one) for one in outside(blum, here.city["Dunmere"])] == ["Juror Ames"]
    # The chair moves what she sees; the city that she does not see keeps its place.
    mine = [one.candidate.id for one in agenda(here.seen("Chair Cho"))]
    versions = {one.candidate.id: one.version for one in agenda(here.seen("Chair Cho"))}
    keep_order(COMPUTER, here.id, here.seat["Chair Cho"], shifted(mine, here.city["Dunmere"], -1), versions)
    assert order(here, "Chair Cho") == ["Aberton", "Dunmere", "Castel"]
    assert order(here)[2:] in (["Castel", "Bellavista"], ["Bellavista", "Castel"])


def test_of_two_orders_the_slower_is_told(here: AtHand) -> None:
    first = proposed_order(here.seen())
    keep_order(COMPUTER, here.id, here.seat["Secretary Sand"], first, {})
    with pytest.raises(MeanwhileError):
        keep_order(COMPUTER, here.id, "", tuple(reversed(first)), {})
    assert order(here) == ["Aberton", "Castel", "Bellavista", "Dunmere"]


def test_jurors_do_not_lead_and_closed_cities_are_not_there(here: AtHand) -> None:
    with pytest.raises(NotAllowedError):
        call(COMPUTER, here.id, here.seat["Juror Blum"], here.city["Castel"], 0)
    with pytest.raises(NotKeptError):
        call(COMPUTER, here.id, here.seat["Chair Cho"], here.city["Bellavista"], 0)
    with pytest.raises(NotAllowedError):
        ask(COMPUTER, here.id, here.seat["Juror Ames"], here.city["Dunmere"], "Why?")


def test_calling_one_city_after_the_other(here: AtHand) -> None:
    keep_order(COMPUTER, here.id, "", proposed_order(here.seen()), {})
    for name in ("Aberton", "Castel"):
        call(COMPUTER, here.id, "", here.city[name], 1)
    found = here.seen()
    assert [one.state for one in agenda(found)] == [DONE, CALLED, "waiting", "waiting"]
    assert here.name(following(found).candidate.id) == "Bellavista"  # type: ignore[union-attr]
    shown = meeting(found, "en")
    assert shown.moves == ("Leaves the room: Chair Cho; Juror Ames",)
    # Who does not see the city in between is told of the one after it.
    assert here.name(meeting(here.seen("Chair Cho"), "en").next) == "Dunmere"
    call(COMPUTER, here.id, "", here.city["Bellavista"], 1)
    assert meeting(here.seen(), "en").moves == ("Comes back: Chair Cho",)
    assert called(here.seen("Juror Ames")) is None
    assert meeting(here.seen(), "zh").moves == ("回到会场：Chair Cho",)


def test_questions_are_asked_and_answered(here: AtHand) -> None:
    made = ask(COMPUTER, here.id, here.seat["Juror Blum"], here.city["Castel"], "  Since which year? ")
    # Whoever clicks twice has asked once.
    assert made == ask(COMPUTER, here.id, here.seat["Juror Blum"], here.city["Castel"], "Since which year?")
    assert [(one.text, one.open) for one in questions(here.seen())] == [("Since which year?", True)]
    answer(COMPUTER, here.id, here.seat["Secretary Sand"], made, 1, "Since 2017.")
    with pytest.raises(MeanwhileError):
        answer(COMPUTER, here.id, here.seat["Chair Cho"], made, 1, "Since 2018.")
    only = questions(here.seen())[0]
    assert (here.name(only.seat), only.answer, only.open) == ("Juror Blum", "Since 2017.", False)
    with pytest.raises(RoundError, match="text_missing"):
        ask(COMPUTER, here.id, "", here.city["Castel"], " ")


def test_a_ballot_from_opening_to_its_count(here: AtHand) -> None:
    made = open_ballot(COMPUTER, here.id, here.seat["Secretary Sand"], [here.city["Dunmere"]])
    only = ballots(here.seen())[0]
    assert [here.name(one) for one in only.voters] == ["Chair Cho", "Sub Stone", "Juror Blum", "Juror Cruz"]
    assert ballots(here.seen("Juror Ames")) == ()
    for who, choice in (("Chair Cho", YES), ("Sub Stone", NO), ("Juror Blum", YES), ("Juror Cruz", ABSTAIN)):
        cast(COMPUTER, here.id, here.seat[who], made, choice)
    # Before it is closed one sees one's own vote alone.
    blum = ballots(here.seen("Juror Blum"))[0]
    assert {here.name(seat): choice for seat, choice in blum.votes.items()} == {"Juror Blum": YES}
    with pytest.raises(MeanwhileError):
        cast(COMPUTER, here.id, here.seat["Juror Blum"], made, NO)
    cast(
        COMPUTER,
        here.id,
        here.seat["Juror Blum"],
        made,
        NO,
        vote_version(here.seen(), made, here.seat["Juror Blum"]),
    )
    cast(COMPUTER, here.id, here.seat["Sub Stone"], made, YES, 1)
    close_ballot(COMPUTER, here.id, here.seat["Chair Cho"], made, 1)
    with pytest.raises(MeanwhileError):
        close_ballot(COMPUTER, here.id, here.seat["Secretary Sand"], made, 1)
    with pytest.raises(RoundError, match="ballot_closed"):
        cast(COMPUTER, here.id, here.seat["Juror Cruz"], made, YES, 1)
    closed = ballots(here.seen("Juror Blum"))[0]
    assert (closed.outcome, closed.counts) == (CARRIED, {YES: 2, NO: 1, ABSTAIN: 1})
    assert closed.votes[here.seat["Sub Stone"]] == YES
    shown = city(COMPUTER, here.seen(), here.city["Dunmere"], "en").votes[0]
    assert shown.title == "Does Dunmere receive the award?"
    assert shown.told == "Carried: For 2, Against 1, Abstains 1."


def test_equal_votes_between_cities_lead_to_the_awards_list(here: AtHand) -> None:
    made = open_ballot(COMPUTER, here.id, "", [here.city["Castel"], here.city["Aberton"]], "Who goes first?")
    with pytest.raises(RoundError, match="ballot_open"):
        open_ballot(COMPUTER, here.id, "", [here.city["Aberton"], here.city["Castel"]])
    # On one's own computer hands raised are entered seat by seat.
    cast(COMPUTER, here.id, "", made, here.city["Castel"], voter=here.seat["Juror Ames"])
    cast(COMPUTER, here.id, "", made, here.city["Aberton"], voter=here.seat["Juror Blum"])
    with pytest.raises(RoundError, match="choice_unknown"):
        cast(COMPUTER, here.id, "", made, YES, voter=here.seat["Juror Cruz"])
    with pytest.raises(NotAllowedError):
        cast(COMPUTER, here.id, "", made, ABSTAIN, voter=here.seat["Secretary Sand"])
    close_ballot(COMPUTER, here.id, "", made, 1)
    assert ballots(here.seen())[0].outcome == TIED


def test_nobody_votes_before_the_meeting(installation: Store) -> None:
    here = at_hand("discuss")
    with pytest.raises(NotAllowedError):
        open_ballot(COMPUTER, here.id, "", [here.city["Castel"]])
    with pytest.raises(NotAllowedError):
        decide(COMPUTER, here.id, "", here.city["Castel"], 0, AWARD, "Strong.")


def test_decisions_reasons_dissent(here: AtHand) -> None:
    with pytest.raises(RoundError, match="nothing_decided"):
        dissent(COMPUTER, here.id, here.seat["Juror Blum"], here.city["Aberton"], 0, "No.")
    with pytest.raises(RoundError, match="reason_missing"):
        decide(COMPUTER, here.id, here.seat["Chair Cho"], here.city["Aberton"], 0, AWARD, " ")
    decide(COMPUTER, here.id, here.seat["Chair Cho"], here.city["Aberton"], 0, AWARD, "Clearly ahead.")
    with pytest.raises(MeanwhileError):
        decide(COMPUTER, here.id, "", here.city["Aberton"], 0, NONE, "Not this time.")
    # Bellavista is closed to the chair; the substitute acts there and nowhere else.
    with pytest.raises(NotAllowedError):
        decide(COMPUTER, here.id, here.seat["Chair Cho"], here.city["Bellavista"], 0, AWARD, "Good.")
    decide(COMPUTER, here.id, here.seat["Sub Stone"], here.city["Bellavista"], 0, LATER, "After the others.")
    with pytest.raises(NotAllowedError):
        decide(COMPUTER, here.id, here.seat["Sub Stone"], here.city["Castel"], 0, AWARD, "Good.")
    assert [one.name for one in undecided(here.seen())] == ["Bellavista", "Castel", "Dunmere"]
    assert decide_rest(COMPUTER, here.id, here.seat["Chair Cho"], "Below the line.") == 2
    assert [one.name for one in winners(here.seen())] == ["Aberton"]
    dissent(COMPUTER, here.id, here.seat["Juror Blum"], here.city["Castel"], 0, "Castel deserved more.")
    assert [(here.name(one.seat), one.text) for one in dissents(here.seen())] == [
        ("Juror Blum", "Castel deserved more.")
    ]
    dissent(COMPUTER, here.id, here.seat["Juror Blum"], here.city["Castel"], 1, "")
    assert dissents(here.seen()) == ()
    assert here.city["Bellavista"] not in decisions(here.seen("Chair Cho"))


def test_closing_asks_for_all_decisions_and_the_awards_rules(here: AtHand) -> None:
    def close() -> None:
        move_on(COMPUTER, here.id, "", 5, "closed")

    made = open_ballot(COMPUTER, here.id, "", [here.city["Castel"]])
    with pytest.raises(RoundError, match="ballot_still_open"):
        close()
    close_ballot(COMPUTER, here.id, "", made, 1)
    with pytest.raises(RoundError) as told:
        close()
    assert told.value.facts == {"cities": "Aberton, Bellavista, Castel, Dunmere"}
    for name in ("Aberton", "Dunmere"):
        decide(COMPUTER, here.id, "", here.city[name], 0, AWARD, "Good.")
    decide_rest(COMPUTER, here.id, "", "Below the line.")
    with pytest.raises(RoundError) as told:
        close()
    assert (told.value.kind, told.value.facts) == ("country_twice", {"cities": "Aberton, Dunmere"})
    decide(COMPUTER, here.id, "", here.city["Bellavista"], 1, AWARD, "Good.")
    with pytest.raises(RoundError) as told:
        close()
    assert (told.value.kind, told.value.facts) == ("winners_too_many", {"count": 3, "most": 2})
    decide(COMPUTER, here.id, "", here.city["Dunmere"], 1, NONE, "One a country.")
    close()
    assert here.seen().phase.id == "closed"


def test_of_two_who_close_one_wins_and_the_other_is_told(installation: Store) -> None:
    here = at_hand(conflicts={})
    decide_rest(COMPUTER, here.id, here.seat["Chair Cho"], "None this time.")
    move_on(COMPUTER, here.id, here.seat["Chair Cho"], 5, "closed")
    with pytest.raises(MeanwhileError):
        move_on(COMPUTER, here.id, here.seat["Sub Stone"], 5, "closed")
    with pytest.raises(NotAllowedError):
        decide(COMPUTER, here.id, here.seat["Chair Cho"], here.city["Castel"], 1, AWARD, "Too late.")


def test_who_is_in_conflict_does_not_close(here: AtHand) -> None:
    decide_rest(COMPUTER, here.id, "", "None this time.")
    with pytest.raises(NotAllowedError):
        move_on(COMPUTER, here.id, here.seat["Chair Cho"], 5, "closed")
    move_on(COMPUTER, here.id, here.seat["Sub Stone"], 5, "closed")
    assert here.seen().phase.id == "closed"
