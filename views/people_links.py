"""What the pages about people share: saying what became of the last change, and taking a role away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from actions.city_people import Row
from actions.office_people import Known
from views import parts

# The link of the last invitation: shown until somebody goes on, and kept nowhere.
_LINK, _FAULT, _DONE = "people.link", "people.fault", "people.done"


def made(link: str) -> None:
    """A link was made."""
    st.session_state[_LINK] = link


def refused(sentence: str) -> None:
    """Something could not be done; `sentence` says why."""
    st.session_state[_FAULT] = sentence


def done(sentence: str) -> None:
    """Something was done."""
    st.session_state[_DONE] = sentence


def tell(here: parts.Visit) -> None:
    """Say it, and forget it."""
    say = here.speaker.say
    if fault := st.session_state.pop(_FAULT, ""):
        st.warning(parts.plain(fault), icon=":material/error:")
    if sentence := st.session_state.pop(_DONE, ""):
        st.success(parts.plain(sentence), icon=":material/check_circle:")
    if link := st.session_state.pop(_LINK, ""):
        st.success(say("Hand over this link. It works once, and is shown only now."), icon=":material/link:")
        st.code(link, language=None, wrap_lines=True)


def listed(here: parts.Visit, rows: Sequence[Row | Known], description: str) -> None:
    """A table of people that fits a phone; their addresses are folded beneath it."""
    say = here.speaker.say
    parts.table([row.cells for row in rows], description)
    for _ in parts.fold(say("E-mail addresses"), "mail", "addresses"):
        parts.table([row.more for row in rows], say("E-mail addresses"))


def role_choice(here: parts.Visit, roles: Mapping[str, str], beginning: str) -> str | None:
    """Whom to invite to what: the e-mail address and the role, None where none is chosen yet."""
    say = here.speaker.say
    st.subheader(say("Invite somebody"), anchor=False)
    st.text_input(say("E-mail address"), key=f"{beginning}_email")
    return st.selectbox(
        say("Role"),
        list(roles),
        index=None,
        format_func=roles.__getitem__,
        placeholder=say("Choose a role"),
        key=f"{beginning}_role",
    )


def leaving(here: parts.Visit, rows: Sequence[Row], key: str, take_away: Callable[[str], None]) -> None:
    """Choose a role or an invitation and take it away, once sure."""
    say = here.speaker.say
    names = {row.key: row.name for row in rows if row.key}
    if not names:
        return
    chosen = st.selectbox(
        say("Take away a role or an invitation"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=say("Choose somebody"),
        key=f"leaving_{key}",
    )
    if chosen is None:
        return
    sure = st.checkbox(say("Yes, take it away"), key=f"sure_{key}_{chosen}")
    st.button(
        say("Take away"),
        icon=":material/person_remove:",
        disabled=not sure,
        on_click=take_away,
        args=(chosen,),
    )
