"""A sheet with a row for each city: the same scores as one workbook a city, and every fault at its cell."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from actions.__main__ import main
from actions.output import as_table, judge
from indicators import key_features
from indicators.declarations import yeonsu
from indicators.panel_sheet import (
    NO_CITY_COLUMN,
    NO_MEASUREMENT,
    NO_WORKBOOK,
    PanelSheetError,
    read_panel_sheet,
)
from indicators.workbook import read
from sample_data.make import build, city_ids
from scoring.model import Reading
from tests.workbooks import TODAY, filled

CODES = [node.code for node in key_features().measurements if node.measurement and node.measurement.scored]


def sheet_of(*rows: tuple[object, ...]) -> bytes:
    """A workbook whose first sheet has these rows."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _reading(city: str) -> Reading:
    return read(f"{city}.xlsx", build(city, "en"), key_features(), (yeonsu(),), TODAY)


def _row(reading: Reading) -> tuple[object, ...]:
    given = reading.observations
    values = (_written(code, given[code].value) if code in given else None for code in CODES)
    return reading.profile["name"], reading.profile["country"], *values


def _written(code: str, value: float | None) -> object:
    """A value as it is beyond doubt: a small percentage with its sign."""
    asked = key_features().by_code[code].measurement
    assert asked is not None
    return f"{value} %" if asked.unit == "percent" and value is not None and 0 < value <= 1 else value


def _without_claims(reading: Reading) -> list[str]:
    return [
        code for code, one in reading.observations.items() if one.state in ("outside_remit", "not_applicable")
    ]


COMPARABLE = [city for city in city_ids() if not _without_claims(_reading(city))]
HEADER = ("City", "Country", *CODES)


def test_a_city_scores_the_same_in_a_row_as_in_a_workbook(tmp_path: Path) -> None:
    readings = {city: _reading(city) for city in COMPARABLE}
    assert readings
    file = tmp_path / "cities.xlsx"
    file.write_bytes(sheet_of(HEADER, *map(_row, readings.values())))
    code = main(["panel", str(file), "--csv", str(tmp_path / "out.csv")])
    assert code == 0
    table = as_table([judge("cities.xlsx", one) for one in readings.values()])
    written = (tmp_path / "out.csv").read_bytes().decode("utf-8-sig")
    expected = list(csv.DictReader(io.StringIO(table)))
    found = list(csv.DictReader(io.StringIO(written)))
    key = ("city", "basket", "code")
    assert sorted(map(tuple, (one.items() for one in found))) == sorted(
        map(tuple, (one.items() for one in expected))
    )
    assert len({tuple(one[name] for name in key) for one in found}) == len(found)


# What stands in a cell -> the fault; the measurement's column is looked up by its code.
PLANTED = [
    ("1.1.1", "about half", "not_a_number"),
    ("1.1.1", "45.500", "not_a_number"),
    ("1.1.1", True, "not_a_number"),
    ("1.1.1", "#DIV/0!", "not_a_number"),
    ("1.1.1", 104, "out_of_range"),
    ("1.1.1", -1, "out_of_range"),
    ("1.1.1", 0.45, "fraction_percent"),
    ("1.1.1", 1, "fraction_percent"),
    ("3.3.1", 6, "out_of_range"),
    ("3.3.1", 3.5, "ladder_not_whole"),
    ("3.3.1", "3,5", "ladder_not_whole"),
]


@pytest.mark.parametrize(("code", "written", "kind"), PLANTED)
def test_a_planted_fault_is_found_at_its_cell_and_counts_as_blank(
    code: str, written: object, kind: str
) -> None:
    good = tuple(3 if key_features().by_code[one].measurement.unit == "level" else None for one in CODES)  # type: ignore[union-attr]
    at = CODES.index(code)
    bad = (*good[:at], written, *good[at + 1 :])
    sheet = read_panel_sheet(
        sheet_of(("Our cities",), HEADER, ("A", "NOR", *good), (), ("B", "", *bad)), key_features()
    )
    (fault,) = sheet.faults
    assert (fault.city, fault.code, fault.kind) == ("B", code, kind)
    # A title above, the header, a city and an empty row: the fault stands in row 5.
    assert fault.cell == f"{get_column_letter(at + 3)}5"
    assert sheet.panel.units == ("3: A", "5: B")
    assert (
        sheet.panel.values[1, sheet.panel.codes.index(code)]
        != sheet.panel.values[1, sheet.panel.codes.index(code)]
    )


