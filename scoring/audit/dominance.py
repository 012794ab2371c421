"""Who is better than whom whatever the weights? Units that no other one beats, and pairs settled in advance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.model import BoolArray, FloatArray
from scoring.weightings.checks import points_of

# Points nearer to each other than this are equal: they differ by rounding only.
EQUAL = 1e-9
# Over which measurements two units are compared.
COMMON, LOWEST, COMPLETE = "common", "lowest", "complete"
MISSING = (COMMON, LOWEST, COMPLETE)
# The share of measurements that two units must have in common (the COIN Tool's rule for data, JRC 2019).
SHARE = 0.65
# Rows that are compared at once, so that memory grows with the units and not with their square.
BLOCK = 256


@dataclass(frozen=True, eq=False)
class Dominance:
    """Which unit (row) dominates which (column); `share` is that of all pairs that are settled so."""

    units: tuple[str, ...]
    dominates: BoolArray  # units x units
    common: NDArray[np.int64]  # units x units, how many measurements were compared
    share: float  # 0-1, of the pairs compared; 0 where there is none
    missing: str

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(better, worse), in the order of the units."""
        return tuple((self.units[a], self.units[b]) for a, b in np.argwhere(self.dominates).tolist())


def dominance(
    units: Sequence[str],
    codes: Sequence[str],
    points: FloatArray,
    missing: str = COMMON,
    share: float = SHARE,
    lowest: float = 0.0,
) -> Dominance:
    """a dominates b if it is at least as good on every measurement compared and better on one.

    `points` is units x codes, more is better, NaN for a blank. `missing`: "common" compares what both have,
    if it is at least `share` of all measurements (such a relation need not be transitive); "lowest" takes
    a blank as `lowest` points; "complete" compares units without gaps only. Whatever weights and monotone
    mean are chosen, who is dominated with nothing missing never scores higher.
    Raises ValueError for another `missing`, a share outside 0-1, another number of units, and as
    `points_of` does.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), non-compensatory aggregation;
    V. Pareto, Manuale di economia politica (1906).
    """
    if missing not in MISSING:
        raise ValueError(f"missing is {missing!r}; use one of {', '.join(MISSING)}")
    if not 0 <= share <= 1:
        raise ValueError(f"share is {share:g}; give the part of the measurements in common, 0 to 1")
    numbers = points_of(points, codes)
    if len(numbers) != len(units):
        raise ValueError(f"the points have {len(numbers)} rows, but there are {len(units)} units")
    there = ~np.isnan(numbers)
    # Columns are left out that nobody answered: they would keep every unit from being complete.
    asked: BoolArray = np.any(there, axis=0)
    takes_part: BoolArray = np.any(there, axis=1)
    if missing == LOWEST:
        numbers = np.where(there, numbers, lowest)
        there = np.ones(numbers.shape, dtype=bool)
    elif missing == COMPLETE:
        takes_part &= np.all(there[:, asked], axis=1)
    needed = share * asked.sum() if missing == COMMON else 1.0
    held, common = _compare(numbers[:, asked], there[:, asked])
    compared = (common >= max(needed, 1.0) - EQUAL) & takes_part & takes_part[:, None]
    np.fill_diagonal(compared, False)
    held &= compared
    pairs = int(compared.sum()) // 2
    for array in (held, common):
        array.flags.writeable = False
    return Dominance(
        units=tuple(units),
        dominates=held,
        common=common,
        share=int(held.sum()) / pairs if pairs else 0.0,
        missing=missing,
    )


def _compare(points: FloatArray, there: BoolArray) -> tuple[BoolArray, NDArray[np.int64]]:
    """Dominance on what two units have in common, however little that is, and how much it is."""
    n = len(points)
    held = np.empty((n, n), dtype=bool)
    for start in range(0, n, BLOCK):
        rows = slice(start, start + BLOCK)
        worse = np.zeros((len(points[rows]), n), dtype=bool)
        better = np.zeros_like(worse)
        for column in points.T:
            # A blank on either side compares as neither.
            ahead = column[rows, None] - column
            worse |= ahead < -EQUAL
            better |= ahead > EQUAL
        held[rows] = better & ~worse
    counted = there.astype(float)
    return held, (counted @ counted.T).astype(np.int64)
