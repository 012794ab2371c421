"""How do several columns move together where there are gaps? Covariances and correlations of what can be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.audit.notes import FEW_CODES, FEW_UNITS, LEFT_OUT
from scoring.model import BoolArray, FloatArray
from scoring.weightings.checks import points_of
from scoring.weightings.correlation import FEWEST_PAIRS, correlations

# What is done about blanks: only units without any, or for every pair of columns the units that have both.
COMPLETE, PAIRWISE = "complete", "pairwise"
MISSING = (COMPLETE, PAIRWISE)


@dataclass(frozen=True, eq=False)
class Joint:
    """Columns that vary, `codes`, and how they move together; both matrices are codes x codes.

    `units` is the number of complete units, or of those behind the weakest pair; `left_out` are columns
    with one value throughout and, pairwise, those that share too few units with others.
    """

    codes: tuple[str, ...]
    left_out: tuple[str, ...]
    covariance: FloatArray  # with n - 1
    correlation: FloatArray
    units: int
    missing: str

    @property
    def note(self) -> str:
        """The id of scoring.audit.notes that says what is wanting, "" if nothing is."""
        if self.units < FEWEST_PAIRS:
            return FEW_UNITS
        if len(self.codes) < 2:
            return FEW_CODES
        return LEFT_OUT if self.left_out else ""


def joint(codes: Sequence[str], points: FloatArray, missing: str) -> Joint:
    """Covariances and correlations of columns (units x codes, NaN for a blank).

    Raises ValueError for another `missing` than "complete" and "pairwise", and as `points_of` does.
    """
    if missing not in MISSING:
        raise ValueError(f"missing is {missing!r}; use one of {', '.join(MISSING)}")
    numbers = points_of(points, codes)
    if missing == COMPLETE:
        # A column that nobody answered would leave no unit complete.
        asked = ~np.isnan(numbers).all(axis=0)
        numbers = numbers[~np.isnan(numbers[:, asked]).any(axis=1)]
    nothing = np.full((len(codes), len(codes)), np.nan)
    r = correlations(numbers) if len(numbers) else nothing
    kept = _connected(r, np.isnan(np.diag(r)))
    used = numbers[:, kept]
    there = (~np.isnan(used)).astype(float)
    together = there.T @ there
    return Joint(
        codes=tuple(code for code, keep in zip(codes, kept, strict=True) if keep),
        left_out=tuple(code for code, keep in zip(codes, kept, strict=True) if not keep),
        covariance=_covariance(used, there, together),
        correlation=r[np.ix_(kept, kept)],
        units=len(numbers) if missing == COMPLETE else int(together.min(initial=len(numbers))),
        missing=missing,
    )


def _connected(r: FloatArray, out: BoolArray) -> BoolArray:
    """Columns that can all be compared: the one with the most untold pairs is left out until none is untold."""
    kept = ~out
    while True:
        untold = np.isnan(r) & kept & kept[:, None]
        if not untold.any():
            return kept
        kept[int(untold.sum(axis=1).argmax())] = False


def _covariance(values: FloatArray, there: FloatArray, together: FloatArray) -> FloatArray:
    # Distances from the column's mean, so that squares of large amounts do not drown small differences.
    count = np.maximum(there.sum(axis=0), 1.0)
    away = np.where(there > 0, values - np.nansum(values, axis=0) / count, 0.0)
    sums = away.T @ there
    result: FloatArray = (away.T @ away - sums * sums.T / np.maximum(together, 1.0)) / np.maximum(
        together - 1, 1.0
    )
    return result
