"""What would the scores be if this tool's choices had been a little different? One draw of all choices at a time.

A draw changes, for all units alike, the weights of every family, the goalposts of every measurement, the
rule at the top and where in their brackets the blanks lie; and, for each answer on its own, the value by
the error that its evidence allows. Draws are common to all units but for those errors, which come from a
stream of the unit's own: who else takes part, and in what order, changes no unit's draws of its score.

Source of the practice: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 7; Saisana,
Saltelli and Tarantola, Journal of the Royal Statistical Society A 168 (2005).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.aggregate import Rows, join_points, total
from scoring.aggregations import ARITHMETIC
from scoring.aggregations.geometric import GEOMETRIC
from scoring.model import BoolArray, DrawSettings
from scoring.plan import Plan
from scoring.straight import straight

# Half of the memory and twice the speed; its error of one part in ten million is far below any rounding shown.
# The rules of joining take it as they take the larger numbers, which its type must allow.
Small = NDArray[Any]

# The smallest number that a floor may be here, since smaller ones are 0 in half of the memory.
LEAST_FLOOR = 1e-30
# Under a floor nearer to 0 than this share of full points, one 0 would make the other rule say nothing else.
OTHER_FLOOR = 0.01

# Draws worked out at once, and units: together they stay within a processor's cache.
CHUNK = 512
UNITS_AT_ONCE = 6


@dataclass(frozen=True, eq=False)
class Start:
    """The answers before anything is changed; arrays are units x leaves unless said otherwise.

    `way` is the share of the way from the goalpost worth nothing (0) to the one worth full points (1), not
    cut; `low` and `high` are the plausible ends on that way, `half_width` the error on it. `movable` marks
    leaves whose goalposts move, `cut` those whose points end at the goalposts; `lowest` and `span` turn the
    way into points (all four: leaves x 1).
    """

    plan: Plan
    units: tuple[str, ...]
    way: Small
    answered: BoolArray
    present: BoolArray  # not taken out of the unit's basket
    half_width: Small
    low: Small
    high: Small
    movable: BoolArray
    cut: BoolArray
    lowest: Small
    span: Small
    top: Rows  # the nodes that the other rule at the top joins
    keep: Small | None = None  # units x nodes: the part of its points that a node keeps after a loss


@dataclass(frozen=True, eq=False)
class Common:
    """One chunk of draws as far as they are common to all units; draws run along the last axis."""

    factor: Small  # nodes x draws: what a node's weight among its siblings is multiplied by
    start: Small  # leaves x draws: where the goalpost worth nothing moves to on the way
    stretch: Small  # leaves x draws: one over the goalposts' new distance
    other: BoolArray  # draws that take the other rule at the top
    position: Small  # draws: where in its bracket a blank lies


def streams(seed: int, units: Sequence[str]) -> list[np.random.Generator]:
    """One stream of random numbers a unit, by its name; the same name gives the same stream."""
    names = [hashlib.blake2b(unit.encode(), digest_size=16).digest() for unit in units]
    keys = [[seed, *np.frombuffer(name, dtype=np.uint32).tolist()] for name in names]
    return [np.random.Generator(np.random.SFC64(np.random.SeedSequence(key))) for key in keys]


def chunks(draws: int, size: int = CHUNK) -> Iterator[int]:
    """How many draws each chunk holds."""
    for done in range(0, draws, size):
        yield min(size, draws - done)


def common(start: Start, settings: DrawSettings, rng: np.random.Generator, count: int) -> Common:
    """The next chunk of common draws. Factors that are switched off stand still."""
    nodes, leaves = len(start.plan.codes), len(start.plan.leaves)

    def spread(rows: int, width: float) -> Small:
        drawn = rng.random((rows, count), dtype=np.float32)
        drawn -= np.float32(0.5)
        drawn *= np.float32(2.0 * width)
        return drawn

    factor = spread(nodes, settings.weights)
    factor += np.float32(1.0)
    low, high = spread(leaves, settings.goalposts), spread(leaves, settings.goalposts)
    low *= start.movable
    high *= start.movable
    other = rng.random(count) < settings.other_rule
    position = rng.random(count, dtype=np.float32)
    if not settings.missing:
        position[:] = 0.0
    return Common(factor, low, np.float32(1.0) / (np.float32(1.0) + high - low), other, position)


def errors(rows: NDArray[np.intp], generators: Sequence[np.random.Generator], out: Small) -> None:
    """Fills `out` (units x leaves x draws) with errors from -1 to 1, each unit's from its own stream."""
    for i, block in zip(rows.tolist(), out, strict=True):
        generators[i].random(dtype=np.float32, out=block)
        # At once, while it is in the processor's cache.
        block -= np.float32(0.5)
        block *= np.float32(2.0)


def leaf_points(start: Start, rows: NDArray[np.intp], drawn: Common, block: Small) -> None:
    """Turns errors (units x leaves x draws) into the points of every leaf, in place."""
    erring(start, rows, block)
    placed_points(start, rows, drawn, block, block)


def erring(start: Start, rows: NDArray[np.intp], block: Small) -> None:
    """Turns errors (units x leaves x draws) into values with them, as places on the way, in place."""
    block *= start.half_width[rows, :, None]
    block += start.way[rows, :, None]
    # Two passes: a clip between ends that differ from row to row is several times slower.
    np.maximum(block, start.low[rows, :, None], out=block)
    np.minimum(block, start.high[rows, :, None], out=block)


