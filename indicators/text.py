"""Text of a workbook's cells, made comparable and shown as a person would see it."""

from __future__ import annotations

import datetime
import re
import unicodedata

# A message quotes a cell; it does not repeat a whole page.
QUOTED_CHARACTERS = 80

_SPACES = re.compile(r"\s+")
# Marks without a shape (blanks of no width, direction marks): copied along from web pages, seen by nobody.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# Word processors bend apostrophes.
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u0060\u00b4", "'"))
# A larger whole number would show digits that a spreadsheet does not hold.
_EXACT = 1e15
# "Value *", "Value:" and "Value" are the same heading.
_HEADING_TAIL = re.compile(r"[\s:*]+$")


def fold(text: object) -> str:
    """The text as it is compared: one form of every character, lower case, single spaces, no end marks."""
    plain = unicodedata.normalize("NFKC", str(text).translate(_APOSTROPHES)).casefold()
    plain = _INVISIBLE.sub("", plain)
    return _HEADING_TAIL.sub("", _SPACES.sub(" ", plain).strip())


def tidy(value: object) -> str:
    """A cell's text without outer blanks, "" for an empty cell; line breaks inside are kept."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    if isinstance(value, datetime.datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return _INVISIBLE.sub("", str(value)).strip()


def quoted(value: object) -> str:
    """What a message quotes of a cell: one line, cut after QUOTED_CHARACTERS."""
    line = _SPACES.sub(" ", tidy(value))
    return line if len(line) <= QUOTED_CHARACTERS else line[: QUOTED_CHARACTERS - 1] + "…"
