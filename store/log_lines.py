"""Lines of the log for reading, without the hashes that bind them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select, true

from store.ids import is_id
from store.people_tables import UPLOAD_OWNERS
from store.tables import LOG
from store.words import Reader


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: when, who, what, to which thing, and of which city it is ("" for none)."""

    number: int
    at: str
    actor: str
    act: str
    kind: str
    object_id: str
    city: str


def newest_lines(
    reader: Reader, at_once: int, *, cities: Collection[str] = (), person: str = "", every: bool = False
) -> Iterator[LogLine]:
    """The newest lines, newest first, read so many at once: of some cities and of one person, or every one."""
    owners: Mapping[str, str] = {
        row.upload_id: row.city_id
        for row in reader.execute(
            select(UPLOAD_OWNERS.c.upload_id, UPLOAD_OWNERS.c.city_id).order_by(UPLOAD_OWNERS.c.sequence)
        )
    }
    wanted = or_(true() if every else false(), LOG.c.actor == person, *(_of_city(one) for one in cities))
    columns = (LOG.c[name] for name in ("number", "at", "actor", "act", "kind", "object_id", "detail"))
    query = select(*columns).where(wanted).order_by(LOG.c.number.desc()).limit(at_once)
    some = reader.execute(query).all()
    while some:
        for row in some:
            city = _city(row.kind, row.object_id, row.detail, owners)
            yield LogLine(row.number, row.at, row.actor, row.act, row.kind, row.object_id, city)
        some = (
            reader.execute(query.where(LOG.c.number < some[-1].number)).all() if len(some) == at_once else ()
        )


def _of_city(city_id: str) -> ColumnElement[bool]:
    # Ids alone stand in a line, so that nobody's words can look like one.
    own = select(UPLOAD_OWNERS.c.upload_id).where(UPLOAD_OWNERS.c.city_id == city_id)
    named = f'"city":"{city_id}"' if is_id(city_id) else "-"
    return or_(
        LOG.c.object_id == city_id,
        LOG.c.detail.contains(named, autoescape=True),
        (LOG.c.kind == "upload") & LOG.c.object_id.in_(own),
    )


def _city(kind: str, object_id: str, detail: str, owners: Mapping[str, str]) -> str:
    if kind == "city":
        return object_id
    return str(json.loads(detail).get("city", "")) or (owners.get(object_id, "") if kind == "upload" else "")
