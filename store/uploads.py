"""Kept workbooks: added once, read by id, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from scoring.model import Reading
from store.acts import OWN_COMPUTER, Act
from store.answers import DECIDED, MOVED, UPLOADED, record
from store.contents import bytes_of, keep_bytes
from store.engine import Store
from store.ids import fit, is_id, new_id, now
from store.owners import Owner, own, owner_of
from store.reading_json import dump, load
from store.rows import sha256
from store.summaries import summarise
from store.tables import CITIES, CITY_LINKS, UPLOADS
from store.writing import Writing

__all__ = ["fit", "is_id", "new_id", "now"]

_SHOWN = (
    UPLOADS.c.id,
    UPLOADS.c.at,
    UPLOADS.c.name,
    UPLOADS.c.sha256,
    UPLOADS.c.size,
    UPLOADS.c.framework,
    UPLOADS.c.edition,
    UPLOADS.c.reading_sha256,
    UPLOADS.c.decided_from,
)


@dataclass(frozen=True, eq=False)
class Upload:
    """One kept workbook: when it came, what it was called, what was read, and of which city it is ("" if open).

    `decided_from` is the upload whose bytes were read once more with other decisions, "" for a file as it came.
    """

    id: str
    at: dt.datetime
    name: str
    sha256: str
    size: int
    framework: str
    edition: str
    reading: Reading
    city_id: str
    decided_from: str = ""
    reading_sha256: str = ""


class ErasedError(LookupError):
    """The bytes of this upload were taken out for good; its hash is still kept."""


def add(
    store: Store,
    *,
    name: str,
    data: bytes,
    reading: Reading,
    framework: str,
    edition: str,
    decided_from: str = "",
    why: str = "",
    actor: str = OWN_COMPUTER,
    owner: Owner | None = None,
    areas: Collection[str] | None = None,
) -> Upload:
    """Keep a workbook with its reading; the same bytes read the same way are kept once for each city, or each person.

    `name` is what the sender called the file. With `decided_from` the reading is that upload's bytes read once more
    (`why` says what was decided): it is of the same city, and its answers are the city's next versions.
    `owner` says for which city it is made and by whom, None on one's own computer; decisions go to the same city.
    With `areas` it speaks of these focus areas alone: the city's answers in others stay as they are.
    Raises LookupError if `decided_from` is not kept, StoreError if it cannot be kept; then nothing is.
    """
    text = dump(reading).encode()
    act = Act(actor, "decide" if decided_from else "add", "upload", detail={"sha256": sha256(data)})
    with store.writing(act) as writing:
        if owner is None and decided_from:
            owner = owner_of(writing, decided_from)
        same = select(UPLOADS.c.id).where(
            UPLOADS.c.sha256 == sha256(data), UPLOADS.c.reading_sha256 == sha256(text)
        )
        # Who sends bytes that another city has sent learns nothing of it.
        known = next((one for one in writing.execute(same).scalars() if _is_of(writing, one, owner)), None)
        upload_id = known or new_id()
        writing.about(upload_id)
        digest, reading_digest = keep_bytes(writing, data), keep_bytes(writing, text)
        if known is None:
            writing.add(
                UPLOADS,
                {
                    "id": upload_id,
                    "at": now(),
                    "name": fit(name),
                    "sha256": digest,
                    "size": len(data),
                    "framework": framework,
                    "edition": edition,
                    "reading_sha256": reading_digest,
                    "decided_from": decided_from,
                },
            )
            summarise(writing, upload_id, reading)
        if known is None and owner is not None:
            own(writing, upload_id, owner)
            writing.about(upload_id, city=owner.city_id)
            if owner.city_id and not decided_from and reading.refused is None:
                writing.add(CITY_LINKS, {"upload_id": upload_id, "city_id": owner.city_id, "at": now()})
                record(writing, owner.city_id, upload_id, reading, UPLOADED, areas)
        if decided_from:
            writing.about(upload_id, decided_from=decided_from)
            _go_on(writing, upload_id, decided_from, reading, why, areas)
        kept = _read(writing, upload_id)
    if kept is None:
        raise LookupError(upload_id)
    return kept


def _is_of(writing: Writing, upload_id: str, owner: Owner | None) -> bool:
    """Whether an upload is the same owner's: the same city's, or the same person's where it is of no city."""
    other = owner_of(writing, upload_id)
    if owner is None or other is None:
        return owner is other
    return owner.city_id == other.city_id and (owner.city_id != "" or owner.person == other.person)


def _go_on(
    writing: Writing,
    upload_id: str,
    decided_from: str,
    reading: Reading,
    why: str,
    areas: Collection[str] | None,
) -> None:
    """Give a decided reading to the city of the upload it comes from, and its answers their next versions."""
    if writing.execute(select(UPLOADS.c.id).where(UPLOADS.c.id == decided_from)).scalar() is None:
        raise LookupError(decided_from)
    city_id = _city_of(writing, decided_from)
    if city_id and not _city_of(writing, upload_id):
        writing.add(CITY_LINKS, {"upload_id": upload_id, "city_id": city_id, "at": now()})
    subject = city_id or _first_of(writing, decided_from)
    record(writing, subject, upload_id, reading, f"{DECIDED}: {why}" if why else DECIDED, areas)


