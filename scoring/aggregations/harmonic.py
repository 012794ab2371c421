"""The weighted harmonic mean, 1 / sum of w / x: the weakest child counts most (OECD/JRC Handbook, 2008).

It needs points above 0; whatever is lower counts as the floor.
"""

from __future__ import annotations

import numpy as np

from scoring.aggregations.rule import Mean
from scoring.model import FloatArray


def heights(points: FloatArray, floor: float) -> FloatArray:
    """Reciprocals of the points, with a minus so that more points stand higher."""
    height: FloatArray = -1.0 / np.maximum(points, floor)
    return height


def points(heights: FloatArray) -> FloatArray:
    """The points of a mean height; 0 where no child is present."""
    return np.divide(-1.0, heights, out=np.zeros_like(heights), where=heights != 0)


def slope(points: FloatArray, floor: float) -> FloatArray:
    """1 / x^2 above the floor, 0 below it."""
    return np.where(points > floor, np.maximum(points, floor) ** -2.0, 0.0)


HARMONIC = Mean(heights=heights, points=points, slope=slope, needs_floor=True)
