"""Reviewers' questions at an answer, with their threads: asking, replying, settling."""

from __future__ import annotations

import streamlit as st

from actions import queries
from actions.queries import ANSWERED, OPEN, SETTLED, Thread
from views import parts
from views.room_parts import doing, told, typed
from views.room_parts import field as field_key

# The state of a question by sign and colour; its words stand beside it.
_ICONS = {OPEN: ":material/help:", ANSWERED: ":material/reply:", SETTLED: ":material/check_circle:"}
_COLOURS = {OPEN: "orange", ANSWERED: "blue", SETTLED: "green"}


def questions_at(here: parts.Visit, room_id: str, field: str) -> None:
    """The questions at one answer ("" for those about the whole), and a place to ask one for whoever may."""
    for one in queries.questions_at(here.actor, room_id, field, here.language):
        thread(here, one)
    ask(here, room_id, field)


def thread(here: parts.Visit, one: Thread, *, titled: bool = False) -> None:
    """One question with what was said to it, and what the reader may do with it."""
    say = here.speaker.say
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(one.state_words, icon=_ICONS[one.state], color=_COLOURS[one.state])
            if titled:
                st.markdown(f"**{parts.plain(one.title)}**", width="content")
        _words(one.who, one.text)
        for said in one.said:
            _words(said.who, said.text)
        told(one.id)
        if one.may_reply:
            key = field_key(one.id, "reply")
            st.text_area(say("Reply for the city"), key=key, height=80, max_chars=queries.LETTERS)
            act = doing(one.id, lambda: queries.reply_to(here.now(), one.id, typed(key)))
            st.button(say("Send the reply"), icon=":material/send:", key=f"send_{key}", on_click=act)
        if one.may_review:
            _review(here, one)


def _words(who: str, text: str) -> None:
    st.caption(parts.plain(who))
    # Line by line: a blank line of somebody's text is no paragraph of the page.
    st.markdown("  \n".join(parts.plain(line) for line in text.splitlines() if line.strip()) or "–")


def _review(here: parts.Visit, one: Thread) -> None:
    """What a reviewer may do: say more, settle, open again."""
    say = here.speaker.say
    key = field_key(one.id, "remark")
    if not one.may_reply:
        st.text_area(say("Say more as the reviewer"), key=key, height=80, max_chars=queries.LETTERS)
    with st.container(horizontal=True, gap="small"):
        if not one.may_reply:
            act = doing(one.id, lambda: queries.remark_on(here.now(), one.id, typed(key)))
            st.button(say("Send"), icon=":material/send:", key=f"send_{key}", on_click=act)
        if one.state == SETTLED:
            act = doing(one.id, lambda: queries.reopen_query(here.now(), one.id, typed(key)))
            st.button(say("Open it again"), icon=":material/undo:", key=f"reopen_{key}", on_click=act)
        else:
            act = doing(one.id, lambda: queries.settle_query(here.now(), one.id, typed(key)))
            st.button(say("Settle it"), icon=":material/check:", key=f"settle_{key}", on_click=act)


def ask(here: parts.Visit, room_id: str, field: str) -> None:
    """A place for a reviewer to ask, while the assessment lies with the reviewers."""
    if not queries.may_ask(here.actor, room_id):
        return
    say = here.speaker.say
    where = f"ask_{room_id}_{field}"
    label = say("Ask about this answer") if field else say("Ask about the whole assessment")
    for _ in parts.fold(label, "contact_support", where):
        key = field_key(where, "question")
        st.text_area(say("Your question to the city"), key=key, height=80, max_chars=queries.LETTERS)
        act = doing(where, lambda: _ask(here, room_id, field, where))
        st.button(say("Ask"), icon=":material/send:", key=f"send_{key}", on_click=act)
        told(where)


def _ask(here: parts.Visit, room_id: str, field: str, where: str) -> None:
    queries.ask_at(here.now(), room_id, field, typed(field_key(where, "question")))
