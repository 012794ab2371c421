"""The acts of the round's story in which marks are given, discussed and read."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from actions.round_facts import MARKED, Mark, marks
from actions.round_marks import Answer, Given, give_marks
from tests.browser.hands import fold, press, rest, text_in, under, until
from tests.browser.round_cast import (
    ANA,
    BEN,
    CAI,
    GIVEN,
    MEANS,
    RANKING,
    SERA,
    SVEN,
)
from tests.browser.round_town import Town, rows, tabled


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
    expect(text_in(ana, "You marked this in another window meanwhile.")).to_be_visible()
    assert given(of, ANA, "Bravaport", "plan") == (4.0, "")
    press(ana, "Let this window's count")
    until(lambda: given(of, ANA, "Bravaport", "plan"), (3.0, ""))
    other.close()

    ben = of.tab(BEN)
    of.at(ben, "round_mark", show="judge", cand=of.ids()["Ardenvik"], crit="innovation")
    level(ben, "5").click()
    expect(text_in(ben, "Not kept yet: this mark needs a reason.")).to_be_visible()
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
    expect(text_in(ben, best)).to_be_visible()
    assert [row[0] for row in tabled(ben, "City", "Country", "Region")[1:]] == ["Ardenvik", "Bravaport"]
    of.at(ben, "round_slates", wishes="dropped")
    displaced = ["At most so many winners of one country", "Deltaheim", "Bravaport", "0.50"]
    assert tabled(ben, "Rule", "Keeps out")[1:] == [displaced]
