"""Feedback to cities: the chair writes and releases it, and the city reads its own."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from actions.round_feedback import (
    Feedback,
    feedback,
    feedback_note,
    feedback_paper,
    feedback_rows,
    keep_feedback,
    own_feedback,
    released,
)
from actions.round_minutes import PDF
from actions.round_read import Seen
from views import address, parts
from views.downloads import download
from views.round_parts import HELD, doing, faults

_WHERE = "feedback"


def city_reads(here: parts.Visit, found: Seen) -> None:
    """A city's own feedback, for its people; nothing where there is none."""
    one = own_feedback(found)
    if one is None:
        return
    say = here.speaker.say
    st.subheader(say("What the jury tells your city"), anchor=False)
    _shown(here, found, one)


def _shown(here: parts.Visit, found: Seen, one: Feedback) -> None:
    say = here.speaker.say
    if one.released:
        st.markdown(f"> {parts.plain(one.text)}")
    parts.table(feedback_rows(found, one, here.language), say("Means by criterion"))
    st.caption(parts.plain(feedback_note(found, one, here.language)))
    if one.released:
        download(
            say("Feedback as a PDF"),
            lambda: feedback_paper(
                here.now(), found.round.id, found.viewer.seat, one.candidate, here.language
            ),
            "feedback.pdf",
            PDF,
            key=f"feedback_{one.candidate}",
        )


def chair_writes(here: parts.Visit, found: Seen, names: dict[str, str]) -> None:
    """Each city's feedback before it goes out: figures beside the chair's words."""
    say = here.speaker.say
    st.subheader(say("Feedback to the cities"), anchor=False)
    out = [one.name for one in released(found)]
    st.write(
        say(
            "{done} of {all} released. The cities read it once results are public.",
            done=here.speaker.number(len(out)),
            all=here.speaker.number(len(names)),
        )
    )
    chosen = address.select("letter", say("Feedback for"), list(names), next(iter(names)), names.__getitem__)
    one = feedback(found, chosen)
    with st.container(border=True, gap="small"):
        if one.released:
            st.badge(say("Released"), icon=":material/outgoing_mail:", color="green")
        _shown(here, found, one)
        faults(_WHERE)
        if one.may_release:
            _form(here, found, one)
        elif not one.released:
            st.caption(
                say("The chair, or the substitute where the chair has a conflict, writes and releases it.")
            )


def _form(here: parts.Visit, found: Seen, one: Feedback) -> None:
    say = here.speaker.say
    if one.released and found.phase.open:
        return
    state, key = st.session_state, f"feedback_text_{one.candidate}"
    # On top of which version the words are typed: whoever is slower is told, and nothing typed is lost.
    base = f"feedback_base_{one.candidate}"

    def taken() -> None:
        state[key], state[base] = one.text, one.version

    def kept(*, release: bool) -> None:
        keep_feedback(
            *(here.now(), found.round.id, found.viewer.seat, one.candidate, state[base], state[key]),
            release=release,
        )
        state.pop(key)

    if key not in state or state[key] == one.text:
        taken()
    elif state[base] != one.version:
        _overtaken(here, one, taken, lambda: state.update({base: one.version}))
    st.text_area(
        say("The chair's words to {city}", city=parts.plain(one.name)), key=key, max_chars=4000, **HELD
    )
    with st.container(horizontal=True):
        st.button(
            say("Keep as a draft"), key=f"keep_{key}", on_click=doing(_WHERE, lambda: kept(release=False))
        )
        st.button(
            say("Release to the city"),
            type="primary",
            icon=":material/outgoing_mail:",
            key=f"release_{key}",
            on_click=doing(_WHERE, lambda: kept(release=True)),
        )


def _overtaken(here: parts.Visit, one: Feedback, take: Callable[[], None], go_on: Callable[[], None]) -> None:
    """Somebody else kept other words since: what counts now, and the choice."""
    say = here.speaker.say
    st.warning(
        say("Somebody else has kept other words to this city meanwhile. These count now:"),
        icon=":material/sync_problem:",
    )
    st.markdown(f"> {parts.plain(one.text)}")
    with st.container(horizontal=True):
        st.button(say("Take what counts now"), key="feedback_theirs", on_click=take)
        st.button(say("I have seen it: go on with what I typed"), key="feedback_mine", on_click=go_on)
