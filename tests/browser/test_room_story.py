"""Two years of a city's room as its people live them: several of them at once, each in a browser of her own."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from actions import house, sign_in
from actions.evidence import give_evidence_link
from actions.record import record, say
from actions.rooms import begin_assessment, rooms_of
from actions.sign_in import Opened
from actions.states import Spoken, act
from store.assessments import assessment
from store.evidence import evidence_of
from store.record import CONFIRMED, FORM, LAST_YEAR, current
from tests.actions.people_at_hand import come_in, make_city
from tests.actions.record_at_hand import typed_into
from tests.door.shared_app import COOKIE, SharedApp

pytestmark = pytest.mark.browser
PATIENCE = 60_000
YEAR = house.today().year
# Name -> role and, for a department, its focus areas.
PEOPLE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Olga": ("owner", ()),
    "Hanna": ("contributor", ("2",)),
    "Max": ("contributor", ("7",)),
    "Petra": ("contributor", ("10",)),
    "Wen": ("contributor", ("6",)),
    "Mia": ("mayor", ()),
    "Sam": ("secretariat", ()),
}


@dataclass
class Town:
    """The installation, the people who are signed in, and a browser for each who needs one."""

    app: SharedApp
    browser: Browser
    city: str
    second: str
    people: Mapping[str, Opened]
    contexts: dict[str, BrowserContext] = field(default_factory=dict)

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
        """Go to a page of the menu."""
        query = "&".join(f"{name}={text}" for name, text in {"lang": "en", **address}.items())
        page.goto(f"{self.app.url}/{where}?{query}")

    def said(self, room: str, name: str) -> Mapping[str, str]:
        """What the store holds in a field now."""
        with house.store().reading() as reader:
            found = current(reader, room).get(name)
        return found.said if found else {}

    def kept(self, room: str, name: str, **texts: str) -> None:
        """Wait until the store holds these texts in a field, and no other."""
        until(lambda: self.said(room, name), texts)


def until(found: Callable[[], object], wanted: object) -> None:
    """Wait until something is found, and fail with what is found instead."""
    end = time.monotonic() + PATIENCE / 1000
    while found() != wanted and time.monotonic() < end:
        time.sleep(0.1)
    assert found() == wanted


@pytest.fixture(scope="module")
def town(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One installation with a city of seven people, and a second city of the same owner and mayor."""
    app = SharedApp(tmp_path_factory.mktemp("story"))
    app.start()
    expect.set_options(timeout=PATIENCE)
    with app.within():
        city = make_city(house.store(), "Riverton", "KOR")
        second = make_city(house.store(), "Hillton", "KOR")
        people = {
            name: come_in(
                role, f"{name.lower()}@example.org", name, city="" if name == "Sam" else city, areas=areas
            )
            for name, (role, areas) in PEOPLE.items()
        }
        people |= {
            name: come_in(role, f"{name.lower()}@example.org", name, city=second)
            for name, role in (("Otto", "owner"), ("Mona", "mayor"))
        }
        made = Town(app, browser, city, second, people)
        yield made
    expect.set_options(timeout=5_000)
    for one in made.contexts.values():
        one.close()
    app.stop()


def under(page: Page, key: str, beginning: bool = False) -> Locator:
    """The element of a key, or the one whose key begins so."""
    name = "st-key-" + re.sub(r"[^\w-]", "-", key)
    return page.locator(f'[class*="{name}"]' if beginning else f".{name}")


def write(page: Page, room: str, name: str, **texts: str) -> None:
    """Type into the boxes of a field one after the other, each left with the keyboard, without waiting."""
    for column, text in texts.items():
        box = under(page, f"box.{room}.{name}.{column}.", True).locator("input, textarea").first
        box.fill(text)
        box.press("Tab")


def fold(page: Page, key: str) -> Locator:
    """Open a fold; its content."""
    found = under(page, f"fold_{key}")
    found.locator("summary").click()
    return found


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def bring(
    page: Page, room: str, changes: Mapping[tuple[str, str], object], folder: Path
) -> Callable[[], None]:
    """Take the record along as a workbook and fill it in; returns how it is brought back."""
    folded = fold(page, f"workbook.{room}")
    with page.expect_download() as started:
        folded.get_by_role("button", name="Download the record as a workbook").click()
    file = folder / started.value.suggested_filename
    file.write_bytes(typed_into(started.value.path().read_bytes(), changes))
    return lambda: folded.locator("input[type=file]").set_input_files(file)


