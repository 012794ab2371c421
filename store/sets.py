"""Sets of uploads, such as the candidates that a jury looks at together; a changed set is a new set."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from store.acts import OWN_COMPUTER, Act
from store.engine import Store
from store.ids import is_id, new_id, now
from store.members import distinct, require_kept
from store.tables import SET_MEMBERS, SETS


def make_set(store: Store, upload_ids: Sequence[str], *, actor: str = OWN_COMPUTER) -> str:
    """Keep some uploads as a set, in their order, each once; returns its id. LookupError for an id not kept."""
    members = distinct(upload_ids)
    set_id = new_id()
    with store.writing(Act(actor, "make", "set", set_id)) as writing:
        require_kept(writing, members)
        writing.add(SETS, {"id": set_id, "at": now()})
        writing.add(
            SET_MEMBERS,
            *({"set_id": set_id, "position": i, "upload_id": one} for i, one in enumerate(members)),
        )
    return set_id


def get_set(store: Store, set_id: str) -> tuple[str, ...]:
    """The ids of a set's uploads in their order; empty if no such set is kept."""
    if not is_id(set_id):
        return ()
    with store.reading() as connection:
        return tuple(
            connection.execute(
                select(SET_MEMBERS.c.upload_id)
                .where(SET_MEMBERS.c.set_id == set_id)
                .order_by(SET_MEMBERS.c.position)
            ).scalars()
        )
