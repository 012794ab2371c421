"""What did somebody set? Weights as they were given, on any scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.model import FloatArray
from scoring.weightings.checks import shaped, to_one


def given(codes: Sequence[str], numbers: FloatArray) -> FloatArray:
    """Weights as set by whoever answers for them: each number's share of the sum, w = x / sum(x).

    Only ratios count: 1, 3 is the same as 25, 75. A child with 0 does not count.
    Raises ValueError where a number is blank, infinite or negative (naming the child) and where all are 0.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 6.
    """
    amounts = shaped(numbers, None, codes, "the weights")
    for wrong, why in (
        (~np.isfinite(amounts), "is no number; write 0 for a child that does not count"),
        (amounts < 0, "is negative; turn the direction of the child instead"),
    ):
        if wrong.any():
            first = int(np.flatnonzero(wrong)[0])
            raise ValueError(f"{codes[first]}: the weight {amounts[first]:g} {why}")
    if not amounts.any():
        raise ValueError(f"the weights of {', '.join(codes)} are all 0; give at least one of them weight")
    return to_one(amounts)
