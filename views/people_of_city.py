"""A city's people: who has a role there, who is invited, inviting somebody, withdrawing a role, a new city."""

from __future__ import annotations

import streamlit as st

from actions.area_titles import area_titles
from actions.city_people import (
    cities_led,
    invite,
    may_make_city,
    new_city,
    people_of,
    roles_offered,
    take_away,
)
from actions.invitations import InvitationError
from views import address, parts, people_links


def people_of_city(here: parts.Visit) -> None:
    """One city's people, chosen among those that the reader leads; the secretariat also makes cities."""
    say = here.speaker.say
    led = cities_led(here.actor)
    if led:
        shown = address.select("of", say("City"), list(led), next(iter(led)), led.__getitem__)
        _members(here, shown)
        _invite(here, shown)
    else:
        st.info(say("There is no city yet. Make the first one here."), icon=":material/add_location:")
    if may_make_city(here.actor):
        _new_city(here)


def _members(here: parts.Visit, city: str) -> None:
    say = here.speaker.say
    rows = people_of(here.actor, city, here.language)
    if not rows:
        st.write(say("Nobody takes part yet."))
        return
    people_links.listed(here, rows, say("Who takes part and who is invited"))
    people_links.leaving(here, rows, f"{city}", lambda key: _take_away(here, city, key))


def _invite(here: parts.Visit, city: str) -> None:
    say = here.speaker.say
    roles, areas = roles_offered(here.language), area_titles(here.language)
    role = people_links.role_choice(here, roles, "invite")
    if role == "contributor":
        st.multiselect(
            say("Focus areas"),
            list(areas),
            format_func=areas.__getitem__,
            key="invite_areas",
            placeholder=say("all"),
        )
    st.button(
        say("Make a link"),
        icon=":material/person_add:",
        on_click=_make_link,
        disabled=role is None,
        args=(here, city, role or ""),
    )


@parts.acting
def _make_link(here: parts.Visit, city: str, role: str) -> None:
    try:
        link = invite(
            here.now(), city, role, st.session_state["invite_email"], st.session_state.get("invite_areas", ())
        )
    except InvitationError as fault:
        people_links.refused(fault.told(here.language))
    else:
        people_links.made(link)


def _new_city(here: parts.Visit) -> None:
    say = here.speaker.say
    for _ in parts.fold(say("A new city"), "add_location", "new_city"):
        st.text_input(say("Name of the city"), key="new_city_name")
        st.text_input(say("Country, by three letters such as KOR"), key="new_city_country", max_chars=3)
        st.text_input(say("E-mail address of its owner"), key="new_city_email")
        st.button(say("Make the city and a link for its owner"), on_click=_make_city, args=(here,))


@parts.acting
def _make_city(here: parts.Visit) -> None:
    asked = (st.session_state[f"new_city_{one}"] for one in ("name", "country", "email"))
    try:
        city, link = new_city(here.now(), *asked)
    except InvitationError as fault:
        people_links.refused(fault.told(here.language))
    else:
        people_links.made(link)
        address.keep("of", city)


@parts.acting
def _take_away(here: parts.Visit, city: str, key: str) -> None:
    take_away(here.now(), city, key)
