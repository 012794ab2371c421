"""A row as text that is the same on every database, and its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, Table

from store.tables import CONTENTS

Row = Mapping[str, Any] | RowMapping
# Bytes are bound by the hash that stands beside them, so that they can be taken out and the row's hash stays true.
_LEFT_OUT = {CONTENTS.name: ("content",)}


def canonical(value: object) -> str:
    """JSON of texts, whole numbers, lists and mappings in one form only: sorted, without blanks, plain ASCII."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256(text: str | bytes) -> str:
    """The SHA-256 of bytes, or of a text as UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def columns_of(table: Table) -> tuple[str, ...]:
    """The columns that a row's hash covers."""
    left_out = _LEFT_OUT.get(table.name, ())
    return tuple(column.name for column in table.columns if column.name not in left_out)


def key_of(table: Table, row: Row) -> str:
    """What tells a row of a table from every other: its primary key as text."""
    return "/".join(str(row[column.name]) for column in table.primary_key)


def hash_of(table: Table, row: Row) -> str:
    """The hash of a row and the table it stands in."""
    return sha256(canonical([table.name, {name: row[name] for name in columns_of(table)}]))
