"""What award-winning cities do on a subject: references, each with its source and the years of its award."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions import house
from actions.alike import alike, place
from actions.peer_subjects import theme_of
from actions.practice_city import OwnCity
from indicators.shelf import Practice


@dataclass(frozen=True, slots=True)
class Example:
    """What an award-winning city does; `likeness` is "" where there is no city to compare with."""

    city: str
    awards: str
    title: str
    text: str
    features: str
    likeness: str
    source: str
    link: str


@dataclass(frozen=True, slots=True)
class Examples:
    """Practice examples, those of the most similar cities first.

    `wider` says that none is about the feature itself: these are about its focus area.
    """

    examples: tuple[Example, ...]
    wider: bool


def examples(own: OwnCity | None, subject: str, language: str) -> Examples:
    """The examples on a feature, else on its focus area; on a theme those of its features. KeyError."""
    theme, framework = theme_of(subject), house.framework()
    if theme is not None:
        return Examples(_told(own, _about([link.feature for link in theme.links]), language), False)
    found = _about([subject])
    if found:
        return Examples(_told(own, found, language), False)
    return Examples(_told(own, _about(framework.children[framework.by_code[subject].parent]), language), True)


def _about(features: Sequence[str]) -> list[Practice]:
    return [one for one in house.references().practices if set(features) & set(one.features)]


def _told(own: OwnCity | None, practices: Sequence[Practice], language: str) -> tuple[Example, ...]:
    voice, shelf = house.voice(language), house.references()
    words = house.framework().words[language]
    likeness = {}
    for city in shelf.cities:
        if own is not None:
            likeness[city.id] = alike(own.place, place(city.country, city.population), language)
    ordered = sorted(practices, key=lambda one: likeness[one.city].order if likeness else 0.0)
    return tuple(
        Example(
            city=shelf.city(one.city).words[language].name,
            awards=voice.say(
                "Learning City Award {years}",
                years=voice.listing([str(year) for year in shelf.city(one.city).award_years]),
            ),
            title=one.words[language].title,
            text=one.words[language].text,
            features=voice.listing([f"{code} {words[code].short}" for code in one.features]),
            likeness=likeness[one.city].sentence if likeness else "",
            source=shelf.sources[one.source].title,
            link=shelf.sources[one.source].url,
        )
        for one in ordered
    )
