"""The weakest child alone: nothing makes up for it. Weights say only who is present."""

from __future__ import annotations

import numpy as np

from scoring.aggregations.rule import Family
from scoring.model import FloatArray


def join(points: FloatArray, share: FloatArray, floor: float) -> FloatArray:
    """The lowest points among the children with weight; 0 where there is none."""
    present = np.broadcast_to(share > 0, points.shape)
    lowest: FloatArray = np.where(present, points, np.inf).min(axis=-2)
    return np.where(np.isfinite(lowest), lowest, 0.0)


MINIMUM = Family(join)
