"""An installation whose four cities have handed in, the people of an award round, and a browser for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from actions import house, passwords, sign_in
from actions.access import Actor
from actions.check import refusal
from actions.round_facts import Seat, candidates, seats
from actions.round_read import Seen, seen
from actions.round_setup import move_on
from actions.sign_in import Opened
from actions.submissions import submit
from actions.uploads import receive
from indicators import key_features
from indicators.declarations import yeonsu
from indicators.template import build
from tests.actions.people_at_hand import come_in, make_city
from tests.browser.hands import PATIENCE, rest
from tests.browser.round_cast import CITIES, PEOPLE, SVEN
from tests.door.shared_app import COOKIE, SharedApp
from tests.workbooks import filled_reading


@dataclass
class Town:
    """The running installation, its people and cities by name, and the round once it was begun."""

    app: SharedApp
    browser: Browser
    people: Mapping[str, Opened]
    cities: Mapping[str, str]
    round: str = ""
    contexts: dict[str, BrowserContext] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """Somebody with her rights as they stand now."""
        found = sign_in.actor(self.people[name].person)
        assert found is not None
        return found

    def seen(self, name: str) -> Seen:
        """The round as somebody sees it."""
        return seen(self.actor(name), self.round)

    def seat(self, name: str) -> Seat:
        """Somebody's seat."""
        return next(one for one in seats(self.seen(name).now) if one.person == self.people[name].person)

    def ids(self, name: str = SVEN) -> Mapping[str, str]:
        """The candidates that somebody sees, by name."""
        return {one.name: one.id for one in candidates(self.seen(name).now)}

    def move(self, name: str, phase: str) -> None:
        """Somebody brings the round to a phase."""
        entry = self.seen(name).now.get(("phase", ""))
        move_on(self.actor(name), self.round, "", entry.version if entry else 0, phase)

    def tab(self, name: str) -> Page:
        """A new tab in somebody's browser."""
        if name not in self.contexts:
            made = self.browser.new_context(
                locale="en-GB", viewport={"width": 1280, "height": 900}, accept_downloads=True
            )
            made.add_cookies([{"name": COOKIE, "value": self.people[name].token, "url": self.app.url}])
            made.set_default_timeout(PATIENCE)
            self.contexts[name] = made
        return self.contexts[name].new_page()

    def at(self, page: Page, where: str, **address: str) -> None:
        """Go to a page of the round, and wait until it stands."""
        asked = {"lang": "en", **({"round": self.round} if self.round else {}), **address}
        page.goto(f"{self.app.url}/{where}?{'&'.join(f'{name}={text}' for name, text in asked.items())}")
        page.get_by_role("heading", level=1).wait_for()
        rest(page)


@contextmanager
def town(browser: Browser, folder: Path, settings: Mapping[str, str]) -> Iterator[Town]:
    """A new installation in which every city has handed in its assessment."""
    app = SharedApp(folder, settings=settings)
    app.start()
    expect.set_options(timeout=PATIENCE)
    with app.within(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "COST", passwords.Cost(n=2**4))
        cities = {name: make_city(house.store(), name, country) for name, country in CITIES.items()}
        people = {name: come_in(role, _address(name), name) for name, role in PEOPLE.items()}
        people |= {name: come_in("owner", _address(name), name, city=its) for name, its in cities.items()}
        made = Town(app, browser, people, cities)
        for name, its in cities.items():
            owner = made.actor(name)
            given = receive(owner, f"{name}.xlsx", _workbook(name), "en", its).upload_id
            assert refusal(owner, given, "en") is None
            submit(owner, given)
        try:
            yield made
        finally:
            for one in made.contexts.values():
                one.close()
            expect.set_options(timeout=5_000)
            app.stop()


def _address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@example.org"


def _workbook(name: str) -> bytes:
    whole = filled_reading()
    profile = {**whole.profile, "name": name, "country": CITIES[name]}
    return build(key_features(), (yeonsu(),), "en", prefill=replace(whole, profile=profile))


def box(where: Page | Locator, label: str) -> Locator:
    """The box of a label to write into."""
    return where.locator(f'input[aria-label="{label}"], textarea[aria-label="{label}"]')


def rows(table: Locator) -> list[list[str]]:
    """A table row by row, its heading first."""
    table.wait_for()
    cells = table.evaluate(
        "one => [...one.rows].map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )
    return [list(map(str, row)) for row in cells]


def tabled(page: Page, *headings: str) -> list[list[str]]:
    """The rows of the first table that has these headings."""
    found = page.get_by_role("table")
    for one in headings:
        found = found.filter(has=page.get_by_role("columnheader", name=one, exact=True))
    return rows(found.first)
