"""Text of a workbook's cells, made comparable and shown as a person would see it."""

from __future__ import annotations

import datetime
import re
import unicodedata

# A message quotes a cell; it does not repeat a whole page.
QUOTED_CHARACTERS = 80

_SPACES = re.compile(r"\s+")
# "Value *", "Value:" and "Value" are the same heading.
_HEADING_TAIL = re.compile(r"[\s:*]+$")


def fold(text: object) -> str:
    """The text as it is compared: one form of every character, lower case, single spaces, no end marks."""
    plain = unicodedata.normalize("NFKC", str(text)).casefold()
    return _HEADING_TAIL.sub("", _SPACES.sub(" ", plain).strip())


def tidy(value: object) -> str:
    """A cell's text without outer blanks, "" for an empty cell; line breaks inside are kept."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return str(value).strip()


def quoted(value: object) -> str:
    """What a message quotes of a cell: one line, cut after QUOTED_CHARACTERS."""
    line = _SPACES.sub(" ", tidy(value))
    return line if len(line) <= QUOTED_CHARACTERS else line[: QUOTED_CHARACTERS - 1] + "…"
