"""How are the points of an index joined up its tree? With what was filled, and with every blank at either end.

Losses are taken off on the way; where one is not known, all under its node counts as blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scoring.index_points import lowest_and_highest, points_of
from scoring.index_prepare import ZERO, Figures, Prepared
from scoring.model import BoolArray, FloatArray, Framework
from scoring.plan import Plan
from scoring.remit import TOLERANCE
from scoring.score import Ready, score_points

PERCENT = 100.0


@dataclass(frozen=True, eq=False)
class Shown:
    """Points of the leaves, rows x leaves, with the ends that a blank may reach (one a leaf).

    `known` is what was reported, `answered` that and what was filled. `losses` are rows by node's code.
    """

    points: FloatArray
    known: BoolArray
    answered: BoolArray
    low: FloatArray
    high: FloatArray
    losses: Mapping[str, FloatArray]


def show(
    framework: Framework, codes: Sequence[str], rows: Sequence[str], figures: Figures, ready: Prepared
) -> Shown:
    """Figures as points, with what a blank may reach; ValueError for a loss that is no per cent."""
    points = points_of(framework, codes, ready.values, rows)
    low, high = lowest_and_highest(framework, codes, points)
    losses = {node.code: figures.columns[node.loss][ready.kept] for node in framework.nodes if node.loss}
    for code, loss in losses.items():
        wrong = np.flatnonzero((loss < 0) | (loss > PERCENT))
        if wrong.size:
            raise ValueError(
                f"{code}: unit {rows[wrong[0]]!r} ({loss[wrong[0]]:g}) has a loss that is no per cent from 0 to 100"
            )
    return Shown(points, ready.known, ~np.isnan(points), low, high, losses)


def join_up(
    plan: Plan, basket: str, rows: tuple[str, ...], shown: Shown, missing: str
) -> tuple[tuple[Ready, Ready], tuple[FloatArray, FloatArray, FloatArray, FloatArray]]:
    """What was joined into the score, and what was reported of it; score, assured, upper and coverage, rows x nodes.

    Where a loss is not known, all under the node counts as blank: nothing is left of it at worst, all at best.
    """
    kept = _kept(plan, rows, shown.losses)
    unknown = np.isnan(kept)
    least = np.zeros((len(plan.codes), 1))
    for at, coverage in plan.thresholds:
        least[at] = coverage
    there = ~_without_loss(plan, kept)[plan.leaves]
    worst = _ready(shown, shown.known.T & there, np.where(unknown, 0.0, kept), least)
    told = score_points(plan, basket, rows, worst)
    upper, score = told.upper, told.reported
    if unknown.any():
        best = replace(worst, answered=shown.known.T, keep=np.where(unknown, 1.0, kept))
        upper = score_points(plan, basket, rows, best).upper
    enough = told.coverage >= least.T - TOLERANCE
    used = worst
    if missing == ZERO:
        score = np.where(enough, told.assured, np.nan)
    elif not np.array_equal(shown.known, shown.answered):
        # Filled values bring a score about, but no coverage: what falls short without them stays out.
        held = np.where(enough.T, 0.0, np.inf)
        used = replace(worst, answered=shown.answered.T & there, thresholds=held)
        score = score_points(plan, basket, rows, used).reported
    return (used, worst), (score, told.assured, upper, told.coverage)


def as_reported(plan: Plan, rows: tuple[str, ...], shown: Shown) -> Ready:
    """What was reported, for draws: all under a node whose loss is not known is open."""
    kept = _kept(plan, rows, shown.losses)
    known = shown.known.T & ~_without_loss(plan, kept)[plan.leaves]
    return _ready(shown, known, np.where(np.isnan(kept), 1.0, kept), np.zeros((len(plan.codes), 1)))


def _without_loss(plan: Plan, kept: FloatArray) -> BoolArray:
    """Nodes (x rows) whose own loss, or that of a node above them, is not known."""
    blank: BoolArray = np.isnan(kept)
    for row in range(1, len(plan.codes)):
        blank[row] |= blank[plan.parent[row]]
    return blank


def _ready(shown: Shown, answered: BoolArray, keep: FloatArray, thresholds: FloatArray) -> Ready:
    nobody = np.zeros(answered.shape, dtype=bool)
    return Ready(
        points=shown.points.T,
        answered=answered,
        claims=nobody,
        own=nobody,
        lowest=shown.low[:, None],
        highest=shown.high[:, None],
        keep=None if (keep == 1.0).all() else keep,
        thresholds=thresholds,
    )


def _kept(plan: Plan, rows: Sequence[str], losses: Mapping[str, FloatArray]) -> FloatArray:
    """The part of its points that each node keeps, nodes x rows; NaN where its loss is not known."""
    kept = np.ones((len(plan.codes), len(rows)))
    for place, code in enumerate(plan.codes):
        if code in losses:
            kept[place] = 1.0 - losses[code] / PERCENT
    return kept
