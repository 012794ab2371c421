"""`check --json` gives one object a file, and the ledger one row a cell: what was read, by which rule, how surely."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from actions.access import COMPUTER
from actions.ledger import ledger
from actions.understood import understood
from actions.uploads import receive
from tests.actions.shell import command
from tests.indicators.faults import A1, A2, PROFILE, RATINGS
from tests.indicators.test_workbook import SHAPES
from tests.workbooks import changed, filled, read_bytes


def _odd(book: Workbook) -> None:
    book[A1]["F5"], book[A1]["F7"], book[A1]["F8"] = "约45 %", 0.45, "sin datos"
    book[A2]["F5"] = "4.55万国际元"
    book[PROFILE]["B7"], book[RATINGS]["F4"] = "68.000", "Level 4"


def _lines(folder: Path, *files: str) -> tuple[int, list[dict[str, Any]]]:
    done = command("check", *files, "--json", folder=folder)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain workbook, one with odd cells, and a file that is none."""
    here = tmp_path_factory.mktemp("check")
    (here / "plain.xlsx").write_bytes(filled())
    (here / "odd.xlsx").write_bytes(changed(filled(), _odd))
    (here / "letter.xlsx").write_text("dear all", encoding="utf-8")
    return here


def test_one_object_a_file(folder: Path) -> None:
    code, lines = _lines(folder, "plain.xlsx", "odd.xlsx", "letter.xlsx", "gone.xlsx")
    assert code == 2
    assert [(one["file"], one["status"]) for one in lines] == [
        ("plain.xlsx", "accepted"),
        ("odd.xlsx", "questions"),
        ("letter.xlsx", "refused"),
        ("gone.xlsx", "refused"),
    ]
    plain, _, letter, gone = lines
    assert (plain["refusal"], plain["edition"], plain["language"], plain["findings"]) == (
        None,
        "2013.1",
        "en",
        [],
    )
    assert (letter["refusal"]["kind"], letter["edition"], letter["values"]) == ("text_file", None, {})
    assert gone["refusal"] == {
        "kind": "cannot_be_opened",
        "message": "gone.xlsx cannot be read: there is no such file or folder.",
    }


VALUES = {
    "1.1.1": (45.0, [], "percent", "约45 %", A1, "F5", "percent_sign about", "read"),
    "1.2.1": (None, [0.45, 45.0], "percent", "0.45", A1, "F7", "as_number fraction", "doubtful"),
    "1.2.2": (None, [], "percent", "sin datos", A1, "F8", "missing_word", "read"),
    "1.3.1": (50.0, [], "percent", "50", A1, "F10", "as_number", "certain"),
    "2.1.1": (45500.0, [], "usd_ppp", "4.55万国际元", A2, "F5", "currency_sign wan", "read"),
    "yeonsu_2021:7": (4.0, [], "level", "Level 4", RATINGS, "F4", "unit_word", "read"),
    "yeonsu_2021:8": (4.0, [], "level", "4", RATINGS, "F5", "as_number", "certain"),
    "name": ("Ålesund-on-Test", [], None, "Ålesund-on-Test", PROFILE, "B4", "as_text", "certain"),
    "country": ("NOR", [], None, "Norway", PROFILE, "B5", "listed", "certain"),
    "population": (None, [68.0, 68000.0], "persons", "68.000", PROFILE, "B7", "either_mark", "doubtful"),
    "area_km2": (371.5, [], "km2", "371.5", PROFILE, "B9", "as_number", "certain"),
    "assessment_year": (2026, [], "year", "2026", PROFILE, "B14", "as_number", "certain"),
}


@pytest.mark.parametrize("code", VALUES)
def test_a_value_names_its_cell_rule_and_confidence(folder: Path, code: str) -> None:
    line = understood("odd.xlsx", read_bytes((folder / "odd.xlsx").read_bytes()), "en")
    values: Any = line["values"]
    keys = ("value", "candidates", "unit", "raw", "sheet", "cell", "rule", "confidence")
    assert tuple(values[code][key] for key in keys) == VALUES[code]
    assert list(values[code]) == list(keys)


def test_a_finding_says_what_was_found_expected_and_would_be_right() -> None:
    data = changed(filled(), lambda book: book[A1].__setitem__("F7", 0.45))
    findings: Any = understood("a.xlsx", read_bytes(data), "en")["findings"]
    assert findings == [
        {
            "kind": "fraction_percent",
            "severity": "question",
            "sheet": A1,
            "cell": "F7",
            "code": "1.2.1",
            "found": "0.45",
            "expected": "Percentages are written from 0 to 100, so 45 for 45 %.",
            "message": findings[0]["message"],
            "proposal": "45",
        }
    ]
    assert findings[0]["message"].startswith("Is this a fraction or a percentage?: 1.2.1 “")


def _without_places(data: bytes) -> dict[str, dict[str, object]]:
    values: Any = understood("a.xlsx", read_bytes(data), "en")["values"]
    return {
        code: {key: part for key, part in value.items() if key not in ("sheet", "cell")}
        for code, value in values.items()
    }


@pytest.mark.parametrize("reshape", SHAPES, ids=[shape.__name__.strip("_") for shape in SHAPES])
def test_the_same_content_in_another_shape_gives_the_same_values(reshape: Callable[[Workbook], None]) -> None:
    assert _without_places(changed(filled(), reshape)) == _without_places(filled())


def test_the_ledger_tells_every_cell_in_words(data_folder: Path) -> None:
    kept = receive(COMPUTER, "odd.xlsx", changed(filled(), _odd), "en")
    rows = {row["Measurement"]: row for row in ledger(COMPUTER, kept.upload_id, "en")}
    assert rows["1.1.1 Adult literacy rate"] == {
        "Measurement": "1.1.1 Adult literacy rate",
        "Cell": f"{A1}!F5",
        "As written": "约45 %",
        "How it was read": "percent sign, “about” left out",
        "Value taken": "45%",
        "How sure": "understood",
    }
    assert rows["Population"]["Value taken"] == "–"
    assert rows["Population"]["How sure"] == "doubtful, not taken"
    assert rows["Year of this assessment"]["Value taken"] == "2026"
    assert rows["Country"]["Value taken"] == "Norway"


def test_the_ledger_in_chinese(data_folder: Path) -> None:
    kept = receive(COMPUTER, "odd.xlsx", changed(filled(), _odd), "zh")
    row = next(row for row in ledger(COMPUTER, kept.upload_id, "zh") if row["测量指标"].startswith("2.1.1"))
    assert row["读取方式"] == "略去货币符号、按万折算"
    assert row["采用的数值"] == "45,500 国际元（购买力平价）/人"
    assert row["把握程度"] == "已识别"
