"""Before anything is kept: is this a database on which "saved" means saved?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from store.database import DATABASES, Database
from store.errors import StoreError

Transaction = Callable[[Connection, Database, tuple[str, ...]], AbstractContextManager[None]]


class _OnlyTriedError(Exception):
    """Ends the trial without keeping anything."""


def refuse_wrong_settings(connection: Connection, database: Database) -> None:
    """StoreError for the first fault of version or settings, with all faults in its words for the log."""
    faults = list(database.faults(connection))
    if faults:
        raise StoreError(faults[0][0], "; ".join(words for _, words in faults))


def refuse_unwritable(connection: Connection, database: Database, transaction: Transaction) -> None:
    """StoreError read_only or full where a change would not be taken; nothing is changed."""
    if database is not DATABASES["sqlite"]:
        return
    try:
        with transaction(connection, database, database.begin):
            # Needs the journal beside the file, as every change does.
            connection.exec_driver_sql("PRAGMA user_version = 0")
            raise _OnlyTriedError
    except _OnlyTriedError:
        return
