"""The scores of all units in all draws, chunk by chunk, so that memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.aggregations import ARITHMETIC
from scoring.draws import (
    UNITS_AT_ONCE,
    Common,
    Shares,
    Small,
    Start,
    carry,
    chunks,
    common,
    drawn_shares,
    errors,
    leaf_points,
    streams,
    top,
)
from scoring.model import DrawSettings

IntArray = NDArray[np.intp]
# Without points for every unit and leaf in memory, larger chunks are the faster ones.
WEIGHT_CHUNK = 2048
WORKERS = 2
# Multiplications of one piece of a matrix product, and its rows.
PRODUCT, PRODUCT_ROWS = 2**18, 8


@dataclass(frozen=True, eq=False)
class Group:
    """Units that lack the same leaves and so share their weights in every draw."""

    rows: IntArray
    present: NDArray[np.bool_]


def groups(start: Start) -> tuple[Group, ...]:
    """All units, by what is in their baskets."""
    patterns, of = np.unique(start.present, axis=0, return_inverse=True)
    return tuple(Group(np.flatnonzero(of == k), pattern) for k, pattern in enumerate(patterns))


def runs(start: Start, settings: DrawSettings) -> Iterator[Small]:
    """The scores of the whole, units x draws of a chunk; the same settings give the same numbers."""
    if only_weights(start, settings):
        return weight_runs(start, settings)
    return all_runs(start, settings)


def only_weights(start: Start, settings: DrawSettings) -> bool:
    """Whether points stand still in every draw and each mean is arithmetic, so that sums of products will do."""
    still = not start.half_width.any() and not (settings.goalposts and start.movable.any())
    plain = all(tier.rule is ARITHMETIC for tier in start.plan.tiers) and not settings.other_rule
    return still and plain and start.keep is None


def weight_runs(start: Start, settings: DrawSettings) -> Iterator[Small]:
    """The same as `all_runs` where only weights and blanks vary: one matrix product a chunk."""
    rng = np.random.Generator(np.random.SFC64(settings.seed))
    cut = np.where(start.cut[:, 0], np.clip(start.way, 0.0, 1.0), start.way)
    lowest, span = start.lowest[:, 0], start.span[:, 0]
    points: Small = (lowest + np.where(start.answered, cut, 0.0) * span).astype(np.float32)
    open_points: Small = (~start.answered * span).astype(np.float32)
    leaves = start.plan.leaves
    lineage = start.plan.lineage(leaves)
    together = groups(start)
    for count in chunks(settings.draws, WEIGHT_CHUNK):
        drawn = common(start, settings, rng, count)
        whole = np.empty((len(start.units), count), dtype=np.float32)
        for group in together:
            share = drawn_shares(start, group.present, drawn).of_parent
            weight = share[leaves]
            for ancestors in lineage:
                weight *= share[ancestors]
            # All units at once are a view, some of them a copy.
            rows = slice(None) if len(together) == 1 else group.rows
            whole[rows] = product(points[rows], weight)
            if settings.missing:
                whole[rows] += product(open_points[rows], weight) * drawn.position
            if not group.present.any():
                whole[rows] = np.nan
        yield whole


def product(points: Small, weight: Small) -> Small:
    """The matrix product of units x leaves and leaves x draws, in pieces that stay on one processor.

    Left to itself the library spreads a product over all processors and lets them wait for the next one by
    spinning, where the draws before this one are being counted.
    """
    units, leaves = points.shape
    rows = np.zeros((-(-units // PRODUCT_ROWS), PRODUCT_ROWS, leaves), dtype=np.float32)
    rows.reshape(-1, leaves)[:units] = points
    found: Small = np.empty((len(rows), PRODUCT_ROWS, weight.shape[1]), dtype=np.float32)
    step = max(PRODUCT // (PRODUCT_ROWS * leaves), 1)
    for at in range(0, weight.shape[1], step):
        np.matmul(rows, np.ascontiguousarray(weight[:, at : at + step]), out=found[..., at : at + step])
    return found.reshape(-1, weight.shape[1])[:units]


def all_runs(start: Start, settings: DrawSettings) -> Iterator[Small]:
    """The scores of the whole, whatever varies."""
    rng = np.random.Generator(np.random.SFC64(settings.seed))
    generators = streams(settings.seed, start.units)
    together = groups(start)
    with ThreadPoolExecutor(WORKERS) as pool:
        for count in chunks(settings.draws):
            drawn = common(start, settings, rng, count)
            whole = np.empty((len(start.units), count), dtype=np.float32)
            jobs = [
                pool.submit(_some, start, rows, shares, drawn, generators, whole)
                for rows, (shares,) in batches(start, together, (drawn,), pool)
            ]
            for job in jobs:
                job.result()
            yield whole


def _some(
    start: Start,
    rows: IntArray,
    ready: Future[Shares],
    drawn: Common,
    generators: Sequence[np.random.Generator],
    whole: Small,
) -> None:
    figures, block = room(start, len(rows), whole.shape[1])
    if start.half_width.any():
        errors(rows, generators, block)
    else:
        block[:] = 0.0
    leaf_points(start, rows, drawn, block)
    put(start, block, figures)
    shares = ready.result()
    carry(start, rows, shares, figures)
    whole[rows] = top(start, shares, drawn, figures)


def batches(
    start: Start, together: Sequence[Group], samples: Sequence[Common], pool: Executor
) -> Iterator[tuple[IntArray, tuple[Future[Shares], ...]]]:
    """A few units at a time, with their weights in each sample, which are worked out by the pool before them."""
    for group in together:
        shares = tuple(pool.submit(drawn_shares, start, group.present, drawn) for drawn in samples)
        for at in range(0, len(group.rows), UNITS_AT_ONCE):
            yield group.rows[at : at + UNITS_AT_ONCE], shares


def room(start: Start, units: int, count: int) -> tuple[Small, Small]:
    """Arrays for points on all nodes and for those of the leaves, which are a part of them where that will do."""
    figures = np.empty((units, len(start.plan.codes), count), dtype=np.float32)
    rows = start.plan.leaf_rows
    # A loss changes points in place, so the leaves need an array of their own.
    if isinstance(rows, slice) and start.keep is None:
        return figures, figures[:, rows]
    return figures, np.empty((units, len(start.plan.leaves), count), dtype=np.float32)


def put(start: Start, block: Small, figures: Small) -> None:
    """Puts the leaves' points among the nodes', unless they are there already."""
    if block.base is not figures:
        figures[:, start.plan.leaf_rows] = block
