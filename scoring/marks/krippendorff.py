"""Do the jurors' marks agree beyond chance? Krippendorff's alpha, with gaps, on four levels of measurement.

    alpha = 1 - (n - 1) sum over cities of d / sum over pairs of values of n_c n_k delta_ck

where d is a city's sum of delta over its ordered pairs of marks, divided by their number less 1, n_c how often
a value was given where at least two jurors marked, and n their sum. delta is 1 for different values (nominal),
the squared distance of mid-ranks (ordinal) or of values (interval), or ((c - k) / (c + k))^2 (ratio).
Source: K. Krippendorff, Computing Krippendorff's alpha-reliability (2011).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from scoring.model import FloatArray

# Distinct values, cities x values (how often each was given), draws x cities (how often each city counts)
# -> observed and expected disagreement of each draw, as the two sums above.
Kernel = Callable[[FloatArray, FloatArray, FloatArray], tuple[FloatArray, FloatArray]]


def _by_matrix(delta: FloatArray, given: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    in_city = given.sum(axis=1)
    own = np.einsum("iv,vw,iw->i", given, delta, given, optimize=True) / (in_city - 1)
    of_value = times @ given
    return times @ own, (of_value * (of_value @ delta)).sum(axis=1)


def _by_place(place: FloatArray, given: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Squared distances of places, draws x values; sums of squares instead of sums over pairs."""
    in_city = given.sum(axis=1)
    of_value = times @ given
    # From each draw's middle: sums of squares of large numbers would lose digits.
    place = place - (of_value * place).sum(axis=1, keepdims=True) / of_value.sum(axis=1, keepdims=True)
    own = 2 * (in_city * ((place**2) @ given.T) - (place @ given.T) ** 2) / (in_city - 1)
    total = of_value.sum(axis=1)
    expected = 2 * (total * (of_value * place**2).sum(axis=1) - (of_value * place).sum(axis=1) ** 2)
    return (times * own).sum(axis=1), expected


def _nominal(values: FloatArray, given: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    return _by_matrix(1.0 - np.eye(len(values)), given, times)


def _ordinal(values: FloatArray, given: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    of_value = times @ given
    return _by_place(np.cumsum(of_value, axis=1) - of_value / 2, given, times)


def _interval(values: FloatArray, given: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    return _by_place(np.broadcast_to(values, (len(times), len(values))), given, times)


def _ratio(values: FloatArray, given: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    sums = values[:, None] + values
    apart = np.divide(values[:, None] - values, sums, out=np.zeros_like(sums), where=sums != 0)
    return _by_matrix(apart**2, given, times)


LEVELS: Mapping[str, Kernel] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}


def alpha(table: FloatArray, level: str = "interval", times: FloatArray | None = None) -> FloatArray:
    """Alpha of one table of marks, cities x jurors with NaN for none; one value a draw.

    `times` (draws x cities) says how often each city counts; one draw of all once unless given. NaN where no
    city has two marks or all marks are one value. Raises ValueError for a level that is none of `LEVELS` and,
    on the ratio level, for a mark below 0.
    """
    if level not in LEVELS:
        raise ValueError(f"the level {level!r} is unknown; it is one of {', '.join(LEVELS)}")
    there = ~np.isnan(table)
    if level == "ratio" and (table[there] < 0).any():
        raise ValueError(f"a mark of {table[there].min():g} has no ratio to others; use the interval level")
    often = np.ones((1, len(table))) if times is None else times
    paired = there.sum(axis=1) >= 2
    if not paired.any():
        return np.full(len(often), np.nan)
    table, there, often = table[paired], there[paired], often[:, paired]
    values, which = np.unique(table[there], return_inverse=True)
    given = np.zeros((len(table), len(values)))
    np.add.at(given, (np.nonzero(there)[0], which), 1.0)
    total = often @ given.sum(axis=1)
    live = total > 0
    result = np.full(len(often), np.nan)
    if not live.any():
        return result
    observed, expected = LEVELS[level](values, given, often[live])
    # All one value: what is left is the noise of the last digits.
    apart = expected > 1e-12 * total[live] ** 2 * max(float(np.abs(values).max()) ** 2, 1e-300)
    some = np.divide((total[live] - 1) * observed, expected, out=np.full(observed.shape, np.nan), where=apart)
    result[live] = 1.0 - some
    return result
