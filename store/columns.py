"""The columns that many tables have: the order, an id, the moment, who did it."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String


def number(name: str = "sequence") -> Column[int]:
    """The order of the rows: clocks may run back; the writer counts it up itself, so that a copy keeps it."""
    return Column(name, Integer, primary_key=True, autoincrement=False)


def own_id() -> Column[str]:
    """What a row is named by (store/ids.py)."""
    return Column("id", String(32), nullable=False, unique=True)


def moment(name: str = "at") -> Column[str]:
    """When, in UTC as ISO 8601."""
    return Column(name, String(40), nullable=False)


def by() -> Column[str]:
    """Who did it: a person's id, or the program's own names (store/acts.py)."""
    return Column("by", String(32), nullable=False)
