"""Over which cities does the panel quarrel more than it usually does? Each city against the panel's own noise.

A residual is a mark less the mean of its city, the jurors' severity taken out. With s^2 the rest that cities and
jurors leave on all other cities, a city's sum of squared residuals divided by s^2 is about chi-squared with
one degree of freedom fewer than it has marks; `chance` is how often chance alone gives as much or more.
Source: R. D. Cook and S. Weisberg, Residuals and Influence in Regression (1982), chapter 2 (variance without
the case itself).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from scoring.marks.limits import Limits
from scoring.marks.parts import parts
from scoring.marks.severity import Severity
from scoring.marks.sheet import Marks, slabs
from scoring.model import BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class Disagreement:
    """`chance` and `flagged` are cities x (criteria + 1), the whole last; NaN with fewer than two marks.

    `off` is jurors x cities x (criteria + 1): how many times the panel's noise a mark lies above (or, below
    0, under) what its city and juror let expect; `outlying` marks those beyond the limit.
    """

    chance: FloatArray
    flagged: BoolArray
    off: FloatArray
    outlying: BoolArray


def disagreement(marks: Marks, found: Severity, limits: Limits) -> Disagreement:
    """The cities and the marks that stand out from the noise of the panel; none where there is no noise to tell."""
    tables = slabs(marks)
    chance = np.full(tables.shape[:2], np.nan)
    off = np.full(tables.shape, np.nan)
    for k, table in enumerate(tables):
        there = ~np.isnan(table)
        even = np.where(there, table + found.severity[:, k], 0.0)
        count = there.sum(axis=1)
        middle = even.sum(axis=1) / np.maximum(count, 1)
        residual = np.where(there, even - middle[:, None], np.nan)
        squares = np.nansum(residual**2, axis=1)
        of = parts(table)
        spare = float(of.freedom[0])
        rest = max(float(of.rest[0]), 0.0) * spare if spare > 0 else 0.0
        for i in np.flatnonzero(count >= 2).tolist():
            own = int(count[i]) - 1
            others = (rest - squares[i]) / (spare - own) if spare > own else 0.0
            if others <= 1e-12 * max(rest, 1e-300):
                continue
            chance[k, i] = above(float(squares[i]) / others, own)
            off[k, i] = residual[i] / math.sqrt(others * own / (own + 1))
    return Disagreement(
        chance=chance.T,
        flagged=np.nan_to_num(chance.T, nan=1.0) < limits.by_chance,
        off=np.moveaxis(off, (0, 1, 2), (2, 1, 0)),
        outlying=np.moveaxis(np.abs(np.nan_to_num(off)) > limits.outlying, (0, 1, 2), (2, 1, 0)),
    )


def above(value: float, freedom: int) -> float:
    """How often a chi-squared number with so many whole degrees of freedom is `value` or more.

    Even: exp(-x/2) times the first terms of the series of exp(x/2); odd: likewise from erfc(sqrt(x/2)).
    Source: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions (1964), 26.4.4 and 26.4.5.
    """
    half = value / 2
    if freedom % 2 == 0:
        at, term, total = 1.0, math.exp(-half), math.exp(-half)
    else:
        at, term = 1.5, math.sqrt(half) * math.exp(-half) / math.gamma(1.5)
        total = math.erfc(math.sqrt(half)) + (term if freedom > 1 else 0.0)
    for k in range(freedom // 2 - 1):
        term *= half / (at + k)
        total += term
    return min(total, 1.0)
