"""What the tables of the invented cities say, as the reading that a workbook should give back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators.tables import Row, read_table, unique
from scoring.model import Declaration, Framework, Observation, Place, Reading

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh")

PROFILE_TEXTS = (
    "country",
    "region",
    "governing_body",
    "adopted_beijing_declaration",
    "adopted_key_features",
    "contact_email",
)
PROFILE_WHOLES = ("population", "population_year", "member_since", "assessment_year")
PROFILE_TRANSLATED = ("name", "contact_name")
CITY_COLUMNS = (
    "id",
    *(f"{field}_{language}" for field in (*PROFILE_TRANSLATED, "about") for language in LANGUAGES),
    *PROFILE_TEXTS,
    *PROFILE_WHOLES,
    "area_km2",
    "character",
)
RATING_COLUMNS = (
    "city",
    "code",
    "value",
    "grade",
    "source_en",
    "source_zh",
    "link",
    "remark_en",
    "remark_zh",
)
ANSWER_COLUMNS = (*RATING_COLUMNS, "year", "state", "break_en", "break_zh")
NOWHERE = Place("", "")


@dataclass(frozen=True, slots=True)
class City:
    """One invented city: its id, what it shows (`character`), its name and a sentence about it by language."""

    id: str
    character: str
    names: Mapping[str, str]
    about: Mapping[str, str]


@cache
def cities() -> Mapping[str, City]:
    """The invented cities by id, in the order of cities.csv."""
    return MappingProxyType(
        {
            key: City(
                id=key,
                character=row.text("character"),
                names={language: row.text(f"name_{language}") for language in LANGUAGES},
                about={language: row.text(f"about_{language}") for language in LANGUAGES},
            )
            for key, row in _profiles().items()
        }
    )


def reading(city_id: str, framework: Framework, declaration: Declaration, language: str) -> Reading:
    """What the tables say of one city, its texts in `language` ("en", "zh"); KeyError for an unknown city.

    Values are in the measurement's unit; where something else than a plain number is to be typed, such as
    "0.3%" or "8,7", `raw` holds it and there is no value until somebody reads the cell. Places are empty.
    """
    return Reading(
        framework=framework.id,
        edition=framework.edition,
        language=language,
        invented=True,
        profile=_profile(_profiles()[city_id], language),
        observations={
            row.text("code"): replace(
                _observation(row, language, row.text("state"), row.optional_number("year")),
                series_break=row.optional(f"break_{language}"),
            )
            for row in _of(city_id, _answers())
        },
        ratings={
            f"{declaration.id}:{row.text('code')}": _observation(row, language, "answered", None)
            for row in _of(city_id, _ratings())
        },
        findings=(),
    )


@cache
def _profiles() -> Mapping[str, Row]:
    return unique(read_table(FOLDER, "cities.csv", CITY_COLUMNS), "id")


@cache
def _answers() -> tuple[Row, ...]:
    return read_table(FOLDER, "answers.csv", ANSWER_COLUMNS)


@cache
def _ratings() -> tuple[Row, ...]:
    return read_table(FOLDER, "ratings.csv", RATING_COLUMNS)


def _of(city_id: str, rows: Iterable[Row]) -> Iterable[Row]:
    return (row for row in rows if row.text("city") == city_id)


def _profile(row: Row, language: str) -> Mapping[str, str | float | int]:
    texts = {field: row.text(field) for field in PROFILE_TEXTS}
    translated = {field: row.text(f"{field}_{language}") for field in PROFILE_TRANSLATED}
    wholes = {field: int(row.number(field)) for field in PROFILE_WHOLES}
    return {**texts, **translated, **wholes, "area_km2": row.number("area_km2"), "invented": "yes"}


def _observation(row: Row, language: str, state: str, year: float | None) -> Observation:
    typed = row.optional("value")
    value = _number(typed)
    return Observation(
        code=row.text("code"),
        value=value,
        state=state,
        year=None if year is None else int(year),
        grade=row.optional("grade"),
        source=row.optional(f"source_{language}"),
        link=row.optional("link"),
        remark=row.optional(f"remark_{language}"),
        place=NOWHERE,
        raw=typed if value is None else "",
    )


def _number(typed: str) -> float | None:
    try:
        return float(typed)
    except ValueError:
        return None
