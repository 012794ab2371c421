"""What is looked at in an audit? Values, points and scores of a basket, with the families of its tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.index import Index
from scoring.model import BoolArray, FloatArray, Framework, Panel
from scoring.plan import Plan, compile_plan
from scoring.remove_one import ready_of
from scoring.score import Ready, panel_columns, score

# Which members of a node are looked at together: its children, or all measurements below it.
CHILDREN, MEASUREMENTS = "children", "measurements"


@dataclass(frozen=True, eq=False)
class Data:
    """A data set with its scores; arrays are units x leaves or units x nodes, in the order of the plan.

    `values` are in the measurements' own units; `points` and `scores` (of leaves and of all nodes) rest on
    what is answered. All are NaN where blank. `figure` is the score that ranks (assured or reported).
    """

    plan: Plan
    units: tuple[str, ...]
    values: FloatArray
    points: FloatArray
    scores: FloatArray
    asked: BoolArray  # units x leaves, in the unit's basket
    coverage: FloatArray  # units x nodes, NaN where a unit lacks the node
    parents: Mapping[str, str]
    ready: Ready
    figure: str
    ranked: BoolArray  # units
    decimals: int


@dataclass(frozen=True, slots=True)
class Family:
    """Two or more nodes looked at together: the children of `code`, or all measurements below it."""

    code: str
    members: str  # children | measurements
    codes: tuple[str, ...]


def data_of(framework: Framework, panel: Panel, basket: str) -> Data:
    """The data set of a panel; KeyError and ValueError as `scoring.score.score` raises them."""
    plan = compile_plan(framework, basket)
    scores = score(framework, panel, basket)
    columns = panel_columns(plan, panel)
    values = np.where(panel.out[:, columns], np.nan, panel.values[:, columns])
    return Data(
        plan=plan,
        units=panel.units,
        values=values,
        points=scores.reported[:, plan.leaves],
        scores=scores.reported,
        asked=scores.in_basket[:, plan.leaves],
        coverage=scores.coverage,
        parents=parents_of(plan),
        ready=ready_of(plan, scores),
        figure="assured",
        ranked=scores.ranked,
        decimals=framework.rules.published_decimals,
    )


def data_of_index(result: Index) -> Data:
    """The data set of an index as it was joined: what was filled or moved counts as it stands there.

    A unit is a row that is left; several years are one sample.
    """
    plan, whole = result.plan, result.score[:, 0]
    return Data(
        plan=plan,
        units=result.rows,
        values=result.values,
        points=result.points,
        scores=result.score,
        asked=np.ones(result.points.shape, dtype=bool),
        coverage=result.coverage,
        parents=parents_of(plan),
        ready=result.ready,
        figure=result.figure,
        ranked=~np.isnan(whole),
        decimals=result.framework.rules.published_decimals,
    )


def parents_of(plan: Plan) -> Mapping[str, str]:
    """Each node's parent, "" for the whole."""
    return {code: plan.codes[plan.parent[i]] if i else "" for i, code in enumerate(plan.codes)}


def families(plan: Plan) -> tuple[Family, ...]:
    """Every node's children, and every node's measurements where those are others, in the order of the plan."""
    children: dict[str, list[str]] = {}
    leaves: dict[str, list[str]] = {}
    for i, code in enumerate(plan.codes):
        if i:
            children.setdefault(plan.codes[plan.parent[i]], []).append(code)
    for row in plan.leaves.tolist():
        above = row
        while above:
            above = int(plan.parent[above])
            leaves.setdefault(plan.codes[above], []).append(plan.codes[row])
    found = []
    for code in plan.codes:
        own, below = children.get(code, []), leaves.get(code, [])
        if len(own) > 1:
            found.append(Family(code, CHILDREN, tuple(own)))
        # A feature that is the only child of its area has that area's measurements: told once, for the area.
        only = len(children.get(plan.codes[plan.parent[plan.codes.index(code)]], [])) == 1
        if len(below) > 1 and below != own and not only:
            found.append(Family(code, MEASUREMENTS, tuple(below)))
    return tuple(found)
