"""The acts of the round's story from the meeting to the feedback, and what nobody in conflict sees of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from docx import Document
from playwright.sync_api import Page, expect

from actions.round_ballots import ABSTAIN, NO, YES, ballots, cast
from actions.round_decisions import AWARD, decide, decisions
from actions.round_feedback import keep_feedback
from tests.browser.hands import press, rest, text_in, under, until
from tests.browser.round_cast import (
    ANA,
    BEN,
    CAI,
    CLOSED,
    CORA,
    DECIDED,
    MEANS,
    RANKING,
    SERA,
    SVEN,
)
from tests.browser.round_town import Town, tabled
from tests.conftest import ROOT

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


def meets(of: Town, office: Page) -> None:
    """City by city: who leaves, a vote, decisions by the chair, and by the substitute where the chair is outside."""
    of.move(SERA, "meet")
    of.at(office, "round_meeting")
    expect(text_in(office, "Leaves the room: Ana Ames")).to_be_visible()
    press(office, "Call Ardenvik")
    expect(text_in(office, "Now: Ardenvik")).to_be_visible()
    press(office, "Open a vote: does Ardenvik receive the award?")
    until(lambda: [one.about for one in ballots(of.seen(SERA))], [(of.ids()["Ardenvik"],)])
    ben = of.tab(BEN)
    of.at(ben, "round_meeting")
    expect(text_in(ben, "May vote: Cora Chon; Ben Blum; Cai Cruz; Sven Stone")).to_be_visible()
    ben.get_by_test_id("stRadio").filter(has_text=BEN).get_by_text("For", exact=True).click()
    (vote,) = ballots(of.seen(BEN))
    until(lambda: dict(ballots(of.seen(BEN))[0].votes), {of.seat(BEN).id: YES})
    for name, choice in ((CORA, YES), (SVEN, NO), (CAI, ABSTAIN)):
        cast(of.actor(name), of.round, "", vote.id, choice, 0)
    of.at(office, "round_meeting")
    press(office, "Close the vote and count it")
    expect(text_in(office, "Carried: For 2, Against 1, Abstains 1.")).to_be_visible()

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
            expect(text_in(page, closed)).to_be_visible()
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
    expect(text_in(cora, f"Going to “Closed” ends something for the whole round. {why}")).to_be_visible()
    expect(cora.get_by_role("button", name="Go on to: Closed")).to_have_count(0)
    of.at(sven, "round_home")
    press(sven, "Go on to: Closed")
    expect(text_in(sven, "There is no way back from there.")).to_be_visible()
    press(sven, "Yes, go there")
    until(lambda: of.seen(SVEN).phase.id, "closed")


def publishes(of: Town) -> None:
    """Each city reads its own feedback once the results are public, and nobody else's."""
    cora, sven, ids = of.tab(CORA), of.tab(SVEN), of.ids()
    of.at(cora, "round_meeting", letter=ids["Ardenvik"])
    cora.get_by_label("The chair's words to Ardenvik").fill("Your plan is lived.")
    press(cora, "Release to the city")
    expect(text_in(cora, "1 of 3 released.")).to_be_visible()
    keep_feedback(of.actor(SVEN), of.round, "", ids["Bravaport"], 0, "Go on so.", release=True)
    of.at(sven, "round_home")
    press(sven, "Go on to: Published")
    press(sven, "Yes, go there")
    until(lambda: of.seen(SVEN).phase.id, "published")
    for city, words in (("Ardenvik", "Your plan is lived."), ("Bravaport", "Go on so.")):
        page = of.tab(city)
        of.at(page, "round_home")
        expect(text_in(page, words)).to_be_visible()
        assert [row[1] for row in tabled(page, "Criterion", "Your mean mark")[1:]] == [MEANS[city]] * 8
        rest(page)
        assert [one for one in ("Your plan is lived.", "Go on so.") if one in page.content()] == [words]
