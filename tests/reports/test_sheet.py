"""Exported tables: text stays text, numbers stay numbers, whatever a city is called."""

from __future__ import annotations

import io
import math

import pytest
from openpyxl import load_workbook

from reports.sheet import Column, Sheet, workbook

NAMES = [
    "Riverbend",
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+48 123",
    "-3.4 % since 2019",
    "@handle",
    "\t=1",
    "<b>x</b>",
    "云澜市",
    "a\nb",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_back_as_it_was_and_is_no_formula(name: str) -> None:
    data = workbook(
        [Sheet("S", (Column("City", 20), Column("Points", 10, "points")), ((name, 72.65),))], "en"
    )
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == name
    assert (sheet["B2"].value, sheet["B2"].number_format) == (72.65, "0.0")


def test_what_is_not_there_is_an_empty_cell() -> None:
    columns = (Column("A", 10, "points"), Column("B", 10, "share"), Column("C", 10))
    data = workbook([Sheet("S", columns, ((math.nan, 0.5, None),))], "zh")
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [sheet.cell(2, column).value for column in (1, 2, 3)] == [None, 0.5, None]
    assert sheet.freeze_panes is not None
