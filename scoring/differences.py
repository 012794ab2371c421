"""Why do two scores differ, and where does one come from? Contributions of every node that add up at every level.

A child's points effect is handed down to its own children in proportion (the chain rule), so that every node of
the tree, down to the single measurement, has a contribution in points of the whole. What a share of weight does
stands at the node whose share changed, and is carried on to the nodes below it by their weight. So the
contributions of all children of a node add up to the node's, and those of any level to the difference of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from scoring.aggregate import TINY, join, total
from scoring.contributions import Side, contributions, kept_after_loss
from scoring.model import FloatArray, Framework, Scores
from scoring.plan import Plan, compile_plan


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one node adds to the difference of the whole, in points of the whole.

    `first` and `second` are the node's own points (None where it is not there), the shares those of its parent.
    `points` comes from the node's points, `weight` from its own share, `carried` from what happened above it
    (shares that changed, losses, the floor of a mean); `total` is all three.
    """

    code: str
    first: float | None
    second: float | None
    first_share: float
    second_share: float
    points: float
    weight: float
    carried: float
    total: float


@dataclass(frozen=True, eq=False)
class Explanation:
    """A difference of two scores on every node of a basket; arrays run over `nodes`, the whole first.

    `first` and `second` are points (NaN where a node is not there); the others are those of Contribution.
    """

    figure: str
    nodes: tuple[str, ...]
    first: FloatArray
    second: FloatArray
    first_share: FloatArray
    second_share: FloatArray
    points: FloatArray
    weight: FloatArray
    carried: FloatArray

    @property
    def total(self) -> FloatArray:
        """Each node's contribution to the whole."""
        return self.points + self.weight + self.carried

    def at(self, code: str) -> Contribution:
        """One node's line; ValueError if the basket has no such node."""
        if code not in self.nodes:
            raise ValueError(f"the explanation holds no node {code!r}; the basket may leave it out")
        j = self.nodes.index(code)
        first, second = float(self.first[j]), float(self.second[j])
        points, weight, carried = float(self.points[j]), float(self.weight[j]), float(self.carried[j])
        return Contribution(
            code=code,
            first=None if np.isnan(first) else first,
            second=None if np.isnan(second) else second,
            first_share=float(self.first_share[j]),
            second_share=float(self.second_share[j]),
            points=points,
            weight=weight,
            carried=carried,
            total=points + weight + carried,
        )


def difference(
    framework: Framework, scores: Scores, first: str, second: str, figure: str = "assured"
) -> Explanation:
    """Why the first unit's score is not the second's: every node's part of (first - second).

    `figure` is a name of FIGURES. ValueError for a unit that the scores do not hold or that has no score of
    that figure, for an unknown figure, and for a basket that the framework does not have.
    """
    plan = _plan(framework, scores)
    one, other = (_side(plan, scores, unit, figure) for unit in (first, second))
    return _explained(plan, scores, figure, one, other)


def difference_from(
    framework: Framework, scores: Scores, unit: str, points: float = 0.0, figure: str = "assured"
) -> Explanation:
    """Where one score comes from: every node's part of (score - points), if every measurement had `points`.

    With 0 it is what each node brings, with full points what it loses (never above 0). A whole that does not come
    to `points` although every measurement has them (the floor of a geometric mean, a loss) hands the rest on by
    weight. Shares are the unit's own. ValueError as in `difference`, and for points that are not finite.
    """
    if not np.isfinite(points):
        raise ValueError(f"a score cannot be told from {points} points; give a number such as 0 or 100")
    plan = _plan(framework, scores)
    one = _side(plan, scores, unit, figure)
    level = np.zeros((1, *one.points.shape))
    level[0, plan.leaves] = np.where(one.share[plan.leaves] > 0, points, 0.0)
    kept = kept_after_loss(plan, one) if any(node.loss for node in framework.nodes) else None
    other = Side(join(plan.tiers, one.share, level, 1, plan.floor, kept)[0], one.share)
    return _explained(plan, scores, figure, one, other, float(other.points[0, 0]) - points)


def _plan(framework: Framework, scores: Scores) -> Plan:
    try:
        return compile_plan(framework, scores.basket)
    except KeyError:
        raise ValueError(
            f"{framework.id} has no basket {scores.basket!r}: score with its own framework"
        ) from None


def _assured(plan: Plan, scores: Scores, unit: int) -> Side:
    return Side(np.nan_to_num(scores.assured[unit])[:, None], scores.weight[unit][:, None])


def _reported(plan: Plan, scores: Scores, unit: int) -> Side:
    """Weight is shared among what is answered, so a blank is not there at all."""
    there = ~np.isnan(scores.reported[unit])
    share = np.zeros((len(plan.codes), 1))
    for tier in plan.tiers:
        weight = tier.weight * there[tier.children, None]
        share[tier.children] = weight / np.maximum(total(weight, tier), TINY)[tier.parent_of]
    share[0] = there[0]
    return Side(np.nan_to_num(scores.reported[unit])[:, None], share)


# The figures that can be explained -> how a unit stands in them.
FIGURES: Mapping[str, Callable[[Plan, Scores, int], Side]] = {"assured": _assured, "reported": _reported}


def _side(plan: Plan, scores: Scores, unit: str, figure: str) -> Side:
    if figure not in FIGURES:
        raise ValueError(f"figure {figure!r} cannot be explained; use one of {', '.join(FIGURES)}")
    if unit not in scores.units:
        raise ValueError(f"the scores hold no unit {unit!r}")
    i = scores.units.index(unit)
    if np.isnan(getattr(scores, figure)[i, 0]):
        raise ValueError(
            f"{unit!r} has no {figure} score: nothing in the basket {scores.basket!r} is answered"
        )
    return FIGURES[figure](plan, scores, i)


def _explained(
    plan: Plan, scores: Scores, figure: str, one: Side, other: Side, carried: float = 0.0
) -> Explanation:
    points, weight, handed = contributions(plan, one, other, np.array([carried]))
    return Explanation(
        figure=figure,
        nodes=scores.nodes,
        first=np.where(one.share > 0, one.points, np.nan)[:, 0],
        second=np.where(other.share > 0, other.points, np.nan)[:, 0],
        first_share=one.share[:, 0],
        second_share=other.share[:, 0],
        points=points[:, 0],
        weight=weight[:, 0],
        carried=handed[:, 0],
    )
