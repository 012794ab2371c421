"""What lists say of uploads: written with each upload, so that no list opens a reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, or_, select

from scoring.model import Reading
from store.engine import Store
from store.ids import fit, is_id
from store.people_tables import UPLOAD_OWNERS
from store.room_tables import ASSESSMENT_STATES, RECORD_COPIES, VISIBILITIES
from store.tables import CITIES, SUBMISSIONS, SUMMARIES, UPLOADS
from store.writing import Writing

# SQLite takes 32,766 values in a statement, PostgreSQL's driver 65,535.
_AT_ONCE = 10_000
_BATCH = 500
_LATEST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Summary:
    """An upload in short: when it came, what the file was called, and what stands in it.

    `name` is the city's as its workbook gives it ("" for none), `year` that of the self-assessment.
    """

    id: str
    at: dt.datetime
    file: str
    sha256: str
    name: str
    year: int | None
    invented: bool
    refused: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Among which uploads to look: all of some cities, a person's own of no city, and what was handed in.

    Of what was handed in: that of cities in `countries`, or with `submitted` all of it, and copies of assessments for
    which somebody ever chose one of the visibilities in `chosen`.
    """

    cities: tuple[str, ...] = ()
    person: str = ""
    countries: tuple[str, ...] = ()
    submitted: bool = False
    chosen: tuple[str, ...] = ()


def summarise(writing: Writing, upload_id: str, reading: Reading) -> None:
    """Write what lists will say of a new upload."""
    name, year = reading.profile.get("name"), reading.profile.get("assessment_year")
    writing.add(
        SUMMARIES,
        {
            "upload_id": upload_id,
            "name": "" if name is None else fit(str(name)),
            "year": int(year) if isinstance(year, int | float) and 0 < year <= _LATEST_YEAR else 0,
            "invented": int(reading.invented),
            "refused": int(reading.refused is not None),
        },
    )


def summaries(store: Store, upload_ids: Sequence[str]) -> Mapping[str, Summary]:
    """Some uploads in short; ids under which none is kept are left out."""
    found: dict[str, Summary] = {}
    with store.reading() as connection:
        for start in range(0, len(upload_ids), _AT_ONCE):
            some = [one for one in upload_ids[start : start + _AT_ONCE] if is_id(one)]
            for row in connection.execute(_query().where(UPLOADS.c.id.in_(some))):
                found[row.id] = _summary(row)
    return found


def usable(store: Store, reach: Reach | None = None) -> Iterator[tuple[Summary, ...]]:
    """Uploads whose file was not refused, newest first, some hundred at a time; all of them where no reach is given.

    Whoever asks stops when there are enough. What lies within a reach is no right: those are asked for afterwards.
    """
    query = _query().where(SUMMARIES.c.refused == 0).order_by(UPLOADS.c.sequence.desc()).limit(_BATCH)
    if reach is not None:
        query = query.where(or_(*(UPLOADS.c.id.in_(one) for one in _within(reach))))
    last: int | None = None
    while True:
        further = query if last is None else query.where(UPLOADS.c.sequence < last)
        with store.reading() as connection:
            rows = connection.execute(further).all()
        yield tuple(map(_summary, rows))
        if len(rows) < _BATCH:
            return
        last = rows[-1].sequence


def _query() -> Select[tuple[object, ...]]:
    return select(
        UPLOADS.c.sequence,
        UPLOADS.c.id,
        UPLOADS.c.at,
        UPLOADS.c.name.label("file"),
        UPLOADS.c.sha256,
        SUMMARIES.c.name,
        SUMMARIES.c.year,
        SUMMARIES.c.invented,
        SUMMARIES.c.refused,
    ).join(SUMMARIES, SUMMARIES.c.upload_id == UPLOADS.c.id)


def _within(reach: Reach) -> Iterator[Select[tuple[str]]]:
    """The ids of each part of a reach, found by an index: an actor's own are found however far they lie behind."""
    owned = select(UPLOAD_OWNERS.c.upload_id)
    yield owned.where(UPLOAD_OWNERS.c.city_id.in_([one for one in reach.cities if one]))
    if reach.person:
        yield owned.where(UPLOAD_OWNERS.c.city_id == "", UPLOAD_OWNERS.c.person == reach.person)
    if reach.submitted:
        yield select(SUBMISSIONS.c.upload_id)
    elif reach.countries:
        yield (
            select(SUBMISSIONS.c.upload_id)
            .join(UPLOAD_OWNERS, UPLOAD_OWNERS.c.upload_id == SUBMISSIONS.c.upload_id)
            .join(CITIES, CITIES.c.id == UPLOAD_OWNERS.c.city_id)
            .where(CITIES.c.country.in_(reach.countries))
        )
    if reach.chosen and not reach.submitted:
        for copies in (RECORD_COPIES, ASSESSMENT_STATES):
            yield (
                select(copies.c.upload_id)
                .join(VISIBILITIES, VISIBILITIES.c.assessment_id == copies.c.assessment_id)
                .where(VISIBILITIES.c.choice.in_(reach.chosen))
            )


def _summary(row: Row[tuple[object, ...]]) -> Summary:
    return Summary(
        id=row.id,
        at=dt.datetime.fromisoformat(row.at),
        file=row.file,
        sha256=row.sha256,
        name=row.name,
        year=row.year or None,
        invented=row.invented == 1,
        refused=row.refused == 1,
    )
