"""How sure is the ranking? Jurors, weights and indicators drawn anew many times; ranks, pairs and bands from that.

A draw gives every juror a weight of its own (exponential, the same for all cities and criteria: the Bayesian
bootstrap, in which no city ever loses all its jurors), multiplies every criterion's weight by 1 +- a share, and
moves what rests on indicators within its half-width. A mean of n marks varies so by (n - 1) / (n + 1) of what
n jurors drawn from many would make it vary; the distances from the mean are widened by the root of
its inverse, so that three jurors are not taken for a crowd. A city with one mark borrows the panel's spread.
Every juror and every city has a stream of its own, named by itself: order and company change nothing.
Source: D. B. Rubin, The Bayesian bootstrap, Annals of Statistics 9 (1981).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.bands import rank_bands
from scoring.draws import Small, chunks, streams
from scoring.marks.sheet import Marks, covered, criterion_means
from scoring.model import BoolArray, DrawSettings, FloatArray
from scoring.tally import PAIRS_MOST, Scale, Tally
from scoring.uncertainty import Uncertainty, check

# Draws at a time: a city's and a juror's fit a processor's cache.
CHUNK = 1_000
# Beyond this many spreads no score is counted apart.
FARTHEST = 8.0


@dataclass(frozen=True, eq=False)
class MarkBands:
    """`sure` has scores, ranks, their shares and who is above whom (`scoring.uncertainty.Uncertainty`).

    `band` is each city's band, 1 for the best, 0 for one that takes no part. `borrowed` (cities x criteria)
    says whose single mark was given the panel's spread.
    """

    sure: Uncertainty
    band: NDArray[np.int64]
    borrowed: BoolArray


def mark_bands(
    marks: Marks,
    settings: DrawSettings,
    half_widths: FloatArray | None = None,
    takes_part: BoolArray | None = None,
    decimals: int = 2,
) -> MarkBands:
    """Intervals, rank shares and bands of the whole of every city.

    `half_widths` is cities x criteria, in marks: by how much a mean mark could differ because of the indicators
    it rests on; used if `settings.evidence`. `takes_part` (cities) says who is ranked: all with a mark that
    counts unless given. Of the settings goalposts, other rule and missing have no part here. For adjusted
    marks give those (`scoring.marks.severity.adjusted_marks`). Raises ValueError for settings that cannot be
    drawn and half-widths of the wrong shape or below 0.
    """
    check(settings)
    shape = (len(marks.cities), len(marks.criteria))
    widths = np.zeros(shape) if half_widths is None or not settings.evidence else np.asarray(half_widths)
    if widths.shape != shape:
        raise ValueError(f"half-widths are {widths.shape}, and cities x criteria are {shape}")
    if not (widths >= 0).all():
        i, c = np.argwhere(~(widths >= 0))[0].tolist()
        raise ValueError(f"{marks.cities[i]!r}, {marks.criteria[c]!r}: a half-width is 0 or more")
    means = criterion_means(marks)
    ranked = covered(means, marks.weights) > 0
    if takes_part is not None:
        ranked &= takes_part
    start = _Start.of(marks, means, widths)
    tally = Tally(marks.cities, start.scale(decimals), ranked)
    for block in _draw(start, settings):
        tally.take(block)
    quantiles = (settings.low, 0.5, settings.high)
    sure = Uncertainty(
        basket="",
        units=marks.cities,
        settings=settings,
        takes_part=ranked,
        score=np.where(ranked[:, None], tally.score_quantiles(quantiles), np.nan),
        rank=tally.rank_quantiles(quantiles),
        rank_counts=tally.rank_counts(),
        above=tally.above / settings.draws if len(marks.cities) <= PAIRS_MOST else None,
        at_least=np.zeros((len(marks.cities), 0)),
    )
    return MarkBands(sure, rank_bands(sure), start.alone.T)


@dataclass(frozen=True, eq=False)
class _Start:
    """What is drawn from; criteria x cities (x jurors)."""

    marks: Marks
    means: Small  # 0 where there is none
    has: Small  # 1 where there is a mean
    there: Small  # 1 where there is a mark
    apart: Small  # widened distances from the mean
    widths: Small
    alone: BoolArray
    spread: Small  # criteria: what a single mark borrows

    @classmethod
    def of(cls, marks: Marks, means: FloatArray, widths: FloatArray) -> _Start:
        values = np.moveaxis(marks.values, (2, 1, 0), (0, 1, 2))
        there = ~np.isnan(values)
        count, middle = there.sum(axis=2), np.nan_to_num(means.T)
        apart = np.where(there, values - middle[..., None], 0.0)
        many = count >= 2
        variance = np.where(many, (apart**2).sum(axis=2) / np.maximum(count - 1, 1), 0.0)
        pooled = variance.sum(axis=1) / np.maximum(many.sum(axis=1), 1)
        widen = np.sqrt((count + 1) / np.maximum(count - 1, 1))
        small = np.float32
        return cls(
            marks=marks,
            means=middle.astype(small),
            has=(count > 0).astype(small),
            there=there.astype(small),
            apart=(apart * widen[..., None]).astype(small),
            widths=np.where(count > 0, widths.T, 0.0).astype(small),
            alone=count == 1,
            spread=np.sqrt(pooled).astype(small),
        )

    def scale(self, decimals: int) -> Scale:
        """Ends that no draw passes, but for a single mark's borrowed spread, which is cut there."""
        if not self.has.any():
            return Scale.between(0.0, 1.0, decimals)
        room = np.abs(self.apart).max(axis=2) + self.widths + FARTHEST * self.spread[:, None] * self.alone
        seen = self.has > 0
        low, high = (self.means - room)[seen].min(), (self.means + room)[seen].max()
        return Scale.between(float(low), float(high), decimals)


