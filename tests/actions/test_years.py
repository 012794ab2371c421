"""A town over the years: level and progress, breaks, rules of other years, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from actions import house
from actions.access import COMPUTER
from actions.rule_sets import files_of, present_rules, rules_of
from actions.years import (
    BESIDE,
    OTHER_DEFINITION,
    OTHER_EDITION,
    OTHER_RULES,
    OWN,
    PRESENT,
    UNKNOWN_RULES,
    Break,
    answers_for,
    asked_otherwise,
    breaks,
    city_years,
    framework_for,
    rule_choices,
    score_by_rules,
    score_handed_in,
)
from actions.years_page import YearsPage, years_page
from indicators import KEY_FEATURES
from scoring.trends import EVERYTHING
from store.acts import OWN_COMPUTER, Act
from store.engine import Store
from store.rows import sha256
from store.rule_sets import keep_rule_set, listed, rule_set
from tests.actions.years_of_a_town import figure, fill, handed_in_under, rules_with, town, year_of

EN = "en"
# 2.2.1, unemployment: 25 % is worth nothing, 3 % full points; 7.2.2, households with internet: 0 to 100 %.
# So 14 % is worth (25 - 14) / 22 = 50 points, 8.5 % 75; 40 % is worth 40 points.
FIRST = {"2.2.1": figure("14", 2021), "7.2.2": figure("40", 2021)}
SECOND = {
    "2.2.1": figure("14", 2021),
    "7.2.2": figure("70", 2023, series_break="Mobile access counts as well"),
}
THIRD = {"2.2.1": figure("8.5", 2025), "7.2.2": figure("80", 2025), "1.1.1": figure("99", 2025)}
BROKEN = "Mobile access counts as well"


def page(
    city: str, choice: str = PRESENT, since: int = 0, language: str = EN, basket: str = "full"
) -> YearsPage:
    found = years_page(COMPUTER, city, choice, since, basket, language, dark=False)
    assert found is not None
    return found


@pytest.fixture
def city(installation: Store) -> str:
    """A town with three years, of which the second has a break."""
    made = town()
    for year, said in ((2022, FIRST), (2024, SECOND), (2026, THIRD)):
        year_of(made, year, said)
    return made


def test_the_goalposts_are_those_of_the_example() -> None:
    asked = [house.framework().by_code[code].measurement for code in ("2.2.1", "7.2.2")]
    assert [(one.lower, one.upper, one.direction) for one in asked if one] == [(3, 25, -1), (0, 100, 1)]


def test_level_and_progress_stand_apart(city: str) -> None:
    found = page(city)
    figures = {one.label: one.value for one in found.figures}
    assert set(figures) == {"Level in 2026", "Progress since 2022", "Can be compared", "Same old figures"}
    # Only 2.2.1 can be compared: 50 to 75 points.
    assert figures["Progress since 2022"] == "+25.0"
    assert figures["Same old figures"] == "0 of 1"
    assert found.counted_from.startswith("Counted from 2022, the first assessment since the city joined")
    assert "2019" in found.counted_from
    assert "changed by +25.0 points" in found.summary


def test_one_point_a_year_and_the_same_as_a_table(city: str) -> None:
    rows = page(city).axes.table
    assert [row["Year"] for row in rows] == ["2022", "2024", "2026"]
    # Up to 2024 the one comparable figure is the same old one.
    assert [row["Progress since 2022, points"] for row in rows] == ["0.0", "0.0", "+25.0"]


def test_lines_are_cut_where_a_break_was_said_and_only_there(city: str) -> None:
    found = page(city)
    (whole,) = found.whole.table
    assert str(whole["2024"]).startswith("≠ ")
    assert not str(whole["2026"]).startswith("≠")
    marked = [row["Part"] for row in found.areas.table if str(row["2024"]).startswith("≠")]
    assert [str(one).split()[0] for one in marked] == ["7"]
    assert found.breaks == (
        {
            "Year": "2024",
            "Measurement": "7.2.2 Households with internet access",
            "Why it cannot be compared with earlier years": BROKEN,
        },
    )


def test_no_line_of_the_chart_crosses_a_cut(city: str) -> None:
    chart = page(city).whole.chart
    assert chart is not None
    dots = next(layer["data"]["values"] for layer in chart["layer"] if layer["mark"].get("type") == "line")
    assert [(one["year"], one["stretch"]) for one in dots] == [(2022, 0), (2024, 1), (2026, 1)]
    texts = [layer for layer in chart["layer"] if layer["mark"].get("type") == "text"]
    assert any(one["data"]["values"][0].get("sign") == "≠ break" for one in texts)
    dashed = [one for one in chart["layer"] if one["mark"].get("strokeDash")]
    assert [one["data"]["values"][0]["at"] for one in dashed] == [2023.0]


def test_what_changed_most_and_what_is_not_compared(city: str) -> None:
    found = page(city).changes
    assert found is not None
    (change,) = found.changes
    assert (change.title.split()[0], change.points, change.area) == ("2.2.1", "+25.0", "2")
    assert change.sentence == "14% (of 2021, said in 2022) → 8.5% (of 2025, said in 2026)."
    assert {row["Measurement"].split()[0]: row["Why it is not compared"] for row in found.left_out} == {
        "1.1.1": "Answered in 2026 only.",
        "7.2.2": f"2024: {BROKEN}",
    }
    later = page(city, since=2024).changes
    assert later is not None
    assert later.summary.startswith("From 2024 to 2026 the comparable part")
    assert {one.title.split()[0] for one in later.changes} == {"2.2.1", "7.2.2"}
    assert {row["Measurement"].split()[0] for row in later.left_out} == {"1.1.1"}


@pytest.mark.parametrize(
    ("joined", "start", "words"),
    [
        (2024, "2024", "the year in which the city joined"),
        (2023, "2024", "the first assessment since the city joined the network in 2023"),
        (None, "2022", "the profile does not say"),
    ],
)
def test_progress_counts_from_joining(
    installation: Store, joined: int | None, start: str, words: str
) -> None:
    city = town()
    for year, said in ((2022, FIRST), (2024, SECOND), (2026, THIRD)):
        year_of(city, year, said, joined)
    found = page(city)
    assert found.counted_from.startswith(f"Counted from {start}")
    assert words in found.counted_from


def test_one_year_alone_has_a_level_and_no_progress(installation: Store) -> None:
    city = town()
    assert years_page(COMPUTER, city, PRESENT, 0, "core", EN, dark=False) is None
    year_of(city, 2026, FIRST)
    found = page(city)
    assert found.summary.endswith("There is no later assessment to tell progress by yet.")
    assert (found.since, found.changes, found.breaks) == ((), None, ())
    assert {one.label: one.value for one in found.figures}["Progress since 2026"] == "–"


def test_rules_are_kept_by_the_hash_that_a_hand_in_names(installation: Store) -> None:
    files = files_of(KEY_FEATURES)
    assert sha256(listed(files)) == present_rules()
    with installation.writing(Act(OWN_COMPUTER, "try", "store")) as writing:
        assert keep_rule_set(writing, files) == keep_rule_set(writing, files) == present_rules()
    with installation.reading() as reader:
        assert rule_set(reader, present_rules()) == files
        assert rule_set(reader, "0" * 64) is None
    assert rules_of(present_rules()) is house.framework()
    assert rules_of("0" * 64) is None


def test_one_years_rules_on_all_years(installation: Store, tmp_path: Path) -> None:
    city = town()
    first = year_of(city, 2022, FIRST)
    # In 2022 full points came at 8.5 %: 14 % was worth (25 - 14) / 16.5.
    rules = handed_in_under(
        first, rules_with(tmp_path / "rules", nodes=(_row("2.2.1"), _row("2.2.1", lower="8.5")))
    )
    year_of(city, 2024, {"2.2.1": figure("8.5", 2023)})
    years = city_years(COMPUTER, city)
    assert rule_choices(years) == {PRESENT: 0, OWN: 0, BESIDE: 0, "of-2022": 2022}
    of_2022 = framework_for("of-2022", years)
    assert of_2022.by_code["2.2.1"].measurement == rules.by_code["2.2.1"].measurement
    now = [score_by_rules(house.framework(), one, "core", "2.2.1").assured for one in years]
    then = [score_by_rules(of_2022, one, "core", "2.2.1").assured for one in years]
    assert now == pytest.approx([50, 75], abs=1e-9)
    assert then == pytest.approx([100 * 11 / 16.5, 100], abs=1e-9)
    # What was frozen is what its own rules give; a draft has the present ones.
    own = [score_handed_in(one, "core", "2.2.1").assured for one in years]
    assert own == pytest.approx([100 * 11 / 16.5, 75], abs=1e-9)


def test_what_differs_between_rules_is_told_and_years_of_other_rules_are_not_compared(
    installation: Store, tmp_path: Path
) -> None:
    city = town()
    first = year_of(city, 2022, FIRST)
    handed_in_under(first, rules_with(tmp_path / "rules", nodes=(_row("2.2.1"), _row("2.2.1", lower="8.5"))))
    year_of(city, 2024, {"2.2.1": figure("8.5", 2023)})
    found = page(city, BESIDE, basket="core")
    ((name, rows),) = found.differences.items()
    assert name == "What differs between the rules of 2022 and those of now"
    assert rows == ({"Code": "2.2.1", "What differs": "Lower goalpost", "Then": "8.5", "Now": "3"},)
    assert [row["Year"] for row in found.beside] == ["2022", "2024"]
    assert found.beside[0]["Difference"] not in ("–", "0.0")
    assert found.beside[1]["As handed in"] == "not handed in"
    own = page(city, OWN, basket="core")
    assert own.changes is None
    assert {one.label: one.value for one in own.figures}["Progress since 2022"] == "–"
    assert [row["Measurement"] for row in own.breaks] == ["All measurements"]
    assert str(own.whole.table[0]["2024"]).startswith("≠")
    # By one set of rules nothing breaks: the definitions are the same.
    assert page(city, "of-2022", basket="core").breaks == ()
    assert page(city, "of-1999", basket="core").summary == page(city, basket="core").summary


def _row(code: str, lower: str = "3") -> str:
    """The goalposts of a measurement as they stand in nodes.csv."""
    line = next(
        one
        for one in (KEY_FEATURES / "nodes.csv").read_text(encoding="utf-8").splitlines()
        if one.startswith(f"{code},")
    )
    assert ",linear,3,25," in line
    return line.replace(",linear,3,25,", f",linear,{lower},25,")


def test_a_new_definition_breaks_its_measurement_and_a_new_edition_everything(
    installation: Store, tmp_path: Path
) -> None:
    city = town()
    definition = house.framework().words[EN]["2.2.1"].definition
    for year, folder in (
        (2018, rules_with(tmp_path / "a", toml=('edition = "', 'edition = "0'))),
        (2020, rules_with(tmp_path / "b", words=(definition[:20], "Otherwise: " + definition[:20]))),
    ):
        handed_in_under(year_of(city, year, FIRST), folder)
    year_of(city, 2022, FIRST)
    years = city_years(COMPUTER, city)
    edition = house.framework().edition
    assert asked_otherwise(years[0], years[1]) == [
        Break(2020, EVERYTHING, kind=OTHER_EDITION, edition=edition)
    ]
    assert asked_otherwise(years[1], years[2]) == [
        Break(2022, "2.2.1", kind=OTHER_DEFINITION, edition=edition)
    ]
    assert asked_otherwise(years[2], years[2]) == []
    kinds = [one.kind for one in breaks(years, OWN, house.framework())]
    assert kinds == [OTHER_EDITION, OTHER_RULES, OTHER_DEFINITION, OTHER_RULES]
    assert "defined anew" in str(page(city).breaks[1])


def test_rules_that_were_not_kept_part_all_years(installation: Store, tmp_path: Path) -> None:
    city = town()
    handed_in_under(year_of(city, 2020, FIRST), rules_with(tmp_path / "a"), kept=False)
    year_of(city, 2022, FIRST)
    years = city_years(COMPUTER, city)
    assert [one.kind for one in breaks(years, PRESENT, house.framework())] == [UNKNOWN_RULES]
    found = page(city)
    assert set(found.choices) == {PRESENT, OWN, BESIDE}
    assert "These rules are not kept here" in found.judged[0]
    assert found.summary.endswith("Nothing can be compared with 2020: see below why.")


def test_of_what_was_handed_in_the_copy_counts_until_it_is_open_again(
    installation: Store, tmp_path: Path
) -> None:
    city = town()
    first = year_of(city, 2022, FIRST)
    handed_in_under(first, rules_with(tmp_path / "same"))
    fill(first, {"2.2.1": figure("8.5", 2021)})
    (one,) = city_years(COMPUTER, city)
    assert one.reading.observations["2.2.1"].value == 14
    assert one.submission is not None


def test_answers_of_an_older_edition_are_taken_by_its_table(installation: Store) -> None:
    city = town()
    year_of(city, 2022, {"5.2.2": figure("3", 2021), "2.3.1": figure("4", 2021), **FIRST})
    (one,) = city_years(COMPUTER, city)
    framework = house.framework()
    (older,) = framework.editions
    old = replace(one.reading, edition=older)
    # 5.2.3 is 5.2.2 today, and what 2.3.1 was asks for something else.
    renamed = {**old.observations}
    renamed["5.2.3"] = replace(renamed.pop("5.2.2"), code="5.2.3")
    found = answers_for(framework, replace(old, observations=renamed))
    assert set(found) == {"2.2.1", "7.2.2", "5.2.2"}
    assert found["5.2.2"].code == "5.2.2"


def test_everything_is_there_in_chinese(city: str) -> None:
    found = page(city, language="zh")
    assert found.summary.startswith("2026 年的水平为")
    assert [row["年份"] for row in found.breaks] == ["2024"]
