"""The city's profile: its sheet found by two headings, its entries by their names in either language."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators import findings
from indicators.book import Cell, Sheet
from indicators.headers import find_profile
from indicators.judged import only
from indicators.labels import choice_names, field_names
from indicators.nearest import nearest_choices
from indicators.numbers import Asked, Parsed, parse
from indicators.questions import column_of, settled
from indicators.tables import Row, read_table, unique
from indicators.text import fold, quoted, tidy
from scoring.model import Entry, Finding, Place

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
    unit: str


@cache
def profile_fields() -> Mapping[str, Field]:
    """The entries of the profile by id, in the order of the sheet."""
    columns = ("field", "kind", "choices", "low", "high", "unit")
    rows = unique(read_table(FOLDER, "profile.csv", columns), "field")
    return MappingProxyType({id: _field(row) for id, row in rows.items()})


def _field(row: Row) -> Field:
    return Field(
        row.text("field"),
        row.choice("kind", READERS),
        row.optional("choices"),
        row.optional_number("low"),
        row.optional_number("high"),
        row.optional("unit"),
    )


@dataclass(frozen=True, slots=True)
class Written:
    """The cell of one entry, where it stands, the decimal mark of its file, and whether it is an empty formula."""

    cell: Cell
    place: Place
    decimal: str
    uncalculated: bool

    @property
    def filled(self) -> bool:
        """Whether anything stands in the cell."""
        return self.uncalculated or tidy(self.cell.value) != ""


AS_TEXT = Parsed(None, None, "", rules=("as_text",))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one entry says: a value, or a finding of why there is none; for a value, perhaps a note.

    `reading` tells how a number was read.
    """

    value: Value | None = None
    finding: Finding | None = None
    reading: Parsed = AS_TEXT


def read_profile(
    sheets: Iterable[Sheet], current_year: int, answers: Mapping[str, str] = MappingProxyType({})
) -> tuple[dict[str, Entry], list[Finding]]:
    """The profile's filled entries by field (countries as three letters, choices as ids), and what is wrong.

    An entry that is not understood has no value, and so has a year after `current_year`. Without a year of
    the assessment ages are counted from `current_year`; a note says so. `answers` are those given to
    questions about whole columns.
    """
    found: list[Finding] = []
    cells = _entries(sheets, found)
    if cells is None:
        return {}, [findings.make("missing_profile")]
    profile: dict[str, Entry] = {}
    for id, entry in cells.items():
        if entry.filled:
            field = profile_fields()[id]
            if field.kind == "year":
                field = replace(field, high=current_year)
            made = _read(field, entry, settled(entry.place, answers, entry.decimal))
            if made.finding is not None:
                found.append(replace(made.finding, place=entry.place, code=id))
            profile[id] = Entry(
                id,
                made.value,
                entry.place,
                made.reading.raw or tidy(entry.cell.value),
                made.reading.rule,
                made.reading.confidence,
                made.reading.candidates,
            )
    for id, kind in NEEDED.items():
        if _is_open(id, cells, found):
            found.append(findings.make(kind, _place(id, cells), id))
    if _is_open("assessment_year", cells, found):
        place = _place("assessment_year", cells)
        found.append(
            findings.make("assessment_year_missing", place, "assessment_year", current_year=current_year)
        )
    return profile, found


def _is_open(id: str, cells: Mapping[str, Written], found: Iterable[Finding]) -> bool:
    """Whether nothing stands at an entry, and nothing was said about it yet."""
    return not cells[id].filled if id in cells else all(finding.code != id for finding in found)


def _place(id: str, cells: Mapping[str, Written]) -> Place | None:
    return cells[id].place if id in cells else None


def _read(field: Field, entry: Written, settled: Mapping[str, str]) -> Outcome:
    if entry.uncalculated:
        return Outcome(finding=findings.make("profile_uncalculated"), reading=_UNREAD)
    if entry.cell.error:
        found = findings.make("profile_error", found=quoted(entry.cell.value))
        return Outcome(finding=found, reading=_UNREAD)
    made = READERS[field.kind](field, entry.cell, settled)
    if made.finding and made.finding.kind in _ASKED:
        # The question is asked once for the whole column, so the finding names it.
        facts = {**made.finding.facts, "column": column_of(entry.place)}
        return replace(made, finding=replace(made.finding, facts=facts))
    return made


_UNREAD = Parsed(None, None, "")
_ASKED = ("profile_doubtful", "profile_other_unit")


