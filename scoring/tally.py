"""How often does what happen over all draws? Counts whose memory does not grow with the number of draws."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.drawn_ranks import add_counts, column_ranks, wins
from scoring.draws import Small, Start
from scoring.model import BoolArray, FloatArray

# Scores are counted in steps of a fiftieth of a published one, or of this share of their range if coarser.
FINEST = 1 / 10_000
# Beyond so many units nobody reads a table of all pairs, and counting them would take most of the time.
PAIRS_MOST = 120
# So many scores wait until they are counted.
TOGETHER = 250_000
# Scores looked at together, and draws at least: as many as a processor's cache holds of all that is made of them.
AT_ONCE = 100_000
LEAST_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Scale:
    """How scores are counted: in `steps` of `width` points from `lowest`; published ones in `grain`."""

    lowest: float
    width: float
    steps: int
    grain: float

    @staticmethod
    def of(start: Start, decimals: int) -> Scale:
        low, high = float(start.lowest.min()), float((start.lowest + start.span).max())
        if not start.cut.all():
            # Points that are not cut may lie beyond the ends of what a blank could be.
            points = start.way * start.span[:, 0] + start.lowest[:, 0]
            room = 0.5 * float(start.span.max())
            low, high = min(low, float(points.min())) - room, max(high, float(points.max())) + room
        return Scale.between(low, high, decimals)

    @staticmethod
    def between(low: float, high: float, decimals: int) -> Scale:
        """A scale for scores that are never below `low` or above `high`."""
        width = max((high - low) * FINEST, 0.02 * 10.0**-decimals)
        return Scale(low, width, int(np.ceil((high - low) / width)) + 2, 10.0**-decimals)

    def fine(self, scores: Small) -> NDArray[np.int32]:
        steps: Small = scores - np.float32(self.lowest)
        steps *= np.float32(1.0 / self.width)
        np.rint(steps, out=steps)
        np.clip(steps, np.float32(0), np.float32(self.steps - 1), out=steps)
        return steps.astype(np.int32)

    def published(self, scores: Small) -> NDArray[np.int32]:
        """Scores as published, in whole grains; halves up."""
        grains: Small = scores * np.float32(1.0 / self.grain)
        grains += np.float32(0.5)
        np.floor(grains, out=grains)
        return grains.astype(np.int32)

    def points(self, steps: FloatArray) -> FloatArray:
        return self.lowest + steps * self.width


class Tally:
    """Counts of scores, ranks and comparisons over all draws so far; memory does not grow with the draws."""

    def __init__(
        self, units: tuple[str, ...], scale: Scale, takes_part: BoolArray, bands: tuple[float, ...] = ()
    ) -> None:
        self.units = units
        self.takes_part = takes_part
        self.rows = np.flatnonzero(takes_part)
        self.scale = scale
        self.lines = [int(self.scale.published(np.array([[band]], dtype=np.float32))[0, 0]) for band in bands]
        size = len(units)
        self.scores = np.zeros((size, self.scale.steps), dtype=np.int32)
        self.ranks = np.zeros((len(self.rows), len(self.rows)), dtype=np.int32)
        self.above = np.zeros((size, size), dtype=np.int64)
        self.reached = np.zeros((size, len(bands)), dtype=np.int64)
        self.waiting: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []
        self.lock = Lock()

    def take(self, whole: Small) -> None:
        """Counts one chunk of scores, units x draws; may run in several threads at once."""
        draws = whole.shape[1]
        fine = np.empty(whole.shape, dtype=np.int32)
        rank = np.empty((len(self.rows), draws), dtype=np.int32)
        # A few draws at a time stay within a processor's cache.
        step = max(AT_ONCE // max(len(whole), 1), LEAST_AT_ONCE)
        for at in range(0, draws, step):
            part = slice(at, at + step)
            fine[:, part] = self.scale.fine(whole[:, part])
            shown = self.scale.published(whole[:, part])
            rank[:, part] = column_ranks(shown if self.takes_part.all() else shown[self.rows])
            self._compare(shown)
        with self.lock:
            self.waiting.append((fine, rank))
            if sum(scores.size for scores, _ in self.waiting) >= TOGETHER:
                self.settle()

    def _compare(self, shown: NDArray[np.int32]) -> None:
        """Counts who is above whom and who reaches a line, in some draws."""
        above = wins(shown) if len(self.units) <= PAIRS_MOST else None
        reached = [np.count_nonzero(shown >= line, axis=1) for line in self.lines]
        with self.lock:
            if above is not None:
                self.above += above
            for k, count in enumerate(reached):
                self.reached[:, k] += count

    def settle(self) -> None:
        """Counts the scores and ranks that wait: many at once, since the counts are far larger than a chunk."""
        if self.waiting:
            parts = [list(one) for one in zip(*self.waiting, strict=True)]
            scores, ranks = (one[0] if len(one) == 1 else np.concatenate(one, axis=1) for one in parts)
            self.waiting.clear()
            add_counts(self.scores, scores)
            ranks -= 1
            add_counts(self.ranks, ranks)

    def score_quantiles(self, shares: tuple[float, ...]) -> FloatArray:
        """Units x shares: the scores that these shares of the draws do not exceed, in points."""
        self.settle()
        return self.scale.points(_quantiles(self.scores, shares))

    def rank_quantiles(self, shares: tuple[float, ...]) -> FloatArray:
        """Units x shares: the ranks that these shares of the draws do not exceed; NaN for who is not ranked."""
        self.settle()
        rank = np.full((len(self.units), len(shares)), np.nan)
        if len(self.rows):
            rank[self.rows] = 1.0 + _quantiles(self.ranks, shares)
        return rank

    def rank_counts(self) -> NDArray[np.int32]:
        """Units x ranks 1, 2, ...: in how many draws each unit has each rank."""
        self.settle()
        if len(self.rows) == len(self.units):
            return self.ranks
        counts = np.zeros((len(self.units), max(len(self.rows), 1)), dtype=np.int32)
        if len(self.rows):
            counts[self.rows] = self.ranks
        return counts


def _quantiles(counts: NDArray[np.integer[Any]], shares: tuple[float, ...]) -> FloatArray:
    """Row by row the smallest value that at least that share of the row's draws does not exceed."""
    total = counts.sum(axis=1, dtype=np.int64)
    # Whole numbers, since a search among others would turn every row into others first.
    least = np.maximum(np.ceil(np.multiply.outer(total, shares)), 1).astype(np.int64)
    quantiles = np.empty(least.shape)
    for found, row, wanted in zip(quantiles, counts, least, strict=True):
        found[:] = np.searchsorted(np.cumsum(row, dtype=np.int64), wanted)
    return quantiles
