"""A template in the making: what every one of its sheets is written from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from indicators.labels import Label, columns, template_words
from indicators.lists import Lists
from indicators.paper import WARNING, Paper, at, fill, finish, set_height, set_widths, sheet_name, write_text
from scoring.model import Framework, Reading

BANNER_HEIGHT = 24.0
TITLE_HEIGHT = 30.0
HEADER_HEIGHT = 34.0


@dataclass(frozen=True, slots=True)
class WorkList:
    """The part of a workbook that one department fills in: focus areas by code, with or without the ratings.

    `department` and `due` (a day as people write it) stand on the first sheet; either may be "".
    """

    areas: tuple[str, ...]
    ratings: bool
    department: str
    due: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The workbook under way, the catalogue and words it is made from, and what is already filled in."""

    workbook: Workbook
    framework: Framework
    language: str
    lists: Lists
    paper: Paper
    prefill: Reading | None
    invented: bool
    work_list: WorkList | None = None
    # Texts that stand in their cells as they were typed, by field of a record and column.
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def words(self) -> Mapping[str, str]:
        """The template's sentences in its language."""
        return template_words(self.language)

    @property
    def headings(self) -> Mapping[str, Label]:
        """The columns' names and hints in its language."""
        return columns(self.language)

    def open_sheet(self, name: str, title: str, note: str, widths: Sequence[float]) -> tuple[Worksheet, int]:
        """A new sheet with banner, title and note; returns it and the next free row."""
        sheet = self.workbook.create_sheet(sheet_name(name))
        set_widths(sheet, widths)
        row = self._banner(sheet, len(widths))
        at(sheet, row, 1).font = self.paper.title
        write_text(at(sheet, row, 1), title)
        sheet.row_dimensions[row].height = TITLE_HEIGHT
        if not note:
            return sheet, row + 1
        at(sheet, row + 1, 1).font = self.paper.quiet
        at(sheet, row + 1, 1).alignment = self.paper.middle
        sheet.merge_cells(start_row=row + 1, start_column=1, end_row=row + 1, end_column=len(widths))
        write_text(at(sheet, row + 1, 1), note)
        set_height(sheet, row + 1, (sum(widths),))
        return sheet, row + 2

    def _banner(self, sheet: Worksheet, width: int) -> int:
        """Marks a sheet as invented where it is; returns the next free row."""
        if not self.invented:
            return 1
        for column in range(1, width + 1):
            at(sheet, 1, column).fill = fill(WARNING)
        banner = at(sheet, 1, 1)
        write_text(banner, self.words["banner"])
        banner.font, banner.alignment = self.paper.banner, self.paper.middle
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
        sheet.row_dimensions[1].height = BANNER_HEIGHT
        return 2

    def header(self, sheet: Worksheet, row: int, names: Sequence[str]) -> None:
        """The headings of a table."""
        for column, name in enumerate(names, start=1):
            self.paper.header(at(sheet, row, column), self.headings[name].text)
        sheet.row_dimensions[row].height = HEADER_HEIGHT

    def close_sheet(self, sheet: Worksheet, header_row: int, frozen_columns: int) -> None:
        """Freezes the header, locks the sheet and sets it up for printing."""
        frozen = f"{get_column_letter(frozen_columns + 1)}{header_row + 1}" if header_row else None
        edition = f"{self.framework.id} · {self.framework.edition}"
        finish(sheet, header_row, frozen, (self.words["product"], edition, self.words["footer_page"]))
