"""Routes and open answers in words: what to change from where to where, at which effort, for which themes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.figures import band_name, points, value
from actions.route_start import Question, Start, merged
from actions.serves import area_of, serves
from actions.ways import effort_of, moves, named_efforts
from scoring.explain import gain
from scoring.route import Move, Route
from scoring.route_setting import stands
from scoring.scenario import Scenario


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


def route_card(made: Start, question: Question, found: Route, language: str) -> RouteCard:
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
        what=merged(question.start, found.scenario),
    )


def _rests(made: Start, found: Route, language: str) -> tuple[str, ...]:
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


def _is_claim(made: Start, code: str) -> bool:
    facts = made.framework.by_code[code].measurement
    return facts is not None and facts.method == "expert"


def _step(made: Start, question: Question, found: Route, one: Move, language: str) -> StepCard:
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
    )


def _because(made: Start, found: Route, one: Move, language: str) -> list[str]:
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


def open_answers(made: Start, question: Question, language: str) -> tuple[OpenAnswer, ...]:
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


def open_row(one: OpenAnswer, language: str) -> Mapping[str, str]:
    say = house.voice(language).say
    return {
        say("Measurement"): one.title,
        say("Widens the bracket by"): one.adds,
        say("Themes"): one.themes or "–",
        say("SDGs"): one.goals or "–",
    }
