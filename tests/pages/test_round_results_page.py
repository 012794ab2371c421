"""The pages of results and winners: read in both languages, closed until they open, and without a city in conflict."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.actions.round_marked import CITIES, JURY, MARKS, Marked, marked
from tests.pages.reading import english_phrases, open_page, whole_text

VIEWS = ("ranking", "sure", "jury", "moves")
FOLDS = ("criteria_mean", "round_how", "agreement", "raw_adjusted", "thin", "ties", "twin_criteria_mean")
NAMES = (*CITIES, *JURY, "Round of marks", "Krippendorff")


def results(at: Marked, who: str = "", language: str = "en", view: str = "ranking") -> AppTest:
    return open_page(
        "round_results", FOLDS, lang=language, round=at.id, seat=at.seats.get(who, ""), view=view
    )


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        ("ranking", "By the marks so far the order begins with Alba (4.17); Brixen (3.83); Corvo (3.00)."),
        ("sure", "inside a band the order is not sure."),
        ("jury", "Overall the jury's agreement is good (Krippendorff's alpha"),
        ("moves", "4 cities moved between these two moments."),
    ],
)
def test_every_view_begins_with_its_answer(view: str, sentence: str, data_folder: Path) -> None:
    text = whole_text(results(marked(), view=view))
    assert f"**In short.** {sentence}" in text or sentence in text


def test_results_and_winners_are_there_in_chinese(data_folder: Path) -> None:
    at = marked()
    for view in VIEWS:
        assert english_phrases(results(at, language="zh", view=view), allowed=NAMES) == []
    winners = open_page("round_slates", FOLDS, lang="zh", round=at.id)
    assert "最佳的 2 个获奖城市是Alba；Corvo：合计 7.17 分。" in whole_text(winners)
    assert english_phrases(winners, allowed=NAMES) == []


def test_before_results_open_a_juror_reads_when_they_will(data_folder: Path) -> None:
    at = marked(phases=())
    assert "Results open to you in a later phase of the round." in whole_text(results(at, "Ben"))
    winners = open_page("round_slates", lang="en", round=at.id, seat=at.seats["Ben"])
    assert "Nothing to choose from yet" in whole_text(winners)


def test_without_any_mark_the_page_says_so(data_folder: Path) -> None:
    assert "There is no mark yet that you can see" in whole_text(results(marked({})))


def test_a_city_in_conflict_stands_on_no_view(data_folder: Path) -> None:
    at = marked(MARKS, ("discuss", "meet"))
    at.conflict("Ben", "Brixen")
    for view in VIEWS:
        shown = whole_text(results(at, "Ben", view=view))
        # Her own declaration says it, in the head of the page; nothing else does.
        assert shown.count("Brixen") == 1
        assert "left out of everything here: Brixen" in shown
