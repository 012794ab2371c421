"""What a sample of values is like: its ends and its order, missing values left aside."""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray


def ends(values: FloatArray) -> tuple[float, float]:
    """The lowest and the highest value; NaN where there is none."""
    low, high = np.fmin.reduce(values, initial=np.nan), np.fmax.reduce(values, initial=np.nan)
    return float(low), float(high)


def count(values: FloatArray) -> int:
    """How many values there are."""
    return int(np.count_nonzero(~np.isnan(values)))


def standing(values: FloatArray, ties: str = "mean") -> FloatArray:
    """Position from the lowest (1) to the highest value (the count); NaN stays NaN.

    Equal values share the mean of their positions or, with `ties` "best", the highest of them.
    """
    here = ~np.isnan(values)
    _, which, counts = np.unique(values[here], return_inverse=True, return_counts=True)
    highest = np.cumsum(counts).astype(float)
    shared = highest if ties == "best" else highest - (counts - 1) / 2
    positions = np.full(values.shape, np.nan)
    positions[here] = shared[which]
    return positions


def everywhere(values: FloatArray, points: float) -> FloatArray:
    """The same points for every unit that has a value."""
    return np.where(np.isnan(values), np.nan, points)
