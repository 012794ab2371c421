"""Cells by their letters and figures, such as B12, and by row and column, both counted from 1."""

from __future__ import annotations

# openpyxl comes in with the first cell: it takes longer to import than a page takes to draw, and few pages need it.


def name_of(row: int, column: int) -> str:
    """The cell in a row and a column: (12, 2) is B12."""
    from openpyxl.utils.cell import get_column_letter

    return f"{get_column_letter(column)}{row}"


def row_and_column(cell: str) -> tuple[int, int]:
    """Where a cell stands: B12 is (12, 2). ValueError for a name that is none."""
    from openpyxl.utils.cell import coordinate_to_tuple

    return coordinate_to_tuple(cell)
