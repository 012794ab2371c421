"""The end of a meeting: closing the round, minutes and package to take away, feedback to the cities."""

from __future__ import annotations

import streamlit as st

from actions.round_minutes import PDF, WORD, may_read_minutes, minutes_pdf, minutes_word
from actions.round_package import MEDIA_TYPE, package
from actions.round_read import Seen
from actions.round_tasks import work
from views import parts
from views.downloads import download
from views.round_feedback import chair_writes
from views.round_phases import moving_on


def end(here: parts.Visit, found: Seen, names: dict[str, str]) -> None:
    """What follows the deciding, as far as it is the viewer's and the phase's."""
    if "release" in found.phase.acts and found.viewer.office:
        chair_writes(here, found, names)
    _minutes(here, found)
    if found.phase.acts & {"decide", "release"}:
        done = work(found, here.language)
        moving_on(here, found, ready=not done.own and not done.waiting)


def _minutes(here: parts.Visit, found: Seen) -> None:
    say = here.speaker.say
    st.subheader(say("Minutes and package"), anchor=False)
    if not may_read_minutes(found):
        st.caption(say("Minutes are there from the meeting on, for those who see the results."))
        return
    st.write(
        say(
            "The minutes hold decisions, votes, dissent, recusals, rules and the ranking with its bands. "
            "With the package anybody can work the ranking out anew."
        )
    )
    asked = (found.round.id, found.viewer.seat)
    with st.container(horizontal=True):
        for label, language in ((say("English"), "en"), (say("Chinese"), "zh")):
            _files(here, asked, label, language)
    download(
        say("Package (.zip)"),
        lambda: package(here.now(), *asked),
        "round.zip",
        MEDIA_TYPE,
        icon="inventory_2",
        key="round_package",
    )
    st.caption(say("Check it on any computer with this program: python -m actions verify FILE"))


def _files(here: parts.Visit, asked: tuple[str, str], label: str, language: str) -> None:
    say = here.speaker.say
    download(
        say("Minutes, {language} (.docx)", language=label),
        lambda: minutes_word(here.now(), *asked, language),
        f"minutes_{language}.docx",
        WORD,
        icon="description",
        key=f"minutes_word_{language}",
    )
    download(
        say("Minutes, {language} (.pdf)", language=label),
        lambda: minutes_pdf(here.now(), *asked, language),
        f"minutes_{language}.pdf",
        PDF,
        icon="picture_as_pdf",
        key=f"minutes_pdf_{language}",
    )
