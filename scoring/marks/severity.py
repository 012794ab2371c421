"""Who marks strictly, and where would the cities stand if nobody did? An additive model with shrinkage.

    mark = mean + city + juror + rest;  adjusted city = mean over its jurors of (mark + severity of the juror)

City and juror effects are random, with variances by the method of moments (scoring.marks.parts); the
juror effects are the best linear unbiased predictions from Henderson's equations, so that a juror with few
cities, or in a panel that differs little, is corrected little. Cities are never drawn towards the mean: a city
with fewer jurors is not punished for it. Where all cities have the same jurors, nobody's place changes.
Source: C. R. Henderson, Best linear unbiased estimation and prediction under a selection model, Biometrics 31
(1975); for panels, N. T. Longford, Models for Uncertainty in Educational Testing (1995), chapter 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.marks.design import design
from scoring.marks.limits import Limits
from scoring.marks.parts import parts
from scoring.marks.sheet import Marks, criterion_means, joined, slabs, whole_marks, with_whole
from scoring.model import BoolArray, FloatArray
from scoring.ranks import ranks

# Why a criterion stays as marked.
UNCONNECTED, TOO_FEW_JURORS, TOO_FEW_CITIES, NO_SPARE = "unconnected", "few_jurors", "few_cities", "no_spare"


@dataclass(frozen=True, eq=False)
class Severity:
    """Raw beside adjusted, cities x (criteria + 1), the whole last.

    `severity` (jurors x (criteria + 1)) is by how much a juror marks below the panel; below 0 is lenient.
    `left` says which jurors are not corrected for want of cities; NaN severity: no marks. `variances`
    is (criteria + 1) x (city, juror, rest), none below 0. `reasons` holds for every column why it stays
    as marked (adjusted is raw then), "" where it is corrected. The whole has a model of its own, of what
    each juror gives the whole: eight criteria together tell severity better than each alone.
    """

    raw: FloatArray
    adjusted: FloatArray
    severity: FloatArray
    left: BoolArray
    variances: FloatArray
    reasons: tuple[str, ...]

    @property
    def corrected(self) -> BoolArray:
        """Which columns are corrected."""
        return np.array([not why for why in self.reasons], dtype=bool)


def severity(marks: Marks, limits: Limits) -> Severity:
    """The model of every criterion and of the whole; nothing is corrected where the design is too thin."""
    raw = with_whole(criterion_means(marks), marks.weights)
    found = [_column(marks, table, k, limits) for k, table in enumerate(slabs(marks))]
    return Severity(
        raw=raw,
        adjusted=raw + np.array([one.added for one in found]).T,
        severity=np.array([one.below for one in found]).T,
        left=np.array([one.left for one in found]).T,
        variances=np.array([one.variances for one in found]),
        reasons=tuple(one.reason for one in found),
    )


def adjusted_whole(marks: Marks, limits: Limits) -> FloatArray:
    """Cities: the whole alone, adjusted as by `severity`; raw where the design is too thin."""
    raw = joined(criterion_means(marks), marks.weights)
    return raw + _column(marks, whole_marks(marks).T, len(marks.criteria), limits).added


@dataclass(frozen=True, eq=False)
class _Column:
    """One criterion or the whole: what the cities get added, and of the jurors what `Severity` tells."""

    added: FloatArray
    below: FloatArray
    left: BoolArray
    variances: FloatArray
    reason: str


def _column(marks: Marks, table: FloatArray, k: int, limits: Limits) -> _Column:
    told = ~np.isnan(table)
    found = parts(table)
    variances = np.nan_to_num(np.array([found.city[0], found.juror[0], found.rest[0]])).clip(0.0)
    few = told.sum(axis=0) < limits.least_cities
    reason = _reason(told, few, float(found.freedom[0]), limits)
    below = np.zeros(table.shape[1])
    if not reason:
        below = np.where(few, 0.0, -juror_effects(table, variances))
    added = _part(marks, told, k) @ below
    marked = told.any(axis=0)
    return _Column(added, np.where(marked, below, np.nan), few & marked, variances, reason)


def _reason(told: BoolArray, few: BoolArray, freedom: float, limits: Limits) -> str:
    of = design(told.T)
    if (of.load > 0).sum() < 2:
        return TOO_FEW_JURORS
    if not of.connected:
        return UNCONNECTED
    if (~few).sum() < 2:
        return TOO_FEW_CITIES
    return NO_SPARE if freedom < limits.least_freedom else ""


def _part(marks: Marks, told: BoolArray, k: int) -> FloatArray:
    """Cities x jurors: the part that each juror has in a city's raw figure."""
    if k < len(marks.criteria):
        count = told.sum(axis=1, keepdims=True)
        alone: FloatArray = np.divide(told, count, out=np.zeros(told.shape), where=count > 0)
        return alone
    there = marks.there
    each = np.divide(there, there.sum(axis=0), out=np.zeros(there.shape), where=there) @ marks.weights
    total = each.sum(axis=0)
    part: FloatArray = np.divide(each, total, out=np.zeros(each.shape), where=total > 0)
    return part.T


def juror_effects(table: FloatArray, variances: FloatArray) -> FloatArray:
    """The predicted juror effects of one table of marks, cities x jurors with NaN for none.

    `variances` are those of cities, jurors and rest. Henderson's equations with the cities taken out; all 0
    where jurors have no variance of their own.
    """
    city, juror, rest = variances.tolist()
    jurors = table.shape[1]
    if juror <= 0:
        return np.zeros(jurors)
    there = ~np.isnan(table)
    middle = float(table[there].mean())
    kept = there.any(axis=1)
    z, y = there[kept].astype(float), np.where(there[kept], table[kept] - middle, 0.0)
    # Without any rest the marks are the model; a trace of it keeps the equations solvable.
    rest = max(rest, 1e-9 * (city + juror))
    count = z.sum(axis=1)
    shrink = city / (rest + city * count)
    columns = np.column_stack([count, z])
    weighted = columns * shrink[:, None]
    inner = np.zeros((jurors + 1, jurors + 1))
    inner[0, 0] = count.sum()
    inner[0, 1:] = inner[1:, 0] = z.sum(axis=0)
    inner[1:, 1:] = np.diag(z.sum(axis=0))
    right = np.concatenate([[y.sum()], y.sum(axis=0)])
    inner -= columns.T @ weighted
    right -= weighted.T @ y.sum(axis=1)
    inner[1:, 1:] += np.eye(jurors) * rest / juror
    effects: FloatArray = np.linalg.solve(inner, right)[1:]
    return effects


def adjusted_marks(marks: Marks, found: Severity) -> FloatArray:
    """Every mark with its juror's severity on the criterion added, as `marks.values`."""
    added: FloatArray = marks.values + found.severity[:, None, : len(marks.criteria)]
    return added


def moved(raw: FloatArray, adjusted: FloatArray, k: int, decimals: int = 2) -> tuple[BoolArray, BoolArray]:
    """Which cities come into the first `k` by the adjustment, and which go out of them; two figures a city.

    Ranks are of figures as published, equal ones share the best; a city without a figure is in no place.
    """

    def first(figures: FloatArray) -> BoolArray:
        place = ranks(figures, ~np.isnan(figures), decimals)
        return (place > 0) & (place <= k)

    before, after = first(raw), first(adjusted)
    return after & ~before, before & ~after
