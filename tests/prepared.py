"""A new store in a file, made once and copied: making its tables takes longer than most tests that need them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from store.engine import FILE_NAME, open_store


@cache
def _files() -> Mapping[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        open_store(f"sqlite:///{Path(folder) / FILE_NAME}").engine.dispose()
        return {one.name: one.read_bytes() for one in Path(folder).iterdir()}


def prepare(folder: Path) -> Path:
    """Put a new store and its key into a folder; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in _files().items():
        (folder / name).touch(mode=0o600)
        (folder / name).write_bytes(data)
    return folder
