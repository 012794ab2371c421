"""Which claims of being outside the remit stand? Caps in nominal weight (docs/decisions/0005).

A claim takes a measurement out of the unit's basket without an answer. So that nobody can claim a bad
result away, claims stand only up to a share of each focus area and of the whole; beyond it they count
as blank, lightest first, then by code, until the rest fits: first in each area, then overall.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from scoring.model import BoolArray, FloatArray

TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class Caps:
    """The caps on the leaves of a basket.

    `inside` and `overall` are leaves x leaves: row i holds the weights of the claims that would stand
    together with i, those that are turned to blank after i (of the same area, or of the whole).
    """

    inside: FloatArray
    inside_limit: FloatArray  # leaves x 1
    overall: FloatArray
    overall_limit: float


def code_order(code: str) -> tuple[tuple[int, int, str], ...]:
    """A sorting key by which "1.2" stands before "1.10"."""
    parts = re.findall(r"\d+|[^\d.]+", code)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def caps(
    codes: tuple[str, ...], weights: FloatArray, areas: tuple[str, ...], level_cap: float, overall_cap: float
) -> Caps:
    """The caps for leaves with nominal `weights` in the `areas` of that name ("" is capped overall only)."""
    # Weights that are equal on paper may differ in the last bits; the code must decide between them.
    order = sorted(range(len(codes)), key=lambda i: (round(float(weights[i]), 12), code_order(codes[i])))
    rank = np.empty(len(codes), dtype=np.intp)
    rank[order] = np.arange(len(codes))
    stands_with = rank[None, :] >= rank[:, None]
    names = np.array(areas)
    same = names[None, :] == names[:, None]
    area_weight = same @ weights
    limit = np.where(names == "", np.inf, level_cap * area_weight)
    return Caps(
        inside=stands_with * same * weights,
        inside_limit=limit[:, None] + TOLERANCE,
        overall=stands_with * weights,
        overall_limit=overall_cap * float(weights.sum()) + TOLERANCE,
    )


def accept(claims: BoolArray, rule: Caps) -> BoolArray:
    """The claims that stand, of those made; leaves x units."""
    accepted = claims.copy()
    some = np.flatnonzero(claims.any(axis=0))
    if some.size:
        made = claims[:, some]
        stands = made & (rule.inside @ made <= rule.inside_limit)
        stands &= rule.overall @ stands <= rule.overall_limit
        accepted[:, some] = stands
    return accepted
