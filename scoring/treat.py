"""Do a few extreme values rule a measurement, and how is it put right? Outliers, for indices.

1. A measurement is treated only if |skewness| > limit and kurtosis > limit (scoring.moments).
2. Winsorise: the 1, 2, ... most extreme values on the side of the long tail are moved to the nearest value
   that is kept, as few of them as suffice and no more than `points`.
3. If that does not suffice, the values as they were go through the first of `transforms` that does
   (scoring.transforms); a column on a curve is no longer in its unit, and goalposts must go with it.
4. If nothing suffices, the values stay as they were, and the report says so.

Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 3; the order of the remedies as
in the COIN Tool User's Guide (JRC, 2019) and W. Becker and others, COINr, Journal of Open Source
Software 7, 2022.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.model import FloatArray
from scoring.moments import kurtosis, skewness
from scoring.table import checked
from scoring.transforms import TRANSFORMS, Curve, fitted


@dataclass(frozen=True, slots=True)
class OutlierRule:
    """When a measurement is treated, and how far.

    `kurtosis` is the excess over a normal sample. `points` is the largest number of values moved in one
    measurement, `transforms` the remedies after that in their order, `shift` where their curves begin
    below the sample, as a share of its range.
    """

    skewness: float
    kurtosis: float
    points: int
    transforms: tuple[str, ...]
    shift: float


# The usage of the JRC: its audits' 2 and 3.5, and up to five values (COIN Tool User's Guide, 2019).
JRC_RULE = OutlierRule(skewness=2.0, kurtosis=3.5, points=5, transforms=("log", "box_cox"), shift=0.01)


@dataclass(frozen=True, slots=True)
class MovedPoint:
    """One value that was moved to the nearest one kept."""

    unit: str
    code: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class TreatedColumn:
    """What was found in a measurement and done to it.

    `outcome` is untouched (no outliers, or too few values to tell), winsorised, transformed or
    outlying (nothing sufficed, values as they were). `curve` is set if transformed. Skewness and
    kurtosis are NaN where values are fewer than four or all equal.
    """

    code: str
    outcome: str
    skewness_before: float
    kurtosis_before: float
    skewness_after: float
    kurtosis_after: float
    moved: int
    curve: Curve | None = None


@dataclass(frozen=True, eq=False)
class Treated:
    """The table after treatment, every value moved, and each measurement's report."""

    values: FloatArray  # units x measurements
    moved: tuple[MovedPoint, ...]  # by measurement, then by unit
    columns: tuple[TreatedColumn, ...]  # all measurements


def treat(values: FloatArray, rule: OutlierRule, codes: Sequence[str], units: Sequence[str]) -> Treated:
    """Treats the outliers of every measurement by one rule.

    `values` is units x measurements in any units; missing stays missing, and no two values change places.
    Raises ValueError for a rule with a negative limit or count, an unknown transform or a shift not above
    0, and as scoring.table.checked does.
    """
    _check(rule)
    table = checked(values, units, codes)
    moved: list[MovedPoint] = []
    columns: list[TreatedColumn] = []
    for j, code in enumerate(codes):
        before: FloatArray = table[:, j].copy()
        table[:, j], report = _treated(before, rule, code)
        columns.append(report)
        if report.outcome == "winsorised":
            moved += [
                MovedPoint(units[i], code, float(before[i]), float(table[i, j]))
                for i in _changed(before, table[:, j])
            ]
    return Treated(table, tuple(moved), tuple(columns))


def winsorised(column: FloatArray, count: int, tail: int) -> FloatArray:
    """The `count` highest values (tail 1) or lowest ones (-1) moved to the nearest of the others."""
    heights = np.sort(tail * column[~np.isnan(column)])
    moved: FloatArray = tail * np.minimum(tail * column, heights[-1 - count])
    return moved


def outlying(column: FloatArray, rule: OutlierRule) -> bool:
    """Whether a measurement is both too lopsided and too heavy-tailed."""
    return bool(abs(skewness(column)) > rule.skewness and kurtosis(column) > rule.kurtosis)


def _treated(column: FloatArray, rule: OutlierRule, code: str) -> tuple[FloatArray, TreatedColumn]:
    if not outlying(column, rule):
        return column, _report(code, "untouched", column, column)
    tail = 1 if skewness(column) > 0 else -1
    several = int(np.count_nonzero(~np.isnan(column))) - 1
    for count in range(1, min(rule.points, several) + 1):
        tried = winsorised(column, count, tail)
        if _suffices(tried, rule):
            return tried, _report(code, "winsorised", column, tried)
    for kind in rule.transforms:
        curve = fitted(kind, column, tail, rule.shift)
        tried = curve(column)
        if _suffices(tried, rule):
            return tried, _report(code, "transformed", column, tried, curve)
    return column, _report(code, "outlying", column, column)


def _suffices(tried: FloatArray, rule: OutlierRule) -> bool:
    """No outliers are left, and something is: values all made equal have no skewness."""
    return not np.isnan(kurtosis(tried)) and not outlying(tried, rule)


def _report(
    code: str, outcome: str, before: FloatArray, after: FloatArray, curve: Curve | None = None
) -> TreatedColumn:
    return TreatedColumn(
        code=code,
        outcome=outcome,
        skewness_before=skewness(before),
        kurtosis_before=kurtosis(before),
        skewness_after=skewness(after),
        kurtosis_after=kurtosis(after),
        moved=_changed(before, after).size if outcome == "winsorised" else 0,
        curve=curve,
    )


def _changed(before: FloatArray, after: FloatArray) -> NDArray[np.intp]:
    return np.flatnonzero(~np.isnan(before) & (before != after))


def _check(rule: OutlierRule) -> None:
    for what, limit in (("skewness", rule.skewness), ("kurtosis", rule.kurtosis), ("points", rule.points)):
        if not limit >= 0:
            raise ValueError(f"outlier rule: {what} is {limit:g}; it must be 0 or more")
    if not 0 < rule.shift < np.inf:
        raise ValueError(f"outlier rule: shift is {rule.shift:g}; it must be above 0, such as 0.01")
    unknown = [kind for kind in rule.transforms if kind not in TRANSFORMS]
    if unknown:
        raise ValueError(
            f"outlier rule: transform {unknown[0]!r} is not known; use one of {', '.join(TRANSFORMS)}"
        )
