"""Why a score: what is printed adds up on every way down, and each step is told in a plain sentence."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest
from openpyxl import load_workbook

from actions import house
from actions.access import COMPUTER
from actions.candidates import extended
from actions.standing import WITH_CLAIMS, NotKeptError
from actions.why import ALONE, BY_AREA, WHOLE, Why, besides, features, parts_offered, settled, why
from actions.why_file import why_file
from actions.why_steps import Told, printed_steps, told
from indicators.template import build
from sample_data.tables import reading
from scoring.model import Observation, Place, Reading
from store.uploads import add, link_city

pytestmark = pytest.mark.usefixtures("data_folder")
Answers = Mapping[str, float | str | None]


def _keep(name: str, answers: Answers, year: int = 2026, same_as: str = "") -> str:
    """An upload of Riverbend's answers with some changed: a value, a state, or None for an open answer."""
    whole = reading("riverbend", house.framework(), house.declaration(), "en")
    rows: dict[str, Observation] = dict(whole.observations)
    for code, given in answers.items():
        if code not in rows:
            rows[code] = Observation(code, None, "", 2025, "", "", "", "", Place("Sheet", "A1"), "")
        if isinstance(given, str):
            rows[code] = replace(rows[code], value=None, state=given)
        else:
            rows[code] = replace(rows[code], value=given, state="" if given is None else "answered")
    profile = MappingProxyType({"name": name, "country": "CAN", "assessment_year": year})
    changed = Reading(
        whole.framework, whole.edition, "en", False, profile, MappingProxyType(rows), MappingProxyType({}), ()
    )
    data = build(house.framework(), (), "en", prefill=changed)
    kept = add(house.store(), name=name, data=data, reading=changed, framework="k", edition="e")
    link_city(house.store(), kept.id, country="CAN", folded_name=name, name=name, same_as=same_as)
    return kept.id


def _why(
    one: str, beside: str, part: str = BY_AREA, feature: str = WHOLE, language: str = "en", **more: str
) -> Why:
    figure, basket = more.get("figure", "assured"), more.get("basket", "core")
    return why(COMPUTER, one, beside, part, feature, figure, basket, WITH_CLAIMS, language, False)


def _sentence(shown: Why, code: str) -> str:
    return next(step.sentence for step in shown.steps if step.code == code)


@pytest.mark.parametrize(
    ("beside", "figure", "basket"),
    [
        (ALONE, "assured", "core"),
        (ALONE, "reported", "full"),
        ("shanghai", "assured", "full"),
        ("sample-port_amal", "assured", "full"),
        ("sample-port_amal", "reported", "core"),
    ],
)
def test_printed_steps_add_up_on_every_way_down(beside: str, figure: str, basket: str) -> None:
    got = told(_keep("Here", {}), settled(COMPUTER, beside, "en"), figure, basket, WITH_CLAIMS, "en")
    assert isinstance(got, Told)
    framework, printed = house.framework(), {}
    features_there = [node.code for node in framework.at_level("feature") if node.code in got.found.nodes]
    for node in (*parts_offered("en"), *features_there):
        steps = printed_steps(got, node)
        whole = round(round(got.first + 1e-9, 1) - round(got.second + 1e-9, 1), 1)
        assert round(sum(step.amount for step in steps), 1) == pytest.approx(whole)
        assert sum(step.exact for step in steps) == pytest.approx(got.first - got.second, abs=1e-9)
        printed |= {step.line.code: step.amount for step in steps if step.line is not None}
    for code, amount in printed.items():
        below = [printed[child] for child in framework.children[code] if child in printed]
        if below:
            assert round(sum(below), 1) == pytest.approx(amount)
    if got.brings is not None:
        brings = [step.brings for step in printed_steps(got, "4")]
        assert round(sum(brings), 1) == pytest.approx(round(got.first + 1e-9, 1))


def test_a_lower_value_is_told_with_its_cost() -> None:
    """Unemployment 4 against 15 (goalposts 3 and 25): 50 points, in one of three core features of one of 12 areas.
    50 / 3 / 12 is 1.3889 in the whole.
    """
    better, worse = _keep("Here", {"2.2.1": 4.0}), _keep("There", {"2.2.1": 15.0})
    shown = _why(worse, f"upload-{better}", "2", "2.2")
    assert _sentence(shown, "2.2.1") == (
        "2.2.1 Unemployment rate is 50.0 points lower here, which costs 1.4 points in the whole."
    )
    assert "Most speaks against There in 2 Economic development and cultural life (−1.4)." in shown.summary
    back = _why(better, f"upload-{worse}", "2", "2.2", "zh")
    assert _sentence(back, "2.2.1") == "2.2.1 失业率：本方高 50.0 分，总分因此多 1.4 分。"


