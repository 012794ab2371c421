"""Which child tells the units apart? Weights by Shannon's entropy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.model import FloatArray
from scoring.weightings.checks import constant, not_negative, points_of, to_one


def entropy(codes: Sequence[str], points: FloatArray) -> FloatArray:
    """Weights by how unevenly the units' points are spread; a robustness check, never a default.

    `points` is units x children, >= 0, NaN for a blank. p_ij = x_ij / sum_i x_ij over the m_j units that
    have child j; E_j = -sum_i p_ij ln p_ij / ln m_j with 0 ln 0 = 0; w_j = (1 - E_j) / sum_j (1 - E_j).
    A child with one value throughout, or with fewer than two values, has weight 0; where that is true of
    all, the data say nothing and weights are equal. Weights change with the zero of the scale.
    Raises ValueError for negative or infinite points, naming the child.
    Source: C. E. Shannon, A mathematical theory of communication (1948); as weights
    C.-L. Hwang and K. Yoon, Multiple Attribute Decision Making (1981), entropy method.
    """
    numbers = points_of(points, codes)
    not_negative(numbers, codes)
    there = ~np.isnan(numbers)
    held = np.where(there, numbers, 0.0)
    part = held / np.maximum(held.max(axis=0), np.finfo(float).tiny)
    share = part / np.maximum(part.sum(axis=0), 1.0)
    disorder = -(share * np.log(np.where(share > 0, share, 1.0))).sum(axis=0)
    most = np.log(np.maximum(there.sum(axis=0), 2))
    told = np.where(constant(numbers), 0.0, np.maximum(1 - disorder / most, 0.0))
    return to_one(told)
