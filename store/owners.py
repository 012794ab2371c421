"""For which city an upload is made, and by whom, written with the upload."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from store.ids import now
from store.people_tables import UPLOAD_OWNERS
from store.writing import Writing


@dataclass(frozen=True, slots=True)
class Owner:
    """For which city ("" for none, which only samples are) a person uploads."""

    city_id: str
    person: str


def own(writing: Writing, upload_id: str, owner: Owner) -> None:
    """Say whose an upload is from now on."""
    row = {"upload_id": upload_id, "city_id": owner.city_id, "person": owner.person, "at": now()}
    writing.add(UPLOAD_OWNERS, row)


def owner_of(reader: Connection | Writing, upload_id: str) -> Owner | None:
    """Whose an upload is, None for one that was made on one's own computer."""
    row = reader.execute(
        select(UPLOAD_OWNERS.c.city_id, UPLOAD_OWNERS.c.person)
        .where(UPLOAD_OWNERS.c.upload_id == upload_id)
        .order_by(UPLOAD_OWNERS.c.sequence.desc())
        .limit(1)
    ).first()
    return None if row is None else Owner(*row)
