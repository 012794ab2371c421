"""Eligibility: who may be a candidate, what is still open first, exceptions with their reasons, past winners."""

from __future__ import annotations

import streamlit as st

from actions.round_candidates_file import (
    MEDIA_TYPE,
    candidates_file,
    candidates_file_name,
    winner_rows,
)
from actions.round_candidates_page import Page, candidates_page, entering_phases, short_rows
from actions.round_rule_words import STANDINGS
from views import parts
from views.downloads import download
from views.round_candidate import candidate
from views.round_entering import entering
from views.round_parts import go, reads_only, round_visit
from views.round_references import references

# Up to how many candidates the list stands open.
_IN_VIEW = 12


def _figures() -> None:
    parts.metrics(
        [
            (say(STANDINGS[one].word), here.speaker.number(count), "")
            for one, count in page.counts.items()
            if count
        ]
    )


def _closed_to_changes() -> None:
    """Where the round is past the entering, it says so and how it is opened again."""
    if not page.may_enter:
        st.caption(
            parts.plain(
                say(
                    "Cities, answers and exceptions are entered by the secretariat in these phases: {phases}.",
                    phases=entering_phases(found, here.language),
                )
            )
        )


def _past() -> None:
    """Past winners, each with the day on which its block ends."""
    blocked = [one for one in page.winners if one.blocked]
    if not page.winners:
        return
    st.subheader(say("Past winners"), anchor=False)
    st.write(
        here.speaker.plural(
            "{count} past winner is a reference only until its block has ended, and never a candidate before.",
            "{count} past winners are references only until their blocks have ended, and never candidates before.",
            len(blocked),
        )
    )
    for _ in parts.fold(
        say("Every past winner and the day on which its block ends"), "event", "past_winners"
    ):
        parts.table(winner_rows(found, here.language), say("Past winners with the end of each block"))


def _list() -> None:
    """Every candidate; where they are many, in a fold, so that the work on one of them stays in view."""
    rows, described = (
        short_rows(page, here.language),
        say("Candidates with their standing, those still open first"),
    )
    if len(rows) <= _IN_VIEW:
        parts.table(rows, described)
        return
    label = here.speaker.plural("{count} candidate in a table", "{count} candidates in a table", len(rows))
    for _ in parts.fold(label, "table", "all_candidates"):
        parts.table(rows, described)


here, found = round_visit()
say = here.speaker.say
page: Page = candidates_page(found, here.language)
st.title(say("Eligibility"), anchor=False)
if not page.shown:
    st.write(say("The cities of this round. Who may be a candidate is settled by those who run it."))
    _list()
    if not page.lines:
        st.info(say("No city is in the round yet."), icon=":material/hourglass_empty:")
    if not reads_only(found):
        go("round_home", say("Back to the round"), "arrow_back")
    st.stop()
st.write(
    say(
        "Who may be a candidate by the award's rules? Every rule is asked of every city; "
        "what is still open stands first."
    )
)
st.markdown(f"**{say('In short.')}** {parts.plain(page.answer)}")
if page.note:
    st.info(parts.plain(page.note), icon=":material/event:")
    go("round_home", say("Set the days"), "event")
_figures()
_closed_to_changes()
_list()
candidate(here, found, page)
entering(here, found)
references(here, found, page)
_past()
if page.lines:
    download(
        say("Candidates, rules and exceptions as a workbook (.xlsx)"),
        lambda: candidates_file(here.now(), found.round.id, found.viewer.seat, here.language),
        candidates_file_name(here.language),
        MEDIA_TYPE,
        key="candidates_list",
    )
