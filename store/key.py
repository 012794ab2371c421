"""The key of the log's chain: who has it can write lines, who has it not can only read them.

It comes from SCORECARD_AUDIT_KEY. For a store that is a file it may instead be a file of its own beside the data,
made at first start and readable by its owner alone. It is in no backup unless asked for.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from store.errors import StoreError

VARIABLE = "SCORECARD_AUDIT_KEY"
FILE_NAME = "audit.key"
LEAST_BYTES = 32


def given_key() -> bytes | None:
    """The key in the environment, None if there is none; StoreError key_short for one that can be guessed."""
    text = os.environ.get(VARIABLE, "").strip()
    return _long_enough(text, VARIABLE) if text else None


def file_key(folder: Path) -> bytes | None:
    """The key in the file beside the data, None if there is no such file."""
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as trouble:
        raise StoreError("key_missing", str(trouble)) from trouble
    return _long_enough(text, str(path))


def make_key(folder: Path, text: str = "") -> bytes:
    """Write a new key file, whole or not at all; `text` is the key of a store that moves here."""
    text = text or secrets.token_hex(LEAST_BYTES)
    path = folder / f"{FILE_NAME}.{secrets.token_hex(4)}"
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, f"{text}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)
    path.replace(folder / FILE_NAME)
    return text.encode()


def key_for(folder: Path | None, *, used: bool) -> bytes:
    """The key of a store in a folder (None: on a server); made where nothing was `used` it yet.

    Raises StoreError: key_missing where there is none and none may be made, key_short.
    """
    known = given_key() or (file_key(folder) if folder else None)
    if known is not None:
        return known
    if folder is None or used:
        raise StoreError("key_missing", f"neither {VARIABLE} nor {FILE_NAME} beside the data")
    return make_key(folder)


def _long_enough(text: str, where: str) -> bytes:
    key = text.encode()
    if len(key) < LEAST_BYTES:
        raise StoreError("key_short", f"{where}: {len(key)} bytes, at least {LEAST_BYTES}")
    return key


def bring_key(folder: Path, text: str) -> None:
    """Take over the key of a backup where there is none yet: never over another one.

    Raises StoreError key_wrong where another key is here already, read_only where it cannot be written.
    """
    known = given_key() or file_key(folder)
    if known is None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            make_key(folder, text)
        except OSError as trouble:
            raise StoreError("read_only", str(trouble)) from trouble
    elif known != text.encode():
        raise StoreError("key_wrong", "the backup brings another key than the one that is here")
