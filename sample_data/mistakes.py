"""The mistakes that happen most, planted in one city's workbook as a busy officer would make them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from indicators.labels import columns
from indicators.tables import Row, read_table
from sample_data.tables import FOLDER

COLUMNS = ("mistake", "near", "row", "column", "kind", "typed_en", "typed_zh")
LOOKS = ("font", "fill", "border", "alignment", "number_format")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a measurement is answered: its sheet and row, that sheet's columns and its first free row."""

    sheet: str
    row: int
    columns: Mapping[str, int]
    free_row: int


def plant(data: bytes, language: str) -> bytes:
    """The workbook `data` with every mistake of mistakes.csv in it, typed in `language` ("en", "zh").

    Raises KeyError if the workbook lacks a measurement or a column that a mistake is about.
    """
    workbook = load_workbook(io.BytesIO(data))
    spots = _spots(workbook, language)
    for row in _mistakes():
        spot = spots[row.text("near")]
        sheet = workbook[spot.sheet]
        new = row.choice("row", ("own", "new")) == "new"
        if new:
            _dress(sheet, spot)
        place = sheet.cell(spot.free_row if new else spot.row, spot.columns[row.text("column")])
        place.value = _typed(row, language)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


@cache
def _mistakes() -> tuple[Row, ...]:
    return read_table(FOLDER, "mistakes.csv", COLUMNS)


def _typed(row: Row, language: str) -> str | float | None:
    text = row.optional(f"typed_{language}")
    kind = row.choice("kind", ("text", "number", "empty"))
    if kind == "number":
        number = float(text)
        return int(number) if number.is_integer() else number
    return text if kind == "text" else None


def _spots(workbook: Workbook, language: str) -> Mapping[str, Spot]:
    """Code -> where it is answered, over the sheets that have a table of values."""
    headings = {label.text: name for name, label in columns(language).items()}
    found: dict[str, Spot] = {}
    for sheet in workbook.worksheets:
        named: Mapping[str, int] = {}
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if "value" in named:
                code = str(cells[named["code"] - 1])
                found[code] = Spot(sheet.title, number, named, sheet.max_row + 1)
            else:
                named = {headings[str(cell)]: i for i, cell in enumerate(cells, 1) if str(cell) in headings}
    return found


def _dress(sheet: Worksheet, spot: Spot) -> None:
    """Give a new row the looks of the row above, unlocked, so that whoever finds it can empty it."""
    for column in spot.columns.values():
        old, fresh = sheet.cell(spot.row, column), sheet.cell(spot.free_row, column)
        for look in LOOKS:
            setattr(fresh, look, copy(getattr(old, look)))
        fresh.protection = Protection(locked=False)
