"""Who wins most duels at the top of an index? Copeland's rule, over the children of the whole and within each year.

Duels compare units with each other, so that the rule stands at the top alone: what is below it is joined into
points first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from scoring.aggregations import ARITHMETIC
from scoring.aggregations.rule import Family, Rule
from scoring.copeland import between
from scoring.copeland import join as join_by_duels
from scoring.model import FloatArray, Framework
from scoring.plan import Plan, compile_plan
from scoring.remove_one import whole_scores
from scoring.score import Ready

COPELAND = "copeland"
# Aggregations for the highest level of an index and for no other one.
TOP_RULES = MappingProxyType({COPELAND: join_by_duels})
# Points of `scoring.copeland` run from 0 to this.
FULL = 100.0


def duelled(framework: Framework) -> bool:
    """Whether units are compared with each other on the highest level."""
    return framework.levels[0].aggregation in TOP_RULES


def index_plan(framework: Framework, basket: str, years: Sequence[str] = ()) -> Plan:
    """The plan of a basket for rows of these years (none: all are of one), with duels where they are asked for.

    Raises what `scoring.plan.compile_plan` raises.
    """
    if not duelled(framework):
        return compile_plan(framework, basket)
    first, *others = framework.levels
    mean = replace(framework, levels=(replace(first, aggregation="arithmetic"), *others))
    plan = compile_plan(mean, basket)
    join_years, rows = TOP_RULES[first.aggregation], by_year(years)

    def join(points: FloatArray, share: FloatArray, floor: float) -> FloatArray:
        shares = np.broadcast_to(share, points.shape)
        result = np.empty((*points.shape[:-2], points.shape[-1]))
        for here in rows or [np.arange(points.shape[-1])]:
            result[..., here] = join_years(points[..., here], shares[..., here], floor)
        return result * (plan.maximum / FULL)

    return _with_top(plan, Family(join))


def mean_at_top(plan: Plan) -> Plan:
    """The same plan with a mean in the place of duels, for all that stands below the whole."""
    return _with_top(plan, ARITHMETIC)


def with_duels(
    plan: Plan, ready: Ready, figure: str, years: Sequence[str], figures: Sequence[FloatArray]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Score, assured and upper (`figures`, each units x nodes) with duels in the place of the mean at the top.

    `figure` says what a blank means in the score: assured (its worst) or reported (both units' children only).
    """
    score, assured, upper = (array.copy() for array in figures)
    won = whole_scores(plan, ready, np.ones(ready.answered.shape, dtype=bool), figure)
    score[:, 0] = np.where(np.isnan(score[:, 0]), np.nan, won)
    assured[:, 0], upper[:, 0] = _bracket(plan, assured, upper, years)
    return score, assured, upper


def _bracket(
    plan: Plan, worst: FloatArray, best: FloatArray, years: Sequence[str]
) -> tuple[FloatArray, FloatArray]:
    """The least and the most points by duels that each unit could have, one entry a unit.

    `worst` and `best` are units x nodes: every blank at its worst and at its best. A unit has least with its
    own blanks at their worst and all its rivals' at their best; most the other way round. NaN for a unit that
    is alone in its year.
    """
    children = plan.tiers[-1].children
    weights, low, high = plan.share[children], worst[:, children], best[:, children]
    least, most = np.empty(len(low)), np.empty(len(low))
    for here in by_year(years):
        least[here] = between(low[here], high[here], weights).points
        most[here] = between(high[here], low[here], weights).points
    scale = plan.maximum / FULL
    return least * scale, most * scale


def by_year(years: Sequence[str]) -> list[NDArray[np.intp]]:
    """The rows of each year, in the order in which years come."""
    named = np.array(years, dtype=object)
    return [np.flatnonzero(named == year) for year in dict.fromkeys(years)]


def _with_top(plan: Plan, rule: Rule) -> Plan:
    return replace(plan, tiers=(*plan.tiers[:-1], replace(plan.tiers[-1], rule=rule)))
