"""The city's profile: its sheet found by two headings, its entries by their names in either language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators import findings
from indicators.book import Cell, Sheet
from indicators.headers import find_profile
from indicators.labels import choice_names, field_names
from indicators.numbers import parse
from indicators.tables import Row, read_table, unique
from indicators.text import fold, quoted, tidy
from scoring.model import Finding, Place

FOLDER = Path(__file__).parent
Value = str | float | int
# The entries without which a city cannot be told from another, and the finding if one is empty.
NEEDED = {"name": "name_missing", "country": "country_missing"}


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of the profile: its kind, the list it is chosen from, and what is plausible."""

    id: str
    kind: str  # text | choice | whole | year | number
    choices: str
    low: float | None
    high: float | None


@cache
def profile_fields() -> Mapping[str, Field]:
    """The entries of the profile by id, in the order of the sheet."""
    rows = unique(read_table(FOLDER, "profile.csv", ("field", "kind", "choices", "low", "high")), "field")
    return MappingProxyType({id: _field(row) for id, row in rows.items()})


def _field(row: Row) -> Field:
    return Field(
        row.text("field"),
        row.choice("kind", READERS),
        row.optional("choices"),
        row.optional_number("low"),
        row.optional_number("high"),
    )


def read_profile(sheets: Iterable[Sheet], current_year: int) -> tuple[dict[str, Value], list[Finding]]:
    """The profile's entries by field (countries as three letters, choices as ids), and what is wrong.

    An entry that is empty or not understood is left out, and so is a year after `current_year`.
    """
    found: list[Finding] = []
    cells = _entries(sheets, found)
    if cells is None:
        return {}, [findings.make("missing_profile")]
    profile: dict[str, Value] = {}
    for id, (cell, place) in cells.items():
        if tidy(cell.value):
            field = profile_fields()[id]
            if field.kind == "year":
                field = replace(field, high=current_year)
            value = READERS[field.kind](field, cell)
            if isinstance(value, Finding):
                found.append(Finding(value.kind, value.severity, place, id, value.facts))
            else:
                profile[id] = value
    for id, kind in NEEDED.items():
        if id in cells and not tidy(cells[id][0].value):
            found.append(findings.make(kind, cells[id][1], id))
        elif id not in cells and all(finding.code != id for finding in found):
            found.append(findings.make(kind, None, id))
    return profile, found


def _entries(sheets: Iterable[Sheet], found: list[Finding]) -> dict[str, tuple[Cell, Place]] | None:
    """Field -> cell and place over every profile table; None if there is none."""
    cells: dict[str, tuple[Cell, Place]] = {}
    twice: set[str] = set()
    tables = [table for table in map(find_profile, sheets) if table]
    for table in tables:
        for row in table.rows:
            name = table.sheet.cell(row, table.columns.get("field", 0)).value
            id = field_names().get(fold(name)) if name is not None else None
            if id is None or "entry" not in table.columns:
                continue
            cell = table.sheet.cell(row, table.columns["entry"])
            place = table.sheet.place(row, table.columns["entry"])
            first = cells.get(id)
            if first is None or not tidy(first[0].value):
                cells[id] = cell, place
            elif tidy(cell.value) and tidy(cell.value) != tidy(first[0].value):
                twice.add(id)
                found.append(
                    findings.make("profile_twice", place, id, first=f"{first[1].sheet}!{first[1].cell}")
                )
    return {id: entry for id, entry in cells.items() if id not in twice} if tables else None


def _text(field: Field, cell: Cell) -> Value | Finding:
    return (
        tidy(cell.value)
        if not cell.error
        else findings.make("profile_unknown_choice", found=quoted(cell.value))
    )


def _choice(field: Field, cell: Cell) -> Value | Finding:
    id = choice_names(field.choices).get(fold(tidy(cell.value)))
    kind = "country_unknown" if field.id == "country" else "profile_unknown_choice"
    return findings.make(kind, found=quoted(cell.value)) if id is None else id


def _number(field: Field, cell: Cell) -> Value | Finding:
    parsed = parse(cell.value, cell.number_format, error=cell.error)
    if parsed.value is None:
        return findings.make("profile_not_number", found=quoted(parsed.raw))
    if field.low is not None and field.high is not None and not field.low <= parsed.value <= field.high:
        # Years are names, not quantities: a fact that is text is not given thousands marks.
        low, high = (f"{end:.0f}" if field.kind == "year" else end for end in (field.low, field.high))
        return findings.make("profile_out_of_range", found=quoted(parsed.raw), low=low, high=high)
    return parsed.value


def _whole(field: Field, cell: Cell) -> Value | Finding:
    value = _number(field, cell)
    if isinstance(value, float) and not value.is_integer():
        return findings.make("profile_not_number", found=quoted(cell.value))
    return int(value) if isinstance(value, float) else value


READERS: Mapping[str, Callable[[Field, Cell], Value | Finding]] = {
    "text": _text,
    "choice": _choice,
    "number": _number,
    "whole": _whole,
    "year": _whole,
}
