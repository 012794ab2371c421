"""The log's head in a small file beside the key: on one's own computer it shows a cut-off tail or an old copy."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from store.log import Head, head_from

FILE_NAME = "audit.head"


def write_head(folder: Path, head: Head) -> None:
    """Note where the log stands, after it was kept.

    What was kept stays kept if this fails: an older head only shows less.
    """
    path = folder / f"{FILE_NAME}.{secrets.token_hex(4)}"
    with contextlib.suppress(OSError):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(file, f"{head.number}-{head.mac}\n".encode())
        finally:
            os.close(file)
        path.replace(folder / FILE_NAME)


def read_head(folder: Path) -> Head | None:
    """The head that was noted last, None if there is none that can be read."""
    try:
        return head_from((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
