"""What every browser test does as a person would: wait until a page is drawn, choose from a list."""

from __future__ import annotations

import re
import time
from contextlib import suppress

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

PATIENCE = 60_000


def rest(page: Page) -> None:
    """Wait until the page is drawn to its end."""
    page.locator(
        "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
    ).wait_for()


def choose(page: Page, box: Locator, option: str | re.Pattern[str]) -> None:
    """Choose from the list of a box; a page drawn anew at this moment closes it, so that it is opened once more."""
    wanted = page.get_by_role("option", name=option, exact=True)
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        rest(page)
        with suppress(PlaywrightTimeout):
            if not wanted.is_visible():
                box.click(timeout=10_000)
            wanted.click(timeout=10_000)
            return
        page.keyboard.press("Escape")
    raise AssertionError(f"{option} cannot be chosen")
