"""Who stands where? Ranks of published scores: equal scores share the best rank (docs/decisions/0011)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoring.model import BoolArray, FloatArray
from scoring.rounding import published


def ranks(scores: FloatArray, ranked: BoolArray, decimals: int = 1) -> NDArray[np.int64]:
    """1 + the number of ranked units with a higher published score; 0 for a unit that is not ranked.

    Both arrays have one entry a unit; a NaN score is never ranked.
    """
    shown = published(scores, decimals)
    takes_part = ranked & ~np.isnan(shown)
    ascending = np.sort(shown[takes_part])
    higher = ascending.size - np.searchsorted(ascending, shown, side="right")
    return np.where(takes_part, 1 + higher, 0).astype(np.int64)