def placed_points(start: Start, rows: NDArray[np.intp], drawn: Common, placed: Small, out: Small) -> None:
    """Fills `out` with the points of every leaf from places on the way (units x leaves x draws)."""
    np.subtract(placed, drawn.start, out=out)
    out *= drawn.stretch
    if start.cut.all():
        np.clip(out, np.float32(0.0), np.float32(1.0), out=out)
    else:
        cut = start.cut[:, 0]
        out[:, cut] = np.clip(out[:, cut], np.float32(0.0), np.float32(1.0))
    out *= _one_or_all(start.span)
    if start.lowest.any():
        out += start.lowest
    open_points(start, rows, drawn, out)


def _one_or_all(column: Small) -> Small:
    """A column as one number where all are the same, by which arrays are multiplied fastest."""
    first: Small = column[:1, 0]
    return first if (column == first).all() else column


def open_points(start: Start, rows: NDArray[np.intp], drawn: Common, block: Small) -> None:
    """Sets the points of the blanks to each draw's place between worst and best, in place."""
    units, leaves = np.nonzero(~start.answered[rows])
    if units.size:
        block[units, leaves] = start.lowest[leaves] + start.span[leaves] * drawn.position


@dataclass(frozen=True, eq=False)
class Shares:
    """Weights of one chunk of draws for units that lack the same leaves; nodes x draws."""

    of_parent: Small
    here: BoolArray  # nodes
    of_whole: Small  # the nodes of `top` x draws: their share of the whole
    of_top: Small | None  # leaves x draws: their share of the node of `top` above them, where sums will do


def drawn_shares(start: Start, present: BoolArray, drawn: Common) -> Shares:
    """Each node's share of its parent in every draw, for a unit whose leaves are `present`."""
    plan = start.plan
    here = np.zeros((len(plan.codes), 1), dtype=np.float32)
    here[plan.leaf_rows, 0] = present
    share = np.zeros_like(drawn.factor)
    for tier in plan.tiers:
        weight: Small = tier.weight.astype(np.float32) * drawn.factor[tier.children] * here[tier.children]
        sums = total(weight, tier)
        here[tier.parents] = sums[..., :1] > 0
        np.divide(weight, np.maximum(sums, np.float32(1e-30))[tier.parent_of], out=weight)
        share[tier.children] = weight
    share[0] = here[0]
    top = np.arange(len(plan.codes))[start.top]
    whole = share[top].copy()
    for ancestors in plan.lineage(top):
        whole *= share[ancestors]
    of_top = None
    way = straight(plan, tuple(top.tolist())) if start.keep is None else None
    if way is not None:
        of_top = share[plan.leaves]
        for ancestors in way.between:
            of_top *= share[ancestors]
    return Shares(share, here[:, 0] > 0, whole, of_top)


def carry(start: Start, rows: NDArray[np.intp], shares: Shares, figures: Small) -> None:
    """Carries points up to the nodes of `top` and the whole by the framework's own rules, in place.

    `figures` is units x nodes x draws; what lies between may stay as it was.
    """
    if shares.of_top is not None:
        _carry_straight(start, shares, shares.of_top, figures)
        return
    plan, floor = start.plan, start.plan.floor
    floor = max(floor, LEAST_FLOOR) if floor > 0 else 0.0
    keep = None if start.keep is None else start.keep[rows, :, None]
    if keep is not None:
        figures[:, plan.leaf_rows] *= keep[:, plan.leaf_rows]
    for tier in plan.tiers:
        part = shares.of_parent[tier.children]
        figures[:, tier.parents] = join_points(figures[:, tier.children], part, tier, floor)
        if keep is not None:
            figures[:, tier.parents] *= keep[:, tier.parents]


def _carry_straight(start: Start, shares: Shares, of_top: Small, figures: Small) -> None:
    top = tuple(np.arange(figures.shape[1])[start.top].tolist())
    way = straight(start.plan, top)
    assert way is not None  # else there are no shares for it
    for branch in way.branches:
        part = of_top[branch.leaves]
        np.einsum("uld,ld->ud", figures[:, branch.rows], part, out=figures[:, branch.node])
    np.einsum("uld,ld->ud", figures[:, start.top], shares.of_whole, out=figures[:, 0])


def top(start: Start, shares: Shares, drawn: Common, figures: Small) -> Small:
    """The scores of the whole, units x draws, with the other rule where a draw asks for it."""
    whole: Small = figures[:, 0].copy()
    if drawn.other.any():
        # In all draws: picking those that ask for it would take longer than the logarithms of the others.
        other = _other_rule(start.plan, figures[:, start.top], shares.of_whole, whole)
        np.copyto(whole, other, where=drawn.other)
    if not shares.here[0]:
        whole[:] = np.nan
    return whole


def _other_rule(plan: Plan, points: Small, weight: Small, own: Small) -> Small:
    """The whole by the rule that the framework does not use at the top: geometric, or else arithmetic."""
    if plan.tiers[-1].rule is not ARITHMETIC:
        mean: Small = (points * weight).sum(axis=-2)
        return mean
    heights = GEOMETRIC.heights(points, max(plan.floor, OTHER_FLOOR * plan.maximum))
    heights *= weight
    # The floor would lift it above the arithmetic mean where next to nothing is answered.
    held: Small = np.minimum(np.exp(heights.sum(axis=-2)), own)
    return held
