"""All rows of a city's room, table by table, for carrying them away; and what one person put into rooms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, Table, select

from store.room_tables import ASSESSMENTS, CARDS, EVIDENCE, QUERIES, QUERY_REPLIES, ROOM
from store.round_tables import ROUND_ENTRIES
from store.words import Reader

Rows = tuple[Mapping[str, Any], ...]


def room_rows(reader: Reader, city_id: str) -> Mapping[str, Rows]:
    """Every row about a city's assessments, by table; practice cards are carried away on their own."""
    found = {}
    for table in ROOM:
        query = _of_city(table, city_id)
        if query is not None:
            rows = reader.execute(query.order_by(*table.primary_key)).mappings()
            found[table.name] = tuple(dict(row) for row in rows)
    return found


def _of_city(table: Table, city_id: str) -> Select[Any] | None:
    """The rows of a table that are a city's: by its id, by its assessments, or by what hangs on these."""
    if table is CARDS:
        return None
    if "city_id" in table.c:
        return select(table).where(table.c.city_id == city_id)
    if "assessment_id" in table.c:
        of_city = select(ASSESSMENTS.c.id).where(ASSESSMENTS.c.city_id == city_id)
        return select(table).where(table.c.assessment_id.in_(of_city))
    for key in table.foreign_keys:
        parents = _of_city(key.column.table, city_id) if key.column.table in ROOM else None
        if parents is not None:
            ids = parents.with_only_columns(key.column)
            return select(table).where(key.parent.in_(ids))
    return None


def in_rooms_by(reader: Reader, person_id: str) -> Mapping[str, Rows]:
    """What a person gave as evidence, asked, replied, and said in rounds, in the order she did."""
    return {
        table.name: tuple(
            dict(row)
            for row in reader.execute(
                select(table).where(table.c.by == person_id).order_by(*table.primary_key)
            ).mappings()
        )
        for table in (EVIDENCE, QUERIES, QUERY_REPLIES, ROUND_ENTRIES)
    }
