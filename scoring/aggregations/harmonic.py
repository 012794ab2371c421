"""The weighted harmonic mean, 1 / sum of w / x: the weakest child counts most (OECD/JRC Handbook, 2008).

Without a floor above 0 a single 0 wipes out all the rest; whatever is lower counts as the floor.
"""

from __future__ import annotations

import numpy as np

from scoring.aggregations.rule import Mean, nothing
from scoring.model import FloatArray


def heights(points: FloatArray, floor: float) -> FloatArray:
    """Reciprocals of the points, with a minus so that more points stand higher."""
    if floor > 0:
        height: FloatArray = -1.0 / np.maximum(points, floor)
        return height
    least = nothing(points)[0]
    # So near to 0 that it is as good as 0.
    return np.divide(-1.0, points, out=np.full_like(points, least), where=points > -1.0 / least)


def points(heights: FloatArray) -> FloatArray:
    """The points of a mean height; 0 where no child is present, and under a 0."""
    there = (heights < 0) & (heights > nothing(heights)[1])
    return np.divide(-1.0, heights, out=np.zeros_like(heights), where=there)


def slope(points: FloatArray, floor: float) -> FloatArray:
    """1 / x^2 above the floor, 0 below it."""
    return np.power(points, -2.0, out=np.zeros_like(points), where=points > max(floor, 0.0))


HARMONIC = Mean(heights=heights, points=points, slope=slope, needs_floor=True)
