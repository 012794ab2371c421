"""The people of a city as a page: who has a role, who is invited, inviting and withdrawing."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions import configuration, house, invitations, people
from actions.access import CITY_ROLES, Actor, Subject, may
from actions.role_names import ROLE_NAMES
from store.cities import all_cities

__all__ = [
    "Row",
    "areas_in_words",
    "cities_led",
    "invite",
    "may_make_city",
    "new_city",
    "people_of",
    "roles_offered",
    "take_away",
]


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody with a role or invited to one: `key` takes it away again, `name` says who and what.

    `more` is what a phone has no room for beside the rest.
    """

    key: str
    name: str
    cells: Mapping[str, str]
    more: Mapping[str, str]


def cities_led(actor: Actor) -> Mapping[str, str]:
    """The cities whose people the actor may see: id -> name."""
    return {
        one.id: one.name
        for one in all_cities(house.store())
        if may(actor, "see_members", Subject(city=one.id, country=one.country))
    }


def may_make_city(actor: Actor) -> bool:
    """Whether the actor may make a new city."""
    return may(actor, "make_city")


def roles_offered(language: str) -> Mapping[str, str]:
    """The roles in a city: id -> name."""
    say = house.voice(language).say
    return {role: say(ROLE_NAMES[role]) for role in CITY_ROLES}


def areas_in_words(role: str, areas: Sequence[str], language: str) -> str:
    """For which focus areas somebody answers; only owners and contributors answer at all."""
    voice = house.voice(language)
    if role not in ("owner", "contributor"):
        return "–"
    return voice.series(areas) if areas else voice.say("all")


def people_of(actor: Actor, city: str, language: str) -> tuple[Row, ...]:
    """Who has a role in a city, then who is invited to one. NotAllowedError."""
    voice = house.voice(language)
    say, rows = voice.say, []
    for one in people.members(actor, city):
        role = say(ROLE_NAMES[one.role])
        state = (
            say("invited") if one.invitation else say("takes part") if one.active else say("let in no more")
        )
        cells = {
            say("Person"): one.name or one.email,
            say("Role"): role,
            say("State"): state,
            say("Focus areas"): areas_in_words(one.role, one.areas, language),
        }
        more = {
            say("Person"): one.name or "–",
            say("E-mail address"): one.email or "–",
            say("Since"): voice.moment(one.since),
        }
        rows.append(
            Row(one.grant or one.invitation, f"{one.name or one.email} · {role} · {state}", cells, more)
        )
    return tuple(rows)


def invite(actor: Actor, city: str, role: str, email: str, areas: Sequence[str]) -> str:
    """Invite somebody to a role in a city; returns the link to hand over. NotAllowedError, InvitationError."""
    chosen = tuple(areas) if role == "contributor" else ()
    return _address(invitations.invite(actor, role, email, city=city, areas=chosen))


def new_city(actor: Actor, name: str, country: str, email: str) -> tuple[str, str]:
    """Make a city and invite its owner: the city's id and the link. NotAllowedError, InvitationError."""
    city, link = invitations.invite_new_city(actor, email, name=name, country=country)
    return city, _address(link)


def _address(link: invitations.Link) -> str:
    return link.address(configuration.read(os.environ))


def take_away(actor: Actor, city: str, key: str) -> None:
    """Withdraw a role of a city, or take an invitation to it back. NotAllowedError."""
    for one in people.members(actor, city):
        if key and key == one.grant:
            people.withdraw(actor, key)
        elif key and key == one.invitation:
            invitations.take_back(actor, key)
