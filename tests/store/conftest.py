"""A store in a real file, and one on a real server: the same tests run on both."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, make_url

from store.engine import FILE_NAME, Store, open_store
from store.key import VARIABLE
from tests.postgres import KEY, PostgresServer
from tests.prepared import prepare


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where this test's file is; a store stands in it already where its test wants one."""
    if {"store", "filled", "file_store"}.intersection(request.fixturenames):
        prepare(tmp_path)
    return f"sqlite:///{tmp_path / FILE_NAME}"


@pytest.fixture
def postgres_url(
    request: pytest.FixtureRequest, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A new database on the server, with the key that a server asks for; empty unless its test wants a store."""
    monkeypatch.setenv(VARIABLE, KEY)
    wanted = {"store", "filled"}.intersection(request.fixturenames)
    name = postgres_server.new_store() if wanted else postgres_server.new_database()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Where this test's store is, once on each kind of database."""
    wanted = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(wanted))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A new, empty store."""
    opened = open_store(url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def file_store(sqlite_url: str) -> Iterator[Store]:
    """A new, empty store in a file."""
    opened = open_store(sqlite_url)
    yield opened
    opened.engine.dispose()


@contextlib.contextmanager
def past_the_store(url: str) -> Iterator[Connection]:
    """A connection of somebody who can reach the database and asks nobody: no checks, no log, commits at once."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+pg8000", query={})
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
