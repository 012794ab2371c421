"""The pages about one city, run for real in both languages."""

from __future__ import annotations

import pytest

from tests.pages.reading import english_phrases, open_page, whole_text

CITY_PAGES = ("city_overview", "city_areas", "city_themes", "city_compare", "city_upload")
# Proper names and titles of sources stay as they are printed.
NAMES = ("Learning City Award", "Excel", "English")


@pytest.mark.parametrize("page", CITY_PAGES)
@pytest.mark.parametrize("city", ["riverbend", "novy_most", "port_amal", "wattlemere"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_city_page_runs_for_cities_of_every_kind(
    page: str, city: str, language: str, kept: dict[tuple[str, str], str]
) -> None:
    app = open_page(page, lang=language, city=kept[city, language])
    titles = [one.value for one in app.title]
    assert len(titles) == 1
    assert not app.error


FOLDS = {
    "city_overview": ("twin_areas",),
    "city_areas": ("twin_features", *(f"{area}.{number}" for area in range(1, 13) for number in range(1, 6))),
    "city_themes": ("twin_themes", "calls", *(f"theme_{number}" for number in range(7, 21))),
    "city_upload": (),
}


@pytest.mark.parametrize("page", list(FOLDS))
@pytest.mark.parametrize("city", ["riverbend", "novy_most"])
def test_no_english_sentence_is_left_on_a_chinese_page(
    page: str, city: str, kept: dict[tuple[str, str], str]
) -> None:
    app = open_page(page, FOLDS[page], lang="zh", city=kept[city, "zh"])
    assert english_phrases(app, NAMES) == []


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ["72.7", "Level B · established", "Invented city (sample)", "Assured score", "100%"]),
        ("zh", ["72.7", "水平等级 B", "虚构城市（示例）", "保底得分", "100%"]),
    ],
)
def test_the_overview_says_where_the_city_stands(
    language: str, wanted: list[str], kept: dict[tuple[str, str], str]
) -> None:
    text = whole_text(open_page("city_overview", lang=language, city=kept["riverbend", language]))
    assert [one for one in wanted if one not in text] == []


@pytest.mark.parametrize(
    ("basket", "assured", "coverage"), [("core", "72.7", "100%"), ("full", "48.6", "68%")]
)
def test_the_basket_in_the_address_counts(
    basket: str, assured: str, coverage: str, kept: dict[tuple[str, str], str]
) -> None:
    app = open_page("city_overview", lang="en", city=kept["riverbend", "en"], basket=basket)
    assert [one.value for one in app.metric][:4][0] == assured
    assert [one.value for one in app.metric][3] == coverage


def test_a_profile_without_a_rank_says_what_is_missing(kept: dict[tuple[str, str], str]) -> None:
    text = whole_text(open_page("city_overview", lang="en", city=kept["san_telmo_del_lago", "en"]))
    assert "a level needs 50% of every focus area answered, and less is answered in" in text
    assert "Profile only" in text


def test_a_measurement_is_followed_to_its_cell(kept: dict[tuple[str, str], str]) -> None:
    app = open_page("city_areas", ("2.2",), lang="en", city=kept["riverbend", "en"], area="2")
    text = whole_text(app)
    assert "2 Economy and culture!F" in text
    assert "25% gives 0 points, 3% gives 100" in text
    assert "Together" in text


def test_both_spellings_of_the_declaration_find_its_themes(kept: dict[tuple[str, str], str]) -> None:
    for spelling in ("延寿宣言", "延苏宣言"):
        app = open_page("city_themes", lang="zh", city=kept["riverbend", "zh"])
        app.text_input[0].set_value(spelling).run()
        assert not app.info
        assert len(app.expander) >= 14


def test_shanghai_comes_first_and_what_it_does_before_what_it_measures(
    kept: dict[tuple[str, str], str],
) -> None:
    app = open_page("city_compare", lang="en", city=kept["yunlan", "en"])
    assert app.selectbox[0].value == "shanghai"
    heads = [one.value for one in app.subheader]
    assert heads.index("What they do") < heads.index("What they measure")
    assert "of 10 award cities" not in whole_text(app)  # stands in the chart, not twice
    assert "Shanghai: 11.81 years (2020, near definition)" in whole_text(app)


def test_an_unknown_address_says_so_and_offers_a_way(kept: dict[tuple[str, str], str]) -> None:
    for wrong in ("A" * 22, "../../etc/passwd", "<script>", "'; drop table uploads; --"):
        app = open_page("city_overview", lang="en", city=wrong)
        assert [one.value for one in app.title] == ["No city chosen yet"]
        assert len(app.warning) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_method_page_lists_every_goalpost(language: str, kept: dict[tuple[str, str], str]) -> None:
    app = open_page("about_method", lang=language)
    assert sorted(len(one.value) for one in app.table)[-1] >= 39
    assert not app.error
