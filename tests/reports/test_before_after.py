"""The chart of a what-if holds every row once, in its order, with new numbers at every call."""

from __future__ import annotations

import pytest

from reports.before_after import before_after
from reports.palette import DARK, LIGHT

WORDS = {"axis": "points, 0 to 100", "row": "Focus area", "now": "As it is", "then": "What if"}


def row(code: str, now: float, then: float) -> dict[str, object]:
    return {
        "code": code,
        "label": f"{code} Area",
        "now": now,
        "then": then,
        "now_text": f"{now:.1f}",
        "then_text": f"{then:.1f}",
        "difference": "",
    }


def layers(spec: dict[str, object]) -> list[dict[str, object]]:
    return list(spec["layer"])  # type: ignore[call-overload]


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_every_layer_holds_the_rows_of_this_call(colours: object) -> None:
    first = before_after([row("1", 40.0, 55.0), row("10", 30.0, 30.0)], WORDS, colours)  # type: ignore[arg-type]
    second = before_after([row("1", 41.0, 41.0), row("10", 30.0, 20.0)], WORDS, colours)  # type: ignore[arg-type]
    for spec, wanted in ((first, ["40.0 → 55.0", "30.0"]), (second, ["41.0", "30.0 → 20.0"])):
        for layer in layers(spec):
            values = layer["data"]["values"]  # type: ignore[index]
            assert [one["ends"] for one in values] == wanted
            assert layer["encoding"]["y"]["sort"] == ["1", "10"]  # type: ignore[index]
    assert "data" not in first


def test_colour_is_not_alone() -> None:
    spec = before_after([row("1", 40.0, 55.0)], WORDS, LIGHT)
    points = [layer["mark"] for layer in layers(spec) if layer["mark"]["type"] == "point"]  # type: ignore[index]
    assert [(mark["filled"], mark["size"]) for mark in points] == [(False, 130), (True, 60)]  # type: ignore[index]
