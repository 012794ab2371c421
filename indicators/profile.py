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
from indicators.nearest import nearest_choices
from indicators.numbers import parse
from indicators.tables import Row, read_table, unique
from indicators.text import fold, quoted, tidy
from scoring.model import Finding, Place

FOLDER = Path(__file__).parent
Value = str | float | int
# The entries without which a city cannot be told from another, and the finding if one is empty.
NEEDED = {"name": "name_missing", "country": "country_missing"}
# Entries of a list that may be named in many ways: the finding with the nearest names.
NEAR = {"country": "country_near"}
UNKNOWN = {"country": "country_unknown"}


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


@dataclass(frozen=True, slots=True)
class Entry:
    """The cell of one entry, where it stands, and whether it is a formula without a result."""

    cell: Cell
    place: Place
    uncalculated: bool

    @property
    def filled(self) -> bool:
        """Whether anything stands in the cell."""
        return self.uncalculated or tidy(self.cell.value) != ""


def read_profile(sheets: Iterable[Sheet], current_year: int) -> tuple[dict[str, Value], list[Finding]]:
    """The profile's entries by field (countries as three letters, choices as ids), and what is wrong.

    An entry that is empty or not understood is left out, and so is a year after `current_year`. Without a
    year of the assessment ages are counted from `current_year`; a note says so.
    """
    found: list[Finding] = []
    cells = _entries(sheets, found)
    if cells is None:
        return {}, [findings.make("missing_profile")]
    profile: dict[str, Value] = {}
    for id, entry in cells.items():
        if entry.filled:
            field = profile_fields()[id]
            if field.kind == "year":
                field = replace(field, high=current_year)
            value = _read(field, entry)
            if isinstance(value, Finding):
                found.append(Finding(value.kind, value.severity, entry.place, id, value.facts))
            else:
                profile[id] = value
    for id, kind in NEEDED.items():
        if _is_open(id, cells, found):
            found.append(findings.make(kind, _place(id, cells), id))
    if _is_open("assessment_year", cells, found):
        place = _place("assessment_year", cells)
        found.append(
            findings.make("assessment_year_missing", place, "assessment_year", current_year=current_year)
        )
    return profile, found


def _is_open(id: str, cells: Mapping[str, Entry], found: Iterable[Finding]) -> bool:
    """Whether nothing stands at an entry, and nothing was said about it yet."""
    return not cells[id].filled if id in cells else all(finding.code != id for finding in found)


def _place(id: str, cells: Mapping[str, Entry]) -> Place | None:
    return cells[id].place if id in cells else None


def _read(field: Field, entry: Entry) -> Value | Finding:
    if entry.uncalculated:
        return findings.make("profile_uncalculated")
    if entry.cell.error:
        return findings.make("profile_error", found=quoted(entry.cell.value))
    return READERS[field.kind](field, entry.cell)


def _entries(sheets: Iterable[Sheet], found: list[Finding]) -> dict[str, Entry] | None:
    """Field -> entry over every profile table; None if there is none."""
    cells: dict[str, Entry] = {}
    twice: set[str] = set()
    tables = [table for table in map(find_profile, sheets) if table]
    for table in tables:
        for row in table.rows:
            name = table.sheet.cell(row, table.columns.get("field", 0)).value
            id = field_names().get(fold(name)) if name is not None else None
            if id is None or "entry" not in table.columns:
                continue
            position = row, table.columns["entry"]
            entry = Entry(
                table.sheet.cell(*position),
                table.sheet.place(*position),
                table.sheet.cell(*position).value is None and table.sheet.uncalculated(*position),
            )
            first = cells.get(id)
            if first is None or not first.filled:
                cells[id] = entry
            elif entry.filled and tidy(entry.cell.value) != tidy(first.cell.value):
                twice.add(id)
                at = f"{first.place.sheet}!{first.place.cell}"
                found.append(findings.make("profile_twice", entry.place, id, first=at))
    return {id: entry for id, entry in cells.items() if id not in twice} if tables else None


def _text(field: Field, cell: Cell) -> Value | Finding:
    return tidy(cell.value)


def _choice(field: Field, cell: Cell) -> Value | Finding:
    id = choice_names(field.choices).get(fold(tidy(cell.value)))
    if id is not None:
        return id
    nearest = nearest_choices(field.choices, tidy(cell.value)) if field.id in NEAR else ()
    if nearest:
        return findings.make(NEAR[field.id], found=quoted(cell.value), nearest=" · ".join(nearest))
    return findings.make(UNKNOWN.get(field.id, "profile_unknown_choice"), found=quoted(cell.value))


def _number(field: Field, cell: Cell) -> Value | Finding:
    parsed = parse(cell.value, cell.number_format)
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
