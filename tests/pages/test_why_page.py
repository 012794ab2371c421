"""The page that says why: it opens for every city, beside everything, in both languages, and what it prints adds up."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from actions.access import COMPUTER
from actions.why import besides
from tests.pages.reading import english_phrases, open_page, whole_text

CITIES = ("riverbend", "port_amal")


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace("+", ""))


def _adds_up(app: AppTest) -> None:
    """The last column of the table, from its first line to its last."""
    cells = [_number(str(cell).replace("\\", "")) for cell in app.table[-1].value.iloc[:, -1]]
    assert len(cells) > 2
    assert round(sum(cells[:-1]), 1) == cells[-1]


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "choice", [{}, {"part": "groups"}, {"part": "4", "within": "4.2", "figure": "reported"}]
)
def test_a_score_by_itself(
    city: str, language: str, choice: dict[str, str], kept: dict[tuple[str, str], str]
) -> None:
    app = open_page("city_why", ("twin_why",), lang=language, city=kept[city, language], **choice)
    assert not app.error
    _adds_up(app)
    # Sentences hold names of cities, which are written as they are everywhere.
    if language == "zh":
        assert (
            english_phrases(app, ("Excel", "Port Amal", "Nový Most", "San Telmo", "Kijani Mpya", "Al Wakra"))
            == []
        )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("beside", ["sample-novy_most", "shanghai"])
@pytest.mark.parametrize(
    "choice", [{"claims": "without"}, {"part": "4", "within": "4.2"}, {"basket": "full", "part": "G2"}]
)
def test_a_score_beside_another(
    language: str, beside: str, choice: dict[str, str], kept: dict[tuple[str, str], str]
) -> None:
    city = kept["riverbend", language]
    app = open_page("city_why", ("twin_why",), lang=language, city=city, beside=beside, **choice)
    assert not app.error
    _adds_up(app)


def test_in_short_says_what_gives_most_and_what_costs_most(kept: dict[tuple[str, str], str]) -> None:
    text = whole_text(open_page("city_why", lang="en", city=kept["riverbend", "en"]))
    assert (
        "In short.** Riverbend has 72.7 points. Most comes from 7 Modern technologies for learning (7.9); "
        "4 Inclusive learning from early childhood to adulthood (6.8). "
        "Most is lost in 12 Mobilizing and using resources (3.7); "
        "5 Learning in families and communities (3.2)." in text
    )


def test_claims_that_are_not_believed_are_lost(kept: dict[tuple[str, str], str]) -> None:
    page = {"lang": "en", "city": kept["riverbend", "en"], "part": "10"}
    assert "is open and counts 0" not in whole_text(open_page("city_why", **page))
    assert "is open and counts 0" in whole_text(open_page("city_why", **page, claims="without"))


def test_an_award_city_is_compared_on_what_both_have(kept: dict[tuple[str, str], str]) -> None:
    app = open_page("city_why", lang="en", city=kept["yunlan", "en"], beside="shanghai")
    assert "Compared on the 3 measurements that both have" in whole_text(app)
    assert "figure" not in [one.key for one in app.get("radio")]


def test_without_a_common_measurement_the_page_says_so(kept: dict[tuple[str, str], str]) -> None:
    app = open_page("city_why", lang="en", city=kept["novy_most", "en"], beside="huejotzingo")
    assert "so there is nothing to explain" in whole_text(app)
    assert not app.get("table")


def test_what_is_offered_stands_in_the_list_and_the_rest_falls_back(kept: dict[tuple[str, str], str]) -> None:
    app = open_page(
        "city_why", lang="en", city=kept["riverbend", "en"], beside="upload-../../etc", part="'; --"
    )
    offered = besides(COMPUTER, kept["riverbend", "en"], "", "en")
    assert "sample-riverbend" not in offered
    assert app.selectbox[0].value == "nothing"
    assert app.selectbox[0].options == list(offered.values())
    assert app.selectbox[1].value == "areas"
