"""How alike two cities are, in a sentence: what is compared of a city, and the words for what came out."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from pathlib import Path

from actions import house
from indicators.countries import countries, country_name
from indicators.country_income import country_incomes
from indicators.labels import choices
from locales import mark
from scoring.likeness import INCOME, NATIONAL, PRODUCT, REGION, SIZE, Likeness, Rule, Town, likeness
from scoring.model import Reading

RULES = Path(__file__).resolve().parents[1] / "indicators" / "likeness.toml"

# In how large a unit two large numbers of inhabitants are told, by language.
_LARGE: Mapping[str, tuple[float, str]] = {
    "en": (1_000_000, mark("{first} and {second} million inhabitants")),
    "zh": (10_000, mark("{first} and {second} times ten thousand inhabitants")),
}
_HEADS = (mark("Similar: {facts}."), mark("Partly similar: {facts}."), mark("Not very similar: {facts}."))
_ASPECTS: Mapping[str, str] = {SIZE: mark("size"), REGION: mark("region"), INCOME: mark("income")}


@dataclass(frozen=True, slots=True)
class Settings:
    """The conventions of likeness.toml; `source` says where incomes come from, of which year and on which terms."""

    rule: Rule
    similar: float
    partly: float
    nearest: int
    product: str
    year: int
    source: str
    url: str
    licence: str


@dataclass(frozen=True, slots=True)
class Place:
    """A city as it is compared: its figures, and its country by three letters ("" if not known)."""

    town: Town
    country: str


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike another city is: the difference 0-1 (NaN: nothing to compare by), and a sentence that explains it."""

    difference: float
    sentence: str

    @property
    def order(self) -> float:
        """For sorting: the most similar first, cities that cannot be compared last."""
        return math.inf if math.isnan(self.difference) else self.difference


@cache
def settings() -> Settings:
    """The conventions, read once."""
    with RULES.open("rb") as handle:
        found = tomllib.load(handle)
    rule, income = found["rule"], found["income"]
    return Settings(
        rule=Rule(rule["size_factor"], rule["income_factor"]),
        similar=rule["similar"],
        partly=rule["partly"],
        nearest=rule["nearest"],
        product=found["product"]["code"],
        year=income["year"],
        source=income["source"],
        url=income["url"],
        licence=income["licence"],
    )


def place_of(reading: Reading) -> Place:
    """What a workbook or a record says of the city's size, region and income."""
    population = reading.profile.get("population")
    product = reading.observations.get(settings().product)
    return place(
        str(reading.profile.get("country", "")),
        population if isinstance(population, int | float) else None,
        product.value if product else None,
        str(reading.profile.get("region", "")),
    )


def place(country: str, population: float | None, product: float | None = None, region: str = "") -> Place:
    """A city by its country and what else is known of it; without a region it is in its country's."""
    known = countries().get(country)
    town = Town(
        population=population if population and population > 0 else None,
        region=region or (known.region if known else ""),
        income=country_incomes().get(country),
        product=product if product and product > 0 else None,
    )
    return Place(town, country)


def alike(own: Place, other: Place, language: str) -> Alike:
    """How alike two cities are, in a sentence that names every aspect, and those that could not be compared."""
    found, say = likeness(own.town, other.town, settings().rule), house.voice(language).say
    if not found.aspects:
        return Alike(
            found.difference, say("How similar it is cannot be said: size, region and income are not known.")
        )
    facts = reduce(
        lambda first, second: say("{first}, {second}", first=first, second=second),
        _facts(found, own, other, language),
    )
    sentence = say(_head(found.difference), facts=facts)
    if found.missing:
        names = house.voice(language).listing([say(_ASPECTS[one]) for one in found.missing])
        sentence = say("{sentence} Not compared: {aspects}.", sentence=sentence, aspects=names)
    return Alike(found.difference, sentence)


def _head(difference: float) -> str:
    limits = (settings().similar, settings().partly)
    return _HEADS[sum(difference > limit for limit in limits)]


def _facts(found: Likeness, own: Place, other: Place, language: str) -> list[str]:
    facts = []
    if SIZE in found.aspects:
        facts.append(_size(own.town.population or 0.0, other.town.population or 0.0, language))
    if REGION in found.aspects:
        facts.append(_region(own, other, language))
    if INCOME in found.aspects:
        facts.append(_income(found.income_by, own, other, language))
    return facts


def _size(own: float, other: float, language: str) -> str:
    voice = house.voice(language)
    unit, sentence = _LARGE[language]
    if max(own, other) >= unit and min(own, other) >= unit / 10:
        digits = 1 if unit == _LARGE["en"][0] else 0
        first, second = (voice.number(one / unit, digits, fixed=False) for one in (own, other))
        return voice.say(sentence, first=first, second=second)
    return voice.say("{first} and {second} inhabitants", first=voice.number(own), second=voice.number(other))


def _region(own: Place, other: Place, language: str) -> str:
    say = house.voice(language).say
    if own.country and own.country == other.country:
        return say("both in {country}", country=country_name(own.country, language))
    names = choices("region", language)
    first, second = names[own.town.region].text, names[other.town.region].text
    if own.town.region == other.town.region:
        return say("both in {region}", region=first)
    return say("in different regions ({first}; {second})", first=first, second=second)


def _income(by: str, own: Place, other: Place, language: str) -> str:
    say = house.voice(language).say
    if by == NATIONAL and own.country == other.country:
        return say("the same national income")
    figures = {
        PRODUCT: (own.town.product, other.town.product),
        NATIONAL: (own.town.income, other.town.income),
    }[by]
    first, second = (_rounded(one or 0.0, language) for one in figures)
    if by == PRODUCT:
        return say("product per inhabitant of {first} and {second} dollars", first=first, second=second)
    return say("national income per head of {first} and {second} dollars", first=first, second=second)


def _rounded(figure: float, language: str) -> str:
    """Two leading digits are enough to compare by."""
    step = 10 ** max(0, math.floor(math.log10(figure)) - 1) if figure >= 1 else 1
    return house.voice(language).number(math.floor(figure / step + 0.5) * step)


def income_source(language: str) -> tuple[str, str]:
    """Where national incomes come from, in words, and the address."""
    known = settings()
    say = house.voice(language).say
    text = say(
        "National income: {source}, figures for {year}, international dollars; {licence}.",
        source=known.source,
        year=known.year,
        licence=known.licence,
    )
    return text, known.url
