"""How many things does a family measure? Principal components of its correlations, unrotated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.audit.joint import COMPLETE, PAIRWISE, joint
from scoring.audit.notes import INDEFINITE
from scoring.model import FloatArray
from scoring.weightings.correlation import FEWEST_PAIRS

# Loadings that are equal on paper differ by rounding; the first of them settles the sign.
DECIMALS = 9
# Eigenvalues below 0 by more than rounding come from gaps.
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Principal:
    """Principal components, the largest first; empty where `note` says why.

    `explained` is each eigenvalue's share of the sum, `loadings` (codes x components) are the correlations
    of a member with a component; a component's largest loading is positive.
    """

    codes: tuple[str, ...]
    left_out: tuple[str, ...]
    eigenvalues: FloatArray
    explained: FloatArray
    loadings: FloatArray
    units: int
    missing: str
    note: str

    @property
    def above_one(self) -> int:
        """How many components tell at least as much as one member alone (Kaiser's criterion)."""
        return int((self.eigenvalues >= 1 - ROUNDING).sum())


def principal(codes: Sequence[str], points: FloatArray, missing: str | None = None) -> Principal:
    """Principal components of some columns, units x codes, NaN for a blank.

    R = V diag(l) V' with R the correlation matrix; loadings V sqrt(l), explained l / sum(l). `missing` is
    "complete", "pairwise", or None: complete units where three or more are, else pairwise, which can give
    eigenvalues below 0 (set to 0, and said). Components with equal eigenvalues can be turned into each
    other, so that their loadings are one choice of many.
    Raises ValueError as `scoring.audit.joint.joint` does.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 4.
    """
    seen = joint(codes, points, missing or COMPLETE)
    if missing is None and seen.units < FEWEST_PAIRS:
        seen = joint(codes, points, PAIRWISE)
    note = seen.note
    if seen.units < FEWEST_PAIRS or len(seen.codes) < 2:
        nothing = np.zeros(0)
        return Principal(
            seen.codes,
            seen.left_out,
            nothing,
            nothing,
            np.zeros((len(seen.codes), 0)),
            seen.units,
            seen.missing,
            note,
        )
    ascending, vectors = np.linalg.eigh(seen.correlation)
    if ascending[0] < -ROUNDING:
        note = INDEFINITE
    eigenvalues = np.maximum(ascending[::-1], 0.0)
    loadings = vectors[:, ::-1] * np.sqrt(eigenvalues)
    largest = np.round(np.abs(loadings), DECIMALS).argmax(axis=0)
    sign = np.where(loadings[largest, np.arange(len(largest))] < 0, -1.0, 1.0)
    return Principal(
        codes=seen.codes,
        left_out=seen.left_out,
        eigenvalues=eigenvalues,
        explained=eigenvalues / eigenvalues.sum(),
        loadings=loadings * sign + 0.0,  # no minus before a zero
        units=seen.units,
        missing=seen.missing,
        note=note,
    )
