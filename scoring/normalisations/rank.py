"""Rank as points: how many units, itself among them, does a unit stand level with or above?

points = n + 1 - rank, with rank 1 for the best of the n units that have a value: the best earns n
points and the worst 1, so that more points are better, as with every other method.

Missing stays missing and does not count in n; ties take the mean of their ranks, or share the best of
them (`ties`); if all values are equal all get the same, (n + 1) / 2 or n; zero and negative values are
values like any other. Relative.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5 (ranking).
"""

from __future__ import annotations

from scoring.model import FloatArray
from scoring.normalisations.direction import by_values
from scoring.normalisations.method import Normalisation, Parameter, Settings
from scoring.normalisations.sample import standing


def rank(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by position, counted from the worst."""
    return standing(values, settings["ties"])


METHOD = Normalisation(
    kernel=rank,
    turn=by_values(),
    parameters=(
        Parameter("ties", "choice", "mean", False, "which rank equal values share", ("mean", "best")),
    ),
    relative=True,
)
