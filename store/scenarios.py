"""Saved what-ifs: a name, the city's upload, the others it stood beside, the basket, and what was changed.

A name taken twice keeps both, each with its moment; a changed what-if is a new one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from store.acts import OWN_COMPUTER, Act
from store.engine import Store
from store.ids import fit, is_id, new_id, now
from store.members import distinct, require_kept
from store.tables import LOG, SCENARIO_UPLOADS, SCENARIOS
from store.writing import Writing


@dataclass(frozen=True, slots=True)
class SavedScenario:
    """One saved what-if of the city of `upload_ids[0]`; `content` is text that the caller made and can read."""

    id: str
    at: dt.datetime
    name: str
    basket: str
    content: str
    upload_ids: tuple[str, ...]


def save_scenario(
    store: Store,
    *,
    name: str,
    basket: str,
    content: str,
    upload_ids: Sequence[str],
    actor: str = OWN_COMPUTER,
) -> SavedScenario:
    """Keep a what-if; the first upload is the city's, each is named once.

    Raises LookupError for an upload that is not kept, ValueError for none, and StoreError if it cannot be kept.
    """
    members = distinct(upload_ids)
    if not members:
        raise ValueError("a scenario belongs to the upload of a city, and none is named")
    scenario_id = new_id()
    with store.writing(Act(actor, "save", "scenario", scenario_id)) as writing:
        require_kept(writing, members)
        writing.add(
            SCENARIOS,
            {
                "id": scenario_id,
                "at": now(),
                "name": fit(name),
                "basket": fit(basket),
                "content": fit(content),
            },
        )
        writing.add(
            SCENARIO_UPLOADS,
            *({"scenario_id": scenario_id, "position": i, "upload_id": one} for i, one in enumerate(members)),
        )
        row = writing.execute(select(SCENARIOS).where(SCENARIOS.c.id == scenario_id)).mappings().one()
        return _saved(writing, row)


def get_scenario(store: Store, scenario_id: str) -> SavedScenario | None:
    """The what-if of that id, None if none is kept."""
    if not is_id(scenario_id):
        return None
    with store.reading() as connection:
        row = connection.execute(select(SCENARIOS).where(SCENARIOS.c.id == scenario_id)).mappings().first()
        return None if row is None else _saved(connection, row)


def scenarios_of(store: Store, upload_id: str, limit: int = 100) -> tuple[SavedScenario, ...]:
    """The what-ifs of one city's upload, newest first."""
    query = (
        select(SCENARIOS)
        .join(SCENARIO_UPLOADS, SCENARIO_UPLOADS.c.scenario_id == SCENARIOS.c.id)
        .where(SCENARIO_UPLOADS.c.upload_id == upload_id, SCENARIO_UPLOADS.c.position == 0)
        .order_by(SCENARIOS.c.sequence.desc())
        .limit(limit)
    )
    if not is_id(upload_id):
        return ()
    with store.reading() as connection:
        return tuple(_saved(connection, row) for row in connection.execute(query).mappings().all())


def saved_by(store: Store, person: str, scenario_ids: Sequence[str]) -> frozenset[str]:
    """Those of some what-ifs that a person saved, as the log tells."""
    query = select(LOG.c.object_id).where(
        LOG.c.kind == "scenario", LOG.c.actor == person, LOG.c.object_id.in_(scenario_ids)
    )
    with store.reading() as connection:
        return frozenset(connection.execute(query).scalars())


def _saved(reader: Connection | Writing, row: RowMapping) -> SavedScenario:
    members = reader.execute(
        select(SCENARIO_UPLOADS.c.upload_id)
        .where(SCENARIO_UPLOADS.c.scenario_id == row["id"])
        .order_by(SCENARIO_UPLOADS.c.position)
    ).scalars()
    return SavedScenario(
        id=row["id"],
        at=dt.datetime.fromisoformat(row["at"]),
        name=row["name"],
        basket=row["basket"],
        content=row["content"],
        upload_ids=tuple(members),
    )
