"""The weighted geometric mean, product of x^w: imbalance costs (OECD/JRC Handbook, 2008; UNDP since 2010).

Without a floor above 0 a single 0 wipes out all the rest; whatever is lower, negative points among
them, counts as the floor.
"""

from __future__ import annotations

import numpy as np

from scoring.aggregations.rule import Mean, nothing
from scoring.model import FloatArray


def heights(points: FloatArray, floor: float) -> FloatArray:
    """Logarithms of the points; so far below all others without a floor that any weight of a 0 makes the mean 0."""
    if floor > 0:
        return np.log(np.maximum(points, floor))
    return np.log(points, out=np.full_like(points, nothing(points)[0]), where=points > 0)


def slope(points: FloatArray, floor: float) -> FloatArray:
    """1 / x above the floor, 0 below it."""
    return np.divide(1.0, points, out=np.zeros_like(points), where=points > max(floor, 0.0))


GEOMETRIC = Mean(heights=heights, points=np.exp, slope=slope, needs_floor=True)
