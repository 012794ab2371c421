"""The weighted median: half of the weight lies on either side (Edgeworth, 1888).

With equal weights it is the ordinary median. Where exactly half of the weight lies below a gap, the middle
of the gap is taken.
"""

from __future__ import annotations

import numpy as np

from scoring.aggregations.rule import Family
from scoring.model import FloatArray

# Sums of weights nearer to a half than this are a half: ten tenths rarely add up to 1 exactly.
HALF_WIDTH = 1e-9


def join(points: FloatArray, share: FloatArray, floor: float) -> FloatArray:
    """The weighted median of the children with weight; 0 where there is none."""
    weight = np.broadcast_to(share, points.shape)
    # Absent children go to the end, where they no longer matter.
    order = np.argsort(np.where(weight > 0, points, np.inf), axis=-2, kind="stable")
    ranked = np.take_along_axis(np.where(weight > 0, points, 0.0), order, axis=-2)
    below = np.cumsum(np.take_along_axis(weight, order, axis=-2), axis=-2)
    half = 0.5 * below[..., -1:, :]
    lower = np.argmax(below >= half - HALF_WIDTH, axis=-2)[..., None, :]
    upper = np.argmax(below > half + HALF_WIDTH, axis=-2)[..., None, :]
    middle: FloatArray = 0.5 * (
        np.take_along_axis(ranked, lower, axis=-2) + np.take_along_axis(ranked, upper, axis=-2)
    )
    found: FloatArray = middle[..., 0, :]
    return np.where(below[..., -1, :] > 0, found, 0.0)


MEDIAN = Family(join)
