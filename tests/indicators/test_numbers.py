"""A number is read exactly or not at all."""

from __future__ import annotations

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.numbers import parse

READ = [
    # cell, number format, percent unit, value
    (5, "General", False, 5.0),
    (0, "General", True, 0.0),
    (-3.5, "0.0", False, -3.5),
    (0.45, "0%", True, 45.0),
    (0.07, "0.00%", True, 7.0),
    (1, "0%", True, 100.0),
    (45, '0.0" %"', True, 45.0),
    (45, r"0\%", True, 45.0),
    ("97.5", "@", True, 97.5),
    ("45,5", "General", True, 45.5),
    ("45,5 %", "General", True, 45.5),
    ("45.5%", "General", True, 45.5),
    ("４５．５％", "General", True, 45.5),
    ("１２３", "General", False, 123.0),
    ("٤٥", "General", True, 45.0),
    ("٤٥٫٥٪", "General", True, 45.5),
    ("١٬٢٣٤٫٥", "General", False, 1234.5),
    ("\u200b45\ufeff", "General", True, 45.0),
    ("  12 ", "General", False, 12.0),
    ("-4,9", "General", False, -4.9),
    ("−4.9", "General", False, -4.9),
    ("+3", "General", False, 3.0),
    ("0.123", "General", True, 0.123),
    ("0,123", "General", True, 0.123),
    ("1234.567", "General", False, 1234.567),
    ("1,234.5", "General", False, 1234.5),
    ("1.234,5", "General", False, 1234.5),
    ("1,234,567", "General", False, 1234567.0),
    ("1.234.567", "General", False, 1234567.0),
    ("1 234", "General", False, 1234.0),
    ("1\u00a0234,5", "General", False, 1234.5),
    ("1\u202f234\u202f567", "General", False, 1234567.0),
    ("1'234", "General", False, 1234.0),
    ("1’234.5", "General", False, 1234.5),
    (".5", "General", True, 0.5),
]


@pytest.mark.parametrize(("cell", "number_format", "percent", "value"), READ)
def test_reads(cell: object, number_format: str, percent: bool, value: float) -> None:
    parsed = parse(cell, number_format, percent=percent)
    assert (parsed.value, parsed.problem) == (value, None)


REFUSED = [
    ("nan", "General", "text_for_number"),
    ("Infinity", "General", "text_for_number"),
    ("-inf", "General", "text_for_number"),
    ("1_000", "General", "text_for_number"),
    ("0x10", "General", "text_for_number"),
    ("1.2.3", "General", "text_for_number"),
    ("1.1.1", "General", "text_for_number"),
    ("12 34", "General", "text_for_number"),
    ("12.5²", "General", "text_for_number"),
    ("①", "General", "text_for_number"),
    ("½", "General", "text_for_number"),
    ("⒈5", "General", "text_for_number"),
    ("45 %%", "General", "text_for_number"),
    ("45‰", "General", "percent_where_none"),
    ("n/a", "General", "missing_word"),
    ("3-5", "General", "range_for_number"),
    ("5 %", "General", "percent_where_none"),
    (0.45, "0%", "percent_where_none"),
    (True, "General", "text_for_number"),
    (math.nan, "General", "text_for_number"),
    (10**400, "General", "text_for_number"),
    (10**400, "0%", "text_for_number"),
    (math.inf, "General", "text_for_number"),
    ("9" * 41, "General", "text_for_number"),
    (datetime.datetime(2026, 9, 4), "yyyy-mm-dd", "date_for_number"),
    (datetime.date(2026, 9, 4), "yyyy-mm-dd", "date_for_number"),
    (datetime.time(4, 9), "hh:mm", "date_for_number"),
    (datetime.timedelta(days=3), "[hh]:mm", "date_for_number"),
]


@pytest.mark.parametrize(("cell", "number_format", "problem"), REFUSED)
def test_refuses(cell: object, number_format: str, problem: str) -> None:
    parsed = parse(cell, number_format)
    assert (parsed.value, parsed.problem) == (None, problem)
    assert parsed.raw


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("1.234", (1.234, 1234.0)),
        ("1,234", (1.234, 1234.0)),
        ("-45.500", (-45.5, -45500.0)),
        ("999,999", (999.999, 999999.0)),
        ("45.500 %", (45.5, 45500.0)),
        ("１，２３４", (1.234, 1234.0)),
    ],
)
def test_asks_where_three_digits_follow_a_single_mark(text: str, candidates: tuple[float, float]) -> None:
    parsed = parse(text, percent=True)
    assert (parsed.value, parsed.problem, parsed.candidates) == (None, "ambiguous_number", candidates)


@pytest.mark.parametrize("text", ["#DIV/0!", "#N/A", "#REF!", "#NAME?"])
def test_names_an_error(text: str) -> None:
    parsed = parse(text, error=True)
    assert (parsed.value, parsed.problem, parsed.raw) == (None, "error_value", text)


@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0"])
def test_an_empty_cell_is_no_problem(cell: object) -> None:
    assert parse(cell) == parse(None)


@pytest.mark.parametrize(
    ("cell", "number_format", "raw", "stated"),
    [(0.455, "0.0%", "45.5%", True), ("45.5 %", "General", "45.5 %", True), (45.5, "General", "45.5", False)],
)
def test_keeps_what_a_person_sees(cell: object, number_format: str, raw: str, stated: bool) -> None:
    parsed = parse(cell, number_format, percent=True)
    assert (parsed.raw, parsed.stated_percent) == (raw, stated)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_cell_is_never_changed(number: float) -> None:
    assert parse(number).value == number


@given(
    st.integers(0, 10**12), st.sampled_from(["{:,}", "{:_}"]), st.sampled_from([" ", "'", "\u202f", "\u00a0"])
)
def test_grouped_by_blanks_or_apostrophes_is_read_back(number: int, layout: str, mark: str) -> None:
    assert parse(layout.format(number).replace(",", mark).replace("_", mark)).value == number


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_named(text: str) -> None:
    parsed = parse(text, percent=True)
    assert (parsed.value is None) == (parsed.problem is not None or not text.strip())
    assert parsed.value is None or math.isfinite(parsed.value)
