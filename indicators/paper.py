"""How a template looks: calm colours, cells that say where to write, sheets that print."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

# Excel shows no more text in one cell, and openpyxl would cut it without a word.
LONGEST_TEXT = 32_767
LONGEST_SHEET_NAME = 31
# A line of 10 point text, the same with Chinese characters, and the room around a row's text, in points.
LINE_HEIGHT, WIDE_LINE_HEIGHT = 13.5, 16.0
ROW_PADDING = 5.0
TALLEST_ROW = 400.0
BAND_HEIGHT = 19.0
# The width of a Chinese character and of a letter on average, in digits of the usual font.
WIDE, NARROW = 1.95, 0.92
INDENT = 1.0

# Fonts that every Office has; LibreOffice puts its own in their place.
FONTS = {"en": "Calibri", "zh": "Microsoft YaHei"}
INK = "22313A"
QUIET = "6B7780"
DEEP = "1F4E5F"
PALE = "E6EEF1"
INPUT = "FFF9E5"
INPUT_EDGE = "D8CFA8"
EDGE = "D5DDE1"
WARNING = "B3261E"

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def sheet_name(text: str) -> str:
    """The text as Excel lets a sheet be called."""
    return _NOT_IN_SHEET_NAMES.sub(" ", text)[:LONGEST_SHEET_NAME].strip().strip("'")


def at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, which must not lie inside a merge."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def write_text(cell: Cell, text: str) -> None:
    """Writes a text that stays a text: a leading = + - @ is never taken for a formula."""
    kept = _SURROGATES.sub("\ufffd", ILLEGAL_CHARACTERS_RE.sub(" ", text))[:LONGEST_TEXT]
    cell.value = kept
    cell.data_type = "s"
    if kept[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True


def write(cell: Cell, value: object) -> None:
    """Writes a number as a number and everything else as text; nothing for None and ""."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = int(value) if float(value).is_integer() else value
    elif value is not None and value != "":
        write_text(cell, str(value))


class Paper:
    """The styles of one language's template, made once and shared by all its cells."""

    def __init__(self, language: str) -> None:
        name = FONTS[language]
        edge = Side(style="thin", color=EDGE)
        input_edge = Side(style="thin", color=INPUT_EDGE)
        self.plain = Font(name=name, size=10, color=INK)
        self.bold = Font(name=name, size=10, bold=True, color=INK)
        self.quiet = Font(name=name, size=10, italic=language == "en", color=QUIET)
        self.title = Font(name=name, size=16, bold=True, color=DEEP)
        self.heading = Font(name=name, size=12, bold=True, color=DEEP)
        self.on_deep = Font(name=name, size=10, bold=True, color="FFFFFF")
        self.banner = Font(name=name, size=12, bold=True, color="FFFFFF")
        self.line = Border(bottom=edge)
        self.box = Border(left=input_edge, right=input_edge, top=input_edge, bottom=input_edge)
        self.wrap = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
        self.flush = Alignment(wrap_text=True, vertical="top")
        self.band_line = Alignment(vertical="center", horizontal="left", indent=1)
        self.middle = Alignment(wrap_text=True, vertical="center")
        self.centre = Alignment(wrap_text=True, vertical="center", horizontal="left", indent=1)
        self.open = Protection(locked=False)

    def label(
        self, cell: Cell, text: str, font: Font | None = None, alignment: Alignment | None = None
    ) -> None:
        """A locked text, at the top of its cell unless said otherwise."""
        write_text(cell, text)
        cell.font, cell.alignment, cell.border = font or self.plain, alignment or self.wrap, self.line

    def header(self, cell: Cell, text: str) -> None:
        """A column's heading."""
        write_text(cell, text)
        cell.font, cell.alignment, cell.fill = self.on_deep, self.centre, fill(DEEP)

    def band(self, sheet: Worksheet, row: int, columns: int, texts: Sequence[str]) -> None:
        """A heading across the table: the first cells hold `texts`, the rest is coloured."""
        for column in range(1, columns + 1):
            cell = at(sheet, row, column)
            cell.fill, cell.font, cell.alignment = fill(PALE), self.bold, self.band_line
            if column <= len(texts):
                write_text(cell, texts[column - 1])
        sheet.row_dimensions[row].height = BAND_HEIGHT

    def answer(self, cell: Cell, value: object, alignment: Alignment | None = None) -> None:
        """An unlocked cell to be filled in, at its top unless said otherwise."""
        write(cell, value)
        cell.font, cell.alignment, cell.border = self.plain, alignment or self.wrap, self.box
        cell.fill, cell.protection = fill(INPUT), self.open


def fill(colour: str) -> PatternFill:
    """A cell's background."""
    return PatternFill("solid", fgColor=colour)


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Column widths in characters, from the first column on."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def set_height(sheet: Worksheet, row: int, widths: Sequence[float], least: float = 0.0) -> None:
    """Makes the row as tall as its longest text needs; spreadsheets do not do so on opening."""
    texts = [(cell.value, width) for cell, width in zip(sheet[row], widths, strict=False)]
    lines = max((_lines(text, width) for text, width in texts), default=1)
    line = (
        WIDE_LINE_HEIGHT
        if any(_is_wide(letter) for text, _ in texts for letter in str(text))
        else LINE_HEIGHT
    )
    sheet.row_dimensions[row].height = min(TALLEST_ROW, max(least, lines * line + ROW_PADDING))


def _lines(value: object, width: float) -> int:
    if not isinstance(value, str):
        return 1
    # A little less than the column, because words do not break where the line ends.
    room = max(1.0, width * 0.95 - INDENT)
    return sum(max(1, math.ceil(display_width(line) / room)) for line in value.split("\n"))


def display_width(text: str) -> float:
    """The width of a text in the unit of column widths, the width of a digit in the usual font."""
    return sum(WIDE if _is_wide(letter) else NARROW for letter in text)


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def finish(sheet: Worksheet, header_row: int, frozen: str | None, footer: tuple[str, str, str]) -> None:
    """Freezes, locks and sets up the sheet for printing: landscape, one page wide, headings on each page."""
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = frozen
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.8
    sheet.page_margins.header, sheet.page_margins.footer = 0.2, 0.4
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    page_footer = sheet.oddFooter
    assert page_footer is not None
    page_footer.left.text, page_footer.center.text, page_footer.right.text = footer
    protection = sheet.protection
    protection.sheet = True
    # Without a password, and people may still widen what is too narrow for them.
    protection.formatColumns = protection.formatRows = protection.formatCells = False
