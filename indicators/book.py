"""The sheets of a workbook as cells that can be asked for, opened once by openpyxl.

Cells are kept sparse: a sheet is what stands in it, not the area that it claims to have.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from indicators.letters import name_of
from scoring.model import Place

# Every page knows of cells and few open a workbook: openpyxl comes in with the first one that is opened.
if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: the saved value, how it is formatted, and whether it is an error."""

    value: object = None
    number_format: str = "General"
    error: bool = False


EMPTY = Cell()
# All texts of a filled workbook have some 60,000 characters together. A long one that thousands of cells share is
# small in the file and is looked at again in each of them.
LIMIT_CHARACTERS = 3_000_000


class Sheet:
    """One sheet: its name as written and its cells by row and column, both counted from 1.

    `decimal` is the decimal mark of a text table, where it has one; cells of a workbook need none.
    """

    decimal = ""

    def __init__(self, book: Book, worksheet: Worksheet) -> None:
        from openpyxl.cell.cell import MergedCell

        self.book = book
        self.name = worksheet.title
        # openpyxl has no public way to the cells that exist; every other one fills the gaps first.
        existing = worksheet._cells
        self._cells: dict[tuple[int, int], Cell] = {
            position: Cell(cell.value, cell.number_format, cell.data_type == "e")
            for position, cell in sorted(existing.items())
            if cell.value is not None and not isinstance(cell, MergedCell)
        }
        self._merges = tuple(worksheet.merged_cells.ranges)
        texts = (cell.value for cell in self._cells.values() if isinstance(cell.value, str))
        self.characters = sum(map(len, texts))

    def cell(self, row: int, column: int) -> Cell:
        """The cell, empty if nothing stands there; of merged cells only the first holds anything."""
        return self._cells.get((row, column), EMPTY)

    def overwrite(self, cells: Mapping[tuple[int, int], Cell]) -> None:
        """Put other cells in the place of some, in memory; an empty one takes away what stands there."""
        self._cells |= {at: cell for at, cell in cells.items() if cell.value is not None}
        for at in (at for at, cell in cells.items() if cell.value is None):
            self._cells.pop(at, None)

    @cached_property
    def rows(self) -> Mapping[int, tuple[int, ...]]:
        """Row -> the columns in which something stands, rows from the top."""
        rows: dict[int, list[int]] = {}
        for row, column in self._cells:
            rows.setdefault(row, []).append(column)
        return {row: tuple(columns) for row, columns in rows.items()}

    def place(self, row: int, column: int) -> Place:
        """Where the cell stands, for a finding."""
        return Place(self.name, name_of(row, column))

    def merged_into(self, row: int, column: int) -> Cell:
        """The first cell of the merge that swallowed this one; empty if none did or nothing is in it."""
        for merge in self._merges:
            inside = merge.min_row <= row <= merge.max_row and merge.min_col <= column <= merge.max_col
            if inside and (row, column) != (merge.min_row, merge.min_col):
                return self.cell(merge.min_row, merge.min_col)
        return EMPTY

    def uncalculated(self, row: int, column: int) -> bool:
        """Whether the cell holds a formula of which no result was saved."""
        return (self.name, row, column) in self.book.uncalculated


class Book:
    """A workbook's sheets in their order, hidden ones included."""

    def __init__(self, data: bytes, formulas: bool) -> None:
        """Opens `data`; MemoryError on too much text, and whatever openpyxl raises on a file it cannot read."""
        self._data = data
        self._formulas = formulas
        self.sheets = tuple(Sheet(self, worksheet) for worksheet in _open(data, values=True).worksheets)
        if sum(sheet.characters for sheet in self.sheets) > LIMIT_CHARACTERS:
            raise MemoryError("more text than a workbook may hold")

    @cached_property
    def uncalculated(self) -> frozenset[tuple[str, int, int]]:
        """Sheet, row and column of every formula without a result; a second look, taken only if needed."""
        if not self._formulas:
            return frozenset()
        values = {sheet.name: sheet for sheet in self.sheets}
        return frozenset(
            (worksheet.title, row, column)
            for worksheet in _open(self._data, values=False).worksheets
            for (row, column), cell in worksheet._cells.items()
            if cell.data_type == "f" and values[worksheet.title].cell(row, column).value is None
        )


def _open(data: bytes, *, values: bool) -> Workbook:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns about parts that it leaves out; nothing here needs them.
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(data), data_only=values, keep_links=False)
