"""Bringing a database to the tables of now: a new one at once, an older one step by step, with all its data.

Alembic takes long to import, so it is asked only where there is something to do.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from pathlib import Path

from sqlalchemy import Connection, Table, insert, inspect, select

from store.acts import PROGRAM, Act
from store.database import Database
from store.errors import StoreError
from store.key import key_for
from store.log import append, head_of, mac_of
from store.rows import columns_of, hash_of, key_of
from store.schema import ALEMBIC, APPEND_ONLY, LOG, LOGGED, METADATA, SCHEMA
from store.self_check import Transaction
from store.tables import REVISION, SCHEMA_VERSION
from store.writing import allowed

_MIGRATIONS = Path(__file__).parent / "migrations"
_NOTHING = ""
# The last schema that was kept without its step being written down.
_LAST_UNMARKED = 1


def bring_up(
    connection: Connection, database: Database, folder: Path | None, transaction: Transaction
) -> bytes:
    """Make or migrate the tables in one transaction; returns the key, which fits the chain.

    Raises StoreError newer_schema, damaged for a database with other tables, key_missing, key_short or key_wrong.
    """
    if revision(connection) == REVISION:
        return _key(connection, folder)
    with transaction(connection, database, database.begin), allowed(connection):
        # Another process may have been faster.
        found = revision(connection)
        before = set(inspect(connection).get_table_names())
        if found == _NOTHING:
            make_tables(connection, database)
        elif found != REVISION:
            migrate(connection, database, found, REVISION)
        key = _key(connection, folder)
        _adopt(connection, key, before)
    return key


def revision(connection: Connection) -> str:
    """The step that a database is at, "" for an empty one; StoreError newer_schema or damaged for what is not ours."""
    names = set(inspect(connection).get_table_names())
    if not names:
        return _NOTHING
    if SCHEMA.name not in names:
        raise StoreError("damaged", f"tables of another program: {', '.join(sorted(names))[:200]}")
    version = max(connection.execute(select(SCHEMA.c.version)).scalars(), default=0)
    if version > SCHEMA_VERSION:
        raise StoreError("newer_schema", f"{version} > {SCHEMA_VERSION}")
    if ALEMBIC.name in names:
        step = str(connection.execute(select(ALEMBIC.c.version_num)).scalar_one())
        if step > REVISION:
            raise StoreError("newer_schema", f"{step} > {REVISION}")
        return step
    if version > _LAST_UNMARKED:
        raise StoreError("damaged", f"schema {version} without its step")
    return "0002" if "scenarios" in names else "0001"


def make_tables(connection: Connection, database: Database) -> None:
    """All tables of now, in an empty database."""
    METADATA.create_all(connection)
    for table in APPEND_ONLY:
        protect(connection, database, table)
    connection.execute(insert(ALEMBIC).values(version_num=REVISION))
    connection.execute(insert(SCHEMA).values(version=SCHEMA_VERSION))


def protect(connection: Connection, database: Database, table: Table) -> None:
    """Let a table only grow from now on."""
    for statement in database.guards(table):
        connection.exec_driver_sql(statement)


def migrate(connection: Connection, database: Database, start: str, end: str) -> None:
    """Go from one step to a later one ("" begins with an empty database), within the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # A percent sign in a folder's name would be taken for a placeholder.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    for table in APPEND_ONLY if start else ():
        if inspect(connection).has_table(table.name):
            for statement in database.unguarded(table):
                connection.exec_driver_sql(statement)
    if start:
        command.stamp(config, start)
    command.upgrade(config, end)
    for table in APPEND_ONLY if end == REVISION else ():
        protect(connection, database, table)


def go_back(connection: Connection, database: Database, step: str) -> None:
    """Make an empty database's tables anew, as at an earlier step; StoreError no_backup for an unknown one."""
    from alembic.util import CommandError

    METADATA.drop_all(connection)
    try:
        migrate(connection, database, "", step)
    except CommandError as trouble:
        raise StoreError("no_backup", f"step {step}") from trouble


def come_up(connection: Connection, database: Database, key: bytes, step: str) -> None:
    """Bring rows of an earlier step to the tables of now, and vouch for what that makes."""
    before = set(inspect(connection).get_table_names())
    migrate(connection, database, step, REVISION)
    _adopt(connection, key, before)


def _key(connection: Connection, folder: Path | None) -> bytes:
    line = connection.execute(select(LOG).order_by(LOG.c.number.desc()).limit(1)).mappings().first()
    key = key_for(folder, used=line is not None)
    if line is not None and not hmac.compare_digest(mac_of(key, line), line["mac"]):
        # Either the key is another one or the last line was changed; `verify` of an older line would tell.
        first = connection.execute(select(LOG).order_by(LOG.c.number).limit(1)).mappings().one()
        if not hmac.compare_digest(mac_of(key, first), first["mac"]):
            raise StoreError(
                "key_wrong", "neither the first nor the last line of the log was made with this key"
            )
    return key


def _adopt(connection: Connection, key: bytes, before: Collection[str]) -> None:
    """Vouch from now on for rows that were kept before there was a log, or that a step has put into new tables.

    `before` names the tables that were there before the steps: a row without its line in one of them stays so.
    """
    begun = head_of(connection).number > 0
    rows = [
        (table.name, key_of(table, row), "", hash_of(table, row))
        for table in LOGGED
        if not (begun and table.name in before)
        for row in connection.execute(
            select(*(table.c[name] for name in columns_of(table))).order_by(*table.primary_key)
        ).mappings()
    ]
    if rows:
        append(connection, key, Act(PROGRAM, "adopt", "store"), rows)
