"""Where do draws start from? Answers turned into the way between their goalposts, with their errors."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scoring.aggregate import Rows
from scoring.draws import Small, Start
from scoring.model import DrawSettings, FloatArray, Framework, Measurement, Observation, Panel
from scoring.normalise import SCALES
from scoring.plan import Plan, compile_plan
from scoring.remit import accept
from scoring.score import Ready, panel_columns
from scoring.straight import as_rows

# Scales whose ends are described, not placed: a ladder's goalposts do not move.
FIXED_SCALES = ("ladder",)


def half_widths(
    framework: Framework, panel: Panel, observations: Mapping[str, Mapping[str, Observation]]
) -> FloatArray:
    """How far each value may be wrong by its evidence grade, as a share of the goalposts' distance.

    Units x codes of the panel; an answer without a grade is taken as the last one of the framework. The
    half-widths are judging numbers of the framework (framework.toml, evidence_grades).
    """
    grades = {grade.id: grade.half_width for grade in framework.rules.evidence_grades}
    worst = framework.rules.evidence_grades[-1].half_width if framework.rules.evidence_grades else 0.0
    widths = np.zeros(panel.values.shape)
    for i, unit in enumerate(panel.units):
        answers = observations[unit]
        for j, code in enumerate(panel.codes):
            seen = answers.get(code)
            if seen is not None:
                widths[i, j] = grades.get(seen.grade, worst)
    return widths


def start_of(
    framework: Framework, panel: Panel, basket_id: str, widths: FloatArray, settings: DrawSettings
) -> Start:
    """The start of the draws for a panel; `widths` is units x codes of the panel, as from `half_widths`.

    Raises what `scoring.score.score` raises, and ValueError for widths of another shape or below 0.
    """
    if widths.shape != panel.values.shape:
        raise ValueError(f"widths have the shape {widths.shape}; the panel asks for {panel.values.shape}")
    if not (widths >= 0).all():
        raise ValueError("a half-width is negative or no number; give 0 where a value is taken as exact")
    plan = compile_plan(framework, basket_id)
    columns = panel_columns(plan, panel)
    values, claims = panel.values[:, columns], panel.out[:, columns]
    answered = ~(np.isnan(values) | claims)
    size = (len(panel.units), len(columns))
    way, low, high = np.zeros(size), np.full(size, -np.inf), np.full(size, np.inf)
    movable = np.zeros((size[1], 1), dtype=bool)
    facts = [_facts(framework, code) for code in plan.leaf_codes]
    for group in plan.scales:
        place = group.rows
        rule, posts = SCALES[group.scale], group.goalposts
        way[:, place] = rule(values[:, place].T, posts).T / plan.maximum
        ends = np.array([[facts[i].plausible_low, facts[i].plausible_high] for i in place])
        with np.errstate(divide="ignore"):
            both = rule(ends, posts) / plan.maximum
        low[:, place], high[:, place] = both.min(axis=1), both.max(axis=1)
        movable[place] = group.scale not in FIXED_SCALES
    way = np.where(answered, way, 0.0)
    # Nothing or less on a log scale is infinitely far below; one distance further is as good as that.
    way = np.maximum(way, -10.0)
    return Start(
        plan=plan,
        units=panel.units,
        way=_small(way),
        answered=answered,
        present=~accept(claims.T, plan.caps).T,
        half_width=_small(np.where(answered, widths[:, columns], 0.0) * settings.evidence),
        low=_small(np.minimum(low, way)),
        high=_small(np.maximum(high, way)),
        movable=movable,
        cut=np.ones((size[1], 1), dtype=bool),
        lowest=_small(np.zeros((size[1], 1))),
        span=_small(np.full((size[1], 1), plan.maximum)),
        top=_top(plan),
    )


def start_of_points(plan: Plan, units: tuple[str, ...], ready: Ready, settings: DrawSettings) -> Start:
    """The start of the draws for answers that are points already: their goalposts do not move.

    Errors of values are not known there; what varies is weights, the rule at the top and the blanks.
    """
    size = (len(units), len(plan.leaves))
    lowest = np.broadcast_to(np.asarray(ready.lowest, dtype=float), (size[1], 1))
    span = np.broadcast_to(np.asarray(ready.highest, dtype=float), (size[1], 1)) - lowest
    held = np.where(span > 0, span, 1.0)
    way = np.where(ready.answered, (ready.points - lowest) / held, 0.0).T
    return Start(
        plan=plan,
        units=units,
        way=_small(way),
        answered=np.ascontiguousarray(ready.answered.T),
        present=~accept(ready.claims, plan.caps).T,
        half_width=_small(np.zeros(size)),
        low=_small(way),
        high=_small(way),
        movable=np.zeros((size[1], 1), dtype=bool),
        cut=np.zeros((size[1], 1), dtype=bool),
        lowest=_small(lowest),
        span=_small(held),
        top=_top(plan),
    )


def _top(plan: Plan) -> Rows:
    """The nodes that the other rule joins: those of the balance level, else the children of the whole."""
    rows = plan.balance_rows if plan.balance_rows.size else np.flatnonzero(plan.parent == 0)[1:]
    return as_rows(rows)


def _facts(framework: Framework, code: str) -> Measurement:
    facts = framework.by_code[code].measurement
    assert facts is not None  # leaf codes are chosen by it
    return facts


def _small(array: FloatArray) -> Small:
    return np.ascontiguousarray(array, dtype=np.float32)
