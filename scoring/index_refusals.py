"""Which indexes have no meaning? What is refused once the figures, or the rules, are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.index_duels import duelled
from scoring.model import DrawSettings, FloatArray, Framework
from scoring.plan import Plan

# Rules of joining for which points below 0 mean nothing.
NEED_POSITIVE = ("geometric", "harmonic", "power", "mazziotta_pareto")


def refuse_of_duels(framework: Framework, draws: DrawSettings | None) -> None:
    """ValueError for what duels at the top have no meaning for."""
    if not duelled(framework):
        return
    rule, level = framework.levels[0].aggregation, framework.levels[0].name
    if framework.by_code[framework.root].loss:
        raise ValueError(
            f"{framework.root}: no per cent can be taken off duels, the aggregation {rule!r} of level {level!r}; "
            "take the loss off a node below"
        )
    if draws is not None:
        raise ValueError(
            f"duels are not drawn anew: the aggregation {rule!r} of level {level!r} has no intervals"
        )


def refuse_endless(plan: Plan, rows: Sequence[str], figures: Sequence[FloatArray]) -> None:
    """ValueError for points that no number holds, as high powers make them; arrays are rows x nodes."""
    for array in figures:
        endless = np.argwhere(np.isinf(array))
        if endless.size:
            row, node = endless[0]
            raise ValueError(
                f"{plan.codes[node]}: unit {rows[row]!r} has points too large for a number; cut points at full or "
                "choose another aggregation"
            )


def refuse_negative(framework: Framework, plan: Plan, figures: Sequence[FloatArray]) -> None:
    """ValueError for points below 0 where a loss or a rule of joining does not take them; arrays are rows x nodes."""
    rules = {level.name: level.aggregation for level in framework.levels}
    with np.errstate(invalid="ignore"):
        negative = np.any([(array < 0).any(axis=0) for array in figures], axis=0)
    for row in np.flatnonzero(negative).tolist():
        code, parent = plan.codes[row], framework.by_code[plan.codes[plan.parent[row]]]
        if framework.by_code[code].loss:
            raise ValueError(
                f"{code}: it has points below 0, from which no per cent can be taken off; choose normalisations "
                "whose points start at 0"
            )
        if row and rules[parent.level] in NEED_POSITIVE:
            raise ValueError(
                f"{code}: it has points below 0, which the aggregation {rules[parent.level]!r} of level "
                f"{parent.level!r} cannot join; choose another, or a normalisation whose points start at 0"
            )
