"""How good could each unit look on weights of its own choice? Benefit of the doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.model import BoolArray, FloatArray
from scoring.weightings.benefit_program import Program, possible
from scoring.weightings.checks import not_negative, points_of, to_one
from scoring.weightings.share_limits import ShareLimit, members

# A limit is reached where the share is this near to it: the solver's own exactness is 1e-7.
REACHED = 1e-6


@dataclass(frozen=True, slots=True)
class Reached:
    """A limit that kept a unit from a better score: `side` is low or high."""

    limit: str
    side: str


@dataclass(frozen=True, eq=False)
class Benefit:
    """Scores on each unit's own best weights; NaN for a unit that cannot be scored.

    Scores are unique. The weights that reach them need not be; those given are one choice, the same for
    any order of the units.
    """

    scores: FloatArray  # units, 0-1; 1: on its own weights nobody is better
    weights: FloatArray  # units x children; score = sum of weight x points
    shares: FloatArray  # units x children, part of the score 0-1; NaN where the score is 0
    reached: tuple[tuple[Reached, ...], ...]  # units


def benefit_of_the_doubt(
    codes: Sequence[str], points: FloatArray, limits: Sequence[ShareLimit] = ()
) -> Benefit:
    """Each unit's score on the weights that are best for it; a robustness check, never a default.

    For unit u: the largest sum_k w_k y_uk with w >= 0 under which no unit exceeds 1,
    sum_k w_k y_jk <= 1 for every j. `limits` hold the share of the score that rests on some children:
    low <= sum_{k in g} w_k y_uk / sum_k w_k y_uk <= high; without limits one strong child may carry all.
    `points` is units x children, >= 0, NaN for a blank. A blank earns nothing and restrains nobody, and
    a lower limit is waived for a unit that has none of its children. Where the upper limits of what is
    left cannot add up to 1, or nothing is answered, the unit has no score (NaN). A child worth 0 points
    cannot hold any share: under a lower limit on it alone the score is 0.
    Raises ValueError for negative or infinite points and for limits that are wrong, cannot be kept
    together, or ask for a share of children for which no unit has points.
    Source: L. Cherchye, W. Moesen, N. Rogge and T. Van Puyenbroeck, An introduction to benefit of the
    doubt composite indicators (2007); W. Melyn and W. Moesen, Towards a synthetic indicator of
    macroeconomic performance (1991).
    """
    numbers = points_of(points, codes)
    not_negative(numbers, codes)
    table = members(limits, codes)
    _check(codes, numbers, limits, table)
    # Every different row once and in sorted order: the result does not depend on the order of the units.
    rows, where = np.unique(np.where(np.isnan(numbers), -1.0, numbers), axis=0, return_inverse=True)
    answered, held = rows >= 0, np.maximum(rows, 0.0)
    best = held.max(axis=0)
    scale = np.where(best > 0, best, 1.0)
    weights = _solve(held / scale, answered, limits, table) / scale
    slices = weights * held
    scores = slices.sum(axis=1)
    shares = slices / np.where(scores > 0, scores, np.nan)[:, None]
    reached = [_reached(share, one, limits, table) for share, one in zip(shares, answered, strict=True)]
    back = where.reshape(-1)
    return Benefit(scores[back], weights[back], shares[back], tuple(reached[i] for i in back))


def common_weights(codes: Sequence[str], points: FloatArray, limits: Sequence[ShareLimit] = ()) -> FloatArray:
    """One set of weights for all: the mean over the units of their own best weights, each scaled to sum 1.

    Units without a score, or with 0, do not count; equal weights where none counts. Arguments and errors
    are those of `benefit_of_the_doubt`.
    """
    found = benefit_of_the_doubt(codes, points, limits).weights
    # Row by row in sorted order, so that the sum does not depend on the order of the units.
    own = [to_one(row) for row in found[np.lexsort(found.T)] if np.nansum(row) > 0]
    return to_one(np.sum(own, axis=0) if own else np.zeros(len(codes)))


def _check(codes: Sequence[str], points: FloatArray, limits: Sequence[ShareLimit], table: FloatArray) -> None:
    some = np.nan_to_num(points).max(axis=0) > 0
    for limit, row in zip(limits, table, strict=True):
        if limit.low > 0 and not (some & (row > 0)).any():
            raise ValueError(
                f"{limit.name}: no unit has points here, so it cannot hold {limit.low:g} of a score"
            )
    if limits and not possible(limits, table, np.ones(len(codes), dtype=bool)):
        named = "; ".join(f"{one.name} {one.low:g}..{one.high:g}" for one in limits)
        raise ValueError(f"no shares keep all limits and add up to 1: {named}")


def _solve(
    points: FloatArray, answered: BoolArray, limits: Sequence[ShareLimit], table: FloatArray
) -> FloatArray:
    """The best weights of every unit, by points that were scaled to at most 1."""
    program = Program(points, limits, table)
    allowed: dict[bytes, bool] = {}
    weights = np.full(points.shape, np.nan)
    for u, (row, there) in enumerate(zip(points, answered, strict=True)):
        pattern = there.tobytes()
        if pattern not in allowed:
            allowed[pattern] = possible(limits, table, there)
        if allowed[pattern]:
            weights[u] = program.best_weights(row, there)
    return weights


def _reached(
    share: FloatArray, answered: BoolArray, limits: Sequence[ShareLimit], table: FloatArray
) -> tuple[Reached, ...]:
    if np.isnan(share).any():
        return ()
    found = []
    for limit, row in zip(limits, table, strict=True):
        held = float(row @ share)
        if limit.low > 0 and (row[answered] > 0).any() and held <= limit.low + REACHED:
            found.append(Reached(limit.name, "low"))
        if limit.high < 1 and held >= limit.high - REACHED:
            found.append(Reached(limit.name, "high"))
    return tuple(found)
