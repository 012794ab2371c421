"""How did a figure go over the years, and where can its years not be compared?

A series is cut in a year in which a measurement says that its value cannot be compared with earlier ones, or in which
something else was asked or judged by other rules. A node's line is cut by every measurement below it. Nothing is
joined and no difference is worked out over a cut.

Source: OECD, "Data and Metadata Reporting and Presentation Handbook" (2007), on series breaks: a break is marked
where it is, with its reason. That no difference is worked out over it is this tool's own rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from scoring.model import Framework

# In place of a measurement's code: what concerns all of them.
EVERYTHING = ""
# Year -> measurement's code, or EVERYTHING -> why it cannot be compared with earlier years.
Breaks = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Cut:
    """From `year` on a line cannot be compared with earlier years, `by` these measurements for these reasons."""

    year: int
    by: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One year of a line: its value (None for none), and the stretch between two cuts that it lies in, from 0.

    `change` is the difference to the last value before it in the same stretch, None where there is none.
    """

    year: int
    value: float | None
    stretch: int
    change: float | None


@dataclass(frozen=True, slots=True)
class Trend:
    """One node or measurement over the years, the first one first, and where its line is cut."""

    code: str
    dots: tuple[Dot, ...]
    cuts: tuple[Cut, ...]


def measurements_below(framework: Framework, code: str) -> tuple[str, ...]:
    """The measurements of a node in the order of the framework, itself for a measurement; KeyError for none such."""
    if framework.by_code[code].measurement is not None:
        return (code,)
    return tuple(leaf for child in framework.children[code] for leaf in measurements_below(framework, child))


def cuts_of(
    framework: Framework, code: str, years: Collection[int], breaks: Breaks, counted: Collection[str]
) -> tuple[Cut, ...]:
    """Where a node's line is cut: at breaks of measurements below it that are `counted`, and of everything.

    The first year has none: there is nothing before it. ValueError for breaks in a year that is not there.
    """
    if unknown := sorted(set(breaks) - set(years)):
        raise ValueError(f"breaks are said for {unknown}, and there are values for {sorted(years)} only")
    below = [
        one for one in (EVERYTHING, *measurements_below(framework, code)) if one in {EVERYTHING, *counted}
    ]
    found = []
    for year in sorted(years)[1:]:
        said = breaks.get(year, {})
        by = tuple((one, said[one]) for one in below if one in said)
        if by:
            found.append(Cut(year, by))
    return tuple(found)


def trend(code: str, values: Mapping[int, float | None], cuts: Iterable[Cut]) -> Trend:
    """A line over the years from its values (year -> value, None for none), cut at `cuts`.

    With values v in a stretch, change(t) = v(t) - v(s), s the last year before t with a value in that stretch.
    """
    cuts = tuple(sorted(cuts, key=lambda one: one.year))
    starts = {one.year for one in cuts}
    dots: list[Dot] = []
    stretch, last = 0, None
    for year in sorted(values):
        if year in starts:
            stretch, last = stretch + 1, None
        value = values[year]
        change = None if value is None or last is None else value - last
        dots.append(Dot(year, value, stretch, change))
        last = last if value is None else value
    return Trend(code, tuple(dots), cuts)
