"""What a city uploaded comes back under its own name with its findings in it, and its answers are read again."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from actions.access import COMPUTER
from actions.reader import Readers
from actions.repair import (
    MEDIA_TYPES,
    Answer,
    NotRepairableError,
    answered,
    can_repair,
    note_of,
    repair,
    repair_name,
)
from actions.standing import NotKeptError, upload
from actions.tell import tell
from actions.uploads import receive
from indicators.repair import repaired
from sample_data.make import build
from scoring.model import SEVERITIES
from tests.workbooks import changed, repacked

pytestmark = pytest.mark.usefixtures("data_folder")
LANGUAGES = ("en", "zh")


def kept(data: bytes, name: str = "Nový Most.xlsx") -> str:
    return receive(COMPUTER, name, data, "en").upload_id


def sample() -> bytes:
    return build("novy_most", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_told_in_the_readers_language_worst_first(language: str) -> None:
    id = kept(sample())
    findings = sorted(upload(id).reading.findings, key=lambda one: SEVERITIES.index(one.severity))
    sheet = load_workbook(io.BytesIO(repair(COMPUTER, id, language))).worksheets[-1]
    rows = [[str(cell.value) for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert len(rows) == len(findings) >= 10
    for row, finding in zip(rows, findings, strict=True):
        told = tell(finding, language)
        assert row[1] == told.where
        assert row[2] == told.severity_words
        assert row[3].startswith(f"{told.title}\n{told.sentence}")
        assert told.rule in row[3]
        assert row[3].endswith(told.advice)


def test_the_reading_process_repairs_as_we_do() -> None:
    id = kept(sample())
    found = sorted(upload(id).reading.findings, key=lambda one: SEVERITIES.index(one.severity))
    assert repair(COMPUTER, id, "zh") == repaired(sample(), [note_of(one, "zh") for one in found], "zh")


def test_answers_come_back_with_the_next_upload() -> None:
    first, second, *_ = sorted(
        upload(kept(sample())).reading.findings, key=lambda one: SEVERITIES.index(one.severity)
    )

    def answer(book: Workbook) -> None:
        sheet = book.worksheets[-1]
        sheet["F5"], sheet["G5"] = "Keep as it is (reason beside)", "counted at the border"
        sheet["F6"], sheet["G6"] = "Will be supplied (date beside)", "2026-09-30"

    again = kept(changed(repair(COMPUTER, kept(sample()), "en"), answer))
    assert answered(again) == {
        note_of(first, "en").id: Answer("keep", "counted at the border", "Keep as it is (reason beside)"),
        note_of(second, "en").id: Answer("later", "2026-09-30", "Will be supplied (date beside)"),
    }
    assert upload(again).reading.observations == upload(kept(sample())).reading.observations
    assert answered(kept(sample())) == {}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7\n", "pdf_file"),
        (sample()[:20_000], "damaged"),
        (b"code,value,reference year\n1.1.1,45,2024\n", "text_file"),
    ],
)
def test_what_is_no_workbook_cannot_be_sent_back(data: bytes, kind: str) -> None:
    id = kept(data, "city.csv")
    assert not can_repair(COMPUTER, id)
    assert answered(id) == {}
    with pytest.raises(NotRepairableError) as raised:
        repair(COMPUTER, id, "en")
    assert raised.value.kind == kind


def test_an_upload_that_is_not_kept_is_said_to_be_none() -> None:
    for ask in (
        lambda id: can_repair(COMPUTER, id),
        answered,
        lambda id: repair(COMPUTER, id, "en"),
        lambda id: repair_name(COMPUTER, id, "en"),
    ):
        with pytest.raises(NotKeptError):
            ask("AAAAAAAAAAAAAAAAAAAAAA")


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_repaired() -> None:
    readers = Readers(workers=1)
    readers.answers(sample())
    with pytest.raises(NotRepairableError) as raised:
        readers.repair(sample(), [], "en", seconds=0.001)
    assert raised.value.kind == "too_slow"
    assert readers.answers(sample(), seconds=60) == {}
    assert readers.repair(sample(), [], "en", seconds=60).startswith(b"PK")
    readers.end()


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Nový Most.xlsx", "en", "Nový Most, with findings.xlsx"),
        ("Nový Most.xlsx", "zh", "Nový Most（附待核事项）.xlsx"),
        ("Nový Most, with findings.xlsx", "zh", "Nový Most（附待核事项）.xlsx"),
        ("../../etc/a:b.xlsx", "en", "etc a b, with findings.xlsx"),
        ("\u202exslx.exe", "en", "xslx, with findings.xlsx"),
        (".xlsx", "en", "Workbook, with findings.xlsx"),
        ("", "zh", "填报表（附待核事项）.xlsx"),
        ("x" * 300 + ".xlsx", "en", "x" * 80 + ", with findings.xlsx"),
    ],
)
def test_the_file_is_called_as_it_was(name: str, language: str, expected: str) -> None:
    assert repair_name(COMPUTER, kept(sample(), name), language) == expected


def test_macros_stay_in_the_file_and_it_says_so_in_its_name() -> None:
    data = repacked(sample(), lambda parts: parts.__setitem__("xl/vbaProject.bin", b"macro"))
    name = repair_name(COMPUTER, kept(data, "city.xlsm"), "en")
    assert name == "city, with findings.xlsm"
    assert MEDIA_TYPES[name[-5:]].endswith("macroEnabled.12")
