"""The phases of a round one below the other, and bringing it to another one."""

from __future__ import annotations

import streamlit as st

from actions.round_moves import PAST, PRESENT, Move, PhaseShown, go_to, moves, phase_line, phase_version
from actions.round_read import Seen
from views import parts
from views.round_parts import doing, faults

_WHERE = "move"
_SIGNS = {PAST: "check_circle", PRESENT: "play_circle"}
_AHEAD = "radio_button_unchecked"


def phases(here: parts.Visit, found: Seen) -> None:
    """Every phase with what it means; which one counts now is said by a sign, a word and bold letters."""
    st.subheader(here.speaker.say("The phases"), anchor=False)
    with st.container(border=True, gap="small"):
        st.markdown("\n\n".join(_phase(one) for one in phase_line(found, here.language)))


def _phase(one: PhaseShown) -> str:
    sign = f":material/{_SIGNS.get(one.state, _AHEAD)}:"
    title = f"**{parts.plain(one.title)}**" if one.state == PRESENT else parts.plain(one.title)
    word = (
        f":blue-badge[{parts.plain(one.word)}]" if one.state == PRESENT else f":gray[{parts.plain(one.word)}]"
    )
    return f"{sign} {title} · {word}  \n:small[{parts.plain(one.text)}]"


def moving_on(here: parts.Visit, found: Seen) -> None:
    """Buttons to where the round can go; what ends something is asked a second time."""
    offered = moves(found, here.language)
    faults(_WHERE)
    if not offered:
        return
    st.subheader(here.speaker.say("Moving on"), anchor=False)
    base = phase_version(found)
    for number, one in enumerate(offered):
        with st.container(border=True, gap="small"):
            if one.why_not:
                st.markdown(f"**{parts.plain(one.label)}**  \n{parts.plain(one.why_not)}")
            elif _asked(found, base) == one.phase:
                _ask_again(here, found, one, base)
            else:
                st.button(
                    one.label,
                    key=f"move_{one.phase}_{base}",
                    type="primary" if number == 0 and not one.back else "secondary",
                    icon=":material/arrow_back:" if one.back else ":material/arrow_forward:",
                    on_click=_clicked,
                    args=(here, found, one, base),
                )
            st.caption(parts.plain(one.text))


def _key(found: Seen, base: int) -> str:
    return f"round.asked.{found.round.id}.{base}"


def _asked(found: Seen, base: int) -> str:
    return str(st.session_state.get(_key(found, base), ""))


def _clicked(here: parts.Visit, found: Seen, one: Move, base: int) -> None:
    if one.warnings:
        st.session_state[_key(found, base)] = one.phase
    else:
        _go(here, found, one, base)


def _go(here: parts.Visit, found: Seen, one: Move, base: int) -> None:
    st.session_state.pop(_key(found, base), None)
    doing(_WHERE, lambda: go_to(here.now(), found, base, one.phase, here.language))()


def _ask_again(here: parts.Visit, found: Seen, one: Move, base: int) -> None:
    """What this ends, then yes or no."""
    say = here.speaker.say
    st.warning("\n".join(f"- {parts.plain(text)}" for text in one.warnings), icon=":material/flag:")
    with st.container(horizontal=True, gap="small"):
        st.button(
            say("Yes, go there"),
            key=f"sure_{one.phase}_{base}",
            type="primary",
            on_click=_go,
            args=(here, found, one, base),
        )
        st.button(
            say("No, stay here"),
            key=f"stay_{one.phase}_{base}",
            on_click=lambda: st.session_state.pop(_key(found, base), None),
        )
