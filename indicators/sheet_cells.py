"""The cells of one sheet's part: which style they have, and giving them another one where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indicators.letters import name_of, row_and_column
from indicators.package_xml import Element, Markup

# The order of a sheet's parts, which Excel insists on.
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate"),
    *("customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations"),
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
)
# Down to the cells: worksheet, sheetData, row, c.
DEPTH = 4
_RANGE = re.compile(r"([A-Z]{1,3}[1-9]\d{0,6}):([A-Z]{1,3}[1-9]\d{0,6})")
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_TRUE = ("1", "true")

Position = tuple[int, int]


def position(cell: str) -> Position | None:
    """Row and column of a cell such as "F8", None for what is none."""
    match = _CELL.fullmatch(cell)
    if match is None:
        return None
    row, column = row_and_column(cell)
    return (row, column) if row <= _LAST_ROW and column <= _LAST_COLUMN else None


class SheetCells:
    """The cells that exist in a part, by row and column; both may be left out in it and are counted then."""

    def __init__(self, markup: Markup) -> None:
        """`markup` is the part down to DEPTH; ValueError if it has no table of cells."""
        self._markup = markup
        data = markup.root.child("sheetData")
        if data is None:
            raise ValueError("the sheet has no table of cells")
        self._data = data
        self._rows: dict[int, Element] = {}
        self._in_row: dict[int, dict[int, Element]] = {}
        number = 0
        for row in data.all("row"):
            number = int(row.attributes.get("r", number + 1))
            cells, column = self._in_row.setdefault(number, {}), 0
            self._rows[number] = row
            for cell in row.all("c"):
                place = position(cell.attributes.get("r", ""))
                column = place[1] if place else column + 1
                cells[column] = cell
        merges = markup.root.child("mergeCells")
        self._merges = [
            (row_and_column(match[1]), row_and_column(match[2]))
            for merge in (merges.children if merges else [])
            if (match := _RANGE.fullmatch(merge.attributes.get("ref", "")))
        ]

    def styles(self) -> Mapping[Position, int]:
        """The style of every cell that exists."""
        return {
            (row, column): _whole(cell.attributes.get("s"))
            for row, cells in self._in_row.items()
            for column, cell in cells.items()
        }

    def style(self, row: int, column: int) -> int:
        """The style that a cell has, or would have: that of its row or column."""
        cell = self._in_row.get(row, {}).get(column)
        if cell is not None:
            return _whole(cell.attributes.get("s"))
        line = self._rows.get(row)
        if line is not None and line.attributes.get("customFormat") in _TRUE:
            return _whole(line.attributes.get("s"))
        columns = self._markup.root.child("cols")
        for one in columns.children if columns else []:
            if _whole(one.attributes.get("min")) <= column <= _whole(one.attributes.get("max")):
                return _whole(one.attributes.get("style"))
        return 0

    def shown(self, row: int, column: int) -> Position:
        """The cell that is seen where this one is: the first one of its merge, if it is merged."""
        for (top, left), (bottom, right) in self._merges:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column

    def restyle(self, styles: Mapping[Position, int]) -> None:
        """Gives cells other styles; cells and rows that do not exist are put where they belong."""
        missing: dict[int, dict[int, int]] = {}
        for (row, column), style in sorted(styles.items()):
            cell = self._in_row.get(row, {}).get(column)
            if cell is None:
                missing.setdefault(row, {})[column] = style
            elif _whole(cell.attributes.get("s")) != style:
                self._markup.set(cell, "s", str(style))
        for row, cells in missing.items():
            if row in self._rows:
                self._add_cells(row, cells)
            else:
                self._add_row(row, cells)

    def _add_row(self, row: int, cells: Mapping[int, int]) -> None:
        p = self._markup.prefix
        new = "".join(self._cell(row, column, style) for column, style in cells.items())
        written = f'<{p}row r="{row}">{new}</{p}row>'.encode()
        below = [number for number in self._rows if number > row]
        if below:
            self._markup.insert(self._rows[min(below)].start, written)
        else:
            self._markup.append(self._data, written)

    def _add_cells(self, row: int, cells: Mapping[int, int]) -> None:
        line, there = self._rows[row], self._in_row[row]
        for column, style in cells.items():
            written = self._cell(row, column, style).encode()
            behind = [number for number in there if number > column]
            if behind:
                self._markup.insert(there[min(behind)].start, written)
            else:
                self._markup.append(line, written)
        first, _, last = line.attributes.get("spans", "").partition(":")
        if first.isdigit() and last.isdigit():
            reach = f"{min(int(first), *cells)}:{max(int(last), *cells)}"
            if reach != line.attributes["spans"]:
                self._markup.set(line, "spans", reach)

    def _cell(self, row: int, column: int, style: int) -> str:
        return f'<{self._markup.prefix}c r="{name_of(row, column)}" s="{style}"/>'


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
