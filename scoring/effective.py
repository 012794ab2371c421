"""How much does a child really matter? Effective weights beside the nominal ones.

A weight is not an importance: a child that hardly differs between units, or that runs against its
siblings, moves the parent less than its weight says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.model import FloatArray
from scoring.weightings.correlation import correlations


@dataclass(frozen=True, slots=True)
class Effective:
    """One child and its parent over all units that have both; NaN where that cannot be said.

    `main_effect` is the part of the parent's variance that a straight line on this child accounts for;
    `effective` is that part beside those of the siblings, so that it can stand beside `nominal`.
    """

    code: str
    parent: str
    nominal: float  # the child's share of the parent's weight
    correlation: float
    main_effect: float
    effective: float
    units: int


def effective_weights(
    codes: Sequence[str], points: FloatArray, children: Mapping[str, Sequence[str]], nominal: FloatArray
) -> tuple[Effective, ...]:
    """Effective weights of every node that has its parent among `codes`, in the order of the parents.

    `points` is units x nodes, NaN for a blank; `nominal` is each node's weight in the whole, or on any
    scale that is common to siblings. r = Pearson's correlation of child and parent over the units that
    have both; main effect S = r^2 (the linear approximation of the correlation ratio); effective share
    S_i / sum of S over the siblings. NaN with fewer than three units, or where child or parent has one
    value throughout; such a sibling does not take part in the sum.
    Raises ValueError where arrays do not fit the codes.
    Source: P. Paruolo, M. Saisana and A. Saltelli, Ratings and rankings: voodoo or science? (2013).
    """
    numbers, weights = np.asarray(points, dtype=float), np.asarray(nominal, dtype=float)
    if numbers.ndim != 2 or numbers.shape[1] != len(codes) or weights.shape != (len(codes),):
        raise ValueError(
            f"points have the shape {numbers.shape} and nominal weights {weights.shape}; "
            f"{len(codes)} nodes ask for units x {len(codes)} and ({len(codes)},)"
        )
    column = {code: j for j, code in enumerate(codes)}
    found: list[Effective] = []
    for parent in codes:
        held = [child for child in children.get(parent, ()) if child in column]
        if held:
            found += _family(parent, held, numbers, column, weights)
    return tuple(found)


def _family(
    parent: str, held: Sequence[str], points: FloatArray, column: Mapping[str, int], weights: FloatArray
) -> list[Effective]:
    rows = [column[child] for child in held]
    whole = points[:, [column[parent]]]
    r = correlations(points[:, rows], whole)[:, 0]
    effect = r**2
    total = float(np.nansum(effect))
    both = (~np.isnan(points[:, rows]) & ~np.isnan(whole)).sum(axis=0)
    sum_of_weights = float(weights[rows].sum())
    return [
        Effective(
            code=child,
            parent=parent,
            nominal=float(weights[row]) / sum_of_weights if sum_of_weights > 0 else float("nan"),
            correlation=float(r[i]),
            main_effect=float(effect[i]),
            effective=float(effect[i]) / total if total > 0 else float("nan"),
            units=int(both[i]),
        )
        for i, (child, row) in enumerate(zip(held, rows, strict=True))
    ]
