"""May this city join the network, does it stay in it, and what is still to be signed? By the rules of a day.

What the room's profile says is taken from there; what is asked here alone is kept with the city. A quick check keeps
nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from actions import house
from actions.access import Actor, NotAllowedError, NotKeptError, Subject, areas_open_to, may
from actions.membership_check import MET, NOT_MET, UNKNOWN, evaluate
from actions.membership_facts import QUICK, bounds, here_fact, of_profile, parsed, value_of
from actions.membership_summary import summary
from actions.membership_words import (
    PaperRow,
    Row,
    caveats,
    papers,
    shown_rows,
    source_text,
    superseded,
    value_text,
)
from actions.record_words import moment, names_of
from indicators.membership import membership
from indicators.membership_rules import CHOICE, HERE, PROFILE, WHOLE, Fact
from store.acts import Act
from store.cities import all_cities
from store.membership import Said, put_fact, said_by, settle_fact
from store.people import City, city

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Question:
    """Which city, or for a quick check ("") its name and what is said of it, texts by fact; and as of which day."""

    city_id: str
    on: dt.date
    name: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact that is asked here: its name and hint, how, what it may be, what is said now ("" for nothing).

    `version` is the one in which it was said last, which a writer must have seen.
    """

    id: str
    name: str
    hint: str
    kind: str
    choices: Mapping[str, str]
    low: int
    high: int
    said: str
    version: int


