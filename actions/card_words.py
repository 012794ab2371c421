"""Practice cards that others may see, in words: kept ones by their city's consent, and those of the invented cities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from actions import house
from actions.access import Actor, is_closed
from actions.alike import Alike, Place, alike, place, place_of
from actions.practice_city import OwnCity, key_of_city, sample_key
from indicators.forum import forum_themes
from indicators.numbers import Asked, parse
from locales import mark
from sample_data import cards as samples
from sample_data.make import city as sample_city
from sample_data.tables import reading
from store.cards import Said, published_cards
from store.people import city as kept_city

# What is written on a card. `codes`, `themes` and `forum` are lists parted by blanks; `inhabitants` a number as typed.
FIELDS = (
    "title",
    "done",
    "whom",
    "result",
    "evidence",
    "pointer",
    "link",
    "codes",
    "themes",
    "forum",
    "years",
    "language",
    "inhabitants",
)
LISTS = ("codes", "themes", "forum")
# In which languages a card is written: those of the United Nations, and any other.
LANGUAGES: Mapping[str, str] = {
    "ar": mark("Arabic"),
    "en": mark("English"),
    "es": mark("Spanish"),
    "fr": mark("French"),
    "ru": mark("Russian"),
    "zh": mark("Chinese"),
    "other": mark("another language"),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A card that others may see: of which city, its texts, and since when ("" for a sample).

    `key` tells cities apart; `place` is what a city is compared by: its country, and the inhabitants on the card.
    """

    key: str
    city: str
    place: Place
    said: Said
    since: str
    invented: bool

    def marks(self, field: str) -> tuple[str, ...]:
        """The codes of one of LISTS."""
        return tuple(self.said.get(field, "").split())


@dataclass(frozen=True, slots=True)
class CardShown:
    """A card in words; empty parts were not given. `likeness` is "" where there is no city to compare with."""

    city: str
    invented: bool
    title: str
    done: str
    whom: str
    result: str
    evidence: str
    pointer: str
    link: str
    subjects: str
    themes: str
    forum: str
    facts: str
    likeness: str


def offered_cards(actor: Actor, language: str) -> tuple[Offered, ...]:
    """Every card that the actor may see as somebody else's, newest consent first; samples on one's own computer."""
    with house.store().reading() as reader:
        published = published_cards(reader)
        cities = {one: kept_city(reader, one) for one in {card.card.city_id for card in published}}
    kept = []
    for one in published:
        of = cities[one.card.city_id]
        if of is not None and not is_closed(actor, of.id):
            key, invented = key_of_city(actor, of)
            where = place(of.country, inhabitants(one.said))
            kept.append(Offered(key, of.name, where, one.said, one.at, invented))
    return (*kept, *(_samples(language) if actor.everything else ()))


@cache
def _samples(language: str) -> tuple[Offered, ...]:
    return tuple(
        Offered(
            sample_key(one.city),
            sample_city(one.city).names[language],
            place_of(reading(one.city, house.framework(), house.declaration(), language)),
            {**one.said(language), "language": language},
            "",
            True,
        )
        for one in samples.cards()
    )


def inhabitants(said: Said) -> float | None:
    """The inhabitants on a card, read as a workbook's are; None where none are given or the text is no number."""
    found = parse(said.get("inhabitants", ""), asked=Asked("persons"))
    return found.value if found.value is not None and found.value > 0 else None


def likeness_of(own: OwnCity | None, card: Offered, language: str) -> Alike | None:
    """How alike a card's city is; None without a city to compare with."""
    return alike(own.place, card.place, language) if own else None


def shown(card: Offered, like: Alike | None, language: str) -> CardShown:
    """A card in words."""
    return CardShown(
        city=card.city,
        invented=card.invented,
        **{
            name: card.said.get(name, "")
            for name in ("title", "done", "whom", "result", "evidence", "pointer", "link")
        },
        subjects=_listed(card.marks("codes"), subject_titles(language), language),
        themes=_listed(card.marks("themes"), theme_titles(language), language),
        forum=_listed(card.marks("forum"), forum_titles(language), language),
        facts=" · ".join(_facts(card, language)),
        likeness=like.sentence if like else "",
    )


def _facts(card: Offered, language: str) -> list[str]:
    voice = house.voice(language)
    facts = [card.said.get("years", "")]
    if name := LANGUAGES.get(card.said.get("language", "")):
        facts.append(voice.say("written in {language}", language=voice.say(name)))
    if card.since:
        day = dt.datetime.fromisoformat(card.since).date()
        facts.append(voice.say("published {day}", day=voice.date(day)))
    return [one for one in facts if one]


def _listed(codes: Sequence[str], titles: Mapping[str, str], language: str) -> str:
    return house.voice(language).series([titles[one] for one in codes if one in titles])


@cache
def subject_titles(language: str) -> Mapping[str, str]:
    """Focus areas and features: code -> code and short name, each area before its features."""
    framework = house.framework()
    words = framework.words[language]
    return {
        code: f"{code} {words[code].short}"
        for area in framework.at_level("focus_area")
        for code in (area.code, *framework.children[area.code])
    }


@cache
def theme_titles(language: str) -> Mapping[str, str]:
    """The city's commitments of the declaration: paragraph -> paragraph and title."""
    declaration = house.declaration()
    return {
        one.code: f"§{one.code} {declaration.words[language][one.code].title}"
        for one in declaration.themes
        if one.role == "scored"
    }


@cache
def forum_titles(language: str) -> Mapping[str, str]:
    """The nine forums of 2021: number -> number and title."""
    return {number: f"{number} {names[language]}" for number, names in forum_themes().items()}
