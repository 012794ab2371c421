"""Cells that hold a whole number, a day or the id of another table's line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container

from indicators.tables import Row

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def known(row: Row, column: str, ids: Container[str], file: str) -> str:
    """The id that a cell holds; CatalogueError if it is none of `ids`, the lines of `file`."""
    if row.text(column) not in ids:
        raise row.fault(f'{column} is "{row.text(column)}", which is not in {file}')
    return row.text(column)


def whole(row: Row, column: str) -> int:
    """The cell as a whole number; CatalogueError otherwise."""
    number = row.number(column)
    if not number.is_integer():
        raise row.fault(f'{column} is "{row.text(column)}", which is not a whole number')
    return int(number)


def optional_whole(row: Row, column: str) -> int | None:
    """The cell as a whole number, None if it is empty."""
    return whole(row, column) if row.optional(column) else None


def day(row: Row, column: str) -> dt.date:
    """The cell as a day, written as in 2018-10-01; CatalogueError otherwise."""
    text = row.text(column)
    try:
        # Python would also take 20181001 and 2018-W40-1.
        if not _DAY.fullmatch(text):
            raise ValueError
        return dt.date.fromisoformat(text)
    except ValueError:
        raise row.fault(f'{column} is "{text}", which is no day; write it as in 2018-10-01') from None


def optional_day(row: Row, column: str) -> dt.date | None:
    """The cell as a day, None if it is empty."""
    return day(row, column) if row.optional(column) else None
