"""How sure are the ranks of an index? Weights, goalposts, the rule at the top and blanks drawn anew (scoring.draws).

Years are drawn one by one, by the same draws. What was filled counts as blank: it may be anything in its bracket.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scoring.bands import rank_bands
from scoring.draws import Start
from scoring.index_duels import by_year
from scoring.index_points import parameters_of
from scoring.model import DrawSettings, FloatArray, Framework
from scoring.normalisations import settled
from scoring.normalise import SCALES
from scoring.plan import Plan, goalposts
from scoring.ranks import ranks
from scoring.score import Ready
from scoring.sensitivity import Sensitivity, sensitivity
from scoring.start import start_of_points
from scoring.uncertainty import observe

# Goalposts that can move; a ladder's are described, and what comes from the sample has none.
MOVABLE = ("linear", "log")
# What drives a ranking takes more runs to tell than its intervals: as few as draws would often say nothing.
RUNS_A_DRAW = 6
# One distance and more below nothing is as good as infinitely far.
FAR_BELOW = -10.0


@dataclass(frozen=True, eq=False)
class OfYear:
    """What is known of the order of one year's rows; `above` is rows x rows, None where they are too many.

    `above` is the share of draws in which the row's published score is higher than the column's; `drivers` say
    which choice moves the ranking.
    """

    rows: NDArray[np.intp]
    above: FloatArray | None
    drivers: Sensitivity


@dataclass(frozen=True, eq=False)
class Surety:
    """Intervals over all draws, rows x (low, median, high), and each row's band within its year.

    `rank` is NaN and `band` 0 for a row without a score.
    """

    settings: DrawSettings
    score: FloatArray
    rank: FloatArray
    band: NDArray[np.int64]
    years: tuple[OfYear, ...]


def surety(
    framework: Framework,
    plan: Plan,
    rows: Sequence[str],
    years: Sequence[str],
    values: FloatArray,
    ready: Ready,
    whole: FloatArray,
    settings: DrawSettings,
) -> Surety:
    """Intervals and bands of the whole, and what drives them, year by year.

    `values` are rows x leaves, `ready` the points of what was reported, `whole` the score of each row as it stands.
    Where points may lie below 0 the rule at the top stays as it is, since no geometric mean takes them.
    """
    if np.min(ready.lowest) < 0:
        settings = replace(settings, other_rule=0.0)
    start = _movable(framework, plan, values, start_of_points(plan, tuple(rows), ready, settings))
    if ready.keep is not None:
        start = replace(start, keep=np.ascontiguousarray(ready.keep.T, dtype=np.float32))
    score, rank = np.full((len(rows), 3), np.nan), np.full((len(rows), 3), np.nan)
    band = np.zeros(len(rows), dtype=np.int64)
    decimals, takes_part = framework.rules.published_decimals, ~np.isnan(whole)
    many = replace(settings, draws=RUNS_A_DRAW * settings.draws)
    of_years = []
    for here in by_year(years):
        part, in_it = _of(start, here), takes_part[here]
        found = observe(part, "", in_it, decimals, (), settings)
        score[here], rank[here], band[here] = found.score, found.rank, rank_bands(found)
        usual = ranks(whole[here], in_it, decimals).astype(float)
        of_years.append(OfYear(here, found.above, sensitivity(part, usual, in_it, decimals, many)))
    score[~takes_part] = np.nan
    return Surety(settings, score, rank, band, tuple(of_years))


def _movable(framework: Framework, plan: Plan, values: FloatArray, start: Start) -> Start:
    """The start with the way between fixed goalposts, cut at their ends, in the place of ready points."""
    way, movable, cut = start.way.copy(), start.movable.copy(), start.cut.copy()
    for leaf, code in enumerate(plan.leaf_codes):
        facts = framework.by_code[code].measurement
        if facts is None or facts.scale not in MOVABLE:
            continue
        told = settled(facts.scale, parameters_of(facts, framework.rules), code=code)
        if not told["cut"]:
            continue
        placed = replace(facts, lower=told["lower"], upper=told["upper"])
        on_way = SCALES[facts.scale](values[:, [leaf]].T, goalposts(framework, [placed]))[0] / plan.maximum
        way[:, leaf] = np.where(start.answered[:, leaf], np.maximum(on_way, FAR_BELOW), 0.0)
        movable[leaf] = cut[leaf] = True
    return replace(start, way=way, low=way, high=way, movable=movable, cut=cut)


def _of(start: Start, rows: NDArray[np.intp]) -> Start:
    """The start of some units alone."""
    return replace(
        start,
        units=tuple(start.units[row] for row in rows),
        way=start.way[rows],
        answered=start.answered[rows],
        present=start.present[rows],
        half_width=start.half_width[rows],
        low=start.low[rows],
        high=start.high[rows],
        keep=None if start.keep is None else start.keep[rows],
    )
