"""A plain sentence for every step of an explanation."""

from __future__ import annotations

from collections.abc import Mapping

from actions import house
from actions.figures import names, points
from actions.why_beside import ASSURED, Pair
from locales import mark
from scoring.differences import Contribution
from scoring.model import Scores
from scoring.rounding import published

# The least effect of a weight, in points of the whole, that has a sentence of its own.
LEAST = 0.05
LESS, MORE = "−", "+"


def label(code: str, language: str, *, short: bool = False) -> str:
    """Number and name of a node; groups have no number that readers know."""
    words = house.framework().words[language][code]
    name = words.short if short else words.title
    return f"{code} {name}" if code[:1].isdigit() else name


def signed(printed: float, exact: float, language: str) -> str:
    """A printed amount with its sign; one that is too small to print keeps the sign of what it is."""
    text = points(abs(printed), language)
    if printed == 0 and abs(exact) < 10**-9:
        return text
    return (MORE if (printed or exact) > 0 else LESS) + text


def amount(printed: float, language: str) -> str:
    """How much, without a sign; what is too small to print is said to be so."""
    if printed:
        return points(abs(printed), language)
    return house.voice(language).say("less than {points}", points=points(10 ** -_digits(), language))


def _digits() -> int:
    return house.framework().rules.published_decimals


def alone_sentence(line: Contribution, printed: float, brings: float, pair: Pair, language: str) -> str:
    """What one part of a score brings and loses, in printed points."""
    say = house.voice(language).say
    part = label(line.code, language)
    if line.first is None:
        return say("{part} does not count here; its weight is shared among the others.", part=part)
    if not _answered(pair.scores, pair.here, line.code):
        return say(
            "{part} is open and counts 0: it loses {loss} points.",
            part=part,
            loss=amount(printed, language),
        )
    return say(
        "{part} has {points} of 100 points: it brings {gain} points in the whole and loses {loss}.",
        part=part,
        points=points(line.first, language),
        gain=points(brings, language),
        loss=points(abs(printed), language),
    )


def pair_sentence(line: Contribution, printed: float, _brings: float, pair: Pair, language: str) -> str:
    """What one part does to a difference, and whether that is by its points or by its weight."""
    first = _by_points(line, printed, pair, language)
    weight = line.weight + line.carried
    if line.first is None or line.second is None or abs(weight) < LEAST:
        return first
    return f"{first} {_by_weight(line, weight, pair, language)}"


def _by_points(line: Contribution, printed: float, pair: Pair, language: str) -> str:
    say = house.voice(language).say
    part, effect = label(line.code, language), signed(printed, line.total, language)
    if line.first is None and line.second is None:
        return say("{part} does not count on either side.", part=part)
    if line.first is None:
        return say(
            "{part} does not count here, but does there with {points} points: {effect} points in the whole.",
            part=part,
            points=points(line.second or 0.0, language),
            effect=effect,
        )
    if line.second is None:
        return say(
            "{part} counts here with {points} points, but does not there: {effect} points in the whole.",
            part=part,
            points=points(line.first, language),
            effect=effect,
        )
    apart = float(published(line.first, _digits())) - float(published(line.second, _digits()))
    size, cost = points(abs(apart), language), amount(printed, language)
    here, there = (_answered(pair.scores, unit, line.code) for unit in (pair.here, pair.there))
    if not here and not there:
        return say("{part} is open on both sides.", part=part)
    if not here and apart < 0 and line.total < 0:
        return say(
            "{part} is open here and counts 0, against {points} points there, which costs {loss} points in the whole.",
            part=part,
            points=points(line.second, language),
            loss=cost,
        )
    if not there and apart > 0 and line.total > 0:
        return say(
            "{part} is open there and counts 0, against {points} points here, which brings {gain} points in the whole.",
            part=part,
            points=points(line.first, language),
            gain=cost,
        )
    if apart > 0 and line.total > 0:
        return say(
            "{part} is {points} points higher here, which brings {gain} points in the whole.",
            part=part,
            points=size,
            gain=cost,
        )
    if apart < 0 and line.total < 0:
        return say(
            "{part} is {points} points lower here, which costs {loss} points in the whole.",
            part=part,
            points=size,
            loss=cost,
        )
    if abs(line.total) < 10**-9:
        return say(
            "{part} makes no difference: {points} points here.",
            part=part,
            points=points(line.first, language),
        )
    return say(
        "{part} has {first} points here and {second} there: {effect} points in the whole.",
        part=part,
        first=points(line.first, language),
        second=points(line.second, language),
        effect=effect,
    )


# Whether the figure is the assured one, where what is unanswered counts -> why a part counts for more, or less.
_MORE_HERE: Mapping[bool, str] = {
    True: mark("It counts for more here, because {parts} left the basket: {effect} of this."),
    False: mark("It counts for more here, because {parts} went unanswered: {effect} of this."),
}
_LESS_HERE: Mapping[bool, str] = {
    True: mark("It counts for less here, because {parts} left the basket there: {effect} of this."),
    False: mark("It counts for less here, because {parts} went unanswered there: {effect} of this."),
}


def _by_weight(line: Contribution, weight: float, pair: Pair, language: str) -> str:
    """Whose leaving changed a part's weight, as far as it is one of its neighbours."""
    say = house.voice(language).say
    effect = signed(float(published(weight, _digits())), weight, language)
    left_here, left_there = _left(line.code, pair)
    if line.first_share > line.second_share and left_here:
        sentence, left = _MORE_HERE[pair.figure == ASSURED], left_here
    elif line.first_share < line.second_share and left_there:
        sentence, left = _LESS_HERE[pair.figure == ASSURED], left_there
    else:
        return say(
            "Other parts that count on one side only shift its weight: {effect} of this.", effect=effect
        )
    return say(sentence, parts=names([label(code, language) for code in left], language), effect=effect)


def _left(code: str, pair: Pair) -> tuple[list[str], list[str]]:
    """The neighbours of a node that count there alone, and those that count here alone."""
    framework = house.framework()
    near = [one for one in framework.children[framework.by_code[code].parent] if one in pair.scores.nodes]
    here, there = (
        [_counts(pair, pair.scores.units.index(unit), one) for one in near]
        for unit in (pair.here, pair.there)
    )
    return (
        [one for one, a, b in zip(near, here, there, strict=True) if b and not a],
        [one for one, a, b in zip(near, here, there, strict=True) if a and not b],
    )


def _counts(pair: Pair, unit: int, code: str) -> bool:
    j = pair.scores.column(code)
    inside = bool(pair.scores.in_basket[unit, j])
    return (
        inside if pair.figure == ASSURED else inside and _answered(pair.scores, pair.scores.units[unit], code)
    )


def _answered(scores: Scores, unit: str, code: str) -> bool:
    """Whether anything of a node is answered; a node outside the basket is not."""
    return bool(scores.coverage[scores.units.index(unit), scores.column(code)] > 0)
