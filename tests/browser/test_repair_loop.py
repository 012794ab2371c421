"""The loop closes in the same file: upload, download with the findings, correct and answer, upload, nothing blocks."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from sample_data.make import build
from tests.browser.hands import text_in
from tests.conftest import RunningApp

pytestmark = pytest.mark.browser

PATIENCE = 30_000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _find(sheet: Worksheet, code: str) -> int:
    return next(row[0].row for row in sheet.iter_rows() if str(row[0].value).strip() == code)


def _novy_most() -> bytes:
    """The sample as a city's own file: the sample itself may be kept already, and bears the name of then."""
    out = io.BytesIO()
    load_workbook(io.BytesIO(build("novy_most", "en"))).save(out)
    return out.getvalue()


def _doubtful() -> bytes:
    """The city with the typical mistakes, and three doubts more: two that can only be one thing, and a range."""
    book = load_workbook(io.BytesIO(build("novy_most", "en")))
    area = {str(sheet.title).split(" ")[0]: sheet for sheet in book.worksheets}
    area["2"].cell(_find(area["2"], "2.1.1"), 6).value = "45.678"
    area["3"].cell(_find(area["3"], "3.1.1"), 6).value = "12.345"
    area["1"].cell(_find(area["1"], "1.1.1"), 6).value = "96-98"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _corrected(data: bytes) -> bytes:
    """The officer corrects what blocks, cell by cell, and keeps what was only asked about, with a reason."""
    book = load_workbook(io.BytesIO(data))
    area = {str(sheet.title).split(" ")[0]: sheet for sheet in book.worksheets}
    area["1"].cell(_find(area["1"], "1.2.1"), 7).value = 2024
    area["2"].cell(_find(area["2"], "2.2.1"), 6).value = 3.4
    area["3"].cell(_find(area["3"], "3.1.2"), 7).value = 2023
    for row in list(area["4"].iter_rows(min_row=14)):
        if row[0].value == "4.2.1":
            row[0].value = None
    area["6"].cell(_find(area["6"], "6.4.2"), 12).value = "The state runs the employment service."
    area["6"].cell(_find(area["6"], "6.5.1"), 1).value = None
    area["7"].cell(_find(area["7"], "7.2.2"), 6).value = 93.1
    area["8"].cell(_find(area["8"], "8.3.1"), 8).value = None
    for row in book["Findings"].iter_rows():
        if row[2].value == "Please check":
            row[5].value = "Keep as it is (reason beside)"
            row[6].value = "checked with the registry"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_loop_closes_in_the_same_file(page: Page, running_app: RunningApp) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(f"{running_app.url}/city_upload?lang=en")
    chooser = page.locator("input[type=file]")
    chooser.set_input_files({"name": "novy.xlsx", "mimeType": WORKBOOK, "buffer": _novy_most()})
    expect(text_in(page, "8 answers to repair")).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download your workbook with the findings").click()
    data = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "novy, with findings.xlsx"

    page.goto(f"{running_app.url}/city_upload?lang=en")
    page.locator("input[type=file]").set_input_files(
        {"name": "novy corrected.xlsx", "mimeType": WORKBOOK, "buffer": _corrected(data)}
    )
    expect(text_in(page, "Read in full")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("to repair")).to_have_count(0)
    expect(text_in(page, "Answered by the city")).to_be_visible()
    expect(page.get_by_text("checked with the registry").first).to_be_visible()
    # Mended, the city has a level; before, it was a profile only (sample_data/README.md).
    page.get_by_role("link", name="See the overview").click()
    expect(text_in(page, "Level B · established with what is assured")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Profile only")).to_have_count(0)
