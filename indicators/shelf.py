"""The reference shelf: award-winning cities, their sourced figures and what they do, as frozen types.

A figure stands beside a city's answer only as a dated value of the city itself whose definition is the
measurement's or near it; figures of regions and countries are context. Nothing is averaged or ranked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# How a figure's definition stands to the measurement's.
FITS = ("same", "near", "different")
# Fits with which a figure may stand beside a city's answer.
COMPARABLE_FITS = ("same", "near")
# Whether the source gives the number itself or words such as "over 25 %".
STATED = ("exact", "about", "over", "under")
# Whom a figure describes; only the first is ever beside a city's answer.
LEVELS = ("city", "region", "country")
CONFIDENCES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class ReferenceSource:
    """Where a figure, a practice or an award is written down, and on which terms (an id of `licences`)."""

    id: str
    title: str
    url: str
    licence: str


@dataclass(frozen=True, slots=True)
class CityWords:
    """A reference city in one language: its name, the area meant, what it does, and what to beware of."""

    name: str
    area_name: str
    profile: str
    size_caveat: str
    area_caveat: str


@dataclass(frozen=True, slots=True)
class City:
    """An award-winning city with the basic facts about the area that its figures are for.

    `area_km2` and `member_since` are None where no source was found; `population_stated` is one of STATED.
    """

    id: str
    country: str  # ISO 3166-1, three letters
    region: str  # UNESCO region
    award_years: tuple[int, ...]
    population: int
    population_stated: str
    population_year: int
    population_source: str
    area_km2: float | None
    area_source: str
    member_since: int | None
    member_source: str
    words: Mapping[str, CityWords]


@dataclass(frozen=True, slots=True)
class Figure:
    """One sourced number about a reference city, its region or its country.

    `printed` is the number as printed and `what` says what it counts, with its unit; `value` is the same
    number where it is in the measurement's unit and may stand beside a city's answer, else None.
    `measurement` and `fit` are "" for context such as a population.
    """

    city: str
    measurement: str
    fit: str
    value: float | None
    stated: str
    year: int | None
    level: str
    printed: float
    place: Mapping[str, str]
    what: Mapping[str, str]
    note: Mapping[str, str]
    source: str
    confidence: str

    @property
    def comparable(self) -> bool:
        """Whether the figure may stand beside a city's answer."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class PracticeWords:
    """A practice example in one language."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Practice:
    """What a reference city does, with the features it is an example of."""

    id: str
    city: str
    features: tuple[str, ...]
    source: str
    words: Mapping[str, PracticeWords]


@dataclass(frozen=True, eq=False)
class References:
    """The reference shelf; cities in the order of the file, Shanghai first."""

    languages: tuple[str, ...]
    cities: tuple[City, ...]
    figures: tuple[Figure, ...]
    practices: tuple[Practice, ...]
    sources: Mapping[str, ReferenceSource]
    licences: Mapping[str, Mapping[str, str]]  # language -> licence -> text
    by_measurement: Mapping[str, tuple[Figure, ...]] = field(repr=False)

    def city(self, id: str) -> City:
        """The city of that id; KeyError if there is none."""
        for city in self.cities:
            if city.id == id:
                return city
        raise KeyError(id)

    def for_measurement(self, code: str) -> tuple[Figure, ...]:
        """The cities' own figures about a measurement, comparable or not, newest first within a city."""
        return tuple(figure for figure in self.by_measurement.get(code, ()) if figure.level == "city")

    def beside(self, code: str) -> tuple[Figure, ...]:
        """The figures that may stand beside a city's answer: the newest comparable one of each city."""
        newest: dict[str, Figure] = {}
        for figure in self.for_measurement(code):
            if figure.comparable:
                newest.setdefault(figure.city, figure)
        return tuple(newest.values())

    def context(self, code: str) -> tuple[Figure, ...]:
        """Figures of regions and countries about a measurement: context, never a city's value."""
        return tuple(figure for figure in self.by_measurement.get(code, ()) if figure.level != "city")

    def of_city(self, id: str) -> tuple[Figure, ...]:
        """All figures kept with a city, its context included."""
        return tuple(figure for figure in self.figures if figure.city == id)