def test_every_fault_of_400_cities_is_found() -> None:
    at = CODES.index("1.1.1")
    rows = [(f"City {n}", "NOR", *(None,) * at, 104 if n % 7 == 0 else 50) for n in range(400)]
    sheet = read_panel_sheet(sheet_of(HEADER, *rows), key_features())
    column = get_column_letter(at + 3)
    assert [fault.cell for fault in sheet.faults] == [f"{column}{n + 2}" for n in range(0, 400, 7)]
    assert len(sheet.cities) == 400


def test_rows_without_a_city_columns_that_stand_twice_and_unknown_ones_are_told() -> None:
    sheet = read_panel_sheet(
        sheet_of(
            ("城市", "Mayor", "1.1.1", "1.2.1", "1.2.1", "Total"),
            ("甲", "X", 45, 1, 2, 9),
            (None, None, 50, None, None, None),
            (None, "a note", None, None, None, None),
        ),
        key_features(),
    )
    assert [(fault.kind, fault.cell, fault.found) for fault in sheet.faults] == [
        ("column_twice", "E1", "1.2.1"),
        ("no_city", "A3", ""),
    ]
    assert sheet.passed_over == ("Mayor", "Total")
    assert sheet.cities == ("甲",)
    assert sheet.panel.values[0, sheet.panel.codes.index("1.1.1")] == 45


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", NO_WORKBOOK),
        (b"city,1.1.1\nA,45\n", NO_WORKBOOK),
        (filled()[:3000], NO_WORKBOOK),
        (sheet_of(("Town", "1.1.1"), ("A", 45)), NO_CITY_COLUMN),
        (sheet_of(), NO_CITY_COLUMN),
        (sheet_of(("City", "Literacy"), ("A", 45)), NO_MEASUREMENT),
    ],
)
def test_what_is_no_table_of_cities_is_said(data: bytes, reason: str) -> None:
    with pytest.raises(PanelSheetError) as caught:
        read_panel_sheet(data, key_features())
    assert caught.value.reason == reason


def test_the_command_tells_faults_with_their_cells_and_writes_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "cities.xlsx", tmp_path / "out.csv"
    file.write_bytes(
        sheet_of(("City", "Country", "1.1.1", "Mayor"), ("@A", "NOR", "many", "X"), ("B", "NOR", 45))
    )
    assert main(["panel", str(file), "--csv", str(out), "--basket", "core"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "cities.xlsx: these columns are no measurements: Mayor.",
        "cities.xlsx: C2 · @A · 1.1.1: “many” is no number that can be read without doubt; it counts as blank.",
    ]
    lines = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    assert {line["basket"] for line in lines} == {"core"}
    assert {line["city"] for line in lines} == {"'@A", "B"}
    assert [line["coverage"] for line in lines if line["code"] == "1.1.1"] == ["0.0", "1.0"]


def test_wrong_use_leaves_everything_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "cities.xlsx", tmp_path / "out.csv"
    assert main(["panel", str(file), "--csv", str(out)]) == 2
    file.write_bytes(b"no workbook")
    assert main(["panel", str(file), "--csv", str(out), "--language", "zh"]) == 2
    assert "它不是工作簿" in capsys.readouterr().err
    file.write_bytes(sheet_of(("City", "1.1.1"), ("A", 45)))
    before = file.read_bytes()
    assert main(["panel", str(file), "--csv", str(file)]) == 2
    assert file.read_bytes() == before
    assert not out.exists()