def _first_of(writing: Writing, upload_id: str) -> str:
    """The upload with which a chain of decisions began."""
    seen: set[str] = set()
    while upload_id not in seen:
        seen.add(upload_id)
        before = writing.execute(select(UPLOADS.c.decided_from).where(UPLOADS.c.id == upload_id)).scalar()
        upload_id = before or upload_id
    return upload_id


def get(store: Store, upload_id: str) -> Upload | None:
    """The upload of that id, None if none is kept."""
    if not is_id(upload_id):
        return None
    with store.reading() as connection:
        return _read(connection, upload_id)


def original(store: Store, upload_id: str) -> bytes | None:
    """The bytes that were sent, None if no such upload is kept or its bytes were taken out."""
    if not is_id(upload_id):
        return None
    with store.reading() as connection:
        digest = connection.execute(select(UPLOADS.c.sha256).where(UPLOADS.c.id == upload_id)).scalar()
        return None if digest is None else bytes_of(connection, digest)


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
    with store.reading() as connection:
        return tuple((row.upload_id, row.city_id) for row in connection.execute(_linked(limit)))


def _linked(limit: int) -> Select[Any]:
    newest = select(func.max(CITY_LINKS.c.sequence)).group_by(CITY_LINKS.c.upload_id)
    return (
        select(CITY_LINKS.c.upload_id, CITY_LINKS.c.city_id)
        .join(UPLOADS, UPLOADS.c.id == CITY_LINKS.c.upload_id)
        .where(CITY_LINKS.c.sequence.in_(newest))
        .order_by(UPLOADS.c.sequence.desc())
        .limit(limit)
    )


def link_city(
    store: Store,
    upload_id: str,
    *,
    country: str,
    folded_name: str,
    name: str,
    same_as: str = "",
    actor: str = OWN_COMPUTER,
) -> str:
    """Say of which city an upload is: that of the upload `same_as`, or a new one; returns the city's id.

    The upload's answers become the city's next versions; where it was taken for another city, that one's answers go
    back to those of its newest other upload. Raises LookupError if no such upload is kept, or if `same_as` is no
    linked upload.
    """
    for one in filter(None, (upload_id, same_as)):
        if not is_id(one):
            raise LookupError(one)
    with store.writing(Act(actor, "link", "upload", upload_id)) as writing:
        kept = _read(writing, upload_id)
        if kept is None:
            raise LookupError(upload_id)
        city_id = _city_of(writing, same_as) if same_as else new_id()
        if not city_id:
            raise LookupError(same_as)
        writing.about(upload_id, city=city_id)
        if not same_as:
            writing.add(
                CITIES,
                {
                    "id": city_id,
                    "at": now(),
                    "country": fit(country),
                    "folded_name": fit(folded_name),
                    "name": fit(name),
                },
            )
        _link(writing, kept, city_id)
    return city_id


def place(writing: Writing, upload_id: str, city_id: str) -> None:
    """An upload is of a city from now on, as by `link_city`; one that is already, or was refused, stays."""
    kept = _read(writing, upload_id)
    if kept is not None and kept.city_id != city_id and kept.reading.refused is None:
        _link(writing, kept, city_id)


def _link(writing: Writing, kept: Upload, city_id: str) -> None:
    writing.add(CITY_LINKS, {"upload_id": kept.id, "city_id": city_id, "at": now()})
    if kept.city_id and kept.city_id != city_id:
        _go_back(writing, kept.city_id, kept.id)
    record(writing, city_id, kept.id, kept.reading, UPLOADED)


def _go_back(writing: Writing, city_id: str, upload_id: str) -> None:
    """A city without an upload that was taken for its own: the newest of the others counts again."""
    others = writing.execute(_linked(1).where(CITY_LINKS.c.city_id == city_id)).first()
    other = None if others is None else _read(writing, others.upload_id)
    record(writing, city_id, other.id if other else upload_id, other.reading if other else None, MOVED)


def _city_of(reader: Connection | Writing, upload_id: str) -> str:
    found = reader.execute(
        select(CITY_LINKS.c.city_id)
        .where(CITY_LINKS.c.upload_id == upload_id)
        .order_by(CITY_LINKS.c.sequence.desc())
        .limit(1)
    ).scalar()
    return found or ""


def _read(reader: Connection | Writing, upload_id: str) -> Upload | None:
    row = reader.execute(select(*_SHOWN).where(UPLOADS.c.id == upload_id)).mappings().first()
    return None if row is None else _upload(reader, row)


def _all(reader: Connection, query: Select[Any]) -> tuple[Upload, ...]:
    return tuple(_upload(reader, row) for row in reader.execute(query).mappings().all())


def _upload(reader: Connection | Writing, kept: RowMapping) -> Upload:
    text = bytes_of(reader, kept["reading_sha256"])
    if text is None:
        raise ErasedError(kept["id"])
    return Upload(
        id=kept["id"],
        at=dt.datetime.fromisoformat(kept["at"]),
        name=kept["name"],
        sha256=kept["sha256"],
        size=kept["size"],
        framework=kept["framework"],
        edition=kept["edition"],
        reading=load(text.decode()),
        city_id=_city_of(reader, kept["id"]),
        decided_from=kept["decided_from"],
        reading_sha256=kept["reading_sha256"],
    )
