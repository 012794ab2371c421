"""The page of a city's years: both figures, cuts, the rules by which years are judged, and going on to the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from actions.access import COMPUTER
from actions.next_year import begin_next, carried
from actions.rooms import rooms_of
from actions.visibility import visibility_of
from store.record import LAST_YEAR
from tests.actions.test_next_year import SAID
from tests.actions.test_years import BROKEN, FIRST, SECOND, THIRD, _row
from tests.actions.years_of_a_town import handed_in_under, rules_with, town, year_of
from tests.pages.reading import ROOT, english_phrases, open_page, whole_text
from tests.two_cities import HandedIn, TwoCities, hand_in, two_cities
from views import identity

FOLDS = ("twin_axes", "twin_whole", "twin_areas_over_years")


@pytest.fixture
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new installation of one's own."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def city(data_folder: Path) -> str:
    """A town with three years: the first handed in under other rules, the second with a break."""
    made = town()
    first = year_of(made, 2022, FIRST)
    year_of(made, 2024, SECOND)
    year_of(made, 2026, THIRD)
    rules = rules_with(data_folder / "rules", nodes=(_row("2.2.1"), _row("2.2.1", lower="8.5")))
    handed_in_under(first, rules)
    return made


def test_without_a_room_the_page_says_where_one_begins(data_folder: Path) -> None:
    text = whole_text(open_page("city_years", lang="en"))
    assert "No assessment has been begun yet." in text
    city = town()
    assert "No assessment has been begun for this city yet." in whole_text(
        open_page("city_years", lang="en", of=city)
    )


def test_level_progress_cuts_and_changes(city: str) -> None:
    app = open_page("city_years", (*FOLDS, f"left_{city}"), lang="en", of=city, basket="full")
    text = whole_text(app)
    assert "Demoville: years" in text
    assert "Progress since 2022 +25.0" in text
    assert "**+25.0** · 2.2.1 Unemployment rate" in text
    assert "All others together: 0.0." in text
    assert BROKEN in text
    assert "Answered in 2026 only." in text
    charts = app.get("vega_lite_chart")
    assert len(charts) == 3
    tables = [set(map(str, one.value.columns)) for one in app.table]
    assert {"Part", "2022", "2024", "2026", "Last change"} in tables


def test_one_selector_says_by_which_rules(city: str) -> None:
    app = open_page("city_years", (f"judged_{city}",), lang="en", of=city, rules="beside")
    (rules,) = [one for one in app.selectbox if one.label == "Judged by"]
    assert rules.options == [
        "Present rules on all years",
        "Each year by its own rules",
        "Both, side by side",
        "Rules of 2022 on all years",
    ]
    text = whole_text(app)
    assert "By the present rules" in text
    assert "2022 was handed in under other rules than those of now" in text
    assert "What differs between the rules of 2022 and those of now" in text
    assert "Lower goalpost" in text
    rules.select("of-2022").run()
    assert not app.exception
    assert app.query_params["rules"] in ("of-2022", ["of-2022"])
    own = whole_text(open_page("city_years", lang="en", of=city, rules="own"))
    assert "Choose one set of rules." in own


def test_in_chinese_no_english_is_left(city: str) -> None:
    begin_next(COMPUTER, rooms_of(COMPUTER, city)[0].id, 2027)
    folds = (*FOLDS, f"judged_{city}", f"left_{city}")
    for rules in ("present", "own", "beside", "of-2022"):
        app = open_page("city_years", folds, lang="zh", of=city, rules=rules)
        assert english_phrases(app, (BROKEN, "Demoville", "Office of figures")) == [], rules


def test_the_next_year_begins_with_a_click_and_waits_to_be_confirmed(data_folder: Path) -> None:
    city = town()
    last = year_of(city, 2025, SAID)
    app = open_page("city_years", lang="en", of=city)
    (begin,) = [one for one in app.button if one.key == "begin_next"]
    begin.click().run()
    assert not app.exception
    made = rooms_of(COMPUTER, city)[0]
    assert (made.year, made.from_id) == (2026, last)
    app = open_page("city_years", (f"carried_{made.id}_2", f"carried_{made.id}_1"), lang="en", of=city)
    text = whole_text(app)
    assert "Carried over, not yet confirmed" in text
    assert "Survey without a year" in text
    key = f"confirm_{made.id}_1.2.1_1"
    next(one for one in app.button if one.key == key).click().run()
    assert not app.exception
    left = {row.field for one in carried(COMPUTER, made.id, "en").parts for row in one.rows}
    assert "1.2.1" not in left
    assert "1.1.1" in left
    next(one for one in app.button if one.key == f"confirm_{made.id}_2").click().run()
    assert not app.exception
    assert "2" not in {one.area for one in carried(COMPUTER, made.id, "en").parts}
    assert LAST_YEAR not in whole_text(app)


def test_who_may_see_it_is_chosen_on_the_page(city: str) -> None:
    latest = rooms_of(COMPUTER, city)[0].id
    app = open_page("city_years", (f"visible_{latest}",), lang="en", of=city)
    (choice,) = [one for one in app.radio if one.key == f"visibility_{latest}_0"]
    choice.set_value("network").run()
    assert not app.exception
    assert visibility_of(COMPUTER, latest, "en").choice == "network"
    assert "In addition everybody who has a role in any city" in whole_text(app)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TwoCities, dict[str, HandedIn]]]:
    with two_cities(tmp_path_factory.mktemp("years_of_two_cities")) as made:
        yield (
            made,
            {
                "jury": hand_in(made, "Qzjury", 2022, "jury"),
                "network": hand_in(made, "Qzshared", 2024, "network"),
            },
        )


@pytest.mark.parametrize(
    ("role", "seen"),
    [("guest", "2024"), ("juror", "2022 · 2024"), ("foreign commission", ""), ("other owner", "2022 · 2024")],
)
def test_every_reader_sees_the_years_that_were_opened_to_her(
    role: str, seen: str, world: tuple[TwoCities, dict[str, HandedIn]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, handed_in = world
    monkeypatch.setattr(identity, "actor", lambda: made.actor(role))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.query_params["lang"], app.query_params["of"] = "en", made.other_city
    app.run()
    app.switch_page("views/city_years.py")
    app.query_params["lang"], app.query_params["of"] = "en", made.other_city
    app.run()
    assert not app.exception
    text = whole_text(app)
    assert (f"Years · {seen}" in text) is bool(seen)
    if not seen:
        assert "No assessment has been begun yet." in text
    # Choosing, beginning and confirming are the owner's.
    leads = role == "other owner"
    assert bool([one for one in app.button if one.key == "begin_next"]) is leads
    assert not leads or handed_in["jury"].assessment
