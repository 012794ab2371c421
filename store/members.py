"""The uploads that belong together in a set or a what-if: in their order, each once, and all of them kept."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from store.ids import is_id
from store.tables import UPLOADS
from store.writing import Writing


def distinct(upload_ids: Sequence[str]) -> tuple[str, ...]:
    """The ids in their order, each once; LookupError for the first that can be no id."""
    members = tuple(dict.fromkeys(upload_ids))
    for one in members:
        if not is_id(one):
            raise LookupError(one)
    return members


def require_kept(writing: Writing, members: Sequence[str]) -> None:
    """LookupError for the first upload that is not kept."""
    kept = set(writing.execute(select(UPLOADS.c.id).where(UPLOADS.c.id.in_(members))).scalars())
    for one in members:
        if one not in kept:
            raise LookupError(one)
