"""Why this score, or why not another one's: a waterfall that adds up, its table, and a sentence for every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.figures import names, points
from actions.standing import ids_of
from actions.why_beside import ALONE, FIGURE_NAMES, FIGURES, always_reported, besides, settled
from actions.why_rows import description, rows, sentence, table, titles
from actions.why_steps import BY_AREA, BY_GROUP, WAYS, Printed, Told, printed_steps, told
from actions.why_words import label, signed
from reports.charts import Spec
from reports.palette import palette
from reports.waterfall import waterfall

__all__ = [
    "ALONE",
    "BY_AREA",
    "FIGURES",
    "FIGURE_NAMES",
    "WHOLE",
    "Why",
    "always_reported",
    "besides",
    "features",
    "parts_offered",
    "settled",
    "why",
]

WHOLE = "all"
# How many parts "In short" names on each side.
_NAMED = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One step in words; `code` names the node, `area` its focus area, and `level` where it stands in the tree."""

    code: str
    level: str
    area: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Why:
    """Everything the page shows, in words; `trouble` says why nothing can be explained, else "".

    `sides` says who is here and who is there and on what both are compared, "" for a score by itself.
    """

    trouble: str
    summary: str
    sides: str
    chart: Spec | None
    chart_description: str
    table: tuple[Mapping[str, str], ...]
    steps: tuple[Step, ...]


def parts_offered(language: str) -> dict[str, str]:
    """What can be looked at more closely: the whole by focus area or by group, a group, or a focus area."""
    say, framework = house.voice(language).say, house.framework()
    nodes = (*framework.at_level("group"), *framework.at_level("focus_area"))
    return {
        BY_AREA: say("the whole, by focus area"),
        BY_GROUP: say("the whole, by group"),
        **{node.code: label(node.code, language) for node in nodes},
    }


def features(part: str, language: str) -> dict[str, str]:
    """The features of a focus area to choose from; empty for any other part."""
    if part in WAYS or house.framework().by_code[part].level != "focus_area":
        return {}
    say, below = house.voice(language).say, house.framework().children[part]
    return {WHOLE: say("All features"), **{code: label(code, language) for code in below}}


def why(
    actor: Actor,
    upload_id: str,
    beside: str,
    part: str,
    feature: str,
    figure: str,
    basket: str,
    claims: str,
    language: str,
    dark: bool,
) -> Why:
    """Why one upload's score is what it is, beside something of `besides` (an invented city already `settled`).

    `part` is one of `parts_offered`, `feature` one of `features` or WHOLE. NotKeptError for an unknown upload,
    KeyError for an unknown award city.
    """
    see(actor, *ids_of(upload_id, beside))
    return _why(upload_id, beside, part, feature, figure, basket, claims, language, dark)


@lru_cache(maxsize=256)
def _why(
    upload_id: str,
    beside: str,
    part: str,
    feature: str,
    figure: str,
    basket: str,
    claims: str,
    language: str,
    dark: bool,
) -> Why:
    got = told(upload_id, beside, figure, basket, claims, language)
    if isinstance(got, str):
        return Why(got, "", "", None, "", (), ())
    node = feature if feature in features(part, language) and feature != WHOLE else part
    steps = printed_steps(got, node)
    return Why(
        trouble="",
        summary=_summary(got, language),
        sides=_sides(got, language),
        chart=waterfall(rows(got, steps, language), titles(language), palette(dark)),
        chart_description=description(got, language),
        table=table(got, steps, language),
        steps=tuple(
            _step(one, got, language) for one in steps if one.line is not None and _told_of(one, got)
        ),
    )


def _told_of(one: Printed, got: Told) -> bool:
    """Whether a step has anything to say: of two sides, one at least must count it."""
    return one.line is None or not got.pair.there or (one.line.first, one.line.second) != (None, None)


def _step(one: Printed, got: Told, language: str) -> Step:
    assert one.line is not None
    nodes = house.framework().by_code
    node = above = nodes[one.line.code]
    while above.level != "focus_area" and above.parent:
        above = nodes[above.parent]
    return Step(
        code=node.code,
        level=node.level,
        area=above.code if above.level == "focus_area" else "",
        title=label(node.code, language),
        sentence=sentence(one, got, language),
    )


def _summary(got: Told, language: str) -> str:
    """Where the score stands, what gives most and what costs most, by focus area."""
    say, both = house.voice(language).say, got.pair
    steps = [one for one in printed_steps(got, BY_AREA) if one.line is not None]
    if got.brings is not None:
        best = sorted(steps, key=lambda one: -one.brings)[:_NAMED]
        first = say("{city} has {points} points.", city=both.name, points=points(got.first, language))
        gains = _listed([(one, points(one.brings, language)) for one in best if one.brings > 0], language)
        losses = _listed([(one, points(-one.amount, language)) for one in _least(steps)], language)
        second = say("Most comes from {parts}.", parts=gains) if gains else ""
        third = say("Most is lost in {parts}.", parts=losses) if losses else ""
        return " ".join(filter(None, (first, second, third)))
    first = say(
        "{city}: {points} points; {other}: {theirs}.",
        city=both.name,
        points=points(got.first, language),
        other=both.other,
        theirs=points(got.second, language),
    )
    best = sorted(steps, key=lambda one: -one.amount)[:_NAMED]
    gains = _listed([(one, signed(one.amount, 0, language)) for one in best if one.amount > 0], language)
    losses = _listed([(one, signed(one.amount, 0, language)) for one in _least(steps)], language)
    second = say("Most speaks for {city} in {parts}.", city=both.name, parts=gains) if gains else ""
    third = say("Most speaks against {city} in {parts}.", city=both.name, parts=losses) if losses else ""
    return " ".join(filter(None, (first, second, third)))


def _least(steps: Sequence[Printed]) -> list[Printed]:
    return [one for one in sorted(steps, key=lambda one: one.amount)[:_NAMED] if one.amount < 0]


def _listed(found: Sequence[tuple[Printed, str]], language: str) -> str:
    say = house.voice(language).say
    return names(
        [
            say("{part} ({points})", part=label(one.line.code, language), points=text)
            for one, text in found
            if one.line is not None
        ],
        language,
    )


def _sides(got: Told, language: str) -> str:
    voice, both = house.voice(language), got.pair
    if not both.there:
        return ""
    sides = voice.say("Here: {city}. There: {other}.", city=both.name, other=both.other)
    if both.common is None:
        return sides
    return (
        sides
        + " "
        + voice.plural(
            "Compared on the {count} measurement that both have, with the framework's weights shared among what is "
            "common; nothing else counts.",
            "Compared on the {count} measurements that both have, with the framework's weights shared among what is "
            "common; nothing else counts.",
            both.common,
        )
    )
