"""How much is it per head, per square kilometre, per 1,000 of something? Amounts become rates.

rate = value / denominator x factor

A value whose denominator is missing, zero or negative has no rate: it becomes missing, and is listed.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 2 (variables on a common
footing of size).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.model import FloatArray
from scoring.table import checked


@dataclass(frozen=True, slots=True)
class Denominator:
    """What a measurement is divided by (a column's name) and what the ratio is multiplied with."""

    column: str
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Divided:
    """One measurement that became a rate."""

    code: str
    column: str
    factor: float
    count: int  # values that have a rate


@dataclass(frozen=True, slots=True)
class Undivided:
    """One value that has no rate: the denominator of its unit, None where that is missing."""

    unit: str
    code: str
    value: float
    column: str
    denominator: float | None


@dataclass(frozen=True, eq=False)
class Denominated:
    """The table with rates, what was divided by what, and every value that was lost by it."""

    values: FloatArray  # units x measurements
    divided: tuple[Divided, ...]
    undivided: tuple[Undivided, ...]


def denominate(
    values: FloatArray,
    rules: Mapping[str, Denominator],
    columns: Mapping[str, FloatArray],
    codes: Sequence[str],
    units: Sequence[str],
) -> Denominated:
    """Divides the measurements named in `rules` by columns of the same units; the others stay.

    `values` is units x measurements, each of `columns` (units,). A missing value stays missing and is not
    listed. Raises ValueError for a rule whose measurement or column there is not, a factor that is not a
    finite number above 0, a column of another length or with an infinite value, a rate too large for a
    number, and as scoring.table.checked does.
    """
    table = checked(values, units, codes)
    divided: list[Divided] = []
    undivided: list[Undivided] = []
    for code, rule in rules.items():
        below = _denominators(code, rule, columns, codes, units)
        j = list(codes).index(code)
        usable = below > 0
        here = ~np.isnan(table[:, j])
        undivided += [
            Undivided(
                units[i],
                code,
                float(table[i, j]),
                rule.column,
                None if np.isnan(below[i]) else float(below[i]),
            )
            for i in np.flatnonzero(here & ~usable).tolist()
        ]
        with np.errstate(over="ignore"):
            rates = table[:, j] / np.where(usable, below, np.nan) * rule.factor
        endless = np.flatnonzero(np.isinf(rates))
        if endless.size:
            raise ValueError(
                f"{code}: unit {units[endless[0]]!r} divided by {rule.column!r} "
                f"({below[endless[0]]:g}) is too large for a number; correct one of the two"
            )
        table[:, j] = rates
        divided.append(Divided(code, rule.column, rule.factor, int(np.count_nonzero(here & usable))))
    return Denominated(table, tuple(divided), tuple(undivided))


def _denominators(
    code: str,
    rule: Denominator,
    columns: Mapping[str, FloatArray],
    codes: Sequence[str],
    units: Sequence[str],
) -> FloatArray:
    if code not in codes:
        raise ValueError(f"{code}: is to be divided by {rule.column!r}, but is none of the measurements")
    if rule.column not in columns:
        there = ", ".join(columns) or "none"
        raise ValueError(f"{code}: denominator {rule.column!r} is no column of the data; there are {there}")
    if not (math.isfinite(rule.factor) and rule.factor > 0):
        raise ValueError(f"{code}: factor {rule.factor:g} must be a finite number above 0")
    column = checked(np.asarray(columns[rule.column], dtype=float).reshape(-1, 1), units, (rule.column,))
    return column[:, 0]
