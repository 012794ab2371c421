"""The rules that assessments were judged by: a framework's files as they were, by one hash for all of them.

What is hashed is a list: a line for each file with its name and the hash of its bytes. The list is kept under its own
hash, and the files under theirs, so that a file that stays the same over the years is kept once.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from store.contents import bytes_of, keep_bytes
from store.rows import sha256
from store.writing import Writing

_BETWEEN, _END = b"\0", b"\n"


def listed(files: Mapping[str, bytes]) -> bytes:
    """The list of some files by name, whose hash names them all."""
    return b"".join(
        name.encode() + _BETWEEN + sha256(data).encode() + _END
        for name, data in sorted(files.items(), key=_parts)
    )


def _parts(file: tuple[str, bytes]) -> list[str]:
    # Folder by folder, as a file system lists them.
    return file[0].split("/")


def keep_rule_set(writing: Writing, files: Mapping[str, bytes]) -> str:
    """Keep a framework's files; returns the hash that names them all."""
    listing = listed(files)
    if bytes_of(writing, sha256(listing)) is None:
        for data in files.values():
            keep_bytes(writing, data)
    return keep_bytes(writing, listing)


def rule_set(reader: Connection | Writing, digest: str) -> Mapping[str, bytes] | None:
    """The files that a hash names; None where they were not kept."""
    listing = bytes_of(reader, digest)
    if listing is None:
        return None
    found: dict[str, bytes] = {}
    for line in listing.split(_END)[:-1]:
        name, _, file_digest = line.partition(_BETWEEN)
        data = bytes_of(reader, file_digest.decode("ascii", "replace"))
        if data is None:
            return None
        found[name.decode()] = data
    return found
