"""Ids for addresses, texts as a database can hold them, and the present moment as it is kept."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Iterator, Sequence

# As many values as one statement takes in every database: SQLite 32,766, PostgreSQL's driver 65,535.
AT_ONCE = 10_000
# token_urlsafe(16): 128 random bits, nobody guesses an address.
ID_BYTES = 16
_ID = re.compile(r"[A-Za-z0-9_-]{22}")


def new_id() -> str:
    """A random id fit for an address."""
    return secrets.token_urlsafe(ID_BYTES)


def is_id(text: str) -> bool:
    """Whether a text from an address can be an id at all."""
    return _ID.fullmatch(text) is not None


def fit(text: str) -> str:
    """Text from outside as a database can hold it: without NUL, a question mark for each lone surrogate."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def now() -> str:
    """The present moment in UTC, as it is kept."""
    return dt.datetime.now(dt.UTC).isoformat()


def batched(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Ids in lots of at most `size`."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
