"""Two years of a city's room as its people live them: several of them at once, each in a browser of her own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from actions import house, keeping, sign_in
from actions.evidence import evidence_file, give_evidence_link
from actions.record import record, say
from actions.rooms import begin_assessment, rooms_of
from actions.sign_in import Opened
from actions.states import Spoken, act
from store.assessments import assessment
from store.evidence import evidence_of
from store.log import head_from
from store.queries import queries
from store.record import CONFIRMED, FORM, LAST_YEAR, current, history
from store.states import state_of, trail
from store.submissions import submissions_in
from tests.actions.evidence_files import pdf
from tests.actions.people_at_hand import come_in, make_city
from tests.actions.record_at_hand import typed_into
from tests.browser.hands import fold, press, text_in, under, until, values
from tests.conftest import SOAK
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

# What the department says of unemployment before the owner changes it.
JOBLESS = {
    "value": "4,9",
    "year": str(YEAR - 1),
    "source": "Labour office, table 3",
    "remark": "without students",
}
FIRST_QUESTION, SECOND_QUESTION = "Does this count students?", "And who counted them?"
NOT_CARRIED_OUT = "your last click was not carried out"
REASON = "students are counted now"
# Guiding document -> its name on the page and since when the mayor has adopted it.
ADOPTED = {
    "beijing_declaration": ("Beijing Declaration", "2015-09-28"),
    "key_features": ("Key Features", "2016-03-01"),
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

    def stands(self, room: str, state: str) -> None:
        """Wait until the assessment stands somewhere."""

        def now() -> str:
            with house.store().reading() as reader:
                return state_of(reader, room).state

        until(now, state)

    def restart(self, page: Page, box: Locator, text: str) -> None:
        """Stop the server under a page and start it again; what was typed in a box stays there."""
        self.app.stop()
        expect(box).to_be_disabled()
        self.app.start()
        expect(box).to_be_enabled()
        expect(box).to_have_value(text)

    def told(self, room: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """Every question of the reviewers with what was said to it, by whom."""
        name_of = {opened.person: name for name, opened in self.people.items()}
        with house.store().reading() as reader:
            return [
                (one.text, [(name_of[word.by], word.text or word.kind) for word in one.words])
                for one in queries(reader, room)
            ]


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


def write(page: Page, room: str, name: str, **texts: str) -> None:
    """Type into the boxes of a field one after the other, each left with the keyboard, without waiting."""
    for column, text in texts.items():
        box = under(page, f"box.{room}.{name}.{column}.", True).locator("input, textarea").first
        box.fill(text)
        box.press("Tab")


def follow(page: Page, label: str) -> None:
    page.get_by_role("link", name=label, exact=True).click()


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


def _four_departments(town: Town, olga: Page, hanna: Page, tmp_path: Path) -> str:
    """An assessment begun and filled by four departments and their owner at once; returns its id."""
    max_, petra, wen = (town.tab(name) for name in ("Max", "Petra", "Wen"))
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
    town.kept(room, "2.2.1", value="4,9", year=str(YEAR - 1), source="Labour office, table 3")
    hanna.reload()
    until(
        lambda: values(under(hanna, f"box.{room}.2.2.1.source.", True).locator("input")),
        ["Labour office, table 3"],
    )
    other = town.tab("Hanna")
    town.at(other, "city_record", room=room, area="2")
    write(other, room, "2.5.1", value="41 %", remark="asked in May")
    town.kept(room, "2.5.1", value="41 %", remark="asked in May")
    other.close()
    write(hanna, room, "2.2.1", remark="without students")
    expect(text_in(hanna, "Hanna has written here meanwhile")).to_be_visible()
    press(hanna, "Show what stands there now")
    until(lambda: values(under(hanna, f"box.{room}.2.5.1.value.", True).locator("input")), ["41 %"])
    town.kept(room, "2.2.1", **JOBLESS)

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
    expect(text_in(wen, "Different in both: which counts?")).to_be_visible()
    press(wen, "Let the workbook count here")
    town.kept(room, "6.4.1", value="14", year=str(YEAR - 1))
    for page in (max_, petra, wen):
        page.close()
    return room


def _give_evidence(town: Town, hanna: Page, room: str) -> None:
    """A link with its page, then a file, which a second tab shows at once and after a reload as well."""
    town.at(hanna, "city_record", room=room, area="2")
    pieces = fold(hanna, f"evidence.{room}.2.2.1")
    give = fold(hanna, f"give_{room}_2.2.1")
    give.get_by_label("Web address").fill("https://example.org/labour.pdf")
    give.get_by_label("Where in it to look").fill("page 12")
    give.get_by_role("button", name="Add it").click()
    expect(text_in(pieces, "Where to look: page 12")).to_be_visible()
    # What was given is new, and the place for more is open and empty.
    until(lambda: values(give.get_by_label("Web address")), [""])
    give.get_by_text("A file", exact=True).click()
    give.locator("input[type=file]").set_input_files(
        {"name": "labour.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    expect(text_in(give, "labour.pdf")).to_be_visible()
    give.get_by_label("Where in it to look").fill("table 3")
    give.get_by_role("button", name="Add it").click()
    expect(text_in(pieces, "Where to look: table 3")).to_be_visible()
    expect(pieces.locator("summary").first).to_contain_text("Evidence · 2 pieces")
    pieces.locator("summary").first.click()
    expect(give).to_have_count(0)
    hanna.reload()
    fold(hanna, f"evidence.{room}.2.2.1")
    expect(text_in(pieces, "Where to look: table 3")).to_be_visible()


def _sign(town: Town, mia: Page, room: str, *, restart: bool = False) -> None:
    """The mayor's signature with both guiding documents; the server may go while she types."""
    title = mia.get_by_label("Title, such as Mayor")
    for document, day in ADOPTED.values():
        year = mia.get_by_role("spinbutton", name=re.compile(f"^year, {document}"))
        # The figures of a day go on from year to month to day as they are typed.
        year.press_sequentially(day.replace("-", ""))
    title.fill("Mayor")
    title.press("Tab")
    if restart:
        town.restart(mia, title, "Mayor")
        # The new server has not shown her what she signs: she is told, and clicks once more.
        press(mia, "Sign off")
        expect(text_in(mia, NOT_CARRIED_OUT)).to_be_visible()
        town.stands(room, "checked")
    press(mia, "Sign off")
    town.stands(room, "signed")


