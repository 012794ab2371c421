"""May this town join? Two stories of somebody who asks before there is a room, and one of a room, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from actions import house
from actions.access import COMPUTER
from actions.record import say
from actions.rooms import begin_assessment, new_room_city
from store.membership import versions_said
from tests.actions.people_at_hand import come_in, make_city
from tests.browser import hands
from tests.browser.hands import PATIENCE
from tests.browser.menu import go_to
from tests.conftest import RunningApp
from tests.door.shared_app import COOKIE, SharedApp

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Words:
    """What the page says in one language."""

    room: str
    title: str
    name: str
    population: str
    year: str
    governs: str
    kind: str
    state: str
    yes: str
    town: str
    district: str
    elected: str
    none: str
    answer_town: str
    advice_town: str
    answer_district: str
    advice_district: str
    unsure: str
    download: str
    superseded: str
    gone: str


WORDS = {
    "en": Words(
        "Your room",
        "Membership",
        "Name of the town",
        "Population",
        "Year of the population figure",
        "Who governs the city",
        "Kind of unit",
        "Country is a Member State of UNESCO",
        "Yes",
        "Town or municipality",
        "District of a city",
        "Elected council",
        "None",
        "Smallham meets 3 of the 4 requirements about the city itself in the rules since 2022. "
        "In the way as it stands: 10,000 inhabitants or more.",
        "found are 9,000, which is 1,000 fewer",
        "In the way as it stands: An elected council or a similar body.",
        "What counts as a similar body in your country is for the National Commission for UNESCO to say.",
        "Whether the regulations of today still ask for it was not seen.",
        "Check and list as a workbook (.xlsx)",
        "Superseded rules and their days",
        "The National Commission alone decides",
    ),
    "zh": Words(
        "城市工作室",
        "成员资格",
        "地名",
        "人口",
        "人口数据年份",
        "城市治理机构",
        "单元类型",
        "该国是联合国教科文组织会员国",
        "是",
        "镇",
        "市辖区",
        "民选议会",
        "无",
        "Smallham：按 2022 年以来的规则，有关城市本身的 4 项要求中满足 3 项。目前尚不满足：居民 1 万人或以上。",
        "现有 9,000 人，少 1,000 人",
        "目前尚不满足：设有民选议会或类似机构。",
        "在贵国何种机构可算类似机构，由联合国教科文组织全国委员会说明。",
        "现行规定是否仍有此要求，尚未查到。",
        "下载核对结果和材料清单（.xlsx）",
        "已被取代的规则及其日期",
        "由全国委员会单独决定",
    ),
}


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[1280, 390])
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A wide screen, and a phone."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option of a list by its label."""
    hands.choose(page, page.get_by_role("combobox", name=re.compile(re.escape(label))), option)
    hands.rest(page)


def write(page: Page, label: str, text: str) -> None:
    """Type into a box and leave it."""
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Tab")
    hands.rest(page)


def main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")


def test_a_town_of_9000_and_a_district_without_a_council_ask_whether_they_may_join(
    running_app: RunningApp, screen: Page, language: str
) -> None:
    words, page = WORDS[language], screen
    page.goto(f"{running_app.url}/membership?lang={language}&of=quick")
    expect(page.locator("h1")).to_have_text(words.title, timeout=PATIENCE)
    write(page, words.name, "Smallham")
    write(page, words.population, "9000")
    write(page, words.year, "2024")
    choose(page, words.governs, words.elected)
    choose(page, words.kind, words.town)
    choose(page, words.state, words.yes)
    expect(main(page)).to_contain_text(words.answer_town, timeout=PATIENCE)
    expect(main(page)).to_contain_text(words.advice_town)
    expect(main(page)).to_contain_text(words.unsure)
    # A sent link shows the same, and nothing was kept.
    address = page.url
    assert "population=9000" in address
    page.goto("about:blank")
    page.goto(address)
    expect(main(page)).to_contain_text(words.answer_town, timeout=PATIENCE)
    # What was the rule once is folded away, with its days.
    expect(page.get_by_text(words.gone)).to_have_count(0)
    page.get_by_text(words.superseded).first.click()
    expect(main(page)).to_contain_text(words.gone, timeout=PATIENCE)
    hands.rest(page)
    # The next one who asks: a district.
    write(page, words.population, "62000")
    choose(page, words.kind, words.district)
    choose(page, words.governs, words.none)
    expect(main(page)).to_contain_text(words.answer_district, timeout=PATIENCE)
    expect(main(page)).to_contain_text(words.advice_district)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=words.download).click()
    assert waiting.value.suggested_filename.endswith(".xlsx")
    # Nothing is wider than the screen.
    assert page.evaluate(
        "document.querySelector('[data-testid=stMain]').scrollWidth"
        " <= document.querySelector('[data-testid=stMain]').clientWidth"
    )


