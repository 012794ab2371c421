"""Which figures go into an index, and what was done to them first? Every value that changed is told.

Steps in this order: divide by denominators, leave out what is not plausible, screen units, fill blanks, treat
outliers. Each is optional; without any the figures go in as they came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from scoring.denominate import Denominator, denominate
from scoring.fill import FILLS, fill
from scoring.model import BoolArray, FloatArray, Framework, Measurement
from scoring.normalisations import NORMALISATIONS
from scoring.screen import Part, screen
from scoring.treat import OutlierRule, treat

# What a blank means for a score; the first is the usual one, and the others but "zero" fill it.
LEAVE_OUT, ZERO, GROUP = "leave_out", "zero", "group_"
MISSING = (LEAVE_OUT, ZERO, *FILLS, *(GROUP + name for name in FILLS))
# What may have happened to a value.
STEPS = ("denominated", "left_out", "filled", "moved", "transformed")


@dataclass(frozen=True, eq=False)
class Figures:
    """Raw figures of several units: `rows` name each unit (and year), arrays are units x codes.

    `columns` holds further columns by name (denominators, losses in per cent), `groups` each row's group,
    `years` each row's year.
    """

    rows: tuple[str, ...]
    codes: tuple[str, ...]
    values: FloatArray
    columns: Mapping[str, FloatArray] = field(default_factory=dict)
    groups: tuple[str, ...] | None = None
    years: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """The least share of values and the largest share of zeros that a unit may have.

    They are asked of the whole and, where `level` is named, of every node of that level.
    """

    available: float | None = None
    zeros: float | None = None
    level: str = ""


@dataclass(frozen=True, eq=False)
class Preparation:
    """What is done to the figures before they become points."""

    missing: str = LEAVE_OUT
    denominators: Mapping[str, Denominator] = field(default_factory=dict)
    screening: Screening | None = None
    outliers: OutlierRule | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is not used as it came: the step, the unit's row, the code, and what it was and became.

    A unit that is left out as a whole has no code; NaN stands for no value.
    """

    step: str
    row: int
    code: str
    before: float
    after: float
    reason: str


@dataclass(frozen=True, eq=False)
class Prepared:
    """The figures as they become points; arrays are the rows that are left x codes."""

    kept: BoolArray  # of all rows
    values: FloatArray  # with what was filled and moved
    known: BoolArray  # what was there before blanks were filled
    changes: tuple[Change, ...]
    notes: tuple[str, ...]  # measurements whose outliers nothing could tame


def prepare(framework: Framework, codes: Sequence[str], figures: Figures, how: Preparation) -> Prepared:
    """The figures of `codes`, ready to become points.

    Raises ValueError, naming code or unit, for a rule that cannot be followed on these figures.
    """
    at = {code: column for column, code in enumerate(figures.codes)}
    values = figures.values[:, [at[code] for code in codes]]
    row = {name: place for place, name in enumerate(figures.rows)}
    changes: list[Change] = []
    values = _denominated(values, codes, figures, how, row, changes)
    _leave_out_implausible(framework, codes, values, changes)
    kept = _screened(framework, codes, figures, values, how.screening, row, changes)
    if not kept.any():
        reason = changes[-1].reason if changes else "there is none"
        raise ValueError(f"every unit is left out for lack of data, the last because {reason}; ask for less")
    values, known = values[kept], ~np.isnan(values[kept])
    rows = [name for name, stays in zip(figures.rows, kept, strict=True) if stays]
    values = _filled(values, codes, rows, figures, kept, how, row, changes)
    values, notes = _treated(framework, values, codes, rows, how.outliers, row, changes)
    return Prepared(kept, values, known, tuple(changes), notes)


def _denominated(
    values: FloatArray,
    codes: Sequence[str],
    figures: Figures,
    how: Preparation,
    row: Mapping[str, int],
    changes: list[Change],
) -> FloatArray:
    rules = {code: rule for code, rule in how.denominators.items() if code in codes}
    ratios = {code: rule for code, rule in rules.items() if rule.column}
    after = denominate(values, ratios, figures.columns, codes, figures.rows)
    # A factor alone changes the unit: 1,000 into 1.
    for code, rule in rules.items():
        if not rule.column:
            j = list(codes).index(code)
            with np.errstate(over="ignore"):
                after.values[:, j] *= rule.factor
            if (endless := np.flatnonzero(np.isinf(after.values[:, j]))).size:
                raise ValueError(
                    f"{code}: unit {figures.rows[endless[0]]!r} times {rule.factor:g} is too large for a number; "
                    "correct one of the two"
                )
    lost = {(one.unit, one.code) for one in after.undivided}
    for one in after.undivided:
        shown = "missing" if one.denominator is None else f"{one.denominator:g}"
        reason = f"its denominator {one.column} is {shown}"
        changes.append(Change("left_out", row[one.unit], one.code, one.value, np.nan, reason))
    for code, rule in rules.items():
        j = list(codes).index(code)
        reason = (
            f"divided by {rule.column}, times {rule.factor:g}" if rule.column else f"times {rule.factor:g}"
        )
        for i in np.flatnonzero(~np.isnan(values[:, j])).tolist():
            if (figures.rows[i], code) not in lost:
                before, now = float(values[i, j]), float(after.values[i, j])
                changes.append(Change("denominated", i, code, before, now, reason))
    return after.values


