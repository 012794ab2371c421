"""A whole award round as its people live it, each in a browser of her own: from the first candidate to the feedback.

Four jurors mark, two of them in conflict with a city each: one says so, the other is found by a second person. So is
the chair, for whom the substitute acts there. What is clicked by nobody here is done beside the browsers, in the same
store.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from actions import house
from actions.round_ballots import ABSTAIN, NO, YES, ballots, cast
from actions.round_candidates import say_fact
from actions.round_conflicts import Declaration, declare
from actions.round_decisions import AWARD, NONE, decide, decisions
from actions.round_facts import FOUND_BY_REVIEW, MARKED, NO_CONFLICT, Mark, conflict, marks, pairs, seats
from actions.round_feedback import keep_feedback
from actions.round_marks import Answer, Given, give_marks
from actions.round_seats import seat_somebody
from actions.round_setup import NewSeat, change_settings
from store.verify import verify
from tests.browser.round_town import (
    ANA,
    BEN,
    CAI,
    CITIES,
    CORA,
    SERA,
    SVEN,
    Town,
    box,
    choose,
    fold,
    press,
    rest,
    rows,
    tabled,
    town,
    under,
    until,
)
from tests.conftest import ROOT

pytestmark = pytest.mark.browser
MEANS = {"Ardenvik": "4.00", "Deltaheim": "3.50", "Bravaport": "3.00", "Corvomere": "2.50"}
RANKING = tuple(MEANS)
DECIDED = {
    "Ardenvik": (AWARD, "Ahead on every criterion."),
    "Bravaport": (AWARD, "The best of its region."),
    "Corvomere": (NONE, "Too little so far."),
    "Deltaheim": (NONE, "One of its country is ahead."),
}
# The pages at which those in conflict look when everything is decided, each with what stands last on it.
ENDS: Mapping[str, str] = {
    "round_home": "What is set for this round",
    "round_candidates": "Back to the round",
    "round_jury": "A conflict has come up since",
    "round_assign": "Deltaheim",
    "round_mark": "Look at Deltaheim",
    "round_results": "Which winners would the rules have?",
    "round_slates": "To the meeting",
    "round_meeting": "Check it on any computer with this program",
}
SEES: Mapping[str, tuple[str, ...]] = {
    ANA: tuple(one for one in ENDS if one != "round_jury"),
    CAI: ("round_slates",),
    CORA: ("round_home", "round_results"),
}
CLOSED: Mapping[str, str] = {ANA: "Ardenvik", CAI: "Corvomere", CORA: "Bravaport"}
SEATS = {
    ANA: NewSeat("juror", ""),
    BEN: NewSeat("juror", ""),
    CAI: NewSeat("juror", "", country="NOR"),
    SVEN: NewSeat("substitute", ""),
}
# What everybody gives on every criterion. Means: Ardenvik 12/3, Deltaheim 14/4, Bravaport 12/4, Corvomere 7.5/3.
GIVEN: Mapping[str, Mapping[str, float]] = {
    ANA: {"Bravaport": 3.0, "Corvomere": 2.5, "Deltaheim": 3.5},
    BEN: {"Ardenvik": 4.5, "Bravaport": 3.5, "Corvomere": 3.0, "Deltaheim": 4.0},
    CAI: {"Ardenvik": 4.0, "Bravaport": 3.0, "Deltaheim": 3.5},
    SVEN: {"Ardenvik": 3.5, "Bravaport": 2.5, "Corvomere": 2.0, "Deltaheim": 3.0},
}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_round_from_the_first_candidate_to_the_feedback(
    database: str, browser: Browser, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings = {}
    if database == "postgresql":
        server = request.getfixturevalue("postgres_server")
        settings["DATABASE_URL"] = server.url(server.new_database())
    with town(browser, tmp_path, settings) as of:
        office = of.tab(SERA)
        begins(of, office)
        settles_who_may_be_a_candidate(of, office)
        seats_the_jury(of, office)
        declares(of)
        a_second_person_looks(of)
        assigns(of, office)
        marks_in_the_browser(of)
        marks_the_rest(of)
        discusses(of, office)
        reads_results(of)
        meets(of, office)
        in_conflict_nothing_is_seen(of)
        takes_away(of, tmp_path)
        closes(of)
        publishes(of)
        assert verify(house.store()).whole


def begins(of: Town, office: Page) -> None:
    """The secretariat begins a round; nobody else sees anything of it yet."""
    of.at(office, "round_home")
    expect(office.get_by_role("heading", name="Award round", level=1)).to_be_visible()
    box(office, "Name of the round").fill("Learning award")
    press(office, "Begin this round")
    expect(office.get_by_role("heading", name="Learning award", level=1)).to_be_visible()
    found = re.search(r"[?&]round=([\w-]{22})", office.url)
    assert found is not None
    of.round = found[1]
    sera = of.actor(SERA)
    days = {"deadline": "2026-06-30", "declared": "2026-09-01"}
    change_settings(sera, of.round, "", of.seen(SERA).settings.version, {"winners": 2, "dates": days})


def settles_who_may_be_a_candidate(of: Town, office: Page) -> None:
    """Cities come in from what they handed in; one of them by an exception."""
    of.at(office, "round_candidates")
    offered = under(office, "enter_uploads")
    for name in CITIES:
        choose(office, offered, re.compile(name))
        expect(offered.get_by_text(name)).to_be_visible()
    office.keyboard.press("Escape")
    press(office, "Enter as candidates")
    expect(office.get_by_text("4 cities came in.")).to_be_visible()
    until(lambda: set(of.ids(SERA)), set(CITIES))
    sera = of.actor(SERA)
    for name, its in of.ids(SERA).items():
        facts = {
            "nominated": "yes",
            "commission": CITIES[name],
            "mayor_signed": "yes",
            "consent_signed": "yes",
        }
        filed = {"progress_report": "not_filed"} if name == "Corvomere" else {}
        for fact, text in {**facts, **filed}.items():
            say_fact(sera, of.round, "", its, fact, text, "")
    for name, its in of.ids(SERA).items():
        if name not in ("Corvomere", "Deltaheim"):
            say_fact(sera, of.round, "", its, "progress_report", "filed", "")

    of.at(office, "round_candidates", cand=of.ids(SERA)["Deltaheim"])
    expect(office.get_by_text("4 candidates: 2 eligible, 1 not, 1 still open.")).to_be_visible()
    asked = under(office, f"cand_{of.ids(SERA)['Deltaheim']}_fact_report_filed_")
    choose(office, asked, "filed")
    expect(office.get_by_text("4 candidates: 3 eligible, 1 not, 0 still open.")).to_be_visible()
    of.at(office, "round_candidates", cand=of.ids(SERA)["Corvomere"])
    press(office, "Grant an exception")
    box(office, "The reason, as it will stand in the round's log").fill("Filed after the flood.")
    under(office, f"cand_{of.ids(SERA)['Corvomere']}_except_report_filed_0").get_by_role("button").click()
    expect(office.get_by_text("4 candidates: 4 eligible, 0 not, 0 still open.")).to_be_visible()


def seats_the_jury(of: Town, office: Page) -> None:
    """The chair is seated on the page, the others as the page would."""
    of.at(office, "round_jury")
    new = fold(office, "new_seat")
    choose(
        office, new.get_by_test_id("stSelectbox").filter(has_text="Who"), "Cora Chon · cora.chon@example.org"
    )
    box(new, "Employer").fill("Institute for learning")
    box(new, "Cities at most").fill("0")
    box(new, "Cities at most").press("Tab")
    press(office, "Give this seat")
    until(lambda: [one.name for one in seats(of.seen(SERA).now)], [SERA, CORA])
    for name, seat in SEATS.items():
        seat_somebody(of.actor(SERA), of.round, "", replace(seat, person=of.people[name].person))
    of.at(office, "round_home")
    press(office, "Go on to: Conflicts")
    until(lambda: of.seen(SERA).phase.id, "declare")


def declares(of: Town) -> None:
    """Everybody declares for every city before any dossier opens."""
    for name, kind in ((ANA, "Family or close friend"), (CORA, "Employer")):
        page, city = of.tab(name), CLOSED[name]
        of.at(page, "round_mark")
        shut = page.get_by_text(
            "Dossiers, marks and results open once you have declared for every candidate."
        )
        expect(shut).to_be_visible()
        of.at(page, "round_jury")
        key = f"declare_{of.seat(name).id}_{of.ids(name)[city]}"
        choose(page, under(page, f"{key}_kind"), kind)
        box(page, "In a few words").fill(f"About {city}.")
        box(page, "In a few words").press("Tab")
        press(page, "No conflict with the 3 other candidates")
        told = f"A conflict with {city}: {kind}. No conflict with 3 candidates."
        expect(page.get_by_text(told)).to_be_visible()
        press(page, "Declare")
        expect(page.get_by_text(f"{kind} · About {city}.")).to_be_visible()
        until(lambda its=name: of.seen(its).viewer.declared, True)
        assert set(of.ids(name)) == set(CITIES) - {city}
    for name in (BEN, CAI, SVEN, SERA):
        free = {one: Declaration(NO_CONFLICT) for one in of.ids(name).values()}
        declare(of.actor(name), of.round, "", free)


def a_second_person_looks(of: Town) -> None:
    """What was not declared comes to light."""
    page, key = of.tab(SVEN), f"review_{of.seat(CAI).id}_{of.ids()['Corvomere']}_"
    of.at(page, "round_jury")
    expect(page.get_by_text("same country · declared: no conflict")).to_be_visible()
    under(page, key, True).locator("input").fill("He advises its ministry.")
    under(page, f"{key}close").get_by_role("button").click()
    expect(page.get_by_text("No possible conflict waits for a second person.")).to_be_visible()
    assert sorted(row[:3] for row in tabled(page, "Name", "City", "Kind of conflict")[1:]) == [
        [ANA, "Ardenvik", "Family or close friend"],
        [CAI, "Corvomere", "Found by a second person"],
        [CORA, "Bravaport", "Employer"],
    ]
    assert conflict(of.seen(SVEN).now, of.seat(CAI).id, of.ids()["Corvomere"]) == FOUND_BY_REVIEW


def assigns(of: Town, office: Page) -> None:
    """The engine proposes three for each city; two more are added by hand once it is seen what that does."""
    of.at(office, "round_home")
    press(office, "Go on to: Assignment")
    until(lambda: of.seen(SERA).phase.id, "assign")
    of.at(office, "round_assign")
    press(office, "Propose what is missing")
    expect(office.get_by_text("12 changes are not kept yet.")).to_be_visible()
    assert tabled(office, "Figure", "Kept", "With your changes")[1] == [
        "Cities covered",
        "0 / 4",
        "4 / 4",
        "▲ better",
    ]
    press(office, "Keep these changes")
    until(lambda: len(pairs(of.seen(SERA).now)), 12)
    for city, told in (
        ("Bravaport", "1 change is not kept yet."),
        ("Deltaheim", "2 changes are not kept yet."),
    ):
        who = under(office, f"judges_{of.round}_{of.ids()[city]}")
        who.get_by_role("button", pressed=False).click()
        expect(office.get_by_text(told)).to_be_visible()
    press(office, "Keep these changes")
    wanted = {(of.seat(name).id, of.ids()[city]) for name, its in GIVEN.items() for city in its}
    until(lambda: set(pairs(of.seen(SERA).now)), wanted)
    of.move(SERA, "mark")


def level(page: Page, name: str) -> Locator:
    """A level of the rubric."""
    return under(page, "mark.choice.", True).locator("label").filter(has_text=re.compile(rf"^{name}( |$)"))


def given(of: Town, name: str, city: str, criterion: str) -> tuple[float | None, str] | None:
    """What somebody gave a city on a criterion, and why."""
    seat, candidate = of.seat(name).id, of.ids()[city]
    found: Mark | None = next(
        (
            one
            for one in marks(of.seen(name).now)
            if (one.seat, one.candidate, one.criterion) == (seat, candidate, criterion)
        ),
        None,
    )
    return (found.value, found.reason) if found else None


def marks_in_the_browser(of: Town) -> None:
    """A mark is kept as it is clicked; a reload loses nothing and two tabs never overwrite each other."""
    ana = of.tab(ANA)
    of.at(ana, "round_mark", show="judge", cand=of.ids()["Bravaport"], crit="plan")
    level(ana, "3.5").click()
    until(lambda: given(of, ANA, "Bravaport", "plan"), (3.5, ""))
    ana.reload()
    expect(level(ana, "3.5").locator("input")).to_be_checked()
    other = of.tab(ANA)
    of.at(other, "round_mark", show="judge", cand=of.ids()["Bravaport"], crit="plan")
    level(other, "4").click()
    until(lambda: given(of, ANA, "Bravaport", "plan"), (4.0, ""))
    rest(ana)
    level(ana, "3").click()
    expect(ana.get_by_text("You marked this in another window meanwhile.")).to_be_visible()
    assert given(of, ANA, "Bravaport", "plan") == (4.0, "")
    press(ana, "Let this window's count")
    until(lambda: given(of, ANA, "Bravaport", "plan"), (3.0, ""))
    other.close()

    ben = of.tab(BEN)
    of.at(ben, "round_mark", show="judge", cand=of.ids()["Ardenvik"], crit="innovation")
    level(ben, "5").click()
    expect(ben.get_by_text("Not kept yet: this mark needs a reason.")).to_be_visible()
    assert given(of, BEN, "Ardenvik", "innovation") is None
    reason = under(ben, "mark.reason.", True).locator("textarea")
    reason.fill("Tried, judged and taken up by others.")
    reason.press("Tab")
    until(lambda: given(of, BEN, "Ardenvik", "innovation"), (5.0, "Tried, judged and taken up by others."))

    cai = of.tab(CAI)
    of.at(cai, "round_mark", show="judge", cand=of.ids()["Deltaheim"], crit="network")
    level(cai, "Not enough evidence").click()
    reason = under(cai, "mark.reason.", True).locator("textarea")
    reason.fill("No visit is named.")
    reason.press("Tab")
    until(lambda: given(of, CAI, "Deltaheim", "network"), (None, "No visit is named."))

    sven = of.tab(SVEN)
    of.at(sven, "round_mark", show="judge", cand=of.ids()["Corvomere"], crit="plan")
    level(sven, "2").click()
    until(lambda: given(of, SVEN, "Corvomere", "plan"), (2.0, ""))


def marks_the_rest(of: Town) -> None:
    for name, its in GIVEN.items():
        criteria = [one.id for one in of.seen(name).award.criteria]
        give_marks(
            of.actor(name),
            of.round,
            "",
            [
                Answer(of.ids()[city], one, 0, Given(MARKED, value))
                for city, value in its.items()
                for one in criteria
                if given(of, name, city, one) is None
            ],
        )


def discusses(of: Town, office: Page) -> None:
    """All marks are in; then others' are seen, without names, and one's own is revised."""
    of.at(office, "round_home")
    expect(office.get_by_test_id("stMetric").filter(has_text="Marks in")).to_contain_text("100%")
    press(office, "Go on to: Discussion")
    until(lambda: of.seen(SERA).phase.id, "discuss")
    ben, city = of.tab(BEN), of.ids()["Ardenvik"]
    of.at(ben, "round_mark", show="judge", cand=city, crit="innovation")
    others = rows(fold(ben, f"others.{city}.innovation").get_by_role("table"))
    assert sorted(row[2] for row in others[1:]) == ["3.5", "4"]
    assert {row[0] for row in others[1:]} == {"Another juror (1)", "Another juror (2)"}
    level(ben, "4.5").click()
    until(lambda: given(of, BEN, "Ardenvik", "innovation"), (4.5, "Tried, judged and taken up by others."))


def reads_results(of: Town) -> None:
    """Means by hand stand on the page, and the winners that the rules allow."""
    ben = of.tab(BEN)
    of.at(ben, "round_results")
    shown = [row[:3] + row[-1:] for row in tabled(ben, "Rank", "City", "Mean mark")[1:]]
    assert shown == [
        [str(rank), city, MEANS[city], str(sum(city in its for its in GIVEN.values()))]
        for rank, city in enumerate(RANKING, start=1)
    ]
    of.at(ben, "round_slates")
    best = "By the marks so far the best 2 winners are Ardenvik; Bravaport: 7.00 points together."
    expect(ben.get_by_text(best)).to_be_visible()
    assert [row[0] for row in tabled(ben, "City", "Country", "Region")[1:]] == ["Ardenvik", "Bravaport"]
    of.at(ben, "round_slates", wishes="dropped")
    displaced = ["At most so many winners of one country", "Deltaheim", "Bravaport", "0.50"]
    assert tabled(ben, "Rule", "Keeps out")[1:] == [displaced]


def meets(of: Town, office: Page) -> None:
    """City by city: who leaves, a vote, decisions by the chair, and by the substitute where the chair is outside."""
    of.move(SERA, "meet")
    of.at(office, "round_meeting")
    expect(office.get_by_text("Leaves the room: Ana Ames")).to_be_visible()
    press(office, "Call Ardenvik")
    expect(office.get_by_text("Now: Ardenvik")).to_be_visible()
    press(office, "Open a vote: does Ardenvik receive the award?")
    until(lambda: [one.about for one in ballots(of.seen(SERA))], [(of.ids()["Ardenvik"],)])
    ben = of.tab(BEN)
    of.at(ben, "round_meeting")
    expect(ben.get_by_text("May vote: Cora Chon; Ben Blum; Cai Cruz; Sven Stone")).to_be_visible()
    ben.get_by_test_id("stRadio").filter(has_text=BEN).get_by_text("For", exact=True).click()
    (vote,) = ballots(of.seen(BEN))
    until(lambda: dict(ballots(of.seen(BEN))[0].votes), {of.seat(BEN).id: YES})
    for name, choice in ((CORA, YES), (SVEN, NO), (CAI, ABSTAIN)):
        cast(of.actor(name), of.round, "", vote.id, choice, 0)
    of.at(office, "round_meeting")
    press(office, "Close the vote and count it")
    expect(office.get_by_text("Carried: For 2, Against 1, Abstains 1.")).to_be_visible()

    decides(of, CORA, "Ardenvik")
    decides(of, SVEN, "Bravaport")
    for city in ("Corvomere", "Deltaheim"):
        decide(of.actor(CORA), of.round, "", of.ids()[city], 0, *DECIDED[city])


def decides(of: Town, name: str, city: str) -> None:
    """Somebody decides in the browser that a city receives the award."""
    page, its, why = of.tab(name), of.ids()[city], DECIDED[city][1]
    of.at(page, "round_meeting", cand=its)
    under(page, f"decision_{its}").get_by_text("Receives the award", exact=True).click()
    under(page, f"reason_{its}").locator("textarea").fill(why)
    press(page, "Keep the decision")
    until(lambda: its in decisions(of.seen(SVEN)), True)
    made = decisions(of.seen(SVEN))[its]
    assert (made.decision, made.reason) == DECIDED[city]


def in_conflict_nothing_is_seen(of: Town) -> None:
    """Whoever has a conflict finds neither the city's name nor its count on any page, though all is decided now."""
    for name, pages in SEES.items():
        page, city = of.tab(name), CLOSED[name]
        for where in pages:
            of.at(page, where)
            closed = f"Closed to you by a conflict, and left out of everything here: {city}"
            expect(page.get_by_text(closed)).to_be_visible()
            expect(page.get_by_test_id("stMain").get_by_text(ENDS[where]).last).to_be_visible()
            rest(page)
            assert city not in page.content().replace(closed, ""), (name, where)
            if where == "round_home":
                expect(page.get_by_test_id("stMetric").filter(has_text="Candidates")).to_contain_text("3")
            if where == "round_results":
                shown = [row[1] for row in tabled(page, "Rank", "City", "Mean mark")[1:]]
                assert shown == [one for one in RANKING if one != city]
            if where == "round_meeting":
                expect(
                    page.get_by_text("3 of 3 cities are decided; 1 of at most 2 awards are given.")
                ).to_be_visible()


