"""Whom the award goes to, with the jury's reasons: what everybody reads once results are published."""

from __future__ import annotations

import streamlit as st

from actions.round_outcome import outcome
from actions.round_read import Seen
from views import parts


def announced(here: parts.Visit, found: Seen) -> None:
    """The winners with reasons; nothing before results are everybody's."""
    shown = outcome(found, here.language)
    if shown is None:
        return
    say = here.speaker.say
    st.subheader(say("Whom the award goes to"), anchor=False)
    st.markdown(f":material/emoji_events: **{parts.plain(shown.summary)}**")
    for one in shown.winners:
        with st.container(border=True, gap="small"):
            st.markdown(f"**{parts.plain(one.name)}**  \n{parts.plain(one.place)}")
            reason = say("The jury's reason:")
            st.markdown(f"{reason} {parts.plain(one.reason)}")