def _hand_in(page: Page) -> None:
    page.get_by_text("Yes, I am sure").click()
    press(page, "Hand in")


def _receipt(olga: Page) -> tuple[str, str]:
    """What the page shows as the receipt, and the file that it gives."""
    shown = olga.get_by_text(re.compile(r"Your receipt: \d+-[0-9a-f]{16}\. Keep it")).inner_text()
    with olga.expect_download() as started:
        press(olga, "Download the receipt")
    found = re.search(r"\d+-[0-9a-f]{16}", shown)
    assert found is not None
    return found[0], started.value.path().read_text(encoding="utf-8-sig")


def _sign_and_hand_in(town: Town, olga: Page, mia: Page, room: str) -> tuple[str, str]:
    """Checked, signed through a restart, and handed in once, though two tabs of the owner offer it."""
    town.at(olga, "city_room", room=room)
    press(olga, "Start the internal check")
    town.stands(room, "checked")
    town.at(mia, "city_room", room=room)
    _sign(town, mia, room, restart=SOAK)
    olga.reload()
    late = town.tab("Olga")
    town.at(late, "city_room", room=room)
    late.get_by_text("Yes, I am sure").click()
    expect(late.get_by_role("button", name="Hand in", exact=True)).to_be_enabled()
    _hand_in(olga)
    town.stands(room, "submitted")
    press(late, "Hand in")
    expect(text_in(late, "Somebody else has moved this assessment meanwhile")).to_be_visible()
    late.close()
    return _receipt(olga)


