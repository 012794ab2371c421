"""How well do the jurors agree, and how sure is that? Alpha, ICC and W by criterion and overall, with limits.

Limits are quantiles over draws in which the cities are drawn anew with replacement, every city with all its
marks: a bootstrap of the cities. The draws hang on the seed and the cities' names, not on their order.
Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13; for alpha, A. F. Hayes
and K. Krippendorff, Answering the call for a standard reliability measure for coding data (2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.marks.concordance import concordance
from scoring.marks.intraclass import FORMS, intraclass
from scoring.marks.krippendorff import alpha
from scoring.marks.limits import Limits, reading
from scoring.marks.sheet import Marks, slabs
from scoring.model import FloatArray

MEASURES = ("alpha", *(f"icc {form}" for form in FORMS), "w")
# With fewer cities a draw is mostly one city many times.
FEWEST = 5
# A limit is told where at least this share of the draws has a figure.
TOLD = 0.9


@dataclass(frozen=True, eq=False)
class Agreement:
    """`figures` is (criteria + 1) x measures x (low, value, high), the whole last; NaN where it cannot be told.

    `words` has the codes of the reading: (criteria + 1) x measures x 3, in the same order.
    """

    criteria: tuple[str, ...]
    measures: tuple[str, ...]
    level: str
    figures: FloatArray
    words: tuple[tuple[tuple[str, str, str], ...], ...]


def agreement(marks: Marks, limits: Limits, level: str = "ordinal") -> Agreement:
    """All measures of agreement for every criterion and the whole.

    Alpha of the criteria is on `level` (a rubric's levels are ordinal); of the whole, whose weighted means are
    no levels, on the interval level unless the ratio level was asked for. Raises ValueError as `alpha` does.
    """
    times = resampled(marks.cities, limits.resamples, limits.seed)
    figures = []
    for k, table in enumerate(slabs(marks)):
        whole = k == len(marks.criteria)
        own = level if level == "ratio" or not whole else "interval"
        figures.append(_limits(_measures(table, own, None)[0], _measures(table, own, times), table, limits))
    words = tuple(
        tuple(
            _words(figure, measure.split()[0], limits) for figure, measure in zip(row, MEASURES, strict=True)
        )
        for row in figures
    )
    return Agreement(marks.criteria, MEASURES, level, np.array(figures), words)


def resampled(cities: tuple[str, ...], draws: int, seed: int) -> FloatArray:
    """Draws x cities: how often each city is drawn when as many as there are are drawn with replacement."""
    rng = np.random.Generator(np.random.SFC64(seed))
    order = np.argsort(np.array(cities, dtype=object))
    times = np.zeros((draws, len(cities)))
    if cities:
        times[:, order] = rng.multinomial(len(cities), np.full(len(cities), 1 / len(cities)), draws)
    return times


def _measures(table: FloatArray, level: str, times: FloatArray | None) -> FloatArray:
    return np.column_stack([alpha(table, level, times), intraclass(table, times), concordance(table, times)])


def _limits(value: FloatArray, drawn: FloatArray, table: FloatArray, limits: Limits) -> FloatArray:
    """Measures x (low, value, high)."""
    result = np.full((len(value), 3), np.nan)
    result[:, 1] = value
    if (~np.isnan(table)).any(axis=1).sum() < FEWEST:
        return result
    outer = (1 - limits.within) / 2
    for k, column in enumerate(drawn.T):
        found = column[~np.isnan(column)]
        if not np.isnan(value[k]) and len(found) >= TOLD * len(column):
            result[k, [0, 2]] = np.quantile(found, [outer, 1 - outer])
    return result


def _words(figure: FloatArray, kind: str, limits: Limits) -> tuple[str, str, str]:
    low, value, high = (reading(float(one), limits.readings[kind]) for one in figure)
    return low, value, high
