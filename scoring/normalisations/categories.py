"""Categories: what is an answer from a fixed list worth?

`categories` are the numbers that stand for the answers, from the worst to the best in any numbering, and
`points` what each is worth, never falling. With "less is better" the list runs from the best to the worst.

Missing stays missing; ties get equal points; equal values are nothing special; zero and negative numbers
may stand for a category; a value that stands for none is refused. No other unit matters.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5 (categorical scales).
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.bands import falling, listed_ends
from scoring.normalisations.direction import by_list
from scoring.normalisations.method import Fault, Normalisation, Parameter, Settings


def categories(values: FloatArray, settings: Settings) -> FloatArray:
    """Points of the category that a value stands for; NaN where it stands for none."""
    same = values[:, None] == settings["categories"]
    here: FloatArray = settings["points"][same.argmax(axis=1)]
    return np.where(same.any(axis=1), here, np.nan)


def misfit(settings: Settings) -> str:
    """Each category once, each with points."""
    known, points = settings["categories"], settings["points"]
    if len(np.unique(known)) != len(known):
        return "a category stands in the list twice"
    if len(points) != len(known):
        return f"there are {len(known)} categories, but {len(points)} points"
    return falling(points)


def no_category(values: FloatArray, direction: int, settings: Settings) -> Fault | None:
    """The first value that stands for no category."""
    stray = np.flatnonzero(~(np.isnan(values) | np.isin(values, settings["categories"])))
    if not stray.size:
        return None
    known = ", ".join(f"{one:g}" for one in settings["categories"])
    return Fault(f"is none of the categories {known}; correct it or leave it missing", int(stray[0]))


METHOD = Normalisation(
    kernel=categories,
    turn=by_list("points"),
    parameters=(
        Parameter("categories", "numbers", None, True, "the numbers that stand for the answers, worst first"),
        Parameter("points", "numbers", None, True, "points of each category, in the same order"),
    ),
    relative=False,
    range=listed_ends,
    settings_fault=misfit,
    values_fault=no_category,
)
