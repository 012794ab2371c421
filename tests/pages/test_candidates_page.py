"""The candidates page, run for real in both languages."""

from __future__ import annotations

import pytest

from actions.access import COMPUTER
from actions.candidates import extended
from sample_data.make import city_ids
from tests.pages.reading import english_phrases, open_page, whole_text

FOLDS = ("pairs", "more_figures", "twin_heat", "twin_apart_areas", "twin_apart_features")


def _set(kept: dict[tuple[str, str], str], language: str) -> str:
    return extended(COMPUTER, (), [kept[city, language] for city in city_ids()])


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        (
            "en",
            [
                "8 candidates, 5 of them ranked.",
                "The order of Riverbend (invented) and Wattlemere (invented)",
            ],
        ),
        ("zh", ["8", "林登港"]),
    ],
)
@pytest.mark.parametrize("by", ["areas", "themes"])
def test_all_candidates_stand_side_by_side(
    language: str, wanted: list[str], by: str, kept: dict[tuple[str, str], str]
) -> None:
    app = open_page("jury_candidates", FOLDS, lang=language, set=_set(kept, language), by=by)
    text = whole_text(app)
    assert [one for one in wanted if one not in text] == []
    assert not app.error


def test_no_english_sentence_is_left_on_the_chinese_page(kept: dict[tuple[str, str], str]) -> None:
    app = open_page("jury_candidates", FOLDS, lang="zh", set=_set(kept, "zh"))
    assert english_phrases(app) == []


def test_an_unknown_set_says_so_and_offers_a_way(kept: dict[tuple[str, str], str]) -> None:
    app = open_page("jury_candidates", lang="en", set="B" * 22)
    assert len(app.warning) == 1
    assert any("invented candidates" in one.label for one in app.button)


def test_taking_one_out_makes_a_new_set(kept: dict[tuple[str, str], str]) -> None:
    whole = _set(kept, "en")
    app = open_page("jury_candidates", lang="en", set=whole)
    app.multiselect[0].select(kept["port_amal", "en"]).run()
    next(one for one in app.button if one.label == "Take out").click().run()
    assert "7 candidates" in whole_text(app)
    again = open_page("jury_candidates", lang="en", set=whole)
    assert "8 candidates" in whole_text(again)
