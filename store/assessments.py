"""A city's assessments: one a year, each with a record of its own, going on from an earlier one or not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from store.ids import is_id, new_id, now
from store.room_tables import ASSESSMENTS
from store.words import Reader
from store.writing import Writing


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment: of which city, for which year, begun when and by whom, going on from which one ("" for none)."""

    id: str
    city_id: str
    year: int
    from_id: str
    by: str
    at: str


class BegunAlreadyError(LookupError):
    """The city has an assessment for this year; its id is the argument."""


_COLUMNS = tuple(ASSESSMENTS.c[name] for name in Assessment.__slots__)


def begin(writing: Writing, city_id: str, year: int, from_id: str = "") -> Assessment:
    """A new assessment of a city for a year; BegunAlreadyError where there is one."""
    known = writing.execute(
        select(ASSESSMENTS.c.id).where(ASSESSMENTS.c.city_id == city_id, ASSESSMENTS.c.year == year)
    ).scalar()
    if known is not None:
        raise BegunAlreadyError(known)
    made = Assessment(new_id(), city_id, year, from_id, writing.actor, now())
    writing.add(ASSESSMENTS, {name: getattr(made, name) for name in Assessment.__slots__})
    writing.about(made.id, city=city_id, year=year)
    return made


def assessment(reader: Reader, assessment_id: str) -> Assessment | None:
    """The assessment of that id, None if there is none."""
    if not is_id(assessment_id):
        return None
    row = reader.execute(select(*_COLUMNS).where(ASSESSMENTS.c.id == assessment_id)).first()
    return None if row is None else Assessment(*row)


def assessments_of(reader: Reader, city_id: str) -> tuple[Assessment, ...]:
    """The assessments of a city, the latest year first."""
    rows = reader.execute(
        select(*_COLUMNS).where(ASSESSMENTS.c.city_id == city_id).order_by(ASSESSMENTS.c.year.desc())
    )
    return tuple(Assessment(*row) for row in rows)
