"""What follows from comparing children two by two? Saaty's analytic hierarchy process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.model import FloatArray
from scoring.weightings.checks import shaped, to_one

# Mean consistency index of random judgements for 1, 2, ... 15 children, the rounded table as printed
# in Saaty, The Analytic Hierarchy Process (1980).
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
# The consistency ratio up to which judgements are accepted, by Saaty (1980).
ACCEPTED_RATIO = 0.10
# 3 beside 0.33 is meant as its reciprocal: people write two decimals.
RECIPROCAL_TOLERANCE = 0.02
NAMED_JUDGEMENTS = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """One comparison and what the others together would make of it: `first` is so many times `second`."""

    first: str
    second: str
    said: float
    implied: float


@dataclass(frozen=True, eq=False)
class Priorities:
    """Weights from comparisons, and whether the comparisons agree with each other."""

    weights: FloatArray  # children, sum to 1
    largest_eigenvalue: float  # n where all judgements agree, more otherwise
    consistency_index: float
    consistency_ratio: float
    accepted: bool
    least_consistent: tuple[Judgement, ...]  # at most three, the worst first


def priorities(
    codes: Sequence[str], comparisons: FloatArray, accepted_ratio: float = ACCEPTED_RATIO
) -> Priorities:
    """Weights from pairwise comparisons a_ij ("i matters a_ij times as much as j"), children x children.

    The weights are the principal eigenvector, A w = lambda w, scaled to 1. Consistency index
    CI = (lambda - n) / (n - 1), consistency ratio CR = CI / RANDOM_INDEX[n] (0 for one or two children,
    which cannot disagree). A judgement's own error is a_ij w_j / w_i, 1 if it agrees with the others;
    those furthest from 1 on a logarithmic scale are named.
    Raises ValueError for a judgement that is blank or not above 0, for a pair that is not reciprocal
    within 2 %, for a diagonal other than 1, and for more than 15 children.
    Source: T. L. Saaty, The Analytic Hierarchy Process (1980); on the error of one judgement
    Saaty, Decision-making with the AHP: why is the principal eigenvector necessary (2003).
    """
    matrix = _reciprocal(codes, shaped(comparisons, len(codes), codes, "the comparisons"))
    values, vectors = np.linalg.eig(matrix)
    principal = int(np.argmax(values.real))
    # By Perron and Frobenius all parts have one sign, which the solver leaves open.
    weights = to_one(np.abs(vectors[:, principal].real))
    n = len(codes)
    largest = max(float(values[principal].real), float(n))
    index = (largest - n) / (n - 1) if n > 1 else 0.0
    ratio = index / RANDOM_INDEX[n - 1] if n > 2 else 0.0
    return Priorities(
        weights=weights,
        largest_eigenvalue=largest,
        consistency_index=index,
        consistency_ratio=ratio,
        accepted=ratio <= accepted_ratio,
        least_consistent=_least_consistent(codes, matrix, weights),
    )


def consistent_weights(
    codes: Sequence[str], comparisons: FloatArray, accepted_ratio: float = ACCEPTED_RATIO
) -> FloatArray:
    """The weights of `priorities`, if the judgements agree well enough to be used as the default.

    Raises ValueError where they do not, naming the ratio and the judgements to think over first; and as
    `priorities` does.
    """
    found = priorities(codes, comparisons, accepted_ratio)
    if found.accepted:
        return found.weights
    named = "; ".join(
        f"{one.first} to {one.second} was set at {one.said:.3g}, the others suggest {one.implied:.3g}"
        for one in found.least_consistent
    )
    raise ValueError(
        f"the comparisons contradict each other: consistency ratio {found.consistency_ratio:.3f}, "
        f"at most {accepted_ratio:.2f} is accepted; think over first: {named}"
    )


def _reciprocal(codes: Sequence[str], matrix: FloatArray) -> FloatArray:
    n = len(codes)
    if n > len(RANDOM_INDEX):
        raise ValueError(
            f"{n} children are too many to compare two by two; join them into groups of at most "
            f"{len(RANDOM_INDEX)}"
        )
    for i in range(n):
        for j in range(n):
            pair = f"{codes[i]} compared with {codes[j]}"
            if not (np.isfinite(matrix[i, j]) and matrix[i, j] > 0):
                raise ValueError(f"{pair}: {matrix[i, j]:g} is no judgement; write a number above 0")
            if abs(matrix[i, j] * matrix[j, i] - 1) > RECIPROCAL_TOLERANCE:
                raise ValueError(
                    f"{pair}: {matrix[i, j]:g} and {matrix[j, i]:g} are not reciprocal; "
                    + ("nothing outweighs itself, write 1" if i == j else "write 1/3 beside 3")
                )
    # What was rounded in writing is put right, each side of a pair counting the same.
    exact: FloatArray = np.sqrt(matrix / matrix.T)
    return exact


def _least_consistent(codes: Sequence[str], matrix: FloatArray, weights: FloatArray) -> tuple[Judgement, ...]:
    found = []
    for i in range(len(codes)):
        for j in range(i + 1, len(codes)):
            implied = float(weights[i] / weights[j])
            error = abs(float(np.log(matrix[i, j] / implied)))
            found.append((-round(error, 9), i, j, implied))
    return tuple(
        Judgement(codes[i], codes[j], float(matrix[i, j]), implied)
        for error, i, j, implied in sorted(found)[:NAMED_JUDGEMENTS]
        if error < 0
    )
