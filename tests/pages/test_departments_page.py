"""The departments page, run for real in both languages."""

from __future__ import annotations

import pytest

from tests.pages.reading import english_phrases, open_page, whole_text


@pytest.mark.parametrize(
    ("language", "wanted"), [("en", "The bracket is 14.5 – 80.2 now"), ("zh", "14.5 – 80.2")]
)
def test_what_is_still_out_of_an_open_city(
    language: str, wanted: str, kept: dict[tuple[str, str], str]
) -> None:
    app = open_page("city_departments", lang=language, city=kept["port_amal", language])
    assert wanted in whole_text(app)
    assert not app.error


def test_without_a_city_the_page_says_what_to_do(kept: dict[tuple[str, str], str]) -> None:
    app = open_page("city_departments", lang="en")
    assert len(app.info) == 1
    assert [one.disabled for one in app.get("download_button")] == [True]


def test_no_english_sentence_is_left_on_the_chinese_page(kept: dict[tuple[str, str], str]) -> None:
    app = open_page("city_departments", lang="zh", city=kept["port_amal", "zh"])
    assert english_phrases(app) == []
