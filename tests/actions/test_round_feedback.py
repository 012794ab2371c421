"""Feedback to the cities: figures by hand, few marks not told, released by the chair, read by its own city alone."""

from __future__ import annotations

import pytest

from actions.access import COMPUTER, Actor, Grant, NotAllowedError
from actions.round_conflicts import Declaration, declare
from actions.round_decisions import decide_rest
from actions.round_feedback import (
    ABOVE,
    BELOW,
    UNTOLD,
    WITHIN,
    Figure,
    feedback,
    feedback_paper,
    feedback_rows,
    figures,
    keep_feedback,
    own_feedback,
    released,
)
from actions.round_read import seen
from actions.round_setup import move_on
from actions.round_write import MeanwhileError, RoundError
from store.engine import Store
from tests.actions.meeting_at_hand import AtHand, at_hand


def of_city(name: str) -> Actor:
    """Somebody of a city of the round."""
    return Actor(f"somebody of {name}", name, (Grant("owner", city=name),))


@pytest.fixture
def here(installation: Store) -> AtHand:
    """A closed round of five cities; by hand their means are 4, 3, 3, 2 and 1.5, the middle half from 2 to 3."""
    made = at_hand(fifth=True)
    decide_rest(COMPUTER, made.id, "", "Below the line.")
    move_on(COMPUTER, made.id, "", 5, "closed")
    return made


def test_a_city_stands_beside_the_middle_half(here: AtHand) -> None:
    found = here.seen()
    told = {name: figures(found, id)[0] for name, id in here.city.items()}
    assert told["Aberton"] == Figure("plan", 4.0, 2.0, 3.0)
    assert {name: one.place for name, one in told.items()} == {
        "Aberton": ABOVE,
        "Bellavista": WITHIN,
        "Castel": WITHIN,
        "Dunmere": WITHIN,
        "Eastvale": BELOW,
    }
    row = feedback_rows(found, feedback(found, here.city["Eastvale"]), "en")[0]
    assert list(row.values()) == [
        "Learning city plan taken further",
        "1.50",
        "2.00 – 3.00",
        "Below it: most room to grow",
    ]


def test_fewer_than_three_marks_and_five_cities_are_not_told(installation: Store) -> None:
    made = at_hand(fifth=True)
    cruz = made.seat["Juror Cruz"]
    declare(COMPUTER, made.id, cruz, {made.city["Eastvale"]: Declaration("family")})
    # Eastvale has two marks left, and the middle half rests on the four others: too few.
    assert figures(made.seen(), made.city["Eastvale"])[0] == Figure("plan", None, None, None)
    assert figures(made.seen(), made.city["Castel"])[0] == Figure("plan", 3.0, None, None)
    assert figures(made.seen(), made.city["Castel"])[0].place == UNTOLD


def test_the_chair_releases_it_and_figures_stand_still(here: AtHand) -> None:
    aberton, chair = here.city["Aberton"], here.seat["Chair Cho"]
    keep_feedback(COMPUTER, here.id, chair, aberton, 0, "A first draft.", release=False)
    assert released(here.seen()) == ()
    with pytest.raises(MeanwhileError):
        keep_feedback(COMPUTER, here.id, chair, aberton, 0, "Another.", release=True)
    with pytest.raises(RoundError, match="text_missing"):
        keep_feedback(COMPUTER, here.id, chair, aberton, 1, " ", release=True)
    for who in ("Secretary Sand", "Juror Blum", "Sub Stone"):
        with pytest.raises(NotAllowedError):
            keep_feedback(COMPUTER, here.id, here.seat[who], aberton, 1, "Mine.", release=True)
    keep_feedback(COMPUTER, here.id, chair, aberton, 1, "Well done.", release=True)
    # Bellavista is closed to the chair: the substitute releases it.
    keep_feedback(
        COMPUTER, here.id, here.seat["Sub Stone"], here.city["Bellavista"], 0, "Go on.", release=True
    )
    assert [one.name for one in released(here.seen())] == ["Aberton", "Bellavista"]
    # The chair sees four cities, too few for a middle half; the substitute all five.
    one, other = feedback(here.seen(), aberton), feedback(here.seen(), here.city["Bellavista"])
    assert (one.text, one.released, one.rests_on) == ("Well done.", True, 4)
    assert one.figures[0] == Figure("plan", 4.0, None, None)
    assert (other.figures[0], other.rests_on) == (Figure("plan", 3.0, 2.0, 3.0), 5)


def test_a_city_reads_its_own_once_results_are_public(here: AtHand) -> None:
    chair = ""  # the computer itself, which sees every city
    keep_feedback(COMPUTER, here.id, chair, here.city["Aberton"], 0, "A draft of it.", release=False)
    keep_feedback(COMPUTER, here.id, chair, here.city["Aberton"], 1, "Well done.", release=True)
    keep_feedback(COMPUTER, here.id, chair, here.city["Castel"], 0, "Not out yet.", release=False)
    move_on(COMPUTER, here.id, "", 6, "published")
    mine = seen(of_city("aberton"), here.id)
    own = own_feedback(mine)
    assert own is not None
    assert (own.name, own.text, own.figures[0]) == ("Aberton", "Well done.", Figure("plan", 4.0, 2.0, 3.0))
    assert own.may_release is False
    said = repr(mine.entries)
    for hidden in ("A draft of it.", "Not out yet.", "Because.", *here.seat):
        assert hidden not in said
    assert own_feedback(seen(of_city("castel"), here.id)) is None
    assert feedback_paper(of_city("aberton"), here.id, "", here.city["Aberton"], "zh").startswith(b"%PDF")
    with pytest.raises(NotAllowedError):
        feedback_paper(of_city("castel"), here.id, "", here.city["Castel"], "en")
    with pytest.raises(NotAllowedError):
        feedback_paper(of_city("castel"), here.id, "", here.city["Aberton"], "en")
    with pytest.raises(RoundError, match="feedback_out"):
        keep_feedback(COMPUTER, here.id, chair, here.city["Aberton"], 2, "Otherwise.", release=True)
