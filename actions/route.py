"""The way to the next level in words: the least-effort route, another one, and what is still open."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from actions import house
from actions.figures import band, band_name, names, points, value
from actions.serves import area_of, serves
from actions.standing import WITH_CLAIMS, WITHOUT_CLAIMS, standing
from actions.ways import effort_of, movable, moves, named_efforts, requirements, seen, ways
from scoring.explain import gain
from scoring.model import Framework, Panel, Scores
from scoring.rounding import published
from scoring.route import Move, Route, alternatives
from scoring.route_setting import stands
from scoring.scenario import UNCHANGED, Scenario, changed, framework_of
from scoring.score import score

# More titles than this are counted in the first sentence, not named.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class StepCard:
    """One measurement of a route in words."""

    code: str
    title: str
    change: str
    effort: str
    adds: str
    themes: str
    goals: str
    because: str  # what it makes possible, "" where nothing presupposes it
    area: str
    expected: bool
    claim: bool


@dataclass(frozen=True, slots=True)
class RouteCard:
    """One route: how it ends, its steps, the same as a table, and the what-if that it is."""

    ends: str
    rests: tuple[str, ...]  # how much of it rests on ratings and on expectations
    steps: tuple[StepCard, ...]
    table: tuple[Mapping[str, str], ...]
    what: Scenario


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """One open answer: what it could add at most, and what it serves."""

    code: str
    title: str
    adds: str
    how: str
    themes: str
    goals: str
    area: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """Everything about the way ahead, in words. `routes` is empty where none reaches."""

    summary: str
    notes: tuple[str, ...]
    routes: tuple[RouteCard, ...]
    open: tuple[OpenAnswer, ...]
    open_table: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the way ahead; everything in it stands in the page's address."""

    upload_id: str
    basket: str
    claims: str = WITH_CLAIMS
    target: str = ""  # a band's id; "" for the next one
    efforts: tuple[tuple[str, str], ...] = ()  # what the city says of its own effort, code and effort
    fill: bool = True  # whether open answers count with what may be expected of them
    start: Scenario = UNCHANGED  # the what-if to go on from


@dataclass(frozen=True, eq=False)
class _Start:
    """From where a route starts: the framework it is worked out in, answers with claims, and their scores."""

    framework: Framework
    panel: Panel
    scores: Scores
    other_rules: tuple[str, ...]  # levels whose rule of joining was set back to the arithmetic mean


def levels_ahead(question: Question, language: str) -> dict[str, str]:
    """The levels that can be aimed at, the next one first: band id -> name; empty at the top."""
    made = _start(question)
    now = float(made.scores.assured[0, 0])
    reached = float(published(now, made.framework.rules.published_decimals))
    return {
        one.id: f"{one.id} · {house.terms(language)[f'band.{one.id}']}"
        for one in made.framework.rules.bands
        # Without enough answers the city has no level: even the one its score lies in is ahead of it.
        if one.start > reached or (not made.scores.ranked[0] and one.id == band(now))
    }


def effort_choices(question: Question, language: str) -> dict[str, str]:
    """The measurements whose effort a city may set: code -> number and title."""
    made = _start(question)
    words = house.framework().words[language]
    return {
        code: f"{code} {words[code].title}"
        for code in movable(made.framework, made.panel, made.scores, question.claims)
    }


@lru_cache(maxsize=256)
def ahead(question: Question, language: str) -> Ahead:
    """The way ahead of one upload; NotKeptError if there is none, KeyError for an unknown basket."""
    made = _start(question)
    listed = levels_ahead(question, language)
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
    answers = _open(made, question, language)
    return Ahead(
        summary=summary,
        notes=_notes(made, question, reached, language),
        routes=tuple(_route(made, question, one, language) for one in reached),
        open=answers,
        open_table=tuple(_open_row(one, language) for one in answers),
    )


@lru_cache(maxsize=64)
def _start(question: Question) -> _Start:
    where = standing(question.upload_id, question.basket)
    whole = changed(house.framework(), where.panel, question.upload_id, question.start)
    plain = Scenario.of(
        weights=dict(question.start.weights),
        goalposts=dict(question.start.goalposts),
    )
    framework = framework_of(house.framework(), plain)
    scores = score(framework, seen(whole[1], question.claims), question.basket)
    others = tuple(level for level, name in question.start.aggregations if name != "arithmetic")
    return _Start(framework, whole[1], scores, others)


def _summary(made: _Start, found: Route, level: str, language: str) -> str:
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


def _notes(made: _Start, question: Question, found: Sequence[Route], language: str) -> tuple[str, ...]:
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


def _merged(start: Scenario, route: Scenario) -> Scenario:
    """The what-if that a route starts from with the route's answers in it."""
    return replace(start, answers=Scenario.of(dict(start.answers) | dict(route.answers)).answers)


