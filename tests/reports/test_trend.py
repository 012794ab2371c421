"""Charts of years: lines stop at a cut, which has a sign and a word, and level and progress have an axis each."""

from __future__ import annotations

from typing import Any

import pytest

from reports.palette import palette
from reports.trend import level_and_progress, trends

WORDS = {name: name for name in ("year", "row", "value", "note", "cut", "why", "level", "progress", "share")}
LANES = [{"code": "1", "label": "1 First"}, {"code": "2", "label": "2 Second"}]
CUT = {"code": "2", "label": "2 Second", "at": 2023.0, "sign": "≠ break", "reason": "2.1.1: New accounts"}


def _dot(code: str, year: int, value: float, stretch: int) -> dict[str, object]:
    return {
        "code": code,
        "label": code,
        "year": year,
        "value": value,
        "stretch": stretch,
        "text": f"{value:g}",
        "note": "",
    }


DOTS = [_dot("1", 2022, 0, 0), _dot("1", 2024, 100, 0), _dot("2", 2022, 50, 0), _dot("2", 2024, 50, 1)]


def _layers(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in spec["layer"] if one["mark"]["type"] == kind]


@pytest.mark.parametrize("dark", [False, True])
def test_a_line_for_each_stretch_and_a_dashed_mark_with_a_word_between(dark: bool) -> None:
    spec = trends(LANES, DOTS, [CUT], WORDS, palette(dark), 100)
    (line,) = _layers(spec, "line")
    assert [one["field"] for one in line["encoding"]["detail"]] == ["code", "stretch"]
    (dashed,) = [one for one in _layers(spec, "rule") if one["mark"].get("strokeDash")]
    assert [one["year"] for one in dashed["data"]["values"]] == [2023.0]
    said = [one["data"]["values"][0].get("sign") for one in _layers(spec, "text")]
    assert said.count("≠ break") == 1
    assert [one["field"] for one in dashed["encoding"]["tooltip"]] == ["label", "sign", "reason"]


def test_each_lane_runs_from_0_at_its_base_to_100_at_its_top() -> None:
    spec = trends(LANES, DOTS, [], WORDS, palette(False), 100)
    (line,) = _layers(spec, "line")
    y = [one["y"] for one in line["data"]["values"]]
    frame = next(one for one in _layers(spec, "rule"))["data"]["values"]
    top, base = frame[0]["y"], frame[1]["y"]
    assert y == pytest.approx([base, top, 1 + (base + top) / 2, 1 + (base + top) / 2])
    assert line["encoding"]["y"]["scale"]["domain"] == [2, 0]
    assert spec["height"] == 200
    assert not [one for one in _layers(spec, "rule") if one["mark"].get("strokeDash")]


def test_years_stand_as_far_apart_as_they_are() -> None:
    spec = trends(LANES[:1], [_dot("1", 2014, 1, 0), _dot("1", 2024, 1, 0)], [], WORDS, palette(False), 100)
    (line,) = _layers(spec, "line")
    assert line["encoding"]["x"]["axis"]["values"] == [2014, 2024]
    assert line["encoding"]["x"]["scale"]["domain"] == [2013.4, 2024.6]


def test_level_and_progress_have_an_axis_each_and_nothing_joins_the_years() -> None:
    rows = [
        {"label": str(year), "level": 40.0, "progress": progress, "shape": "circle", "year": year}
        for year, progress in ((2022, 0.0), (2024, -20.0))
    ]
    spec = level_and_progress(rows, WORDS, palette(False))
    (dot,) = _layers(spec, "point")
    assert (dot["encoding"]["x"]["field"], dot["encoding"]["y"]["field"]) == ("progress", "level")
    assert dot["encoding"]["x"]["scale"]["domain"] == [-25.0, 25.0]
    assert dot["encoding"]["y"]["scale"]["domain"] == [0, 100]
    assert _layers(spec, "line") == []
    # Every year's name stands once, above or below its point.
    assert len(_layers(spec, "text")) == 2
