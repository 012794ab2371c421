"""One cell of an answer, judged by itself: a number, a ladder level, an evidence grade."""

from __future__ import annotations

from indicators.labels import term_names
from indicators.numbers import Parsed, parse
from indicators.rows import Row
from indicators.text import fold, quoted
from scoring.model import Framework


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


def read_number(row: Row, column: str, percent: bool) -> Parsed:
    """The number in a cell; why there is none goes to `row.found`."""
    cell = row.cell(column)
    parsed = parse(cell.value, cell.number_format, percent=percent, error=cell.error)
    if parsed.problem == "ambiguous_number":
        low, high = sorted(parsed.candidates)
        row.report(parsed.problem, column, found=quoted(parsed.raw), low=low, high=high)
    elif parsed.problem:
        row.report(parsed.problem, column, found=quoted(parsed.raw))
    elif not parsed.raw and row.uncalculated(column):
        row.report("uncalculated", column)
        return Parsed(None, "uncalculated", "")
    elif not parsed.raw and row.merged_into(column):
        row.report("merged_cell", column, found=row.merged_into(column))
        return Parsed(None, "merged_cell", "")
    return parsed
