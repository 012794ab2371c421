"""One city beside award-winning cities: their figures with year, fit and source."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from actions import house
from actions.compare_words import Note, Rows, measurement_of, scope_flag, short_label, value_text
from actions.figures import NOTHING, value
from actions.standing import Standing
from indicators.shelf import City, Figure
from locales import mark
from scoring.explain import working
from scoring.model import Panel

_FIT_WORDS: Mapping[str, str] = {
    "same": mark("same definition"),
    "near": mark("near definition"),
    "different": mark("different definition"),
}
STATED_WORDS: Mapping[str, str] = {
    "exact": mark("{number}"),
    "about": mark("about {number}"),
    "over": mark("over {number}"),
    "under": mark("under {number}"),
}


def award_figures(cities: Sequence[City], fits: Sequence[str]) -> list[Figure]:
    """The figures that may stand beside an answer, in the order of the framework."""
    shelf, wanted = house.references(), {city.id for city in cities}
    return [
        figure
        for node in house.framework().measurements
        if node.measurement is not None and node.measurement.scored
        for figure in shelf.beside(node.code)
        if figure.city in wanted and figure.fit in fits
    ]


def by_age(figures: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Figures young enough to stand beside an answer, and those folded away."""
    oldest = house.today().year - house.framework().rules.refused_age
    young = [figure for figure in figures if figure.year is not None and figure.year >= oldest]
    return young, [figure for figure in figures if figure not in young]


def _points_of(code: str, number: float) -> float:
    """The points of one value of one measurement."""
    framework = house.framework()
    panel = Panel(
        ("x",), (code,), np.array([[number]]), np.zeros((1, 1), dtype=bool), np.zeros((1, 1), dtype=bool)
    )
    got = working(framework, panel, "x", code).points
    return math.nan if got is None else got


def _answer_points(where: Standing, code: str) -> float:
    got = working(house.framework(), where.panel, where.uploads[0].id, code).points
    return math.nan if got is None else got


def _stated(figure: Figure, language: str) -> str:
    number = value(figure.value, measurement_of(figure.measurement).unit, language)
    return house.voice(language).say(STATED_WORDS[figure.stated], number=number)


def _city_name(figure: Figure, language: str) -> str:
    return house.references().city(figure.city).words[language].name


def award_chart_rows(
    where: Standing, figures: Sequence[Figure], language: str
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The rows and the reference marks of the chart, in the framework's order."""
    say, total = house.voice(language).say, len(house.references().cities)
    by_code: dict[str, list[Figure]] = {}
    for figure in figures:
        by_code.setdefault(figure.measurement, []).append(figure)
    rows: list[dict[str, object]] = []
    marks: list[dict[str, object]] = []
    for code, group in by_code.items():
        own = _answer_points(where, code)
        text = value_text(where, code, language)
        shelf_count = len(by_age(house.references().beside(code))[0])
        one = f"{text} | {_stated(group[0], language)} ({group[0].year})" if len(group) == 1 else text
        rows.append(
            {
                "code": code,
                "label": short_label(code, language),
                "city": None if math.isnan(own) else own,
                "city_text": text,
                "pair_text": one,
                "remark_text": " · ".join(
                    part
                    for part in (
                        scope_flag(code, language),
                        say("{count} of {total} award cities", count=shelf_count, total=total),
                    )
                    if part
                ),
            }
        )
        marks += [
            {
                "code": code,
                "name": _city_name(figure, language),
                "points": _points_of(code, figure.value or 0.0),
                "text": f"{short_label(code, language)}: {_stated(figure, language)}",
                "note": " · ".join(
                    (
                        str(figure.year),
                        say(_FIT_WORDS[figure.fit]),
                        figure.place[language],
                        figure.what[language],
                    )
                ),
            }
            for figure in group
        ]
    return rows, marks


def award_table(where: Standing, figures: Sequence[Figure], language: str) -> Rows:
    """The table twin of the chart: one row a figure, beside the answer of the city."""
    say, words = house.voice(language).say, house.framework().words[language]
    return tuple(
        {
            say("Measurement"): f"{figure.measurement} {words[figure.measurement].title}",
            say("This city"): value_text(where, figure.measurement, language),
            say("Reference"): say(
                "{city}: {figure} ({year}, {fit})",
                city=_city_name(figure, language),
                figure=_stated(figure, language),
                year=figure.year,
                fit=say(_FIT_WORDS[figure.fit]),
            ),
        }
        for figure in figures
    )


def _explained(figure: Figure, language: str) -> str:
    """What a figure counts, and what to beware of."""
    return " · ".join(part for part in (figure.what[language], figure.note[language]) if part)


def note_cards(figures: Sequence[Figure], language: str) -> tuple[Note, ...]:
    """Every figure as printed, with what it counts and its source."""
    voice, shelf = house.voice(language), house.references()
    words = house.framework().words[language]
    return tuple(
        Note(
            title=voice.say(
                "{measurement} · {place}: {figure} ({year})",
                measurement=f"{figure.measurement} {words[figure.measurement].title}",
                place=figure.place[language],
                figure=voice.say(
                    STATED_WORDS[figure.stated], number=voice.number(figure.printed, 2, fixed=False)
                ),
                year=figure.year or NOTHING,
            ),
            text=_explained(figure, language),
            source=shelf.sources[figure.source].title,
            link=shelf.sources[figure.source].url,
        )
        for figure in figures
    )
