"""The office's people: who judges and who runs the installation, and everybody who may come in."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from actions import office_people as office
from actions.invitations import InvitationError
from views import parts, people_links


def people_of_office(here: parts.Visit) -> None:
    """Who has a role that is of no city, who is invited to one, and inviting somebody."""
    say = here.speaker.say
    rows = office.office_of(here.actor, here.language)
    people_links.listed(here, rows, say("Who takes part and who is invited"))
    people_links.leaving(here, rows, "office", lambda key: _take_away(here, key))
    st.caption(say("Your own role is taken away by somebody else of the secretariat."))
    _invite(here)


def _invite(here: parts.Visit) -> None:
    say = here.speaker.say
    roles = office.roles_offered(here.language)
    role = people_links.role_choice(here, roles, "office")
    if role == "commission":
        st.text_input(say("Country, by three letters such as KOR"), key="office_country", max_chars=3)
    st.button(
        say("Make a link"),
        icon=":material/person_add:",
        disabled=role is None,
        on_click=_make_link,
        args=(here, role or ""),
    )


@parts.acting
def _make_link(here: parts.Visit, role: str) -> None:
    entered = st.session_state["office_email"], st.session_state.get("office_country", "")
    try:
        link = office.invite(here.now(), role, *entered)
    except InvitationError as fault:
        people_links.refused(fault.told(here.language))
    else:
        people_links.made(link)


@parts.acting
def _take_away(here: parts.Visit, key: str) -> None:
    office.take_away(here.now(), key)


def everybody_here(here: parts.Visit) -> None:
    """Everybody who ever came in, and what can be done about one of them."""
    say = here.speaker.say
    known = {one.key: one for one in office.everybody(here.actor, here.language)}
    people_links.listed(here, list(known.values()), say("Everybody who has an account here"))
    chosen = st.selectbox(
        say("What is to be done about somebody?"),
        [key for key, one in known.items() if not one.own],
        index=None,
        format_func=lambda key: known[key].name,
        placeholder=say("Choose somebody"),
        key="somebody",
    )
    if chosen is None:
        return
    if not known[chosen].active:
        _button(here, say("Let in again"), "lock_open", _again, chosen)
        return
    count = office.sessions_of(here.actor, chosen)
    st.write(
        here.speaker.plural("Signed in in {count} browser now.", "Signed in in {count} browsers now.", count)
        if count
        else say("Not signed in at the moment.")
    )
    if count:
        _button(here, say("Sign out everywhere"), "logout", _end_sessions, chosen)
    _button(here, say("Make a link for a new password"), "key", _new_password, chosen)
    sure = st.checkbox(say("Yes, let in no more: roles stay, but count no longer"), key=f"shut_{chosen}")
    _button(here, say("Let in no more"), "block", _no_more, chosen, disabled=not sure)


def _button(
    here: parts.Visit,
    label: str,
    icon: str,
    act: Callable[[parts.Visit, str], None],
    chosen: str,
    *,
    disabled: bool = False,
) -> None:
    st.button(label, icon=f":material/{icon}:", disabled=disabled, on_click=act, args=(here, chosen))


@parts.acting
def _again(here: parts.Visit, chosen: str) -> None:
    office.let_in_again(here.now(), chosen)
    people_links.done(here.speaker.say("Let in again, with the roles of before."))


@parts.acting
def _no_more(here: parts.Visit, chosen: str) -> None:
    office.let_in_no_more(here.now(), chosen)
    people_links.done(here.speaker.say("Let in no more, and signed out everywhere."))


@parts.acting
def _end_sessions(here: parts.Visit, chosen: str) -> None:
    office.end_sessions(here.now(), chosen)
    people_links.done(here.speaker.say("Signed out everywhere."))


@parts.acting
def _new_password(here: parts.Visit, chosen: str) -> None:
    people_links.made(office.new_password_link(here.now(), chosen))
