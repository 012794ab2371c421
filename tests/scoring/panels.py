"""Panels of jurors for tests: marks as Marks, and panels made by chance whose truth is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.marks.limits import Limits
from scoring.marks.sheet import Marks, marks_of
from scoring.model import BoolArray, FloatArray

# The numbers of the tests stand here, so that those of the installation may change.
LIMITS = Limits(
    readings={
        "alpha": ((0.667, "tentative"), (0.8, "good")),
        "icc": ((0.5, "moderate"), (0.75, "good"), (0.9, "excellent")),
        "w": ((0.3, "weak"), (0.7, "good")),
    },
    least_cities=3,
    least_freedom=5,
    by_chance=0.01,
    outlying=2.5,
    resamples=200,
    within=0.95,
    seed=1,
)


def marks(values: object, weights: Sequence[float] | None = None) -> Marks:
    """Marks with names j0, c0, k0 ...; two axes (jurors x cities) stand for one criterion."""
    table = np.array(values, dtype=float)
    table = table[:, :, None] if table.ndim == 2 else table
    jurors, cities, criteria = table.shape
    return marks_of(
        [f"j{j}" for j in range(jurors)],
        [f"c{i:02}" for i in range(cities)],
        [f"k{c}" for c in range(criteria)],
        table,
        weights,
    )


def drawn_design(rng: np.random.Generator, jurors: int, cities: int, each: int) -> BoolArray:
    """Jurors x cities: `each` jurors a city by chance, loads as even as they come, connected."""
    reached = np.zeros((jurors, cities), dtype=bool)
    for i in range(cities):
        tired = reached.sum(axis=1) + rng.random(jurors)
        reached[np.argsort(tired)[:each], i] = True
    return reached


def drawn_marks(
    rng: np.random.Generator, reached: BoolArray, spreads: tuple[float, float, float]
) -> tuple[FloatArray, FloatArray]:
    """The true quality of the cities, and their marks (jurors x cities); spreads of cities, jurors and rest."""
    jurors, cities = reached.shape
    quality, strict = rng.normal(0, spreads[0], cities), rng.normal(0, spreads[1], jurors)
    values = 3 + quality + strict[:, None] + rng.normal(0, spreads[2], (jurors, cities))
    return quality, np.where(reached, values, np.nan)
