"""Opening the store: one SQLite file, with the settings that make "saved" mean saved.

Rollback journal rather than the write-ahead log, which can lose committed pages in SQLite before 3.51.3
(sqlite.org, release notes of 2026); synchronous FULL; every write begins with BEGIN IMMEDIATE, because a
deferred read-then-write loses updates without a word.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, func, insert, make_url, select, text
from sqlalchemy.exc import DBAPIError

from store.errors import StoreError
from store.tables import APPEND_ONLY, METADATA, SCHEMA, SCHEMA_VERSION

FILE_NAME = "scorecard.sqlite3"
BUSY_MILLISECONDS = 5000
_PRAGMAS = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    # Without it INSERT OR REPLACE drops a row past the triggers.
    "PRAGMA recursive_triggers = ON",
)
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
# The same for the folder's own troubles; any other means that the place cannot be reached.
_FOLDER_TROUBLES = {
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
}


@dataclass(frozen=True, eq=False)
class Store:
    """An opened store; `place` says where it keeps its data."""

    engine: Engine
    place: str

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading; StoreError if the store cannot be read."""
        with told_plainly(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or nothing; StoreError if it cannot be kept."""
        with told_plainly(), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                _roll_back(connection)
                raise


def _roll_back(connection: Connection) -> None:
    # SQLite itself rolls back after some troubles, such as a full disk; a second time would hide the first reason.
    driver = connection.connection.driver_connection
    if driver is not None and driver.in_transaction:
        connection.exec_driver_sql("ROLLBACK")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the database's own troubles into StoreErrors."""
    try:
        yield
    except DBAPIError as trouble:
        words = str(trouble.orig).lower()
        kind = next((kind for sign, kind in _TROUBLES if sign in words), None)
        if kind is None:
            raise
        raise StoreError(kind, words) from trouble


def default_url() -> str:
    """Where the store is: the folder in SCORECARD_DATA, else `.data` beside the program."""
    folder = os.environ.get("SCORECARD_DATA") or str(Path(__file__).resolve().parents[1] / ".data")
    return f"sqlite:///{Path(folder).expanduser().resolve() / FILE_NAME}"


def open_store(url: str) -> Store:
    """Open the store at a URL, making folder, file and tables where they are missing.

    Raises StoreError: unreachable or read_only for the place, damaged for a file that is no store,
    newer_schema for one that a newer version of this program has written.
    """
    path = Path(make_url(url).database or FILE_NAME)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Drafts are confidential: nobody else on the machine reads them.
        path.touch(mode=0o600, exist_ok=True)
    except OSError as trouble:
        kind = _FOLDER_TROUBLES.get(trouble.errno or 0, "unreachable")
        raise StoreError(kind, str(trouble)) from trouble
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    event.listen(engine, "connect", _prepare)
    store = Store(engine, str(path))
    _make_tables(store)
    return store


def _prepare(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _make_tables(store: Store) -> None:
    with store.writing() as connection:
        METADATA.create_all(connection)
        version = connection.execute(select(func.max(SCHEMA.c.version))).scalar()
        if version is None:
            connection.execute(insert(SCHEMA).values(version=SCHEMA_VERSION))
        elif version > SCHEMA_VERSION:
            raise StoreError("newer_schema", f"{version} > {SCHEMA_VERSION}")
        for table in APPEND_ONLY:
            for act in ("UPDATE", "DELETE"):
                _refuse(connection, table.name, act)


def _refuse(connection: Connection, table: str, act: str) -> None:
    # Table names and acts come from this file alone.
    connection.execute(
        text(
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
        )
    )
