"""What a person did, as far as it is kept: uploads and lines of the log."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from store.people_tables import UPLOAD_OWNERS
from store.tables import LOG, UPLOADS
from store.words import Reader


@dataclass(frozen=True, slots=True)
class OwnUpload:
    """One upload of a person."""

    id: str
    at: str
    name: str
    sha256: str
    city_id: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log, without the hashes that bind it."""

    number: int
    at: str
    actor: str
    act: str
    kind: str
    object_id: str
    detail: str


def uploads_by(reader: Reader, person_id: str) -> tuple[OwnUpload, ...]:
    """The uploads that a person made, in their order."""
    query = (
        select(UPLOADS.c.id, UPLOADS.c.at, UPLOADS.c.name, UPLOADS.c.sha256, UPLOAD_OWNERS.c.city_id)
        .join(UPLOAD_OWNERS, UPLOAD_OWNERS.c.upload_id == UPLOADS.c.id)
        .where(UPLOAD_OWNERS.c.person == person_id)
        .order_by(UPLOADS.c.sequence)
    )
    return tuple(OwnUpload(*row) for row in reader.execute(query))


def lines_about(reader: Reader, person_id: str) -> tuple[Line, ...]:
    """What a person did and what was done to her, in the log's order."""
    columns = [LOG.c[name] for name in Line.__slots__]
    query = (
        select(*columns)
        .where(or_(LOG.c.actor == person_id, LOG.c.object_id == person_id))
        .order_by(LOG.c.number)
    )
    return tuple(Line(*row) for row in reader.execute(query))