def _ask_and_return(town: Town, sam: Page, room: str) -> None:
    """The secretariat looks at the evidence, asks twice at one answer, once through a restart, and returns it."""
    town.at(sam, "city_room")
    sam.get_by_role("combobox", name=re.compile("Open an assessment")).click()
    sam.get_by_role("option", name=re.compile("Riverton")).click()
    follow(sam, "Look through the answers")
    expect(sam.get_by_role("heading", name="Answers")).to_be_visible()
    town.at(sam, "city_record", room=room, area="2")
    fold(sam, f"evidence.{room}.2.2.1")
    with sam.expect_download() as started:
        sam.get_by_role("button", name=re.compile("labour.pdf")).click()
    assert started.value.path().read_bytes() == pdf()
    fold(sam, f"questions.{room}.2.2.1")
    ask = fold(sam, f"ask_{room}_2.2.1")
    ask.get_by_label("Your question to the city").fill(FIRST_QUESTION)
    ask.get_by_role("button", name="Ask", exact=True).click()
    expect(text_in(sam, FIRST_QUESTION)).to_be_visible()
    box = ask.get_by_label("Your question to the city")
    until(lambda: values(box), [""])
    box.fill(SECOND_QUESTION)
    if SOAK:
        town.restart(sam, box, SECOND_QUESTION)
        ask.get_by_role("button", name="Ask", exact=True).click()
        expect(text_in(sam, NOT_CARRIED_OUT)).to_be_visible()
        expect(box).to_have_value(SECOND_QUESTION)
    ask.get_by_role("button", name="Ask", exact=True).click()
    until(lambda: town.told(room), [(FIRST_QUESTION, []), (SECOND_QUESTION, [])])
    town.at(sam, "city_room", room=room)
    press(sam, "Return with the questions")
    town.stands(room, "returned")


def _reply_and_change(town: Town, olga: Page, hanna: Page, room: str) -> None:
    """The owner changes the answer and replies while the line is down; the department replies to the rest."""
    olga.reload()
    press(olga, "Back to the draft")
    town.stands(room, "draft")
    town.at(olga, "city_record", room=room, area="2")
    write(olga, room, "2.2.1", value="5,1")
    town.kept(room, "2.2.1", **{**JOBLESS, "value": "5,1"})
    why = olga.get_by_label("Why was it changed?")
    why.fill(REASON)
    why.press("Tab")
    expect(text_in(olga, f"Why it was changed: {REASON}")).to_be_visible()
    town.contexts["Olga"].set_offline(True)
    thread = olga.get_by_test_id("stVerticalBlock").filter(has_text=FIRST_QUESTION).last
    thread.get_by_label("Reply for the city").fill("Now it does.")
    thread.get_by_role("button", name="Send the reply").click()
    assert town.told(room)[0] == (FIRST_QUESTION, [])
    town.contexts["Olga"].set_offline(False)
    until(lambda: town.told(room)[0], (FIRST_QUESTION, [("Olga", "Now it does.")]))
    expect(text_in(olga, "Now it does.")).to_be_visible()
    town.at(hanna, "city_record", room=room, area="2")
    expect(text_in(hanna, "Now it does.")).to_be_visible()
    thread = hanna.get_by_test_id("stVerticalBlock").filter(has_text=SECOND_QUESTION).last
    thread.get_by_label("Reply for the city").fill("The labour office.")
    thread.get_by_role("button", name="Send the reply").click()
    until(lambda: town.told(room)[1], (SECOND_QUESTION, [("Hanna", "The labour office.")]))


def _accept(town: Town, sam: Page, room: str) -> None:
    """The secretariat settles both questions and accepts."""
    town.at(sam, "city_room", room=room)
    for open_still in (2, 1):
        buttons = sam.get_by_role("button", name="Settle it", exact=True)
        expect(buttons).to_have_count(open_still)
        buttons.first.click()
        expect(buttons).to_have_count(open_still - 1)
    sam.get_by_text("Yes, I am sure").click()
    press(sam, "Accept")
    town.stands(room, "accepted")


def test_the_first_year_from_four_departments_to_its_acceptance(town: Town, tmp_path: Path) -> None:
    olga, hanna, mia, sam = (town.tab(name) for name in ("Olga", "Hanna", "Mia", "Sam"))
    room = _four_departments(town, olga, hanna, tmp_path)
    _give_evidence(town, hanna, room)
    first = _sign_and_hand_in(town, olga, mia, room)
    _ask_and_return(town, sam, room)
    _reply_and_change(town, olga, hanna, room)
    town.at(olga, "city_room", room=room)
    press(olga, "Start the internal check")
    town.stands(room, "checked")
    mia.reload()
    _sign(town, mia, room)
    olga.reload()
    _hand_in(olga)
    town.stands(room, "resubmitted")
    _accept(town, sam, room)
    olga.reload()
    expect(text_in(olga, "It is accepted. Nothing is left to do for this year.")).to_be_visible()
    _nothing_was_lost(town, room, (first, _receipt(olga)))