def test_it_is_found_in_the_menu(running_app: RunningApp, page: Page) -> None:
    page.goto(f"{running_app.url}/?lang=en")
    go_to(page, "Your room", "Membership")
    expect(page.locator("h1")).to_have_text("Membership", timeout=PATIENCE)


def test_what_is_answered_in_a_room_outlives_a_restart(running_app: RunningApp, page: Page) -> None:
    page.set_default_timeout(PATIENCE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCORECARD_DATA", str(running_app.data))
        of = new_room_city(COMPUTER, "Riverton", "NOR")
        room = begin_assessment(COMPUTER, of, 2026)
        for name, entry in (("population", "48 200"), ("governing_body", "Elected council")):
            say(COMPUTER, room, f"profile:{name}", {"entry": entry}, 0)
    page.goto(f"{running_app.url}/membership?lang=en&of={of}")
    expect(main(page)).to_contain_text(
        "Riverton meets 2 of 10 requirements of the rules since 2022; 8 are still open."
    )
    choose(page, "Kind of unit", "Town or municipality")
    expect(main(page)).to_contain_text("Riverton meets 3 of 10 requirements")
    choose(page, "Mayor's signature on the form", "Yes")
    write(page, "Other cities put forward by the country this year", "3")
    expect(main(page)).to_contain_text("The 3 places of ")
    running_app.restart()
    page.reload()
    expect(main(page)).to_contain_text("Riverton meets 3 of 10 requirements", timeout=PATIENCE)
    expect(main(page)).to_contain_text(
        "Mayor's signature on the form: Yes; Official seal on the form: not yet known"
    )
    expect(main(page)).to_contain_text("The 3 places of ")
    # An emptied box says nothing any more.
    write(page, "Other cities put forward by the country this year", "")
    expect(main(page)).not_to_contain_text("The 3 places of ", timeout=PATIENCE)


def test_where_people_sign_in_a_check_is_for_its_own_people_and_a_quick_one_for_everybody(
    browser: Browser, tmp_path: Path
) -> None:
    app = SharedApp(tmp_path)
    app.start()
    contexts = []
    try:
        with app.within():
            of = make_city(house.store(), "Riverton", "NOR")
            owner = come_in("owner", "owner@example.org", city=of)
            juror = come_in("juror", "juror@example.org")

        def opened_by(token: str) -> Page:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.add_cookies([{"name": COOKIE, "value": token, "url": app.url}])
            context.set_default_timeout(PATIENCE)
            contexts.append(context)
            page = context.new_page()
            page.goto(f"{app.url}/membership?lang=en&of={of}")
            expect(page.locator("h1")).to_have_text("Membership", timeout=PATIENCE)
            return page

        hers, his = opened_by(owner.token), opened_by(juror.token)
        choose(hers, "Endorsed by the National Commission", "In preparation")
        expect(main(hers)).to_contain_text("Riverton meets 0 of 10 requirements")
        his.reload()
        write(his, "Name of the town", "Smallham")
        write(his, "Population", "9000")
        expect(main(his)).to_contain_text("In the way as it stands: 10,000 inhabitants or more.")
        expect(main(his)).not_to_contain_text("Riverton")
        expect(main(his)).not_to_contain_text("In preparation")
        with app.within(), house.store().reading() as reader:
            assert [dict(one.facts) for one in versions_said(reader, of)] == [
                {"commission_endorsement": "in_preparation"}
            ]
    finally:
        for context in contexts:
            context.close()
        app.stop()
