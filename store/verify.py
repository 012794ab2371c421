"""Is everything still as it was written? Reads the whole log and every row and byte that it vouches for."""

from __future__ import annotations

import datetime as dt
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from store.engine import Store
from store.head_file import read_head
from store.log import BEGINNING, Head, digest, mac_of
from store.rows import Row, columns_of, hash_of, key_of, sha256
from store.schema import LOGGED
from store.tables import CONTENTS, LOG

# Damage: what is not as it was written.
DAMAGE = (
    "line_changed",
    "line_missing",
    "tail_cut",
    "row_changed",
    "row_missing",
    "row_without_line",
    "bytes_changed",
    "bytes_missing",
)
# Notes: what a person should know, and no damage.
NOTES = ("clock_back", "no_head_file")
# A clock may be put right by a little without a word.
CLOCK_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing found: a name of DAMAGE or NOTES, and where: the number of a line, or a table and a row's key."""

    kind: str
    where: str


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` found, and how much it looked at."""

    head: Head
    lines: int
    rows: int
    erased: int
    damage: tuple[Fault, ...]
    notes: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is damaged."""
        return not self.damage


@dataclass
class _Chain:
    """What the log says while it is read from its first line to its last."""

    key: bytes
    number: int = 0
    mac: str = BEGINNING
    at: dt.datetime | None = None
    states: dict[tuple[str, str], str] = field(default_factory=dict)
    macs: dict[int, str] = field(default_factory=dict)
    damage: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    def read(self, line: Row) -> None:
        number = int(line["number"])
        if number != self.number + 1:
            self.damage.append(Fault("line_missing", str(self.number + 1)))
        elif line["previous"] != self.mac:
            self.damage.append(Fault("line_changed", str(number)))
        if not hmac.compare_digest(mac_of(self.key, line).encode(), str(line["mac"]).encode()):
            self.damage.append(Fault("line_changed", str(number)))
        else:
            self._believe(line)
        self.number, self.mac = number, line["mac"]
        self.macs[number] = line["mac"]

    def _believe(self, line: Row) -> None:
        rows: Sequence[Sequence[str]] = json.loads(line["rows"])
        if (digest(rows, 2), digest(rows, 3)) != (line["before"], line["after"]):
            self.damage.append(Fault("line_changed", str(line["number"])))
        for table, key, before, after in rows:
            if self.states.get((table, key), "") != before:
                self.damage.append(Fault("line_changed", str(line["number"])))
            self.states[table, key] = after
        at = dt.datetime.fromisoformat(line["at"])
        if self.at is not None and (self.at - at).total_seconds() > CLOCK_SECONDS:
            self.notes.append(Fault("clock_back", str(line["number"])))
        self.at = at

    def reaches(self, head: Head) -> bool:
        """Whether the chain goes as far as a head that was told once, and through that very line."""
        if head.number == 0:
            return True
        return self.macs.get(head.number, "").startswith(head.mac)


def verify(store: Store, heads: Sequence[Head] = ()) -> Report:
    """Look at everything in one state; `heads` are those of receipts and backups, which the log must still reach.

    On one's own computer the head file beside the key is asked as well. StoreError if the store cannot be read.
    """
    noted = None if store.folder is None else read_head(store.folder)
    with store.snapshot() as connection:
        report = verify_in(connection, store.key, (*heads, *filter(None, (noted,))))
    if store.folder is not None and noted is None and report.head.number:
        return Report(
            report.head,
            report.lines,
            report.rows,
            report.erased,
            report.damage,
            (*report.notes, Fault("no_head_file", "")),
        )
    return report


def verify_in(connection: Connection, key: bytes, heads: Sequence[Head] = ()) -> Report:
    """The same over a connection that sees one state."""
    chain = _Chain(key)
    lines = 0
    for line in connection.execute(select(LOG).order_by(LOG.c.number)).mappings():
        lines += 1
        chain.read(line)
    for head in heads:
        if not chain.reaches(head):
            kind = "tail_cut" if head.number > chain.number else "line_changed"
            chain.damage.append(Fault(kind, str(head.number)))
    rows = 0
    left = dict(chain.states)
    for table_name, row_key, found in _rows(connection):
        rows += 1
        expected = left.pop((table_name, row_key), None)
        if expected != found:
            kind = "row_without_line" if expected is None else "row_changed"
            chain.damage.append(Fault(kind, f"{table_name} {row_key}"))
    chain.damage += [Fault("row_missing", f"{table} {row_key}") for table, row_key in left]
    erased = 0
    for fault in _bytes(connection):
        if fault is None:
            erased += 1
        else:
            chain.damage.append(fault)
    # One line or row may be wrong in several ways.
    damage = tuple(dict.fromkeys(chain.damage))
    return Report(Head(chain.number, chain.mac), lines, rows, erased, damage, tuple(chain.notes))


def _rows(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Table, key and hash of every row there is."""
    for table in LOGGED:
        query = select(*(table.c[name] for name in columns_of(table))).execution_options(yield_per=1000)
        for row in connection.execute(query).mappings():
            yield table.name, key_of(table, row), hash_of(table, row)


def _bytes(connection: Connection) -> Iterator[Fault | None]:
    """A fault for bytes that do not fit their hash; None for bytes that were taken out as the row says."""
    columns = (CONTENTS.c.sequence, CONTENTS.c.sha256, CONTENTS.c.size, CONTENTS.c.erased_at)
    for row in connection.execute(select(*columns)).all():
        # One at a time: all of them together may not fit into memory.
        data = connection.execute(
            select(CONTENTS.c.content).where(CONTENTS.c.sequence == row.sequence)
        ).scalar()
        where = f"{CONTENTS.name} {row.sequence}"
        if data is None:
            yield None if row.erased_at else Fault("bytes_missing", where)
        elif row.erased_at or sha256(bytes(data)) != row.sha256 or len(data) != row.size:
            yield Fault("bytes_changed", where)


def log_of(connection: Connection, objects: Sequence[str]) -> tuple[Mapping[str, object], ...]:
    """The lines about some things, by their ids, in order."""
    query = select(LOG).where(LOG.c.object_id.in_(objects)).order_by(LOG.c.number)
    return tuple(dict(row) for row in connection.execute(query).mappings())
