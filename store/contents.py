"""Bytes by their hash: kept once, however often they come."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from store.rows import sha256
from store.tables import CONTENTS
from store.writing import Writing


def keep_bytes(writing: Writing, data: bytes) -> str:
    """Keep bytes and return their hash; nothing is added where they are kept already."""
    digest = sha256(data)
    known = writing.execute(
        select(CONTENTS.c.sequence).where(CONTENTS.c.sha256 == digest, CONTENTS.c.content.is_not(None))
    ).scalar()
    if known is None:
        writing.add(CONTENTS, {"sha256": digest, "size": len(data), "content": data, "erased_at": ""})
    return digest


def bytes_of(reader: Connection | Writing, digest: str) -> bytes | None:
    """The bytes of a hash, None if they are not kept or were taken out."""
    found = reader.execute(
        select(CONTENTS.c.content).where(CONTENTS.c.sha256 == digest, CONTENTS.c.content.is_not(None))
    ).scalar()
    return None if found is None else bytes(found)


def erased_among(reader: Connection | Writing, digests: Collection[str]) -> frozenset[str]:
    """Those of some hashes whose bytes were kept, were taken out for good, and are not kept again."""
    rows = reader.execute(
        select(CONTENTS.c.sha256, CONTENTS.c.erased_at).where(CONTENTS.c.sha256.in_(digests))
    ).all()
    held = {row.sha256 for row in rows if not row.erased_at}
    return frozenset(row.sha256 for row in rows if row.erased_at) - held
