"""A PostgreSQL server, 15 or newer, through pg8000.

One writer at a time here too: a transaction that writes takes an advisory lock first, so that the log is one chain
and a value that was read is still true when it is written.
"""

from __future__ import annotations

import ssl
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError

from store.errors import StoreError
from store.tables import CONTENTS

LOWEST = 15
# The key of the writers' lock, "scorecard" in the alphabet's numbers; other programs of the database take others.
_LOCK = 1903151805
ONE_WRITER = f"SELECT pg_advisory_xact_lock({_LOCK})"
_CONNECTIONS = 20
_CONNECT_SECONDS = 5
# Setting -> value, asked for on every connection and read back at start.
_SETTINGS = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "1min",
    "synchronous_commit": "on",
    "client_encoding": "UTF8",
    "standard_conforming_strings": "on",
}
# What an address may ask for beside the place.
_SOCKET, _PROTECTION = "unix_sock", "sslmode"
# What only the server's own configuration sets: without it "saved" is not saved.
_SERVER_SETTINGS = {"fsync": "on", "full_page_writes": "on"}
# SQLSTATE or its class -> our kind (PostgreSQL documentation, appendix A).
_TROUBLES = {
    "25006": "read_only",
    "42501": "read_only",
    "53100": "full",
    "53": "unreachable",
    "08": "unreachable",
    "28": "unreachable",
    "3D000": "unreachable",
    "40": "unreachable",
    "55P03": "unreachable",
    "57": "unreachable",
    "25P03": "unreachable",
    "58": "damaged",
    "XX001": "damaged",
    "XX002": "damaged",
}
# After these the connection is of no more use.
_GONE = ("08", "57P", "25P03")


def _encrypted() -> ssl.SSLContext:
    """Nobody on the way reads along; who answers is not asked."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


# PostgreSQL's own words for how a connection is protected -> what the driver calls it; None is "if the server can".
_TLS: Mapping[str, Callable[[], ssl.SSLContext | bool | None]] = {
    "disable": lambda: False,
    "prefer": lambda: None,
    "require": _encrypted,
    "verify-full": ssl.create_default_context,
}


def engine(url: URL) -> Engine:
    """Connections to the server, all set the same; one that was cut is replaced.

    StoreError wrong_address for an option of the address that is not known.
    """
    asked = dict(url.query)
    protection = _TLS.get(str(asked.pop(_PROTECTION, "prefer")))
    if protection is None or set(asked) - {_SOCKET}:
        raise StoreError("wrong_address", f"options: {', '.join(sorted(url.query))}")
    made = create_engine(
        url.difference_update_query([_PROTECTION]),
        isolation_level="AUTOCOMMIT",
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={
            "timeout": _CONNECT_SECONDS,
            "application_name": "scorecard",
            "ssl_context": protection(),
        },
    )
    event.listen(made, "connect", _prepare)
    event.listen(made, "handle_error", _gone)
    return made


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver has no types
    # The time-out is for connecting alone; a statement has its own.
    connection._usock.settimeout(None)
    cursor = connection.cursor()
    connection.autocommit = True
    for setting, value in _SETTINGS.items():
        cursor.execute(f"SET {setting} = '{value}'")
    cursor.close()


def _state(trouble: BaseException | None) -> str:
    told = trouble.args[0] if trouble is not None and trouble.args else None
    return str(told.get("C", "")) if isinstance(told, dict) else ""


def _gone(context: ExceptionContext) -> None:
    trouble = context.original_exception
    # A cut connection speaks in the driver's own troubles, without a state.
    cut = isinstance(trouble, OSError | struct.error) or type(trouble).__name__ == "InterfaceError"
    if cut or _state(trouble).startswith(_GONE):
        context.is_disconnect = True


def kind_of(trouble: DBAPIError) -> str | None:
    """Our kind for a trouble of the server, None for a fault of the program."""
    state = _state(trouble.orig)
    if not state:
        return "unreachable" if type(trouble.orig).__name__ == "InterfaceError" else None
    return _TROUBLES.get(state) or _TROUBLES.get(state[:2])


def tidy(connection: Connection) -> None:
    """Roll back what is open; a connection that cannot is thrown away."""
    try:
        if not connection.invalidated:
            connection.exec_driver_sql("ROLLBACK")
    except (DBAPIError, OSError, struct.error):
        connection.invalidate()


def guards(table: Table) -> Iterator[str]:
    """Triggers that refuse to change or drop a row; bytes alone may be taken out of the contents."""
    name = table.name
    bound = [one.name for one in CONTENTS.columns if one.name not in ("content", "erased_at")]
    same = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in bound)
    erasing = f"{same} AND NEW.content IS NULL AND OLD.erased_at = '' AND NEW.erased_at <> ''"
    when = f"WHEN (NOT ({erasing})) " if table is CONTENTS else ""
    refusal = "EXECUTE FUNCTION rows_are_never_changed()"
    yield (
        "CREATE OR REPLACE FUNCTION rows_are_never_changed() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RAISE EXCEPTION USING ERRCODE = ''23514'', "
        "MESSAGE = ''rows of '' || TG_TABLE_NAME || '' are never changed''; END'"
    )
    yield f"CREATE OR REPLACE TRIGGER {name}_no_update BEFORE UPDATE ON {name} FOR EACH ROW {when}{refusal}"
    yield f"CREATE OR REPLACE TRIGGER {name}_no_delete BEFORE DELETE ON {name} FOR EACH ROW {refusal}"
    yield f"CREATE OR REPLACE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} FOR EACH STATEMENT {refusal}"


def unguarded(table: Table) -> Iterator[str]:
    """The opposite of `guards`."""
    for act in ("update", "delete", "truncate"):
        yield f"DROP TRIGGER IF EXISTS {table.name}_no_{act} ON {table.name}"


def faults(connection: Connection) -> Iterator[tuple[str, str]]:
    """What is wrong with version and settings: kind and words for the log."""
    version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    if version < LOWEST * 10_000:
        yield "old_database", f"PostgreSQL {version // 10_000} < {LOWEST}"
    if connection.exec_driver_sql("SHOW server_encoding").scalar() != "UTF8":
        yield "wrong_settings", "the database's encoding is not UTF8"
    for setting, needed in {**_SETTINGS, **_SERVER_SETTINGS}.items():
        found = connection.exec_driver_sql(f"SHOW {setting}").scalar()
        if found != needed:
            yield "wrong_settings", f"{setting} is {found!r}, not {needed!r}"
    if connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on":
        yield "read_only", "transactions are read-only"