def _entries(sheets: Iterable[Sheet], found: list[Finding]) -> dict[str, Written] | None:
    """Field -> entry over every profile table; None if there is none."""
    cells: dict[str, Written] = {}
    twice: set[str] = set()
    tables = [table for table in map(find_profile, sheets) if table]
    for table in tables:
        for row in table.rows:
            name = table.sheet.cell(row, table.columns.get("field", 0)).value
            id = field_names().get(fold(name)) if name is not None else None
            if id is None or "entry" not in table.columns:
                continue
            position = row, table.columns["entry"]
            entry = Written(
                table.sheet.cell(*position),
                table.sheet.place(*position),
                table.sheet.decimal,
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


def _text(field: Field, cell: Cell, settled: Mapping[str, str]) -> Outcome:
    return Outcome(tidy(cell.value))


def _choice(field: Field, cell: Cell, settled: Mapping[str, str]) -> Outcome:
    id = choice_names(field.choices).get(fold(tidy(cell.value)))
    if id is not None:
        return Outcome(id, reading=Parsed(None, None, "", rules=("listed",)))
    nearest = nearest_choices(field.choices, tidy(cell.value)) if field.id in NEAR else ()
    if nearest:
        proposal = nearest[0] if len(nearest) == 1 else ""
        found = findings.make(NEAR[field.id], found=quoted(cell.value), nearest=" · ".join(nearest))
        return Outcome(finding=replace(found, proposal=proposal), reading=_UNREAD)
    kind = UNKNOWN.get(field.id, "profile_unknown_choice")
    return Outcome(finding=findings.make(kind, found=quoted(cell.value)), reading=_UNREAD)


def _number(field: Field, cell: Cell, settled: Mapping[str, str]) -> Outcome:
    parsed = _parsed(field, cell, settled)
    found = quoted(parsed.raw)
    if parsed.value is None:
        return Outcome(finding=_unread(field, parsed), reading=parsed)
    if not _within(field, parsed.value):
        # Years are names, not quantities: a fact that is text is not given thousands marks.
        low, high = (
            f"{end:.0f}" if field.kind == "year" else end for end in (field.low or 0, field.high or 0)
        )
        return Outcome(
            finding=findings.make("profile_out_of_range", found=found, low=low, high=high), reading=parsed
        )
    if field.kind in _WHOLE and not parsed.value.is_integer():
        return Outcome(finding=findings.make("profile_not_number", found=found), reading=parsed)
    value = int(parsed.value) if field.kind in _WHOLE else parsed.value
    if not parsed.told:
        return Outcome(value, reading=parsed)
    note = findings.make("profile_understood", found=found, value=parsed.value)
    return Outcome(value, replace(note, proposal=tidy(parsed.value)), parsed)


_WHOLE = ("whole", "year")


def _parsed(field: Field, cell: Cell, settled: Mapping[str, str]) -> Parsed:
    """The number in the cell; of a date in the place of a year, its year."""
    if field.kind == "year" and isinstance(cell.value, datetime.date):
        return Parsed(float(cell.value.year), None, tidy(cell.value), rules=("year_of_date",))
    return parse(cell.value, cell.number_format, asked=Asked(field.unit, (), settled))


def _unread(field: Field, parsed: Parsed) -> Finding:
    """Why there is no number: another unit, several readings, or no number at all."""
    found = quoted(parsed.raw)
    possible = [one for one in parsed.candidates if _possible(field, one)]
    if parsed.problem == "other_unit":
        proposal = only(one for one in possible if one in parsed.candidates[1:])
        made = findings.make("profile_other_unit", found=found, other=parsed.detail)
        return replace(made, proposal=proposal)
    if parsed.candidates and parsed.problem != "date_for_number":
        readings = " · ".join(tidy(one) for one in parsed.candidates)
        proposal = only(possible) if parsed.problem == "ambiguous_number" else ""
        made = findings.make("profile_doubtful", found=found, candidates=readings)
        return replace(made, proposal=proposal)
    return replace(findings.make("profile_not_number", found=found), proposal=only(possible))


def _possible(field: Field, value: float) -> bool:
    return _within(field, value) and (field.kind not in _WHOLE or value.is_integer())


def _within(field: Field, value: float) -> bool:
    return field.low is None or field.high is None or field.low <= value <= field.high


READERS: Mapping[str, Callable[[Field, Cell, Mapping[str, str]], Outcome]] = {
    "text": _text,
    "choice": _choice,
    "number": _number,
    "whole": _number,
    "year": _number,
}
