"""What award-winning cities do, feature by feature, with its source."""

from __future__ import annotations

from collections.abc import Sequence

from actions import house
from actions.compare_words import PracticeCard
from indicators.shelf import City


def practice_features(language: str) -> dict[str, str]:
    """The features that any practice example is about: code -> title, in the framework's order."""
    words = house.framework().words[language]
    used = {code for practice in house.references().practices for code in practice.features}
    return {
        node.code: f"{node.code} {words[node.code].title}"
        for node in house.framework().at_level("feature")
        if node.code in used
    }


def practice_cards(cities: Sequence[City], feature: str, language: str) -> tuple[PracticeCard, ...]:
    """The practice examples of some cities; `feature` narrows them, "" shows all."""
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
