"""Who may see an assessment that was handed in, as its city chose: every choice is kept, the last one counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union

from store.ids import is_id, now
from store.room_tables import ASSESSMENT_STATES, RECORD_COPIES, VISIBILITIES
from store.words import Reader
from store.writing import Writing

# From the fewest to the most: the city and whoever must process it, the jury, every city, everybody who signs in.
PRIVATE, JURY, NETWORK, PUBLIC = CHOICES = ("private", "jury", "network", "public")
# What holds for an assessment until its city says otherwise, and for a workbook handed in without a room.
DEFAULT = JURY
# SQLite takes 32,766 values in a statement.
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Visibility:
    """What was chosen last, by whom and when; version 0 is the choice that nobody made yet."""

    assessment_id: str
    version: int
    choice: str
    by: str
    at: str


class ChosenMeanwhileError(Exception):
    """Somebody else chose since: `.visibility` is what holds now."""

    def __init__(self, visibility: Visibility) -> None:
        super().__init__(f"the visibility is at version {visibility.version}: {visibility.choice}")
        self.visibility = visibility


_COLUMNS = tuple(VISIBILITIES.c[name] for name in Visibility.__slots__)
_OTHERS = VISIBILITIES.alias()


def visibility(reader: Reader, assessment_id: str) -> Visibility:
    """What holds for an assessment now."""
    found = visibilities(reader, (assessment_id,)).get(assessment_id)
    return found or Visibility(assessment_id, 0, DEFAULT, "", "")


def visibilities(reader: Reader, assessment_ids: Collection[str]) -> Mapping[str, Visibility]:
    """What was chosen last for some assessments; those for which nobody chose are left out."""
    rows = (
        row
        for some in _parts(assessment_ids)
        for row in reader.execute(select(*_COLUMNS).where(VISIBILITIES.c.assessment_id.in_(some), _last()))
    )
    return {row.assessment_id: Visibility(*row) for row in rows}


def choose(writing: Writing, assessment_id: str, choice: str, *, base: int) -> Visibility:
    """Choose on top of version `base`; ChosenMeanwhileError if that is not the last any more.

    ValueError for something else than one of CHOICES. What holds already makes no version.
    """
    if choice not in CHOICES:
        raise ValueError(f"{choice!r} is no visibility: {', '.join(CHOICES)}")
    last = visibility(writing, assessment_id)
    if last.choice == choice:
        return last
    if last.version != base:
        raise ChosenMeanwhileError(last)
    made = Visibility(assessment_id, base + 1, choice, writing.actor, now())
    writing.add(VISIBILITIES, {name: getattr(made, name) for name in Visibility.__slots__})
    return made


def visibilities_of_uploads(reader: Reader, upload_ids: Collection[str]) -> Mapping[str, str]:
    """Who may see the assessments that some uploads are copies of, the strictest of several; others are left out.

    An upload is a copy of an assessment whose record it shows, or as which it was signed or handed in.
    """
    found: dict[str, str] = {}
    for some in _parts(upload_ids):
        for row in reader.execute(_of_uploads(some)):
            choice = row.choice or DEFAULT
            found[row.upload_id] = min(found.get(row.upload_id, choice), choice, key=CHOICES.index)
    return found


def _of_uploads(upload_ids: Collection[str]) -> Select[Any]:
    copies = union(
        *(
            select(table.c.upload_id, table.c.assessment_id).where(table.c.upload_id.in_(upload_ids))
            for table in (RECORD_COPIES, ASSESSMENT_STATES)
        )
    ).subquery()
    return select(copies.c.upload_id, VISIBILITIES.c.choice).select_from(
        copies.outerjoin(VISIBILITIES, (VISIBILITIES.c.assessment_id == copies.c.assessment_id) & _last())
    )


def _last() -> ColumnElement[bool]:
    newest = (
        select(func.max(_OTHERS.c.version))
        .where(_OTHERS.c.assessment_id == VISIBILITIES.c.assessment_id)
        .correlate(VISIBILITIES)
        .scalar_subquery()
    )
    return VISIBILITIES.c.version == newest


def _parts(ids: Collection[str]) -> Iterator[list[str]]:
    known = [one for one in ids if is_id(one)]
    for start in range(0, len(known), _AT_ONCE):
        yield known[start : start + _AT_ONCE]
