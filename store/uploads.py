"""Kept workbooks: added once, read by id, never changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select

from scoring.model import Reading
from store.engine import Store
from store.reading_json import dump, load
from store.tables import CITIES, CITY_LINKS, UPLOADS

# token_urlsafe(16): 128 random bits, nobody guesses an address.
ID_BYTES = 16
_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_SHOWN = (
    UPLOADS.c.id,
    UPLOADS.c.at,
    UPLOADS.c.name,
    UPLOADS.c.sha256,
    UPLOADS.c.size,
    UPLOADS.c.framework,
    UPLOADS.c.edition,
    UPLOADS.c.reading,
)


@dataclass(frozen=True, eq=False)
class Upload:
    """One kept workbook: when it came, what it was called, what was read, and of which city it is ("" if open)."""

    id: str
    at: dt.datetime
    name: str
    sha256: str
    size: int
    framework: str
    edition: str
    reading: Reading
    city_id: str


def new_id() -> str:
    """A random id fit for an address."""
    return secrets.token_urlsafe(ID_BYTES)


def is_id(text: str) -> bool:
    """Whether a text from an address can be an id at all."""
    return _ID.fullmatch(text) is not None


def fit(text: str) -> str:
    """Text from outside as a database can hold it: without NUL, a question mark for each lone surrogate."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def now() -> str:
    """The present moment in UTC, as it is kept."""
    return dt.datetime.now(dt.UTC).isoformat()


def add(store: Store, *, name: str, data: bytes, reading: Reading, framework: str, edition: str) -> Upload:
    """Keep a workbook with its reading; the same bytes read the same way are kept once.

    `name` is what the sender called the file. Raises StoreError if it cannot be kept; then nothing is.
    """
    digest, text = hashlib.sha256(data).hexdigest(), dump(reading)
    with store.writing() as connection:
        known = connection.execute(
            select(UPLOADS.c.id).where(UPLOADS.c.sha256 == digest, UPLOADS.c.reading == text)
        ).scalar()
        upload_id = known or new_id()
        if known is None:
            connection.execute(
                insert(UPLOADS).values(
                    id=upload_id,
                    at=now(),
                    name=fit(name),
                    sha256=digest,
                    size=len(data),
                    content=data,
                    framework=framework,
                    edition=edition,
                    reading=text,
                )
            )
        kept = _read(connection, upload_id)
    if kept is None:
        raise LookupError(upload_id)
    return kept


def get(store: Store, upload_id: str) -> Upload | None:
    """The upload of that id, None if none is kept."""
    if not is_id(upload_id):
        return None
    with store.reading() as connection:
        return _read(connection, upload_id)


def original(store: Store, upload_id: str) -> bytes | None:
    """The bytes that were sent, None if no such upload is kept."""
    if not is_id(upload_id):
        return None
    with store.reading() as connection:
        return connection.execute(select(UPLOADS.c.content).where(UPLOADS.c.id == upload_id)).scalar()


def recent(store: Store, limit: int) -> tuple[str, ...]:
    """The ids of the newest uploads, newest first."""
    with store.reading() as connection:
        return tuple(
            connection.execute(
                select(UPLOADS.c.id).order_by(UPLOADS.c.sequence.desc()).limit(limit)
            ).scalars()
        )


def same_city(store: Store, country: str, folded_name: str) -> tuple[Upload, ...]:
    """Uploads already linked to a city of this country and folded name, newest first: a proposal, no decision."""
    newest = (
        select(CITY_LINKS.c.upload_id, func.max(CITY_LINKS.c.sequence).label("sequence"))
        .group_by(CITY_LINKS.c.upload_id)
        .subquery()
    )
    query = (
        select(*_SHOWN)
        .join(newest, newest.c.upload_id == UPLOADS.c.id)
        .join(CITY_LINKS, CITY_LINKS.c.sequence == newest.c.sequence)
        .join(CITIES, CITIES.c.id == CITY_LINKS.c.city_id)
        .where(CITIES.c.country == fit(country), CITIES.c.folded_name == fit(folded_name))
        .order_by(UPLOADS.c.sequence.desc())
    )
    with store.reading() as connection:
        return _all(connection, query)


def linked(store: Store, limit: int) -> tuple[tuple[str, str], ...]:
    """The newest uploads of known cities, newest first: upload id and city id, as people last confirmed it."""
    newest = select(func.max(CITY_LINKS.c.sequence)).group_by(CITY_LINKS.c.upload_id)
    query = (
        select(CITY_LINKS.c.upload_id, CITY_LINKS.c.city_id)
        .join(UPLOADS, UPLOADS.c.id == CITY_LINKS.c.upload_id)
        .where(CITY_LINKS.c.sequence.in_(newest))
        .order_by(UPLOADS.c.sequence.desc())
        .limit(limit)
    )
    with store.reading() as connection:
        return tuple((row.upload_id, row.city_id) for row in connection.execute(query))


def link_city(
    store: Store, upload_id: str, *, country: str, folded_name: str, name: str, same_as: str = ""
) -> str:
    """Say of which city an upload is: that of the upload `same_as`, or a new one; returns the city's id.

    Raises LookupError if no such upload is kept, or if `same_as` is no linked upload.
    """
    for one in filter(None, (upload_id, same_as)):
        if not is_id(one):
            raise LookupError(one)
    with store.writing() as connection:
        if connection.execute(select(UPLOADS.c.id).where(UPLOADS.c.id == upload_id)).scalar() is None:
            raise LookupError(upload_id)
        city_id = _city_of(connection, same_as) if same_as else new_id()
        if not city_id:
            raise LookupError(same_as)
        if not same_as:
            connection.execute(
                insert(CITIES).values(
                    id=city_id,
                    at=now(),
                    country=fit(country),
                    folded_name=fit(folded_name),
                    name=fit(name),
                )
            )
        connection.execute(insert(CITY_LINKS).values(upload_id=upload_id, city_id=city_id, at=now()))
    return city_id


def _city_of(connection: Connection, upload_id: str) -> str:
    found = connection.execute(
        select(CITY_LINKS.c.city_id)
        .where(CITY_LINKS.c.upload_id == upload_id)
        .order_by(CITY_LINKS.c.sequence.desc())
        .limit(1)
    ).scalar()
    return found or ""


def _read(connection: Connection, upload_id: str) -> Upload | None:
    row = connection.execute(select(*_SHOWN).where(UPLOADS.c.id == upload_id)).mappings().first()
    return None if row is None else _upload(connection, row)


def _all(connection: Connection, query: Select[Any]) -> tuple[Upload, ...]:
    return tuple(_upload(connection, row) for row in connection.execute(query).mappings().all())


def _upload(connection: Connection, kept: RowMapping) -> Upload:
    return Upload(
        id=kept["id"],
        at=dt.datetime.fromisoformat(kept["at"]),
        name=kept["name"],
        sha256=kept["sha256"],
        size=kept["size"],
        framework=kept["framework"],
        edition=kept["edition"],
        reading=load(kept["reading"]),
        city_id=_city_of(connection, kept["id"]),
    )
