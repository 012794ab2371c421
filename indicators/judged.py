"""One cell of an answer, judged by itself: a number, a ladder level, an evidence grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from indicators.labels import term_names, terms
from indicators.numbers import Asked, Parsed, parse
from indicators.questions import column_of, settled
from indicators.rows import Row
from indicators.text import fold, quoted, tidy
from scoring.model import Framework

# The facts that tell of the lowest and the highest reading of a doubtful text.
_DOUBTFUL: Mapping[str, tuple[str, ...]] = {
    "ambiguous_number": ("low", "high"),
    "range_for_number": ("low", "high"),
    "bound_for_number": ("bound",),
}


def read_grade(row: Row, framework: Framework) -> str:
    """The evidence grade's id, "" where none is given or understood."""
    text = row.text("grade")
    grade = term_names(framework, "grade").get(fold(text), "")
    if text and not grade:
        row.report("grade_unknown", "grade", found=quoted(text))
    return grade


def read_level(row: Row, column: str, parsed: Parsed, highest: int) -> float | None:
    """A ladder level from 0 to `highest`, None where there is none or it is not a whole one."""
    level = parsed.value
    if level is not None and not level.is_integer():
        row.report("ladder_not_whole", column, found=quoted(parsed.raw), high=highest)
        return None
    return within(row, column, parsed, 0, highest)


def within(row: Row, column: str, parsed: Parsed, low: float, high: float) -> float | None:
    """The value if it is possible, None and a finding if it is outside `low` to `high`."""
    if parsed.value is not None and not low <= parsed.value <= high:
        row.report("out_of_range", column, found=quoted(parsed.raw), low=low, high=high)
        return None
    return parsed.value


def asked_for(
    row: Row, column: str, unit: str, framework: Framework, answers: Mapping[str, str] = MappingProxyType({})
) -> Asked:
    """What a cell is asked for: its unit as the framework calls it, and what is settled for its column."""
    names = tuple(units[unit] for units in framework.units.values() if unit in units)
    return Asked(unit, names, settled(row.place(column), answers, row.table.sheet.decimal))


def read_number(row: Row, column: str, asked: Asked, framework: Framework, low: float, high: float) -> Parsed:
    """The number in a cell; why there is none, or how it was understood, goes to `row.found`.

    Proposals are readings that are plausible, from `low` to `high`.
    """
    cell = row.cell(column)
    parsed = parse(cell.value, cell.number_format, error=cell.error, asked=asked)
    if not parsed.raw and row.uncalculated(column):
        row.report("uncalculated", column)
        return Parsed(None, "uncalculated", "")
    if not parsed.raw and row.merged_into(column):
        row.report("merged_cell", column, found=row.merged_into(column))
        return Parsed(None, "merged_cell", "")
    if parsed.problem or parsed.told:
        _report(row, column, parsed, framework, low, high)
    return parsed


def _report(row: Row, column: str, parsed: Parsed, framework: Framework, low: float, high: float) -> None:
    found, where = quoted(parsed.raw), column_of(row.place(column))
    proposal = only(one for one in parsed.candidates if low <= one <= high)
    if parsed.problem is None:
        assert parsed.value is not None
        row.report("number_understood", column, tidy(parsed.value), found=found, value=parsed.value)
    elif parsed.problem == "missing_word":
        state = terms(framework, "state", row.table.language)[parsed.detail].text
        row.report("missing_word", column, found=found, state=state)
    elif parsed.problem == "other_unit":
        converted = only(one for one in parsed.candidates[1:] if low <= one <= high)
        row.report("other_unit", column, converted, found=found, other=parsed.detail, column=where)
    elif parsed.problem in _DOUBTFUL:
        ends = min(parsed.candidates), max(parsed.candidates)
        facts = dict(zip(_DOUBTFUL[parsed.problem], ends, strict=False))
        proposed = proposal if parsed.problem == "ambiguous_number" else ""
        row.report(parsed.problem, column, proposed, found=found, column=where, **facts)
    else:
        row.report(parsed.problem, column, proposal, found=found)


def only(values: Iterable[float]) -> str:
    """The one value as a person types it; "" for none or several: a proposal is made where there is no choice."""
    found = set(values)
    return tidy(found.pop()) if len(found) == 1 else ""
