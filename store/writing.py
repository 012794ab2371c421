"""One transaction that writes: every row goes through here, and with it its line in the log."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Delete,
    Engine,
    Insert,
    Select,
    Table,
    Update,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine.default import DefaultExecutionContext as ExecutionContext

from store.acts import Act
from store.database import DATABASES
from store.log import Head, WrittenRow, append, head_of
from store.people_tables import PASSING
from store.rows import hash_of, key_of
from store.tables import CONTENTS

_ALLOWED = "scorecard_may_write"
# Statements written as text that change nothing.
_HARMLESS = re.compile(r"\s*(SELECT|PRAGMA|SHOW|SET|BEGIN|COMMIT|ROLLBACK)\b", re.IGNORECASE)


class Writing:
    """An open write transaction: reads by `execute`, writes by `add` and `erase`, and tells what it did."""

    def __init__(self, connection: Connection, key: bytes, act: Act) -> None:
        self._connection, self._key, self._act = connection, key, act
        self._rows: list[WrittenRow] = []
        self._noted = False
        self.head = Head(0, "")

    @property
    def actor(self) -> str:
        """Who acts."""
        return self._act.actor

    @property
    def untouched(self) -> bool:
        """Whether nothing was written yet: all that is read so far was kept before, and cannot be undone."""
        return not self._rows

    def execute(self, query: Select[Any], facts: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        """Read, within the transaction; `facts` stand in for what the query leaves open."""
        return self._connection.execute(query, facts)

    def about(self, object_id: str, **detail: str | int) -> None:
        """Say what the act is done to, where that is known only now."""
        self._act = replace(self._act, object_id=object_id, detail={**self._act.detail, **detail})

    def detail(self, **detail: str | int) -> None:
        """Say more of the act that must be provable."""
        self._act = replace(self._act, detail={**self._act.detail, **detail})

    def acted_by(self, actor: str) -> None:
        """Say who acts, where that is known only now."""
        self._act = replace(self._act, actor=actor)

    def note(self) -> None:
        """Write a line even if no row is written."""
        self._noted = True

    def add(self, table: Table, *rows: Mapping[str, Any]) -> None:
        """Add rows; those of tables with a sequence are numbered on."""
        if not rows:
            return
        made: list[dict[str, Any]] = [dict(row) for row in rows]
        if "sequence" in table.c:
            last = self._connection.execute(select(func.max(table.c.sequence))).scalar() or 0
            made = [{"sequence": last + i, **row} for i, row in enumerate(made, start=1)]
        with allowed(self._connection):
            self._connection.execute(insert(table), made)
        self._rows += [(table.name, key_of(table, row), "", hash_of(table, row)) for row in made]

    def passing(self, change: Insert | Update | Delete) -> None:
        """Change a passing thing, such as when a session was last used: the log says nothing of it.

        ValueError for any other table.
        """
        if change.table not in PASSING:
            raise ValueError(f"{change.table} is no table of passing things: use add")
        with allowed(self._connection):
            self._connection.execute(change)

    def erase(self, sha256: str, at: str) -> int:
        """Take bytes out for good; their hash, size and the moment stay. Returns how many rows held them."""
        held = (
            self._connection.execute(
                select(CONTENTS).where(CONTENTS.c.sha256 == sha256, CONTENTS.c.content.is_not(None))
            )
            .mappings()
            .all()
        )
        for row in held:
            with allowed(self._connection):
                self._connection.execute(
                    update(CONTENTS)
                    .where(CONTENTS.c.sequence == row["sequence"])
                    .values(content=None, erased_at=at)
                )
            after = {**row, "erased_at": at}
            self._rows.append(
                (CONTENTS.name, key_of(CONTENTS, row), hash_of(CONTENTS, row), hash_of(CONTENTS, after))
            )
        return len(held)

    def rewrite(self, table: Table, *changes: tuple[Mapping[str, Any], Mapping[str, Any]]) -> None:
        """Put other words into kept rows, where their own may not be kept: the line says which, before and after.

        A change is the row as it is, with every column, and the words that go in.
        """
        if not changes:
            return
        database = DATABASES[self._connection.dialect.name]
        with allowed(self._connection):
            for statement in database.unguarded(table):
                self._connection.exec_driver_sql(statement)
            for row, words in changes:
                same = [column == row[column.name] for column in table.primary_key]
                self._connection.execute(update(table).where(*same).values(**words))
                before, after = hash_of(table, row), hash_of(table, {**row, **words})
                self._rows.append((table.name, key_of(table, row), before, after))
            for statement in database.guards(table):
                self._connection.exec_driver_sql(statement)

    def finish(self) -> bool:
        """Write the line; False where nothing was done, so that nothing needs keeping."""
        if not self._rows and not self._noted:
            self.head = head_of(self._connection)
            return False
        with allowed(self._connection):
            self.head = append(self._connection, self._key, self._act, self._rows)
        return True


@contextmanager
def allowed(connection: Connection) -> Iterator[None]:
    """Let this connection write for a moment."""
    # Held on to: a connection that was cut meanwhile has no notes to ask for.
    notes = connection.info
    notes[_ALLOWED] = True
    try:
        yield
    finally:
        notes.pop(_ALLOWED, None)


def guard(engine: Engine) -> None:
    """Refuse every statement of this engine that writes past a `Writing`: no change without its line."""
    event.listen(engine, "before_cursor_execute", _refuse)


def _refuse(
    connection: Connection,
    _cursor: object,
    statement: str,
    _parameters: Sequence[Any],
    context: ExecutionContext | None,
    _many: bool,
) -> None:
    if connection.info.get(_ALLOWED):
        return
    if context is not None and context.compiled is not None:
        harmless = not (context.isinsert or context.isupdate or context.isdelete or context.isddl)
    else:
        harmless = _HARMLESS.match(statement) is not None
    if not harmless:
        raise RuntimeError("only Store.writing(act) writes, so that every change has its line in the log")
