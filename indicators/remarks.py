"""Does a remark say something else than its row? Three rules; each asks and never blocks.

A remark that names one percentage other than the value, one year other than the reference year, or a number with
the unit of something else is shown to the person who wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from indicators import findings
from indicators.tables import read_table
from scoring.model import Finding, Framework, Observation

FOLDER = Path(__file__).parent
PERCENT = "percent"
# Roundings of one figure differ by less.
TOLERANCE = 0.5
_PERCENTAGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:%|％|per ?cent|percent|个百分点)")
_CHINESE_PERCENTAGE = re.compile(r"百分之\s*(\d+(?:\.\d+)?)")
_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d.,]*\d)")
# Only where a remark says that the figure itself is of a year; "76 % in 2015" tells of the past.
_YEAR_OF_FIGURE = re.compile(
    r"(?:as of|figures? (?:for|of|from|is for|are for)|data (?:for|of|from)|census of|survey of|value (?:for|of)"
    r"|截至|数据年份[为:：]?|数据截至)\s*((?:19|20)\d\d)|((?:19|20)\d\d)\s*年?(?:的?数据|普查|调查数据)",
    re.IGNORECASE,
)
# The share of everybody else says the same as the share itself.
_WHOLE = 100.0


@cache
def _units() -> Mapping[str, tuple[str, ...]]:
    """Which words of a remark name which unit: unit -> words."""
    rows = read_table(FOLDER, "remark_units.csv", ("unit", "words"))
    return {row.text("unit"): tuple(row.text("words").split("|")) for row in rows}


@cache
def _unit_pattern() -> re.Pattern[str]:
    words = sorted((word for group in _units().values() for word in group), key=len, reverse=True)
    return re.compile(
        r"\d\s*(" + "|".join(re.escape(word) for word in words) + r")(?![A-Za-z])", re.IGNORECASE
    )


def check_remarks(framework: Framework, observations: Mapping[str, Observation]) -> Iterator[Finding]:
    """A question for every remark that contradicts the value, the year or the unit of its row."""
    for code, given in observations.items():
        measurement = framework.by_code[code].measurement
        if measurement is None or given.value is None or not given.remark:
            continue
        other = _other_percentage(given) if measurement.unit == PERCENT else None
        if other is not None:
            yield findings.make("remark_value", given.place, code, found=given.value, other=other)
        years = {int(one or two) for one, two in _YEAR_OF_FIGURE.findall(given.remark)}
        if given.year and len(years) == 1 and given.year not in years:
            yield findings.make("remark_year", given.place, code, found=given.year, other_year=years.pop())
        unit = _other_unit(given.remark, measurement.unit)
        if unit:
            yield findings.make("remark_unit", given.place, code, found=unit)


def _other_percentage(given: Observation) -> float | None:
    """The one percentage of a remark that can only mean the value and is not it; None if there is none."""
    texts = _PERCENTAGE.findall(given.remark) + _CHINESE_PERCENTAGE.findall(given.remark)
    named = {float(text.replace(",", ".")) for text in texts}
    years = {int(year) for year in _YEAR.findall(given.remark)}
    if len(named) != 1 or years - {given.year} or given.value is None:
        return None
    other = named.pop()
    same = any(abs(other - one) <= TOLERANCE for one in (given.value, _WHOLE - given.value))
    return None if same else other


def _other_unit(remark: str, unit: str) -> str:
    """A unit that the remark gives a number in and that cannot be the measurement's; "" if there is none.

    Shares are often explained in other units (a poverty line in dollars), so only per mille contradicts a percentage.
    """
    if unit == PERCENT:
        found = {match.group(1).lower() for match in _unit_pattern().finditer(remark)}
        return min(found & {word.lower() for word in _units()["per_mille"]}, default="")
    if unit not in _units():
        return ""
    found = {match.group(1).lower() for match in _unit_pattern().finditer(remark)}
    own = {word.lower() for word in _units().get(unit, ())}
    other = found - own
    return min(other) if other and not found & own else ""
