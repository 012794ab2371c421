"""What changed most between two years of a city, measurement by measurement, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from actions import house
from actions.figures import share, value
from actions.set_aside import area_of
from actions.why_words import signed
from actions.years import Break, CityYear, answers_for
from actions.years_words import break_reason, code_name, signed_points
from locales import mark
from scoring.apportion import apportioned
from scoring.differences import difference
from scoring.model import Framework, Observation
from scoring.progress import BROKEN, FIRST, FIRST_ONLY, LATEST, LATEST_ONLY, NEITHER, Progress
from scoring.trends import EVERYTHING

MOST = 8
_NONE_BELOW = 1e-9
# The unit of what is told by a ladder.
_LEVEL = "level"

_WHY: Mapping[str, str] = {
    FIRST_ONLY: mark("Answered in {first} only."),
    LATEST_ONLY: mark("Answered in {latest} only."),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One measurement that moved the comparable part: by how much, from what to what, and where to look."""

    title: str
    points: str
    sentence: str
    area: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What moved the comparable part from one year to another, most first.

    `rest` says what all others together did, `left_out` are rows of what is not compared and why.
    """

    summary: str
    changes: tuple[Change, ...]
    rest: str
    left_out: tuple[Mapping[str, str], ...]


def changes(
    framework: Framework,
    found: Progress,
    first: CityYear,
    latest: CityYear,
    broken: Sequence[Break],
    language: str,
) -> Changes:
    """The measurements that moved the comparable part most; their parts add up to the whole change."""
    say = house.voice(language).say
    whole, compared = float(found.change[0]), float(found.share[0])
    left = _left_out(found, first, latest, broken, language)
    facts = {"first": first.year, "latest": latest.year}
    if np.isnan(whole):
        return Changes(say("Between {first} and {latest} nothing can be compared.", **facts), (), "", left)
    explained = difference(framework, found.scores, LATEST, FIRST, "reported")
    parts = {code: explained.at(code).total for code in found.compared}
    order = sorted(parts, key=lambda code: -abs(parts[code]))
    shown = [code for code in order[:MOST] if abs(parts[code]) > _NONE_BELOW]
    others = whole - sum(parts[code] for code in shown)
    digits = framework.rules.published_decimals
    printed = apportioned(np.array([*(parts[code] for code in shown), others]), whole, digits)
    before, after = (answers_for(framework, one.reading) for one in (first, latest))
    told = tuple(
        Change(
            code_name(code, language),
            signed(float(amount), parts[code], language),
            _sentence(framework, before[code], after[code], first, latest, language),
            area_of(code),
        )
        for code, amount in zip(shown, printed, strict=False)
    )
    summary = say(
        "From {first} to {latest} the comparable part, {share} of the weight, changed by {points} points.",
        points=signed_points(whole, language),
        share=share(compared, language),
        **facts,
    )
    rest = (
        say("All others together: {points}.", points=signed(float(printed[-1]), others, language))
        if told
        else ""
    )
    return Changes(summary, told, rest, left)


def _sentence(
    framework: Framework,
    before: Observation,
    after: Observation,
    first: CityYear,
    latest: CityYear,
    language: str,
) -> str:
    say = house.voice(language).say

    def told(row: Observation) -> str:
        asked = framework.by_code[row.code].measurement
        unit = asked.unit if asked is not None else ""
        if unit == _LEVEL:
            return say(
                "level {level} of {most}",
                level=value(row.value, "", language),
                most=framework.rules.ladder_levels,
            )
        return value(row.value, unit, language)

    return say(
        "{before} (of {before_year}, said in {first}) → {after} (of {after_year}, said in {latest}).",
        before=told(before),
        after=told(after),
        before_year=before.year or "–",
        after_year=after.year or "–",
        first=first.year,
        latest=latest.year,
    )


def same_figures(framework: Framework, found: Progress, first: CityYear, latest: CityYear) -> int:
    """How many of the compared figures are the very same old one in both years: they cannot show any progress."""
    before, after = (answers_for(framework, one.reading) for one in (first, latest))
    return sum(
        (before[code].value, before[code].year) == (after[code].value, after[code].year)
        and before[code].year is not None
        for code in found.compared
    )


def _left_out(
    found: Progress, first: CityYear, latest: CityYear, broken: Sequence[Break], language: str
) -> tuple[Mapping[str, str], ...]:
    """What is answered in one of the years at least and not compared."""
    say = house.voice(language).say
    reasons: dict[str, str] = {}
    for one in broken:
        if first.year < one.year <= latest.year:
            reasons.setdefault(one.code, f"{one.year}: {break_reason(one, language)}")
    return tuple(
        {
            say("Measurement"): code_name(code, language),
            say("Why it is not compared"): (
                reasons.get(code, reasons.get(EVERYTHING, ""))
                if why == BROKEN
                else say(_WHY[why], first=first.year, latest=latest.year)
            ),
        }
        for code, why in found.left_out.items()
        if why != NEITHER
    )
