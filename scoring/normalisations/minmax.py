"""Min-max: where does a value lie between the lowest and the highest of the sample?

points = low + (high - low) x (value - min) / (max - min).

Missing stays missing; ties get equal points; if all values are equal (or there is one alone) nothing
tells them apart, and all get the middle of low and high; zero and negative values are values like any
other. Relative: a further unit can move every other unit's points, so it suits no official score.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5.
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.direction import by_values
from scoring.normalisations.method import Normalisation, Parameter, Settings, rising
from scoring.normalisations.sample import ends, everywhere


def minmax(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by the share of the way from the sample's lowest to its highest value."""
    low, high = settings["low"], settings["high"]
    lowest, highest = ends(values)
    if not lowest < highest:
        return everywhere(values, (low + high) / 2)
    points: FloatArray = low + (high - low) * ((values - lowest) / (highest - lowest))
    return np.clip(points, low, high)


METHOD = Normalisation(
    kernel=minmax,
    turn=by_values(),
    parameters=(
        Parameter("low", "number", 0.0, False, "points of the worst value"),
        Parameter("high", "number", 100.0, False, "points of the best value"),
    ),
    relative=True,
    settings_fault=rising("low", "high"),
)
