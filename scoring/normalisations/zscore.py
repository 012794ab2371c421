"""Z-score: by how many standard deviations does a value lie above the mean of the sample?

points = mean + spread x (value - m) / s, with m the sample's mean and s its standard deviation: `sample`
divides the squares by n - 1, `population` by n.

Missing stays missing; ties get equal points; if all values are equal (or there is one alone) all get
`mean`; zero and negative values are values like any other. Points have no ends and may be negative,
which geometric means further up do not bear. Relative: a further unit moves every other unit's points.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5 (standardisation).
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.direction import by_values
from scoring.normalisations.method import Normalisation, Parameter, Settings
from scoring.normalisations.sample import ends, everywhere


def zscore(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by the distance from the sample's mean in standard deviations."""
    lowest, highest = ends(values)
    if not lowest < highest:  # asked this way, since a rounded mean of equal values may differ from them
        return everywhere(values, settings["mean"])
    known = np.sort(values[~np.isnan(values)])  # sorted, so that the order of the units cannot be told
    deviation = np.std(known, ddof=1 if settings["deviation"] == "sample" else 0)
    points: FloatArray = settings["mean"] + settings["spread"] * ((values - known.mean()) / deviation)
    return points


METHOD = Normalisation(
    kernel=zscore,
    turn=by_values(),
    parameters=(
        Parameter("mean", "number", 0.0, False, "points of the sample's mean"),
        Parameter("spread", "positive", 1.0, False, "points of one standard deviation"),
        Parameter(
            "deviation",
            "choice",
            "sample",
            False,
            "what the squares are divided by",
            ("sample", "population"),
        ),
    ),
    relative=True,
)
