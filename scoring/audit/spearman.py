"""How alike do all columns order the units, pair by pair, where there are gaps and ties?"""

from __future__ import annotations

import numpy as np

from scoring.aggregate import IntArray
from scoring.model import BoolArray, FloatArray
from scoring.weightings.correlation import FEWEST_PAIRS


def spearman_matrix(values: FloatArray) -> FloatArray:
    """Spearman's rho of every two columns (units x codes), each over the units that have both; codes x codes.

    The same as `scoring.agreement.spearman` for every pair, but each column is sorted only once: ranks
    among the units that another column has too are counts along that order. NaN where fewer than three
    units have both or where either has one value throughout on them.
    """
    there = ~np.isnan(values)
    k = values.shape[1]
    order = np.argsort(values, axis=0, kind="stable")  # blanks last
    first, last = _ties(np.take_along_axis(values, order, axis=0))
    result = np.full((k, k), np.nan)
    for i in range(k):
        both = there[:, i:] & there[:, [i]]
        # Ranks of the column i among the units that each other column has, and of those among its own units.
        mine = np.empty(both.shape)
        mine[order[:, i]] = _ranks(both[order[:, i]], first[:, i], last[:, i])
        other = np.empty(both.shape)
        place = order[:, i:], np.arange(both.shape[1])
        other[place] = _ranks(both[place], (first[:, i:], place[1]), (last[:, i:], place[1]))
        result[i, i:] = result[i:, i] = _pearson(mine, other, both)
    return result


def _ties(ordered: FloatArray) -> tuple[IntArray, IntArray]:
    """For every place of sorted columns, the places of the first and the last equal value."""
    n = len(ordered)
    place = np.arange(n)[:, None]
    with np.errstate(invalid="ignore"):
        new = np.ones(ordered.shape, dtype=bool)
        new[1:] = ordered[1:] != ordered[:-1]
    first = np.maximum.accumulate(np.where(new, place, 0), axis=0)
    ends = np.ones(ordered.shape, dtype=bool)
    ends[:-1] = new[1:]
    last = np.minimum.accumulate(np.where(ends, place, n)[::-1], axis=0)[::-1]
    return first, last


def _ranks(
    counted: BoolArray,
    first: IntArray | tuple[IntArray, IntArray],
    last: IntArray | tuple[IntArray, IntArray],
) -> FloatArray:
    """Mid-ranks along sorted columns, among the units that are counted there."""
    below = np.zeros((len(counted) + 1, counted.shape[1]), dtype=np.int32)
    np.cumsum(counted, axis=0, out=below[1:])
    ranks: FloatArray = (below[:-1][first] + below[1:][last] + 1) / 2
    return ranks


def _pearson(one: FloatArray, other: FloatArray, both: BoolArray) -> FloatArray:
    count = both.sum(axis=0)
    middle = (count + 1) / 2
    x, y = np.where(both, one - middle, 0.0), np.where(both, other - middle, 0.0)
    size = np.sqrt((x**2).sum(axis=0) * (y**2).sum(axis=0))
    told = (count >= FEWEST_PAIRS) & (size > 0)
    r: FloatArray = np.where(told, (x * y).sum(axis=0) / np.where(told, size, 1.0), np.nan)
    return np.clip(r, -1.0, 1.0)
