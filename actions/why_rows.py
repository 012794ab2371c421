"""The lines of an explanation: as a waterfall, and the same as a table that adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from actions import house
from actions.figures import points
from actions.why_steps import Printed, Told
from actions.why_words import alone_sentence, label, pair_sentence, signed
from reports.waterfall import GAIN, LOSS, NOTHING, TOTAL

# Less than this is nothing: what is left of fractions that binary numbers cannot hold.
NONE_BELOW = 1e-9


def sentence(one: Printed, got: Told, language: str) -> str:
    """The step in a plain sentence; "" for everything else together."""
    if one.line is None:
        return ""
    return (pair_sentence if got.pair.there else alone_sentence)(
        one.line, one.amount, one.brings, got.pair, language
    )


def _totals(got: Told, language: str) -> tuple[str, str]:
    """What the first and the last line of the waterfall are called."""
    say = house.voice(language).say
    there = got.pair.other if got.pair.there else say("Full points")
    return there, got.pair.name


def _name(one: Printed, language: str, *, short: bool) -> str:
    if one.line is None:
        return house.voice(language).say("Everything else")
    return label(one.line.code, language, short=short)


def rows(got: Told, steps: Sequence[Printed], language: str) -> list[Mapping[str, object]]:
    """The rows of the waterfall: from there, or from full points, to here; everything else comes first."""
    there, here = _totals(got, language)

    def total(name: str, at: float) -> Mapping[str, object]:
        return {
            "label": name,
            "kind": TOTAL,
            "start": at,
            "end": at,
            "text": points(at, language),
            "note": "",
        }

    def walk() -> Iterator[Mapping[str, object]]:
        at = got.second
        for one in sorted(steps, key=lambda one: one.line is not None):
            if one.line is not None and one.line.first is None and one.line.second is None:
                continue
            kind = NOTHING if abs(one.exact) < NONE_BELOW else GAIN if one.exact > 0 else LOSS
            yield {
                "label": _name(one, language, short=True),
                "kind": kind,
                "start": at,
                "end": at + one.exact,
                "text": signed(one.amount, one.exact, language),
                "note": sentence(one, got, language),
            }
            at += one.exact

    return [total(there, got.second), *walk(), total(here, got.first)]


def titles(language: str) -> dict[str, str]:
    """The titles of the waterfall."""
    say = house.voice(language).say
    return {
        "axis": say("points of the whole (the axis is cut)"),
        "row": say("Part"),
        "step": say("In the whole"),
        "note": say("Why"),
    }


def description(got: Told, language: str) -> str:
    """What the waterfall shows, for those who cannot see it."""
    there, here = _totals(got, language)
    return house.voice(language).say(
        "Waterfall from {there}, {first} points, to {here}, {last} points: one step a part, the largest first. "
        "The table holds every number.",
        there=there,
        first=points(got.second, language),
        here=here,
        last=points(got.first, language),
    )


def table(got: Told, steps: Sequence[Printed], language: str) -> tuple[Mapping[str, str], ...]:
    """The waterfall in numbers, in the same order; the last column adds up."""
    say = house.voice(language).say
    there, here = _totals(got, language)
    part, whole = say("Part"), say("In the whole")
    own, other, brings = say("Points here"), say("Points there"), say("Brings")

    def line(name: str, first: str, second: str, change: str) -> Mapping[str, str]:
        middle = {own: first, other: second} if got.pair.there else {own: first, brings: second}
        return {part: name, **middle, whole: change}

    lines = [line(there, "", "", points(got.second, language))]
    for one in sorted(steps, key=lambda one: one.line is not None):
        if got.pair.there and one.line is not None and (one.line.first, one.line.second) == (None, None):
            continue
        first = "" if one.line is None else _points(one.line.first, language)
        second = "" if one.line is None else _points(one.line.second, language)
        if not got.pair.there:
            second = points(one.brings, language)
        lines.append(
            line(_name(one, language, short=False), first, second, signed(one.amount, one.exact, language))
        )
    brought = "" if got.pair.there else points(got.first, language)
    return (*lines, line(here, "", brought, points(got.first, language)))


def _points(value: float | None, language: str) -> str:
    return points(float("nan") if value is None else value, language)
