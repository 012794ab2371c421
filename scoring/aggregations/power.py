"""The weighted power mean, (sum of w x^p)^(1/p): p = 1 arithmetic, 0 geometric, -1 harmonic (Hardy et al., 1934).

The lower p, the more imbalance costs. Whatever is lower than the floor counts as the floor; without a floor above 0
a single 0 wipes out all the rest where p is not above 0.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from scoring.aggregations.arithmetic import ARITHMETIC
from scoring.aggregations.geometric import GEOMETRIC
from scoring.aggregations.rule import Mean, nothing
from scoring.model import FloatArray

NAMED = {0.0: GEOMETRIC, 1.0: ARITHMETIC}


@lru_cache(maxsize=32)
def power_mean(power: float) -> Mean:
    """The mean of that exponent; ValueError for an exponent that is not finite."""
    if not np.isfinite(power):
        raise ValueError(f"the exponent of a power mean is {power}; give a finite number such as 0.5")
    if power in NAMED:
        return NAMED[power]

    def heights(points: FloatArray, floor: float) -> FloatArray:
        # In full precision whatever the points are in: a power of 20 leaves the range of half of it.
        held = np.maximum(points.astype(float, copy=False), max(floor, 0.0))
        if power > 0:
            raised: FloatArray = held**power
            return raised
        # A minus for negative exponents, so that more points stand higher.
        with np.errstate(over="ignore", divide="ignore"):
            fallen: FloatArray = np.maximum(-(held**power), nothing(held)[0])
        return fallen

    def points(heights: FloatArray) -> FloatArray:
        size = np.abs(heights)
        there = (size > 0) & (heights > nothing(heights)[1])
        return np.power(size, 1.0 / power, out=np.zeros_like(size), where=there)

    def slope(points: FloatArray, floor: float) -> FloatArray:
        held = np.maximum(points, max(floor, 0.0))
        rise = abs(power) * np.power(held, power - 1.0, out=np.zeros_like(held), where=held > 0)
        return np.where(points > max(floor, 0.0), rise, 0.0)

    return Mean(heights=heights, points=points, slope=slope, needs_floor=power < 0)
