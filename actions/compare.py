"""One city beside others: what they do, then what they measure, and what both have in common."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from actions import house
from actions.access import Actor, see
from actions.figures import NOTHING, points, size, value
from actions.listing import called, recent_uploads
from actions.standing import UPLOADED, Standing, ids_of, stand, standing, upload
from actions.uploads import city_name
from indicators.shelf import City, Figure
from locales import mark
from reports.charts import Spec, beside
from reports.palette import palette
from scoring.compare import common_basis
from scoring.explain import working
from scoring.model import Measurement, Panel

FITS = ("same", "near")
_FIT_WORDS: Mapping[str, str] = {
    "same": mark("same definition"),
    "near": mark("near definition"),
    "different": mark("different definition"),
}
_STATED_WORDS: Mapping[str, str] = {
    "exact": mark("{number}"),
    "about": mark("about {number}"),
    "over": mark("over {number}"),
    "under": mark("under {number}"),
}
_NARROW_SCOPES: Mapping[str, str] = {
    "eu": mark("goalpost set for the European Union"),
    "national": mark("goalpost set for countries"),
}
ALL = "all"
# Practice examples shown at once; the others are folded away.
IN_VIEW = 6
# How many other uploaded cities are offered as a further reference.
_OTHERS_OFFERED = 30

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


def partners(actor: Actor, upload_id: str, language: str) -> dict[str, str]:
    """With whom a city can be compared: award-winning cities first, then other uploaded cities that may be seen."""
    see(actor, upload_id)
    say = house.voice(language).say
    offered = {
        city.id: say(
            "{city} · award {years}",
            city=city.words[language].name,
            years=", ".join(str(year) for year in city.award_years),
        )
        for city in house.references().cities
    }
    offered[ALL] = say("All ten award cities of 2021")
    for other in recent_uploads(actor, _OTHERS_OFFERED):
        if other.id != upload_id:
            offered[UPLOADED + other.id] = say(
                "{city} · uploaded {moment}",
                city=called(other) or other.file,
                moment=house.voice(language).moment(other.at),
            )
    return offered


def practice_features(language: str) -> dict[str, str]:
    """The features that any practice example is about: code -> title, in the framework's order."""
    words = house.framework().words[language]
    used = {code for practice in house.references().practices for code in practice.features}
    return {
        node.code: f"{node.code} {words[node.code].title}"
        for node in house.framework().at_level("feature")
        if node.code in used
    }


def compare(
    actor: Actor,
    upload_id: str,
    partner: str,
    basket: str,
    fits: tuple[str, ...],
    feature: str,
    language: str,
    dark: bool,
) -> ComparePage:
    """One upload beside a partner of `partners`; NotKeptError for an unknown upload, KeyError for an unknown city.

    `fits` are those of FITS that count; `feature` narrows the practice examples, "" shows all.
    """
    see(actor, *ids_of(upload_id, partner))
    return _compare(upload_id, partner, basket, fits, feature, language, dark)


@lru_cache(maxsize=256)
def _compare(
    upload_id: str, partner: str, basket: str, fits: tuple[str, ...], feature: str, language: str, dark: bool
) -> ComparePage:
    where = standing(upload_id, basket)
    if partner.startswith(UPLOADED):
        return _beside_upload(where, partner.removeprefix(UPLOADED), language, dark)
    shelf = house.references()
    cities = shelf.cities if partner == ALL else (shelf.city(partner),)
    figures = _figures(cities, fits)
    newest, older = _by_age(figures)
    rows, marks = _chart_rows(where, newest, language)
    examples = _practices(cities, feature, language)
    described = None if partner == ALL else _partner(where, cities[0], language)
    say = house.voice(language).say
    return ComparePage(
        partner=described
        or Partner(
            say("The ten award cities of 2021"),
            say("No average and no rank: each figure stands for itself, with its city and year."),
            "",
            (),
        ),
        practices=examples,
        more=max(len(examples) - IN_VIEW, 0),
        basis="" if partner == ALL else _basis(where, cities[0], newest, language),
        chart=beside(rows, marks, _titles(language), palette(dark)) if rows else None,
        chart_description=say(
            "The city and the reference on every measurement that both sides can show, in points; "
            "the table holds values, years, fit and sources."
        ),
        table=_table(where, newest, language),
        notes=_notes(newest, language),
        older=_notes(older, language),
        different=_notes(
            [
                f
                for city in cities
                for f in shelf.of_city(city.id)
                if f.fit == "different" and f.level == "city"
            ],
            language,
        ),
        context=_notes(
            [f for city in cities for f in shelf.of_city(city.id) if f.level != "city" and f.measurement],
            language,
        ),
    )


