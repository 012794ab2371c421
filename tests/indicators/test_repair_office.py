"""LibreOffice opens what was sent back, shows it, saves it, and nothing of the city's or of ours is lost by that."""

from __future__ import annotations

import datetime
import io
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook

from indicators.marks import COLOURS
from indicators.repair import Answer, answers, note_id, repaired
from indicators.repair_words import repair_words
from sample_data.make import build
from tests.indicators.repair_files import RICH, excel_like, note, notes_on, rich
from tests.indicators.repair_soundness import assert_sound, parts
from tests.workbooks import changed, read_bytes

pytestmark = pytest.mark.office
LANGUAGES = ("en", "zh")


def sent_back(language: str) -> bytes:
    data = build("novy_most", language)
    return repaired(data, notes_on(data, language), language)


def answered(book: Workbook) -> None:
    sheet = book.worksheets[-1]
    sheet["F5"], sheet["G5"] = "Keep as it is (reason beside)", "=1+1 is the reason"
    sheet["F6"], sheet["G6"] = "稍后补报（日期见右）", datetime.date(2026, 9, 30)
    # What begins with "=" is a formula to openpyxl unless told otherwise.
    sheet["G5"].data_type = "s"


@pytest.fixture(scope="module")
def saved(soffice_path: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Repaired workbooks as LibreOffice saved them."""
    home = tmp_path_factory.mktemp("libreoffice")
    cells = ("A1", "A2", "B4", "C7", "Z12")
    files = {
        **{f"sample_{language}": sent_back(language) for language in LANGUAGES},
        **{f"answered_{language}": changed(sent_back(language), answered) for language in LANGUAGES},
        "rich": repaired(rich(), [note("F8"), note("C20"), note("H4", severity="note")], "en"),
        "rich_before": rich(),
        "excel": repaired(excel_like(), [note(cell, "One") for cell in cells], "zh"),
        "hostile": repaired(rich(), [note("C3", title="=1+1", text="_x0041_ <b>", proposal="@SUM(1)")], "en"),
    }
    (home / "in").mkdir()
    for name, data in files.items():
        (home / "in" / f"{name}.xlsx").write_bytes(data)
    command = [soffice_path, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless"]
    inputs = [str(path) for path in sorted((home / "in").iterdir())]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", str(home / "out"), *inputs],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {name: Path(home / "out" / f"{name}.xlsx").read_bytes() for name in files}


def cell(data: bytes, sheet: str, name: str) -> Cell:
    found = load_workbook(io.BytesIO(data))[sheet][name]
    assert isinstance(found, Cell)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_comments_links_and_lists_are_seen(saved: Mapping[str, bytes], language: str) -> None:
    before = read_bytes(build("novy_most", language))
    book = load_workbook(io.BytesIO(saved[f"sample_{language}"]))
    for finding in before.findings:
        assert finding.place is not None
        marked = book[finding.place.sheet][finding.place.cell]
        assert str(marked.fill.fgColor.rgb)[2:] in COLOURS.values()
        assert note_id(finding) in marked.comment.text
    words = repair_words(language)
    sheet = book[words["sheet"]]
    ids = [sheet[f"A{row}"].value for row in range(5, 5 + len(before.findings))]
    assert ids == [note_id(finding) for finding in before.findings]
    assert all(sheet[f"B{row}"].hyperlink.location for row in range(5, 5 + len(ids)))
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == f'"{words["choice_keep"]},{words["choice_later"]}"'
    assert (sheet.row_dimensions[1].hidden, sheet.column_dimensions["H"].hidden) == (True, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_libreoffice_saved_reads_the_same(saved: Mapping[str, bytes], language: str) -> None:
    before, after = read_bytes(build("novy_most", language)), read_bytes(saved[f"sample_{language}"])
    assert after.findings == before.findings
    assert after.observations == before.observations


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_come_back(saved: Mapping[str, bytes], language: str) -> None:
    first, second, *_ = notes_on(build("novy_most", language), language)
    assert answers(saved[f"answered_{language}"]) == {
        first.id: Answer("keep", "=1+1 is the reason", "Keep as it is (reason beside)"),
        second.id: Answer("later", "2026-09-30", "稍后补报（日期见右）"),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_repaired_again_nothing_of_the_first_time_is_left(saved: Mapping[str, bytes], language: str) -> None:
    none = repaired(saved[f"sample_{language}"], [], language)
    assert_sound(none)
    book, before = load_workbook(io.BytesIO(none)), load_workbook(io.BytesIO(build("novy_most", language)))
    assert book.sheetnames == [*before.sheetnames, repair_words(language)["sheet"]]
    for sheet in before.worksheets:
        for row in book[sheet.title].iter_rows():
            for one in row:
                assert one.comment is None
                assert str(one.fill.fgColor.rgb)[2:] not in COLOURS.values()
    assert not [name for name in parts(none) if "comments" in name or name.endswith(".vml")]
    for finding in read_bytes(build("novy_most", language)).findings:
        assert finding.place is not None
        where = (finding.place.sheet, finding.place.cell)
        colours = [
            str(cell(data, *where).fill.fgColor.rgb)[2:] for data in (none, build("novy_most", language))
        ]
        assert colours[0] == colours[1]


def test_a_workbook_with_everything_in_it_opens_and_keeps_it(saved: Mapping[str, bytes]) -> None:
    book = load_workbook(io.BytesIO(saved["rich"]))
    plain = load_workbook(io.BytesIO(saved["rich_before"]))
    sheet, before = book[RICH], plain[RICH]
    for one in (sheet, before):
        assert (len(one._charts), len(one._images)) == (1, 1)  # type: ignore[attr-defined]
    assert sheet["A13"].value == before["A13"].value
    assert sheet["F8"].comment.text.startswith("Counted twice?\nLearning City Scorecard was asked.\n\n")
    assert sheet["B2"].comment.text == "Left alone"
    assert str(sheet["H3"].fill.fgColor.rgb)[2:] == COLOURS["note"]
    assert sheet["F8"].number_format == "0.00%"
    none = load_workbook(io.BytesIO(repaired(saved["rich"], [], "en")))[RICH]
    assert none["F8"].comment.text == "Counted twice?\nLearning City Scorecard was asked."
    assert (none["H3"].comment, none["C20"].comment) == (None, None)
    assert str(none["F8"].fill.fgColor.rgb)[2:] == "00FF00"


def test_a_sheet_as_excel_writes_it_opens(saved: Mapping[str, bytes]) -> None:
    sheet = load_workbook(io.BytesIO(saved["excel"]))["One"]
    for name in ("A1", "A2", "B4", "C7", "Z12"):
        assert str(sheet[name].fill.fgColor.rgb)[2:] == COLOURS["blocks"]
        assert "影响计分" in sheet[name].comment.text
    assert sheet["D9"].value == "a > b"


def test_texts_stay_texts(saved: Mapping[str, bytes]) -> None:
    sheet = load_workbook(io.BytesIO(saved["hostile"])).worksheets[-1]
    assert (sheet["D5"].value, sheet["D5"].data_type) == ("=1+1\n_x0041_ <b>", "s")
    assert (sheet["E5"].value, sheet["E5"].data_type) == ("@SUM(1)", "s")
