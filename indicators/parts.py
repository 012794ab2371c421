"""What a single part of a workbook's zip holds, seen without parsing it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A city's sheet has some 60 rows and 12 columns; beyond these bounds a cell is a slip or a trap.
LAST_ROW = 10_000
LAST_COLUMN = 256
LAST_CELL = "IV10000"

_FAR_ROW = re.compile(rb'\sr="([A-Z]{0,3})(\d{5,})"')
_FAR_COLUMN = re.compile(rb'\sr="([A-Z]{2,})(\d+)"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name in lower case and its unpacked bytes, without zero bytes.

    Without them markup in UTF-16 or UTF-32 reads like ASCII, so nothing hides behind an encoding.
    """

    name: str
    content: bytes

    @property
    def is_markup(self) -> bool:
        return self.name.endswith((".xml", ".rels", ".vml"))

    @property
    def is_sheet(self) -> bool:
        # A sheet may lie under any name; its table of cells gives it away.
        return b"sheetData" in self.content


def forbidden(part: Part) -> bool:
    """Whether the part declares a document type or entities."""
    return _FORBIDDEN.search(part.content) is not None


def far_cell(part: Part) -> str:
    """The first cell or row beyond LAST_ROW or LAST_COLUMN, "" if there is none."""
    for match in _FAR_ROW.finditer(part.content):
        if int(match[2][:9]) > LAST_ROW:
            return (match[1] + match[2][:9]).decode()
    for match in _FAR_COLUMN.finditer(part.content):
        if column_number(match[1]) > LAST_COLUMN:
            return (match[1][:4] + match[2][:9]).decode()
    return ""


def merged_area(part: Part) -> int:
    """How many cells the part's merges cover together."""
    return sum(
        (column_number(right) - column_number(left) + 1) * (int(bottom[:9]) - int(top[:9]) + 1)
        for left, top, right, bottom in _MERGE.findall(part.content)
    )


def has_formula(part: Part) -> bool:
    """Whether any cell of the part holds a formula."""
    return _FORMULA.search(part.content) is not None


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number
