"""People: who they are, what they need to come in, and what was granted to them. Everything is only added.

Functions that write take an open `Writing`, so that what belongs together is kept together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, RowMapping, Select, Table, func, select, true

from store.ids import fit, new_id, now
from store.people_tables import (
    GRANT_ENDS,
    GRANTS,
    IDENTITIES,
    PASSWORDS,
    PERSON_STATES,
    PERSON_WORDS,
    PERSONS,
)
from store.tables import CITIES, CONTENTS
from store.words import (
    Reader,
    add_finder,
    email_digest,
    identity_digest,
    keep_words,
    read_words,
    words_of,
)
from store.writing import Writing


@dataclass(frozen=True, slots=True)
class Person:
    """One person; name and e-mail are "" once erased, `active` says whether she may come in."""

    id: str
    at: str
    name: str
    email: str
    active: bool
    erased: bool


@dataclass(frozen=True, slots=True)
class KeptGrant:
    """One role of a person as it stands: where, for which focus areas (none: all), since when, by whom."""

    id: str
    person_id: str
    role: str
    city_id: str
    country: str
    areas: tuple[str, ...]
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class City:
    """A city of the installation."""

    id: str
    country: str
    name: str


def add_person(writing: Writing, key: bytes, *, name: str, email: str) -> str:
    """A new person; returns the id. ValueError if somebody else has the e-mail."""
    person_id = new_id()
    writing.add(PERSONS, {"id": person_id, "at": now()})
    say_words(writing, key, person_id, name=name, email=email)
    return person_id


def say_words(writing: Writing, key: bytes, person_id: str, *, name: str, email: str) -> None:
    """Name and e-mail of a person from now on. ValueError if somebody else has the e-mail."""
    add_finder(writing, email_digest(key, email), person_id)
    digest = keep_words(writing, {"name": name, "email": email})
    writing.add(PERSON_WORDS, {"person_id": person_id, "at": now(), "words_sha256": digest})


def add_identity(writing: Writing, key: bytes, person_id: str, *, issuer: str, subject: str) -> None:
    """A sign-in server knows this person by this name. ValueError if it is somebody else's."""
    add_finder(writing, identity_digest(key, issuer, subject), person_id)
    digest = keep_words(writing, {"issuer": issuer, "subject": subject})
    writing.add(IDENTITIES, {"person_id": person_id, "at": now(), "words_sha256": digest})


def set_password(writing: Writing, person_id: str, secret: Mapping[str, str | int]) -> None:
    """What is needed to check a person's password from now on."""
    writing.add(PASSWORDS, {"person_id": person_id, "at": now(), "words_sha256": keep_words(writing, secret)})


def password_of(reader: Reader, person_id: str) -> Mapping[str, str | int] | None:
    """What is needed to check a password, None where there is none; one question to the store in every case."""
    data = reader.execute(
        select(CONTENTS.c.content)
        .join(PASSWORDS, PASSWORDS.c.words_sha256 == CONTENTS.c.sha256)
        .where(PASSWORDS.c.sequence == newest(PASSWORDS, PASSWORDS.c.person_id == person_id))
    ).scalar()
    return None if data is None else read_words(bytes(data))


def set_active(writing: Writing, person_id: str, active: bool, why: str) -> None:
    """Let a person in from now on, or no more."""
    row = {
        "person_id": person_id,
        "at": now(),
        "active": int(active),
        "by": writing.actor,
        "why": why,
    }
    writing.add(PERSON_STATES, row)


