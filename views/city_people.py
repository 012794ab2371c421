"""People: who has a role in a city, who is invited, inviting somebody and withdrawing a role."""

from __future__ import annotations

import streamlit as st

from actions.city_people import (
    areas_offered,
    cities_led,
    invite,
    may_make_city,
    new_city,
    people_of,
    roles_offered,
    take_away,
)
from actions.invitations import InvitationError
from views import address, parts

# The link of the last invitation: shown until somebody goes on, and kept nowhere.
_LINK = "people.link"
_FAULT = "people.fault"


def _invite(city: str) -> None:
    roles, areas = roles_offered(here.language), areas_offered(here.language)
    st.subheader(say("Invite somebody"), anchor=False)
    st.text_input(say("E-mail address"), key="invite_email")
    role = st.selectbox(say("Role"), list(roles), format_func=roles.__getitem__, key="invite_role")
    if role == "contributor":
        st.multiselect(
            say("Focus areas"),
            list(areas),
            format_func=areas.__getitem__,
            key="invite_areas",
            placeholder=say("all"),
        )
    st.button(say("Make a link"), icon=":material/person_add:", on_click=_make_link, args=(city, role))


@parts.acting
def _make_link(city: str, role: str) -> None:
    try:
        link = invite(
            here.now(), city, role, st.session_state["invite_email"], st.session_state.get("invite_areas", ())
        )
    except InvitationError as fault:
        st.session_state[_FAULT] = fault.told(here.language)
    else:
        st.session_state[_LINK] = link


def _new_city() -> None:
    for _ in parts.fold(say("A new city"), "add_location", "new_city"):
        st.text_input(say("Name of the city"), key="new_city_name")
        st.text_input(say("Country, by three letters such as KOR"), key="new_city_country", max_chars=3)
        st.text_input(say("E-mail address of its owner"), key="new_city_email")
        st.button(say("Make the city and a link for its owner"), on_click=_make_city)


@parts.acting
def _make_city() -> None:
    asked = (st.session_state[f"new_city_{one}"] for one in ("name", "country", "email"))
    try:
        city, link = new_city(here.now(), *asked)
    except InvitationError as fault:
        st.session_state[_FAULT] = fault.told(here.language)
    else:
        st.session_state[_LINK] = link
        address.keep("of", city)


def _told() -> None:
    """What became of the last invitation."""
    if fault := st.session_state.pop(_FAULT, ""):
        st.warning(parts.plain(fault), icon=":material/error:")
    if link := st.session_state.pop(_LINK, ""):
        st.success(say("Hand over this link. It works once, and is shown only now."), icon=":material/link:")
        st.code(link, language=None)


def _members(city: str) -> None:
    rows = people_of(here.actor, city, here.language)
    if not rows:
        st.write(say("Nobody takes part yet."))
        return
    parts.table([row.cells for row in rows], say("Who takes part and who is invited"))
    names = {row.key: row.name for row in rows}
    leaving = st.selectbox(
        say("Take away a role or an invitation"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=say("Choose somebody"),
        key=f"leaving_{city}",
    )
    sure = st.checkbox(say("Yes, take it away"), key=f"sure_{city}_{leaving}", disabled=leaving is None)
    st.button(
        say("Take away"),
        icon=":material/person_remove:",
        disabled=leaving is None or not sure,
        on_click=_take_away,
        args=(city, leaving or ""),
    )


@parts.acting
def _take_away(city: str, key: str) -> None:
    take_away(here.now(), city, key)


here = parts.visit()
say = here.speaker.say
led = cities_led(here.actor)
parts.header(say("People"), here=here)
st.write(say("Who may see and fill in a city's assessment. Everybody comes in by a link of her own."))
_told()
if led:
    shown = address.select("of", say("City"), list(led), next(iter(led)), led.__getitem__)
    _members(shown)
    _invite(shown)
else:
    st.info(say("There is no city whose people you may see."), icon=":material/lock:")
if may_make_city(here.actor):
    _new_city()