def _figures(cities: Sequence[City], fits: Sequence[str]) -> list[Figure]:
    """The figures that may stand beside an answer, in the order of the framework."""
    shelf, wanted = house.references(), {city.id for city in cities}
    return [
        figure
        for node in house.framework().measurements
        if node.measurement is not None and node.measurement.scored
        for figure in shelf.beside(node.code)
        if figure.city in wanted and figure.fit in fits
    ]


def _by_age(figures: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
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


def _measurement(code: str) -> Measurement:
    found = house.framework().by_code[code].measurement
    if found is None:
        raise KeyError(code)
    return found


def _label(code: str, language: str) -> str:
    """Number and short name of a measurement."""
    return f"{code} {house.framework().words[language][code].short}"


def _scope_flag(code: str, language: str) -> str:
    """A warning where the goalpost was set for some places only; "" elsewhere."""
    scope = _measurement(code).goalpost_scope
    return house.voice(language).say(_NARROW_SCOPES[scope]) if scope in _NARROW_SCOPES else ""


def _value(where: Standing, code: str, language: str) -> str:
    given = where.observation(code)
    return value(given.value if given else None, _measurement(code).unit, language)


def _stated(figure: Figure, language: str) -> str:
    number = value(figure.value, _measurement(figure.measurement).unit, language)
    return house.voice(language).say(_STATED_WORDS[figure.stated], number=number)


def _city_name(figure: Figure, language: str) -> str:
    return house.references().city(figure.city).words[language].name


def _chart_rows(
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
        text = _value(where, code, language)
        shelf_count = len(_by_age(house.references().beside(code))[0])
        one = f"{text} | {_stated(group[0], language)} ({group[0].year})" if len(group) == 1 else text
        rows.append(
            {
                "code": code,
                "label": _label(code, language),
                "city": None if math.isnan(own) else own,
                "city_text": text,
                "pair_text": one,
                "remark_text": " · ".join(
                    part
                    for part in (
                        _scope_flag(code, language),
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
                "text": f"{_label(code, language)}: {_stated(figure, language)}",
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


def _titles(language: str) -> dict[str, str]:
    say = house.voice(language).say
    return {
        "axis": say("points, 0 to 100"),
        "row": say("Measurement"),
        "city": say("This city"),
        "reference": say("Reference"),
        "note": say("Year, fit and place"),
    }


def _table(where: Standing, figures: Sequence[Figure], language: str) -> Rows:
    say, words = house.voice(language).say, house.framework().words[language]
    return tuple(
        {
            say("Measurement"): f"{figure.measurement} {words[figure.measurement].title}",
            say("This city"): _value(where, figure.measurement, language),
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


def _notes(figures: Sequence[Figure], language: str) -> tuple[Note, ...]:
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
                    _STATED_WORDS[figure.stated], number=voice.number(figure.printed, 2, fixed=False)
                ),
                year=figure.year or NOTHING,
            ),
            text=_explained(figure, language),
            source=shelf.sources[figure.source].title,
            link=shelf.sources[figure.source].url,
        )
        for figure in figures
    )


def _practices(cities: Sequence[City], feature: str, language: str) -> tuple[PracticeCard, ...]:
    shelf, words = house.references(), house.framework().words[language]
    wanted = {city.id for city in cities}
    return tuple(
        PracticeCard(
            city=shelf.city(one.city).words[language].name,
            title=one.words[language].title,
            text=one.words[language].text,
            features=house.voice(language).listing(
                tuple(f"{code} {words[code].short}" for code in one.features)
            ),
            source=shelf.sources[one.source].title,
            link=shelf.sources[one.source].url,
        )
        for one in shelf.practices
        if one.city in wanted and (not feature or feature in one.features)
    )


def _partner(where: Standing, city: City, language: str) -> Partner:
    say, words = house.voice(language).say, city.words[language]
    facts = say(
        "Learning City Award {years} · {count} inhabitants ({year})",
        years=", ".join(str(year) for year in city.award_years),
        count=house.voice(language).say(
            _STATED_WORDS[city.population_stated], number=size(city.population, language)
        ),
        year=city.population_year,
    )
    own = where.reading().profile.get("population")
    caveats = [words.size_caveat, words.area_caveat]
    if isinstance(own, int | float) and own > 0:
        larger = city.population >= own
        times = max(city.population, own) / min(city.population, own)
        text = house.voice(language).number(times, 0 if times >= 10 else 1)
        caveats.insert(
            0,
            say("{times} times the size of this city", times=text)
            if larger
            else say("This city is {times} times its size", times=text),
        )
    return Partner(words.name, facts, words.profile, tuple(one for one in caveats if one))


def _basis(where: Standing, city: City, figures: Sequence[Figure], language: str) -> str:
    """How both stand on the measurements that both have, in one sentence."""
    framework, own = house.framework(), where.uploads[0].id
    theirs = np.full((1, len(where.panel.codes)), np.nan)
    for figure in figures:
        if figure.measurement in where.panel.codes and figure.value is not None:
            theirs[0, where.panel.codes.index(figure.measurement)] = figure.value
    nowhere = np.zeros_like(where.panel.out)
    pair = Panel(
        (own, city.id),
        where.panel.codes,
        np.vstack([where.panel.values, theirs]),
        np.vstack([where.panel.out, nowhere]),
        np.vstack([where.panel.claimed, nowhere]),
    )
    found = common_basis(framework, pair, where.basket, own, city.id)[0]
    return _basis_sentence(found.count, found.first, found.second, city.words[language].name, where, language)


def _basis_sentence(
    count: int, first: float | None, second: float | None, other: str, where: Standing, language: str
) -> str:
    voice = house.voice(language)
    name = city_name(where.reading()) or where.uploads[0].name
    if not count or first is None or second is None:
        return voice.say(
            "No common basis: there is no measurement of this basket that both {city} and {other} can show.",
            city=name,
            other=other,
        )
    return voice.plural(
        "Common basis: {count} measurement that both have. On it {city} reaches {own} points, {other} {theirs}.",
        "Common basis: {count} measurements that both have. On these {city} reaches {own} points, {other} {theirs}.",
        count,
        city=name,
        own=points(first, language),
        other=other,
        theirs=points(second, language),
    )


def _beside_upload(where: Standing, other_id: str, language: str, dark: bool) -> ComparePage:
    """One uploaded city beside another: every measurement that both have answered."""
    say = house.voice(language).say
    both = stand((where.uploads[0], upload(other_id)), where.basket)
    own, other = (one.id for one in both.uploads)
    other_name = city_name(both.reading(1)) or both.uploads[1].name
    framework = house.framework()
    words = framework.words[language]
    rows: list[dict[str, object]] = []
    marks: list[dict[str, object]] = []
    table: list[Mapping[str, str]] = []
    for code in both.panel.codes:
        ours = working(framework, both.panel, own, code).points
        theirs = working(framework, both.panel, other, code).points
        if code not in both.scores.nodes or ours is None or theirs is None:
            continue
        given = both.observation(code, 1)
        text = value(given.value if given else None, _measurement(code).unit, language)
        year = str(given.year) if given and given.year else NOTHING
        rows.append(
            {
                "code": code,
                "label": _label(code, language),
                "city": ours,
                "city_text": _value(where, code, language),
                "pair_text": f"{_value(where, code, language)} | {text}",
                "remark_text": _scope_flag(code, language),
            }
        )
        marks.append(
            {
                "code": code,
                "name": other_name,
                "points": theirs,
                "text": f"{words[code].short}: {text}",
                "note": year,
            }
        )
        table.append(
            {
                say("Measurement"): f"{code} {words[code].title}",
                say("This city"): _value(where, code, language),
                say("Reference"): f"{other_name}: {text}",
                say("Year"): year,
            }
        )
    found = common_basis(framework, both.panel, where.basket, own, other)[0]
    caveats = (say("Invented city (sample)"),) if both.reading(1).invented else ()
    return ComparePage(
        partner=Partner(other_name, say("Another uploaded city, by its own answers."), "", caveats),
        practices=(),
        more=0,
        basis=_basis_sentence(found.count, found.first, found.second, other_name, where, language),
        chart=beside(rows, marks, _titles(language), palette(dark)) if rows else None,
        chart_description=say("Both cities on every measurement that both have answered, in points."),
        table=tuple(table),
        notes=(),
        older=(),
        different=(),
        context=(),
    )
