"""Signing in: by password or by another server's word, into a session that ends by itself.

A session ends after an hour without use, twelve hours after signing in, at signing out, and when its person may no
longer come in. Of its token only the hash is kept. Whether an e-mail is known is told to nobody: the same questions
go to the store and the same work is done, and tries are limited alike.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import math
import secrets
from dataclasses import dataclass, field

from actions import caches, house, passwords
from actions.access import Actor, Grant, NotAllowedError, Subject, require
from actions.round_closed import closed_cities
from store.acts import PROGRAM, Act
from store.arrival import arrival
from store.errors import StoreError
from store.people import is_active, password_of, person, set_password
from store.sessions import (
    Limit,
    begin_session,
    end_session,
    end_sessions_of,
    forget_tries,
    see_session,
    session_by_token,
    sessions_of,
    take_try,
)
from store.words import digest_of, email_digest, find, identity_digest

IDLE = dt.timedelta(minutes=60)
ABSOLUTE = dt.timedelta(hours=12)
# How far clocks of several machines may stand apart. A clock set back further ends what it would prolong.
TOLERANCE = dt.timedelta(minutes=1)
# How often it is noted that a session is used: each note is a write.
_NOTED_EVERY = dt.timedelta(minutes=1)
_SPAN = dt.timedelta(minutes=15)
# Somebody from one place, somebody from anywhere, anybody from one place: an office with one address has many people.
LIMITS = (
    Limit(5, _SPAN, who=True, place=True),
    Limit(20, _SPAN, who=True, place=False),
    Limit(100, _SPAN, who=False, place=True),
)
_TOKEN_BYTES = 32
PASSWORD, IDENTITY = "password", "identity"
WRONG, TOO_MANY, UNKNOWN = "wrong", "too_many", "unknown"


class RefusedError(Exception):
    """Nobody is signed in: `reason` is WRONG, TOO_MANY (for `seconds`) or UNKNOWN."""

    def __init__(self, reason: str, seconds: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.seconds = reason, seconds


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: the token, which is shown once and kept nowhere, its person, and its latest end."""

    token: str = field(repr=False)
    person: str
    ends: dt.datetime


def hash_of(token: str) -> str:
    """What is kept of a token or a code: it has 256 random bits, so its plain hash says nothing."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def moment() -> dt.datetime:
    """Now, in UTC."""
    return dt.datetime.now(dt.UTC)


def by_password(email: str, password: str, place: str, at: dt.datetime | None = None) -> Opened:
    """Sign in by e-mail and password; `place` is where from, such as an address on the net.

    Raises RefusedError: TOO_MANY tries, or WRONG whatever it was that was wrong. StoreError if it cannot be kept.
    """
    at = at or moment()
    person_id = check_password(email, password, place, at)
    return begin(person_id, PASSWORD, at)


def check_password(email: str, password: str, place: str, at: dt.datetime) -> str:
    """Whose e-mail and password these are; RefusedError as in `by_password`."""
    store = house.store()
    who = email_digest(store.key, email)
    count_try(who, place, at)
    with store.reading() as connection:
        person_id = find(connection, who)
        secret = password_of(connection, person_id)
        active = is_active(connection, person_id)
    right = passwords.check(password, secret)
    if not (right and active):
        with store.writing(Act(PROGRAM, "refuse", "sign_in", person_id)) as writing:
            writing.note()
        raise RefusedError(WRONG)
    with store.writing(Act(person_id, "change_password", "person", person_id)) as writing:
        forget_tries(writing, who, _place(place))
        if secret is not None and passwords.is_cheaper(secret):
            set_password(writing, person_id, passwords.secret_of(password))
    return person_id


def count_try(who: str, place: str, at: dt.datetime) -> None:
    """Count one try of somebody from a place before it is looked at; RefusedError TOO_MANY."""
    with house.store().writing(Act(PROGRAM, "try", "sign_in")) as writing:
        wait = take_try(writing, who=who, place=_place(place), at=at, limits=LIMITS)
    if wait:
        raise RefusedError(TOO_MANY, max(1, math.ceil(wait.total_seconds())))


def _place(place: str) -> str:
    return digest_of(house.store().key, "place", place)


def by_identity(issuer: str, subject: str, at: dt.datetime | None = None) -> Opened:
    """Sign in whom a sign-in server vouches for; RefusedError UNKNOWN for whom nobody has invited."""
    store = house.store()
    with store.reading() as connection:
        person_id = find(connection, identity_digest(store.key, issuer, subject))
        active = is_active(connection, person_id)
    if not active:
        raise RefusedError(UNKNOWN)
    return begin(person_id, IDENTITY, at or moment())


def begin(person_id: str, way: str, at: dt.datetime | None = None) -> Opened:
    """A new session of a person who has shown who she is."""
    token, at = secrets.token_urlsafe(_TOKEN_BYTES), at or moment()
    with house.store().writing(Act(person_id, "sign_in", "session", detail={"way": way})) as writing:
        session_id = begin_session(
            writing, person_id, token_sha256=hash_of(token), way=way, at=at, ends=at + ABSOLUTE
        )
        writing.about(session_id)
    return Opened(token, person_id, at + ABSOLUTE)


def person_of(token: str, at: dt.datetime | None = None) -> str | None:
    """Whose session a token opens now, None for nobody's; using it puts off the end for want of use."""
    store, at = house.store(), at or moment()
    with store.reading() as connection:
        found = session_by_token(connection, hash_of(token))
    if found is None or not found.open or at >= found.ends:
        return None
    unused = at - found.seen
    if unused >= IDLE or unused < -TOLERANCE:
        return None
    if unused >= _NOTED_EVERY:
        # On a full disk people can still read, for as long as a session lives without use.
        with (
            contextlib.suppress(StoreError),
            store.writing(Act(found.person_id, "see", "session")) as writing,
        ):
            see_session(writing, found.id, at)
    return found.person_id


