"""The people of the installation as a page: who has a role of no city, and who may come in at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from actions import configuration, house, invitations, people, sign_in
from actions.access import JURY_ROLES, Actor, NotAllowedError, may, require
from actions.city_people import Row
from actions.role_names import ROLE_NAMES
from store.cities import all_cities
from store.people import every_grant

__all__ = [
    "Known",
    "end_sessions",
    "everybody",
    "invite",
    "let_in_again",
    "let_in_no_more",
    "may_lead_office",
    "new_password_link",
    "office_of",
    "roles_offered",
    "sessions_of",
    "take_away",
]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is here: `key` is her id, `name` says who, `own` that it is the actor herself."""

    key: str
    name: str
    active: bool
    own: bool
    cells: Mapping[str, str]
    more: Mapping[str, str]


def may_lead_office(actor: Actor) -> bool:
    """Whether the actor may give roles that are of no city, and say who may come in."""
    return may(actor, "grant_jury_roles") and may(actor, "disable_person")


def roles_offered(language: str) -> Mapping[str, str]:
    """The roles that are of no city: id -> name."""
    say = house.voice(language).say
    return {role: say(ROLE_NAMES[role]) for role in JURY_ROLES}


def office_of(actor: Actor, language: str) -> tuple[Row, ...]:
    """Who has a role that is of no city, then who is invited to one. NotAllowedError.

    One's own roles have no key: somebody else takes them away, so that nobody locks herself out by a slip.
    """
    voice = house.voice(language)
    say, rows = voice.say, []
    for one in people.office_members(actor):
        role = say(ROLE_NAMES[one.role])
        state = _state(one.active, invited=bool(one.invitation), language=language)
        cells = {
            say("Person"): one.name or one.email,
            say("Role"): f"{role} ({one.country})" if one.country else role,
            say("State"): state,
        }
        more = {
            say("Person"): one.name or "–",
            say("E-mail address"): one.email or "–",
            say("Since"): voice.moment(one.since),
        }
        key = "" if one.person == actor.person else one.grant or one.invitation
        rows.append(Row(key, f"{one.name or one.email} · {role} · {state}", cells, more))
    return tuple(rows)


def _state(active: bool, *, invited: bool, language: str) -> str:
    say = house.voice(language).say
    return say("invited") if invited else say("takes part") if active else say("let in no more")


def invite(actor: Actor, role: str, email: str, country: str) -> str:
    """Invite somebody to a role that is of no city; returns the link. NotAllowedError, InvitationError."""
    where = country if role == "commission" else ""
    return invitations.invite(actor, role, email, country=where).address(configuration.read(os.environ))


def take_away(actor: Actor, key: str) -> None:
    """Withdraw a role that is of no city, or take an invitation to one back; not one's own. NotAllowedError."""
    for one in people.office_members(actor):
        if key and key == one.grant and one.person != actor.person:
            people.withdraw(actor, key)
        elif key and key == one.invitation:
            invitations.take_back(actor, key)


def everybody(actor: Actor, language: str) -> tuple[Known, ...]:
    """Everybody who ever came in and was not erased, with all roles of now. NotAllowedError."""
    voice = house.voice(language)
    say = voice.say
    found = people.everybody(actor)
    cities = {one.id: one.name for one in all_cities(house.store())}
    with house.store().reading() as connection:
        granted = every_grant(connection)
    roles: dict[str, list[str]] = {}
    for one in granted:
        where = cities.get(one.city_id, "") or one.country
        role = say(ROLE_NAMES[one.role])
        roles.setdefault(one.person_id, []).append(f"{role} ({where})" if where else role)
    return tuple(
        Known(
            key=person_id,
            name=f"{name} · {email}",
            active=active,
            own=person_id == actor.person,
            cells={
                say("Person"): name or email,
                say("Roles"): voice.series(roles.get(person_id, [])) or "–",
                say("State"): _state(active, invited=False, language=language),
            },
            more={say("Person"): name or "–", say("E-mail address"): email or "–"},
        )
        for person_id, name, email, active in found
    )


def let_in_no_more(actor: Actor, person_id: str) -> None:
    """Somebody else may not come in until she is let in again. NotAllowedError, also for oneself."""
    require(actor, "disable_person")
    if person_id == actor.person:
        raise NotAllowedError
    people.disable(actor, person_id)


def let_in_again(actor: Actor, person_id: str) -> None:
    """Somebody may come in again, with the roles that she had. NotAllowedError."""
    people.enable(actor, person_id)


def sessions_of(actor: Actor, person_id: str) -> int:
    """How many sessions of somebody are open. NotAllowedError."""
    return sign_in.count_sessions(actor, person_id)


def end_sessions(actor: Actor, person_id: str) -> int:
    """Sign somebody out everywhere; returns how many sessions ended. NotAllowedError."""
    return sign_in.end_sessions(actor, person_id)


def new_password_link(actor: Actor, person_id: str) -> str:
    """A link by which somebody sets a new password; NotAllowedError, also for who may not come in."""
    return invitations.renew_password(actor, person_id).address(configuration.read(os.environ))
