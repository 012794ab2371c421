"""The menu at the top of every page, as a person uses it."""

from __future__ import annotations

from playwright.sync_api import Page


def go_to(page: Page, heading: str, title: str) -> None:
    """Open the menu under a heading and follow the link to a page."""
    page.get_by_test_id("stTopNavSection").filter(has_text=heading).click()
    page.get_by_role("menuitem", name=title).click()
