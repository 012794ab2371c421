"""What is a score when it is printed? One rule for showing, ranking and levelling (docs/decisions/0011)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from scoring.model import FloatArray

# Two scores nearer than this are one score: binary fractions cannot hold 40.05 exactly.
EXACT_DECIMALS = 9


def published(values: ArrayLike, decimals: int = 1) -> FloatArray:
    """The values at `decimals` decimals, halves away from zero (40.05 is 40.1); NaN stays NaN.

    Halves are judged on the decimal number that was meant, not on its nearest binary fraction.
    """
    exact = np.asarray(values, dtype=float)
    scale = 10.0**decimals
    whole = np.floor(np.round(np.abs(exact) * scale, EXACT_DECIMALS - decimals) + 0.5)
    rounded: FloatArray = np.copysign(whole / scale, exact) + 0.0  # no minus before a zero
    return rounded
