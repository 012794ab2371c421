"""Which number stands in a cell? Read exactly, or not at all: nothing is guessed."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from indicators.text import tidy

# Longer texts are remarks, not numbers.
LONGEST_NUMBER = 40

_SIGNS = str.maketrans(
    {
        **{"\u2212": "-", "\u2019": "'", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u3000": " "},
        # The decimal, thousands and percent signs of Arabic; the thousands sign groups like an apostrophe.
        **{"\u066b": ".", "\u066c": "'", "\u066a": "%"},
    }
)
_QUOTED_IN_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_WHOLE = re.compile(r"\d+")
# Blanks and apostrophes are never decimal marks, so what they group is certain.
_CERTAIN_GROUPS = re.compile(r"\d{1,3}(?:([ '])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_POINT_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
# "1.234" may be a little over one or more than a thousand; "0.234" and "1234.567" may not.
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_DECIMAL = re.compile(r"\d*[.,]\d+")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a cell says as a number.

    `value` is None for an empty cell and where `problem` (a row of findings.csv) says why there is none.
    `raw` is the text as a person sees it; `candidates` are the two readings of an ambiguous text;
    `stated_percent` is true where the cell itself said that it is a percentage.
    """

    value: float | None
    problem: str | None
    raw: str
    candidates: tuple[float, ...] = ()
    stated_percent: bool = False


def parse(
    value: object, number_format: str = "General", *, percent: bool = False, error: bool = False
) -> Parsed:
    """The number in a cell, in its measurement's unit; percentages run 0-100.

    `value` and `number_format` as openpyxl gives them; `percent` says that the unit is a percentage, so a
    percent sign or a percent format is allowed; `error` marks a cell that holds an error such as #DIV/0!.
    """
    raw = tidy(value)
    if value is None or raw == "":
        return Parsed(None, None, "")
    if error:
        return Parsed(None, "error_value", raw)
    if isinstance(value, bool):
        return Parsed(None, "text_for_number", raw)
    if isinstance(value, int | float):
        return _from_number(value, number_format, percent)
    if isinstance(value, str):
        return _from_text(raw, percent)
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return Parsed(None, "date_for_number", raw)
    return Parsed(None, "text_for_number", raw)


def _from_number(value: float, number_format: str, percent: bool) -> Parsed:
    try:
        finite = math.isfinite(value)
    except OverflowError:
        # A whole number of hundreds of digits.
        finite = False
    if not finite:
        return Parsed(None, "text_for_number", tidy(value))
    if "%" not in _QUOTED_IN_FORMAT.sub("", number_format):
        return Parsed(float(value), None, tidy(value))
    # Decimal keeps 7 % at 7: the float product 0.07 * 100 is 7.000000000000001.
    shown = float(Decimal(repr(value)) * 100)
    raw = f"{tidy(shown)}%"
    if not percent:
        return Parsed(None, "percent_where_none", raw)
    return Parsed(shown, None, raw, stated_percent=True)


def _from_text(raw: str, percent: bool) -> Parsed:
    text = _plain(raw)
    if text is None or len(text) > LONGEST_NUMBER:
        return Parsed(None, "text_for_number", raw)
    stated_percent = text.endswith("%")
    text = text.removesuffix("%").strip()
    sign = text[0] if text[:1] in ("-", "+") else ""
    digits = text.removeprefix(sign).strip()
    if _AMBIGUOUS.fullmatch(digits):
        candidates = tuple(
            float(sign + reading) for reading in (re.sub("[.,]", ".", digits), re.sub("[.,]", "", digits))
        )
        return Parsed(None, "ambiguous_number", raw, candidates, stated_percent)
    number = _certain(digits)
    if number is None:
        return Parsed(None, "text_for_number", raw)
    if stated_percent and not percent:
        return Parsed(None, "percent_where_none", raw)
    return Parsed(float(sign + number), None, raw, stated_percent=stated_percent)


def _plain(value: str) -> str | None:
    """The text in plain digits and signs, None if it holds a character that would change its value.

    Full-width and other decimal digits become 0-9; a raised or circled digit is a footnote, not a number.
    """
    plain = []
    for character in value.strip().translate(_SIGNS):
        form = unicodedata.decomposition(character).partition(" ")[0]
        if unicodedata.category(character) == "Nd":
            plain.append(str(unicodedata.decimal(character)))
        elif form in ("", "<wide>", "<narrow>"):
            plain.append(unicodedata.normalize("NFKC", character))
        else:
            return None
    return "".join(plain).strip()


def _certain(digits: str) -> str | None:
    """The digits as Python writes a number, None if they have no single reading."""
    if _WHOLE.fullmatch(digits):
        return digits
    if _CERTAIN_GROUPS.fullmatch(digits):
        return re.sub("[ ']", "", digits).replace(",", ".")
    if _POINT_GROUPS.fullmatch(digits):
        return digits.replace(".", "").replace(",", ".")
    if _COMMA_GROUPS.fullmatch(digits):
        return digits.replace(",", "")
    if _DECIMAL.fullmatch(digits):
        return digits.replace(",", ".")
    return None
