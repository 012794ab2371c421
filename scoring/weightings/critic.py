"""Which child differs most between units and says what no other says? CRITIC weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.model import FloatArray
from scoring.weightings.checks import constant, points_of, to_one
from scoring.weightings.correlation import correlations

# 1 - r below this is rounding: the two children say the same.
SAME = 1e-12


def critic(codes: Sequence[str], points: FloatArray) -> FloatArray:
    """Weights by contrast times conflict (CRITIC); a robustness check, never a default.

    `points` is units x children, NaN for a blank. Each child is first stretched to its lowest and highest
    unit, z = (x - min) / (max - min); C_j = s_j sum_k (1 - r_jk) with the sample standard deviation s_j of
    z_j (n - 1) and Pearson's r_jk; w_j = C_j / sum_j C_j.
    Blanks: s_j over the units that have j, r_jk over those that have both; where fewer than three have,
    r_jk counts as 0. A child with one value throughout, or with fewer than two values, has weight 0 and
    is no rival of the others. Where no C is above 0 (all children say the same) those that differ between
    units share the weight equally, and all do where none does.
    Raises ValueError for infinite points, naming the child.
    Source: D. Diakoulaki, G. Mavrotas and L. Papayannakis, Determining objective weights in multiple
    criteria problems: the CRITIC method (1995).
    """
    numbers = points_of(points, codes)
    varies = ~constant(numbers)
    if not varies.any():
        return to_one(varies.astype(float))
    kept = numbers[:, varies]
    low = np.nanmin(kept, axis=0)
    stretched = (kept - low) / (np.nanmax(kept, axis=0) - low)
    contrast = np.nanstd(stretched, axis=0, ddof=1)
    conflict = 1 - np.nan_to_num(correlations(stretched))
    np.fill_diagonal(conflict, 0.0)
    told = contrast * np.where(conflict > SAME, conflict, 0.0).sum(axis=1)
    weights = np.zeros(len(codes))
    weights[varies] = to_one(told)
    return weights
