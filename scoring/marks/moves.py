"""Why did the ranking move? Between two moments every city's move, divided among the causes without a remainder.

The causes are every juror whose marks differ, every juror with other recusals, every city with other data,
every rule that differs and the weights. Each gets its share by `scoring.marks.causes.shares`: of the points
as published and of the places. A city that is not ranked counts as one place behind all that are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scoring.marks.causes import shares
from scoring.marks.limits import Limits
from scoring.marks.moment import (
    BAR,
    DATA,
    MARK,
    MINIMA,
    RECUSAL,
    ROUNDING,
    RULE,
    SEVERITY,
    WEIGHT,
    Cause,
    Counted,
    Moment,
    Standing,
    counted,
    standing,
    standing_of,
)
from scoring.model import BoolArray, FloatArray

# Kinds of causes that change what the marks come to.
COUNTING = {MARK, RECUSAL, WEIGHT}


@dataclass(frozen=True, eq=False)
class Moves:
    """`points` and `places` are causes x cities; each city's column adds up to its whole move.

    Above 0 in points is a gain, below 0 in places is a gain too: towards the first. Points are NaN for a city
    that has none at one of the moments, or at one between them.
    """

    causes: tuple[Cause, ...]
    points: FloatArray
    places: FloatArray
    before: Standing
    after: Standing


def moves(before: Moment, after: Moment, limits: Limits) -> Moves:
    """The moves from one moment to another with the same jurors, cities and criteria.

    Who came or left stands in both, without marks at the one. Raises ValueError where the names or the number of
    figures differ, saying which.
    """
    for what in ("jurors", "cities", "criteria"):
        if getattr(before.marks, what) != getattr(after.marks, what):
            raise ValueError(
                f"the {what} of the two moments differ; give both moments all of them, NaN for none"
            )
    if before.data.shape != after.data.shape:
        raise ValueError(f"the moments have {before.data.shape[1]} and {after.data.shape[1]} figures a city")
    kinds = _kinds(before, after)

    known: dict[frozenset[Cause], Counted] = {}

    def outcome(happened: frozenset[Cause]) -> FloatArray:
        moment = _between(before, after, happened)
        # Most sets differ in what comes after the marks have been counted.
        of_marks = frozenset(one for one in happened if one.kind in COUNTING or one == Cause(RULE, SEVERITY))
        if of_marks not in known:
            known[of_marks] = counted(moment, limits)
        seen = standing_of(moment, known[of_marks])
        return np.array([seen.points, seen.place])

    found = shares(kinds, outcome)
    causes = tuple(found)
    table = np.array([found[cause] for cause in causes]).reshape(len(causes), 2, len(before.marks.cities))
    return Moves(causes, table[:, 0], table[:, 1], standing(before, limits), standing(after, limits))


def _kinds(before: Moment, after: Moment) -> dict[str, list[Cause]]:
    jurors, cities = before.marks.jurors, before.marks.cities
    marks = _differs(before.marks.values, after.marks.values)
    data = _differs(before.data, after.data)
    weights = not np.array_equal(before.marks.weights, after.marks.weights) or not np.array_equal(
        before.data_weights, after.data_weights
    )
    names = sorted({*before.bars, *after.bars})
    bars = [name for name in names if not np.array_equal(_bar(before, name), _bar(after, name))]
    rules = [Cause(BAR, name) for name in bars]
    if not np.array_equal(before.minima, after.minima, equal_nan=True):
        rules.append(Cause(RULE, MINIMA))
    rules += [Cause(RULE, SEVERITY)] if before.adjust != after.adjust else []
    rules += [Cause(RULE, ROUNDING)] if before.decimals != after.decimals else []
    return {
        MARK: _named(MARK, jurors, marks.reshape(len(jurors), -1).any(axis=1)),
        RECUSAL: _named(RECUSAL, jurors, (before.recused != after.recused).any(axis=1)),
        DATA: _named(DATA, cities, data.any(axis=1)),
        RULE: rules,
        WEIGHT: [Cause(WEIGHT)] if weights else [],
    }


def _differs(one: FloatArray, other: FloatArray) -> BoolArray:
    differs: BoolArray = (one != other) & ~(np.isnan(one) & np.isnan(other))
    return differs


def _named(kind: str, names: Sequence[str], changed: BoolArray | np.bool) -> list[Cause]:
    return [Cause(kind, names[k]) for k in np.flatnonzero(changed).tolist()]


def _bar(moment: Moment, name: str) -> BoolArray:
    return moment.bars.get(name, np.zeros(len(moment.marks.cities), dtype=bool))


def _between(before: Moment, after: Moment, happened: frozenset[Cause]) -> Moment:
    """The moment when only some causes have happened."""

    def rows(kind: str, names: Sequence[str]) -> BoolArray:
        return np.array([Cause(kind, name) in happened for name in names], dtype=bool)

    def rule(name: str, kind: str = RULE) -> Moment:
        return after if Cause(kind, name) in happened else before

    jurors = before.marks.jurors
    weigh = after if Cause(WEIGHT) in happened else before
    marks = np.where(rows(MARK, jurors)[:, None, None], after.marks.values, before.marks.values)
    names = sorted({*before.bars, *after.bars})
    return Moment(
        marks=replace(before.marks, values=marks, weights=weigh.marks.weights),
        recused=np.where(rows(RECUSAL, jurors)[:, None], after.recused, before.recused),
        data=np.where(rows(DATA, before.marks.cities)[:, None], after.data, before.data),
        data_weights=weigh.data_weights,
        minima=rule(MINIMA).minima,
        bars={name: _bar(rule(name, BAR), name) for name in names},
        adjust=rule(SEVERITY).adjust,
        decimals=rule(ROUNDING).decimals,
    )
