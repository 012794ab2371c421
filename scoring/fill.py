"""What stands in for a missing value in an index? The middle of all units or of the unit's group, listed.

For indices over published data alone: an award never fills a blank, it counts 0 or stands in a bracket.

mean:   the sum of the values that are there, over their number
median: the value in the middle of them; of an even number, halfway between the two in the middle

Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 3 (unconditional mean and
median imputation). Such values understate how much units differ, and hiding a weak figure can pay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.model import BoolArray, FloatArray
from scoring.table import checked

# From the values that are there, sorted, so that the order of the units cannot be told from the result.
FILLS: Mapping[str, Callable[[FloatArray], float]] = {
    "mean": lambda known: float(np.mean(known)),
    "median": lambda known: float(np.median(known)),
}


@dataclass(frozen=True, slots=True)
class FilledValue:
    """One value that nobody reported: by which rule, from how many values, of which group ("" for all)."""

    unit: str
    code: str
    value: float
    rule: str
    from_count: int
    group: str


@dataclass(frozen=True, slots=True)
class Unfilled:
    """One value that stays missing, because `from_count` values are too few or the unit has no group."""

    unit: str
    code: str
    from_count: int
    group: str


@dataclass(frozen=True, eq=False)
class Filled:
    """The table with what could be filled, and every blank of the original in one of the two lists."""

    values: FloatArray  # units x measurements
    filled: tuple[FilledValue, ...]
    unfilled: tuple[Unfilled, ...]


def fill(
    values: FloatArray,
    rule: str,
    groups: Sequence[str] | None,
    codes: Sequence[str],
    units: Sequence[str],
    *,
    least: int = 1,
) -> Filled:
    """Fills each missing value by a rule of FILLS from the same measurement of the other units.

    `values` is units x measurements. `groups` names each unit's group, "" for none; None takes all units
    as one. A blank is left where fewer than `least` values are there to fill from, and where the unit has
    no group. Both lists run by measurement, then by unit. Raises ValueError for an unknown rule, a wrong
    number of groups, `least` below 1, and as scoring.table.checked does.
    """
    if rule not in FILLS:
        raise ValueError(f"filling by {rule!r} is not known; use one of {', '.join(FILLS)}")
    if least < 1:
        raise ValueError(f"least is {least}; a blank can be filled from one value or more")
    if groups is not None and len(groups) != len(units):
        raise ValueError(f"there are {len(groups)} groups for {len(units)} units; give one each")
    table = checked(values, units, codes)
    blank = np.isnan(table)
    named = np.array([""] * len(units) if groups is None else list(groups), dtype=object)
    filled: list[FilledValue] = []
    unfilled: list[Unfilled] = []
    for j in np.flatnonzero(blank.any(axis=0)).tolist():
        known = _known(table[:, j], ~blank[:, j], named, groups is None)
        middle = {group: FILLS[rule](column) for group, column in known.items() if column.size >= least}
        for i in np.flatnonzero(blank[:, j]).tolist():
            group = named[i]
            count = known[group].size if group in known else 0
            if group in middle:
                table[i, j] = middle[group]
                filled.append(FilledValue(units[i], codes[j], middle[group], rule, count, group))
            else:
                unfilled.append(Unfilled(units[i], codes[j], count, group))
    return Filled(table, tuple(filled), tuple(unfilled))


def _known(
    column: FloatArray, here: BoolArray, named: np.ndarray[tuple[int], np.dtype[np.object_]], all_units: bool
) -> dict[str, FloatArray]:
    """For each group, the values of a measurement that are there, sorted; without a group there are none."""
    return {group: np.sort(column[here & (named == group)]) for group in set(named) if group or all_units}
