"""What a city answered on the sheet of findings of its repair workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from indicators import guard
from indicators.book import Book, Sheet
from indicators.marks import Before
from indicators.repair_words import choice_names, heading_names
from indicators.text import fold, tidy

# Stands in the hidden first row of the sheet.
STAMP = "learning-city-scorecard-findings"
# The headings by which the sheet is known where its stamp is gone.
_NEEDED = {"id", "choice", "reason"}
_HEADER_WITHIN = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one finding: `choice` is accept, keep or later, "" where none of these was understood.

    `text` is the reason or date (a date as 2026-09-30), `written` what stands in the column of choices.
    """

    choice: str
    text: str
    written: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier repair: its sheet of findings, the answers on it, and how marked cells looked before."""

    sheet: str
    answers: Mapping[str, Answer]
    before: Mapping[str, Before]  # by note id
    places: Mapping[tuple[str, str], Before]  # by sheet and cell, as they were called then


def is_findings_sheet(sheet: Sheet) -> bool:
    """Whether a sheet is the sheet of findings of a repair, known by its stamp or by its headings."""
    return sheet.cell(1, 1).value == STAMP or _header(sheet) is not None


def answers(data: bytes) -> Mapping[str, Answer]:
    """The answers on a workbook's sheet of findings by note id; empty where there is no such sheet.

    A workbook that cannot be read gives none either: reading it says why. Rows without an answer are left out.
    """
    inspection = guard.inspect("", data)
    if inspection.finding and inspection.finding.severity == "refuses":
        return MappingProxyType({})
    try:
        book = Book(data, False)
    except Exception:
        # openpyxl raises almost anything on a workbook that is broken inside.
        return MappingProxyType({})
    return answers_in(book.sheets)


def answers_in(sheets: Iterable[Sheet]) -> Mapping[str, Answer]:
    """The same of a workbook that is open already."""
    found = earlier(sheets)
    return found.answers if found else MappingProxyType({})


def earlier(sheets: Iterable[Sheet]) -> Earlier | None:
    """What an earlier repair left in a workbook, None if it was never repaired; the first such sheet counts."""
    sheet = next((one for one in sheets if is_findings_sheet(one)), None)
    if sheet is None:
        return None
    header = _header(sheet)
    if header is None:
        return Earlier(sheet.name, {}, {}, {})
    row, columns = header
    given: dict[str, Answer] = {}
    before: dict[str, Before] = {}
    places: dict[tuple[str, str], Before] = {}
    for number in sheet.rows:
        cells = {name: tidy(sheet.cell(number, column).value) for name, column in columns.items()}
        if number <= row or not cells["id"]:
            continue
        written, reason = cells["choice"], cells["reason"]
        if written or reason:
            given[cells["id"]] = Answer(choice_names().get(fold(written), ""), reason, written)
        look = Before.read(cells.get("before", ""))
        if look:
            before[cells["id"]] = look
            name, _, cell = cells.get("where", "").rpartition("!")
            places[name, cell] = look
    return Earlier(sheet.name, MappingProxyType(given), before, places)


def _header(sheet: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """The row of the headings, and column by name."""
    for row, filled in sheet.rows.items():
        if row > _HEADER_WITHIN:
            return None
        named: dict[str, int] = {}
        for column in filled:
            value = sheet.cell(row, column).value
            name = heading_names().get(value.strip()) if isinstance(value, str) else None
            if name:
                named.setdefault(name, column)
        if named.keys() >= _NEEDED:
            return row, named
    return None
