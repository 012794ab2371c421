"""Uploads that are nobody's, because they were made on one's own computer: found, and given to a city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from store.ids import is_id
from store.owners import Owner, own
from store.people_tables import UPLOAD_OWNERS
from store.tables import UPLOADS
from store.uploads import place
from store.words import Reader
from store.writing import Writing


@dataclass(frozen=True, slots=True)
class Ownerless:
    """An upload that is nobody's: its id, when it came, and what its file was called."""

    id: str
    at: str
    name: str


def ownerless(reader: Reader, upload_ids: Sequence[str]) -> tuple[Ownerless, ...]:
    """Those of some uploads that are nobody's, with every reading that was decided from them, oldest first."""
    named = {one for one in upload_ids if is_id(one)}
    owned = exists().where(UPLOAD_OWNERS.c.upload_id == UPLOADS.c.id)
    rows = reader.execute(
        select(UPLOADS.c.id, UPLOADS.c.at, UPLOADS.c.name, UPLOADS.c.decided_from)
        .where(~owned)
        .order_by(UPLOADS.c.sequence)
    ).all()
    found = []
    for row in rows:
        # What a reading was decided from came before it.
        if row.id in named or row.decided_from in named:
            named.add(row.id)
            found.append(Ownerless(row.id, row.at, row.name))
    return tuple(found)


def adopt(writing: Writing, found: Sequence[Ownerless], city_id: str) -> None:
    """From now on they are a city's, uploaded by whoever acts, and their answers its next versions."""
    for one in found:
        own(writing, one.id, Owner(city_id, writing.actor))
        place(writing, one.id, city_id)
