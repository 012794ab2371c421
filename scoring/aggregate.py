"""How are figures of the leaves carried up a tree? Tier by tier, each by its own rule (scoring.aggregations).

Arrays are (..., nodes, units); axes in front are several figures or several draws at once. Every step is
element by element over the units, so a unit's score is the same to the last bit whoever stands beside it,
which a matrix product would not promise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.aggregations import ARITHMETIC, Mean, Rule
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

    rule: Rule
    parents: Rows  # rows of the node array
    children: Rows
    parent_of: IntArray  # per child, its parent's position in `parents`
    turns: tuple[tuple[Rows, Rows], ...]
    families: tuple[slice, ...]  # per parent, its children's positions among the children
    weight: FloatArray  # children x 1


def total(rows: FloatArray, tier: Tier) -> FloatArray:
    """Sums over siblings: (..., children, units) to (..., parents, units)."""
    _, first = tier.turns[0]  # every parent has a first child
    result = rows[..., first, :].copy() if isinstance(first, slice) else rows[..., first, :]
    for parents, children in tier.turns[1:]:
        result[..., parents, :] += rows[..., children, :]
    return result


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


def join_points(points: FloatArray, share: FloatArray, tier: Tier, floor: float) -> FloatArray:
    """The points of a tier's parents, (..., parents, units), from those of its children."""
    if tier.rule is ARITHMETIC:
        return total(points * share, tier)
    if isinstance(tier.rule, Mean):
        return tier.rule.points(total(tier.rule.heights(points, floor) * share, tier))
    families = [tier.rule.join(points[..., of, :], share[..., of, :], floor) for of in tier.families]
    return np.stack(families, axis=-2)


def join(
    tiers: tuple[Tier, ...],
    share: FloatArray,
    figures: FloatArray,
    points: int,
    floor: float,
    keep: FloatArray | None = None,
) -> FloatArray:
    """Carries figures of the leaves up to every node, in place.

    `figures` is figures x nodes x units with the leaves' rows filled, 0 for an absent leaf. The first
    `points` figures are points and joined by each tier's rule, the others are shares of weight, which
    add up arithmetically on every level. `share` is nodes x units or nodes x 1. `keep` (nodes x units)
    is the part of its points that a node keeps after a loss; None where nothing is lost.
    """
    for tier in tiers:
        below, part = figures[:, tier.children], share[tier.children]
        if tier.rule is ARITHMETIC:
            figures[:, tier.parents] = total(below * part, tier)
        else:
            figures[:points, tier.parents] = join_points(below[:points], part, tier, floor)
            figures[points:, tier.parents] = total(below[points:] * part, tier)
        if keep is not None:
            figures[:points, tier.parents] *= keep[tier.parents]
    return figures


def join_answered(
    tiers: tuple[Tier, ...],
    figure: FloatArray,
    answered: FloatArray,
    floor: float,
    keep: FloatArray | None = None,
    enough: BoolArray | None = None,
) -> tuple[FloatArray, FloatArray]:
    """Carries points up to every node by what is answered alone, in place.

    Both arrays are nodes x units with the leaves' rows filled: points (0 where blank) and 1 or 0 for
    answered or not. A node is answered if any child with weight is, and the weight of the others is
    shared among those; its points mean nothing where it is not. `keep` is as in `join`; a node that is
    not `enough` covered (nodes x units) counts as not answered for its parent too.
    """
    for tier in tiers:
        weight = tier.weight * answered[tier.children]
        sums = total(weight, tier)
        held = np.maximum(sums, TINY)
        below = figure[tier.children]
        if isinstance(tier.rule, Mean):
            # Heights are divided once by the sum of weights, not each weight by it.
            heights = total(tier.rule.heights(below, floor) * weight, tier)
            figure[tier.parents] = tier.rule.points(heights / held)
        else:
            figure[tier.parents] = join_points(below, weight / held[tier.parent_of], tier, floor)
        answered[tier.parents] = sums > 0
        if keep is not None:
            figure[tier.parents] *= keep[tier.parents]
        if enough is not None:
            answered[tier.parents] *= enough[tier.parents]
            figure[tier.parents] = np.where(answered[tier.parents] > 0, figure[tier.parents], 0.0)
    return figure, answered
