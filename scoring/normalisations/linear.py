"""Linear goalposts: how far is a value on the way from the goalpost worth nothing to the one worth all?

points = full x (value - lower) / (upper - lower), cut to 0..full unless `cut` is false.

Missing stays missing; ties get equal points; a sample of equal values is nothing special, because no
other unit matters; zero and negative values are values like any other.
Source: the dimension indices of the Human Development Index (UNDP, Human Development Report, Technical
notes); OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5 (min-max, with fixed ends).
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.direction import by_goalposts
from scoring.normalisations.method import CUT, FULL, Normalisation, Parameter, Settings, rising, to_full


def linear(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by the share of the way between the goalposts."""
    lower, upper, full = settings["lower"], settings["upper"], settings["full"]
    points: FloatArray = full * ((values - lower) / (upper - lower))
    return np.clip(points, 0.0, full) if settings["cut"] else points


GOALPOSTS = (
    Parameter("lower", "number", None, True, "the lower goalpost, in the measurement's unit"),
    Parameter("upper", "number", None, True, "the upper goalpost, in the measurement's unit"),
)
METHOD = Normalisation(
    kernel=linear,
    turn=by_goalposts,
    parameters=(*GOALPOSTS, CUT, FULL),
    relative=False,
    range=to_full,
    settings_fault=rising("lower", "upper"),
)
