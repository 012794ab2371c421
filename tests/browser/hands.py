"""What browser tests do as a person would: wait until a page is drawn, open a fold, press a button, choose."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

PATIENCE = 60_000


def rest(page: Page) -> None:
    """Wait until the page is drawn to its end."""
    page.locator(
        "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
    ).wait_for()


def _answered(page: Page) -> None:
    """A click is on its way to the server before the page is seen to be drawn anew."""
    page.wait_for_timeout(300)
    rest(page)


def choose(page: Page, box: Locator, option: str | re.Pattern[str]) -> None:
    """Choose from the list of a box; a page drawn anew at this moment closes it, so that it is opened once more."""
    wanted = page.get_by_role("option", name=option, exact=True)
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end:
        rest(page)
        with suppress(PlaywrightTimeout):
            if not wanted.is_visible():
                box.click(timeout=3_000)
            wanted.click(timeout=3_000)
            _answered(page)
            return
        page.keyboard.press("Escape")
    raise AssertionError(f"{option} cannot be chosen")


def until(found: Callable[[], object], wanted: object) -> None:
    """Wait until something is found, and fail with what is found instead."""
    end = time.monotonic() + PATIENCE / 1000
    while found() != wanted and time.monotonic() < end:
        time.sleep(0.1)
    last = found()
    assert last == wanted, f"{last!r} is not {wanted!r}"


def under(page: Page, key: str, beginning: bool = False) -> Locator:
    """The element of a key, or the one whose key begins so."""
    name = "st-key-" + re.sub(r"[^\w-]", "-", key)
    return page.locator(f'[class*="{name}"]' if beginning else f".{name}")


def text_in(where: Page | Locator, text: str | re.Pattern[str], *, exact: bool = False) -> Locator:
    """A text as somebody reads it: the first that is to be seen, and not what stands in a box.

    While a page is drawn anew, what goes stands beside what comes.
    """
    page = where if isinstance(where, Page) else where.page
    found = where.get_by_text(text, exact=exact).and_(page.locator(":not(textarea)"))
    return found.filter(visible=True).first


def values(boxes: Locator) -> list[str]:
    """What stands in boxes now."""
    return list(map(str, boxes.evaluate_all("all => all.map(one => one.value)")))


def press(where: Page | Locator, label: str) -> None:
    """Press the one button of a label."""
    rest(where if isinstance(where, Page) else where.page)
    where.get_by_role("button", name=label, exact=True).click()


def fold(page: Page, key: str) -> Locator:
    """Open a fold; its content."""
    found = under(page, f"fold_{key}")
    found.locator("summary").click()
    _answered(page)
    return found
