"""Inviting people by a link that works once.

Whoever invites hands the link over; nothing is sent from here. Accepting stands in actions/accepting.py.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actions import house, passwords, sign_in
from actions.access import (
    CITY_ROLES,
    COMPUTER,
    ROLES,
    Actor,
    NotAllowedError,
    NotKeptError,
    Subject,
    require,
)
from actions.configuration import Configuration, is_email
from actions.uploads import fold
from locales import mark
from store import invitations as kept
from store.acts import Act
from store.people import add_city, city, has_role, person

LIFE = dt.timedelta(days=14)
RENEWAL_LIFE = dt.timedelta(hours=24)
PATH = "/invitation"
_CODE_BYTES = 32

# What is wrong with an invitation or with accepting one -> the sentence that says it.
FAULTS: Mapping[str, str] = {
    "email": mark("This is no e-mail address."),
    "role": mark("There is no such role."),
    "city": mark("Name a city, or a new one with its country."),
    "country": mark("A country is named by three letters, such as KOR."),
    "areas": mark("Only contributors answer for some focus areas, and these are named by their numbers."),
    "gone": mark(
        "This invitation cannot be used: it was used already, it was taken back, or its time is over."
    ),
    "name": mark("Tell your name, so that others know who you are."),
    "password": mark("Choose another password. {why}"),
    "other_account": mark(
        "This account is already another person's here. Sign in with it, then open the invitation."
    ),
    "sign_in_first": mark("There is an account with this e-mail address. Sign in, then open the invitation."),
}


class InvitationError(ValueError):
    """An invitation cannot be made or accepted; `fault` is a key of FAULTS."""

    def __init__(self, fault: str, why: str = "") -> None:
        super().__init__(FAULTS[fault])
        self.fault, self._why = fault, why

    def told(self, language: str) -> str:
        """What is wrong, in one language."""
        voice = house.voice(language)
        if not self._why:
            return voice.say(FAULTS[self.fault])
        why = voice.say(self._why).format(least=passwords.LEAST, most=passwords.MOST)
        return voice.say(FAULTS[self.fault], why=why)


@dataclass(frozen=True, slots=True)
class Link:
    """A new invitation: its id, its code, which is shown once and kept nowhere, and until when it works."""

    id: str
    code: str = field(repr=False)
    expires: dt.datetime

    def address(self, configuration: Configuration) -> str:
        """The link to hand over."""
        return f"{configuration.address}{PATH}?code={self.code}"


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is invited to, or granted: a role, and where and for what it holds."""

    role: str
    city: str = ""
    country: str = ""
    areas: tuple[str, ...] = ()


def checked(actor: Actor, role: str, city_id: str, country: str, areas: Sequence[str]) -> Role:
    """A role that the actor may give to others.

    NotAllowedError, also for a city that there is not; InvitationError role, country or areas for what is no role.
    """
    if role not in ROLES:
        raise InvitationError("role")
    if role in CITY_ROLES:
        with house.store().reading() as connection:
            found = city(connection, city_id)
        if found is None:
            raise NotAllowedError
        require(actor, "invite_to_city", Subject(city=city_id, country=found.country))
        return Role(role, city_id, "", _areas(role, areas))
    require(actor, "grant_jury_roles")
    if city_id:
        raise InvitationError("role")
    return Role(role, "", _country(country) if role == "commission" else "", _areas(role, areas))


def _country(country: str) -> str:
    found = country.strip().upper()
    if len(found) != 3 or not found.isascii() or not found.isalpha():
        raise InvitationError("country")
    return found


def _areas(role: str, areas: Sequence[str]) -> tuple[str, ...]:
    known = {node.code for node in house.framework().nodes if node.level == "focus_area"}
    if areas and (role != "contributor" or not set(areas) <= known):
        raise InvitationError("areas")
    return tuple(sorted(set(areas), key=lambda code: (len(code), code)))


