"""The log: what was done, by whom, to what, in a chain that nobody can mend without the key.

Each line's `mac` is HMAC-SHA256 over the canonical form of the whole line including the mac of the line before.
`rows` lists the rows that the act wrote: table, key, hash before ("" where it is new), hash after. So a changed,
dropped, swapped or inserted line breaks the chain, and a row that is not as its last line says is found as well.
A cut-off tail leaves a whole chain behind; it is found by the head, which is kept elsewhere.
"""

from __future__ import annotations

import datetime as dt
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from store.acts import Act
from store.rows import Row, canonical, sha256
from store.tables import LOG

# What stands in for the line before the first.
BEGINNING = "0" * 64
_SHOWN_DIGITS = 16
_HEAD = re.compile(r"([0-9]{1,18})-([0-9a-f]{16,64})")
_BOUND = tuple(column.name for column in LOG.columns if column.name != "mac")

# Table, key, hash before, hash after.
WrittenRow = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a log: its number (0 before the first) and its mac, or the first digits of it."""

    number: int
    mac: str

    def __str__(self) -> str:
        """The short form for receipts."""
        return f"{self.number}-{self.mac[:_SHOWN_DIGITS]}"


def head_from(text: str) -> Head:
    """The head that a receipt or a backup names; ValueError for any other text."""
    found = _HEAD.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f"{text[:100]!r} is no head of a log: it looks like 42-0123456789abcdef")
    return Head(int(found[1]), found[2])


def head_of(connection: Connection) -> Head:
    """Where the log stands."""
    row = connection.execute(select(LOG.c.number, LOG.c.mac).order_by(LOG.c.number.desc()).limit(1)).first()
    return Head(0, BEGINNING) if row is None else Head(row.number, row.mac)


def mac_of(key: bytes, line: Row) -> str:
    """The keyed hash of a line, which covers every column but itself."""
    return hmac.new(key, canonical({name: line[name] for name in _BOUND}).encode(), "sha256").hexdigest()


def digest(rows: Sequence[Sequence[str]], place: int) -> str:
    """One hash for the states before (2) or after (3) of all rows of a line; "" where there is none."""
    states = [[row[0], row[1], row[place]] for row in rows if row[place]]
    return sha256(canonical(states)) if states else ""


def append(connection: Connection, key: bytes, act: Act, rows: Sequence[WrittenRow]) -> Head:
    """Write the next line, in the transaction of what it tells."""
    last = head_of(connection)
    line: dict[str, Any] = {
        "number": last.number + 1,
        "at": dt.datetime.now(dt.UTC).isoformat(),
        "actor": act.actor,
        "act": act.act,
        "kind": act.kind,
        "object_id": act.object_id,
        "detail": canonical(dict(act.detail)),
        "rows": canonical([list(row) for row in rows]),
        "before": digest(rows, 2),
        "after": digest(rows, 3),
        "previous": last.mac,
    }
    line["mac"] = mac_of(key, line)
    connection.execute(insert(LOG).values(line))
    return Head(line["number"], line["mac"])