def _route(made: _Start, question: Question, found: Route, language: str) -> RouteCard:
    voice = house.voice(language)
    cards = tuple(_step(made, question, found, one, language) for one in found.moves)
    return RouteCard(
        ends=voice.say(
            "{before} → {after} points, {level}; effort {effort}",
            before=points(found.before, language),
            after=points(found.after, language),
            level=band_name(found.after, language),
            effort=voice.number(found.effort),
        ),
        rests=_rests(made, found, language),
        steps=cards,
        table=tuple(_row(one, language) for one in cards),
        what=_merged(question.start, found.scenario),
    )


def _rests(made: _Start, found: Route, language: str) -> tuple[str, ...]:
    say = house.voice(language).say
    whole = sum(one.points for one in found.moves)
    rated = sum(one.points for one in found.moves if _is_claim(made, one.code))
    guessed = sum(one.points for one in found.moves if one.expected)
    parts = []
    if rated > 0:
        parts.append(
            say(
                "{rated} of the {points} points would be the city's own ratings, claims until somebody verifies them.",
                rated=points(rated, language),
                points=points(whole, language),
            )
        )
    if guessed > 0:
        parts.append(
            say(
                "{guessed} of the {points} points are only expected: the true answers may be lower or higher.",
                guessed=points(guessed, language),
                points=points(whole, language),
            )
        )
    return tuple(parts)


def _is_claim(made: _Start, code: str) -> bool:
    facts = made.framework.by_code[code].measurement
    return facts is not None and facts.method == "expert"


def _step(made: _Start, question: Question, found: Route, one: Move, language: str) -> StepCard:
    say, words = house.voice(language).say, house.framework().words[language]
    before = math.nan if one.before is None else one.before
    themes, goals = serves(one.code, language)
    effort = named_efforts(language)[effort_of(made.framework, one.code, before, dict(question.efforts))]
    return StepCard(
        code=one.code,
        title=f"{one.code} {words[one.code].title}",
        change=say(
            "{before} → {after}",
            before=answer_words(one.code, before, language),
            after=say("expected about {value}", value=answer_words(one.code, one.after, language))
            if one.expected
            else answer_words(one.code, one.after, language),
        ),
        effort=effort if one.steps == 1 else say("{effort}, {steps} steps", effort=effort, steps=one.steps),
        adds=say("+{points} points", points=points(one.points, language)),
        themes=themes,
        goals=goals,
        because=" ".join(_because(made, found, one, language)),
        area=area_of(one.code),
        expected=one.expected,
        claim=_is_claim(made, one.code),
    )


def _because(made: _Start, found: Route, one: Move, language: str) -> list[str]:
    """What else the route improves only because of this move, and why."""
    say, words = house.voice(language).say, house.framework().words[language]
    after = {move.code: move.after for move in found.moves if not move.expected}
    before = math.nan if one.before is None else one.before
    return [
        say("Comes before {other}: {reason}", other=f"{rule.code} {words[rule.code].title}", reason=reason)
        for rule in moves().prerequisites
        if rule.needs == one.code
        and not stands(made.framework, one.code, before, rule.at_least)
        and rule.code in after
        and (rule.reaches is None or stands(made.framework, rule.code, after[rule.code], rule.reaches))
        for reason in (rule.reason[language],)
    ]


def answer_words(code: str, number: float, language: str) -> str:
    """An answer as a reader sees it: on the ladder the level's name, "open" where there is none."""
    facts = house.framework().by_code[code].measurement
    assert facts is not None
    if math.isnan(number):
        return house.voice(language).say("open")
    if facts.scale == "ladder":
        return f"{number:.0f} · {house.framework().ladder[language][int(number)].title}"
    return value(number, facts.unit, language)


def _row(card: StepCard, language: str) -> Mapping[str, str]:
    say = house.voice(language).say
    return {
        say("Measurement"): card.title,
        say("From → to"): card.change,
        say("Effort"): card.effort,
        say("Adds"): card.adds,
        say("Themes"): card.themes or "–",
        say("SDGs"): card.goals or "–",
        say("Why first"): card.because or "–",
    }


def _open(made: _Start, question: Question, language: str) -> tuple[OpenAnswer, ...]:
    say, words = house.voice(language).say, house.framework().words[language]
    found = []
    for one in gain(made.framework, made.scores, question.upload_id):
        themes, goals = serves(one.code, language)
        found.append(
            OpenAnswer(
                code=one.code,
                title=f"{one.code} {words[one.code].title}",
                adds=say("up to {points} points", points=points(one.points, language)),
                how=words[one.code].how,
                themes=themes,
                goals=goals,
                area=area_of(one.code),
            )
        )
    return tuple(found)


def _open_row(one: OpenAnswer, language: str) -> Mapping[str, str]:
    say = house.voice(language).say
    return {
        say("Measurement"): one.title,
        say("Widens the bracket by"): one.adds,
        say("Themes"): one.themes or "–",
        say("SDGs"): one.goals or "–",
    }
