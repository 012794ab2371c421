"""Reading the sourced figures of the reference shelf, each held to the rules of what may stand beside a city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from indicators.cells import known, optional_whole
from indicators.shelf import COMPARABLE_FITS, CONFIDENCES, FITS, LEVELS, STATED, Figure, ReferenceSource
from indicators.tables import Row, read_table
from indicators.wording import in_languages, per_language
from scoring.model import Framework

FIGURE_COLUMNS = (
    "city",
    "measurement",
    "fit",
    "value",
    "stated",
    "year",
    "level",
    "value_printed",
    "source",
    "confidence",
)
FIGURE_STEMS = ("place", "what", "note")


def read_figures(
    folder: Path, framework: Framework, cities: set[str], sources: Mapping[str, ReferenceSource]
) -> tuple[Figure, ...]:
    """The figures of figures.csv in the order of the file; CatalogueError for the first wrong line."""
    languages = framework.languages
    stems = tuple(column for stem in FIGURE_STEMS for column in per_language(stem, languages))
    figures: list[Figure] = []
    seen: dict[tuple[str, ...], int] = {}
    for row in read_table(folder, "figures.csv", (*FIGURE_COLUMNS, *stems)):
        figure = _figure(row, framework, cities, sources)
        key = tuple(row.optional(c) for c in ("city", "measurement", "year", "level", "place_en", "what_en"))
        if key in seen:
            raise row.fault(f"the same figure stands on line {seen[key]}")
        seen[key] = row.line
        figures.append(figure)
    return tuple(figures)


def _figure(
    row: Row, framework: Framework, cities: set[str], sources: Mapping[str, ReferenceSource]
) -> Figure:
    languages = framework.languages
    city = known(row, "city", cities, "cities.csv")
    measurement = row.optional("measurement")
    if measurement:
        _check_measurement(row, framework, measurement)
    elif row.optional("fit"):
        raise row.fault("fit is given, but measurement is empty")
    figure = Figure(
        city=city,
        measurement=measurement,
        fit=row.choice("fit", FITS) if measurement else "",
        value=row.optional_number("value"),
        stated=row.choice("stated", STATED),
        year=optional_whole(row, "year"),
        level=row.choice("level", LEVELS),
        printed=row.number("value_printed"),
        place=in_languages(row, "place", languages),
        what=in_languages(row, "what", languages),
        note=in_languages(row, "note", languages),
        source=known(row, "source", sources, "sources.csv"),
        confidence=row.choice("confidence", CONFIDENCES),
    )
    if figure.comparable:
        _check_comparable(row, framework, figure)
    return figure


def _check_measurement(row: Row, framework: Framework, code: str) -> None:
    if code not in framework.by_code or framework.by_code[code].measurement is None:
        raise row.fault(f'there is no measurement "{code}" in {framework.id}')


def _check_comparable(row: Row, framework: Framework, figure: Figure) -> None:
    """A figure that may stand beside a city's answer; each rule with its own message."""
    if not figure.measurement:
        raise row.fault("value is given, but measurement is empty")
    if figure.level != "city":
        raise row.fault(f"value is given for a {figure.level}: only a city's own figure stands beside a city")
    if figure.fit not in COMPARABLE_FITS:
        raise row.fault(f"value is given, but the fit is {figure.fit}")
    if figure.year is None:
        raise row.fault("value is given without a year")
    if figure.value != figure.printed:
        raise row.fault(f"value is {figure.value:g}, but {figure.printed:g} is printed: nothing is converted")
    measurement = framework.by_code[figure.measurement].measurement
    if measurement and not measurement.plausible_low <= figure.value <= measurement.plausible_high:
        raise row.fault(
            f"value is {figure.value:g} and must lie from {measurement.plausible_low:g} "
            f"to {measurement.plausible_high:g}, as measurement {figure.measurement} asks"
        )


def grouped(figures: Sequence[Figure]) -> Mapping[str, tuple[Figure, ...]]:
    """Measurement -> its figures, newest first within a city, undated ones last."""
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.measurement, []).append(figure)
    order = {city: at for at, city in enumerate(dict.fromkeys(figure.city for figure in figures))}
    return MappingProxyType(
        {
            code: tuple(sorted(group, key=lambda one: (order[one.city], -(one.year or 0))))
            for code, group in groups.items()
        }
    )
