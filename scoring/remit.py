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

    weights: FloatArray  # leaves
    area: FloatArray  # areas x leaves, the leaf's weight in its own area
    area_limit: FloatArray  # areas x 1
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
    named = np.array(areas)
    same = named[None, :] == named[:, None]
    capped = sorted(set(areas) - {""})
    area = np.array([(named == name) * weights for name in capped]).reshape(len(capped), len(codes))
    area_weight = {name: float(row.sum()) for name, row in zip(capped, area, strict=True)}
    limit = {"": np.inf} | {name: level_cap * weight for name, weight in area_weight.items()}
    return Caps(
        weights=weights,
        area=area,
        area_limit=np.array([limit[name] for name in capped])[:, None] + TOLERANCE,
        inside=stands_with * same * weights,
        inside_limit=np.array([limit[name] for name in areas])[:, None] + TOLERANCE,
        overall=stands_with * weights,
        overall_limit=overall_cap * float(weights.sum()) + TOLERANCE,
    )


def accept(claims: BoolArray, rule: Caps) -> BoolArray:
    """The claims that stand, of those made; leaves x units."""
    made = claims.astype(float)
    within = (rule.area @ made <= rule.area_limit).all(axis=0) & (rule.weights @ made <= rule.overall_limit)
    if within.all():
        return claims
    beyond = np.flatnonzero(~within)
    accepted = claims.copy()
    stands = claims[:, beyond]
    stands &= rule.inside @ stands <= rule.inside_limit
    stands &= rule.overall @ stands <= rule.overall_limit
    accepted[:, beyond] = stands
    return accepted
