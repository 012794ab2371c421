"""The tables of people, their rights and their visits, as they are now."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from store.tables import METADATA


def _number() -> Column[int]:
    # As in store/tables.py: the order, counted up by the writer.
    return Column("sequence", Integer, primary_key=True, autoincrement=False)


# For which city an upload was made ("" for none), by whom ("" on one's own computer); the newest row counts.
UPLOAD_OWNERS = Table(
    "upload_owners",
    METADATA,
    _number(),
    Column("upload_id", String(32), ForeignKey("uploads.id"), nullable=False),
    Column("city_id", String(32), nullable=False),
    Column("person", String(32), nullable=False),
    Column("at", String(40), nullable=False),
    Index("upload_owners_by_upload", "upload_id"),
    Index("upload_owners_by_city", "city_id"),
)
