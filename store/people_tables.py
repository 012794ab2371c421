"""The tables of people, their rights and their visits, as they are now.

No table here holds a name, an e-mail or a password. Those words stand among the contents, each with random signs
beside it so that nobody finds them from their hash, and are taken out from there when a person is erased.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from store.tables import METADATA


def _number() -> Column[int]:
    # As in store/tables.py: the order, counted up by the writer.
    return Column("sequence", Integer, primary_key=True, autoincrement=False)


def _id() -> Column[str]:
    return Column("id", String(32), nullable=False, unique=True)


def _moment(name: str = "at") -> Column[str]:
    return Column(name, String(40), nullable=False)


def _person(name: str = "person_id") -> Column[str]:
    return Column(name, String(32), ForeignKey("persons.id"), nullable=False)


def _hash(name: str) -> Column[str]:
    return Column(name, String(64), nullable=False)


# Who did it: a person's id, or the program's own names (store/acts.py).
def _by() -> Column[str]:
    return Column("by", String(32), nullable=False)


def _why() -> Column[str]:
    # One of a few fixed words, never a sentence about somebody.
    return Column("why", String(32), nullable=False)


PERSONS = Table("persons", METADATA, _number(), _id(), _moment())

# Name and e-mail; the newest row counts.
PERSON_WORDS = Table(
    "person_words",
    METADATA,
    _number(),
    _person(),
    _moment(),
    _hash("words_sha256"),
    Index("person_words_by_person", "person_id"),
)

# How a person is known to a sign-in server: its address and its name for her.
IDENTITIES = Table(
    "identities",
    METADATA,
    _number(),
    _person(),
    _moment(),
    _hash("words_sha256"),
    Index("identities_by_person", "person_id"),
)

# What is needed to check a password; the newest row counts.
PASSWORDS = Table(
    "passwords",
    METADATA,
    _number(),
    _person(),
    _moment(),
    _hash("words_sha256"),
    Index("passwords_by_person", "person_id"),
)

# Whether a person may come in; the newest row counts, without one she may.
PERSON_STATES = Table(
    "person_states",
    METADATA,
    _number(),
    _person(),
    _moment(),
    Column("active", Integer, nullable=False),
    _by(),
    _why(),
    Index("person_states_by_person", "person_id"),
)

# `city_id` is "" for roles that are of no city, `areas` are focus areas with blanks between them, "" for all.
GRANTS = Table(
    "grants",
    METADATA,
    _number(),
    _id(),
    _moment(),
    _person(),
    Column("role", String(32), nullable=False),
    Column("city_id", String(32), nullable=False),
    Column("country", String(8), nullable=False),
    Column("areas", Text, nullable=False),
    _by(),
    Index("grants_by_person", "person_id"),
    Index("grants_by_city", "city_id"),
)

GRANT_ENDS = Table(
    "grant_ends",
    METADATA,
    _number(),
    Column("grant_id", String(32), ForeignKey("grants.id"), nullable=False, unique=True),
    _moment(),
    _by(),
    _why(),
)

# `person_id` is whom a link lets set a new password, "" where it invites to a role.
INVITATIONS = Table(
    "invitations",
    METADATA,
    _number(),
    _id(),
    _moment(),
    Column("code_sha256", String(64), nullable=False, unique=True),
    _hash("words_sha256"),
    Column("role", String(32), nullable=False),
    Column("city_id", String(32), nullable=False),
    Column("country", String(8), nullable=False),
    Column("areas", Text, nullable=False),
    Column("person_id", String(32), nullable=False),
    _moment("expires"),
    _by(),
    Index("invitations_by_city", "city_id"),
)

# Used by a person, or taken back ("" for the person): once, by the unique invitation.
INVITATION_USES = Table(
    "invitation_uses",
    METADATA,
    _number(),
    Column("invitation_id", String(32), ForeignKey("invitations.id"), nullable=False, unique=True),
    _moment(),
    Column("person_id", String(32), nullable=False),
    _by(),
    _why(),
)

# `way` is how she signed in, `ends` the latest moment at which the session can be used.
SESSIONS = Table(
    "sessions",
    METADATA,
    _number(),
    _id(),
    _moment(),
    Column("token_sha256", String(64), nullable=False, unique=True),
    _person(),
    Column("way", String(16), nullable=False),
    _moment("ends"),
    Index("sessions_by_person", "person_id"),
)

SESSION_ENDS = Table(
    "session_ends",
    METADATA,
    _number(),
    Column("session_id", String(32), ForeignKey("sessions.id"), nullable=False, unique=True),
    _moment(),
    _by(),
    _why(),
)

# For which city an upload was made ("" for none), by whom ("" on one's own computer); the newest row counts.
UPLOAD_OWNERS = Table(
    "upload_owners",
    METADATA,
    _number(),
    Column("upload_id", String(32), ForeignKey("uploads.id"), nullable=False),
    Column("city_id", String(32), nullable=False),
    Column("person", String(32), nullable=False),
    _moment(),
    Index("upload_owners_by_upload", "upload_id"),
    Index("upload_owners_by_city", "city_id"),
)

# Passing things, which are changed and dropped, and which the log does not vouch for.

# When a session was last used.
SESSION_SEEN = Table(
    "session_seen",
    METADATA,
    Column("session_id", String(32), primary_key=True),
    _moment(),
)

# Tries to sign in: hashes, by the store's key, of what was typed and of where from.
SIGN_IN_TRIES = Table(
    "sign_in_tries",
    METADATA,
    _number(),
    _moment(),
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
