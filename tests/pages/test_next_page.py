"""The page What next?: it opens for every city in both languages, keeps what is entered, and finds saved what-ifs."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from actions.access import COMPUTER
from actions.candidates import extended
from actions.changes import UNCHANGED, Scenario, with_answer
from actions.outcome import Asked
from actions.saved import save
from actions.whatif_address import effort_text, what_text
from tests.pages.reading import english_phrases, open_page, whole_text

FOLDS = ("terms", "route_0", "route_1", "open", "twin_whatif", "steps_0", "steps_1")


def opened(**address: str) -> AppTest:
    return open_page("city_next", FOLDS, **address)


def figures(app: AppTest) -> dict[str, tuple[str, str]]:
    """The rows of the table that sets the what-if beside the city as it is."""
    for table in app.table:
        if list(table.value.columns)[:3] == ["Figure", "As it is", "What if"]:
            cells = [[str(cell).replace("\\", "") for cell in row] for row in table.value.values.tolist()]
            return {row[0]: (row[1], row[2]) for row in cells}
    raise AssertionError("the page shows no what-if")


@pytest.mark.parametrize(
    "city", ["riverbend", "novy_most", "port_amal", "wattlemere", "lindenhavn", "san_telmo_del_lago"]
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_opens_for_cities_of_every_kind(
    city: str, language: str, kept: dict[tuple[str, str], str]
) -> None:
    what = what_text(kept[city, language], Scenario.of({"3.3.1": 5.0}, {"5": 2.0}, {}, {"city": "geometric"}))
    app = opened(lang=language, city=kept[city, language], what=what, claims="with")
    assert not app.error
    assert not app.warning
    assert len(app.title) == 1
    if language == "zh":
        names = ("Excel", "English", "Mazziotta-Pareto", "Port Amal", "Nový Most", "San Telmo del Lago")
        assert english_phrases(app, names) == []


@pytest.mark.parametrize("claims", ["with", "without"])
@pytest.mark.parametrize("basket", ["core", "full"])
def test_it_opens_with_and_without_claims_in_both_baskets(
    claims: str, basket: str, kept: dict[tuple[str, str], str]
) -> None:
    app = opened(lang="en", city=kept["kijani_mpya", "en"], claims=claims, basket=basket, fill="no")
    assert not app.error
    assert "In short." in whole_text(app)


def test_what_to_do_comes_first(kept: dict[tuple[str, str], str]) -> None:
    app = opened(lang="en", city=kept["riverbend", "en"])
    heads = [one.value for one in app.subheader]
    assert heads == [
        "The way to the next level",
        "Open answers that widen the bracket most",
        "What if …?",
        "Saved what-ifs",
    ]
    text = whole_text(app)
    assert "6 measurements lead to level A · well advanced: from 72.7 to 80.2 points." in text
    assert "7.5 of the 7.5 points would be the city's own ratings" in text
    assert "§14 Community resilience" in text


def test_a_change_stands_in_the_address_and_survives_a_rerun(kept: dict[tuple[str, str], str]) -> None:
    city = kept["riverbend", "en"]
    app = opened(lang="en", city=city, edit="2.2.1")
    assert figures(app)["Assured score"] == ("72.7", "72.7")
    app.text_input[0].set_value("3,0").run()
    assert not app.exception
    assert app.query_params["what"] == what_text(city, with_answer(UNCHANGED, "2.2.1", 3.0))
    # 5.7 % earns (25 - 5.7) / 22 = 87.7 points, 3 % all 100; it is one of three features of one of twelve areas.
    assert figures(app)["Assured score"] == ("72.7", "73.1")
    app.run()
    assert figures(app)["Assured score"] == ("72.7", "73.1")


def test_what_cannot_be_read_is_told_and_changes_nothing(kept: dict[tuple[str, str], str]) -> None:
    app = opened(lang="en", city=kept["riverbend", "en"], edit="2.2.1")
    app.text_input[0].set_value("about five").run()
    assert ["cannot be read" in one.value for one in app.warning] == [True]
    assert app.text_input[0].value == "about five"
    assert "what" not in app.query_params


@pytest.mark.parametrize(
    ("kind", "field", "typed", "after"),
    [
        # Area 5 (61.5 points) counts twice among the six of its group: 72.95 points instead of 74.86 there, and the
        # group is half of the whole.
        ("weight", 0, "2", "71.8"),
        # 98.6 on 45-100 is 97.45 points, on 90-100 86.0; one of three features of one of twelve areas.
        ("goalposts", 0, "90", "72.4"),
    ],
)
def test_weights_and_goalposts_are_changed_on_the_page(
    kind: str, field: int, typed: str, after: str, kept: dict[tuple[str, str], str]
) -> None:
    app = opened(lang="en", city=kept["riverbend", "en"], change=kind, area="5", goalpost="1.1.1")
    app.text_input[field].set_value(typed).run()
    assert not app.exception
    assert figures(app)["Assured score"] == ("72.7", after)


def test_a_rating_and_a_rule_are_chosen_from_lists(kept: dict[tuple[str, str], str]) -> None:
    app = opened(lang="en", city=kept["riverbend", "en"], edit="3.3.1")
    (rating,) = [one for one in app.selectbox if one.label == "Answer in the what-if"]
    rating.set_value("5").run()
    assert figures(app)["Assured score"] == ("72.7", "73.8")
    app = opened(lang="en", city=kept["riverbend", "en"], change="rule", joined="city")
    (rule,) = [one for one in app.selectbox if one.label == "Joined by"]
    rule.set_value("minimum").run()
    assert not app.exception
    back = next(one for one in app.button if one.label == "Take back all")
    back.click().run()
    assert figures(app)["Assured score"] == ("72.7", "72.7")
    assert "what" not in app.query_params


def test_own_efforts_stand_in_the_address_and_count(kept: dict[tuple[str, str], str]) -> None:
    city = kept["riverbend", "en"]
    app = opened(lang="en", city=city)
    (impossible,) = [one for one in app.multiselect if one.label == "not possible"]
    impossible.set_value(["8.1.1"]).run()
    assert app.query_params["effort"] == effort_text(city, {"8.1.1": "none"})
    routes = [table.value for table in app.table if "From → to" in table.value.columns]
    assert len(routes) == 2
    assert all("8\\.1\\.1" not in str(frame) for frame in routes)


def test_a_what_if_is_saved_under_a_name_and_found_by_its_link(kept: dict[tuple[str, str], str]) -> None:
    city = kept["yunlan", "en"]
    what = what_text(city, Scenario.of({"8.1.1": 5.0, "11.2.1": 5.0}))
    app = opened(lang="en", city=city, what=what)
    (name,) = [one for one in app.text_input if one.label == "Name"]
    name.set_value("Two ratings").run()
    next(one for one in app.button if one.label == "Save this what-if").click().run()
    assert not app.exception
    assert "what" not in app.query_params
    saved = str(app.query_params["scenario"])
    assert "Shown: the saved what-if “Two ratings”." in whole_text(app)
    # The link alone leads to the city.
    again = opened(lang="en", scenario=saved)
    assert [one.value for one in again.title] == ["Yunlan"]
    assert figures(again)["Assured score"] == ("77.3", "80.6")
    # Taken up and changed, it is no longer the saved one; that one stays.
    (rating,) = [one for one in again.selectbox if one.label == "Measurement"]
    rating.set_value("3.3.1").run()
    next(one for one in again.selectbox if one.label == "Answer in the what-if").set_value("5").run()
    assert "scenario" not in again.query_params
    assert figures(again)["Assured score"] == ("77.3", "81.7")
    assert "Two ratings" in whole_text(again)


def test_a_name_taken_twice_keeps_both_in_the_table(kept: dict[tuple[str, str], str]) -> None:
    city = kept["san_telmo_del_lago", "en"]
    for value in (4.0, 5.0):
        save(COMPUTER, Asked(city, "core"), with_answer(UNCHANGED, "3.3.1", value), "Plan <b>B</b>")
    text = whole_text(opened(lang="en", city=city))
    assert text.count("Plan <b>B</b> · 20") >= 2


@pytest.mark.parametrize("wrong", ["A" * 22, "x", "'; drop table scenarios; --"])
def test_an_unknown_what_if_is_told(wrong: str, kept: dict[tuple[str, str], str]) -> None:
    app = opened(lang="en", city=kept["riverbend", "en"], scenario=wrong)
    assert ["No what-if is kept" in one.value for one in app.warning] == [True]
    assert figures(app)["Assured score"] == ("72.7", "72.7")


def test_a_mistyped_address_loses_only_what_cannot_be(kept: dict[tuple[str, str], str]) -> None:
    city = kept["riverbend", "en"]
    app = opened(lang="en", city=city, what=f"{city[:8]}!a:3.3.1=5,a:9.9.9=1,<script>")
    assert ["2 changes in this address" in one.value for one in app.warning] == [True]
    assert figures(app)["Assured score"] == ("72.7", "73.8")


def test_a_rank_interval_needs_candidates_in_the_address(kept: dict[tuple[str, str], str]) -> None:
    city = kept["riverbend", "en"]
    alone = opened(lang="en", city=city)
    assert figures(alone)["Rank interval"] == ("–", "–")
    assert "For a rank interval, open the candidates" in whole_text(alone)
    ids = [kept[one, "en"] for one in ("lindenhavn", "yunlan", "riverbend", "kijani_mpya")]
    among = opened(lang="en", city=city, set=extended(COMPUTER, (), ids))
    assert figures(among)["Rank interval"][0] == "3"
