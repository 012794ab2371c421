"""Do the jurors put the cities in the same order? Kendall's W, with ties."""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray

# Two cities are always in the same or the opposite order.
FEWEST = 3


def concordance(table: FloatArray, times: FloatArray | None = None) -> FloatArray:
    """W = 12 S / (m^2 (n^3 - n) - m T) over the cities that all jurors marked; one value a draw, 0 to 1.

    `table` is cities x jurors with NaN for none; jurors without any mark take no part. S is the sum of squared
    distances of the cities' rank sums from their mean, m the jurors, n the cities, T the sum of t^3 - t over
    all groups of t tied cities. NaN with fewer than two jurors or three such cities, or where every juror
    ties all. `times` (draws x cities) says how often each city counts.
    Source: M. G. Kendall and B. Babington Smith, The problem of m rankings (1939); ties: M. G. Kendall, Rank
    Correlation Methods (1948), chapter 6.
    """
    often = np.ones((1, len(table))) if times is None else times
    result = np.full(len(often), np.nan)
    # A juror of whom a draw holds no city takes no part in that draw.
    there = (often > 0) @ ~np.isnan(table)
    for jurors in np.unique(there, axis=0):
        draws = (there == jurors).all(axis=1)
        result[draws] = _concordance(table[:, jurors], often[draws])
    return result


def _concordance(table: FloatArray, often: FloatArray) -> FloatArray:
    """The same for draws in which all jurors take part."""
    common = ~np.isnan(table).any(axis=1)
    marks, often = table[common], often[:, common]
    n, m = often.sum(axis=1), marks.shape[1]
    rank_sum, ties = np.zeros(often.shape), np.zeros(len(often))
    for column in marks.T:
        tied = often @ (column[:, None] == column).astype(float)
        rank_sum += often @ (column[:, None] < column).astype(float) + (tied + 1) / 2
        ties += (often * (tied**2 - 1)).sum(axis=1)
    apart = (often * (rank_sum - (m * (n + 1) / 2)[:, None]) ** 2).sum(axis=1)
    most = m**2 * (n**3 - n) - m * ties
    told = (n >= FEWEST) & (most > 0) & (m >= 2)
    share = np.divide(12 * apart, most, out=np.full(len(often), np.nan), where=told)
    result: FloatArray = np.clip(share, 0.0, 1.0)
    return result
