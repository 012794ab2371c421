"""How many points is a value worth? Goalposts fixed in advance, never the sample's own ends.

The bare kernels give points that may lie outside 0..maximum; `normalise` checks its input and cuts.
A value's points depend on nothing but that value, so a further unit changes no other unit's points.

Sources: linear and log goalposts as in the Human Development Index (UNDP, Technical notes);
the ladder follows the plan-do-check-act steps of the Common Assessment Framework (EUPAN).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.model import FloatArray
from scoring.normalisations import NORMALISATIONS

IntArray = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Goalposts:
    """The ends of several measurements that share a scale; lower < upper, direction 1 or -1, all k x 1."""

    lower: FloatArray
    upper: FloatArray
    direction: FloatArray
    step: float  # points a ladder level is worth
    maximum: float  # full points


@dataclass(frozen=True, eq=False)
class ScaleGroup:
    """The measurements of one scale: their names, their rows in the leaf array and their goalposts."""

    scale: str
    codes: tuple[str, ...]
    rows: IntArray
    goalposts: Goalposts


def linear(
    values: FloatArray, lower: FloatArray, upper: FloatArray, direction: FloatArray, maximum: float = 100.0
) -> FloatArray:
    """Points by the share of the way from the goalpost worth nothing to the one worth full points."""
    start = np.where(direction > 0, lower, upper)
    end = np.where(direction > 0, upper, lower)
    points: FloatArray = maximum * ((values - start) / (end - start))
    return points


def log(
    values: FloatArray, lower: FloatArray, upper: FloatArray, direction: FloatArray, maximum: float = 100.0
) -> FloatArray:
    """Points by the share of the way on a logarithmic scale; nothing or less is infinitely far below."""
    with np.errstate(divide="ignore"):
        height = np.log(np.maximum(values, 0.0))
    return linear(height, np.log(lower), np.log(upper), direction, maximum)


def ladder(values: FloatArray, step: float) -> FloatArray:
    """Points by described levels: level n earns n steps, and level 0 is an answer worth nothing."""
    points: FloatArray = values * step
    return points


SCALES: Mapping[str, Callable[[FloatArray, Goalposts], FloatArray]] = {
    "linear": lambda values, g: linear(values, g.lower, g.upper, g.direction, g.maximum),
    "log": lambda values, g: log(values, g.lower, g.upper, g.direction, g.maximum),
    "ladder": lambda values, g: ladder(values, g.step),
}


def normalise(values: FloatArray, groups: tuple[ScaleGroup, ...], maximum: float) -> FloatArray:
    """Points of all answers, cut to 0..maximum; NaN (no answer) stays NaN.

    `values` is leaves x units in the measurements' own units, the result has the same shape.
    Raises ValueError for an infinite value or for a scale that is not in SCALES.
    """
    points = np.empty_like(values)
    for group in groups:
        if group.scale not in SCALES:
            known = "is for an index alone" if group.scale in NORMALISATIONS else "is not known"
            raise ValueError(
                f"{group.codes[0]}: scale {group.scale!r} {known}; use one of {', '.join(SCALES)}, by which "
                "nobody's points depend on who else is there"
            )
        here = values[group.rows]
        if np.isinf(here).any():
            culprit = group.codes[int(np.flatnonzero(np.isinf(here).any(axis=1))[0])]
            raise ValueError(f"{culprit}: a value is infinite; leave it NaN where there is no number")
        points[group.rows] = SCALES[group.scale](here, group.goalposts)
    return np.clip(points, 0.0, maximum, out=points)
