"""One's own account as a page: who one is here, with which roles, and where one is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house, sign_in
from actions.access import Actor, Grant, Subject, require
from actions.city_people import areas_in_words
from actions.role_names import ROLE_NAMES
from locales import mark
from store.people import city, person

__all__ = ["Account", "own_account", "sign_out_elsewhere"]

sign_out_elsewhere = sign_in.sign_out_elsewhere

_WAYS: Mapping[str, str] = {
    sign_in.PASSWORD: mark("with a password"),
    sign_in.IDENTITY: mark("with your organisation's account"),
}


@dataclass(frozen=True, slots=True)
class Account:
    """Name and e-mail, roles and open sessions as table rows; `elsewhere` counts the sessions but this one."""

    name: str
    email: str
    roles: tuple[Mapping[str, str], ...]
    sessions: tuple[Mapping[str, str], ...]
    elsewhere: int


def own_account(actor: Actor, token: str, language: str) -> Account:
    """The actor's own account; `token` is that of the session in which she asks. NotAllowedError."""
    require(actor, "export_person", Subject(person=actor.person))
    sessions = sign_in.open_sessions(actor, token)
    with house.store().reading() as connection:
        known = person(connection, actor.person)
        cities = {one.city: city(connection, one.city) for one in actor.grants if one.city}
    voice = house.voice(language)
    say = voice.say
    names = {one: found.name for one, found in cities.items() if found is not None}
    return Account(
        name=actor.name,
        email=known.email if known else "",
        roles=tuple(
            {
                say("Role"): say(ROLE_NAMES[one.role]),
                say("Holds for"): _where(one, names, language),
                say("Focus areas"): areas_in_words(one.role, one.areas, language),
            }
            for one in actor.grants
        ),
        sessions=tuple(
            {
                say("Since"): voice.moment(one.at),
                say("Way in"): say(_WAYS[one.way]) if one.way in _WAYS else one.way,
                say("Last used"): say("now, in this browser") if one.this else voice.moment(one.seen),
                say("Ends at the latest"): voice.moment(one.ends),
            }
            for one in sessions
        ),
        elsewhere=sum(not one.this for one in sessions),
    )


def _where(grant: Grant, names: Mapping[str, str], language: str) -> str:
    return names.get(grant.city, "") or grant.country or house.voice(language).say("everywhere")
