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
    """Sums over siblings: children x units to parents x units."""
    _, first = tier.turns[0]  # every parent has a first child
    result = rows[first].copy() if isinstance(first, slice) else rows[first]
    for parents, children in tier.turns[1:]:
        result[parents] += rows[children]
    return result


def arithmetic(points: FloatArray, share: FloatArray, tier: Tier, floor: float) -> FloatArray:
    """The weighted mean; shares of siblings add up to 1. A strong child makes up for a weak one."""
    return total(points * share, tier)


def geometric(points: FloatArray, share: FloatArray, tier: Tier, floor: float) -> FloatArray:
    """The weighted geometric mean of max(points, floor), which punishes imbalance.

    Without a floor above 0 a single 0 would wipe out all the rest.
    """
    return np.exp(total(np.log(np.maximum(points, floor)) * share, tier))


AGGREGATIONS: Mapping[str, Callable[[FloatArray, FloatArray, Tier, float], FloatArray]] = {
    "arithmetic": arithmetic,
    "geometric": geometric,
}


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
        sums += sums == 0  # where nobody is left there is nothing to share
        np.divide(weight, sums[tier.parent_of], out=weight)
        share[tier.children] = weight
    share[0] = here[0]
    return share, here > 0


def join(
    tiers: tuple[Tier, ...],
    leaves: Rows,
    share: FloatArray,
    figure: FloatArray | BoolArray,
    floor: float | None = None,
    out: FloatArray | None = None,
) -> FloatArray:
    """Carries a figure of the leaves (leaves x units, 0 for an absent leaf) up to every node.

    Points are joined by each tier's rule, with `floor` under the geometric ones; without a floor the
    figure is a share of weight, which adds up arithmetically on every level. `share` is nodes x units
    or nodes x 1, the result nodes x units (written to `out`, if given).
    """
    result = np.empty((share.shape[0], figure.shape[1])) if out is None else out
    result[leaves] = figure
    for tier in tiers:
        below, part = result[tier.children], share[tier.children]
        rule = arithmetic if floor is None else AGGREGATIONS[tier.aggregation]
        result[tier.parents] = rule(below, part, tier, floor or 0.0)
    return result
