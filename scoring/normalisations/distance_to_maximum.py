"""Distance to the maximum: how near is a value to the sample's best, measured by the sample's width?

points = full x (1 - (max - value) / (max - min)); with "less is better" the best is the minimum.

Missing stays missing; ties get equal points; if all values are equal (or there is one alone) each is
the best one, and all get full points; zero and negative values are values like any other. Relative.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5 (distance to the leader);
in this form W. Becker and others, COINr, Journal of Open Source Software 7, 2022.
"""

from __future__ import annotations

from scoring.model import FloatArray
from scoring.normalisations.direction import by_values
from scoring.normalisations.method import FULL, Normalisation, Settings
from scoring.normalisations.sample import ends, everywhere


def distance_to_maximum(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by what is missing to the best of the sample."""
    full = settings["full"]
    lowest, highest = ends(values)
    if not lowest < highest:
        return everywhere(values, full)
    points: FloatArray = full * (1 - (highest - values) / (highest - lowest))
    return points


METHOD = Normalisation(kernel=distance_to_maximum, turn=by_values(), parameters=(FULL,), relative=True)
