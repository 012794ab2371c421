"""One SQLite file, with the settings that make "saved" mean saved.

Rollback journal rather than the write-ahead log, which can lose committed pages in SQLite before 3.51.3
(sqlite.org, release notes of 2026); synchronous EXTRA: the journal's deletion is what keeps a change, and only so is
it brought to the disk before a change is told as saved; every write begins with BEGIN IMMEDIATE, because a
deferred read-then-write loses updates without a word.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.exc import DBAPIError

from store.tables import CONTENTS

BUSY_MILLISECONDS = 5000
# The first version that can drop a column, as a migration does.
LOWEST = (3, 35, 0)
_CONNECTIONS = 20
# Setting -> what is asked for, what must then be in force, and why where that is not plain.
_PRAGMAS = {
    "journal_mode": ("DELETE", "delete"),
    "synchronous": ("EXTRA", 3),
    "foreign_keys": ("ON", 1),
    "busy_timeout": (str(BUSY_MILLISECONDS), BUSY_MILLISECONDS),
    # Without it INSERT OR REPLACE drops a row past the triggers.
    "recursive_triggers": ("ON", 1),
    # What is taken out is overwritten in the file as well.
    "secure_delete": ("ON", 1),
}
# The words by which SQLite tells its troubles -> our kinds.
_TROUBLES = (
    ("readonly", "read_only"),
    ("read-only", "read_only"),
    ("unable to open", "unreachable"),
    ("disk is full", "full"),
    ("disk i/o", "full"),
    ("not a database", "damaged"),
    ("malformed", "damaged"),
    ("locked", "unreachable"),
)


def engine(url: URL) -> Engine:
    """Connections to the file, all set the same."""
    made = create_engine(url, isolation_level="AUTOCOMMIT", pool_size=_CONNECTIONS, max_overflow=0)
    event.listen(made, "connect", _prepare)
    return made


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    for pragma, (wanted, _) in _PRAGMAS.items():
        connection.execute(f"PRAGMA {pragma} = {wanted}")


def kind_of(trouble: DBAPIError) -> str | None:
    """Our kind for a trouble of SQLite, None for a fault of the program."""
    words = str(trouble.orig).lower()
    return next((kind for sign, kind in _TROUBLES if sign in words), None)


def tidy(connection: Connection) -> None:
    """Roll back what is open; after some troubles, such as a full disk, SQLite has done it itself."""
    driver = connection.connection.driver_connection
    if driver is not None and driver.in_transaction:
        connection.exec_driver_sql("ROLLBACK")


def guards(table: Table) -> Iterator[str]:
    """Triggers that refuse to change or drop a row; bytes alone may be taken out of the contents."""
    name = table.name
    refusal = f"BEGIN SELECT RAISE(ABORT, 'rows of {name} are never changed'); END"
    bound = [one.name for one in CONTENTS.columns if one.name not in ("content", "erased_at")]
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in bound)
    erasing = f"{same} AND NEW.content IS NULL AND OLD.erased_at = '' AND NEW.erased_at != ''"
    when = f"WHEN NOT ({erasing}) " if table is CONTENTS else ""
    yield f"CREATE TRIGGER IF NOT EXISTS {name}_no_update BEFORE UPDATE ON {name} {when}{refusal}"
    yield f"CREATE TRIGGER IF NOT EXISTS {name}_no_delete BEFORE DELETE ON {name} {refusal}"


def unguarded(table: Table) -> Iterator[str]:
    """The opposite of `guards`."""
    for act in ("update", "delete"):
        yield f"DROP TRIGGER IF EXISTS {table.name}_no_{act}"


def faults(connection: Connection) -> Iterator[tuple[str, str]]:
    """What is wrong with version and settings: kind and words for the log."""
    version = sqlite3.sqlite_version_info
    if version < LOWEST:
        yield "old_database", f"SQLite {sqlite3.sqlite_version} < {'.'.join(map(str, LOWEST))}"
    for pragma, (_, needed) in _PRAGMAS.items():
        found = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
        if found != needed:
            yield "wrong_settings", f"{pragma} is {found!r}, not {needed!r}"
