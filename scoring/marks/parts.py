"""How much of the marks' variance is the cities', the jurors', and neither's? Method of moments, with gaps.

Model: mark = mean + city + juror + rest. With M the jurors' cross-products after the cities are taken out,
R(j | c) the sum of squares that jurors add to cities, and so on (Henderson's method 3):

    rest  = what both leave / (n - C - J + number of separate groups)
    juror = (R(j | c) - rest x rank of M) / trace of M
    city  = (R(c | j) - rest x (C - groups)) / (n - J)

On a table without gaps these are the usual ones of the two-way analysis of variance.
Source: C. R. Henderson, Estimation of variance and covariance components, Biometrics 9 (1953).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.model import FloatArray

# A direction of the jurors' cross-products with less than this share of the largest is none.
RANK = 1e-9
# A variance below this share of the largest squared mark is the noise of the last digits.
NOISE = 1e-12


@dataclass(frozen=True, eq=False)
class Parts:
    """Variances, one a draw, as estimated: a part may be below 0; NaN where it cannot be told.

    `within` and `between` are the one-way parts, with the jurors' part inside `within`. `marks` is the
    number of marks a city typically has: the harmonic mean over the cities.
    """

    city: FloatArray
    juror: FloatArray
    rest: FloatArray
    between: FloatArray
    within: FloatArray
    marks: FloatArray
    freedom: FloatArray  # marks beyond what cities and jurors use up


def parts(table: FloatArray, times: FloatArray | None = None) -> Parts:
    """The parts of one table of marks, cities x jurors with NaN for none.

    `times` (draws x cities) says how often each city counts, every time as a city of its own.
    """
    there = ~np.isnan(table)
    often = np.ones((1, len(table))) if times is None else times
    kept = there.any(axis=1)
    there, often = there[kept], often[:, kept]
    with np.errstate(invalid="ignore", divide="ignore"):
        return _parts(there.astype(float), np.where(there, table[kept] - _middle(table), 0.0), often)


def _middle(table: FloatArray) -> float:
    """Marks are counted from their mean: large ones would lose digits when squared."""
    there = ~np.isnan(table)
    return float(table[there].mean()) if there.any() else 0.0


def _parts(there: FloatArray, marks: FloatArray, often: FloatArray) -> Parts:
    in_city, of_city = there.sum(axis=1), marks.sum(axis=1)
    cities = often.sum(axis=1)
    n = often @ in_city
    by_juror = often @ there
    jurors = (by_juror > 0).sum(axis=1).astype(float)
    squares = often @ (marks**2).sum(axis=1)
    cities_alone = often @ (of_city**2 / in_city)
    jurors_alone = np.divide((often @ marks) ** 2, by_juror, out=np.zeros_like(by_juror), where=by_juror > 0)
    # The jurors' cross-products and sums with the cities taken out.
    share = there / in_city[:, None]
    width = there.shape[1]
    pairs = (there[:, :, None] * share[:, None, :]).reshape(len(there), width * width)
    taken = (often @ pairs).reshape(len(often), width, width)
    cross = by_juror[:, :, None] * np.eye(width) - taken
    sums = often @ (marks - share * of_city[:, None])
    value, vector = np.linalg.eigh(cross)
    real = value > RANK * np.maximum(value[:, -1:], 1.0)
    along = np.einsum("bjk,bj->bk", vector, sums)
    added = np.where(real, along**2 / np.where(real, value, 1.0), 0.0).sum(axis=1)
    rank, trace = real.sum(axis=1).astype(float), np.einsum("bjj->b", cross)
    freedom = n - cities - rank
    left = np.maximum(squares - cities_alone - added, 0.0)
    rest = np.where(freedom > 0, left / freedom, np.nan)
    juror = np.where(trace > 0, (added - rest * rank) / trace, np.nan)
    groups = jurors - rank
    over_jurors = cities_alone + added - jurors_alone.sum(axis=1)
    city = np.where(n > jurors, (over_jurors - rest * (cities - groups)) / (n - jurors), np.nan)
    within = np.where(n > cities, (squares - cities_alone) / (n - cities), np.nan)
    total = (often @ of_city) ** 2 / n
    even = (n - (often @ in_city**2) / n) / (cities - 1)
    between = np.where(cities > 1, ((cities_alone - total) / (cities - 1) - within) / even, np.nan)
    noise = NOISE * float((marks**2).max(initial=0.0))
    city, juror, rest, between, within = (
        np.where(np.abs(one) < noise, 0.0, one) for one in (city, juror, rest, between, within)
    )
    return Parts(city, juror, rest, between, within, cities / (often @ (1 / in_city)), freedom)