def test_the_first_year_is_filled_by_four_departments_and_nothing_is_lost(town: Town, tmp_path: Path) -> None:
    olga, hanna, max_, petra, wen = (town.tab(name) for name in ("Olga", "Hanna", "Max", "Petra", "Wen"))
    town.at(olga, "city_room", of=town.city)
    fold(olga, f"begin_{town.city}")
    press(olga, "Begin it")
    olga.wait_for_url(re.compile(r"[?&]room=[\w-]{22}"))
    found = re.search(r"[?&]room=([\w-]{22})", olga.url)
    assert found is not None
    room = found[1]

    # Two departments write in the form; one reloads, uses a second tab and comes back to the first.
    town.at(hanna, "city_record", room=room)
    write(hanna, room, "2.2.1", value="4,9", year=str(YEAR - 1), source="Labour office, table 3")
    jobless = {"value": "4,9", "year": str(YEAR - 1), "source": "Labour office, table 3"}
    town.kept(room, "2.2.1", **jobless)
    hanna.reload()
    expect(under(hanna, f"box.{room}.2.2.1.source.", True).locator("input")).to_have_value(
        "Labour office, table 3"
    )
    other = town.tab("Hanna")
    town.at(other, "city_record", room=room, area="2")
    write(other, room, "2.5.1", value="41 %", remark="asked in May")
    town.kept(room, "2.5.1", value="41 %", remark="asked in May")
    other.close()
    write(hanna, room, "2.2.1", remark="without students")
    expect(hanna.get_by_text("Hanna has written here meanwhile")).to_be_visible()
    press(hanna, "Show what stands there now")
    expect(under(hanna, f"box.{room}.2.5.1.value.", True).locator("input")).to_have_value("41 %")
    jobless["remark"] = "without students"
    town.kept(room, "2.2.1", **jobless)

    # The line is down while the second one types.
    town.at(max_, "city_record", room=room)
    write(max_, room, "7.1.1", value="60 %")
    town.kept(room, "7.1.1", value="60 %")
    town.contexts["Max"].set_offline(True)
    write(max_, room, "7.1.1", year=str(YEAR - 1), source="School board")
    max_.wait_for_timeout(1_000)
    assert town.said(room, "7.1.1") == {"value": "60 %"}
    town.contexts["Max"].set_offline(False)
    town.kept(room, "7.1.1", value="60 %", year=str(YEAR - 1), source="School board")

    # The third one fills in her part of the workbook; the fourth one's says something else than the owner typed.
    town.at(petra, "city_record", room=room)
    plans = {("10.1.1", "Value"): 3, ("10.1.1", "Source"): "Council minutes", ("10.2.1", "Value"): 2}
    bring(petra, room, plans, tmp_path)()
    press(petra, "Take all 2 fields over")
    town.kept(room, "10.1.1", value="3", source="Council minutes")
    town.kept(room, "10.2.1", value="2")
    town.at(wen, "city_record", room=room)
    bring_back = bring(wen, room, {("6.4.1", "Value"): 14, ("6.4.1", "Reference year"): YEAR - 1}, tmp_path)

    # The server goes and comes back while the owner types.
    town.at(olga, "city_record", room=room, area="6")
    write(olga, room, "6.4.1", value="12 %")
    town.kept(room, "6.4.1", value="12 %")
    source = under(olga, f"box.{room}.6.4.1.source.", True).locator("input")
    source.fill("an old yearbook")
    town.app.stop()
    # Nothing can be typed now; what was typed stays in its box and is kept once the server is there again.
    expect(source).to_be_disabled()
    town.app.start()
    expect(source).to_be_enabled()
    expect(source).to_have_value("an old yearbook")
    source.press("Tab")
    town.kept(room, "6.4.1", value="12 %", source="an old yearbook")
    town.at(olga, "city_record", room=room, area="profile")
    write(olga, room, "profile:name", entry="Riverton")
    write(olga, room, "profile:member_since", entry=str(YEAR))
    # The page that follows an entry would close a list that was opened before it came.
    town.kept(room, "profile:member_since", entry=str(YEAR))
    expect(olga.get_by_test_id("stStatusWidget")).to_have_count(0)
    country = under(olga, f"box.{room}.profile:country.entry.", True).locator("input")
    country.click()
    country.press_sequentially("Republic of Korea")
    olga.get_by_role("option", name="Republic of Korea", exact=True).click()
    town.kept(room, "profile:country", entry="KOR")

    wen.reload()
    fold(wen, f"workbook.{room}")
    bring_back()
    expect(wen.get_by_text("Different in both: which counts?")).to_be_visible()
    press(wen, "Let the workbook count here")
    town.kept(room, "6.4.1", value="14", year=str(YEAR - 1))


def _first_year(town: Town) -> str:
    """The second city's first year, handed in with three answers and a piece of evidence; returns its id."""
    otto, mona = (sign_in.actor(town.people[name].person) for name in ("Otto", "Mona"))
    assert otto is not None
    assert mona is not None
    room, last = begin_assessment(otto, town.second, YEAR), str(YEAR - 1)
    for name, texts in {
        "profile:name": {"entry": "Hillton"},
        "profile:country": {"entry": "KOR"},
        "profile:member_since": {"entry": str(YEAR)},
        "2.2.1": {"value": "14 %", "year": last, "source": "Labour office", "grade": "measured"},
        "7.2.2": {"value": "60 %", "year": last, "source": "Household survey", "grade": "measured"},
        "10.1.1": {"value": "3", "year": last, "source": "Council minutes", "grade": "measured"},
    }.items():
        say(otto, room, name, texts, 0)
    give_evidence_link(otto, room, "10.1.1", "https://example.org/minutes.pdf", "page 4")
    adopted = {"beijing_declaration": "2015-09-28", "key_features": "2016-03-01"}
    act(otto, room, "check", 0, "en")
    signed = Spoken(title="Mayor", adopted=adopted, record_sha256=record(mona, room).sha256)
    act(mona, room, "sign_off", 1, "en", signed)
    act(otto, room, "hand_in", 2, "en")
    return room


