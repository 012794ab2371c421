"""Which units cannot be told apart? Rank bands: all whose rank interval overlaps that of the band's best."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoring.model import BoolArray, FloatArray
from scoring.uncertainty import Uncertainty


def rank_bands(sure: Uncertainty) -> NDArray[np.int64]:
    """Each unit's band, 1 for the best; 0 for a unit that is not ranked."""
    ranks = np.arange(1, sure.rank_shares.shape[1] + 1)
    return overlapping(sure.rank[:, 0], sure.rank[:, 2], sure.rank_shares @ ranks, sure.takes_part)


def overlapping(
    low: FloatArray, high: FloatArray, mean: FloatArray, takes_part: BoolArray
) -> NDArray[np.int64]:
    """Bands of intervals low..high (ends included): the best by `mean` and all that overlap it, then the next.

    All arrays have one entry a unit; lower is better, as with ranks.
    """
    bands = np.zeros(len(low), dtype=np.int64)
    left = takes_part.copy()
    band = 0
    while left.any():
        band += 1
        best = int(np.argmin(np.where(left, mean, np.inf)))
        together = left & (low <= high[best]) & (high >= low[best])
        bands[together] = band
        left &= ~together
    return bands
