"""Percentile rank: what share of the sample does a unit stand above?

With r the position from the worst (1) to the best (n) among the n units that have a value:
`ends`: points = full x (r - 1) / (n - 1), nothing for the worst and full points for the best;
`middle`: points = full x (r - 1/2) / n, the share below plus half of the share that is equal.

Missing stays missing; ties take the mean of their positions; if all values are equal (or there is one
alone) all get half of full points; zero and negative values are values like any other. Relative.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5 (ranking, percentiles).
"""

from __future__ import annotations

from scoring.model import FloatArray
from scoring.normalisations.direction import by_values
from scoring.normalisations.method import FULL, Normalisation, Parameter, Settings
from scoring.normalisations.sample import count, everywhere, standing


def percentile(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by the share of the sample that lies below."""
    known, full = count(values), settings["full"]
    if known < 2:
        return everywhere(values, full / 2)
    if settings["position"] == "middle":
        points: FloatArray = full * ((standing(values) - 0.5) / known)
    else:
        points = full * ((standing(values) - 1) / (known - 1))
    return points


METHOD = Normalisation(
    kernel=percentile,
    turn=by_values(),
    parameters=(
        Parameter(
            "position",
            "choice",
            "ends",
            False,
            "whether the worst and best reach 0 and full",
            ("ends", "middle"),
        ),
        FULL,
    ),
    relative=True,
)
