"""A table saved as text reads like the same table in a workbook, whatever wrote it."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from openpyxl import load_workbook

from indicators import key_features
from indicators.declarations import yeonsu
from indicators.workbook import read
from sample_data.make import build
from scoring.model import Reading

TODAY = datetime.date(2026, 11, 22)


def _read(name: str, data: bytes) -> Reading:
    return read(name, data, key_features(), (yeonsu(),), TODAY)


def _as_text(language: str, separator: str, decimal: str = ".") -> str:
    """Every answer sheet of a sample city one below the other, as a spreadsheet would save them."""
    book = load_workbook(io.BytesIO(build("riverbend", language)))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    for sheet in book.worksheets[2:3]:
        for row in sheet.iter_rows(values_only=True):
            writer.writerow(["" if cell is None else _typed(cell, decimal) for cell in row])
    return out.getvalue()


def _typed(cell: object, decimal: str) -> str:
    return str(cell).replace(".", decimal) if isinstance(cell, float) else str(cell)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_same_values_in_every_spelling(language: str, encoding: str, separator: str) -> None:
    whole = _read("a.xlsx", build("riverbend", language))
    got = _read("1.csv", _as_text(language, separator).encode(encoding))
    assert got.refused is None
    wanted = {
        code: (one.value, one.year) for code, one in whole.observations.items() if code.startswith("1.")
    }
    assert {code: (one.value, one.year) for code, one in got.observations.items()} == wanted
    assert [one.kind for one in got.findings if one.kind == "text_table"] == ["text_table"]


def test_windows_letters_are_read_where_nothing_else_fits() -> None:
    text = "code,title,value,reference year,source\n1.1.1,Literacy,97.5,2025,Bureau f\xfcr Statistik\n"
    got = _read("a.csv", text.encode("cp1252"))
    assert got.observations["1.1.1"].value == 97.5
    assert got.observations["1.1.1"].source == "Bureau f\xfcr Statistik"


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        # A decimal comma elsewhere in the column settles that a point groups thousands, and the other way round.
        (["45,5", "12.345"], [45.5, 12345.0]),
        (["45.5", "12,345"], [45.5, 12345.0]),
        (["45,5", "12,345"], [45.5, 12.345]),
        (["45.5", "12.345"], [45.5, 12.345]),
    ],
)
def test_the_files_own_decimal_mark_settles_what_would_be_doubtful(
    values: list[str], wanted: list[float]
) -> None:
    lines = ["code;title;value;reference year;source", f"1.1.1;Literacy;{values[0]};2025;x"]
    lines.append(f"2.1.1;GDP per inhabitant;{values[1]};2025;x")
    got = _read("a.csv", "\n".join(lines).encode())
    found = [
        got.observations[code].value if code in got.observations else None for code in ("1.1.1", "2.1.1")
    ]
    # 12.345 dollars are outside the plausible range, so that value is found but not used.
    assert found == [wanted[0], wanted[1] if wanted[1] >= 100 else None]
    if wanted[1] < 100:
        assert [one.facts["found"] for one in got.findings if one.kind == "out_of_range"] != []


def test_without_any_sign_the_doubt_stays_a_question() -> None:
    text = "code;title;value;reference year;source\n2.1.1;GDP per inhabitant;12.345;2025;x\n"
    got = _read("a.csv", text.encode())
    assert "ambiguous_number" in [one.kind for one in got.findings]
    assert got.observations.get("2.1.1") is None or got.observations["2.1.1"].value is None


@pytest.mark.parametrize("data", [b"just a letter\n", b"a,b,c\n1,2,3\n", b"<html><body>1.1.1</body></html>"])
def test_any_other_text_is_refused_as_before(data: bytes) -> None:
    refused = _read("a.csv", data).refused
    assert refused is not None
    assert refused.kind == "text_file"


def test_a_table_without_end_is_refused() -> None:
    rows = "code,title,value\n" + "1.1.1,x,1\n" * 20_000
    assert _read("a.csv", rows.encode()).refused is not None
