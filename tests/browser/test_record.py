"""The form in a real browser: two tabs, a line that is down, a reload, a restart of the server. Nothing is lost."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from actions.access import COMPUTER
from actions.record import record
from tests.actions.record_at_hand import JOBLESS, PROFILE, new_room, own_computer
from tests.browser.hands import text_in, until, values
from tests.browser.test_access import RULES
from tests.conftest import RunningApp

pytestmark = pytest.mark.browser
FIELD, TITLE = "2.2.1", "2.2.1 Unemployment rate"
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An application of its own, which these tests stop and start again."""
    folder = tmp_path_factory.mktemp("record_browser")
    with pytest.MonkeyPatch.context() as patch:
        own_computer(folder, patch)
        running = RunningApp(folder)
        running.start()
        yield running
        running.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody's browser, in which she opens tabs."""
    made = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Asia/Shanghai"
    )
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def room(app: RunningApp) -> str:
    """A new assessment with one answer."""
    return new_room({**PROFILE, FIELD: JOBLESS})


def opened(app: RunningApp, context: BrowserContext, room: str) -> Page:
    """The form in a new tab, drawn to its end."""
    tab = context.new_page()
    tab.goto(f"{app.url}/city_record?lang=en&room={room}&area=2")
    shows(tab, "Value (%)", "4,9")
    settled(tab)
    return tab


def settled(tab: Page) -> None:
    """Wait until the page has nothing under way."""
    tab.wait_for_timeout(200)
    expect(tab.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE
    )


def row(tab: Page) -> Locator:
    """The row of the field that these tests write in."""
    return (
        tab.get_by_test_id("stVerticalBlock")
        .filter(has=tab.get_by_text(TITLE, exact=True))
        .filter(has=tab.get_by_text("Break in series"))
        .last
    )


def box(tab: Page, label: str) -> Locator:
    """One of its boxes."""
    return row(tab).get_by_role("textbox", name=label)


def shows(tab: Page, label: str, text: str) -> None:
    """Wait until a text stands in a box."""
    until(lambda: values(box(tab, label)), [text])


def typed(tab: Page, label: str, text: str) -> None:
    """Type into a box and leave it."""
    box(tab, label).fill(text)
    box(tab, label).press("Tab")


def kept(room: str, column: str) -> str:
    return record(COMPUTER, room).said(FIELD).get(column, "")


def soon(what: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)


def test_what_is_typed_is_kept_when_its_box_is_left_with_the_time_and_the_new_score(
    app: RunningApp, context: BrowserContext, room: str
) -> None:
    tab = opened(app, context, room)
    score = tab.get_by_test_id("stMetricValue").first
    before = score.inner_text()
    typed(tab, "Value (%)", "12,5")
    expect(score).not_to_have_text(before)
    assert kept(room, "value") == "12,5"
    expect(text_in(row(tab), re.compile(r"saved \d\d:\d\d:\d\d · Assured score"))).to_be_visible()
    expect(text_in(row(tab), "read as 12.5%")).to_be_visible()
    # The next box is there to be typed in at once: nothing was drawn anew under her hands.
    tab.keyboard.type("20")
    assert box(tab, "Reference year").input_value().endswith("20")


def test_typing_through_a_row_without_a_pause_loses_no_box(
    app: RunningApp, context: BrowserContext, room: str
) -> None:
    tab = opened(app, context, room)
    box(tab, "Value (%)").fill("7")
    tab.keyboard.press("Tab")
    for label, text in (
        ("Reference year", "2023"),
        ("Source", "register"),
        ("Link and page", "p. 4"),
        ("Remark", "r"),
    ):
        box(tab, label).fill(text)
        tab.keyboard.press("Tab")
    soon(lambda: kept(room, "remark") == "r")
    said = record(COMPUTER, room).said(FIELD)
    assert said == {
        "value": "7",
        "year": "2023",
        "grade": "survey",
        "source": "register",
        "link": "p. 4",
        "remark": "r",
    }
    settled(tab)
    expect(row(tab).get_by_text("Both are kept")).to_have_count(0)


def test_of_two_tabs_the_slower_one_is_told_and_chooses(
    app: RunningApp, context: BrowserContext, room: str
) -> None:
    first, second = opened(app, context, room), opened(app, context, room)
    typed(first, "Value (%)", "6")
    soon(lambda: kept(room, "value") == "6")
    typed(second, "Value (%)", "7")
    expect(text_in(row(second), "Both are kept")).to_be_visible()
    assert kept(room, "value") == "6"
    shows(second, "Value (%)", "7")
    # The clash survives a reload, and the choice counts.
    second.reload()
    expect(text_in(row(second), "Both are kept")).to_be_visible()
    row(second).get_by_role("button", name="Let this one count").click()
    soon(lambda: kept(room, "value") == "7")
    shows(second, "Value (%)", "7")
    expect(row(second).get_by_text("Both are kept")).to_have_count(0)


