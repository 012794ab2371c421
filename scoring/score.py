"""What is every unit worth, on every node of a basket? (docs/method.md)

Three figures stand together: assured (a blank counts 0), reported (the mean of what is answered) and
upper (a blank counts full points). Work is done on nodes x units; results are units x nodes views.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.aggregate import join, join_answered, shares
from scoring.aggregations.geometric import GEOMETRIC
from scoring.model import BoolArray, FloatArray, Framework, Panel, Scores
from scoring.normalise import normalise
from scoring.plan import Plan, compile_plan, whole_share
from scoring.remit import TOLERANCE, accept


def score(framework: Framework, panel: Panel, basket_id: str) -> Scores:
    """Scores of every unit of the panel on every node of the basket.

    Raises KeyError for an unknown basket and ValueError for a panel that lacks measurements of the
    basket, whose arrays do not fit its units and codes, or that holds an infinite value.
    """
    plan = compile_plan(framework, basket_id)
    columns = panel_columns(plan, panel)
    values, claims, own = panel.values.T[columns], panel.out.T[columns], panel.claimed.T[columns]
    answered = ~(np.isnan(values) | claims)
    ready = Ready(
        points=normalise(values, plan.scales, plan.maximum),
        answered=answered,
        claims=claims,
        own=answered & own,
        lowest=0.0,
        highest=plan.maximum,
    )
    return score_points(plan, basket_id, panel.units, ready)


@dataclass(frozen=True, eq=False)
class Ready:
    """Answers that are already points; arrays are leaves x units unless said otherwise.

    `points` mean nothing where not `answered`; `lowest` and `highest` are the points that a blank could
    turn out to be. `keep` (nodes x units) is the part of its points that a node keeps after a loss, and
    `thresholds` the coverage that each node needs before its reported score counts (nodes x 1).
    """

    points: FloatArray
    answered: BoolArray
    claims: BoolArray
    own: BoolArray
    lowest: float | FloatArray
    highest: float | FloatArray
    keep: FloatArray | None = None
    thresholds: FloatArray | None = None


def score_points(plan: Plan, basket_id: str, units: tuple[str, ...], ready: Ready) -> Scores:
    """Scores of every unit on every node of a plan, from points; nothing is checked."""
    answered, claims = ready.answered, ready.claims
    points = np.where(answered, ready.points, ready.lowest)
    accepted = accept(claims, plan.caps)
    over_cap = claims & ~accepted

    share, here = _effective(plan, accepted)
    # One block for all results: many small ones would be handed back to the system and fetched anew.
    block = np.empty((8, *share.shape))
    at_best = np.where(answered, points, ready.highest)
    effective = _carry(plan, share, block[:4], (points, at_best, answered, ready.own), ready.keep)
    unrated = np.where(ready.own, ready.lowest, points)
    refused, without = _carry(plan, plan.share[:, None], block[4:6], (points, unrated), ready.keep)
    enough = None
    if ready.thresholds is not None:
        enough = effective[2] >= ready.thresholds - TOLERANCE
    reported = _reported(plan, points, answered, block[6:], ready.keep, enough)
    if not here.all():
        np.copyto(effective, np.nan, where=~here)
    assured, upper, coverage, claimed = effective
    geometric = _geometric(plan, share, assured)
    return Scores(
        basket=basket_id,
        units=units,
        nodes=plan.codes,
        assured=_outward(assured),
        reported=_outward(reported),
        upper=_outward(upper),
        coverage=_outward(coverage),
        claimed=_outward(claimed),
        without_claims=_outward(without),
        refused_remit=_outward(refused),
        nominal=_outward(plan.nominal),
        weight=_outward(share),
        in_basket=_mask(here),
        out=_mask(_on_nodes(plan, accepted)),
        out_over_cap=_mask(_on_nodes(plan, over_cap)),
        geometric=_outward(geometric),
        balance_loss=_outward(assured[0] - geometric),
        ranked=_mask(_ranked(plan, coverage, here)),
    )


def panel_columns(plan: Plan, panel: Panel) -> list[int]:
    """The panel's columns in the order of the plan's leaves; ValueError as in `score`."""
    shape = (len(panel.units), len(panel.codes))
    for name, array in (("values", panel.values), ("out", panel.out), ("claimed", panel.claimed)):
        if array.shape != shape:
            raise ValueError(f"panel.{name} has the shape {array.shape}; its units and codes ask for {shape}")
    column = {code: j for j, code in enumerate(panel.codes)}
    missing = [code for code in plan.leaf_codes if code not in column]
    if missing:
        raise ValueError(f"the panel lacks measurements of the basket: {', '.join(missing)}")
    return [column[code] for code in plan.leaf_codes]


def _effective(plan: Plan, accepted: BoolArray) -> tuple[FloatArray, BoolArray]:
    """Shares of the parents and presence after accepted claims have left; nodes x units."""
    if accepted.any():
        return shares(plan.tiers, plan.leaf_rows, len(plan.codes), ~accepted)
    shape = (len(plan.codes), accepted.shape[1])
    return np.broadcast_to(plan.share[:, None], shape), np.ones(shape, dtype=bool)


def _carry(
    plan: Plan,
    share: FloatArray,
    block: FloatArray,
    of_leaves: tuple[FloatArray | BoolArray, ...],
    keep: FloatArray | None,
) -> FloatArray:
    """Carries figures of the leaves up to every node: two of points first, then shares of weight."""
    for figure, values in zip(block, of_leaves, strict=True):
        figure[plan.leaf_rows] = values
    if keep is not None:
        block[:2, plan.leaf_rows] *= keep[plan.leaf_rows]
    return join(plan.tiers, share, block, 2, plan.floor, keep)


def _reported(
    plan: Plan,
    points: FloatArray,
    answered: BoolArray,
    block: FloatArray,
    keep: FloatArray | None,
    enough: BoolArray | None,
) -> FloatArray:
    """The mean of what is answered, on every node; NaN where nothing is, or not enough."""
    block[0, plan.leaf_rows] = np.where(answered, points, 0.0)
    block[1, plan.leaf_rows] = answered
    if keep is not None:
        block[0, plan.leaf_rows] *= keep[plan.leaf_rows]
    reported, some = join_answered(plan.tiers, block[0], block[1], plan.floor, keep, enough)
    np.copyto(reported, np.nan, where=some == 0)
    return reported


def _geometric(plan: Plan, share: FloatArray, assured: FloatArray) -> FloatArray:
    """Geometric mean over the nodes of the balance level, by their weight in the unit's own basket.

    The floor would lift it above the assured score itself where next to nothing is answered; it is
    held there, so that imbalance never shows as a gain. NaN where the framework names no such level.
    """
    rows = plan.balance_rows
    if not rows.size:
        return np.full(assured.shape[1], np.nan)
    weight = whole_share(plan, share, rows)
    heights = GEOMETRIC.heights(np.fmax(assured[rows], plan.floor), plan.floor)
    with np.errstate(invalid="ignore"):
        # Built-in sum adds row by row: NumPy's adds one unit alone in another order than several.
        mean = np.exp(sum(weight * heights) / sum(weight))
    held: FloatArray = np.minimum(mean, assured[0])
    return held


def _ranked(plan: Plan, coverage: FloatArray, here: BoolArray) -> BoolArray:
    """Whether the unit and each of its nodes of the levels with a threshold are covered well enough."""
    enough: BoolArray = here[0].copy()
    for rows, threshold in plan.thresholds:
        well: BoolArray = (coverage[rows] >= threshold - TOLERANCE) | ~here[rows]
        enough &= well.all(axis=0)
    return enough


def _on_nodes(plan: Plan, leaves: BoolArray) -> BoolArray:
    nodes = np.zeros((len(plan.codes), leaves.shape[1]), dtype=bool)
    nodes[plan.leaf_rows] = leaves
    return nodes


def _outward(array: FloatArray) -> FloatArray:
    """Units first and read-only: scores are shared between sessions."""
    view: FloatArray = array.T
    view.flags.writeable = False
    return view


def _mask(array: BoolArray) -> BoolArray:
    view: BoolArray = array.T
    view.flags.writeable = False
    return view