def newest(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """The number of the newest row that fulfils some conditions."""
    return select(func.max(table.c.sequence)).where(*conditions).scalar_subquery()


def is_active(reader: Reader, person_id: str) -> bool:
    """Whether there is such a person and she may come in; one question to the store in every case."""
    query = (
        select(PERSONS.c.id, PERSON_STATES.c.active)
        .outerjoin(
            PERSON_STATES,
            PERSON_STATES.c.sequence == newest(PERSON_STATES, PERSON_STATES.c.person_id == fit(person_id)),
        )
        .where(PERSONS.c.id == fit(person_id))
    )
    row = reader.execute(query).first()
    return row is not None and row.active in (None, 1)


def person(reader: Reader, person_id: str) -> Person | None:
    """The person of an id, None if there is none."""
    row = reader.execute(select(PERSONS).where(PERSONS.c.id == fit(person_id))).mappings().first()
    if row is None:
        return None
    digest = reader.execute(
        select(PERSON_WORDS.c.words_sha256).where(
            PERSON_WORDS.c.sequence == newest(PERSON_WORDS, PERSON_WORDS.c.person_id == person_id)
        )
    ).scalar()
    words = words_of(reader, digest or "")
    said = words or {}
    return Person(
        id=person_id,
        at=row["at"],
        name=str(said.get("name", "")),
        email=str(said.get("email", "")),
        active=is_active(reader, person_id),
        erased=words is None,
    )


def persons(reader: Reader) -> tuple[str, ...]:
    """The ids of all people, in the order in which they came."""
    return tuple(reader.execute(select(PERSONS.c.id).order_by(PERSONS.c.sequence)).scalars())


def identities_of(reader: Reader, person_id: str) -> tuple[Mapping[str, str | int], ...]:
    """How sign-in servers know a person; what was erased is left out."""
    found = reader.execute(
        select(IDENTITIES.c.words_sha256)
        .where(IDENTITIES.c.person_id == person_id)
        .order_by(IDENTITIES.c.sequence)
    ).scalars()
    return tuple(words for digest in found.all() if (words := words_of(reader, digest)) is not None)


def words_hashes(reader: Reader, person_id: str) -> tuple[str, ...]:
    """The hashes of everything that was ever said of a person: names, identities, passwords."""
    return tuple(
        digest
        for table in (PERSON_WORDS, IDENTITIES, PASSWORDS)
        for digest in reader.execute(
            select(table.c.words_sha256).where(table.c.person_id == person_id)
        ).scalars()
    )


def said_of(reader: Reader, person_id: str) -> tuple[Mapping[str, str | int], ...]:
    """Every name and e-mail that a person ever had here; what was erased is left out."""
    found = reader.execute(
        select(PERSON_WORDS.c.words_sha256).where(PERSON_WORDS.c.person_id == person_id)
    ).scalars()
    return tuple(words for digest in found.all() if (words := words_of(reader, digest)) is not None)


def add_grant(
    writing: Writing,
    person_id: str,
    *,
    role: str,
    city_id: str = "",
    country: str = "",
    areas: Sequence[str] = (),
    by: str = "",
) -> str:
    """Grant a role, `by` whoever invited to it or else who acts; the same one twice is one. Returns its id."""
    known = next(
        (
            one.id
            for one in grants_of(writing, person_id)
            if (one.role, one.city_id, one.country, one.areas) == (role, city_id, country, tuple(areas))
        ),
        "",
    )
    if known:
        return known
    grant_id = new_id()
    writing.add(
        GRANTS,
        {
            "id": grant_id,
            "at": now(),
            "person_id": person_id,
            "role": role,
            "city_id": city_id,
            "country": country,
            "areas": " ".join(areas),
            "by": by or writing.actor,
        },
    )
    return grant_id


def end_grant(writing: Writing, grant_id: str, why: str) -> None:
    """A role ends; one that has ended stays as it is."""
    ended = writing.execute(select(GRANT_ENDS.c.sequence).where(GRANT_ENDS.c.grant_id == grant_id)).scalar()
    if ended is None:
        writing.add(GRANT_ENDS, {"grant_id": grant_id, "at": now(), "by": writing.actor, "why": why})


def grants_of(reader: Reader, person_id: str) -> tuple[KeptGrant, ...]:
    """The roles that a person has now."""
    return _grants(reader, GRANTS.c.person_id == person_id)


def grants_in(reader: Reader, city_id: str) -> tuple[KeptGrant, ...]:
    """The roles that people have in a city now."""
    return _grants(reader, GRANTS.c.city_id == fit(city_id)) if city_id else ()


def every_grant(reader: Reader) -> tuple[KeptGrant, ...]:
    """The roles that anybody has now, in the order in which they were granted."""
    return _grants(reader, true())


def grant(reader: Reader, grant_id: str) -> KeptGrant | None:
    """A role as it stands, None if there is none of this id or it has ended."""
    return next(iter(_grants(reader, GRANTS.c.id == fit(grant_id))), None)


def has_role(reader: Reader, role: str) -> bool:
    """Whether anybody who may come in has a role."""
    return any(is_active(reader, one.person_id) for one in _grants(reader, GRANTS.c.role == role))


def _grants(reader: Reader, condition: ColumnElement[bool]) -> tuple[KeptGrant, ...]:
    query: Select[tuple[object, ...]] = (
        select(GRANTS)
        .outerjoin(GRANT_ENDS, GRANT_ENDS.c.grant_id == GRANTS.c.id)
        .where(condition, GRANT_ENDS.c.sequence.is_(None))
        .order_by(GRANTS.c.sequence)
    )
    return tuple(_grant(row) for row in reader.execute(query).mappings().all())


def _grant(row: RowMapping) -> KeptGrant:
    return KeptGrant(
        id=row["id"],
        person_id=row["person_id"],
        role=row["role"],
        city_id=row["city_id"],
        country=row["country"],
        areas=tuple(row["areas"].split()),
        at=row["at"],
        by=row["by"],
    )


def city(reader: Reader, city_id: str) -> City | None:
    """The city of an id, None if there is none."""
    row = reader.execute(
        select(CITIES.c.id, CITIES.c.country, CITIES.c.name).where(CITIES.c.id == fit(city_id))
    ).first()
    return None if row is None else City(*row)


def add_city(writing: Writing, *, name: str, folded_name: str, country: str) -> str:
    """A new city; returns its id."""
    city_id = new_id()
    writing.add(
        CITIES,
        {"id": city_id, "at": now(), "country": country, "folded_name": fit(folded_name), "name": fit(name)},
    )
    return city_id
