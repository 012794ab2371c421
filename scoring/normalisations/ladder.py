"""Ladder: what is a described level worth?

points = step x level, cut to 0..full; level 0 is an answer worth nothing. With "less is better" level 0
earns full points and each level takes a step away.

Missing stays missing; ties get equal points; equal values are nothing special; zero is the lowest level,
a negative value counts as level 0 and one beyond the top as the top. No other unit matters.
Source: the plan-do-check-act steps of the Common Assessment Framework (EUPAN); OECD/JRC, Handbook on
Constructing Composite Indicators, 2008, step 5 (categorical scales).
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.direction import by_points
from scoring.normalisations.method import FULL, Normalisation, Parameter, Settings, to_full


def ladder(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by the number of steps."""
    points: FloatArray = values * settings["step"]
    return np.clip(points, 0.0, settings["full"])


METHOD = Normalisation(
    kernel=ladder,
    turn=by_points,
    parameters=(Parameter("step", "positive", None, True, "points of one level"), FULL),
    relative=False,
    range=to_full,
)
