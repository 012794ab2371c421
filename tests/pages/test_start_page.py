"""The start page: three ways in, and what was opened lately."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from actions.access import COMPUTER
from actions.template import blank_workbook
from actions.uploads import receive
from sample_data.make import city_ids
from tests.pages.reading import english_phrases, open_page, whole_text
from tests.workbooks import filled

pytestmark = pytest.mark.usefixtures("data_folder")


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["1 · Get the workbook", "2 · Upload it", "Or try a sample city"]),
        ("zh", ["1 · 下载填报表", "2 · 上传", "或查看示例城市"]),
    ],
)
def test_three_ways_in(language: str, titles: list[str]) -> None:
    app = open_page("start", lang=language)
    assert [one.value for one in app.subheader] == titles
    assert len(app.get("download_button")) == 2
    (samples,) = app.selectbox
    assert len(samples.options) == len(city_ids()) == 8
    if language == "zh":
        assert english_phrases(app, ("English",)) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_offered_is_a_workbook_of_that_language(language: str) -> None:
    book = load_workbook(io.BytesIO(blank_workbook(language)))
    stamp = {row[0].value: row[1].value for row in book["_template"].iter_rows()}
    assert (stamp["language"], stamp["invented"]) == (language, "no")


@pytest.mark.parametrize("city", ["riverbend", "port_amal"])
def test_a_sample_city_opens_and_is_marked_invented(city: str) -> None:
    app = open_page("start", lang="en")
    app.selectbox[0].set_value(city)
    app.button[0].click().run()
    assert not app.exception
    assert "Invented city (sample)" in whole_text(app)
    assert app.query_params["city"]


def test_uploads_of_lately_are_listed_and_refused_ones_are_not() -> None:
    receive(COMPUTER, "mine.xlsx", filled(), "en")
    receive(COMPUTER, "plan.pdf", b"%PDF-1.7", "en")
    app = open_page("start", lang="en")
    assert [one.value for one in app.subheader][-1] == "Opened lately on this computer"
    links = [str(one.proto.label) for one in app.get("page_link")]
    assert "Ålesund\\-on\\-Test" in links
    assert not any("plan" in label for label in links)
