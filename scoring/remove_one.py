"""What if one measurement, feature or area had not been asked? Every node left out in turn.

The weight of what is left out is shared among its siblings in proportion to theirs, as an accepted claim of
being outside the remit is; a parent whose children are all gone is left out itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.aggregate import join, join_answered, shares
from scoring.model import BoolArray, FloatArray, Framework, Panel, Scores
from scoring.plan import Plan, compile_plan
from scoring.ranks import ranks
from scoring.remit import TOLERANCE, accept
from scoring.score import Ready, score

# Which of a unit's scores is followed.
FIGURES = ("assured", "reported")
# Who is among the first this many is what a jury asks first.
TOP = 10


@dataclass(frozen=True, eq=False)
class Removals:
    """Scores and ranks without each node; arrays are codes x units unless said otherwise.

    Units are ranked as they were with all nodes: whether coverage would still suffice is not asked again, so
    that every shift of rank comes from scores. Rank 0 and NaN changes stand where a unit is not ranked.
    """

    units: tuple[str, ...]
    codes: tuple[str, ...]  # what was left out, one node a case
    whole: tuple[str, ...]  # nodes without which nothing is left, so that there is no case
    base_score: FloatArray  # units
    base_rank: NDArray[np.int64]  # units
    score: FloatArray
    rank: NDArray[np.int64]
    score_change: FloatArray  # score without the node minus score with it
    rank_change: FloatArray  # rank without minus rank with it: above 0, the unit falls
    mean_shift: FloatArray  # codes; mean size of the rank changes, 0 where nobody is ranked
    largest_shift: FloatArray  # codes
    enters: tuple[tuple[str, ...], ...]  # per code, units that come among the first `top`
    leaves: tuple[tuple[str, ...], ...]  # per code, units that drop out of them
    top: int


def remove_one(
    framework: Framework,
    panel: Panel,
    basket_id: str,
    *,
    figure: str = "assured",
    codes: Sequence[str] | None = None,
    top: int = TOP,
) -> Removals:
    """Scores and ranks of a panel without each node of a basket; all nodes below the root if none are named.

    Claims that stand with all nodes stand in every case. Ranks use the framework's published rounding.
    Raises what `scoring.score.score` raises, and ValueError for an unknown figure or node, for the root,
    and for a `top` below 1.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 7 (inclusion and
    exclusion of individual indicators).
    """
    plan = compile_plan(framework, basket_id)
    scores = score(framework, panel, basket_id)
    return remove_from_points(
        plan,
        scores.units,
        ready_of(plan, scores),
        figure=figure,
        codes=codes,
        ranked=scores.ranked,
        decimals=framework.rules.published_decimals,
        top=top,
    )


def ready_of(plan: Plan, scores: Scores) -> Ready:
    """The points and accepted claims that scores were made of, to be joined in another way."""
    leaves = plan.leaves
    answered = scores.in_basket[:, leaves] & (np.nan_to_num(scores.coverage[:, leaves]) > 0)
    return Ready(
        points=np.where(answered, scores.assured[:, leaves], 0.0).T,
        answered=answered.T,
        claims=~scores.in_basket[:, leaves].T,
        own=answered.T & (np.nan_to_num(scores.claimed[:, leaves]) > 0).T,
        lowest=0.0,
        highest=plan.maximum,
    )


def remove_from_points(
    plan: Plan,
    units: tuple[str, ...],
    ready: Ready,
    *,
    figure: str = "assured",
    codes: Sequence[str] | None = None,
    ranked: BoolArray | None = None,
    decimals: int = 1,
    top: int = TOP,
) -> Removals:
    """The same as `remove_one` for answers that are points already; `ranked` (units) is everybody if not given."""
    if figure not in FIGURES:
        raise ValueError(f"figure {figure!r} is not known; use one of {', '.join(FIGURES)}")
    if top < 1:
        raise ValueError(f"top is {top}; ask for the first 1 or more")
    rows = _rows(plan, codes)
    accepted = accept(ready.claims, plan.caps)
    everybody = np.ones(len(units), dtype=bool) if ranked is None else ranked
    base = whole_scores(plan, ready, ~accepted, figure)
    base_rank = ranks(base, everybody, decimals)
    below = _below(plan)
    # Without them every unit would be left with nothing, whatever it answered.
    whole = [row for row in rows if not plan.nominal[plan.leaves[~below[row]]].any()]
    cases = [row for row in rows if row not in whole]
    without = np.empty((len(cases), len(units)))
    rank = np.empty(without.shape, dtype=np.int64)
    for case, row in enumerate(cases):
        without[case] = whole_scores(plan, ready, ~accepted & ~below[row][:, None], figure)
        rank[case] = ranks(without[case], everybody, decimals)
    shift = np.where((rank > 0) & (base_rank > 0), rank - base_rank, np.nan)
    first, was_first = (rank > 0) & (rank <= top), (base_rank > 0) & (base_rank <= top)
    return Removals(
        units=units,
        codes=tuple(plan.codes[row] for row in cases),
        whole=tuple(plan.codes[row] for row in whole),
        base_score=base,
        base_rank=base_rank,
        score=without,
        rank=rank,
        score_change=without - base,
        rank_change=shift,
        mean_shift=np.nan_to_num(np.abs(shift)).sum(axis=1) / np.maximum((~np.isnan(shift)).sum(axis=1), 1),
        largest_shift=np.nan_to_num(np.abs(shift)).max(axis=1, initial=0.0),
        enters=_named(units, first & ~was_first),
        leaves=_named(units, was_first & ~first),
        top=top,
    )


def whole_scores(plan: Plan, ready: Ready, present: BoolArray, figure: str) -> FloatArray:
    """The whole's score of every unit by the leaves that are `present` (leaves x units) alone; NaN without any."""
    answered = ready.answered & present
    size = (len(plan.codes), present.shape[1])
    share, here = shares(plan.tiers, plan.leaf_rows, len(plan.codes), present)
    points, there = np.zeros(size), np.zeros(size)
    points[plan.leaf_rows] = np.where(answered, ready.points, 0.0)
    there[plan.leaf_rows] = answered
    if figure == "assured":
        points[plan.leaf_rows] = np.where(answered, ready.points, ready.lowest)
    if ready.keep is not None:
        points[plan.leaf_rows] *= ready.keep[plan.leaf_rows]
    if figure == "assured":
        join(plan.tiers, share, points[None], 1, plan.floor, ready.keep)
        return np.where(here[0], points[0], np.nan)
    enough = None
    if ready.thresholds is not None:
        coverage = join(plan.tiers, share, there[None].copy(), 0, plan.floor)[0]
        enough = coverage >= ready.thresholds - TOLERANCE
    joined, some = join_answered(plan.tiers, points, there, plan.floor, ready.keep, enough)
    return np.where(some[0] > 0, joined[0], np.nan)


def _rows(plan: Plan, codes: Sequence[str] | None) -> list[int]:
    if codes is None:
        return list(range(1, len(plan.codes)))
    row = {code: i for i, code in enumerate(plan.codes)}
    for code in codes:
        if code not in row:
            raise ValueError(
                f"{code!r} is no node of this basket; it holds {len(row) - 1} nodes below the root"
            )
        if row[code] == 0:
            raise ValueError(f"{code!r} is the whole; name a node below it")
    return [row[code] for code in codes]


def _below(plan: Plan) -> BoolArray:
    """Which leaves stand under each node (or are it); nodes x leaves."""
    below = np.zeros((len(plan.codes), len(plan.leaves)), dtype=bool)
    below[plan.leaves, np.arange(len(plan.leaves))] = True
    for ancestors in plan.lineage(plan.leaves):
        below[ancestors, np.arange(len(plan.leaves))] = True
    return below


def _named(units: tuple[str, ...], chosen: BoolArray) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(unit for unit, one in zip(units, case, strict=True) if one) for case in chosen)
