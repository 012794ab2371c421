"""An invented jury, and the marks that it gives the invented cities: from tables, the same every time."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from indicators.tables import Row, read_table, unique
from sample_data.tables import FOLDER, LANGUAGES

JURY_COLUMNS = (
    *("id", "role", "name_en", "name_zh", "employer_en", "employer_zh"),
    *("country", "languages", "most", "severity"),
)
CONFLICT_COLUMNS = ("member", "city", "conflict", "note_en", "note_zh")
# By how much a mark strays from what the city is worth to its juror.
NOISE = 0.35
SEED = 2026


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the invented jury; `severity` is how much lower than others she marks."""

    id: str
    role: str
    names: Mapping[str, str]
    employers: Mapping[str, str]
    country: str
    languages: tuple[str, ...]
    most: int
    severity: float


@dataclass(frozen=True, slots=True)
class InventedConflict:
    """A conflict that a member of the invented jury declares."""

    member: str
    city: str
    conflict: str
    notes: Mapping[str, str]


@cache
def members() -> tuple[Member, ...]:
    """The invented jury, in the order of jury.csv."""
    rows = unique(read_table(FOLDER, "jury.csv", JURY_COLUMNS), "id")
    return tuple(
        Member(
            id=id,
            role=row.text("role"),
            names={language: row.text(f"name_{language}") for language in LANGUAGES},
            employers={language: row.text(f"employer_{language}") for language in LANGUAGES},
            country=row.optional("country"),
            languages=row.parts("languages"),
            most=int(row.number("most")),
            severity=row.number("severity"),
        )
        for id, row in rows.items()
    )


@cache
def conflicts() -> tuple[InventedConflict, ...]:
    """The conflicts that the invented jury declares."""
    return tuple(
        InventedConflict(
            row.text("member"),
            row.text("city"),
            row.text("conflict"),
            {language: row.text(f"note_{language}") for language in LANGUAGES},
        )
        for row in read_table(FOLDER, "conflicts.csv", CONFLICT_COLUMNS)
    )


@cache
def _merits() -> Mapping[str, Row]:
    rows = read_table(FOLDER, "merit.csv", ("city", *_criteria()))
    return unique(rows, "city")


@cache
def _criteria() -> tuple[str, ...]:
    with (FOLDER / "merit.csv").open(encoding="utf-8") as handle:
        return tuple(handle.readline().strip().split(",")[1:])


def merit(city: str) -> Mapping[str, float]:
    """What an invented city is worth on every criterion, by the invented truth."""
    return {name: _merits()[city].number(name) for name in _criteria()}


def invented_marks(member: Member, cities: Sequence[str]) -> Mapping[tuple[str, str], float]:
    """What a member gives some cities: (city, criterion) -> mark in half levels from 1 to 5."""
    found = {}
    for city in cities:
        # Each pair has a stream of its own: who else is marked changes nothing.
        rng = random.Random(f"{SEED} {member.id} {city}")  # no secret hangs on it
        for name, worth in merit(city).items():
            given = worth - member.severity + rng.gauss(0, NOISE)
            found[city, name] = min(5.0, max(1.0, round(given * 2) / 2))
    return found
