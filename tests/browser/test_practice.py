"""One practice card: written as one types, published, found by another city, and taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from actions import house
from actions.sign_in import Opened
from tests.actions.people_at_hand import come_in, make_city
from tests.browser.hands import text_in
from tests.door.shared_app import COOKIE, SharedApp

pytestmark = pytest.mark.browser
PATIENCE = 60_000


@pytest.fixture
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    """A shared installation of its own."""
    app = SharedApp(tmp_path_factory.mktemp("practice"))
    app.start()
    yield app
    app.stop()


def _screen(browser: Browser, app: SharedApp, opened: Opened) -> Page:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": COOKIE, "value": opened.token, "url": app.url}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def _saved(page: Page) -> None:
    page.get_by_test_id("stStatusWidget").wait_for(state="detached", timeout=PATIENCE)


def test_a_card_is_written_published_found_by_another_city_and_taken_back(
    browser: Browser, shared: SharedApp
) -> None:
    with shared.within():
        east, west = make_city(house.store(), "Eastby", "NOR"), make_city(house.store(), "Westby", "SWE")
        owner = come_in("owner", "east@example.org", city=east)
        officer = come_in("owner", "west@example.org", city=west)
    writer, reader = _screen(browser, shared, owner), _screen(browser, shared, officer)
    writer.goto(f"{shared.url}/city_practice?lang=en")
    writer.get_by_role("button", name="Write a new card").click()
    writer.get_by_label("Title").fill("Reading vans")
    # From field to field with the keyboard: each is kept when it is left.
    writer.get_by_label("Title").press("Tab")
    writer.get_by_label("What was done").fill("Two vans with books go to every village")
    writer.get_by_label("For whom").click()
    _saved(writer)
    writer.reload()
    expect(writer.get_by_label("Title")).to_have_value("Reading vans")
    expect(writer.get_by_label("What was done")).to_have_value("Two vans with books go to every village")

    reader.goto(f"{shared.url}/city_practice?lang=en")
    expect(text_in(reader, "No other city has published a card yet.")).to_be_visible()

    writer.get_by_text("The city agrees that every city in the network can read this card").click()
    writer.get_by_role("button", name="Publish", exact=True).click()
    expect(text_in(writer, "Others can read this card since")).to_be_visible()

    reader.goto(f"{shared.url}/city_practice?lang=en&card_words=vans&card_about=1.1")
    expect(text_in(reader, "Reading vans")).to_be_visible()
    expect(reader.get_by_text("Similar: both in Europe and North America", exact=False).first).to_be_visible()
    expect(reader.get_by_label("Words")).to_have_value("vans")
    reader.goto(f"{shared.url}/city_practice?lang=en&card_words=vans&card_about=2")
    expect(text_in(reader, "No card fits these filters.")).to_be_visible()

    writer.get_by_role("button", name="Take back").click()
    expect(text_in(writer, "Only your city sees this card.")).to_be_visible()
    reader.goto(f"{shared.url}/city_practice?lang=en&card_words=vans&card_about=1.1")
    expect(text_in(reader, "No other city has published a card yet.")).to_be_visible()
    expect(reader.get_by_text("Reading vans")).to_have_count(0)