def invite(
    actor: Actor,
    role: str,
    email: str,
    *,
    city: str = "",
    country: str = "",
    areas: Sequence[str] = (),
    at: dt.datetime | None = None,
) -> Link:
    """Invite somebody to a role: in a city by its id, in a country for a commission, or everywhere.

    NotAllowedError; InvitationError email, role, country or areas. StoreError if it cannot be kept.
    """
    given = checked(actor, role, city, country, areas)
    return _invite(actor, given, email, at or sign_in.moment())


def invite_new_city(
    actor: Actor, email: str, *, name: str, country: str, at: dt.datetime | None = None
) -> tuple[str, Link]:
    """Make a city and invite its owner; returns the city's id too. NotAllowedError; InvitationError."""
    require(actor, "make_city")
    name, country = " ".join(name.split()), _country(country)
    if not name or not is_email(email.strip()):
        raise InvitationError("email" if name else "city")
    with house.store().writing(Act(actor.person, "make_city", "city")) as writing:
        city_id = add_city(writing, name=name, folded_name=fold(name), country=country)
        writing.about(city_id)
    return city_id, _invite(actor, Role("owner", city_id), email, at or sign_in.moment())


def _invite(actor: Actor, given: Role, email: str, at: dt.datetime) -> Link:
    email = email.strip()
    if not is_email(email):
        raise InvitationError("email")
    code, expires = secrets.token_urlsafe(_CODE_BYTES), at + LIFE
    detail = {"role": given.role, "city": given.city, "country": given.country}
    with house.store().writing(Act(actor.person, "invite", "invitation", detail=detail)) as writing:
        made = kept.add_invitation(
            writing,
            code_sha256=sign_in.hash_of(code),
            email=email,
            expires=expires.isoformat(),
            role=given.role,
            city_id=given.city,
            country=given.country,
            areas=given.areas,
        )
        writing.about(made)
    return Link(made, code, expires)


def renew_password(actor: Actor, person_id: str, at: dt.datetime | None = None) -> Link:
    """A link by which a person who lost her password sets a new one; NotAllowedError."""
    require(actor, "renew_password", Subject(person=person_id))
    code, expires = secrets.token_urlsafe(_CODE_BYTES), (at or sign_in.moment()) + RENEWAL_LIFE
    with house.store().writing(Act(actor.person, "renew_password", "person", person_id)) as writing:
        found = person(writing, person_id)
        if found is None or not found.active or found.erased:
            raise NotKeptError
        made = kept.add_invitation(
            writing,
            code_sha256=sign_in.hash_of(code),
            email=found.email,
            expires=expires.isoformat(),
            person_id=person_id,
        )
    return Link(made, code, expires)


def take_back(actor: Actor, invitation_id: str) -> None:
    """An invitation works no more; one that was used stays used. NotAllowedError."""
    with house.store().writing(Act(actor.person, "take_back", "invitation", invitation_id)) as writing:
        found = kept.invitation(writing, invitation_id)
        if found is None:
            raise NotAllowedError
        if found.role in CITY_ROLES:
            require(actor, "withdraw_from_city", Subject(city=found.city_id))
        else:
            require(actor, "grant_jury_roles")
        if found.open:
            kept.use_up(writing, found.id, "", kept.TAKEN_BACK)


def first_link(configuration: Configuration, at: dt.datetime | None = None) -> str:
    """The link for the first person of a shared installation; "" once the secretariat has somebody.

    Earlier such links work no more: the newest start has printed the one that counts.
    """
    store = house.store()
    if not (configuration.shared and configuration.first_person):
        return ""
    with store.writing(Act(COMPUTER.person, "take_back", "invitation")) as writing:
        if has_role(writing, "secretariat"):
            return ""
        for one in kept.open_invitations(writing, ""):
            if one.role == "secretariat" and one.by == COMPUTER.person:
                kept.use_up(writing, one.id, "", kept.TAKEN_BACK)
    return invite(COMPUTER, "secretariat", configuration.first_person, at=at).address(configuration)
