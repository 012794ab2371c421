"""Who an award-winning city is, and how two cities stand on the measurements that both have."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from actions import house
from actions.compare_award import STATED_WORDS
from actions.compare_words import Partner
from actions.figures import points, size
from actions.standing import Standing
from actions.uploads import city_name
from indicators.shelf import City, Figure
from scoring.compare import common_basis
from scoring.model import Panel


def award_partner(where: Standing, city: City, language: str) -> Partner:
    """Who an award-winning city is, and what to beware of beside it."""
    say, words = house.voice(language).say, city.words[language]
    facts = say(
        "Learning City Award {years} · {count} inhabitants ({year})",
        years=", ".join(str(year) for year in city.award_years),
        count=house.voice(language).say(
            STATED_WORDS[city.population_stated], number=size(city.population, language)
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


def award_basis(where: Standing, city: City, figures: Sequence[Figure], language: str) -> str:
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
    return basis_sentence(found.count, found.first, found.second, city.words[language].name, where, language)


def basis_sentence(
    count: int, first: float | None, second: float | None, other: str, where: Standing, language: str
) -> str:
    """How many measurements two cities have in common, and the points of both on these."""
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
