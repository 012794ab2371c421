"""An installation of its own for one test, kept on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions import house, passwords
from store.engine import Store
from store.key import VARIABLE
from tests.postgres import KEY, PostgresServer
from tests.prepared import prepare


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """The store of a new installation, the one that actions use; passwords cost little work in it."""
    monkeypatch.setattr(passwords, "COST", passwords.Cost(n=2**4))
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    if request.param == "sqlite":
        prepare(tmp_path)
        opened = house.store()
        yield opened
        opened.engine.dispose()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.new_store()
    monkeypatch.setenv("DATABASE_URL", server.url(name))
    monkeypatch.setenv(VARIABLE, KEY)
    opened = house.store()
    yield opened
    opened.engine.dispose()
    server.drop(name)
