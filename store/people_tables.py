"""The tables of people, their rights and their visits, as they are now.

No table here holds a name, an e-mail or a password. Those words stand among the contents, each with random signs
beside it so that nobody finds them from their hash, and are taken out from there when a person is erased.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from store.columns import by, moment, number, own_id
from store.tables import METADATA


def _person(name: str = "person_id") -> Column[str]:
    return Column(name, String(32), ForeignKey("persons.id"), nullable=False)


def _hash(name: str) -> Column[str]:
    return Column(name, String(64), nullable=False)


def _why() -> Column[str]:
    # One of a few fixed words, never a sentence about somebody.
    return Column("why", String(32), nullable=False)


PERSONS = Table("persons", METADATA, number(), own_id(), moment())

# Name and e-mail; the newest row counts.
PERSON_WORDS = Table(
    "person_words",
    METADATA,
    number(),
    _person(),
    moment(),
    _hash("words_sha256"),
    Index("person_words_by_person", "person_id"),
)

# How a person is known to a sign-in server: its address and its name for her.
IDENTITIES = Table(
    "identities",
    METADATA,
    number(),
    _person(),
    moment(),
    _hash("words_sha256"),
    Index("identities_by_person", "person_id"),
)

# What is needed to check a password; the newest row counts.
PASSWORDS = Table(
    "passwords",
    METADATA,
    number(),
    _person(),
    moment(),
    _hash("words_sha256"),
    Index("passwords_by_person", "person_id"),
)

# Whether a person may come in; the newest row counts, without one she may.
PERSON_STATES = Table(
    "person_states",
    METADATA,
    number(),
    _person(),
    moment(),
    Column("active", Integer, nullable=False),
    by(),
    _why(),
    Index("person_states_by_person", "person_id"),
)

# `city_id` is "" for roles that are of no city, `areas` are focus areas with blanks between them, "" for all.
GRANTS = Table(
    "grants",
    METADATA,
    number(),
    own_id(),
    moment(),
    _person(),
    Column("role", String(32), nullable=False),
    Column("city_id", String(32), nullable=False),
    Column("country", String(8), nullable=False),
    Column("areas", Text, nullable=False),
    by(),
    Index("grants_by_person", "person_id"),
    Index("grants_by_city", "city_id"),
)

GRANT_ENDS = Table(
    "grant_ends",
    METADATA,
    number(),
    Column("grant_id", String(32), ForeignKey("grants.id"), nullable=False, unique=True),
    moment(),
    by(),
    _why(),
)

# `person_id` is whom a link lets set a new password, "" where it invites to a role.
INVITATIONS = Table(
    "invitations",
    METADATA,
    number(),
    own_id(),
    moment(),
    Column("code_sha256", String(64), nullable=False, unique=True),
    _hash("words_sha256"),
    Column("role", String(32), nullable=False),
    Column("city_id", String(32), nullable=False),
    Column("country", String(8), nullable=False),
    Column("areas", Text, nullable=False),
    Column("person_id", String(32), nullable=False),
    moment("expires"),
    by(),
    Index("invitations_by_city", "city_id"),
)

# Used by a person, or taken back ("" for the person): once, by the unique invitation.
INVITATION_USES = Table(
    "invitation_uses",
    METADATA,
    number(),
    Column("invitation_id", String(32), ForeignKey("invitations.id"), nullable=False, unique=True),
    moment(),
    Column("person_id", String(32), nullable=False),
    by(),
    _why(),
)

# `way` is how she signed in, `ends` the latest moment at which the session can be used.
SESSIONS = Table(
    "sessions",
    METADATA,
    number(),
    own_id(),
    moment(),
    Column("token_sha256", String(64), nullable=False, unique=True),
    _person(),
    Column("way", String(16), nullable=False),
    moment("ends"),
    Index("sessions_by_person", "person_id"),
)

SESSION_ENDS = Table(
    "session_ends",
    METADATA,
    number(),
    Column("session_id", String(32), ForeignKey("sessions.id"), nullable=False, unique=True),
    moment(),
    by(),
    _why(),
)

# For which city an upload was made ("" for none), by whom ("" on one's own computer); the newest row counts.
UPLOAD_OWNERS = Table(
    "upload_owners",
    METADATA,
    number(),
    Column("upload_id", String(32), ForeignKey("uploads.id"), nullable=False),
    Column("city_id", String(32), nullable=False),
    Column("person", String(32), nullable=False),
    moment(),
    Index("upload_owners_by_upload", "upload_id"),
    Index("upload_owners_by_city", "city_id"),
)

# Passing things, which are changed and dropped, and which the log does not vouch for.

# When a session was last used.
SESSION_SEEN = Table(
    "session_seen",
    METADATA,
    Column("session_id", String(32), primary_key=True),
    moment(),
)

# Tries to sign in: hashes, by the store's key, of what was typed and of where from.
SIGN_IN_TRIES = Table(
    "sign_in_tries",
    METADATA,
    number(),
    moment(),
    _hash("who"),
    _hash("place"),
    Index("sign_in_tries_by_who", "who"),
    Index("sign_in_tries_by_place", "place"),
)

# Who has this e-mail, or this identity: a hash by the store's key -> a person. Made from the words themselves.
FINDERS = Table(
    "finders",
    METADATA,
    Column("digest", String(64), primary_key=True),
    _person(),
    Index("finders_by_person", "person_id"),
)

PEOPLE = (
    PERSONS,
    PERSON_WORDS,
    IDENTITIES,
    PASSWORDS,
    PERSON_STATES,
    GRANTS,
    GRANT_ENDS,
    INVITATIONS,
    INVITATION_USES,
    SESSIONS,
    SESSION_ENDS,
    UPLOAD_OWNERS,
)
PASSING = (SESSION_SEEN, SIGN_IN_TRIES, FINDERS)
