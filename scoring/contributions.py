"""How is a difference handed down a tree? From the whole to the single measurement, tier by tier.

Arrays are nodes x pairs. A child's points effect is divided among its own children in proportion (the chain
rule); what shares and losses do is carried on to the nodes below by their weight. So at every level all add up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.aggregate import TINY, Tier, join, total
from scoring.aggregations import Mean
from scoring.difference_parts import LOSS_FROM, Effects, family_effects, mean_effects
from scoring.model import BoolArray, FloatArray
from scoring.plan import Plan


@dataclass(frozen=True, eq=False)
class Side:
    """One of two sides: points (0 where absent) and shares of the parent, nodes x pairs."""

    points: FloatArray
    share: FloatArray


def contributions(
    plan: Plan, first: Side, second: Side, carried: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Points effects, weight effects and what is carried, nodes x pairs; nothing is checked.

    `carried` (pairs) is handed on from the whole by weight. A node that only one side has cannot differ in points:
    all that it does is done by its weight.
    """
    w1, w2 = first.share, second.share
    p1 = np.where(w1 > 0, first.points, second.points)
    p2 = np.where(w2 > 0, second.points, first.points)
    points, weight, handed, rate = (np.zeros(p1.shape) for _ in range(4))
    points[0], handed[0], rate[0] = p1[0] - p2[0], carried, 1.0
    inner = np.zeros(len(p1), dtype=bool)
    for tier in plan.tiers:
        inner[tier.parents] = True
    for tier in reversed(plan.tiers):
        below, of = tier.children, tier.parent_of
        both = (w1[tier.parents] > 0) & (w2[tier.parents] > 0)
        got = _effects(tier, (p1[below], p2[below]), (w1[below], w2[below]), plan.floor, inner[below], both)
        keep1, keep2 = _ratio(p1[tier.parents], got.first), _ratio(p2[tier.parents], got.second)
        # Of nothing, nothing can be lost: what the other side kept says nothing about it.
        keep1, keep2 = np.where(got.first == 0, keep2, keep1), np.where(got.second == 0, keep1, keep2)
        pull = np.where(both, rate[tier.parents], 0.0)
        lost = pull * 0.5 * (got.first + got.second) * (keep1 - keep2)
        pull = pull * 0.5 * (keep1 + keep2)
        points[below], weight[below], rate[below] = (
            pull[of] * part for part in (got.points, got.weight, got.rate)
        )
        weights = w1[below] + w2[below]
        weights = weights / np.maximum(total(weights, tier), TINY)[of]
        handed[below] = weights * (handed[tier.parents] + weight[tier.parents] + lost)[of]
    return points, weight, handed


def _effects(
    tier: Tier,
    points: tuple[FloatArray, FloatArray],
    share: tuple[FloatArray, FloatArray],
    floor: float,
    inner: BoolArray,
    both: BoolArray,
) -> Effects:
    if isinstance(tier.rule, Mean):
        return mean_effects(tier, tier.rule, points, share, floor)
    made = Effects(*(np.zeros(points[0].shape) for _ in range(3)), *(np.zeros(both.shape) for _ in range(2)))
    for parent, of in enumerate(tier.families):
        for pair in np.flatnonzero(both[parent]):
            ends = ((points[0][of, pair], points[1][of, pair]), (share[0][of, pair], share[1][of, pair]))
            (
                made.points[of, pair],
                made.weight[of, pair],
                made.rate[of, pair],
                made.first[parent, pair],
                made.second[parent, pair],
            ) = family_effects(tier.rule, *ends, floor, inner[of])
    return made


def kept_after_loss(plan: Plan, side: Side) -> FloatArray:
    """The part of its joined points that each node kept after a loss."""
    kept = np.ones(side.points.shape)
    for tier in plan.tiers:
        alone = join((tier,), side.share, side.points[None].copy(), 1, plan.floor)[0, tier.parents]
        kept[tier.parents] = _ratio(side.points[tier.parents], alone)
    return kept


def _ratio(points: FloatArray, joined: FloatArray) -> FloatArray:
    lost = (np.abs(points - joined) > LOSS_FROM) & (joined != 0)
    return np.divide(points, joined, out=np.ones_like(points), where=lost)
