"""Tables as an .xlsx workbook in which text stays text and numbers stay numbers.

Names come from strangers' workbooks: a text that begins like a formula is kept as text and marked so for
spreadsheet programs (docs: OWASP, CSV Injection).
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from indicators.paper import Paper, at, set_height, set_widths, sheet_name, write_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a column holds -> how Excel shows its numbers.
NUMBER_FORMATS: Mapping[str, str] = {
    "text": "@",
    "whole": "0",
    "points": "0.0",
    "share": "0%",
    "number": "General",
}
# Spreadsheet programs skip these and then read on as if the text began with the next sign.
_SKIPPED = ("\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in characters and what it holds (a key of NUMBER_FORMATS)."""

    title: str
    width: float
    holds: str = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: rows hold a cell for every column; None and NaN leave a cell empty."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    frozen_columns: int = 1
    wrapped: bool = False


def workbook(sheets: Sequence[Sheet], language: str) -> bytes:
    """The sheets as the bytes of an .xlsx file; `language` chooses the font. Points and shares are kept in full."""
    book = Workbook()
    book.remove(book.worksheets[0])
    paper = Paper(language)
    for sheet in sheets:
        write_sheet(book.create_sheet(sheet_name(sheet.title)), sheet, paper)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def write_sheet(target: Worksheet, sheet: Sheet, paper: Paper) -> None:
    """One table on a sheet of a workbook that is being made."""
    widths = [column.width for column in sheet.columns]
    for position, column in enumerate(sheet.columns, start=1):
        paper.header(at(target, 1, position), column.title)
    set_height(target, 1, widths)
    for number, row in enumerate(sheet.rows, start=2):
        for position, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            cell = at(target, number, position)
            _fill(cell, value, column.holds)
            cell.font = paper.plain
            if sheet.wrapped:
                cell.alignment = paper.flush
        if sheet.wrapped:
            set_height(target, number, widths)
    set_widths(target, widths)
    target.freeze_panes = f"{get_column_letter(sheet.frozen_columns + 1)}2"
    last = get_column_letter(len(sheet.columns))
    target.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    target.page_setup.orientation = "landscape"
    target.print_title_rows = "1:1"


def _fill(cell: Cell, value: object, holds: str) -> None:
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return
    if holds == "text":
        write_text(cell, str(value))
        if str(value).startswith(_SKIPPED):
            cell.quotePrefix = True
    elif isinstance(value, int | float):
        cell.value = value
    else:
        raise TypeError(f"a column of {holds} holds numbers, not {value!r}")
    cell.number_format = NUMBER_FORMATS[holds]
