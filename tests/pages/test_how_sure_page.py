"""How sure?: the page of intervals and bands, for candidates, for one city, and with nothing chosen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from actions.access import COMPUTER
from actions.candidates import extended
from actions.samples import open_sample
from tests.pages.reading import open_page

RANKED = ("lindenhavn", "yunlan", "wattlemere", "riverbend", "kijani_mpya")


def text_of(page: AppTest) -> str:
    return " ".join(str(part.value) for part in (*page.markdown, *page.caption, *page.title, *page.subheader))


@pytest.mark.parametrize(
    ("lang", "short", "band"),
    [
        ("en", "5 ranked cities fall into 3 rank bands", "Band 2"),
        ("zh", "参与排名的 5 个城市分属 3 个并列区间", "并列区间 2"),
    ],
)
def test_candidates_stand_in_bands(lang: str, short: str, band: str) -> None:
    ids = [open_sample(COMPUTER, city, "en").upload_id for city in (*RANKED, "port_amal")]
    page = open_page("how_sure", set=extended(COMPUTER, [], ids), lang=lang)
    shown = text_of(page)
    assert short in shown.replace("\\", "")
    assert band in shown.replace("\\", "")
    assert "Port Amal" in shown.replace("\\", "")
    assert not page.exception


def test_without_claims_is_said_and_changes_the_numbers() -> None:
    ids = [open_sample(COMPUTER, city, "en").upload_id for city in RANKED]
    kept = extended(COMPUTER, [], ids)
    usual, without = (open_page("how_sure", set=kept, lang="en", claims=one) for one in ("with", "without"))
    assert "counts as an open answer" in text_of(without)
    assert "counts as an open answer" not in text_of(usual)
    assert text_of(usual) != text_of(without)


def test_one_city_has_an_interval_and_chances_of_levels() -> None:
    city = open_sample(COMPUTER, "yunlan", "en").upload_id
    page = open_page("how_sure", city=city, lang="en")
    shown = text_of(page).replace("\\", "")
    assert "90% of the draws the score lies from" in shown
    assert [metric.label for metric in page.metric] == [
        "Score interval",
        "Middle of the draws",
        "Most likely level",
    ]


def test_folds_hold_other_rules_and_single_removals() -> None:
    ids = [open_sample(COMPUTER, city, "en").upload_id for city in RANKED]
    page = open_page("how_sure", ("otherwise", "without"), set=extended(COMPUTER, [], ids), lang="en")
    tables = [table.value for table in page.table]
    assert any("Done otherwise" in str(list(table.columns)) for table in tables)
    assert any("Without" in str(list(table.columns)) for table in tables)


def test_nothing_chosen_shows_the_ways_in() -> None:
    page = open_page("how_sure", lang="en")
    assert page.title[0].value == "How sure?"
    assert "look at an invented sample city" in text_of(page)


def test_a_strange_address_is_no_trouble() -> None:
    page = open_page("how_sure", set="nothing", city="nobody", lang="en", top="99", claims="maybe")
    assert page.title[0].value == "How sure?"
    assert not page.exception
