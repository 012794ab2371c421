"""Where every answer of a merged workbook came from, as a sheet of its own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import load_workbook

from indicators.labels import template_words
from indicators.paper import at, set_widths, write_text

WIDTHS = (26.0, 40.0, 34.0, 12.0)
HEADINGS = ("origin_field", "origin_file", "origin_sheet", "origin_cell")


@dataclass(frozen=True, slots=True)
class Origin:
    """One field of a merged workbook and the file, sheet and cell that it was taken from ("" where there is none)."""

    field: str
    file: str
    sheet: str
    cell: str


def with_origins(data: bytes, origins: Sequence[Origin], language: str) -> bytes:
    """The workbook with one more sheet that names the origin of every answer; texts are inert."""
    words = template_words(language)
    workbook = load_workbook(io.BytesIO(data))
    sheet = workbook.create_sheet(words["origins_sheet"])
    set_widths(sheet, WIDTHS)
    for column, heading in enumerate(HEADINGS, start=1):
        write_text(at(sheet, 1, column), words[heading])
    for row, origin in enumerate(origins, start=2):
        for column, text in enumerate((origin.field, origin.file, origin.sheet, origin.cell), start=1):
            write_text(at(sheet, row, column), text)
    sheet.freeze_panes = "A2"
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()
