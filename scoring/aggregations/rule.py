"""What is a rule of joining? Two shapes: a mean of heights, and a rule that needs a family as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scoring.model import FloatArray


def nothing(points: FloatArray) -> tuple[float, float]:
    """The height of a 0 that no floor holds, and what a mean with one cannot exceed, however small its weight.

    Draws are made in half of the precision, where the largest number is smaller.
    """
    return (-1e250, -1e200) if points.dtype.itemsize > 4 else (-1e36, -1e26)


@dataclass(frozen=True, slots=True)
class Mean:
    """A weighted mean of heights, turned back into points.

    `heights(points, floor)` and `points(heights)` undo each other above the floor; `slope(points, floor)`
    is the derivative of the heights, 0 where a change of points changes nothing.
    """

    heights: Callable[[FloatArray, float], FloatArray]
    points: Callable[[FloatArray], FloatArray]
    slope: Callable[[FloatArray, float], FloatArray]
    needs_floor: bool


@dataclass(frozen=True, slots=True)
class Family:
    """A rule for one parent and its children.

    `join(points, share, floor)` takes (..., children, units) and shares that add up to 1 over the children
    and are 0 for an absent child, whose points are finite and do not count; the result is (..., units).
    """

    join: Callable[[FloatArray, FloatArray, float], FloatArray]
    needs_floor: bool = False


Rule = Mean | Family
