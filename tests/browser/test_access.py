"""Every page by the rules of WCAG 2.2, levels A and AA, that a program can check (axe-core), light and dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from actions.access import COMPUTER
from actions.candidates import extended
from actions.samples import open_sample
from tests.conftest import RunningApp
from tests.door.shared_app import COOKIE, SharedApp

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OF_A_CITY = (
    "city_overview",
    "city_areas",
    "city_themes",
    "city_compare",
    "city_why",
    "city_next",
    "city_practice",
)
OF_CANDIDATES = ("jury_candidates", "how_sure")
OF_NOBODY = ("start", "city_upload", "city_departments", "membership", "about_method")
# Where people sign in; the page of people is three, by whose people it shows.
OF_THE_SHARED = (
    "start",
    "own_account",
    "office_log",
    "city_people",
    "city_people?people=office",
    "city_people?people=everybody",
)
# The framework's own list of pages on a phone: its markup is not ours to mend.
NOT_OURS = {"exclude": [["[data-testid=stSidebarNav]"]]}
# Pages are slow on a busy machine, and a chart is drawn after its page stands.
PATIENCE = 60_000


@pytest.mark.parametrize(("scheme", "width", "language"), [("light", 1280, "en"), ("dark", 390, "zh")])
def test_no_page_breaks_a_rule(
    running_app: RunningApp, browser: Browser, scheme: str, width: int, language: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCORECARD_DATA", str(running_app.data))
        ids = [
            open_sample(COMPUTER, city, "en").upload_id
            for city in ("riverbend", "yunlan", "wattlemere", "port_amal")
        ]
        chosen = extended(COMPUTER, [], ids)
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    broken = {}
    try:
        for name in (*OF_A_CITY, *OF_CANDIDATES, *OF_NOBODY):
            city = f"&city={ids[0]}" if name in OF_A_CITY else ""
            shown = f"&set={chosen}" if name in (*OF_A_CITY, *OF_CANDIDATES) else ""
            page.goto(f"{running_app.url}/{name.removeprefix('start')}?lang={language}{city}{shown}")
            page.locator("h1").first.wait_for(timeout=PATIENCE)
            page.get_by_test_id("stStatusWidget").wait_for(state="detached", timeout=PATIENCE)
            page.wait_for_timeout(500)
            found = Axe().run(page, context=NOT_OURS, options=RULES).response["violations"]
            if found:
                broken[name] = [(one["id"], one["nodes"][0]["html"][:120]) for one in found]
    finally:
        context.close()
    assert broken == {}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    """An installation in which people sign in."""
    app = SharedApp(tmp_path_factory.mktemp("shared"))
    app.start()
    yield app
    app.stop()


@pytest.mark.parametrize(("scheme", "width", "language"), [("light", 1280, "en"), ("dark", 390, "zh")])
def test_no_page_of_a_shared_installation_breaks_a_rule(
    shared: SharedApp, browser: Browser, scheme: str, width: int, language: str
) -> None:
    who = shared.come_in(f"Sara{width}", "secretariat")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    context.add_cookies([{"name": COOKIE, "value": who.token, "url": shared.url}])
    page = context.new_page()
    broken = {}
    try:
        for name in OF_THE_SHARED:
            path, _, query = name.removeprefix("start").partition("?")
            page.goto(f"{shared.url}/{path}?lang={language}&{query}")
            page.locator("h1").first.wait_for(timeout=PATIENCE)
            page.get_by_test_id("stStatusWidget").wait_for(state="detached", timeout=PATIENCE)
            page.wait_for_timeout(500)
            found = Axe().run(page, context=NOT_OURS, options=RULES).response["violations"]
            if found:
                broken[name] = [(one["id"], one["nodes"][0]["html"][:120]) for one in found]
    finally:
        context.close()
    assert broken == {}