@dataclass(frozen=True, slots=True)
class TwoSaid:
    """A fact of which two people said something at once: what counts, what stands beside it, who and when."""

    fact: str
    name: str
    counts: str
    beside: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The check as a page shows it; `version` is what a writer has seen, `room` the assessment behind `from_room`."""

    name: str
    rules_name: str
    rules_note: str
    sentences: tuple[str, ...]
    answer: str
    counts: tuple[int, int, int]
    rows: tuple[Row, ...]
    superseded: tuple[Mapping[str, str], ...]
    papers: tuple[PaperRow, ...]
    known_not: tuple[str, ...]
    caveats: tuple[str, ...]
    sources: tuple[Mapping[str, str], ...]
    asked: Mapping[str, AskedFact]
    beside: tuple[TwoSaid, ...]
    version: int
    kept: str
    from_room: str
    room: str
    may_say: bool


def membership_cities(actor: Actor) -> Mapping[str, str]:
    """The cities whose own people the actor is one of: id -> name."""
    return {one.id: one.name for one in all_cities(house.store()) if _sees(actor, one.id, one.country)}


def check_membership(actor: Actor, about: Question, language: str) -> Shown:
    """What the rules of a day ask, what is met, and what to do next; NotKeptError for a city of others."""
    rules, voice = membership(), house.voice(language)
    room, year, kept = "", 0, ""
    said: Said | None = None
    beside: tuple[TwoSaid, ...] = ()
    if about.city_id:
        of = _require_city(actor, about.city_id)
        name, (facts, room, year) = of.name, of_profile(actor, about.city_id)
        facts.setdefault("country", of.country)
        with house.store().reading() as reader:
            said = said_by(reader, about.city_id)
            people = names_of(reader, [said.by, *(one.by for one in said.beside)] if said else [], language)
        facts |= parsed(said.facts if said else {}, HERE)
        beside = _two_said(said, people, language)
        kept = (
            voice.say("Kept {when}, {who}.", when=moment(said.at, language), who=people[said.by])
            if said
            else ""
        )
        texts = dict(said.facts) if said else {}
    else:
        name = about.name.strip() or voice.say("This town")
        texts = dict(about.facts)
        facts = parsed(texts, PROFILE) | parsed(texts, HERE)
    found = evaluate(rules, about.on, facts)
    rows = shown_rows(rules, found, facts, language)
    sentences = (
        summary(rules, found, name, language, quick=not about.city_id)
        if about.city_id or facts
        else (voice.say("Enter what you know of the town: it is then held against every requirement."),)
    )
    return Shown(
        name=name,
        rules_name=found.rule_set.names[language] if found.rule_set else "",
        rules_note=found.rule_set.notes[language] if found.rule_set else "",
        sentences=sentences,
        answer=_joined(sentences, language),
        counts=(len(found.of(MET)), len(found.of(NOT_MET)), len(found.of(UNKNOWN))),
        rows=rows,
        superseded=superseded(rules, about.on, language),
        papers=papers(rules, found, language),
        known_not=rules.known_not[language],
        caveats=caveats(rules, found, language),
        sources=_sources(rows, language),
        asked=_asked(rows, texts, said.changed if said else {}, language),
        beside=beside,
        version=said.version if said else 0,
        kept=kept,
        from_room=voice.say("From the answers for {year}", year=str(year)) if year else "",
        room=room,
        may_say=about.city_id != "" and _may_say(actor, about.city_id),
    )


def say_fact(actor: Actor, city_id: str, fact: str, text: str, base: int) -> Said:
    """Say one fact of a city that is asked here, on top of its version that was seen; kept when this returns.

    If somebody else said something else of it meanwhile, hers counts on and this stands beside it. NotKeptError,
    NotAllowedError, ValueError for a fact or a text that is none, StoreError.
    """
    _require_saying(actor, city_id)
    if text:
        value_of(here_fact(fact), text)
    with house.store().writing(Act(actor.person, "save", "membership", city_id, {"fact": fact})) as writing:
        return put_fact(writing, city_id, here_fact(fact).id, text, base=base)


def choose_fact(actor: Actor, city_id: str, fact: str, *, mine: bool, base: int) -> Said:
    """Where two said something at once, let what stands beside count, or leave what counts.

    NotKeptError, NotAllowedError, ValueError where somebody has chosen or said something since, StoreError.
    """
    _require_saying(actor, city_id)
    with house.store().writing(Act(actor.person, "choose", "membership", city_id, {"fact": fact})) as writing:
        return settle_fact(writing, city_id, here_fact(fact).id, mine=mine, base=base)


def asked_quick(language: str) -> Mapping[str, AskedFact]:
    """What a quick check asks about."""
    facts = membership().facts
    return {id: _asked_fact(facts[id], language) for id in QUICK}


def in_rows(things: Sequence[_T], wide: int) -> tuple[Sequence[_T], ...]:
    """Things in rows of so many, so that they stand in their order where a page is narrow."""
    return tuple(things[i : i + wide] for i in range(0, len(things), wide))


# --- who


def _sees(actor: Actor, city_id: str, country: str) -> bool:
    return may(actor, "see_record", Subject(city=city_id, country=country))


def _require_city(actor: Actor, city_id: str) -> City:
    """The city, for its own people alone."""
    with house.store().reading() as reader:
        found = city(reader, city_id)
    if found is None or not _sees(actor, found.id, found.country):
        raise NotKeptError(city_id)
    return found


def _may_say(actor: Actor, city_id: str) -> bool:
    """Whoever leads a room, or answers for all focus areas in it."""
    subject = Subject(city=city_id)
    return may(actor, "fill", subject) and areas_open_to(actor, city_id) is None


def _require_saying(actor: Actor, city_id: str) -> None:
    _require_city(actor, city_id)
    if not _may_say(actor, city_id):
        raise NotAllowedError


# --- as a page shows it


def _joined(sentences: Sequence[str], language: str) -> str:
    """Sentences as one text; Chinese ones stand without a blank between them."""
    return ("" if language == "zh" else " ").join(sentences)


def _asked(
    rows: Sequence[Row], texts: Mapping[str, str], versions: Mapping[str, int], language: str
) -> Mapping[str, AskedFact]:
    """What is asked here by the rules that are shown."""
    asked = {fact for one in rows for fact in one.asks}
    return {
        one.id: _asked_fact(one, language, texts.get(one.id, ""), versions.get(one.id, 0))
        for one in membership().facts.values()
        if one.origin == HERE and one.id in asked
    }


def _asked_fact(one: Fact, language: str, said: str = "", version: int = 0) -> AskedFact:
    low, high = bounds(one)
    return AskedFact(
        id=one.id,
        name=one.names[language],
        hint=one.hints[language],
        kind=one.kind or (CHOICE if one.choices else WHOLE),
        choices=one.choice_names.get(language, {}),
        low=low,
        high=high,
        said=said,
        version=version,
    )


def _two_said(said: Said | None, people: Mapping[str, str], language: str) -> tuple[TwoSaid, ...]:
    made = []
    for one in said.beside if said else ():
        fact = here_fact(one.fact)
        assert said is not None
        known, other = parsed(said.facts, HERE), parsed({one.fact: one.said}, HERE)
        made.append(
            TwoSaid(
                one.fact,
                fact.names[language],
                value_text(fact, known.get(one.fact), language),
                value_text(fact, other.get(one.fact), language),
                people[one.by],
                moment(one.at, language),
            )
        )
    return tuple(made)


def _sources(rows: Sequence[Row], language: str) -> tuple[Mapping[str, str], ...]:
    """The sources of the rules that are shown, each once, with what is to be said of it."""
    rules, say = membership(), house.voice(language).say
    ids = dict.fromkeys(id for one in rows for id in rules.rule(one.id).sources)
    return tuple(
        {
            say("Source"): source_text(rules, id, language),
            say("Note"): rules.sources[id].notes[language],
            say("Link"): rules.sources[id].url,
        }
        for id in ids
    )
