"""Who is here and what they may do: granting and withdrawing roles, letting people in or no more, listing a city's.

Inviting stands in actions/invitations.py, erasing in actions/erasure.py.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from actions import house, sign_in
from actions.access import CITY_ROLES, Actor, NotAllowedError, Subject, require
from actions.invitations import checked
from store import invitations as kept
from store.about_person import lines_about, uploads_by
from store.acts import Act
from store.people import (
    KeptGrant,
    add_grant,
    end_grant,
    every_grant,
    grants_in,
    grants_of,
    identities_of,
    is_active,
    person,
    persons,
    set_active,
)
from store.people import grant as kept_grant
from store.room_rows import in_rooms_by
from store.sessions import end_sessions_of, sessions_of
from store.words import Reader, email_digest, find
from store.writing import Writing

WITHDRAWN, DISABLED = "withdrawn", "disabled"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role, or invited to one: `grant` or `invitation` is the id of the one or the other.

    `country` is that of a commission.
    """

    person: str
    name: str
    email: str
    role: str
    areas: tuple[str, ...]
    since: dt.datetime
    active: bool
    grant: str = ""
    invitation: str = ""
    country: str = ""


def grant(
    actor: Actor,
    person_id: str,
    role: str,
    *,
    city: str = "",
    country: str = "",
    areas: Sequence[str] = (),
) -> str:
    """Give a role to somebody who is here already; returns the grant's id.

    NotAllowedError, also for somebody who is not here; InvitationError for what is no role.
    """
    given = checked(actor, role, city, country, areas)
    with house.store().writing(Act(actor.person, "grant", "person", person_id)) as writing:
        if not is_active(writing, person_id):
            raise NotAllowedError
        writing.about(person_id, role=given.role, city=given.city, country=given.country)
        return add_grant(
            writing,
            person_id,
            role=given.role,
            city_id=given.city,
            country=given.country,
            areas=given.areas,
        )


def withdraw(actor: Actor, grant_id: str) -> None:
    """A role ends, and with it the open invitations that its holder gave by it. NotAllowedError."""
    with house.store().writing(Act(actor.person, "withdraw", "grant", grant_id)) as writing:
        found = kept_grant(writing, grant_id)
        if found is None:
            raise NotAllowedError
        if found.role in CITY_ROLES:
            require(actor, "withdraw_from_city", Subject(city=found.city_id))
        else:
            require(actor, "grant_jury_roles")
        writing.about(grant_id, person=found.person_id, role=found.role, city=found.city_id)
        _end(writing, found, WITHDRAWN)


def _end(writing: Writing, found: KeptGrant, why: str) -> None:
    end_grant(writing, found.id, why)
    # Nobody leaves a door open behind.
    if found.role in ("owner", "secretariat"):
        _take_back_all(writing, found.person_id, found.city_id)


def _take_back_all(writing: Writing, person_id: str, city: str = "") -> None:
    """The open invitations that somebody gave, to one city or to all."""
    for one in kept.open_invitations_by(writing, person_id):
        if city in ("", one.city_id):
            kept.use_up(writing, one.id, "", kept.TAKEN_BACK)


def disable(actor: Actor, person_id: str) -> None:
    """Somebody may no longer come in; her roles stay and count again if she is let in. NotAllowedError."""
    require(actor, "disable_person", Subject(person=person_id))
    with house.store().writing(Act(actor.person, "disable", "person", person_id)) as writing:
        if person(writing, person_id) is None:
            raise NotAllowedError
        set_active(writing, person_id, False, DISABLED)
        end_sessions_of(writing, person_id, DISABLED, sign_in.moment().isoformat())
        _take_back_all(writing, person_id)


def enable(actor: Actor, person_id: str) -> None:
    """Somebody may come in again; not who was erased. NotAllowedError."""
    require(actor, "disable_person", Subject(person=person_id))
    with house.store().writing(Act(actor.person, "enable", "person", person_id)) as writing:
        found = person(writing, person_id)
        if found is None or found.erased:
            raise NotAllowedError
        if not found.active:
            set_active(writing, person_id, True, "enabled")


