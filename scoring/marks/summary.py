"""What did each city get? Mean, median and spread of its marks, by criterion and overall."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.marks.sheet import Marks, covered, criterion_means, slabs, with_whole
from scoring.model import FloatArray


@dataclass(frozen=True, eq=False)
class Summary:
    """Cities x (criteria + 1), the whole last; NaN where there is nothing to tell.

    `spread` is the standard deviation over the jurors (divided by their number less 1; two at least).
    The whole's mean joins the criteria's means by their weights; its median, spread and ends are of what
    each juror gives the whole. `covered` (cities) is the share of the weight that has marks at all.
    """

    mean: FloatArray
    median: FloatArray
    spread: FloatArray
    low: FloatArray
    high: FloatArray
    count: NDArray[np.int64]
    covered: FloatArray


def summary(marks: Marks) -> Summary:
    """Mean, median, spread, ends and number of the marks of every city."""
    table = slabs(marks)
    there = ~np.isnan(table)
    count = there.sum(axis=2)
    middle = np.divide(
        np.where(there, table, 0.0).sum(axis=2), count, out=np.full(count.shape, np.nan), where=count > 0
    )
    apart = np.where(there, table - middle[..., None], 0.0)
    spread = np.sqrt(
        np.divide((apart**2).sum(axis=2), count - 1, out=np.full(count.shape, np.nan), where=count > 1)
    )
    # Blanks sort to the end, so the middle of those that are there stands at a known place.
    ordered = np.sort(table, axis=2)
    median = np.full(count.shape, np.nan)
    low, high = median.copy(), median.copy()
    k, i = np.nonzero(count)
    n = count[k, i]
    median[k, i] = (ordered[k, i, (n - 1) // 2] + ordered[k, i, n // 2]) / 2
    low[k, i], high[k, i] = ordered[k, i, 0], ordered[k, i, n - 1]
    means = criterion_means(marks)
    return Summary(
        mean=with_whole(means, marks.weights),
        median=median.T,
        spread=spread.T,
        low=low.T,
        high=high.T,
        count=count.T.astype(np.int64),
        covered=covered(means, marks.weights),
    )
