"""Whom the award goes to and why: read by everybody once it is published, and by nobody outside before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from actions.access import COMPUTER, Actor, Grant, NotKeptError
from actions.round_decisions import AWARD, LATER, NONE, decide, decide_rest
from actions.round_outcome import Outcome, Winner, outcome
from actions.round_read import every_seen, seen
from actions.round_setup import move_on
from tests.actions.meeting_at_hand import AtHand, at_hand

READERS = {
    "the city that won": Actor("a", "A", (Grant("owner", city="aberton"),)),
    "a city that did not": Actor("b", "B", (Grant("viewer", city="castel"),)),
    "a city of no round": Actor("c", "C", (Grant("owner", city="elsewhere"),)),
    "a commission": Actor("d", "D", (Grant("commission", country="GBR"),)),
    "a juror without a seat": Actor("e", "E", (Grant("juror"),)),
    "nobody in particular": Actor("f", "F", ()),
}
BRITAIN = "United Kingdom of Great Britain and Northern Ireland"
AWARDED = Winner("Aberton", f"{BRITAIN} · Europe and North America", "A plan that is lived.")


@pytest.fixture
def here(data_folder: Path) -> AtHand:
    """At its meeting: one winner, one that was one for a while, and two that are none."""
    made = at_hand()
    decide(COMPUTER, made.id, "", made.city["Aberton"], 0, LATER, "To come back to.")
    decide(COMPUTER, made.id, "", made.city["Aberton"], 1, AWARD, "A plan that is lived.")
    decide(COMPUTER, made.id, "", made.city["Bellavista"], 0, AWARD, "Too early praise.")
    decide(COMPUTER, made.id, "", made.city["Bellavista"], 1, NONE, "Not this time.")
    for name in ("Castel", "Dunmere"):
        decide(COMPUTER, made.id, "", made.city[name], 0, NONE, f"Reasons for {name} alone.")
    return made


def published(here: AtHand) -> None:
    move_on(COMPUTER, here.id, "", 5, "closed")
    move_on(COMPUTER, here.id, "", 6, "published")


@pytest.mark.parametrize("reader", READERS)
def test_before_it_is_published_nobody_outside_reads_anything(reader: str, here: AtHand) -> None:
    for phase in ("", "closed"):
        if phase:
            move_on(COMPUTER, here.id, "", 5, phase)
        assert every_seen(READERS[reader]) == ()
        with pytest.raises(NotKeptError):
            seen(READERS[reader], here.id)


def test_before_it_is_published_the_jury_reads_decisions_and_no_announcement(here: AtHand) -> None:
    move_on(COMPUTER, here.id, "", 5, "closed")
    for who in ("", *here.seat):
        assert outcome(here.seen(who), "en") is None


@pytest.mark.parametrize("reader", READERS)
def test_once_published_everybody_reads_the_winners_with_reasons_and_nothing_else(
    reader: str, here: AtHand
) -> None:
    published(here)
    (found,) = every_seen(READERS[reader])
    shown = outcome(found, "en")
    assert shown is not None
    assert shown.winners == (AWARDED,)
    assert shown.summary.startswith("The ")
    assert shown.summary.endswith(" goes to Aberton.")
    said = repr(found.entries)
    for hidden in ("To come back to.", "Too early praise.", "Not this time.", "Because.", "Dunmere alone"):
        assert hidden not in said
    # What was decided about a city is its own city's to read.
    assert ("Reasons for Castel alone." in said) == (reader == "a city that did not")
    assert all(one.by == "" for one in found.entries if one.kind == "decision")


def test_once_published_the_jury_reads_the_same(here: AtHand) -> None:
    published(here)
    for who in ("", *here.seat):
        shown = outcome(here.seen(who), "en")
        assert shown is not None
        assert shown.winners == (AWARDED,)


def test_it_is_there_in_chinese_and_without_any_winner(data_folder: Path) -> None:
    made = at_hand()
    decide(COMPUTER, made.id, "", made.city["Aberton"], 0, AWARD, "A plan that is lived.")
    decide_rest(COMPUTER, made.id, "", "Below the line.")
    published(made)
    shown = outcome(seen(READERS["nobody in particular"], made.id), "zh")
    assert shown is not None
    assert shown.summary.endswith("授予Aberton。")
    assert shown.winners[0].place == "大不列颠及北爱尔兰联合王国 · 欧洲和北美"
    none = at_hand()
    decide_rest(COMPUTER, none.id, "", "Nobody this time.")
    published(none)
    assert outcome(none.seen(), "en") == Outcome("The jury gave no award in this round.", ())


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "In this invented round the award goes to Aberton."),
        ("zh", "在本轮虚构评选中，奖项授予Aberton。"),
    ],
)
def test_of_an_invented_round_no_real_award_is_told(here: AtHand, language: str, told: str) -> None:
    published(here)
    found = here.seen()
    shown = outcome(replace(found, round=replace(found.round, invented=True)), language)
    assert shown is not None
    assert shown.summary == told
