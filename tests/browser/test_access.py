"""Every page by the rules of WCAG 2.2, levels A and AA, that a program can check (axe-core), light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from actions import house
from actions.access import COMPUTER
from actions.candidates import extended
from actions.evidence import give_evidence_link
from actions.queries import ask_at
from actions.record import record, say
from actions.rooms import begin_assessment, new_room_city
from actions.round_demo import make_demo
from actions.round_facts import JUROR, seats
from actions.round_read import Seen, seen
from actions.samples import open_sample
from actions.states import Spoken, act
from tests.actions.test_years import FIRST, SECOND, THIRD
from tests.actions.years_of_a_town import town, year_of
from tests.conftest import SOAK, RunningApp
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
OF_A_ROOM = ("city_room", "city_record")
OF_YEARS = ("city_years",)
OF_CANDIDATES = ("jury_candidates", "how_sure")
OF_NOBODY = ("start", "city_upload", "city_departments", "membership", "about_method")
# A round's pages as whoever runs it sees them, and as a juror marks.
OF_A_ROUND = (
    *("round_home", "round_candidates", "round_jury", "round_assign", "round_slates", "round_meeting"),
    *("round_results", "round_results?view=sure", "round_results?view=jury", "round_results?view=moves"),
)
OF_A_JUROR = (
    *("round_home", "round_jury", "round_mark", "round_mark?show=judge", "round_mark?show=ladder"),
    *("round_mark?show=evidence", "round_mark?show=offline"),
)
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


def returned_room(name: str) -> str:
    """A room in which there is something of everything: answers, evidence, a question, a signature, a receipt."""
    year = house.today().year
    city = new_room_city(COMPUTER, name, "KOR")
    one = begin_assessment(COMPUTER, city, year)
    say(COMPUTER, one, "profile:name", {"entry": name}, 0)
    say(COMPUTER, one, "profile:country", {"entry": "KOR"}, 0)
    give_evidence_link(COMPUTER, one, "2.2.1", "https://example.org/a.pdf", "page 3")
    act(COMPUTER, one, "check", 0, "en")
    days = dict.fromkeys(("beijing_declaration", "key_features"), "2024-01-15")
    signing = Spoken("", "Kim Ara", "Mayor", days, record(COMPUTER, one).sha256)
    act(COMPUTER, one, "sign_off", 1, "en", signing)
    act(COMPUTER, one, "hand_in", 2, "en")
    ask_at(COMPUTER, one, "2.2.1", "Which survey?")
    act(COMPUTER, one, "return", 3, "en")
    return one


def turn(pages: Sequence[Any], scheme: str) -> Sequence[Any]:
    """The pages that are looked at in a scheme: every second one, so that each has its turn; in the long form all."""
    return pages if SOAK else pages[scheme == "dark" :: 2]


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds on a page that has come to rest: each rule with the first piece that breaks it."""
    page.locator("h1").first.wait_for(timeout=PATIENCE)
    page.get_by_test_id("stStatusWidget").wait_for(state="detached", timeout=PATIENCE)
    page.wait_for_timeout(500)
    found = Axe().run(page, context=NOT_OURS, options=RULES).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in found]


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
        of = town()
        for year, said in ((2022, FIRST), (2024, SECOND), (2026, THIRD)):
            year_of(of, year, said)
        room = returned_room(scheme)
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    broken = {}
    try:
        for name in turn((*OF_A_CITY, *OF_CANDIDATES, *OF_A_ROOM, *OF_YEARS, *OF_NOBODY), scheme):
            city = f"&city={ids[0]}" if name in OF_A_CITY else ""
            shown = f"&set={chosen}" if name in (*OF_A_CITY, *OF_CANDIDATES) else ""
            opened = f"&room={room}" if name in OF_A_ROOM else f"&of={of}" if name in OF_YEARS else ""
            page.goto(f"{running_app.url}/{name.removeprefix('start')}?lang={language}{city}{shown}{opened}")
            if found := violations(page):
                broken[name] = found
    finally:
        context.close()
    assert broken == {}


@pytest.fixture(scope="module")
def invented_round(running_app: RunningApp) -> Seen:
    """The invented round, as this computer sees it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCORECARD_DATA", str(running_app.data))
        return seen(COMPUTER, make_demo(COMPUTER, "en"))


@pytest.mark.parametrize(("scheme", "width", "language"), [("light", 1280, "en"), ("dark", 390, "zh")])
def test_no_page_of_a_round_breaks_a_rule(
    running_app: RunningApp, invented_round: Seen, browser: Browser, scheme: str, width: int, language: str
) -> None:
    juror = next(one.id for one in seats(invented_round.now) if one.role == JUROR)
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    broken = {}
    try:
        every = (*((one, "") for one in OF_A_ROUND), *((one, juror) for one in OF_A_JUROR))
        for name, seat in turn(every, scheme):
            path, _, query = name.partition("?")
            of = f"lang={language}&round={invented_round.round.id}" + (f"&seat={seat}" if seat else "")
            page.goto(f"{running_app.url}/{path}?{of}&{query}")
            if found := violations(page):
                broken[name, seat] = found
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
        for name in turn(OF_THE_SHARED, scheme):
            path, _, query = name.removeprefix("start").partition("?")
            page.goto(f"{shared.url}/{path}?lang={language}&{query}")
            if found := violations(page):
                broken[name] = found
    finally:
        context.close()
    assert broken == {}
