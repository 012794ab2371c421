"""What a single part of a workbook's zip holds, seen without parsing it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# A city's sheet has some 60 rows and 12 columns; beyond these bounds a cell is a slip or a trap.
LAST_ROW = 10_000
LAST_COLUMN = 256
LAST_CELL = "IV10000"
# "Z9999" and all that stands before it is no longer than this.
_SHORT = 5

# A cell holds 32,767 characters at most, written with up to six bytes each; a number format 255.
LIMIT_TEXT = 200_000
LIMIT_FORMAT = 1_000

# No "<" stands inside a tag, but ">" may: a tag is looked at up to the next one.
_TAG = rb"<(?:[^\s<>/:]+:)?"
_POSITION = re.compile(_TAG + rb"""(?:c|row)\s[^<>]*?\br\s*=\s*["']([^"']*)""")
_ROW = re.compile(_TAG + rb"row[\s/>]")
# What the reader spreads over every cell of an area, building those that are not there.
_SPREAD = re.compile(_TAG + rb"(?:mergeCell|hyperlink|comment)\s([^<]*)")
_AREA_NAMED = re.compile(rb"""\bref\s*=\s*["']([^"']*)""")
_AREA = re.compile(rb"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.IGNORECASE)
_WHOLE_SHEET = 1_048_576 * 16_384
_FORMAT = re.compile(rb"""\bformatCode\s*=\s*("[^"]*|'[^']*)""")
# A text in place, of which the reader would pass over the number that stands there instead.
_LOST = re.compile(_TAG + rb"""c\s[^<]*?\bt\s*=\s*["']inlineStr["'][^<]*""" + _TAG + rb"v[\s/>]")
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
        # A part of any name may be read as markup; pictures alone may hold declarations of their own.
        return not self.name.startswith("xl/media/")

    @property
    def is_sheet(self) -> bool:
        # A sheet may lie under any name; its table of cells gives it away.
        return b"sheetData" in self.content or _ROW.search(self.content) is not None


def forbidden(part: Part) -> bool:
    """Whether the part declares a document type or entities."""
    return _FORBIDDEN.search(part.content) is not None


def positions(part: Part) -> list[bytes]:
    """Where the part's rows and cells say that they stand, such as b"5" and b"F5", in their order."""
    return _POSITION.findall(part.content)


def far_cell(part: Part, places: Sequence[bytes]) -> str:
    """The first of the part's positions beyond LAST_ROW or LAST_COLUMN, "" if there is none.

    Rows that do not say where they stand are counted.
    """
    for place in places:
        # Nearly all are a letter and up to four digits; only others are taken apart.
        if len(place) <= _SHORT and not place[:2].isalpha():
            continue
        match = _AREA.fullmatch(place if place[:1].isalpha() else b"A" + place)
        if match and (int(match[2]) > LAST_ROW or column_number(match[1]) > LAST_COLUMN):
            return place.decode()
    rows = len(_ROW.findall(part.content))
    return f"A{rows}" if rows > LAST_ROW else ""


def repeated_cell(places: Sequence[bytes]) -> bool:
    """Whether a row or a cell stands twice: which of the two counts cannot be told."""
    return len(set(places)) < len(places)


def lost_value(part: Part) -> bool:
    """Whether a cell says that it holds a text and holds a number."""
    return _LOST.search(part.content) is not None


def spread_area(part: Part) -> int:
    """How many cells the part's merges, links and comments cover; one that cannot be told counts as a sheet."""
    total = 0
    for tag in _SPREAD.findall(part.content):
        for area in _AREA_NAMED.findall(tag):
            match = _AREA.fullmatch(area)
            if match is None:
                total += _WHOLE_SHEET
            elif match[3]:
                wide = abs(column_number(match[3]) - column_number(match[1])) + 1
                total += wide * (abs(int(match[4]) - int(match[2])) + 1)
    return total


def overlong(part: Part) -> bool:
    """Whether a number format or a single text is longer than any that an office program writes."""
    if any(len(found) > LIMIT_FORMAT for found in _FORMAT.findall(part.content)):
        return True
    return max(map(len, part.content.split(b"<"))) > LIMIT_TEXT


def has_formula(part: Part) -> bool:
    """Whether any cell of the part holds a formula."""
    return _FORMULA.search(part.content) is not None


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - 64
    return number
