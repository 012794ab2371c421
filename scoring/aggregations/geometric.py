"""The weighted geometric mean, product of x^w: imbalance costs (OECD/JRC Handbook, 2008; UNDP since 2010).

Without a floor above 0 a single 0 would wipe out all the rest; whatever is lower, negative points among
them, counts as the floor.
"""

from __future__ import annotations

import numpy as np

from scoring.aggregations.rule import Mean
from scoring.model import FloatArray


def heights(points: FloatArray, floor: float) -> FloatArray:
    """Logarithms of the points."""
    return np.log(np.maximum(points, floor))


def slope(points: FloatArray, floor: float) -> FloatArray:
    """1 / x above the floor, 0 below it."""
    return np.where(points > floor, 1.0 / np.maximum(points, floor), 0.0)


GEOMETRIC = Mean(heights=heights, points=np.exp, slope=slope, needs_floor=True)
