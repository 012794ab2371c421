"""A contributor's workbook counts for the focus areas asked of her; its other rows are set aside, and said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indicators import findings
from scoring.model import Reading

KIND = "areas_counted"
_APART = ", "


def within(reading: Reading, areas: Sequence[str] | None) -> Reading:
    """A reading with the rows of some focus areas alone (None: all of them), and a finding that says so.

    Ratings and measurements of other areas, and what was found about them, are left out; the profile stays.
    """
    if areas is None or reading.refused is not None:
        return reading
    inside = {code: row for code, row in reading.observations.items() if area_of(code) in areas}
    outside = set(reading.observations) - set(inside)
    aside = len([one for one in outside if _says(reading, one)]) + sum(
        row.value is not None or bool(row.raw) for row in reading.ratings.values()
    )
    told = findings.make(KIND, areas=_APART.join(areas), count=aside)
    left = tuple(
        one for one in reading.findings if one.code not in outside and one.code not in reading.ratings
    )
    return replace(reading, observations=inside, ratings={}, findings=(told, *left))


def areas_counted(reading: Reading) -> tuple[str, ...] | None:
    """The focus areas that a kept reading counts for; None where nothing was set aside."""
    told = next((one for one in reading.findings if one.kind == KIND), None)
    return None if told is None else tuple(str(told.facts["areas"]).split(_APART))


def area_of(code: str) -> str:
    """The focus area of a measurement."""
    return code.partition(".")[0]


def _says(reading: Reading, code: str) -> bool:
    row = reading.observations[code]
    return row.value is not None or bool(row.state or row.raw or row.remark or row.series_break)