def rows(page: Page, twin: str) -> list[list[str]]:
    """A chart's table twin, row by row, its heading first."""
    table = fold(page, f"twin_{twin}").get_by_role("table")
    table.wait_for()
    cells = table.evaluate(
        "one => [...one.rows].map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )
    return [list(map(str, row)) for row in cells]


def test_the_second_year_goes_on_from_the_first_with_a_cut(town: Town) -> None:
    first, after, page = _first_year(town), YEAR + 1, town.tab("Otto")
    town.at(page, "city_years", of=town.second)
    press(page, f"Begin {after} from this year")
    expect(page.get_by_text("6 entries stand as they were last year")).to_be_visible()
    actor = sign_in.actor(town.people["Otto"].person)
    assert actor is not None
    room = rooms_of(actor, town.second)[0].id
    assert room != first
    # What nobody has looked at says so, until it is confirmed or changed.
    area = fold(page, f"carried_{room}_10")
    expect(area.get_by_text(f"3 · {YEAR - 1} · ")).to_be_visible()
    area.get_by_role("button", name="Still right").click()
    expect(page.get_by_text("5 entries stand as they were last year")).to_be_visible()

    town.at(page, "city_record", room=room, area="2")
    expect(page.get_by_text(re.compile(r"^(history)?\s*Last time: .*14.*Labour office"))).to_be_visible()
    write(page, room, "2.2.1", value="8.5 %", year=str(YEAR))
    town.kept(room, "2.2.1", value="8.5 %", year=str(YEAR), source="Labour office", grade="measured")
    town.at(page, "city_record", room=room, area="7")
    write(page, room, "7.2.2", value="80 %", year=str(YEAR), series_break="another survey")
    town.kept(
        room,
        "7.2.2",
        value="80 %",
        year=str(YEAR),
        source="Household survey",
        grade="measured",
        series_break="another survey",
    )
    town.at(page, "city_room", room=room)
    expect(page.get_by_text("Where to look: page 4")).to_be_visible()
    press(page, "It still holds")
    expect(page.get_by_text("Evidence to confirm", exact=True)).to_have_count(0)

    # By hand, in the basket of the core. Unemployment: goalposts 25 and 3, so 14 % are 50 and 8.5 % are 75 points, of
    # one of three features of area 2; internet is all of area 7; level 3 of 5 is 60 points of one of three features of
    # area 10. First year: (50/3 + 60 + 60/3) / 12 = 8.06; second: (75/3 + 80 + 60/3) / 12 = 10.42. Comparable are a
    # third of area 2 and a third of area 10, 2/36 of the weight: from (50 + 60)/2 = 55 to (75 + 60)/2 = 67.5. The first
    # year beside itself is compared on all that it answers, 5/36 of the weight.
    town.at(page, "city_years", of=town.second)
    expect(
        page.get_by_text(
            f"The level in {after} is 10.4 points. Since {YEAR}, what can be compared (6% of the weight) changed by "
            "+12.5 points."
        )
    ).to_be_visible()
    expect(page.get_by_text("3 entries stand as they were last year")).to_be_visible()
    assert rows(page, "axes")[1:] == [
        [str(YEAR), "8.1", "0.0", "14%"],
        [str(after), "10.4", "+12.5", "6%"],
    ]
    assert rows(page, "whole")[1][1:] == ["8.1", "≠ 10.4", "–"]
    areas = {row[0].partition(" ")[0]: row[1:] for row in rows(page, "areas_over_years")[1:]}
    assert areas["2"] == ["16.7", "25.0", "+8.3"]
    assert areas["7"] == ["60.0", "≠ 80.0", "–"]
    assert areas["10"] == ["20.0", "20.0", "0.0"]
    told = page.get_by_role("table").filter(has_text="Why it cannot be compared")
    expect(told.get_by_role("cell")).to_have_text(
        [str(after), "7.2.2 Households with internet access", "another survey"]
    )
    with house.store().reading() as reader:
        ways = {name: entry.way for name, entry in current(reader, room).items()}
        (piece,) = evidence_of(reader, room)
        began = assessment(reader, room)
    assert ways == {
        **dict.fromkeys(("profile:name", "profile:country", "profile:member_since"), LAST_YEAR),
        "profile:assessment_year": LAST_YEAR,
        "10.1.1": CONFIRMED,
        "2.2.1": FORM,
        "7.2.2": FORM,
    }
    assert (piece.state, piece.pointer) == ("confirmed", "page 4")
    assert began is not None
    assert (began.year, began.from_id) == (after, first)