def members(actor: Actor, city: str) -> tuple[Member, ...]:
    """Who has a role in a city, then who is invited to one. NotAllowedError."""
    require(actor, "see_members", Subject(city=city))
    with house.store().reading() as connection:
        invited = kept.open_invitations(connection, city) if city else ()
        return _listed(connection, grants_in(connection, city), invited)


def office_members(actor: Actor) -> tuple[Member, ...]:
    """Who has a role that is of no city, then who is invited to one. NotAllowedError."""
    require(actor, "grant_jury_roles")
    with house.store().reading() as connection:
        granted = [one for one in every_grant(connection) if not one.city_id]
        # A link for a new password is to no role.
        invited = [one for one in kept.open_invitations(connection, "") if one.role]
        return _listed(connection, granted, invited)


def _listed(
    reader: Reader, granted: Sequence[KeptGrant], invited: Sequence[kept.Invitation]
) -> tuple[Member, ...]:
    found = []
    for one in granted:
        who = person(reader, one.person_id)
        assert who is not None
        found.append(
            Member(
                person=who.id,
                name=who.name,
                email=who.email,
                role=one.role,
                areas=one.areas,
                since=dt.datetime.fromisoformat(one.at),
                active=who.active,
                grant=one.id,
                country=one.country,
            )
        )
    now = sign_in.moment().isoformat()
    found += [
        Member(
            person="",
            name="",
            email=one.email,
            role=one.role,
            areas=one.areas,
            since=dt.datetime.fromisoformat(one.at),
            active=True,
            invitation=one.id,
            country=one.country,
        )
        for one in invited
        if one.email and one.expires > now
    ]
    return tuple(found)


def find_person(text: str) -> str:
    """The id of somebody by id or e-mail, for the command line; "" for nobody."""
    store = house.store()
    with store.reading() as connection:
        if person(connection, text) is not None:
            return text
        return find(connection, email_digest(store.key, text)) if "@" in text else ""


def everybody(actor: Actor) -> tuple[tuple[str, str, str, bool], ...]:
    """Id, name, e-mail and whether active of all who are here; for who may disable them. NotAllowedError."""
    require(actor, "disable_person")
    with house.store().reading() as connection:
        known = [person(connection, one) for one in persons(connection)]
    return tuple((one.id, one.name, one.email, one.active) for one in known if one and not one.erased)


def export_person(actor: Actor, person_id: str) -> bytes:
    """Everything that is kept about a person, as JSON. NotAllowedError, also where there is nobody of this id.

    Words, roles, sessions, invitations, uploads by their ids and names, evidence, questions and replies that she gave
    in rooms, and the lines of the log; of a password that there is one. What stands inside uploads about other people
    is not hers.
    """
    require(actor, "export_person", Subject(person=person_id))
    store = house.store()
    with store.snapshot() as connection:
        who = person(connection, person_id)
        if who is None:
            raise NotAllowedError
        data = {
            "person": asdict(who),
            "identities": [dict(one) for one in identities_of(connection, person_id)],
            "roles": [asdict(one) for one in grants_of(connection, person_id)],
            "invitations": [
                {"id": one.id, "at": one.at, "role": one.role, "city": one.city_id, "email": one.email}
                for one in kept.invitations_for(connection, (who.email,), person_id)
            ],
            "sessions": [
                {"at": one.at.isoformat(), "seen": one.seen.isoformat(), "way": one.way}
                for one in sessions_of(connection, person_id)
            ],
            "uploads": [asdict(one) for one in uploads_by(connection, person_id)],
            "rooms": in_rooms_by(connection, person_id),
            "log": [asdict(one) for one in lines_about(connection, person_id)],
        }
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8")
