"""Can somebody who joins swap two others? Rank reversal, looked for by adding units one at a time.

With goalposts fixed in advance a unit's score is its own affair and nobody is ever swapped. Where points
depend on the sample (min-max, z-scores, ranks, Copeland) a newcomer can do it without doing anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.model import BoolArray, FloatArray

# values (units x leaves, NaN for a blank) -> scores (units).
ScoreOf = Callable[[FloatArray], FloatArray]
# Scores nearer to each other than this are equal: they differ by rounding only.
EQUAL = 1e-9
# How many units are made up at random, and by how much of a measurement's range others lie beyond its ends.
RANDOM = 10
REACH = 0.25


@dataclass(frozen=True, slots=True)
class Swap:
    """Two units whose order changed when `added` joined: `kind` is reversed, tied (were apart) or parted (were equal).

    `ahead` was above `behind` before (for parted: is above it after); differences are ahead minus behind.
    """

    added: str
    kind: str
    ahead: str
    behind: str
    before: float
    after: float


@dataclass(frozen=True, eq=False)
class Reversals:
    """What each addition did; pairs that only lost or won a tie are told apart from reversed ones."""

    added: tuple[str, ...]
    pairs: int  # pairs of units that both have a score
    reversed: tuple[int, ...]  # per addition, the number of pairs
    largest_change: tuple[float, ...]  # per addition, of any unit's score, in points
    swaps: tuple[Swap, ...]


def reversals(
    units: Sequence[str],
    values: FloatArray,
    score_of: ScoreOf,
    additions: Mapping[str, FloatArray],
    tie: float = EQUAL,
) -> Reversals:
    """Every pair of units whose order an added unit changes, for each of `additions` (name -> one value a leaf).

    Pair (a, b) is reversed if s(a) > s(b) among the units and s(a) < s(b) with the newcomer among them,
    each by more than `tie` points. A unit without a score, before or after, is in no pair.
    Raises ValueError where values do not fit the units, an addition does not fit the leaves, or `score_of`
    gives another number of scores than there are units.
    Source: V. Belton and T. Gear, On a short-coming of Saaty's method of analytic hierarchies (1983).
    """
    numbers = np.asarray(values, dtype=float)
    if numbers.ndim != 2 or len(numbers) != len(units):
        raise ValueError(f"the values have the shape {numbers.shape}, but there are {len(units)} units")
    before = _scores(score_of, numbers)
    known = ~np.isnan(before)
    counts, changes, swaps = [], [], []
    for name, row in additions.items():
        if np.shape(row) != numbers.shape[1:]:
            raise ValueError(f"{name!r} has {np.size(row)} values, but there are {numbers.shape[1]} leaves")
        after = _scores(score_of, np.vstack([numbers, row]))[:-1]
        found = _swaps(name, units, before, after, tie)
        counts.append(sum(swap.kind == "reversed" for swap in found))
        moved = np.abs(after - before)
        changes.append(float(np.nan_to_num(moved).max(initial=0.0)))
        swaps += found
    return Reversals(
        added=tuple(additions),
        pairs=int(known.sum() * (known.sum() - 1) // 2),
        reversed=tuple(counts),
        largest_change=tuple(changes),
        swaps=tuple(swaps),
    )


def newcomers(
    values: FloatArray,
    scores: FloatArray,
    directions: FloatArray,
    codes: Sequence[str],
    *,
    seed: int = 0,
    random: int = RANDOM,
    reach: float = REACH,
) -> dict[str, FloatArray]:
    """Units to add: what is usually tried, from the sample alone; names are ids.

    best, worst: copies of the units with the highest and the lowest score; dominated: the worst value of
    every measurement; random:1, ...: each value drawn evenly from its measurement's range, seeded; and for
    each measurement low:‹code› and high:‹code›: the worst unit, but on this one measurement by `reach` of
    the range beyond its lowest or highest value (an amount above 0 stays above 0). `values` is units x
    leaves, `directions` 1 (more is better) or -1, one a leaf. A measurement that nobody answered stays
    blank. Empty where no unit has a score.
    """
    known = np.flatnonzero(~np.isnan(scores))
    if not known.size:
        return {}
    low, high = _ends(values)
    worst = values[known[np.argmin(scores[known])]]
    found = {
        "best": values[known[np.argmax(scores[known])]].copy(),
        "worst": worst.copy(),
        "dominated": np.where(directions > 0, low, high),
    }
    generator = np.random.default_rng(seed)
    for i in range(random):
        found[f"random:{i + 1}"] = low + generator.random(len(low)) * (high - low)
    step = reach * (high - low)
    below = np.where(low > 0, np.maximum(low - step, low / 2), low - step)
    for j, code in enumerate(codes):
        if high[j] > low[j]:
            for name, end in (("low", below[j]), ("high", high[j] + step[j])):
                row = worst.copy()
                row[j] = end
                found[f"{name}:{code}"] = row
    return found


def _scores(score_of: ScoreOf, values: FloatArray) -> FloatArray:
    scores = np.asarray(score_of(values), dtype=float)
    if scores.shape != (len(values),):
        raise ValueError(
            f"score_of gives scores of the shape {scores.shape} for {len(values)} units; one each is asked for"
        )
    return scores


def _swaps(name: str, units: Sequence[str], before: FloatArray, after: FloatArray, tie: float) -> list[Swap]:
    was, now = _order(before, tie), _order(after, tie)
    upper = np.triu(~(np.isnan(before[:, None] - before) | np.isnan(after[:, None] - after)), 1)
    found = []
    for a, b in np.argwhere(upper & (was != now)).tolist():
        kind = "parted" if was[a, b] == 0 else "tied" if now[a, b] == 0 else "reversed"
        ahead, behind = (a, b) if (was[a, b] or now[a, b]) > 0 else (b, a)
        found.append(
            Swap(
                added=name,
                kind=kind,
                ahead=units[ahead],
                behind=units[behind],
                before=float(before[ahead] - before[behind]),
                after=float(after[ahead] - after[behind]),
            )
        )
    return found


def _order(scores: FloatArray, tie: float) -> FloatArray:
    """1 where the row's unit is above the column's, -1 below, 0 where they are equal or one has no score."""
    away = np.nan_to_num(scores[:, None] - scores)
    order: FloatArray = np.sign(np.where(np.abs(away) > tie, away, 0.0))
    return order


def _ends(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    blank: BoolArray = np.isnan(values)
    low = np.where(blank, np.inf, values).min(axis=0)
    high = np.where(blank, -np.inf, values).max(axis=0)
    nothing = blank.all(axis=0)
    return np.where(nothing, np.nan, low), np.where(nothing, np.nan, high)