def _nothing_was_lost(town: Town, room: str, receipts: Sequence[tuple[str, str]]) -> None:
    """All texts, writers and steps as the store holds them, and both receipts of what was handed in."""
    name_of = {opened.person: name for name, opened in town.people.items()}
    last = str(YEAR - 1)
    with house.store().reading() as reader:
        counts = {one: entry.said for one, entry in current(reader, room).items()}
        writers = {
            one: list(dict.fromkeys(name_of[entry.by] for entry in history(reader, room, one)))
            for one in counts
        }
        jobless = [(entry.said, entry.why) for entry in history(reader, room, "2.2.1")]
        steps = trail(reader, room)
        pieces = evidence_of(reader, room)
        handed_in = [
            one
            for step in steps
            if step.submission_id
            for one in submissions_in(reader, step.upload_id)
            if one.id == step.submission_id
        ]
    assert counts == {
        "profile:name": {"entry": "Riverton"},
        "profile:member_since": {"entry": str(YEAR)},
        "profile:country": {"entry": "KOR"},
        "2.2.1": {**JOBLESS, "value": "5,1"},
        "2.5.1": {"value": "41 %", "remark": "asked in May"},
        "7.1.1": {"value": "60 %", "year": last, "source": "School board"},
        "10.1.1": {"value": "3", "source": "Council minutes"},
        "10.2.1": {"value": "2"},
        "6.4.1": {"value": "14", "year": last},
    }
    assert writers == {
        **{f"profile:{name}": ["Olga"] for name in ("name", "member_since", "country")},
        "2.2.1": ["Hanna", "Olga"],
        "2.5.1": ["Hanna"],
        "7.1.1": ["Max"],
        "10.1.1": ["Petra"],
        "10.2.1": ["Petra"],
        "6.4.1": ["Olga", "Wen"],
    }
    assert (JOBLESS, "") in jobless
    assert jobless[-1] == ({**JOBLESS, "value": "5,1"}, REASON)
    assert town.told(room) == [
        (FIRST_QUESTION, [("Olga", "Now it does."), ("Sam", "settled")]),
        (SECOND_QUESTION, [("Hanna", "The labour office."), ("Sam", "settled")]),
    ]
    assert [(one.kind, one.link, one.name, one.pointer, one.size) for one in pieces] == [
        ("link", "https://example.org/labour.pdf", "", "page 12", 0),
        ("file", "", "labour.pdf", "table 3", len(pdf())),
    ]
    sam = sign_in.actor(town.people["Sam"].person)
    assert sam is not None
    assert evidence_file(sam, pieces[1].id) == pdf()
    assert [(name_of[one.by], one.state) for one in steps] == [
        ("Olga", "checked"),
        ("Mia", "signed"),
        ("Olga", "submitted"),
        ("Sam", "returned"),
        ("Olga", "draft"),
        ("Olga", "checked"),
        ("Mia", "signed"),
        ("Olga", "resubmitted"),
        ("Sam", "accepted"),
    ]
    for signed in (steps[1], steps[6]):
        assert {name: signed.detail[name] for name in ("title", *ADOPTED)} == {
            "title": "Mayor",
            **{name: day for name, (_, day) in ADOPTED.items()},
        }
    first, second = handed_in
    assert first.scores_sha256 != second.scores_sha256
    for made, (head, receipt) in zip(handed_in, receipts, strict=True):
        for line in (
            f"Number of the submission: {made.id}",
            f"SHA-256 of the workbook: {made.file_sha256}",
            f"SHA-256 of the scores: {made.scores_sha256}",
            f"Head of the log: {head}",
        ):
            assert line in receipt
    assert keeping.verify([head_from(head) for head, _ in receipts]).whole


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
    adopted = {name: day for name, (_, day) in ADOPTED.items()}
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
    expect(text_in(page, "6 entries stand as they were last year")).to_be_visible()
    actor = sign_in.actor(town.people["Otto"].person)
    assert actor is not None
    room = rooms_of(actor, town.second)[0].id
    assert room != first
    # What nobody has looked at says so, until it is confirmed or changed.
    area = fold(page, f"carried_{room}_10")
    expect(text_in(area, f"3 · {YEAR - 1} · ")).to_be_visible()
    area.get_by_role("button", name="Still right").click()
    expect(text_in(page, "5 entries stand as they were last year")).to_be_visible()

    town.at(page, "city_record", room=room, area="2")
    expect(text_in(page, re.compile(r"^(history)?\s*Last time: .*14.*Labour office"))).to_be_visible()
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
    expect(text_in(page, "Where to look: page 4")).to_be_visible()
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
    expect(text_in(page, "3 entries stand as they were last year")).to_be_visible()
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
