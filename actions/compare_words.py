"""What the comparison shows, and the words that every comparison shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.figures import value
from actions.standing import Standing
from locales import mark
from reports.charts import Spec
from scoring.model import Measurement

Rows = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """What a reference city does on a feature, with its source."""

    city: str
    title: str
    text: str
    features: str
    source: str
    link: str


@dataclass(frozen=True, slots=True)
class Note:
    """One reference figure as its source prints it."""

    title: str
    text: str
    source: str
    link: str


@dataclass(frozen=True, slots=True)
class Partner:
    """Whom the city is compared with, in words; empty parts do not apply."""

    name: str
    facts: str
    profile: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything the comparison shows, in words."""

    partner: Partner
    practices: tuple[PracticeCard, ...]
    more: int  # practice examples beyond those in view
    basis: str
    chart: Spec | None
    chart_description: str
    table: Rows
    notes: tuple[Note, ...]
    older: tuple[Note, ...]
    different: tuple[Note, ...]
    context: tuple[Note, ...]


_NARROW_SCOPES: Mapping[str, str] = {
    "eu": mark("goalpost set for the European Union"),
    "national": mark("goalpost set for countries"),
}


def measurement_of(code: str) -> Measurement:
    """The measurement of a code; KeyError for any other node."""
    found = house.framework().by_code[code].measurement
    if found is None:
        raise KeyError(code)
    return found


def short_label(code: str, language: str) -> str:
    """Number and short name of a measurement."""
    return f"{code} {house.framework().words[language][code].short}"


def scope_flag(code: str, language: str) -> str:
    """A warning where the goalpost was set for some places only; "" elsewhere."""
    scope = measurement_of(code).goalpost_scope
    return house.voice(language).say(_NARROW_SCOPES[scope]) if scope in _NARROW_SCOPES else ""


def value_text(where: Standing, code: str, language: str) -> str:
    """What the city answered, with its unit."""
    given = where.observation(code)
    return value(given.value if given else None, measurement_of(code).unit, language)


def chart_titles(language: str) -> dict[str, str]:
    """The titles of axis and columns of the chart."""
    say = house.voice(language).say
    return {
        "axis": say("points, 0 to 100"),
        "row": say("Measurement"),
        "city": say("This city"),
        "reference": say("Reference"),
        "note": say("Year, fit and place"),
    }
