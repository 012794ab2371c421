"""Beginning a round, and making the invented one with a click."""

from __future__ import annotations

import streamlit as st

from actions.round_demo import demo_round, make_demo
from actions.round_home import awards_offered
from actions.round_setup import make_round, may_make_round
from views import address, parts
from views.round_parts import doing, faults

_WHERE, _NAME, _AWARD = "begin", "round_name", "round_award"
_OPEN = "fold_begin_round"


def begin(here: parts.Visit) -> None:
    """The two ways to a round, beside each other, for whoever may begin one."""
    if not may_make_round(here.actor):
        return
    columns = st.columns(2, gap="medium") if here.actor.everything else [st.container()]
    with columns[0], st.container(border=True, height="stretch"):
        _own(here)
    if here.actor.everything:
        with columns[1], st.container(border=True, height="stretch"):
            _invented(here)


def _own(here: parts.Visit) -> None:
    say = here.speaker.say
    st.subheader(say("Begin a round"), anchor=False)
    offered = awards_offered(here.language)
    st.selectbox(say("By the rules of"), list(offered), format_func=offered.__getitem__, key=_AWARD)
    st.text_input(
        say("Name of the round"),
        max_chars=200,
        placeholder=say("Such as: Award of our region 2027"),
        key=_NAME,
    )
    st.button(say("Begin this round"), icon=":material/add:", on_click=doing(_WHERE, lambda: _begun(here)))
    faults(_WHERE)
    st.caption(say("It begins with preparation: nothing is asked of anybody before you move it on."))


def _begun(here: parts.Visit) -> None:
    made = make_round(here.now(), st.session_state[_AWARD], str(st.session_state.get(_NAME) or ""))
    st.session_state[_NAME] = ""
    _open(made)


def _open(made: str) -> None:
    address.forget("seat")
    address.keep("round", made)
    st.session_state[_OPEN] = False


def _invented(here: parts.Visit) -> None:
    say = here.speaker.say
    st.subheader(say("Or look at the invented round"), anchor=False)
    st.write(
        say(
            "Seven invented cities, a reference dossier and a jury of six with its conflicts and marks, "
            "up to the discussion. You can work as each of them."
        )
    )
    known = demo_round(here.actor)
    if known:
        st.button(
            say("Open the invented round"),
            icon=":material/science:",
            key="open_demo",
            on_click=_open,
            args=(known,),
        )
    label = say("Make another one") if known else say("Make the invented round")
    if st.button(label, icon=":material/science:", key="make_demo"):
        doing_it = say("Filling workbooks, declaring, assigning and marking …")
        bar = st.progress(0.0, text=doing_it)
        made = make_demo(here.now(), here.language, lambda share: bar.progress(share, text=doing_it))
        _open(made)
        st.rerun()
