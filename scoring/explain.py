"""Why this score? The working of one unit and node, made on demand from the arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.aggregations import rule
from scoring.difference_parts import LOSS_FROM, parts_from_nothing
from scoring.model import FloatArray, Framework, Panel, Scores, Step
from scoring.normalise import SCALES
from scoring.plan import compile_plan, goalposts, whole_share


@dataclass(frozen=True, slots=True)
class Working:
    """How a measurement's value became points.

    `way` is the points before they were cut to 0..maximum (minus infinity for nothing on a log scale);
    value, way and points are None where nothing usable was answered.
    """

    code: str
    unit: str
    value: float | None
    lower: float | None
    upper: float | None
    direction: int
    scale: str
    way: float | None
    points: float | None


@dataclass(frozen=True, slots=True)
class Gain:
    """What a blank measurement could add to the unit's assured score, in points, at most."""

    code: str
    points: float


def steps(framework: Framework, scores: Scores, unit: str, code: str) -> tuple[Step, ...]:
    """One step for each child of a node; their contributions add up to the node's assured score.

    Children stand in the order of the framework; those outside the basket or the remit contribute 0.
    Under an arithmetic node a contribution is share x points. Under another mean what the floor gives is shared
    out by weight, and what lies above it by how far each child stands over the floor, in weighted heights
    (for a geometric mean logarithms: Ang, Energy Policy 33, 2005); under a rule for a family as a whole it is
    the Shapley value of raising each child from nothing (scoring.difference_parts). A loss takes from all alike.
    Raises ValueError for a unit or a node that the scores do not hold, and for a measurement.
    """
    i, parent = _unit(scores, unit), scores.column(code)
    if framework.by_code[code].measurement is not None:
        raise ValueError(f"{code} is a measurement: it has no children; ask for its working")
    column = {child: scores.column(child) for child in framework.children[code] if child in scores.nodes}
    held = list(column.values())
    share = scores.weight[i, held]
    points = np.nan_to_num(scores.assured[i, held])
    if scores.in_basket[i, parent]:
        level = {level.name: level for level in framework.levels}[framework.by_code[code].level]
        joining = rule(level.aggregation, level.power)
        parts = parts_from_nothing(joining, points, share, framework.rules.geometric_floor)
        parts = _after_loss(parts, float(scores.assured[i, parent]))
    else:
        parts = np.zeros(len(held))
    by_child = dict(zip(column, parts, strict=True))
    return tuple(
        _step(framework, scores, i, child, column.get(child), float(by_child.get(child, 0.0)))
        for child in framework.children[code]
    )


def working(framework: Framework, panel: Panel, unit: str, code: str) -> Working:
    """How one answer became points; ValueError for a unit or measurement that the panel does not hold."""
    facts = framework.by_code[code].measurement
    if facts is None or unit not in panel.units or code not in panel.codes:
        raise ValueError(f"the panel holds no answer of {unit!r} to {code!r}")
    i, j = panel.units.index(unit), panel.codes.index(code)
    value = float(panel.values[i, j])
    answered = not (np.isnan(value) or panel.out[i, j])
    way = points = None
    if answered:
        scale = SCALES[facts.scale]
        way = float(scale(np.array([[value]]), goalposts(framework, [facts]))[0, 0])
        points = min(max(way, 0.0), framework.rules.points_maximum)
    return Working(
        code=code,
        unit=facts.unit,
        value=value if answered else None,
        lower=facts.lower,
        upper=facts.upper,
        direction=facts.direction,
        scale=facts.scale,
        way=way,
        points=points,
    )


def gain(framework: Framework, scores: Scores, unit: str) -> tuple[Gain, ...]:
    """What to fill next: every blank measurement of the unit's basket, the heaviest first, then by file.

    The points are the measurement's effective weight in the whole times full points, which is the most
    that an answer can add where every level is an arithmetic mean.
    """
    i = _unit(scores, unit)
    plan = compile_plan(framework, scores.basket)
    blank = plan.leaves[scores.in_basket[i, plan.leaves] & (scores.coverage[i, plan.leaves] == 0)]
    weight = whole_share(plan, scores.weight[i][:, None], blank)[:, 0]
    gains = [
        Gain(scores.nodes[row], float(part) * plan.maximum) for row, part in zip(blank, weight, strict=True)
    ]
    return tuple(sorted(gains, key=lambda item: -round(item.points, 9)))


def _unit(scores: Scores, unit: str) -> int:
    if unit not in scores.units:
        raise ValueError(f"the scores hold no unit {unit!r}")
    return scores.units.index(unit)


def _step(
    framework: Framework, scores: Scores, i: int, code: str, j: int | None, contribution: float
) -> Step:
    if j is None:
        return Step(code, "outside_basket", None, 0.0, 0.0)
    status = _status(framework, scores, i, code, j)
    points = float(scores.assured[i, j]) if status == "answered" else None
    return Step(code, status, points, float(scores.weight[i, j]), contribution)


def _status(framework: Framework, scores: Scores, i: int, code: str, j: int) -> str:
    if not scores.in_basket[i, j]:
        return "out"
    if scores.out_over_cap[i, j]:
        return "over_cap"
    return "answered" if scores.coverage[i, j] > 0 else "blank"


def _after_loss(parts: FloatArray, points: float) -> FloatArray:
    """The parts of what is left of a node after a loss."""
    joined = float(parts.sum())
    return parts * (points / joined) if joined and abs(joined - points) > LOSS_FROM else parts
