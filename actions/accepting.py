"""Accepting an invitation: with a password, by another server's word, or as who is signed in already.

Where an account with the invitation's e-mail is there already, its password is asked for, so that nobody comes
into another person's account by an invitation.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from actions import house, passwords, sign_in
from actions.access import Actor
from actions.invitations import InvitationError
from store import invitations as kept
from store.acts import PROGRAM, Act
from store.people import City as KeptCity
from store.people import add_grant, add_identity, add_person, city, is_active, set_password
from store.sessions import end_sessions_of, forget_tries
from store.words import email_digest, find, identity_digest
from store.writing import Writing

_NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Invited:
    """What an open invitation is to. `known` says that its e-mail has an account, whose password is asked for;

    `renewal` that it is for setting a new password, and to nothing else.
    """

    email: str
    role: str
    city: str
    country: str
    areas: tuple[str, ...]
    expires: dt.datetime
    known: bool
    renewal: bool


def invitation_of(code: str, at: dt.datetime | None = None) -> Invited | None:
    """What a code invites to; None for one that is unknown, used, taken back or too old."""
    store = house.store()
    with store.reading() as connection:
        found = kept.invitation_by_code(connection, sign_in.hash_of(code))
        if not _works(found, at or sign_in.moment()):
            return None
        assert found is not None
        where: KeptCity | None = city(connection, found.city_id) if found.city_id else None
        known = find(connection, email_digest(store.key, found.email))
    return Invited(
        email=found.email,
        role=found.role,
        city=where.name if where else "",
        country=where.country if where else found.country,
        areas=found.areas,
        expires=dt.datetime.fromisoformat(found.expires),
        known=bool(known) and not found.person_id,
        renewal=bool(found.person_id),
    )


def _works(found: kept.Invitation | None, at: dt.datetime) -> bool:
    if found is None or not found.open or not found.email:
        return False
    # A clock that was set back prolongs nothing.
    made = dt.datetime.fromisoformat(found.at)
    return made - sign_in.TOLERANCE <= at < dt.datetime.fromisoformat(found.expires)


def _claim(writing: Writing, code: str, at: dt.datetime) -> kept.Invitation:
    """The invitation of a code, within the transaction that uses it up."""
    found = kept.invitation_by_code(writing, sign_in.hash_of(code))
    if not _works(found, at):
        raise InvitationError("gone")
    assert found is not None
    return found


def accept(code: str, name: str, password: str, place: str, at: dt.datetime | None = None) -> sign_in.Opened:
    """Accept an invitation with a password, and sign in.

    A new person gives her name and chooses the password; where the e-mail has an account the password must be its
    own; a renewal takes the new password. Raises InvitationError gone, name or password, sign_in.RefusedError where
    an account's password is not the one given, StoreError if it cannot be kept.
    """
    at = at or sign_in.moment()
    invited = invitation_of(code, at)
    if invited is None:
        raise InvitationError("gone")
    if invited.known:
        person_id = sign_in.check_password(invited.email, password, place, at)
        _use(code, person_id, at)
        return sign_in.begin(person_id, sign_in.PASSWORD, at)
    name = " ".join(name.split())[:_NAME_LENGTH]
    if not name and not invited.renewal:
        raise InvitationError("name")
    if why := passwords.fault(password, name, invited.email):
        raise InvitationError("password", why)
    secret = passwords.secret_of(password)
    store = house.store()
    with store.writing(Act(PROGRAM, "accept", "invitation")) as writing:
        found = _claim(writing, code, at)
        if found.person_id:
            person_id = found.person_id
            if not is_active(writing, person_id):
                raise InvitationError("gone")
            end_sessions_of(writing, person_id, "new_password", at.isoformat())
            forget_tries(writing, email_digest(store.key, found.email))
        else:
            person_id = _new_person(writing, name, found.email)
        set_password(writing, person_id, secret)
        _grant(writing, found, person_id)
    return sign_in.begin(person_id, sign_in.PASSWORD, at)


def accept_by_identity(
    code: str, issuer: str, subject: str, name: str, at: dt.datetime | None = None
) -> sign_in.Opened:
    """Accept an invitation as the person for whom a sign-in server vouches, and sign in.

    Raises InvitationError gone, or sign_in_first where the invitation's e-mail has an account that this identity
    does not belong to; StoreError if it cannot be kept.
    """
    at, store = at or sign_in.moment(), house.store()
    with store.writing(Act(PROGRAM, "accept", "invitation")) as writing:
        found = _claim(writing, code, at)
        person_id = find(writing, identity_digest(store.key, issuer, subject))
        if found.person_id or (person_id and not is_active(writing, person_id)):
            raise InvitationError("gone")
        if not person_id:
            person_id = _new_person(writing, " ".join(name.split())[:_NAME_LENGTH], found.email)
            add_identity(writing, store.key, person_id, issuer=issuer, subject=subject)
        _grant(writing, found, person_id)
    return sign_in.begin(person_id, sign_in.IDENTITY, at)


def accept_as(actor: Actor, code: str, at: dt.datetime | None = None) -> None:
    """Accept an invitation as who is signed in already; InvitationError gone."""
    _use(code, actor.person, at or sign_in.moment())


def add_identity_to(actor: Actor, issuer: str, subject: str) -> None:
    """From now on the actor may also come in by a sign-in server's word; InvitationError other_account."""
    store = house.store()
    with store.writing(Act(actor.person, "add_identity", "person", actor.person)) as writing:
        known = find(writing, identity_digest(store.key, issuer, subject))
        if known and known != actor.person:
            raise InvitationError("other_account")
        if not known:
            add_identity(writing, store.key, actor.person, issuer=issuer, subject=subject)


def _use(code: str, person_id: str, at: dt.datetime) -> None:
    with house.store().writing(Act(person_id, "accept", "invitation")) as writing:
        found = _claim(writing, code, at)
        if found.person_id or not is_active(writing, person_id):
            raise InvitationError("gone")
        _grant(writing, found, person_id)


def _new_person(writing: Writing, name: str, email: str) -> str:
    key = house.store().key
    if find(writing, email_digest(key, email)):
        # Somebody else was faster with the same e-mail, or it has an account of another kind.
        raise InvitationError("sign_in_first")
    return add_person(writing, key, name=name, email=email)


def _grant(writing: Writing, found: kept.Invitation, person_id: str) -> None:
    writing.acted_by(person_id)
    writing.about(found.id, role=found.role, city=found.city_id)
    kept.use_up(writing, found.id, person_id, kept.USED)
    if found.role:
        add_grant(
            writing,
            person_id,
            role=found.role,
            city_id=found.city_id,
            country=found.country,
            areas=found.areas,
            by=found.by,
        )
