"""How much does each child matter? One file a method, all of them in the table WEIGHTINGS.

Every method gives weights >= 0 that sum to 1, in the order of the children. What it weighs by stands in
`needs`; the files of the methods tell more than weights (spread between experts, consistency, loadings,
scores of units on their own weights).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.model import FloatArray
from scoring.weightings.ahp import consistent_weights
from scoring.weightings.benefit import common_weights
from scoring.weightings.budget import allocate
from scoring.weightings.critic import critic
from scoring.weightings.entropy import entropy
from scoring.weightings.equal import equal
from scoring.weightings.given import given
from scoring.weightings.pca import components

__all__ = ["NEEDS", "WEIGHTINGS", "Weighting", "weigh"]

# What a method weighs by -> the shape of that array.
NEEDS: Mapping[str, str] = {
    "nothing": "no array",
    "numbers": "one number a child",
    "experts": "experts x children, amounts of a budget",
    "comparisons": "children x children, row so many times column",
    "points": "units x children, NaN for a blank",
}


@dataclass(frozen=True, slots=True)
class Weighting:
    """A method: `weigh(codes, array)` gives one weight a child from the array that `needs` names.

    Weights of a `data_driven` method change with the units that happen to be there: they check how
    robust a result is and are never a default.
    """

    weigh: Callable[[Sequence[str], FloatArray], FloatArray]
    needs: str
    data_driven: bool
    note: str


def _numbered(amounts: FloatArray) -> list[str]:
    return [f"expert {i + 1}" for i in range(len(amounts))]


WEIGHTINGS: Mapping[str, Weighting] = {
    "equal": Weighting(
        lambda codes, _: equal(codes), "nothing", False, "Every child counts the same within its parent."
    ),
    "given": Weighting(given, "numbers", False, "Weights as they were set, as shares of their sum."),
    "budget": Weighting(
        lambda codes, amounts: allocate(codes, _numbered(amounts), amounts).weights,
        "experts",
        False,
        "The mean of how several experts would each divide the same budget.",
    ),
    "ahp": Weighting(
        consistent_weights,
        "comparisons",
        False,
        "Weights from comparing children two by two, refused where the comparisons contradict each other.",
    ),
    "pca": Weighting(
        lambda codes, points: components(codes, points).weights,
        "points",
        True,
        "A robustness check: weights by what children have in common over the units that are there.",
    ),
    "entropy": Weighting(
        entropy,
        "points",
        True,
        "A robustness check: the more unevenly the units' points are spread, the more a child counts.",
    ),
    "critic": Weighting(
        critic,
        "points",
        True,
        "A robustness check: a child counts by how much units differ on it and how little others repeat it.",
    ),
    "benefit": Weighting(
        common_weights,
        "points",
        True,
        "A robustness check: the mean of the weights on which each unit would look best.",
    ),
}


def weigh(method: str, codes: Sequence[str], array: FloatArray | None = None) -> FloatArray:
    """Weights of the children by a method of the table, from the array that it needs (see NEEDS).

    Raises ValueError for a method that is not in WEIGHTINGS, where the array is missing, and as the
    method itself does.
    """
    if method not in WEIGHTINGS:
        raise ValueError(f"weighting {method!r} is not known; use one of {', '.join(WEIGHTINGS)}")
    rule = WEIGHTINGS[method]
    if array is None and rule.needs != "nothing":
        raise ValueError(f"weighting {method!r} needs {rule.needs}: {NEEDS[rule.needs]}")
    return rule.weigh(codes, np.zeros(0) if array is None else array)
