"""How do two units compare where both have answered? The common basis, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.model import BoolArray, Framework, Panel
from scoring.score import score


@dataclass(frozen=True, slots=True)
class CommonBasis:
    """Two units on one node, by the measurements that both have answered.

    `count` is how many those are, `of` how many the basket holds on this node; both scores are None at 0.
    """

    code: str
    first: float | None
    second: float | None
    count: int
    of: int


def common_basis(
    framework: Framework, panel: Panel, basket_id: str, first: str, second: str
) -> tuple[CommonBasis, ...]:
    """Two units of a panel on every node of the basket, by the measurements both have answered.

    The means are those of reported scores: the framework's weights, shared among what is common.
    Raises ValueError for a unit that the panel does not hold, KeyError for an unknown basket.
    """
    for unit in (first, second):
        if unit not in panel.units:
            raise ValueError(f"the panel holds no unit {unit!r}")
    pair = [panel.units.index(first), panel.units.index(second)]
    values = panel.values[pair]
    both: BoolArray = np.all(~(np.isnan(values) | panel.out[pair]), axis=0)
    nowhere = np.zeros(values.shape, dtype=bool)
    shared = Panel((first, second), panel.codes, np.where(both, values, np.nan), nowhere, nowhere)
    scores = score(framework, shared, basket_id)

    place = {code: i for i, code in enumerate(panel.codes)}
    leaves = [code for code in scores.nodes if framework.by_code[code].measurement is not None]
    count = dict.fromkeys(scores.nodes, 0)
    of = dict.fromkeys(scores.nodes, 0)
    for code in leaves:
        above = code
        while above:
            of[above] += 1
            count[above] += bool(both[place[code]])
            above = framework.by_code[above].parent
    return tuple(
        CommonBasis(
            code=code,
            first=float(scores.reported[0, j]) if count[code] else None,
            second=float(scores.reported[1, j]) if count[code] else None,
            count=count[code],
            of=of[code],
        )
        for j, code in enumerate(scores.nodes)
    )
