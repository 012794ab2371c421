"""Do the members of a family measure one thing? Cronbach's alpha, also with each of them left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.audit.joint import PAIRWISE, joint
from scoring.audit.notes import INDEFINITE
from scoring.model import FloatArray


@dataclass(frozen=True, eq=False)
class Alpha:
    """Alpha of a family; arrays have one entry for each of `codes`, NaN where `note` says why.

    `raw` is of the points as they are, `standardised` of points brought to the same spread. `without` and
    `standardised_without` are alpha with the member left out, `with_rest` is the correlation of the member
    with the sum of the others, all standardised.
    """

    codes: tuple[str, ...]
    left_out: tuple[str, ...]
    raw: float
    standardised: float
    without: FloatArray
    standardised_without: FloatArray
    with_rest: FloatArray
    units: int
    missing: str
    note: str


def alpha(codes: Sequence[str], points: FloatArray, missing: str = PAIRWISE) -> Alpha:
    """Cronbach's alpha of some columns, units x codes, NaN for a blank.

    alpha = k / (k - 1) x (1 - sum of the variances / variance of the sum), from covariances (raw) and from
    correlations (standardised). Above 0.7 is usually taken as good enough (Nunnally 1978); beyond 1 or below
    0 it can be only where members run against each other. `missing` is "pairwise" (every covariance over
    the units that have both) or "complete" (units without any gap). Members with one value throughout take
    no part. Raises ValueError as `scoring.audit.joint.joint` does.
    Source: L. J. Cronbach, Coefficient alpha and the internal structure of tests (1951); OECD and JRC,
    Handbook on Constructing Composite Indicators (2008), step 4.
    """
    seen = joint(codes, points, missing)
    k = len(seen.codes)
    raw, standardised = _alpha(seen.covariance), _alpha(seen.correlation)
    note = seen.note
    if k >= 2 and np.isnan([raw, standardised]).any():
        note = INDEFINITE
    return Alpha(
        codes=seen.codes,
        left_out=seen.left_out,
        raw=raw,
        standardised=standardised,
        without=_without(seen.covariance),
        standardised_without=_without(seen.correlation),
        with_rest=_with_rest(seen.correlation),
        units=seen.units,
        missing=seen.missing,
        note=note,
    )


def _alpha(matrix: FloatArray) -> float:
    k, total = len(matrix), float(matrix.sum())
    if k < 2 or total <= 0:
        return float("nan")
    return k / (k - 1) * (1 - float(np.trace(matrix)) / total)


def _without(matrix: FloatArray) -> FloatArray:
    """Alpha of all but each; NaN where fewer than two are left."""
    k = len(matrix)
    total = matrix.sum() - 2 * matrix.sum(axis=1) + np.diag(matrix)
    if k < 3:
        return np.full(k, np.nan)
    own = np.trace(matrix) - np.diag(matrix)
    result: FloatArray = np.where(
        total > 0, (k - 1) / (k - 2) * (1 - own / np.where(total > 0, total, 1.0)), np.nan
    )
    return result


def _with_rest(r: FloatArray) -> FloatArray:
    """Correlation of each with the sum of the others, from correlations alone."""
    if len(r) < 2:
        return np.full(len(r), np.nan)
    others = r.sum(axis=1) - 1
    spread = r.sum() - 2 * r.sum(axis=1) + 1
    result: FloatArray = np.where(spread > 0, others / np.sqrt(np.where(spread > 0, spread, 1.0)), np.nan)
    return result