def _draw(start: _Start, settings: DrawSettings) -> list[Small]:
    """Chunks of scores of the whole, cities x draws."""
    marks = start.marks
    # Three separate worlds of names: a city may be called like a juror.
    of_juror = streams(settings.seed, [f"juror {name}" for name in marks.jurors])
    of_city = streams(settings.seed, [f"city {name}" for name in marks.cities])
    of_weight = streams(settings.seed, [f"criterion {name}" for name in marks.criteria])
    moving = np.flatnonzero((start.widths > 0).any(axis=0)).tolist()
    found = []
    for count in chunks(settings.draws, CHUNK):
        juror = np.empty((len(marks.jurors), count), dtype=np.float32)
        for row, rng in zip(juror, of_juror, strict=True):
            rng.standard_exponential(dtype=np.float32, out=row)
        # A weight that is 0 to the last digit would leave a city with one juror nothing to divide by.
        juror += np.float32(1e-20)
        whole = np.zeros((len(marks.cities), count), dtype=np.float32)
        weight = np.zeros_like(whole)
        error = np.zeros((len(marks.cities), count), dtype=np.float32)
        divisor: Small | None = None
        for c, rng in enumerate(of_weight):
            if c == 0 or not np.array_equal(start.there[c], start.there[c - 1]):
                divisor = np.maximum(start.there[c] @ juror, np.float32(1e-30))
            value = start.apart[c] @ juror
            value /= divisor
            value += start.means[c][:, None]
            for i in moving:
                of_city[i].random(dtype=np.float32, out=error[i])
            if moving:
                error -= np.float32(0.5)
                error *= 2 * start.widths[c][:, None]
                value += error
            for i in np.flatnonzero(start.alone[c]).tolist():
                value[i] += start.spread[c] * of_city[i].standard_normal(count, dtype=np.float32)
            factor = 1 + settings.weights * (2 * rng.random(count, dtype=np.float32) - 1)
            factor *= np.float32(marks.weights[c])
            value *= factor
            if not start.has[c].all():
                value *= start.has[c][:, None]
            whole += value
            weight += start.has[c][:, None] * factor
        whole /= np.maximum(weight, np.float32(1e-30))
        found.append(whole)
    return found
