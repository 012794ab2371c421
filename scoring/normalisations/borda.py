"""Borda: how many other units does a unit stand above?

points = n - rank, with rank 1 for the best of the n units that have a value: the best earns n - 1
points and the worst 0. A unit of equal value counts half, so the points of all units add up to
n (n - 1) / 2 however many are tied. The percentile rank is the same on a scale to full points.

Missing stays missing and does not count in n; ties take the mean of their ranks; if all values are equal
all get (n - 1) / 2; zero and negative values are values like any other. Relative.
Source: J.-C. de Borda, Mémoire sur les élections au scrutin, Histoire de l'Académie royale des sciences, 1781.
"""

from __future__ import annotations

from scoring.model import FloatArray
from scoring.normalisations.direction import by_values
from scoring.normalisations.method import Normalisation, Settings
from scoring.normalisations.sample import standing


def borda(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by the number of units that stand below."""
    points: FloatArray = standing(values) - 1
    return points


METHOD = Normalisation(kernel=borda, turn=by_values(), parameters=(), relative=True)
