"""Opening the store: one SQLite file, or a PostgreSQL server where DATABASE_URL names one.

Reading goes through `Store.reading()`, writing through `Store.writing(act)` and in no other way: one transaction at
a time, its line in the log with it.
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from store import self_check
from store.acts import Act
from store.database import DATABASES, Database
from store.errors import StoreError
from store.head_file import write_head
from store.log import Head, head_of
from store.migrate import bring_up
from store.turns import Turns
from store.writing import Writing, guard

FILE_NAME = "scorecard.sqlite3"
# How long a writer waits while nobody of its process has a turn.
_TURN_SECONDS = 30
# How people name PostgreSQL in an address -> with our driver.
_SERVERS = {"postgres": "postgresql+pg8000", "postgresql": "postgresql+pg8000"}
# The troubles of the folder; any other means that the place cannot be reached.
_FOLDER_TROUBLES = {
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
}


@dataclass(frozen=True, eq=False)
class Store:
    """An opened store; `place` says where it keeps its data, `folder` is None for a server."""

    engine: Engine
    place: str
    database: Database
    folder: Path | None
    key: bytes = field(repr=False)
    _turn: Turns = field(default_factory=Turns, repr=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading; StoreError if the store cannot be read."""
        with told_plainly(self.database), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees one state of everything, however long it reads."""
        with (
            told_plainly(self.database),
            self.engine.connect() as connection,
            transaction(connection, self.database, self.database.snapshot),
        ):
            yield connection

    @contextmanager
    def writing(self, act: Act) -> Iterator[Writing]:
        """One transaction: all of it is kept, and its line in the log with it, or nothing.

        Where nothing is added no line is written. StoreError if it cannot be kept.
        """
        with told_plainly(self.database), self._in_turn(), self.engine.connect() as connection:
            with transaction(connection, self.database, self.database.begin):
                writing = Writing(connection, self.key, act)
                yield writing
                changed = writing.finish()
            if changed and self.folder is not None:
                write_head(self.folder, writing.head)

    def head(self) -> Head:
        """Where the log stands, for receipts."""
        with self.reading() as connection:
            return head_of(connection)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        # SQLite's own waiting is not fair; between the threads of one process first come is first served.
        if not self._turn.acquire(_TURN_SECONDS):
            raise StoreError("unreachable", f"nobody had a turn to write in {_TURN_SECONDS} s")
        try:
            yield
        finally:
            self._turn.release()


@contextmanager
def transaction(connection: Connection, database: Database, begin: tuple[str, ...]) -> Iterator[None]:
    """Everything inside is kept whole, or not at all."""
    try:
        for statement in begin:
            connection.exec_driver_sql(statement)
        yield
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        # Whatever ends it, an interrupt too: nothing half written is left open.
        database.tidy(connection)
        raise


@contextmanager
def told_plainly(database: Database) -> Iterator[None]:
    """Turn the database's own troubles into StoreErrors."""
    try:
        yield
    except DBAPIError as trouble:
        kind = database.kind_of(trouble)
        if kind is None:
            raise
        raise StoreError(kind, str(trouble.orig).lower()) from trouble
    except (PoolTimeoutError, ConnectionError, struct.error) as trouble:
        # A cut connection is not always told in the driver's words.
        raise StoreError("unreachable", str(trouble)) from trouble


def default_url() -> str:
    """Where the store is: DATABASE_URL, or a file in the folder in SCORECARD_DATA, else in `.data` beside us."""
    if server := os.environ.get("DATABASE_URL", "").strip():
        return server
    folder = os.environ.get("SCORECARD_DATA") or str(Path(__file__).resolve().parents[1] / ".data")
    return f"sqlite:///{Path(folder).expanduser().resolve() / FILE_NAME}"


def open_store(url: str) -> Store:
    """Open the store at an address, making what is missing and bringing older data up to date.

    Raises StoreError: wrong_address for one that names no database we know, unreachable or read_only for the place,
    damaged for data that are no store, newer_schema for what a newer version of this program has written,
    old_database, wrong_settings, key_missing, key_short or key_wrong where it would not be safe to run.
    """
    address = _address(url)
    database = DATABASES[address.get_backend_name()]
    path = Path(address.database or FILE_NAME) if database is DATABASES["sqlite"] else None
    if path is not None:
        _make_file(path)
    engine = database.engine(address)
    guard(engine)
    folder = None if path is None else path.parent
    with told_plainly(database), engine.connect() as connection:
        self_check.refuse_wrong_settings(connection, database)
        key = bring_up(connection, database, folder, transaction)
        self_check.refuse_unwritable(connection, database, transaction)
    place = str(path) if path else address.render_as_string(hide_password=True)
    return Store(engine, place, database, folder, key)


def key_folder(url: str) -> Path | None:
    """The folder in which the key file of a store is looked for, None for a server."""
    address = _address(url)
    return Path(address.database or FILE_NAME).parent if address.get_backend_name() == "sqlite" else None


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        address = address.set(drivername=_SERVERS.get(address.drivername, address.drivername))
        known = address.get_backend_name() in DATABASES
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as trouble:
        # The address may hold a password, so its words are not repeated.
        raise StoreError("wrong_address", type(trouble).__name__) from None
    if not known:
        raise StoreError("wrong_address", address.get_backend_name())
    return address


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Drafts are confidential: nobody else on the machine reads them.
        path.touch(mode=0o600, exist_ok=True)
    except OSError as trouble:
        kind = _FOLDER_TROUBLES.get(trouble.errno or 0, "unreachable")
        raise StoreError(kind, str(trouble)) from trouble
