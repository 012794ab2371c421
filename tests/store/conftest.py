"""A store in a real file."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.engine import FILE_NAME, Store, open_store


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Where this test's store is."""
    return f"sqlite:///{tmp_path / FILE_NAME}"


@pytest.fixture
def store(url: str) -> Store:
    """A new, empty store."""
    return open_store(url)
