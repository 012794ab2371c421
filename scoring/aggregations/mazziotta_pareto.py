"""The Mazziotta-Pareto index, mean - sd^2 / mean: the mean less a penalty for imbalance.

M. Mazziotta and A. Pareto, "On a generalized non-compensatory composite index for measuring socio-economic
phenomena", Social Indicators Research 127 (2016). Mean and standard deviation are over the children, by
weight, with the population formula. The index is meant for points of mean 100 and spread 10, or 70 to 130;
on a scale that reaches 0 the penalty could exceed the mean, so it never goes below the weakest child.
Raising an already outstanding child can lower the index: that is its purpose.
"""

from __future__ import annotations

import numpy as np

from scoring.aggregations.minimum import join as weakest
from scoring.aggregations.rule import Family
from scoring.model import FloatArray


def join(points: FloatArray, share: FloatArray, floor: float) -> FloatArray:
    """Mean less penalty of the children with weight; 0 where there is none."""
    mean = (share * points).sum(axis=-2)
    variance = (share * (points - mean[..., None, :]) ** 2).sum(axis=-2)
    penalty = np.divide(variance, mean, out=np.full_like(mean, np.inf), where=mean > 0)
    index: FloatArray = np.maximum(
        np.where(variance > 0, mean - penalty, mean), weakest(points, share, floor)
    )
    return index


MAZZIOTTA_PARETO = Family(join)
