"""What-ifs: kept in an address, typed as in a workbook, told beside the city as it is, saved and compared."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from actions import house
from actions.access import COMPUTER
from actions.changes import (
    UNCHANGED,
    Scenario,
    answered,
    change_keys,
    change_rows,
    taken_back,
    with_answer,
    with_goalposts,
    with_rule,
    with_weight,
)
from actions.editor import answer_input, editable, goalpost_inputs, read_answer, read_goalposts, read_weight
from actions.outcome import Asked, outcome
from actions.samples import open_sample
from actions.saved import comparison, kept, kept_of, save
from actions.scenario_text import decode, encode
from actions.standing import standing
from actions.surety import surety
from actions.whatif import whatif
from actions.whatif_address import effort_text, efforts_in, in_address, what_text
from sample_data.make import city_ids

pytestmark = pytest.mark.usefixtures("data_folder")

EVERYTHING = Scenario.of(
    {"3.3.1": 5.0, "2.2.1": None, "1.1.1": 97.25},
    {"5": 2.5},
    {"2.1.1": (200.0, 60000.5)},
    {"city": "geometric"},
)


def sample(city: str) -> str:
    return open_sample(COMPUTER, city, "en").upload_id


# --- as a text


def test_a_what_if_survives_its_way_through_an_address() -> None:
    text = encode(EVERYTHING)
    assert text == "a:1.1.1=97.25,a:2.2.1=,a:3.3.1=5,w:5=2.5,g:2.1.1=200_60000.5,j:city=geometric"
    assert decode(house.framework(), text) == (EVERYTHING, 0)
    assert decode(house.framework(), "") == (UNCHANGED, 0)


@pytest.mark.parametrize(
    "part",
    [
        "a:9.9.9=1",
        "a:1.1.1=101",
        "a:3.3.1=2.5",
        "a:1.1.1=nan",
        "a:1.1.1=1e999",
        "a:1.4.1=5",
        "w:5=-1",
        "w:nowhere=1",
        "g:1.1.1=90_40",
        "g:3.3.1=0_4",
        "g:2.1.1=0_400",
        "j:city=mode",
        "j:measurement=geometric",
        "x:1=1",
        "<script>",
        "a:1.1.1",
    ],
)
def test_what_cannot_be_is_left_out_and_counted(part: str) -> None:
    assert decode(house.framework(), f"a:2.2.1=5,{part}") == (Scenario.of({"2.2.1": 5.0}), 1)


def test_weights_that_leave_a_family_without_any_are_left_out_together() -> None:
    areas = [node.code for node in house.framework().at_level("focus_area") if node.parent == "G1"]
    text = ",".join(f"w:{code}=0" for code in areas)
    assert decode(house.framework(), f"{text},a:2.2.1=5") == (Scenario.of({"2.2.1": 5.0}), len(areas))


def test_an_address_of_one_city_says_nothing_of_another() -> None:
    one, other = sample("riverbend"), sample("yunlan")
    text = what_text(one, EVERYTHING)
    assert in_address(COMPUTER, one, text, "", "en").scenario == EVERYTHING
    assert in_address(COMPUTER, other, text, "", "en").scenario == UNCHANGED
    efforts = {"3.3.1": "high", "2.1.1": "none"}
    assert efforts_in(one, effort_text(one, efforts), ["3.3.1", "2.1.1"]) == efforts
    assert efforts_in(one, effort_text(one, efforts), ["3.3.1"]) == {"3.3.1": "high"}
    assert efforts_in(other, effort_text(one, efforts), ["3.3.1"]) == {}
    assert efforts_in(one, effort_text(one, {"3.3.1": "huge"}), ["3.3.1"]) == {}
    assert what_text(one, UNCHANGED) == ""


# --- typed


@pytest.mark.parametrize(
    ("code", "typed", "value", "problem"),
    [
        ("2.2.1", "4,5", 4.5, ""),
        ("2.2.1", "12 %", 12.0, ""),
        ("2.2.1", "４．５", 4.5, ""),
        ("2.2.1", "", None, ""),
        ("2.2.1", "abc", None, "“abc” cannot be read as a number. Write it as in 4.5."),
        ("2.2.1", "200", None, "200 is not possible here: answers lie from 0% to 90%."),
        ("2.2.1", "0.5", None, "0.5 may be a share or a percentage. Write 50% or 0.5%."),
        (
            "2.1.1",
            "1.234",
            None,
            "“1.234” can be read in several ways: 1.234; 1,234. Please write one of them.",
        ),
        ("2.1.1", "41 000", 41000.0, ""),
    ],
)
def test_numbers_are_read_as_in_the_workbook(
    code: str, typed: str, value: float | None, problem: str
) -> None:
    read = read_answer(code, typed, "en")
    assert (read.value, read.problem) == (value, problem)


def test_weights_and_goalposts_are_read_the_same_way() -> None:
    assert read_weight(UNCHANGED, "5", "2,5", "en").value == 2.5
    assert read_weight(UNCHANGED, "5", "", "en").problem == "A weight is a number, 0 or more."
    assert (
        read_weight(UNCHANGED, "5", "-1", "en").problem
        == "A weight is 0 or more, and not all of them can be 0."
    )
    lower, upper = read_goalposts("1.1.1", "40,5", "90", "en")
    assert (lower.value, upper.value) == (40.5, 90.0)
    assert read_goalposts("1.1.1", "90", "40", "en")[1].problem.startswith(
        "The lower goalpost must lie below"
    )
    assert read_goalposts("1.1.1", "90", "", "en")[1].problem == "Both goalposts are needed."


def test_what_stands_in_a_field_is_read_back_as_it_is() -> None:
    asked = Asked(sample("riverbend"), "full")
    for code in editable(COMPUTER, asked, "en"):
        start = answer_input(COMPUTER, asked, UNCHANGED, code, "en")
        own = standing(*asked.upload_ids, "full").panel
        value = own.values[0, own.codes.index(code)]
        if start.levels:
            assert start.text in start.levels
        elif start.text:
            assert read_answer(code, start.text, "en").value in (pytest.approx(value), None)
    three = with_goalposts(UNCHANGED, "1.1.1", 1.234, 90.0)
    ends = goalpost_inputs(three, "1.1.1", "en")
    assert [one.value for one in read_goalposts("1.1.1", ends[0].text, ends[1].text, "en")] == [1.234, 90.0]


# --- changes


def test_each_change_is_told_and_can_be_taken_back() -> None:
    asked = Asked(sample("riverbend"), "core")
    rows = [tuple(row.values()) for row in change_rows(COMPUTER, asked, EVERYTHING, "en")]
    assert rows[1] == ("Answer to 2.2.1 Unemployment rate", "5.7%", "open")
    assert rows[2][1:] == ("3 · Carried out", "5 · Improved and shared")
    assert rows[3] == ("Weight of 5 Learning in families and communities", "1", "2.5")
    assert rows[4][1:] == ("100 to 75,000", "200 to 60,000.5")
    assert rows[5] == ("Joined at: city", "arithmetic mean", "geometric mean")
    keys = change_keys(EVERYTHING)
    assert len(keys) == len(rows)
    left = EVERYTHING
    for key in keys:
        left = taken_back(left, key)
    assert left == UNCHANGED
    assert taken_back(EVERYTHING, "w:5=2.5").weights == ()


def test_the_frameworks_own_choice_takes_a_change_back() -> None:
    made = with_rule(with_goalposts(with_weight(UNCHANGED, "5", 2.0), "1.1.1", 40.0, 90.0), "city", "minimum")
    assert not made.empty
    back = with_rule(with_goalposts(with_weight(made, "5", 1.0), "1.1.1", 45.0, 100.0), "city", "arithmetic")
    assert back == UNCHANGED
    assert with_answer(UNCHANGED, "2.2.1", None).answers == (("2.2.1", None),)
    asked = Asked(sample("riverbend"), "core")
    other = answered(COMPUTER, asked, UNCHANGED, "2.2.1", 4.0)
    assert other.answers == (("2.2.1", 4.0),)
    assert answered(COMPUTER, asked, other, "2.2.1", 5.7) == UNCHANGED
    assert answered(COMPUTER, asked, other, "2.2.1", None).answers == (("2.2.1", None),)


# --- results


def test_a_better_rating_counts_with_claims_and_not_without() -> None:
    city = sample("riverbend")
    better = with_answer(UNCHANGED, "3.3.1", 5.0)
    # 3 -> 5 on the ladder is 40 points on one of three features (3.1, 3.2, 3.3) of one of twelve areas.
    gained = 40 / 3 / 12
    for claims, wanted in (("with", gained), ("without", 0.0)):
        asked = Asked(city, "core", claims)
        now, then = outcome(asked, UNCHANGED), outcome(asked, better)
        found = float(then.scores.assured[0, 0] - now.scores.assured[0, 0])
        assert found == pytest.approx(wanted, abs=1e-9)


def test_the_page_tells_before_and_after() -> None:
    asked = Asked(sample("riverbend"), "core")
    made = whatif(COMPUTER, asked, EVERYTHING, "en", dark=False)
    now = {one.label: (one.now, one.then, one.difference) for one in made.figures}
    assert now["Assured score"][0] == "72.7"
    assert now["Level"][0] == "B · established"
    assert now["Rank interval"] == ("–", "–", "")
    assert made.rank_note.startswith("For a rank interval, open the candidates")
    assert len(made.areas) == 12
    assert whatif(COMPUTER, asked, UNCHANGED, "en", dark=False).figures[0].difference == "±0.0"


def test_a_rank_interval_needs_others_and_stays_within_them() -> None:
    ids = tuple(sample(city) for city in city_ids())
    asked = Asked(ids[2], "core", beside=ids)
    found = outcome(asked, UNCHANGED)
    assert found.others == 4
    low, middle, high = found.rank_interval
    assert 1 <= low <= middle <= high <= 5
    assert "4 other candidates" in whatif(COMPUTER, asked, UNCHANGED, "en", dark=False).rank_note
    # Draws are common: in none of them does a better answer cost a place.
    assert (outcome(asked, with_answer(UNCHANGED, "3.3.1", 5.0)).rank_interval <= found.rank_interval).all()


def test_the_score_lies_inside_its_interval_where_all_is_answered() -> None:
    found = outcome(Asked(sample("yunlan"), "core"), UNCHANGED)
    low, _, high = found.score_interval
    assert low < float(found.scores.assured[0, 0]) < high


def test_a_redraw_takes_less_than_a_third_of_a_second() -> None:
    ids = tuple(sample(city) for city in city_ids())
    asked = Asked(ids[2], "core", beside=ids)
    whatif(COMPUTER, asked, with_answer(UNCHANGED, "2.2.1", 1.0), "en", dark=False)
    taken = []
    for value in (2.0, 3.0, 4.0):
        start = time.perf_counter()
        whatif(COMPUTER, asked, with_answer(UNCHANGED, "2.2.1", value), "en", dark=False)
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.3


# --- saved


def test_a_saved_what_if_comes_back_by_its_id_and_stands_in_the_table() -> None:
    city, other = sample("riverbend"), sample("yunlan")
    asked = Asked(city, "core", beside=(other,))
    first = save(COMPUTER, asked, EVERYTHING, "  More   guidance ")
    second = save(COMPUTER, asked, with_answer(UNCHANGED, "3.3.1", 5.0), "More guidance")
    found = kept(COMPUTER, first, "en")
    assert found is not None
    assert (found.name, found.upload_id, found.basket, found.lost) == ("More guidance", city, "core", 0)
    assert found.scenario == EVERYTHING
    assert found.upload_ids == (city, other)
    rows = kept_of(COMPUTER, city, "en")
    assert [one.id for one in rows] == [second, first]
    assert all(one.name.startswith("More guidance · 20") for one in rows)
    table = comparison(COMPUTER, asked, rows, "en")
    assert [row["What-if"] for row in table] == ["As it is", *(one.name for one in rows)]
    assert table[1]["Difference"] == "+1.1"
    assert in_address(COMPUTER, city, "", first, "en").saved == found
    assert in_address(COMPUTER, other, "", first, "en").scenario == UNCHANGED


def test_changes_go_before_a_saved_what_if_and_unknown_ids_say_nothing() -> None:
    city = sample("riverbend")
    saved = save(COMPUTER, Asked(city, "core"), EVERYTHING, "")
    other = with_answer(UNCHANGED, "3.3.1", 5.0)
    shown = in_address(COMPUTER, city, what_text(city, other), saved, "en")
    assert (shown.scenario, shown.saved) == (other, None)
    assert kept(COMPUTER, "A" * 22, "en") is None
    assert kept(COMPUTER, "'; drop table scenarios; --", "en") is None
    nameless = kept(COMPUTER, saved, "en")
    assert nameless is not None
    assert nameless.name.startswith("20")  # the moment


def test_an_unchanged_city_has_the_same_interval_as_on_how_sure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    ids = tuple(open_sample(COMPUTER, city, "en").upload_id for city in ("yunlan", "riverbend", "wattlemere"))
    here = outcome(Asked(ids[0], "core", "with", ids), UNCHANGED)
    known = surety(ids, "core", "with").sure
    assert here.score_interval.tolist() == known.score[0].tolist()
    assert here.rank_interval.tolist() == known.rank[0].tolist()
