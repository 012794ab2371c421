"""What differs between the databases, as one table: name -> what must be said to it and how to hear it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import URL, Connection, Engine, Table
from sqlalchemy.exc import DBAPIError

from store import postgresql, sqlite


@dataclass(frozen=True)
class Database:
    """One kind of database."""

    name: str  # as people write it
    engine: Callable[[URL], Engine]
    begin: tuple[str, ...]  # begins a transaction that writes, after all others
    snapshot: tuple[str, ...]  # begins one that reads a single state of everything
    kind_of: Callable[[DBAPIError], str | None]  # a trouble of the database -> our kind
    guards: Callable[[Table], Iterator[str]]  # statements after which the table only grows
    unguarded: Callable[[Table], Iterator[str]]  # takes the guards away, for migrations
    faults: Callable[[Connection], Iterator[tuple[str, str]]]  # what is wrong with settings or version
    tidy: Callable[[Connection], None]  # before a connection goes back after a trouble


DATABASES: Mapping[str, Database] = {
    "sqlite": Database(
        name="SQLite",
        engine=sqlite.engine,
        begin=("BEGIN IMMEDIATE",),
        snapshot=("BEGIN",),
        kind_of=sqlite.kind_of,
        guards=sqlite.guards,
        unguarded=sqlite.unguarded,
        faults=sqlite.faults,
        tidy=sqlite.tidy,
    ),
    "postgresql": Database(
        name="PostgreSQL",
        engine=postgresql.engine,
        begin=("BEGIN ISOLATION LEVEL READ COMMITTED", postgresql.ONE_WRITER),
        snapshot=("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",),
        kind_of=postgresql.kind_of,
        guards=postgresql.guards,
        unguarded=postgresql.unguarded,
        faults=postgresql.faults,
        tidy=postgresql.tidy,
    ),
}