def sign_out(token: str, at: dt.datetime | None = None) -> None:
    """End the session of a token; one that is not open stays as it is."""
    store = house.store()
    with store.reading() as connection:
        found = session_by_token(connection, hash_of(token))
    if found is not None:
        with store.writing(Act(found.person_id, "sign_out", "session", found.id)) as writing:
            end_session(writing, found.id, "signed_out", (at or moment()).isoformat())


def sign_out_everywhere(actor: Actor, at: dt.datetime | None = None) -> int:
    """End all of one's own sessions, this one too; returns how many."""
    require(actor, "sign_out_everywhere", Subject(person=actor.person))
    return _end_all(actor, actor.person, "signed_out", at)


def sign_out_elsewhere(actor: Actor, token: str, at: dt.datetime | None = None) -> int:
    """End all of one's own sessions but that of a token; returns how many. NotAllowedError."""
    require(actor, "sign_out_everywhere", Subject(person=actor.person))
    at = at or moment()
    with house.store().writing(Act(actor.person, "end_sessions", "person", actor.person)) as writing:
        this = session_by_token(writing, hash_of(token))
        # Whoever is not in a session of her own would end them all.
        if this is None or this.person_id != actor.person:
            raise NotAllowedError
        others = [one for one in sessions_of(writing, actor.person) if one.open and one.id != this.id]
        for one in others:
            end_session(writing, one.id, "signed_out", at.isoformat())
    return sum(at < one.ends and at - one.seen < IDLE for one in others)


def end_sessions(actor: Actor, person_id: str, at: dt.datetime | None = None) -> int:
    """End all sessions of another person; returns how many. NotAllowedError."""
    require(actor, "end_sessions", Subject(person=person_id))
    return _end_all(actor, person_id, "ended", at)


def _end_all(actor: Actor, person_id: str, why: str, at: dt.datetime | None) -> int:
    with house.store().writing(Act(actor.person, "end_sessions", "person", person_id)) as writing:
        return end_sessions_of(writing, person_id, why, (at or moment()).isoformat())


def change_password(actor: Actor, old: str, new: str, place: str, at: dt.datetime | None = None) -> str:
    """Set one's own password anew; all sessions end. Returns why the new one will not do, "" where it is set.

    What is returned is said with `least` and `most` of actions.passwords. RefusedError where the old one is wrong,
    tries are limited as at signing in; StoreError.
    """
    at, store = at or moment(), house.store()
    require(actor, "sign_out_everywhere", Subject(person=actor.person))
    with store.reading() as connection:
        known = person(connection, actor.person)
    if known is None or check_password(known.email, old, place, at) != actor.person:
        raise RefusedError(WRONG)
    if fault := passwords.fault(new, known.name, known.email):
        return fault
    secret = passwords.secret_of(new)
    with store.writing(Act(actor.person, "change_password", "person", actor.person)) as writing:
        set_password(writing, actor.person, secret)
        end_sessions_of(writing, actor.person, "new_password", at.isoformat())
    return ""


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One of one's own sessions, for a page: how and when it began, when it was last used, and its latest end.

    `this` says that it is the one in which it is asked.
    """

    way: str
    at: dt.datetime
    seen: dt.datetime
    ends: dt.datetime
    this: bool


def open_sessions(actor: Actor, token: str = "", at: dt.datetime | None = None) -> tuple[OwnSession, ...]:
    """Where one is signed in now, the newest first; `token` is that of the session in which it is asked."""
    require(actor, "sign_out_everywhere", Subject(person=actor.person))
    at = at or moment()
    with house.store().reading() as connection:
        this = session_by_token(connection, hash_of(token)) if token else None
        found = sessions_of(connection, actor.person)
    return tuple(
        OwnSession(one.way, one.at, one.seen, one.ends, this is not None and one.id == this.id)
        for one in reversed(found)
        if one.open and at < one.ends and at - one.seen < IDLE
    )


def count_sessions(actor: Actor, person_id: str, at: dt.datetime | None = None) -> int:
    """How many sessions of another person are open; for who may end them. NotAllowedError."""
    require(actor, "end_sessions", Subject(person=person_id))
    at = at or moment()
    with house.store().reading() as connection:
        found = sessions_of(connection, person_id)
    return sum(one.open and at < one.ends and at - one.seen < IDLE for one in found)


def actor(person_id: str) -> Actor:
    """A person with her rights as they stand now; NotAllowedError for whoever may not come in.

    Asked once for every visit of a page; what was erased meanwhile is forgotten here too.
    """
    with house.store().reading() as connection:
        caches.forget_erased(connection)
        known = arrival(connection, person_id)
        closed = closed_cities(connection, person_id) if known else frozenset()
    if known is None or known.erased or not known.active:
        raise NotAllowedError
    grants = tuple(Grant(one.role, one.city_id, one.country, one.areas) for one in known.roles)
    return Actor(person_id, known.name, grants, closed=closed)