def _leave_out_implausible(
    framework: Framework, codes: Sequence[str], values: FloatArray, changes: list[Change]
) -> None:
    for j, code in enumerate(codes):
        facts = measured(framework, code)
        here = values[:, j]
        with np.errstate(invalid="ignore"):
            outside = (here < facts.plausible_low) | (here > facts.plausible_high)
        for i in np.flatnonzero(outside).tolist():
            reason = f"outside the plausible {facts.plausible_low:g} to {facts.plausible_high:g}"
            changes.append(Change("left_out", i, code, float(here[i]), np.nan, reason))
        here[outside] = np.nan


def _screened(
    framework: Framework,
    codes: Sequence[str],
    figures: Figures,
    values: FloatArray,
    rule: Screening | None,
    row: Mapping[str, int],
    changes: list[Change],
) -> BoolArray:
    if rule is None:
        return np.ones(len(values), dtype=bool)
    parts = [Part(framework.root, tuple(codes), rule.available, rule.zeros)]
    for node in framework.at_level(rule.level) if rule.level else ():
        below = tuple(code for code in codes if node.code in lineage(framework, code))
        if below and node.code != framework.root:
            parts.append(Part(node.code, below, rule.available, rule.zeros))
    found = screen(values, parts, codes, figures.rows)
    for one in found.shortfalls:
        what = "of its values are there" if one.what == "available" else "of its values are 0"
        reason = (
            f"{one.count} of {one.of} {what} in {one.part} ({one.share:.1%}); the limit is {one.limit:.1%}"
        )
        changes.append(Change("left_out", row[one.unit], "", np.nan, np.nan, reason))
    return found.enough


def _filled(
    values: FloatArray,
    codes: Sequence[str],
    rows: Sequence[str],
    figures: Figures,
    kept: BoolArray,
    how: Preparation,
    row: Mapping[str, int],
    changes: list[Change],
) -> FloatArray:
    if how.missing in (LEAVE_OUT, ZERO):
        return values
    groups = None
    if how.missing.startswith(GROUP):
        if figures.groups is None:
            raise ValueError(f"missing values are to be filled by {how.missing!r}, but no unit has a group")
        groups = [group for group, stays in zip(figures.groups, kept, strict=True) if stays]
    found = fill(values, how.missing.removeprefix(GROUP), groups, codes, rows)
    for one in found.filled:
        of = f" of group {one.group}" if one.group else ""
        reason = f"{one.rule} of {one.from_count} values{of}"
        changes.append(Change("filled", row[one.unit], one.code, np.nan, one.value, reason))
    return found.values


def _treated(
    framework: Framework,
    values: FloatArray,
    codes: Sequence[str],
    rows: Sequence[str],
    rule: OutlierRule | None,
    row: Mapping[str, int],
    changes: list[Change],
) -> tuple[FloatArray, tuple[str, ...]]:
    """Treats the measurements whose points depend on the sample alone: fixed goalposts cut what is extreme."""
    free = [j for j, code in enumerate(codes) if _by_sample(measured(framework, code))]
    if rule is None or not free:
        return values, ()
    found = treat(values[:, free], rule, [codes[j] for j in free], rows)
    result = values.copy()
    result[:, free] = found.values
    for point in found.moved:
        reason = "an outlier, moved to the nearest value that is kept"
        changes.append(Change("moved", row[point.unit], point.code, point.before, point.after, reason))
    for k, column in enumerate(found.columns):
        if column.curve is None:
            continue
        for i in np.flatnonzero(~np.isnan(values[:, free[k]])).tolist():
            before, after = float(values[i, free[k]]), float(found.values[i, k])
            reason = f"{column.curve.kind} curve of the whole measurement, because of its outliers"
            changes.append(Change("transformed", row[rows[i]], column.code, before, after, reason))
    return result, tuple(column.code for column in found.columns if column.outcome == "outlying")


def _by_sample(facts: Measurement) -> bool:
    """Whether points come from the sample, and nothing is given in the measurement's own unit."""
    method = NORMALISATIONS[facts.scale]
    return method.relative and "target" not in {parameter.name for parameter in method.parameters}


def measured(framework: Framework, code: str) -> Measurement:
    """The measurement of a leaf."""
    facts = framework.by_code[code].measurement
    assert facts is not None  # codes of measurements are asked for
    return facts


def lineage(framework: Framework, code: str) -> tuple[str, ...]:
    """A node's code and those of all nodes above it, the nearest first."""
    way = [code]
    while parent := framework.by_code[way[-1]].parent:
        way.append(parent)
    return tuple(way)
