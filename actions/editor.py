"""The entries of a what-if: what may be changed, what stands in them, and what was typed, read as a workbook is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from actions import house
from actions.access import Actor, see
from actions.changes import with_weight
from actions.figures import value as with_unit
from actions.outcome import Asked
from actions.route_words import answer_words
from actions.standing import standing
from indicators.numbers import Asked as AskedFor
from indicators.numbers import parse
from indicators.text import quoted
from scoring.scenario import Scenario, check_goalposts, framework_of


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed, as a number; where there is none, `problem` says why and what to do."""

    value: float | None
    problem: str


def editable(actor: Actor, asked: Asked, language: str) -> dict[str, str]:
    """The measurements of the basket that a what-if may answer otherwise: code -> number, title and answer."""
    see(actor, *asked.upload_ids)
    where, words = standing(asked.upload_id, asked.basket), house.framework().words[language]
    return {
        code: f"{code} {words[code].title} ({answer_words(code, float(value), language)})"
        for code, value in zip(where.panel.codes, where.panel.values[0], strict=True)
        if code in where.scores.nodes
    }


def movable_goalposts(actor: Actor, asked: Asked, language: str) -> dict[str, str]:
    """The measurements of the basket whose goalposts can be moved: code -> number and title."""
    see(actor, *asked.upload_ids)
    framework, where = house.framework(), standing(asked.upload_id, asked.basket)
    return {
        node.code: f"{node.code} {framework.words[language][node.code].title}"
        for node in framework.measurements
        if node.code in where.scores.nodes and node.measurement and node.measurement.scale != "ladder"
    }


def joined_levels(language: str) -> dict[str, str]:
    """The levels at which something is joined: id -> name."""
    return {
        level.name: house.terms(language)[f"level.{level.name}"] for level in house.framework().levels[:-1]
    }


@dataclass(frozen=True, slots=True)
class Input:
    """What an entry of the editor starts with: the text in view, and the levels to choose from on a ladder."""

    text: str
    levels: tuple[str, ...] = ()  # "" is an open answer; empty for a figure
    unit: str = ""


def answer_input(actor: Actor, asked: Asked, scenario: Scenario, code: str, language: str) -> Input:
    """The answer to one measurement as the what-if has it."""
    see(actor, *asked.upload_ids)
    where, facts = standing(asked.upload_id, asked.basket), house.framework().by_code[code].measurement
    assert facts is not None
    own = float(where.panel.values[0, where.panel.codes.index(code)])
    held = dict(scenario.answers).get(code, None if math.isnan(own) else own)
    text = "" if held is None else _typed(held)
    if facts.scale == "ladder":
        return Input(text, ("", *(str(level) for level in range(house.framework().rules.ladder_levels + 1))))
    return Input(text, unit=house.framework().units[language].get(facts.unit, ""))


def level_name(level: str, language: str) -> str:
    """A level of the ladder as a choice; an open answer for ""."""
    if not level:
        return house.voice(language).say("open")
    return f"{level} · {house.framework().ladder[language][int(level)].title}"


def weight_input(scenario: Scenario, code: str) -> Input:
    """The weight of a focus area as the what-if has it."""
    return Input(_typed(dict(scenario.weights).get(code, house.framework().by_code[code].weight)))


def goalpost_inputs(scenario: Scenario, code: str, language: str) -> tuple[Input, Input]:
    """Both goalposts of a measurement as the what-if has them."""
    facts = house.framework().by_code[code].measurement
    assert facts is not None
    ends = dict(scenario.goalposts).get(code, (facts.lower or 0.0, facts.upper or 0.0))
    unit = house.framework().units[language].get(facts.unit, "")
    return Input(_typed(ends[0]), unit=unit), Input(_typed(ends[1]), unit=unit)


def rule_of(scenario: Scenario, level: str) -> str:
    """How a level is joined in the what-if."""
    own = {one.name: one.aggregation for one in house.framework().levels}
    return dict(scenario.aggregations).get(level, own[level])


def _typed(value: float) -> str:
    """A number as a person would type it, so that it is read back without doubt: three decimals could be thousands."""
    text = f"{value:.10g}"
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def read_answer(code: str, text: str, language: str) -> Typed:
    """An answer as a person types numbers, judged as the workbook's cell would be; empty text is an open answer."""
    facts = house.framework().by_code[code].measurement
    assert facts is not None
    typed = _read(text, facts.unit, language)
    if typed.value is None:
        return typed
    say = house.voice(language).say
    if facts.unit == "percent" and 0 < typed.value < 1 and "%" not in text:
        return Typed(
            None,
            say(
                "{typed} may be a share or a percentage. Write {percent}% or {share}%.",
                typed=text.strip(),
                percent=_plain(typed.value * 100, language),
                share=_plain(typed.value, language),
            ),
        )
    if not facts.plausible_low <= typed.value <= facts.plausible_high:
        return Typed(
            None,
            say(
                "{value} is not possible here: answers lie from {low} to {high}.",
                value=_plain(typed.value, language),
                low=with_unit(facts.plausible_low, facts.unit, language),
                high=with_unit(facts.plausible_high, facts.unit, language),
            ),
        )
    return typed


def read_weight(scenario: Scenario, code: str, text: str, language: str) -> Typed:
    """A weight as a person types it: 0 or more, and not the last one of its family taken away."""
    typed, say = _read(text, "", language), house.voice(language).say
    if typed.value is None:
        return typed if typed.problem else Typed(None, say("A weight is a number, 0 or more."))
    try:
        framework_of(house.framework(), with_weight(scenario, code, typed.value))
    except ValueError:
        return Typed(None, say("A weight is 0 or more, and not all of them can be 0."))
    return typed


def read_goalposts(code: str, lower: str, upper: str, language: str) -> tuple[Typed, Typed]:
    """Both goalposts as a person types them; the second one says what is wrong with the two together."""
    say, facts = house.voice(language).say, house.framework().by_code[code].measurement
    assert facts is not None
    low, high = _read(lower, facts.unit, language), _read(upper, facts.unit, language)
    if low.value is None or high.value is None:
        empty = Typed(None, say("Both goalposts are needed."))
        return (low, high) if low.problem or high.problem else (low, empty)
    try:
        check_goalposts(house.framework(), code, low.value, high.value)
    except ValueError:
        return low, Typed(
            None,
            say("The lower goalpost must lie below the upper one, and above 0 on a logarithmic scale."),
        )
    return low, high


def _read(text: str, unit: str, language: str) -> Typed:
    framework, say = house.framework(), house.voice(language).say
    names = tuple(units[unit] for units in framework.units.values() if unit in units)
    parsed = parse(text, asked=AskedFor(unit, names))
    if parsed.problem is None:
        return Typed(parsed.value, "")
    if parsed.candidates:
        choices = [_plain(one, language) for one in dict.fromkeys(parsed.candidates)]
        return Typed(
            None,
            say(
                "“{typed}” can be read in several ways: {choices}. Please write one of them.",
                typed=quoted(text),
                choices=house.voice(language).series(choices),
            ),
        )
    return Typed(None, say("“{typed}” cannot be read as a number. Write it as in 4.5.", typed=quoted(text)))


def _plain(value: float, language: str) -> str:
    return house.voice(language).number(value, 4, fixed=False)
