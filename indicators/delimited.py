"""A table saved as text (.csv): which characters, separator and decimal mark it uses, and its cells as a sheet.

Nothing in such a file says how it was written, so every common way is tried and the one under which the table's
headings can be read is taken. What was found is stated in a note.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from indicators.book import Book, Cell, Sheet
from indicators.headers import find_profile, find_table

# In the order to try: what can be told for certain first. Windows-1252 reads anything, so it comes last.
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "cp1252")
SEPARATORS = (",", ";", "\t")
# The same bounds as for the sheets of a workbook (indicators/parts.py).
MOST_ROWS = 10_000
MOST_COLUMNS = 256
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WITH_COMMA = re.compile(r"[-+]?\d+,(\d+)\s*%?")
_WITH_POINT = re.compile(r"[-+]?\d+\.(\d+)\s*%?")
_PAIR = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
# Rare characters have a second byte in the ASCII range, so a few lone bytes are no proof.
_PAIRS_TO_LONE = 4
# As many digits behind a mark as a group of thousands has: such a number tells nothing about the mark.
_GROUP = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text table is written; `decimal` is "" where no number tells."""

    encoding: str
    separator: str
    decimal: str

    def facts(self) -> dict[str, str]:
        """What the note about the file says; a tab and an untold decimal mark as signs that can be seen."""
        return {
            "encoding": self.encoding.removesuffix("-sig").upper(),
            "separator": self.separator.replace("\t", "→"),
            "decimal": self.decimal or "?",
        }


class TextSheet(Sheet):
    """The cells of a text table under the names a spreadsheet would give them."""

    def __init__(self, name: str, rows: list[list[str]], decimal: str) -> None:
        self.name = name
        self.decimal = decimal
        self._merges = ()
        self._cells = {
            (number, column): Cell(text)
            for number, row in enumerate(rows, start=1)
            for column, text in enumerate(row, start=1)
            if text.strip()
        }


class TextBook(Book):
    """A text table in the place of a workbook: one sheet, no formulas."""

    def __init__(self, sheet: TextSheet) -> None:
        self._data, self._formulas = b"", False
        self.sheets = (sheet,)
        sheet.book = self


def open_text(data: bytes, name: str) -> tuple[TextBook, Layout] | None:
    """A text table of ours as a book of one sheet, and how it is written; None if these bytes are none.

    `name` is what the sender called the file; its stem becomes the sheet's name.
    """
    stem = re.sub(r"\.[^.]*$", "", name) or name
    best: tuple[int, list[list[str]], Layout] | None = None
    for encoding, text in _texts(data):
        for separator in SEPARATORS:
            rows = _rows(text, separator)
            if rows is None:
                continue
            table = find_table(TextSheet(stem, rows, "")) or find_profile(TextSheet(stem, rows, ""))
            known = len(table.columns) if table else 0
            if table and (best is None or known > best[0]):
                best = (known, rows, Layout(encoding, separator, _decimal(rows, table.columns.get("value"))))
        if best:
            return TextBook(TextSheet(stem, best[1], best[2].decimal)), best[2]
    return None


def _texts(data: bytes) -> Iterator[tuple[str, str]]:
    """The ways in which the bytes are text at all; a mark at the front settles it."""
    marked = data.startswith(_BYTE_ORDER_MARKS)
    for encoding in ENCODINGS:
        if marked != (encoding == "utf-16") and (marked or encoding == "utf-16"):
            continue
        if encoding == "gb18030" and not _chinese(data):
            continue
        try:
            yield encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue


def _chinese(data: bytes) -> bool:
    """Whether the bytes beyond ASCII come in pairs, as common Chinese characters do; lone ones are European letters."""
    pairs = len(_PAIR.findall(data))
    return pairs > _PAIRS_TO_LONE * len(_BEYOND_ASCII.findall(_PAIR.sub(b"", data)))


def _rows(text: str, separator: str) -> list[list[str]] | None:
    """The table under one separator; None if it is larger than any of ours or no table at all."""
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                return None
    except csv.Error:
        return None
    return rows


def _decimal(rows: list[list[str]], column: int | None) -> str:
    """The decimal mark that the values (column counted from 1) tell; "" if they tell none or contradict each other.

    Only values are asked: codes such as 3.1 look like numbers and tell nothing.
    """
    marks = set()
    for cell in (row[column - 1] for row in rows if column and len(row) >= column):
        for pattern, mark in ((_WITH_COMMA, ","), (_WITH_POINT, ".")):
            found = pattern.fullmatch(cell.strip())
            if found and len(found[1]) != _GROUP:
                marks.add(mark)
    return marks.pop() if len(marks) == 1 else ""
