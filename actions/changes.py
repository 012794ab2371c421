"""The changes of a what-if: each in words, one more, one less."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from actions import house
from actions.access import Actor, see
from actions.outcome import Asked
from actions.route_words import answer_words
from actions.scenario_text import decode, encode
from actions.standing import standing
from locales import mark
from scoring.scenario import UNCHANGED, Scenario

__all__ = [
    "RULES",
    "UNCHANGED",
    "Scenario",
    "answered",
    "change_keys",
    "change_rows",
    "taken_back",
    "with_answer",
    "with_goalposts",
    "with_rule",
    "with_weight",
]

# The rules of joining that a page offers, by their names in scoring.aggregations.
RULES: Mapping[str, str] = {
    "arithmetic": mark("arithmetic mean"),
    "geometric": mark("geometric mean"),
    "harmonic": mark("harmonic mean"),
    "mazziotta_pareto": mark("Mazziotta-Pareto mean"),
    "median": mark("median"),
    "minimum": mark("the lowest counts"),
}


def change_rows(
    actor: Actor, asked: Asked, scenario: Scenario, language: str
) -> tuple[Mapping[str, str], ...]:
    """What a scenario changes, for a page; NotKeptError for an unknown upload."""
    see(actor, *asked.upload_ids)
    return changes_told(asked, scenario, language)


def changes_told(asked: Asked, scenario: Scenario, language: str) -> tuple[Mapping[str, str], ...]:
    """What a scenario changes, as table rows: subject, as it is, what if."""
    say, framework = house.voice(language).say, house.framework()
    words, where = framework.words[language], standing(asked.upload_id, asked.basket)
    named: list[tuple[str, str, str]] = []
    for code, value in scenario.answers:
        own = float(where.panel.values[0, where.panel.codes.index(code)])
        then = math.nan if value is None else value
        title = say("Answer to {code} {title}", code=code, title=words[code].title)
        named.append((title, answer_words(code, own, language), answer_words(code, then, language)))
    for code, weight in scenario.weights:
        title = say("Weight of {code} {title}", code=code, title=words[code].title)
        named.append((title, _number(framework.by_code[code].weight, language), _number(weight, language)))
    for code, (lower, upper) in scenario.goalposts:
        facts = framework.by_code[code].measurement
        assert facts is not None
        title = say("Goalposts of {code} {title}", code=code, title=words[code].title)
        own_ends = (facts.lower or 0.0, facts.upper or 0.0)
        named.append((title, _ends(own_ends, language), _ends((lower, upper), language)))
    rules = {level.name: level.aggregation for level in framework.levels}
    for level, name in scenario.aggregations:
        title = say("Joined at: {level}", level=house.terms(language)[f"level.{level}"])
        named.append((title, _rule(rules[level], language), _rule(name, language)))
    return tuple(
        {say("What is changed"): title, say("As it is"): now, say("What if"): then}
        for title, now, then in named
    )


def _number(value: float, language: str) -> str:
    return house.voice(language).number(value, 4, fixed=False)


def _ends(ends: tuple[float, float], language: str) -> str:
    return house.voice(language).say(
        "{lower} to {upper}", lower=_number(ends[0], language), upper=_number(ends[1], language)
    )


def _rule(name: str, language: str) -> str:
    return house.voice(language).say(RULES[name]) if name in RULES else name


def with_answer(scenario: Scenario, code: str, value: float | None) -> Scenario:
    """The scenario with one answer more, or another one."""
    return replace(scenario, answers=Scenario.of(dict(scenario.answers) | {code: value}).answers)


def answered(actor: Actor, asked: Asked, scenario: Scenario, code: str, value: float | None) -> Scenario:
    """The scenario with one answer of the city; the answer that the workbook gives takes the change back."""
    see(actor, *asked.upload_ids)
    panel = standing(asked.upload_id, asked.basket).panel
    at = panel.codes.index(code)
    own = float(panel.values[0, at])
    same = math.isnan(own) and not panel.out[0, at] if value is None else value == own
    if not same:
        return with_answer(scenario, code, value)
    kept = {one: held for one, held in scenario.answers if one != code}
    return replace(scenario, answers=Scenario.of(answers=kept).answers)


def with_weight(scenario: Scenario, code: str, weight: float) -> Scenario:
    """The scenario with one weight more; the framework's own weight takes the change back."""
    kept = {one: w for one, w in scenario.weights if one != code}
    if weight != house.framework().by_code[code].weight:
        kept[code] = weight
    return replace(scenario, weights=Scenario.of(weights=kept).weights)


def with_goalposts(scenario: Scenario, code: str, lower: float, upper: float) -> Scenario:
    """The scenario with one measurement's goalposts moved; the framework's own take the change back."""
    kept = {one: ends for one, ends in scenario.goalposts if one != code}
    facts = house.framework().by_code[code].measurement
    if facts is not None and (lower, upper) != (facts.lower, facts.upper):
        kept[code] = (lower, upper)
    return replace(scenario, goalposts=Scenario.of(goalposts=kept).goalposts)


def with_rule(scenario: Scenario, level: str, name: str) -> Scenario:
    """The scenario with one level joined otherwise; the framework's own rule takes the change back."""
    kept = {one: rule for one, rule in scenario.aggregations if one != level}
    if name != {one.name: one.aggregation for one in house.framework().levels}[level]:
        kept[level] = name
    return replace(scenario, aggregations=Scenario.of(aggregations=kept).aggregations)


def taken_back(scenario: Scenario, part: str) -> Scenario:
    """The scenario without one of its changes, named as in `change_keys`."""
    kept = [one for one in change_keys(scenario) if one != part]
    return decode(house.framework(), ",".join(kept))[0]


def change_keys(scenario: Scenario) -> tuple[str, ...]:
    """A short name of each change, in the order of `change_rows`."""
    text = encode(scenario)
    return tuple(text.split(",")) if text else ()