def test_an_open_answer_is_told_as_open() -> None:
    answered, blank = _keep("Here", {"2.2.1": 4.0}), _keep("There", {"2.2.1": None})
    assert _sentence(_why(blank, f"upload-{answered}", "2", "2.2"), "2.2.1") == (
        "2.2.1 Unemployment rate is open here and counts 0, against 95.5 points there, which costs 2.7 points in the "
        "whole."
    )
    assert _sentence(_why(answered, f"upload-{blank}", "2", "2.2"), "2.2.1").startswith(
        "2.2.1 Unemployment rate is open there and counts 0, against 95.5 points here, which brings 2.7 points"
    )
    assert _sentence(_why(blank, ALONE, "2", "2.2"), "2.2.1") == (
        "2.2.1 Unemployment rate is open and counts 0: it loses 2.8 points."
    )


def test_what_left_the_basket_names_itself_to_its_neighbours() -> None:
    """Slums leave 3.2 to transport, which then has the feature alone."""
    with_it = _keep("Here", {"3.2.1": 10.0, "3.2.2": 60.0})
    without = _keep("There", {"3.2.1": "outside_remit", "3.2.2": 60.0})
    shown = _why(without, f"upload-{with_it}", "3", "3.2", basket="full")
    assert _sentence(shown, "3.2.1").startswith(
        "3.2.1 Inhabitants living in slums does not count here, but does"
    )
    told_of = _sentence(shown, "3.2.2")
    assert "It counts for more here, because 3.2.1 Inhabitants living in slums left the basket: " in told_of
    back = _why(with_it, f"upload-{without}", "3", "3.2", basket="full")
    assert "It counts for less here, because 3.2.1 Inhabitants living in slums left the basket there: " in (
        _sentence(back, "3.2.2")
    )


def test_an_earlier_workbook_of_the_city_is_offered_by_its_year() -> None:
    before = _keep("Here", {"2.2.1": 15.0}, 2024)
    now = _keep("Here", {"2.2.1": 4.0}, 2026, same_as=before)
    offered = besides(COMPUTER, now, "", "en")
    assert offered[f"upload-{before}"].startswith("this city, self-assessment 2024, saved ")
    assert f"upload-{now}" not in offered
    shown = _why(now, f"upload-{before}")
    assert shown.sides.startswith("Here: Here. There: this city, self-assessment 2024")
    assert shown.table[1]["In the whole"] == "+1.4"


def test_cities_of_the_set_are_offered_by_name() -> None:
    one, other = _keep("Here", {}), _keep("There", {"2.2.1": 15.0})
    assert f"upload-{other}" not in besides(COMPUTER, one, "", "en")
    assert besides(COMPUTER, one, extended(COMPUTER, (), (one, other)), "en")[f"upload-{other}"] == "There"


def test_nothing_to_explain_is_said_instead_of_a_picture() -> None:
    asked = [node.code for node in house.framework().measurements if node.code != "2.2.1"]
    one, empty = _keep("One", dict.fromkeys(asked)), _keep("None", dict.fromkeys((*asked, "2.2.1")))
    # Belfast has no unemployment figure that may stand beside an answer.
    shown = _why(one, "belfast")
    assert (shown.chart, shown.steps) == (None, ())
    assert shown.trouble.startswith(
        "There is no measurement of this basket that both One and Belfast can show"
    )
    assert _why(empty, ALONE, figure="reported").trouble.startswith(
        "One side has no answer in this basket yet"
    )
    assert _why(empty, ALONE).summary.startswith("None has 0.0 points. Most is lost in ")


def test_the_download_holds_every_node_and_adds_up_in_full() -> None:
    better, worse = _keep("Here", {"2.2.1": 4.0}), _keep("There", {"2.2.1": 15.0})
    book = load_workbook(
        io.BytesIO(why_file(COMPUTER, worse, f"upload-{better}", "assured", "core", WITH_CLAIMS, "en"))
    )
    head, *rows = book["Why"].iter_rows(values_only=True)
    assert head[0] == "Code"
    whole = {row[0]: row[-1] for row in rows}
    assert whole["city"] == pytest.approx(-50 / 36, abs=1e-9)
    assert sum(whole[one.code] for one in house.framework().at_level("focus_area")) == pytest.approx(
        whole["city"]
    )
    assert [row[1].value for row in book["Notes"].iter_rows(min_row=2, max_row=3)] == ["There", "Here"]


def test_features_are_offered_for_focus_areas_alone() -> None:
    assert list(features("4", "en")) == [WHOLE, "4.1", "4.2", "4.3", "4.4", "4.5"]
    assert (features("G1", "en"), features(BY_AREA, "en")) == ({}, {})


def test_an_unknown_upload_is_refused() -> None:
    with pytest.raises(NotKeptError):
        _why("A" * 22, ALONE)
