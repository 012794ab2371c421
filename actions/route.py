"""The way to the next level in words: the least-effort route, another one, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.figures import band, band_name, names, points
from actions.route_start import Question, Start, start_of
from actions.route_words import OpenAnswer, RouteCard, StepCard, open_answers, open_row, route_card
from actions.standing import WITHOUT_CLAIMS
from actions.ways import movable, requirements, seen, ways
from scoring.rounding import published
from scoring.route import Route, alternatives
from scoring.scenario import changed, framework_of
from scoring.score import score

__all__ = [
    "Ahead",
    "OpenAnswer",
    "Question",
    "RouteCard",
    "StepCard",
    "ahead",
    "effort_choices",
    "levels_ahead",
]

# More titles than this are counted in the first sentence, not named.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Ahead:
    """Everything about the way ahead, in words. `routes` is empty where none reaches."""

    summary: str
    notes: tuple[str, ...]
    routes: tuple[RouteCard, ...]
    open: tuple[OpenAnswer, ...]
    open_table: tuple[Mapping[str, str], ...]


def levels_ahead(actor: Actor, question: Question, language: str) -> dict[str, str]:
    """The levels that can be aimed at, the next one first: band id -> name; empty at the top."""
    see(actor, question.upload_id)
    return _levels(question, language)


def _levels(question: Question, language: str) -> dict[str, str]:
    made = start_of(question)
    now = float(made.scores.assured[0, 0])
    reached = float(published(now, made.framework.rules.published_decimals))
    return {
        one.id: f"{one.id} · {house.terms(language)[f'band.{one.id}']}"
        for one in made.framework.rules.bands
        # Without enough answers the city has no level: even the one its score lies in is ahead of it.
        if one.start > reached or (not made.scores.ranked[0] and one.id == band(now))
    }


def effort_choices(actor: Actor, question: Question, language: str) -> dict[str, str]:
    """The measurements whose effort a city may set: code -> number and title."""
    see(actor, question.upload_id)
    made = start_of(question)
    words = house.framework().words[language]
    return {
        code: f"{code} {words[code].title}"
        for code in movable(made.framework, made.panel, made.scores, question.claims)
    }


def ahead(actor: Actor, question: Question, language: str) -> Ahead:
    """The way ahead of one upload; NotKeptError if there is none, KeyError for an unknown basket."""
    see(actor, question.upload_id)
    return _ahead(question, language)


@lru_cache(maxsize=256)
def _ahead(question: Question, language: str) -> Ahead:
    made = start_of(question)
    listed = _levels(question, language)
    found: tuple[Route, ...] = ()
    if listed:
        target = question.target if question.target in listed else next(iter(listed))
        starts = {one.id: one.start for one in made.framework.rules.bands}
        given = ways(
            made.framework, made.panel, made.scores, question.claims, dict(question.efforts), question.fill
        )
        counted = seen(made.panel, question.claims)
        found = alternatives(
            made.framework,
            counted,
            counted.units[0],
            question.basket,
            given,
            starts[target],
            requirements(),
        )
        summary = _summary(made, found[0], listed[target], language)
    else:
        summary = house.voice(language).say("The city has reached the highest level of this tool.")
    reached = tuple(one for one in found if one.reached)
    answers = open_answers(made, question, language)
    return Ahead(
        summary=summary,
        notes=_notes(made, question, reached, language),
        routes=tuple(route_card(made, question, one, language) for one in reached),
        open=answers,
        open_table=tuple(open_row(one, language) for one in answers),
    )


def _summary(made: Start, found: Route, level: str, language: str) -> str:
    voice, words = house.voice(language), house.framework().words[language]
    if not found.reached:
        if not found.ranked:
            return voice.say(
                "No realistic route gives the city level {level}: too little would be answered for any level. "
                "Everything realistic together leads to {points} points.",
                level=level,
                points=points(found.after, language),
            )
        return voice.say(
            "No realistic route reaches level {level}. Everything realistic together leads to {points} points.",
            level=level,
            points=points(found.after, language),
        )
    # Filling what a level asks for may lead past it.
    level = band_name(found.after, language)
    ends = {"level": level, "before": points(found.before, language), "after": points(found.after, language)}
    if len(found.moves) > _NAMED:
        return voice.plural(
            "{count} measurement leads to level {level}: from {before} to {after} points.",
            "{count} measurements lead to level {level}: from {before} to {after} points.",
            len(found.moves),
            **ends,
        )
    return voice.say(
        "To level {level}, from {before} to {after} points: {titles}.",
        titles=names([words[one.code].title for one in found.moves], language),
        **ends,
    )


def _notes(made: Start, question: Question, found: Sequence[Route], language: str) -> tuple[str, ...]:
    """What a reader must know of the routes before acting on them."""
    say = house.voice(language).say
    notes = []
    if made.other_rules and found:
        _, panel = changed(made.framework, made.panel, question.upload_id, found[0].scenario)
        own = framework_of(house.framework(), question.start)
        scores = score(own, seen(panel, question.claims), question.basket)
        end = float(scores.assured[0, 0])
        terms = house.terms(language)
        notes.append(
            say(
                "The what-if joins these otherwise than by the arithmetic mean: {levels}. The route is worked out "
                "with arithmetic means; by the what-if's own rules it would end at {points} points ({level}).",
                levels=names([terms[f"level.{one}"] for one in made.other_rules], language),
                points=points(end, language),
                level=band_name(end, language),
            )
        )
    if question.claims == WITHOUT_CLAIMS:
        notes.append(
            say(
                "Without claims, nothing that the city rates itself can be moved here: only what others can check "
                "counts."
            )
        )
    return tuple(notes)