def test_what_is_typed_while_the_line_is_down_is_kept_when_it_is_back(
    app: RunningApp, context: BrowserContext, room: str
) -> None:
    tab = opened(app, context, room)
    context.set_offline(True)
    typed(tab, "Value (%)", "8,5")
    tab.wait_for_timeout(500)
    context.set_offline(False)
    soon(lambda: kept(room, "value") == "8,5")
    shows(tab, "Value (%)", "8,5")


def test_a_reload_finds_what_was_kept(app: RunningApp, context: BrowserContext, room: str) -> None:
    tab = opened(app, context, room)
    typed(tab, "Value (%)", "9,5")
    expect(text_in(row(tab), re.compile("saved .* Assured score"))).to_be_visible()
    tab.reload()
    shows(tab, "Value (%)", "9,5")


def test_who_leaves_a_box_by_going_to_another_page_loses_nothing(
    app: RunningApp, context: BrowserContext, room: str
) -> None:
    tab = opened(app, context, room)
    box(tab, "Source").fill("the labour office, 2026")
    # As a hand does it: the box is left when the button goes down, the page when it comes up.
    tab.get_by_role("link", name="Start").click(delay=100)
    soon(lambda: kept(room, "source") == "the labour office, 2026")


def test_who_goes_to_another_part_loses_nothing(app: RunningApp, context: BrowserContext, room: str) -> None:
    tab = opened(app, context, room)
    box(tab, "Source").fill("the labour office, 2026")
    tab.get_by_role("combobox", name="Part").click()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    soon(lambda: kept(room, "source") == "the labour office, 2026")


def test_a_restart_under_an_open_page_loses_nothing(
    app: RunningApp, context: BrowserContext, room: str
) -> None:
    tab = opened(app, context, room)
    typed(tab, "Value (%)", "10,5")
    soon(lambda: kept(room, "value") == "10,5")
    settled(tab)
    # Half a word stands in a box when the server goes.
    box(tab, "Source").fill("the labour off")
    app.restart()
    expect(box(tab, "Source")).to_be_enabled()
    settled(tab)
    shows(tab, "Source", "the labour off")
    box(tab, "Source").click()
    tab.keyboard.press("End")
    tab.keyboard.type("ice, 2026")
    tab.keyboard.press("Tab")
    soon(lambda: kept(room, "source") == "the labour office, 2026")
    assert kept(room, "value") == "10,5"
    settled(tab)
    expect(row(tab).get_by_text("Both are kept")).to_have_count(0)


def test_what_others_wrote_during_a_restart_is_told_and_not_overwritten(
    app: RunningApp, context: BrowserContext, room: str
) -> None:
    tab = opened(app, context, room)
    typed(tab, "Value (%)", "10,5")
    soon(lambda: kept(room, "value") == "10,5")
    settled(tab)
    app.stop()
    other = opened_after(app, context, room)
    typed(other, "Value (%)", "11,5")
    soon(lambda: kept(room, "value") == "11,5")
    expect(box(tab, "Value (%)")).to_be_enabled()
    settled(tab)
    typed(tab, "Remark", "by the one who did not know")
    soon(
        lambda: (
            row(tab).get_by_text("Both are kept").count() > 0
            or kept(room, "remark") == "by the one who did not know"
        )
    )
    # Whatever came first, nothing is lost: both texts stand in the record or wait in its clash.
    assert kept(room, "value") == "11,5"


def opened_after(app: RunningApp, context: BrowserContext, room: str) -> Page:
    """The server started again, and the form in another tab."""
    app.start()
    tab = context.new_page()
    tab.goto(f"{app.url}/city_record?lang=en&room={room}&area=2")
    shows(tab, "Value (%)", "10,5")
    settled(tab)
    return tab


@pytest.mark.parametrize("width", [390, 1280])
def test_the_form_fits_a_phone(app: RunningApp, context: BrowserContext, room: str, width: int) -> None:
    tab = opened(app, context, room)
    tab.set_viewport_size({"width": width, "height": 800})
    tab.wait_for_timeout(300)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    for label in ("Value (%)", "Reference year", "Source", "Remark"):
        found = box(tab, label).bounding_box()
        assert found is not None
        assert found["x"] >= 0
        assert found["x"] + found["width"] <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_is_accessible(app: RunningApp, context: BrowserContext, room: str, scheme: str) -> None:
    tab = opened(app, context, room)
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    # With a finding and a proposal in view.
    typed(tab, "Value (%)", "0.45")
    expect(row(tab).get_by_role("button", name="Write 45 there")).to_be_visible()
    row(tab).get_by_text("History", exact=True).click()
    settled(tab)
    found = Axe().run(tab, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
