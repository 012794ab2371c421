"""Records as workbooks: which upload is the copy of which state of a record, and up to where a record went."""

from __future__ import annotations

from sqlalchemy import func, select

from scoring.model import Reading
from store.answers import UPLOADED
from store.answers import record as record_answers
from store.ids import is_id, now
from store.record import RecordEntry, entry_from
from store.room_tables import RECORD_COPIES, RECORD_ENTRIES
from store.tables import CITY_LINKS
from store.words import Reader
from store.writing import Writing


def copy_of(reader: Reader, assessment_id: str, record_sha256: str) -> str | None:
    """The upload that was made from a record with this hash; None where there is none yet."""
    if not is_id(assessment_id):
        return None
    found: str | None = reader.execute(
        select(RECORD_COPIES.c.upload_id)
        .where(
            RECORD_COPIES.c.assessment_id == assessment_id,
            RECORD_COPIES.c.record_sha256 == record_sha256,
        )
        .order_by(RECORD_COPIES.c.sequence)
        .limit(1)
    ).scalar()
    return found


def remember_copy(writing: Writing, assessment_id: str, record_sha256: str, upload_id: str) -> str:
    """Say that an upload is the copy of a record with this hash; returns the first one that was."""
    known = copy_of(writing, assessment_id, record_sha256)
    if known is None:
        row = {
            "assessment_id": assessment_id,
            "record_sha256": record_sha256,
            "upload_id": upload_id,
            "by": writing.actor,
            "at": now(),
        }
        writing.add(RECORD_COPIES, row)
    return known or upload_id


def link_upload(writing: Writing, upload_id: str, city_id: str, reading: Reading) -> None:
    """Say that an upload is of a city where nobody need be asked: it was made in that city's room."""
    linked = select(CITY_LINKS.c.upload_id).where(
        CITY_LINKS.c.upload_id == upload_id, CITY_LINKS.c.city_id == city_id
    )
    if writing.execute(linked).first() is None:
        writing.add(CITY_LINKS, {"upload_id": upload_id, "city_id": city_id, "at": now()})
        record_answers(writing, city_id, upload_id, reading, UPLOADED)


def uploads_of_city(reader: Reader, city_id: str) -> tuple[str, ...]:
    """The uploads that are of a city now, newest first, copies of records left out."""
    newest = (
        select(CITY_LINKS.c.upload_id, func.max(CITY_LINKS.c.sequence).label("sequence"))
        .group_by(CITY_LINKS.c.upload_id)
        .subquery()
    )
    rows = reader.execute(
        select(CITY_LINKS.c.upload_id)
        .join(newest, newest.c.sequence == CITY_LINKS.c.sequence)
        .outerjoin(RECORD_COPIES, RECORD_COPIES.c.upload_id == CITY_LINKS.c.upload_id)
        .where(CITY_LINKS.c.city_id == city_id, RECORD_COPIES.c.upload_id.is_(None))
        .order_by(CITY_LINKS.c.sequence.desc())
    )
    return tuple(row.upload_id for row in rows)


def position(reader: Reader, assessment_id: str) -> int:
    """Up to where a record went: a number that grows with each of its entries, 0 for an empty one."""
    if not is_id(assessment_id):
        return 0
    last = select(func.max(RECORD_ENTRIES.c.sequence)).where(RECORD_ENTRIES.c.assessment_id == assessment_id)
    return int(reader.execute(last).scalar() or 0)


def as_it_was(reader: Reader, assessment_id: str, up_to: int) -> dict[str, RecordEntry]:
    """What counted in every field when the record had gone up to a position."""
    if not is_id(assessment_id):
        return {}
    rows = reader.execute(
        select(RECORD_ENTRIES)
        .where(RECORD_ENTRIES.c.assessment_id == assessment_id, RECORD_ENTRIES.c.sequence <= up_to)
        .order_by(RECORD_ENTRIES.c.sequence)
    )
    return {row.field: entry_from(row) for row in rows}
