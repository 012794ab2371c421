"""Your account: who you are here, with which roles, where you are signed in, and the ways out."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from actions.own_account import own_account, sign_out_elsewhere
from views import door_streamlit as inside
from views import parts
from views.door_gate import ACCOUNT, COOKIE, SIGN_OUT


def _lead(where: str) -> None:
    """On to a page of the door: passwords are entered nowhere else."""
    inside.lead(f"{where}?{urlencode({'lang': here.language})}")


@parts.acting
def _end_others() -> None:
    sign_out_elsewhere(here.now(), _token())


def _token() -> str:
    return str(st.context.cookies.get(COOKIE, ""))


here = parts.visit()
say = here.speaker.say
mine = own_account(here.actor, _token(), here.language)

parts.header(say("Your account"), here=here)
st.write(parts.plain(" · ".join(part for part in (mine.name, mine.email) if part)))

st.subheader(say("Your roles"), anchor=False)
if mine.roles:
    parts.table(mine.roles, say("Your roles"))
else:
    st.info(
        say("You have no role here at the moment. Ask whoever invited you for a new link."),
        icon=":material/info:",
    )

st.subheader(say("Where you are signed in"), anchor=False)
parts.table(mine.sessions, say("Where you are signed in"))
st.caption(say("A session ends after an hour without use, and at the latest twelve hours after signing in."))
with st.container(horizontal=True):
    if mine.elsewhere:
        st.button(say("Sign out everywhere else"), icon=":material/devices_off:", on_click=_end_others)
    if st.button(say("Sign out here or everywhere"), icon=":material/logout:"):
        _lead(SIGN_OUT)

st.subheader(say("Password and other ways in"), anchor=False)
if st.button(say("Change the password"), icon=":material/key:"):
    _lead(ACCOUNT)
st.caption(say("Name or e-mail address wrong, or the password lost? The secretariat helps."))
