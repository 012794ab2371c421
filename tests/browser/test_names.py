"""What a workbook says is shown as text by a real browser, whatever it looks like."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.browser.hands import text_in
from tests.browser.menu import go_to
from tests.conftest import RunningApp
from tests.indicators.faults import A1, PROFILE
from tests.workbooks import changed, filled

pytestmark = pytest.mark.browser
PATIENCE = 30_000
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME = "www.evil.example https://evil.example a@evil.example <b>x</b> [y](//evil.example) :smile:"


def _spoil(book: Workbook) -> None:
    book[PROFILE]["B4"].value, book[PROFILE]["B4"].data_type = NAME, "s"
    book[A1]["F5"].value, book[A1]["F5"].data_type = f"=1 {NAME[:70]}", "s"


def test_nothing_in_a_workbook_becomes_a_link_or_an_element(page: Page, running_app: RunningApp) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(f"{running_app.url}/city_upload?lang=en")
    page.locator("input[type=file]").set_input_files(
        {"name": "www.evil.example.xlsx", "mimeType": KIND, "buffer": changed(filled(), _spoil)}
    )
    expect(text_in(page, "1 answer to repair")).to_be_visible(timeout=PATIENCE)
    for heading, title in (
        ("Your city", "Overview"),
        ("Your city", "Focus areas"),
        ("Your city", "Why?"),
        ("Your city", "What next?"),
        ("Compare and judge", "How sure?"),
        ("Compare and judge", "Award cities"),
    ):
        shown = page.locator("h1, h2, h3").first
        expect(shown).to_be_visible()
        assert page.locator("a[href*='evil.example']").count() == 0
        assert page.locator("[data-testid=stHeading] b, [data-testid=stTable] b").count() == 0
        go_to(page, heading, title)
        # The name stands in the title, or in the line above it.
        expect(page.get_by_test_id("stMain")).to_contain_text("https:\u2060//evil.example", timeout=PATIENCE)
        page.get_by_test_id("stStatusWidget").wait_for(state="detached", timeout=PATIENCE)
