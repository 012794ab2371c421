"""Accidents as they happen to filled workbooks: what was done, and every finding that it must give.

The workbook and its places are those of `tests.indicators.faults`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook

from tests.indicators.faults import A1, A2, A3, PROFILE, RATINGS

Expected = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Accident:
    """What happened, how it is planted, and the findings: kind, sheet and cell, in the order of the workbook."""

    name: str
    plant: Callable[[Workbook], None]
    findings: Expected


def _put(sheet: str, **cells: object) -> Callable[[Workbook], None]:
    def plant(book: Workbook) -> None:
        for cell, value in cells.items():
            book[sheet][cell] = value

    return plant


def _formatted(sheet: str, cell: str, value: object, number_format: str) -> Callable[[Workbook], None]:
    def plant(book: Workbook) -> None:
        book[sheet][cell] = value
        book[sheet][cell].number_format = number_format

    return plant


def _one(kind: str, sheet: str, cell: str) -> Expected:
    return ((kind, sheet, cell),)


def _each(kind: str, sheet: str, column: str, *rows: int) -> Expected:
    return tuple((kind, sheet, f"{column}{row}") for row in rows)


def _values(kind: str, *written: tuple[str, object]) -> list[Accident]:
    """Accidents in the value of 1.1.1, a percentage."""
    return [Accident(f"value: {name}", _put(A1, F5=value), _one(kind, A1, "F5")) for name, value in written]


def _moved_down(book: Workbook) -> None:
    """Every value of a focus area slipped by one row, as when a cell was inserted above."""
    book[A1]["F4"], book[A1]["F5"] = book[A1]["F5"].value, None


def _pasted_over_headings(book: Workbook) -> None:
    for column in "CDEFGHIJKLM":
        book[A1][f"{column}3"] = None


def _sorted_without_codes(book: Workbook) -> None:
    """Codes sorted and the other columns not."""
    book[A1]["A5"], book[A1]["A7"] = book[A1]["A7"].value, book[A1]["A5"].value


def _copy_of_a_sheet(book: Workbook) -> None:
    book.copy_worksheet(book[A2])


def _codes_lost(book: Workbook) -> None:
    book[A2]["A8"] = None


def _all_codes_lost(book: Workbook) -> None:
    for row in range(4, book[A2].max_row + 1):
        book[A2][f"A{row}"] = None


def _profile_swapped(book: Workbook) -> None:
    """Population and area exchanged."""
    book[PROFILE]["B7"], book[PROFILE]["B9"] = 371.5, 68_000


ACCIDENTS: list[Accident] = [
    *_values(
        "text_for_number",
        ("a word", "majority"),
        ("a sum written out", "40 + 10"),
        ("two numbers", "45; 50"),
        ("a unit alone", "%"),
        ("crossed out", "50 (old) 55 (new)"),
        ("a link", "see https://example.org"),
        ("a Chinese remark", "见附件"),
        ("a letter for a digit", "5O"),
        ("false", False),
    ),
    *_values(
        "error_value",
        ("a lost reference", "#REF!"),
        ("not available", "#N/A"),
        ("a wrong name", "#NAME?"),
        ("a wrong kind", "#VALUE!"),
        ("out of numbers", "#NUM!"),
    ),
    *_values(
        "out_of_range",
        ("a hundred times too much", 5000),
        ("negative", -3),
        ("with a minus sign of its own", "−3"),
        ("just above all", 100.01),
        ("a year in the wrong column", 2024),
        ("with a percent sign", "120 %"),
        ("a monstrous number", 1e300),
    ),
    *_values(
        "fraction_percent",
        ("a half", 0.5),
        ("one", 1),
        ("a fraction as text", "0.45"),
        ("a fraction with a comma", "0,45"),
    ),
    *_values(
        "date_for_number",
        ("a day", datetime.date(2024, 5, 6)),
        ("a moment", datetime.datetime(2024, 5, 6, 7, 8)),
        ("a time of the day", datetime.time(12, 30)),
    ),
    *_values(
        "missing_word",
        ("an abbreviation for nothing", "n/a"),
        ("a Chinese none", "无"),
        ("a question mark", "?"),
        ("not recorded in Spanish", "sin datos"),
    ),
    *_values(
        "range_for_number",
        ("a range with a hyphen", "45-50"),
        ("a range in words", "45 to 50"),
    ),
    *_values("bound_for_number", ("less than", "<5"), ("at least", "≥ 90 %")),
    *_values(
        "uncalculated",
        ("a formula never calculated", "=F7*2"),
        ("a formula to another workbook", "='[other.xlsx]Sheet1'!A1"),
        ("a call to the web", '=WEBSERVICE("http://example.org")'),
    ),
    Accident(
        "dollars: one mark before three digits", _put(A2, F5="12,345"), _one("ambiguous_number", A2, "F5")
    ),
    Accident("dollars: in percent", _put(A2, F5="45 %"), _one("percent_where_none", A2, "F5")),
    Accident("dollars: in euros", _put(A2, F5="€ 20 000"), _one("other_unit", A2, "F5")),
    Accident(
        "dollars: a date format", _formatted(A2, "F5", 45000, "yyyy-mm-dd"), _one("date_for_number", A2, "F5")
    ),
    Accident(
        "percent: a percent format on 50", _formatted(A1, "F5", 50, "0%"), _one("out_of_range", A1, "F5")
    ),
    Accident("level: a word", _put(A3, F11="high"), _one("text_for_number", A3, "F11")),
    Accident("level: negative", _put(A3, F11=-1), _one("out_of_range", A3, "F11")),
    Accident("level: between two", _put(A3, F11="3,5"), _one("ladder_not_whole", A3, "F11")),
    Accident("level: a percentage", _put(A3, F11=80), _one("out_of_range", A3, "F11")),
    Accident("year: two digits", _put(A1, G5=24), _one("year_unclear", A1, "G5")),
    Accident("year: a span", _put(A1, G5="2020-2024"), _one("year_unclear", A1, "G5")),
    Accident("year: a word", _put(A1, G5="last year"), _one("year_unclear", A1, "G5")),
    Accident("year: an error", _put(A1, G5="#REF!"), _one("year_unclear", A1, "G5")),
    Accident("year: in the far future", _put(A1, G5=2204), _one("year_future", A1, "G5")),
    Accident("year: before the turn of the century", _put(A1, G5=1998), _one("year_too_old", A1, "G5")),
    Accident("state: of another language", _put(A1, H7="pendiente"), _one("unknown_state", A1, "H7")),
    Accident("state: a number", _put(A1, H7=3), _one("unknown_state", A1, "H7")),
    Accident("grade: a number", _put(A1, I5=1), _one("grade_unknown", A1, "I5")),
    Accident("source: blanks", _put(A1, J5="   "), _one("source_missing", A1, "J5")),
    Accident("source: an error", _put(A1, J5="#REF!"), _one("source_missing", A1, "J5")),
    Accident(
        "row: the value one row too high",
        _moved_down,
        (("value_not_asked", A1, "F4"), ("answered_without_value", A1, "F5")),
    ),
    Accident(
        "row: a total below the table", _put(A1, E40="Total", F40=350), _one("row_without_code", A1, "F40")
    ),
    Accident("row: its code lost", _codes_lost, (("row_without_code", A2, "F8"), ("missing_rows", "", ""))),
    Accident(
        "row: a code with a letter",
        _put(A1, A5="1.1.l"),
        (("unknown_code", A1, "A5"), ("missing_rows", "", "")),
    ),
    Accident(
        "row: codes sorted and titles not",
        _sorted_without_codes,
        (("title_mismatch", A1, "B5"), ("title_mismatch", A1, "B7")),
    ),
    Accident(
        "sheet: a copy of it beside it",
        _copy_of_a_sheet,
        _each("duplicate_code", f"{A2} Copy", "F", 5, 6, 8, 10, 12, 14),
    ),
    Accident(
        "sheet: all codes lost",
        _all_codes_lost,
        (*_each("row_without_code", A2, "F", 5, 6, 8, 10, 12, 14), ("missing_area", "", "")),
    ),
    Accident("headings: pasted over", _pasted_over_headings, _one("missing_area", "", "")),
    Accident("headings: the value's misspelt", _put(A1, F3="Valeu"), _one("missing_column", A1, "A3")),
    Accident(
        "headings: the code's lost",
        _put(A1, A3=None),
        (("missing_column", A1, "A3"), ("missing_area", "", "")),
    ),
    Accident(
        "headings: the year's lost",
        _put(A1, G3=None),
        _each("year_missing", A1, "A", 5, 7, 8, 10, 11, 13, 14),
    ),
    Accident("ratings: six", _put(RATINGS, F4=6), _one("out_of_range", RATINGS, "F4")),
    Accident("ratings: a word", _put(RATINGS, F4="good"), _one("text_for_number", RATINGS, "F4")),
    Accident("ratings: a code of nothing", _put(RATINGS, A4="77"), _one("unknown_code", RATINGS, "A4")),
    Accident(
        "profile: an error for the population", _put(PROFILE, B7="#N/A"), _one("profile_error", PROFILE, "B7")
    ),
    Accident(
        "profile: nobody lives there", _put(PROFILE, B7=-5), _one("profile_out_of_range", PROFILE, "B7")
    ),
    Accident(
        "profile: the year of assessment lost",
        _put(PROFILE, B14=" "),
        _one("assessment_year_missing", PROFILE, "B14"),
    ),
    Accident(
        "profile: two countries", _put(PROFILE, B5="Norway and Sweden"), _one("country_near", PROFILE, "B5")
    ),
    Accident("profile: a name of an error", _put(PROFILE, B4="#NAME?"), _one("profile_error", PROFILE, "B4")),
    Accident(
        "profile: the year of assessment in words",
        _put(PROFILE, B14="this year"),
        _one("profile_not_number", PROFILE, "B14"),
    ),
    Accident(
        "profile: population and area exchanged", _profile_swapped, _one("profile_not_number", PROFILE, "B7")
    ),
    Accident(
        "profile: a state of its own",
        _put(PROFILE, B12="maybe"),
        _one("profile_unknown_choice", PROFILE, "B12"),
    ),
]
