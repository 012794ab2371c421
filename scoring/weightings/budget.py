"""How would several experts spend the same budget? Budget allocation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.model import FloatArray
from scoring.weightings.checks import distinct, shaped, to_one


@dataclass(frozen=True, eq=False)
class Budget:
    """What experts agreed on and how far apart they were; all shares are 0-1.

    `spread` is the standard deviation between experts (n - 1), NaN for a single one.
    """

    weights: FloatArray  # children, the mean of the experts' shares
    shares: FloatArray  # experts x children, each row sums to 1
    lowest: FloatArray  # children
    highest: FloatArray  # children
    spread: FloatArray  # children


def allocate(codes: Sequence[str], experts: Sequence[str], amounts: FloatArray) -> Budget:
    """Weights by budget allocation: each expert divides a budget, say of 100, among the children.

    `amounts` is experts x children. Every row is scaled to 1 first, s_ei = a_ei / sum_i a_ei, so that each
    expert counts the same whatever was given out; then w_i = mean_e s_ei.
    Raises ValueError, naming the expert, for a blank, an infinite or a negative amount and for a row of
    zeros; and without any expert.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), budget allocation process.
    """
    if not experts:
        raise ValueError("budget allocation needs at least one expert")
    distinct(experts)
    given_out = shaped(amounts, len(experts), codes, "the amounts")
    for expert, row in zip(experts, given_out, strict=True):
        _check(expert, row, codes)
    shares = np.array([to_one(row) for row in given_out])
    several = len(experts) > 1
    return Budget(
        weights=to_one(shares.mean(axis=0)),
        shares=shares,
        lowest=shares.min(axis=0),
        highest=shares.max(axis=0),
        spread=shares.std(axis=0, ddof=1) if several else np.full(len(codes), np.nan),
    )


def _check(expert: str, row: FloatArray, codes: Sequence[str]) -> None:
    for wrong, why in ((~np.isfinite(row), "is no number; write 0 for nothing"), (row < 0, "is negative")):
        if wrong.any():
            first = int(np.flatnonzero(wrong)[0])
            raise ValueError(f"{expert}: the amount for {codes[first]} ({row[first]:g}) {why}")
    if not row.any():
        raise ValueError(f"{expert} gave nothing to any child; leave out an expert who did not answer")
