"""What may a unit's route take, and which rules must it keep? Steps and rows of a binary programme.

With every level joined by arithmetic means, a step adds its measurement's share of the whole times its points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from scoring.aggregations import ARITHMETIC
from scoring.model import Framework, Panel, Scores
from scoring.moves import Way, points_of
from scoring.plan import Plan, compile_plan, whole_share
from scoring.programme import Row
from scoring.remit import TOLERANCE
from scoring.rounding import EXACT_DECIMALS
from scoring.score import score


@dataclass(frozen=True, slots=True)
class Requirement:
    """That `code` can stand at `reaches` or better (None: can be moved at all) only where `needs` is at `at_least`."""

    code: str
    reaches: float | None
    needs: str
    at_least: float


@dataclass(frozen=True, eq=False)
class Step:
    """One step of one measurement: a variable of the programme."""

    code: str
    at: int  # 0 for the first step of its measurement
    value: float
    effort: int
    gain: float
    expected: bool


@dataclass(frozen=True, eq=False)
class Setting:
    """One unit's problem: its steps in the framework's order and the rows that every route keeps."""

    framework: Framework
    panel: Panel
    basket: str
    target: float
    steps: tuple[Step, ...]
    feasible: tuple[Row, ...]  # order of steps, prerequisites
    reaching: tuple[Row, ...]  # score and coverage
    before: float
    firsts: dict[str, int] = field(default_factory=dict)  # code -> its first step's column


def setting_of(
    framework: Framework,
    panel: Panel,
    unit: str,
    basket: str,
    ways: Sequence[Way],
    target: float,
    requirements: Sequence[Requirement],
) -> Setting:
    if unit not in panel.units:
        raise ValueError(f"the panel holds no unit {unit!r}")
    plan = compile_plan(framework, basket)
    if any(tier.rule is not ARITHMETIC for tier in plan.tiers):
        raise ValueError("a route is worked out where every level is joined by an arithmetic mean")
    i = panel.units.index(unit)
    alone = Panel((unit,), panel.codes, panel.values[[i]], panel.out[[i]], panel.claimed[[i]])
    scores = score(framework, alone, basket)
    share = {code: _share_of_whole(plan, scores, code) for code in plan.leaf_codes}
    order = {code: k for k, code in enumerate(alone.codes)}
    steps: list[Step] = []
    for way in sorted(ways, key=lambda one: order.get(one.code, -1)):
        _check(framework, scores, way)
        value = alone.values[0, alone.codes.index(way.code)]
        points = 0.0 if np.isnan(value) else points_of(framework, way.code, float(value))
        for at, (reached, effort) in enumerate(zip(way.values, way.efforts, strict=True)):
            worth = points_of(framework, way.code, reached)
            gain = share[way.code] * (worth - points)
            steps.append(Step(way.code, at, reached, effort, gain, way.expected))
            points = worth
    before = float(scores.assured[0, 0])
    return Setting(
        framework,
        alone,
        basket,
        target,
        tuple(steps),
        (*_ordered(steps), *_presupposed(framework, alone, steps, requirements)),
        (
            _enough(steps, before, target, framework.rules.published_decimals),
            *_covered(plan, scores, alone, steps),
        ),
        before,
        {step.code: j for j, step in enumerate(steps) if step.at == 0},
    )


def _check(framework: Framework, scores: Scores, way: Way) -> None:
    if way.code not in scores.nodes or not scores.in_basket[0, scores.column(way.code)]:
        raise ValueError(f"{way.code} is not in the unit's basket and cannot be moved")
    if len(way.values) != len(way.efforts) or any(effort <= 0 for effort in way.efforts):
        raise ValueError(f"{way.code}: every step needs an effort above 0")
    worth = [points_of(framework, way.code, value) for value in way.values]
    if worth != sorted(worth):
        raise ValueError(f"{way.code}: a later step is worth less than an earlier one")


def _share_of_whole(plan: Plan, scores: Scores, code: str) -> float:
    row = np.array([plan.codes.index(code)], dtype=np.intp)
    return float(whole_share(plan, scores.weight[0][:, None], row)[0, 0])


def _ordered(steps: Sequence[Step]) -> list[Row]:
    return [Row({j: -1.0, j - 1: 1.0}, low=0.0) for j, step in enumerate(steps) if step.at > 0]


def _enough(steps: Sequence[Step], before: float, target: float, decimals: int) -> Row:
    """The least score that is published as the target lies half a last decimal below it."""
    least = target - 0.5 * 10.0**-decimals - 10.0**-EXACT_DECIMALS
    return Row({j: step.gain for j, step in enumerate(steps)}, low=least - before)


def _covered(plan: Plan, scores: Scores, panel: Panel, steps: Sequence[Step]) -> list[Row]:
    """One row for each node that lacks coverage: what the filling of open answers under it must add."""
    rows = []
    for at_level, threshold in plan.thresholds:
        for node in at_level:
            missing = threshold - TOLERANCE / 2 - float(scores.coverage[0, node])
            if not scores.in_basket[0, node] or missing <= 0:
                continue
            fills: dict[int, float] = {}
            for j, step in enumerate(steps):
                opens = step.at == 0 and np.isnan(panel.values[0, panel.codes.index(step.code)])
                share = _share_within(plan, scores, step.code, int(node)) if opens else 0.0
                if share > 0:
                    fills[j] = share
            rows.append(Row(fills, low=missing))
    return rows


def _share_within(plan: Plan, scores: Scores, code: str, node: int) -> float:
    """The share of a leaf in the weight of one of its ancestors; 0 where it is none."""
    row, share = plan.codes.index(code), 1.0
    while row != node:
        if row == 0:
            return 0.0
        share *= float(scores.weight[0, row])
        row = int(plan.parent[row])
    return share


def _presupposed(
    framework: Framework, panel: Panel, steps: Sequence[Step], requirements: Sequence[Requirement]
) -> list[Row]:
    rows = []
    for one in requirements:
        for code in (one.code, one.needs):
            if code not in panel.codes:
                raise ValueError(f"{code!r} is no scored measurement, yet a requirement names it")
        if stands(framework, one.needs, panel.values[0, panel.codes.index(one.needs)], one.at_least):
            continue
        # An open answer that is filled tells what there is already: nothing is presupposed.
        held = [
            j
            for j, step in enumerate(steps)
            if step.code == one.code
            and not step.expected
            and (one.reaches is None or stands(framework, one.code, step.value, one.reaches))
        ]
        leading = [
            j
            for j, step in enumerate(steps)
            if step.code == one.needs and stands(framework, one.needs, step.value, one.at_least)
        ]
        if held:
            row = {held[0]: -1.0} | ({leading[0]: 1.0} if leading else {})
            rows.append(Row(row, low=0.0))
    return rows


def stands(framework: Framework, code: str, value: float, at_least: float) -> bool:
    """Whether a value is as good as another, in the measurement's own direction; no value is not."""
    facts = framework.by_code[code].measurement
    direction = facts.direction if facts is not None else 1
    return bool(direction * value >= direction * at_least)
