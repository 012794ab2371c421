"""Rules between fields and between a remark and its row ask where something does not fit, and only there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indicators import KEY_FEATURES, key_features
from indicators.catalogue import CatalogueError, load_framework
from indicators.field_checks import check_fields
from indicators.remarks import check_remarks
from scoring.model import Observation, Place


def _answer(code: str, value: float, year: int = 2024, remark: str = "") -> Observation:
    return Observation(code, value, "answered", year, "", "", "", remark, Place("S", "F1"), str(value))


def _found(profile: dict[str, str | float | int], **answers: float) -> list[tuple[object, ...]]:
    observations = {code.replace("m", "").replace("_", "."): value for code, value in answers.items()}
    given = {code: _answer(code, value) for code, value in observations.items()}
    found = check_fields(key_features().checks, profile, given, {})
    return [(one.kind, *(fact for name, fact in one.facts.items() if name != "other")) for one in found]


@pytest.mark.parametrize(
    ("profile", "answers", "wanted"),
    [
        ({}, {"m12_4_1": 12.0, "m1_2_2": 30.0}, []),
        ({}, {"m12_4_1": 30.0, "m1_2_2": 30.0}, []),
        ({}, {"m12_4_1": 31.0, "m1_2_2": 30.0}, [("fields_part_of", 31.0, 30.0)]),
        ({}, {"m12_4_1": 31.0}, []),
        ({"population_year": 2026, "assessment_year": 2025}, {}, [("fields_not_after", 2026, 2025)]),
        ({"population_year": 2025, "assessment_year": 2025}, {}, []),
        ({"member_since": 2027, "assessment_year": 2026}, {}, [("fields_not_after", 2027, 2026)]),
        ({"population": 412000, "area_km2": 120.5}, {}, []),
        # A population in thousands, and an area in hectares.
        ({"population": 412, "area_km2": 1205.0}, {}, [("fields_ratio", 412.0, 1205.0)]),
        ({"population": 9000000, "area_km2": 0.5}, {}, [("fields_ratio", 9000000.0, 0.5)]),
    ],
)
def test_a_rule_between_fields_asks_where_it_is_broken(
    profile: dict[str, str | float | int], answers: dict[str, float], wanted: list[object]
) -> None:
    assert _found(profile, **answers) == wanted


@pytest.mark.parametrize(
    ("code", "value", "year", "remark", "wanted"),
    [
        ("1.1.1", 87.0, 2024, "The census gives 90 %.", [("remark_value", 90.0)]),
        ("1.1.1", 0.87, 2024, "about 87 % of adults", [("remark_value", 87.0)]),
        ("1.1.1", 87.0, 2024, "百分之90", [("remark_value", 90.0)]),
        ("1.1.1", 87.0, 2024, "识字率为 90％", [("remark_value", 90.0)]),
        # Roundings, the share of everybody else, the past, and several shares say nothing against the value.
        ("1.1.1", 87.4, 2024, "87 % by the census", []),
        ("1.1.1", 87.0, 2024, "13 % cannot read", []),
        ("1.1.1", 87.0, 2024, "76.1 % in 2015", []),
        ("1.1.1", 87.0, 2024, "90 % of women, 84 % of men", []),
        ("1.1.1", 87.0, 2024, "", []),
        ("1.1.1", 87.0, 2024, "Figures for 2019.", [("remark_year", 2019)]),
        ("1.1.1", 87.0, 2024, "数据截至2019年", [("remark_year", 2019)]),
        ("1.1.1", 87.0, 2024, "2020年普查", [("remark_year", 2020)]),
        ("1.1.1", 87.0, 2024, "data for 2024", []),
        ("1.1.1", 87.0, 2024, "The library opened in 1998.", []),
        ("3.1.2", 380.0, 2024, "0.38 tonnes per head", [("remark_unit", "tonnes")]),
        ("3.1.2", 380.0, 2024, "380 kg per head, 0.38 tonnes", []),
        ("2.1.2", 4.0, 2024, "poverty line of 3 US$ a day", []),
        ("1.1.1", 87.0, 2024, "870 ‰", [("remark_unit", "‰")]),
        # Not a share, so a percentage in the remark is about something else.
        ("3.1.2", 380.0, 2024, "of which 40 % recycled", []),
    ],
)
def test_a_remark_that_says_something_else_is_asked_about(
    code: str, value: float, year: int, remark: str, wanted: list[tuple[str, object]]
) -> None:
    found = check_remarks(key_features(), {code: _answer(code, value, year, remark)})
    told = [
        (one.kind, one.facts.get("other", one.facts.get("other_year", one.facts["found"]))) for one in found
    ]
    assert told == wanted


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("smaller,1.1.1,1.2.1,,", "smaller"),
        ("part_of,9.9.9,1.2.1,,", "9.9.9"),
        ("part_of,1.1,1.2.1,,", "1.1"),
        ("not_after,profile:birthday,profile:assessment_year,,", "birthday"),
        ("ratio,profile:population,profile:area_km2,10,", "low and high"),
        ("ratio,profile:population,profile:area_km2,10,2", "low and high"),
    ],
)
def test_a_wrong_rule_is_refused_with_file_and_line(row: str, reason: str, tmp_path: Path) -> None:
    folder = tmp_path / "framework"
    shutil.copytree(KEY_FEATURES, folder)
    (folder / "checks.csv").write_text(f"relation,left,right,low,high\n{row}\n")
    with pytest.raises(CatalogueError) as refused:
        load_framework(folder)
    assert (refused.value.file, refused.value.line) == ("framework/checks.csv", 2)
    assert reason in refused.value.reason
