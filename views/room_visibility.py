"""A piece of the pages of a room: who may see the assessment, and choosing it."""

from __future__ import annotations

import streamlit as st

from actions.room_words import ROOM_TROUBLES
from actions.rooms import RoomError
from actions.visibility import VisibilityShown, choose_visibility, visibility_of
from views import parts

_TROUBLE = "visibility.trouble"


def visibility(assessment_id: str, here: parts.Visit) -> None:
    """What holds, in one line with its meaning, and the choice for whoever leads the room."""
    say = here.speaker.say
    shown = visibility_of(here.actor, assessment_id, here.language)
    meaning = {choice: words for choice, _, words in shown.options}
    st.markdown(f":material/visibility: **{parts.plain(shown.name)}.** {parts.plain(meaning[shown.choice])}")
    for line in (shown.until, shown.when):
        if line:
            st.caption(parts.plain(line))
    trouble = st.session_state.pop(_TROUBLE, "")
    if trouble:
        st.warning(say(ROOM_TROUBLES[trouble]), icon=":material/sync_problem:")
    if shown.may_choose:
        _choice(assessment_id, shown, here)


def _choice(assessment_id: str, shown: VisibilityShown, here: parts.Visit) -> None:
    names = {choice: name for choice, name, _ in shown.options}
    # The key carries the version seen: after a choice, or somebody else's, the widget starts anew from what holds.
    key = f"visibility_{assessment_id}_{shown.version}"

    @parts.acting
    def chosen() -> None:
        try:
            choose_visibility(here.now(), assessment_id, st.session_state[key], shown.version)
        except RoomError as trouble:
            st.session_state[_TROUBLE] = trouble.kind

    st.radio(
        here.speaker.say("Who may see it once it is handed in"),
        list(names),
        index=list(names).index(shown.choice),
        format_func=names.__getitem__,
        captions=[words for _, _, words in shown.options],
        key=key,
        on_change=chosen,
    )
