"""A workbook of an older edition is read as today's, and what cannot be carried over is told."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from indicators import KEY_FEATURES, key_features
from indicators.catalogue import CatalogueError, load_framework
from indicators.declarations import yeonsu
from indicators.workbook import read
from sample_data.make import build
from scoring.model import Reading

TODAY = date(2026, 11, 22)
PILOT = "2013.0"


def _stamped(edition: str, language: str = "en") -> bytes:
    """A sample workbook as an older edition would have had it: its stamp, its codes."""
    book = load_workbook(io.BytesIO(build("yunlan", language)))
    for row in book["_template"].iter_rows():
        if row[0].value == "edition":
            row[1].value = edition
    if edition == PILOT:
        _recode(book, "5.2.2", "5.2.3")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _recode(book: Workbook, new: str, old: str) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_col=1):
            if row[0].value == new:
                row[0].value = old


def _read(data: bytes) -> Reading:
    return read("a.xlsx", data, key_features(), (yeonsu(),), TODAY)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pilot_workbook_keeps_every_answer_that_still_means_the_same(language: str) -> None:
    today, older = _read(build("yunlan", language)), _read(_stamped(PILOT, language))
    assert older.refused is None
    gone = {"2.3.1", "9.1.1"}
    wanted = {code: one.value for code, one in today.observations.items() if code not in gone}
    assert {code: one.value for code, one in older.observations.items()} == wanted
    note = next(one for one in older.findings if one.kind == "edition_migrated")
    assert dict(note.facts) == {
        "found": PILOT,
        "expected": key_features().edition,
        "moved": "5.2.3 → 5.2.2",
        "dropped": "2.3.1, 9.1.1",
    }


@pytest.mark.parametrize("edition", ["2013.2", "2014.1", "pilot", ""])
def test_an_edition_that_nobody_knows_is_refused(edition: str) -> None:
    refused = _read(_stamped(edition)).refused
    assert refused is not None
    assert refused.kind == "other_edition"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2013.1,5.2.3,5.2.2", "the present one"),
        ("2013.0,5.2.3,5.2", "no measurement"),
        ("2013.0,5.2.3,9.9.9", "no measurement"),
        ("2013.0,5.2.3,5.2.2\n2013.0,5.2.3,5.2.1", "stands twice"),
    ],
)
def test_a_wrong_table_of_editions_is_refused(row: str, reason: str, tmp_path: Path) -> None:
    folder = tmp_path / "framework"
    shutil.copytree(KEY_FEATURES, folder)
    (folder / "editions.csv").write_text(f"edition,old_code,new_code\n{row}\n")
    with pytest.raises(CatalogueError) as refused:
        load_framework(folder)
    assert refused.value.file == "framework/editions.csv"
    assert reason in refused.value.reason