def download(page: Page, label: str, folder: Path) -> Path:
    """Take a file away."""
    with page.expect_download() as started:
        press(page, label)
    file = folder / started.value.suggested_filename
    started.value.save_as(file)
    return file


def takes_away(of: Town, folder: Path) -> None:
    """Minutes that say what was decided, and a package from which anybody works out the same."""
    page = of.tab(SVEN)
    of.at(page, "round_meeting")
    word = Document(str(download(page, "Minutes, English (.docx)", folder)))
    tables = [[[cell.text for cell in row.cells] for row in one.rows] for one in word.tables]
    assert [[row[0], row[2], row[3]] for row in tables[1][1:]] == [
        [city, "Receives the award" if its == AWARD else "No award this time", why]
        for city, (its, why) in sorted(DECIDED.items())
    ]
    assert tables[2][1][1:] == [
        "Carried: For 2, Against 1, Abstains 1.",
        "Cora Chon: For; Ben Blum: For; Cai Cruz: Abstains; Sven Stone: Against",
    ]
    assert tables[3][1:] == [[city, name] for name, city in sorted(CLOSED.items(), key=lambda one: one[1])]
    assert [row[:4] for row in tables[4][1:]] == [
        [str(rank), city, MEANS[city], str(rank)] for rank, city in enumerate(RANKING, start=1)
    ]
    told = [one.text for one in word.paragraphs]
    assert "Exception for Corvomere from “Progress report filed”: Filed after the flood." in told
    assert download(page, "Minutes, English (.pdf)", folder).read_bytes().startswith(b"%PDF-")
    file = download(page, "Package (.zip)", folder)
    checked = subprocess.run(
        [sys.executable, "-m", "actions", "verify", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout.splitlines()) == (
        0,
        [
            "Learning award: 4 cities worked out anew.",
            "The table comes out the same, and the rules are those that it names.",
        ],
    )


def closes(of: Town) -> None:
    """The chair has a conflict and is told why she cannot close; the substitute has none, and closes."""
    cora, sven = of.tab(CORA), of.tab(SVEN)
    of.at(cora, "round_home")
    why = "It is for a chair or substitute who has declared and is closed out of no city."
    expect(cora.get_by_text(f"Going to “Closed” ends something for the whole round. {why}")).to_be_visible()
    expect(cora.get_by_role("button", name="Go on to: Closed")).to_have_count(0)
    of.at(sven, "round_home")
    press(sven, "Go on to: Closed")
    expect(sven.get_by_text("There is no way back from there.")).to_be_visible()
    press(sven, "Yes, go there")
    until(lambda: of.seen(SVEN).phase.id, "closed")


def publishes(of: Town) -> None:
    """Each city reads its own feedback once the results are public, and nobody else's."""
    cora, sven, ids = of.tab(CORA), of.tab(SVEN), of.ids()
    of.at(cora, "round_meeting", letter=ids["Ardenvik"])
    cora.get_by_label("The chair's words to Ardenvik").fill("Your plan is lived.")
    press(cora, "Release to the city")
    expect(cora.get_by_text("1 of 3 released.")).to_be_visible()
    keep_feedback(of.actor(SVEN), of.round, "", ids["Bravaport"], 0, "Go on so.", release=True)
    of.at(sven, "round_home")
    press(sven, "Go on to: Published")
    press(sven, "Yes, go there")
    until(lambda: of.seen(SVEN).phase.id, "published")
    for city, words in (("Ardenvik", "Your plan is lived."), ("Bravaport", "Go on so.")):
        page = of.tab(city)
        of.at(page, "round_home")
        expect(page.get_by_text(words)).to_be_visible()
        assert [row[1] for row in tabled(page, "Criterion", "Your mean mark")[1:]] == [MEANS[city]] * 8
        rest(page)
        assert [one for one in ("Your plan is lived.", "Go on so.") if one in page.content()] == [words]
