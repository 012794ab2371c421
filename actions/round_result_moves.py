"""Why did the ranking move? Every city's move between two moments, divided among its causes, adding up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from actions.figures import NOTHING
from actions.round_moment import limits_of, moments_of
from actions.round_read import Seen
from actions.round_result_words import DECIMALS, Names, Rows, change, names, points
from scoring.apportion import apportioned
from scoring.marks.moment import BAR, DATA, MARK, RECUSAL, RULE, Cause
from scoring.marks.moves import Moves, moves
from scoring.model import FloatArray


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved between two moments: a sentence, a row for each city, and the causes of each city by its name."""

    summary: str
    cities: Rows
    causes: Mapping[str, Rows]


def why_moved(found: Seen, before: int, after: int, language: str) -> Moved:
    """The moves between two moments of the viewer's journal; without marks at both there is nothing to tell."""
    called = names(found, language)
    say = called.voice.say
    both = moments_of(found.at(before), found.at(after)) if found.sees_results else None
    if both is None:
        return Moved(say("There were no marks at either moment."), (), {})
    told = moves(*both, limits_of(found))
    cities = both[0].marks.cities
    labels, grouped = _grouped(told, called)
    moving = [i for i in _order(told) if _moves(told, i)]
    rows, causes = [], {}
    for i in moving:
        name = called.cities[cities[i]]
        rows.append(_row(told, i, name, called))
        causes[name] = _causes(told, i, labels, grouped, called)
    if not rows:
        return Moved(say("Nothing moved between these two moments."), (), {})
    summary = called.voice.plural(
        "{count} city moved between these two moments.",
        "{count} cities moved between these two moments.",
        len(rows),
    )
    return Moved(summary, tuple(rows), causes)


def _order(told: Moves) -> list[int]:
    """Best place after the move first."""
    order: list[int] = np.lexsort((-np.nan_to_num(told.after.points, nan=-9.0), told.after.place)).tolist()
    return order


def _moves(told: Moves, i: int) -> bool:
    same = np.array_equal(told.before.points[i], told.after.points[i], equal_nan=True)
    return not same or told.before.place[i] != told.after.place[i]


def _row(told: Moves, i: int, name: str, called: Names) -> Mapping[str, object]:
    say = called.voice.say

    def rank(value: int) -> str:
        return called.voice.number(value) if value else NOTHING

    return {
        say("City"): name,
        say("Rank before"): rank(int(told.before.rank[i])),
        say("Rank after"): rank(int(told.after.rank[i])),
        say("Mean mark before"): points(told.before.points[i], called.language),
        say("Mean mark after"): points(told.after.points[i], called.language),
        say("Places won or lost"): _climbed(told, i, called),
    }


def _climbed(told: Moves, i: int, called: Names) -> str:
    say = called.voice.say
    if not told.before.rank[i]:
        return say("comes into the ranking") if told.after.rank[i] else NOTHING
    if not told.after.rank[i]:
        return say("goes out of the ranking")
    return change(float(told.before.place[i] - told.after.place[i]), called.language, digits=0)


def _grouped(told: Moves, called: Names) -> tuple[list[str], list[list[int]]]:
    """Causes by what they are called: jurors who are not named stand together."""
    found: dict[str, list[int]] = {}
    for k, cause in enumerate(told.causes):
        found.setdefault(_called(cause, called), []).append(k)
    return list(found), list(found.values())


def _called(cause: Cause, called: Names) -> str:
    say = called.voice.say
    if cause.kind == MARK:
        return say("Marks of {juror}", juror=called.juror(cause.name))
    if cause.kind == RECUSAL:
        return say("Recusal of {juror}", juror=called.juror(cause.name))
    if cause.kind == DATA:
        return say("Figures of {city}", city=called.cities[cause.name])
    if cause.kind in (RULE, BAR):
        return say("Rule: {rule}", rule=called.rule(cause.name))
    return say("Other weights")


def _causes(
    told: Moves, i: int, labels: Sequence[str], grouped: Sequence[Sequence[int]], called: Names
) -> Rows:
    """What each cause gave a city in points and in places (upwards is above 0), the whole last."""
    say, language = called.voice.say, called.language
    gained = np.array([told.points[list(group), i].sum() for group in grouped])
    places = np.array([-told.places[list(group), i].sum() for group in grouped])
    whole = float(told.after.points[i] - told.before.points[i])
    climbed = float(told.before.place[i] - told.after.place[i])
    shown, steps = _printed(gained, whole, DECIMALS), _printed(places, climbed, DECIMALS)
    rows: list[dict[str, object]] = [
        {
            say("Cause"): label,
            say("In points"): change(float(one), language),
            say("In places"): change(float(step), language),
        }
        for label, one, step in zip(labels, shown, steps, strict=True)
        if (not np.isnan(one) and one != 0) or step != 0
    ]
    rows.append(
        {
            say("Cause"): say("Together"),
            say("In points"): change(whole, language),
            say("In places"): change(climbed, language),
        }
    )
    return tuple(rows)


def _printed(parts: FloatArray, whole: float, decimals: int) -> FloatArray:
    """The parts as they are printed, adding up to the printed whole; as they are where one of them cannot be told."""
    if np.isnan(parts).any() or np.isnan(whole):
        return parts
    return apportioned(parts, whole, decimals)
