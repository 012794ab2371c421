"""How alike do two lists order the same units? Spearman's rho and Kendall's tau-b, with ties."""

from __future__ import annotations

import numpy as np

from scoring.model import BoolArray, FloatArray

# Pairs are held for this many units at a time, so that memory grows with the units and not their square.
BLOCK = 256
# Two units are always in the same or in the opposite order, which says nothing.
FEWEST = 3


def mid_ranks(values: FloatArray) -> FloatArray:
    """The place of each value among all, 1 for the smallest; equal values share the mean of their places.

    One number a unit, no NaN.
    """
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, side="left")
    up_to = np.searchsorted(ordered, values, side="right")
    places: FloatArray = (below + up_to + 1) / 2
    return places


def spearman(one: FloatArray, other: FloatArray) -> float:
    """Pearson's correlation of the mid-ranks, over the units that have both (NaN elsewhere).

    NaN with fewer than three such units, or where either list has one value throughout on them.
    Source: C. Spearman, The proof and measurement of association between two things (1904).
    """
    both = _both(one, other)
    if both.sum() < FEWEST:
        return float("nan")
    x, y = (mid_ranks(values[both]) for values in (one, other))
    x, y = x - x.mean(), y - y.mean()
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(np.clip(x @ y / size, -1.0, 1.0)) if size > 0 else float("nan")


def kendall(one: FloatArray, other: FloatArray) -> float:
    """tau-b = (C - D) / sqrt((P - T1) (P - T2)), over the units that have both (NaN elsewhere).

    Of all P pairs, C stand in the same order in both lists and D in opposite ones; T1 and T2 are tied in
    the one and in the other. NaN with fewer than three units, or where all are tied in either list.
    Source: M. G. Kendall, The treatment of ties in ranking problems (1945).
    """
    both = _both(one, other)
    x, y = one[both], other[both]
    if len(x) < FEWEST:
        return float("nan")
    agree = apart_x = apart_y = 0.0
    for start in range(0, len(x), BLOCK):
        rows = slice(start, start + BLOCK)
        # Signs and not differences of the numbers themselves: a tie is a tie whatever the scale.
        of_x = np.sign(x[rows, None] - x).astype(np.float32)
        of_y = np.sign(y[rows, None] - y).astype(np.float32)
        agree += float((of_x * of_y).sum(dtype=float))
        apart_x += float(np.count_nonzero(of_x))
        apart_y += float(np.count_nonzero(of_y))
    size = float(np.sqrt(apart_x * apart_y))
    return agree / size if size > 0 else float("nan")


def _both(one: FloatArray, other: FloatArray) -> BoolArray:
    there: BoolArray = ~(np.isnan(one) | np.isnan(other))
    return there
