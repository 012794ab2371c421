"""Which measurements does nothing depend on? Those that could be left out without anybody noticing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.model import BoolArray, FloatArray
from scoring.remove_one import Removals
from scoring.weightings.checks import constant, points_of
from scoring.weightings.correlation import correlations

# An effective weight below this part of the nominal one is next to nothing.
NEXT_TO_NOTHING = 0.1
# Why nothing depends on a measurement.
UNANSWERED, CONSTANT, NO_WEIGHT, NO_RANK_MOVES, NO_EFFECT = (
    "unanswered",
    "constant",
    "no_weight",
    "no_rank_moves",
    "no_effect",
)


@dataclass(frozen=True, slots=True)
class Dependence:
    """How much hangs on one measurement; `reasons` say why nothing does, empty where something does.

    `effective` is its part in the sum over all measurements of r^2 with the whole, 0 where that cannot be
    said (it does not vary, or too few units have it); the shifts of rank are those without it.
    """

    code: str
    nominal: float  # weight in the whole, 0-1
    effective: float  # 0-1
    mean_shift: float
    largest_shift: float
    reasons: tuple[str, ...]


def dependence(
    codes: tuple[str, ...],
    points: FloatArray,
    whole: FloatArray,
    nominal: FloatArray,
    removals: Removals,
    little: float = NEXT_TO_NOTHING,
) -> tuple[Dependence, ...]:
    """What depends on each measurement, in the order of `codes`.

    `points` is units x codes, NaN for a blank, `whole` the units' scores, `nominal` the weights in the
    whole, `removals` the scores without each of them (where one is missing among its codes, nothing would
    be left without it). Reasons: unanswered (by all units), constant (one value throughout), no_weight,
    no_rank_moves (no ranked unit changes its rank without it; only where two or more are ranked), no_effect
    (it varies and has a weight, but its effective one is less than `little` times that).
    Raises ValueError as `points_of` does.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 7; P. Paruolo,
    M. Saisana and A. Saltelli, Ratings and rankings: voodoo or science? (2013).
    """
    numbers = points_of(points, codes)
    case = {code: i for i, code in enumerate(removals.codes)}
    effect = correlations(numbers, whole[:, None])[:, 0] ** 2
    total = float(np.nansum(effect))
    effective = effect / total if total > 0 else np.full(len(codes), np.nan)
    ranked = int((removals.base_rank > 0).sum())
    flat = constant(numbers)
    blank: BoolArray = np.all(np.isnan(numbers), axis=0)
    found = []
    for j, code in enumerate(codes):
        i = case.get(code)
        moved = float(removals.largest_shift[i]) if i is not None else 0.0
        reasons = {
            UNANSWERED: bool(blank[j]),
            CONSTANT: bool(flat[j] and not blank[j]),
            NO_WEIGHT: not nominal[j] > 0,
            NO_RANK_MOVES: i is not None and ranked > 1 and moved == 0,
            NO_EFFECT: bool(effective[j] < little * nominal[j]),
        }
        found.append(
            Dependence(
                code=code,
                nominal=float(nominal[j]),
                effective=float(np.nan_to_num(effective[j])),
                mean_shift=float(removals.mean_shift[i]) if i is not None else 0.0,
                largest_shift=moved,
                reasons=tuple(reason for reason, holds in reasons.items() if holds),
            )
        )
    return tuple(found)
