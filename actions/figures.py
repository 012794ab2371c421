"""Scores as a reader sees them: rounded once, in the reader's language, with the level's name."""

from __future__ import annotations

import math
from collections.abc import Sequence

from actions import house
from scoring.levels import level
from scoring.rounding import published

NOTHING = "–"


def points(value: float, language: str) -> str:
    """Points at the published rounding; a dash where there is no score."""
    if math.isnan(value):
        return NOTHING
    framework = house.framework()
    digits = framework.rules.published_decimals
    return house.voice(language).number(float(published(value, digits)), digits)


def bracket(assured: float, upper: float, language: str) -> str:
    """The lowest and highest possible score, as "a – b"; one number where they agree."""
    low, high = points(assured, language), points(upper, language)
    return low if low == high else f"{low} – {high}"


def share(value: float, language: str) -> str:
    """A share 0-1 as a whole percentage; a dash where it does not apply."""
    return NOTHING if math.isnan(value) else house.voice(language).percent(value)


def band(value: float) -> str:
    """The id of the level that a score reaches; "" where there is no score."""
    return "" if math.isnan(value) else level(house.framework(), value)


def band_name(value: float, language: str) -> str:
    """The level as letter and neutral name, such as "C · developing"; a dash where there is no score."""
    letter = band(value)
    return f"{letter} · {house.terms(language)[f'band.{letter}']}" if letter else NOTHING


def band_rows() -> list[dict[str, object]]:
    """The levels as stretches of the points axis, for charts: letter, start, end and middle in points."""
    bands = house.framework().rules.bands
    ends = [one.start for one in bands[1:]] + [house.framework().rules.points_maximum]
    return [
        {"letter": one.id, "start": one.start, "end": end, "middle": (one.start + end) / 2}
        for one, end in zip(bands, ends, strict=True)
    ]


def value(number: float | None, unit: str, language: str) -> str:
    """A measured value with its unit in words; a dash where there is none."""
    if number is None or math.isnan(number):
        return NOTHING
    text = house.voice(language).number(number, 2, fixed=False)
    if unit == "percent":
        return f"{text}%"
    return f"{text} {house.framework().units[language].get(unit, '')}".rstrip()


def size(number: float, language: str) -> str:
    """A count such as a population."""
    return house.voice(language).number(number)


def names(items: Sequence[str], language: str) -> str:
    """Several titles in one sentence."""
    return house.voice(language).series(items)
