"""How are children joined into their parent? Weighted means, arithmetic or geometric.

Arrays are nodes x units. Every step is element by element over the units, so a unit's score is the same
to the last bit whoever stands beside it, which a matrix product would not promise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.model import BoolArray, FloatArray

IntArray = NDArray[np.intp]
Rows = slice | IntArray
# Stands in for a sum of weights that is 0, where there is nothing to divide.
TINY = 1e-300


@dataclass(frozen=True, eq=False)
class Tier:
    """Parents of one depth that join their children by the same rule.

    `turns` holds for k = 0, 1, ... the positions of the parents that have a k-th child, and of that
    child among the children: a sum over siblings is as many array additions as the largest family.
    """

    aggregation: str
    parents: Rows  # rows of the node array
    children: Rows
    parent_of: IntArray  # per child, its parent's position in `parents`
    turns: tuple[tuple[Rows, Rows], ...]
    weight: FloatArray  # children x 1


def total(rows: FloatArray, tier: Tier) -> FloatArray:
    """Sums over siblings: (..., children, units) to (..., parents, units)."""
    _, first = tier.turns[0]  # every parent has a first child
    result = rows[..., first, :].copy() if isinstance(first, slice) else rows[..., first, :]
    for parents, children in tier.turns[1:]:
        result[..., parents, :] += rows[..., children, :]
    return result


def as_they_are(points: FloatArray, floor: float) -> FloatArray:
    """The heights that an arithmetic mean joins: a strong child makes up for a weak one."""
    return points


def logarithms(points: FloatArray, floor: float) -> FloatArray:
    """The heights that a geometric mean joins, which punishes imbalance.

    Without a floor above 0 a single 0 would wipe out all the rest.
    """
    return np.log(np.maximum(points, floor))


@dataclass(frozen=True, slots=True)
class Mean:
    """A weighted mean: of heights made from points, and turned back into points."""

    heights: Callable[[FloatArray, float], FloatArray]
    points: Callable[[FloatArray], FloatArray]


AGGREGATIONS: Mapping[str, Mean] = {
    "arithmetic": Mean(as_they_are, lambda heights: heights),
    "geometric": Mean(logarithms, np.exp),
}
ARITHMETIC = AGGREGATIONS["arithmetic"]


def shares(
    tiers: tuple[Tier, ...], leaves: Rows, nodes: int, present: BoolArray
) -> tuple[FloatArray, BoolArray]:
    """Each node's share of its parent after the absent have left, and which nodes are there at all.

    `present` is leaves x units. A node is present if any child with weight is; its absent siblings'
    weight is shared among those that stay. Both results are nodes x units; an absent node's share is 0.
    """
    here = np.empty((nodes, present.shape[1]))
    share = np.empty((nodes, present.shape[1]))
    here[leaves] = present
    for tier in tiers:
        weight = tier.weight * here[tier.children]
        sums = total(weight, tier)
        here[tier.parents] = sums > 0
        share[tier.children] = weight / np.maximum(sums, TINY)[tier.parent_of]
    share[0] = here[0]
    return share, here > 0


def join(
    tiers: tuple[Tier, ...], share: FloatArray, figures: FloatArray, points: int, floor: float
) -> FloatArray:
    """Carries figures of the leaves up to every node, in place.

    `figures` is figures x nodes x units with the leaves' rows filled, 0 for an absent leaf. The first
    `points` figures are points and joined by each tier's rule, the others are shares of weight, which
    add up arithmetically on every level. `share` is nodes x units or nodes x 1.
    """
    for tier in tiers:
        below, part = figures[:, tier.children], share[tier.children]
        mean = AGGREGATIONS[tier.aggregation]
        if mean is ARITHMETIC:
            figures[:, tier.parents] = total(below * part, tier)
        else:
            heights = total(mean.heights(below[:points], floor) * part, tier)
            figures[:points, tier.parents] = mean.points(heights)
            figures[points:, tier.parents] = total(below[points:] * part, tier)
    return figures


def join_answered(
    tiers: tuple[Tier, ...], figure: FloatArray, answered: FloatArray, floor: float
) -> tuple[FloatArray, FloatArray]:
    """Carries points up to every node by what is answered alone, in place.

    Both arrays are nodes x units with the leaves' rows filled: points (0 where blank) and 1 or 0 for
    answered or not. A node is answered if any child with weight is, and the weight of the others is
    shared among those; its points mean nothing where it is not.
    """
    for tier in tiers:
        mean = AGGREGATIONS[tier.aggregation]
        weight = tier.weight * answered[tier.children]
        sums = total(weight, tier)
        heights = total(mean.heights(figure[tier.children], floor) * weight, tier)
        answered[tier.parents] = sums > 0
        figure[tier.parents] = mean.points(heights / np.maximum(sums, TINY))
    return figure, answered
