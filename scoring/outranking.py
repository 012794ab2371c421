"""Who is better than whom, and on how much of the weight? The outranking matrix.

It uses the order of the units alone: a child that is far ahead makes up for nothing elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.model import FloatArray
from scoring.weightings.checks import points_of
from scoring.weightings.given import given

# Points nearer to each other than this are equal: they differ by rounding only.
EQUAL = 1e-9


def outranking(
    units: Sequence[str], codes: Sequence[str], points: FloatArray, weights: FloatArray, tie: float = EQUAL
) -> FloatArray:
    """The share of the weight on which unit a (row) is at least as good as unit b (column), units x units.

    M[a, b] = sum of w_k over children where a is better, plus half of it over ties, divided by the weight
    of the children that both have. So M[a, b] + M[b, a] = 1, and 0.5 stands on the diagonal (where the
    handbook prints 0); NaN where two units have no child with weight in common. `points` is units x
    children, more is better, NaN for a blank; weights are on any scale; differences up to `tie` points
    are ties.
    Raises ValueError for points of another shape or infinite, for weights as `given` does, and for a
    negative `tie`.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), non-compensatory
    multi-criteria approach; G. Munda and M. Nardo, Non-compensatory/non-linear composite indicators for
    ranking countries: a defensible setting (2009).
    """
    numbers, shares = checked(units, codes, points, weights, tie)
    return concordance(numbers, shares, slice(None), tie)


def checked(
    units: Sequence[str], codes: Sequence[str], points: FloatArray, weights: FloatArray, tie: float
) -> tuple[FloatArray, FloatArray]:
    """Points and weights (sum 1) fit to be compared; ValueError as `outranking` says."""
    numbers = points_of(points, codes)
    if len(numbers) != len(units):
        raise ValueError(f"the points have {len(numbers)} rows, but there are {len(units)} units")
    if not tie >= 0:
        raise ValueError(f"tie is {tie:g}; write 0 or the difference in points up to which units are equal")
    return numbers, given(codes, weights)


def concordance(points: FloatArray, weights: FloatArray, rows: slice, tie: float = EQUAL) -> FloatArray:
    """Some rows of the outranking matrix, unchecked; `weights` is one a child, or units x children.

    Weights of the units' own need only be in the same proportion wherever two units have the same child.
    """
    own = np.broadcast_to(weights, points.shape)[rows]
    for_row = np.zeros((len(own), len(points)))
    in_common = np.zeros_like(for_row)
    there = ~np.isnan(points)
    for k in range(points.shape[1]):
        ahead = points[rows, k][:, None] - points[:, k]
        # A blank compares as neither; half a point for "not worse", half for "better".
        better = 0.5 * (ahead > tie) + 0.5 * (ahead >= -tie)
        for_row += own[:, k][:, None] * better
        in_common += own[:, k][:, None] * (there[rows, k][:, None] & there[:, k])
    result: FloatArray = np.where(in_common > 0, for_row / np.where(in_common > 0, in_common, 1.0), np.nan)
    return result
