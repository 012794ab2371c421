"""Who comes, in one question to the store: may she come in, her name, and her roles."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, select

from store.ids import fit
from store.people_tables import GRANT_ENDS, GRANTS, PERSON_STATES, PERSON_WORDS, PERSONS
from store.tables import CONTENTS
from store.words import Reader, read_words


@dataclass(frozen=True, slots=True)
class Role:
    """One role that somebody has now: where, and for which focus areas (none: all)."""

    role: str
    city_id: str
    country: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person as she stands now: whether she may come in, her name ("" once erased), and her roles."""

    active: bool
    erased: bool
    name: str
    roles: tuple[Role, ...]


_STATE = (
    select(func.max(PERSON_STATES.c.sequence))
    .where(PERSON_STATES.c.person_id == bindparam("person"))
    .scalar_subquery()
)
_WORDS = (
    select(func.max(PERSON_WORDS.c.sequence))
    .where(PERSON_WORDS.c.person_id == bindparam("person"))
    .scalar_subquery()
)
# Asked for every visit of a page, so it is made once, and nothing else is asked.
_QUERY = (
    select(
        PERSON_STATES.c.active,
        CONTENTS.c.content,
        GRANTS.c.role,
        GRANTS.c.city_id,
        GRANTS.c.country,
        GRANTS.c.areas,
        GRANT_ENDS.c.sequence.label("ended"),
    )
    .select_from(PERSONS)
    .outerjoin(PERSON_STATES, PERSON_STATES.c.sequence == _STATE)
    .outerjoin(PERSON_WORDS, PERSON_WORDS.c.sequence == _WORDS)
    .outerjoin(
        CONTENTS, and_(CONTENTS.c.sha256 == PERSON_WORDS.c.words_sha256, CONTENTS.c.content.is_not(None))
    )
    .outerjoin(GRANTS, GRANTS.c.person_id == PERSONS.c.id)
    .outerjoin(GRANT_ENDS, GRANT_ENDS.c.grant_id == GRANTS.c.id)
    .where(PERSONS.c.id == bindparam("person"))
    .order_by(GRANTS.c.sequence)
)


def arrival(reader: Reader, person_id: str) -> Arrival | None:
    """The person of an id as she stands now, None if there is none."""
    rows = reader.execute(_QUERY, {"person": fit(person_id)}).all()
    if not rows:
        return None
    words = None if rows[0].content is None else read_words(bytes(rows[0].content))
    roles = tuple(
        Role(row.role, row.city_id, row.country, tuple(row.areas.split()))
        for row in rows
        if row.role is not None and row.ended is None
    )
    return Arrival(rows[0].active in (None, 1), words is None, str((words or {}).get("name", "")), roles)
