"""Share of the maximum: what part of the best value of the sample does a unit reach?

points = full x value / max; with "less is better" the ratio is turned round: full x min / value.

Missing stays missing; ties get equal points; equal values all get full points. A ratio says something of
amounts alone: a negative value is refused, and so is whatever is divided by if it is 0 (the maximum, or
with "less is better" any value). Relative.
Source: C.-L. Hwang and K. Yoon, Multiple Attribute Decision Making, 1981 (linear transformation, for
benefits and for costs); OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5.
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.direction import by_ratio
from scoring.normalisations.method import FULL, Fault, Normalisation, Settings
from scoring.normalisations.sample import ends


def share_of_maximum(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by the ratio to the largest value."""
    points: FloatArray = settings["full"] * (values / ends(values)[1])
    return points


def negative(values: FloatArray) -> Fault | None:
    """The first value below 0."""
    below = np.flatnonzero(values < 0)
    if not below.size:
        return None
    return Fault("is negative and no share; use minmax or linear, which bear any value", int(below[0]))


def nothing_to_divide_by(values: FloatArray, direction: int, settings: Settings) -> Fault | None:
    """What stands below the line must be above 0."""
    zeros = np.flatnonzero(values == 0)
    if direction < 0 and zeros.size:
        reason = "is divided by, where less is better; use minmax, linear or distance_to_maximum"
        return Fault(reason, int(zeros[0]))
    if zeros.size and ends(values)[1] == 0:
        return Fault("is the largest value, and the others are divided by it; use minmax", int(zeros[0]))
    return negative(values)


METHOD = Normalisation(
    kernel=share_of_maximum,
    turn=by_ratio,
    parameters=(FULL,),
    relative=True,
    values_fault=nothing_to_divide_by,
)
