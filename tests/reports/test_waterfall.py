"""A waterfall's steps follow one on the other, and each says its way by more than colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from reports.palette import DARK, LIGHT, Palette
from reports.waterfall import waterfall
from tests.reports.test_palette import contrast

HOSTILE = '"];alert(1)//<img src=x>![x](http://example.org)=1+1'
WORDS = {name: name for name in ("axis", "row", "step", "note")}
ROWS = [
    {"label": "There", "kind": "total", "start": 58.0, "end": 58.0, "text": "58.0", "note": ""},
    {"label": "Work", "kind": "gain", "start": 58.0, "end": 61.5, "text": "+3.5", "note": "better"},
    {"label": HOSTILE, "kind": "loss", "start": 61.5, "end": 60.9, "text": "−0.6", "note": HOSTILE},
    {"label": "Same", "kind": "nothing", "start": 60.9, "end": 60.9, "text": "0.0", "note": ""},
    {"label": "Here", "kind": "total", "start": 60.9, "end": 60.9, "text": "60.9", "note": ""},
]


def _layers(spec: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    for layer in spec.get("layer", ()):
        yield layer
        yield from _layers(layer)


def _of(spec: Any, kind: str) -> list[dict[str, Any]]:  # noqa: ANN401
    return [layer for layer in _layers(spec) if layer.get("mark", {}).get("type") == kind]


def _labels(layer: dict[str, Any]) -> list[str]:
    return [row["label"] for row in layer["data"]["values"]]


def test_gains_and_losses_point_their_own_way() -> None:
    spec = waterfall(ROWS, WORDS, LIGHT)
    arrows = {layer["mark"]["shape"]: _labels(layer) for layer in _of(spec, "point")}
    assert arrows == {"triangle-right": ["Work"], "triangle-left": [HOSTILE]}
    bars = next(layer for layer in _of(spec, "rule") if "x2" in layer["encoding"])
    assert [(row["start"], row["end"]) for row in bars["data"]["values"]] == [(58.0, 61.5), (61.5, 60.9)]
    assert len({row["ink"] for row in bars["data"]["values"]}) == 2
    assert _labels(_of(spec, "tick")[0]) == ["There", "Same", "Here"]


def test_every_row_has_its_words_and_its_number() -> None:
    rims_and_texts = _of(waterfall(ROWS, WORDS, LIGHT), "text")
    rims, texts = rims_and_texts[:2], rims_and_texts[2:]
    assert all(layer["mark"]["stroke"] == LIGHT.page for layer in rims)
    assert [layer["encoding"]["text"]["field"] for layer in texts] == ["label", "text"]
    assert all(_labels(layer) == [row["label"] for row in ROWS] for layer in texts)


def test_joints_lead_from_each_end_to_the_next_row() -> None:
    spec = waterfall(ROWS, WORDS, LIGHT)
    joints = next(layer for layer in _of(spec, "rule") if "y2" in layer["encoding"])["data"]["values"]
    assert [joint["at"] for joint in joints] == [58.0, 61.5, 60.9, 60.9]
    assert all(joint["from"] < joint["to"] for joint in joints)


@pytest.mark.parametrize(
    ("ends", "low", "high"),
    [
        ((58.0, 61.5), 57.86, 61.64),  # 3.5 and 4 % of it on both sides
        ((60.0, 60.0), 59.0, 61.0),  # nothing happens: two points around it
        ((0.0, 100.0), -4.0, 104.0),
    ],
)
def test_the_axis_is_cut_to_what_happens(ends: tuple[float, float], low: float, high: float) -> None:
    row = {"label": "a", "kind": "gain", "start": ends[0], "end": ends[1], "text": "", "note": ""}
    spec = waterfall([row], WORDS, LIGHT)
    bars = next(layer for layer in _of(spec, "rule") if "x2" in layer["encoding"])
    assert bars["encoding"]["x"]["scale"]["domain"] == pytest.approx([low, high])


def test_words_from_outside_are_data_alone() -> None:
    spec = waterfall(ROWS, WORDS, LIGHT)
    for layer in _layers(spec):
        layer.pop("data", None)
    assert HOSTILE not in str(spec)
    assert spec["width"] == "container"


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_numbers_can_be_read_on_the_page(colours: Palette) -> None:
    numbers = _of(waterfall(ROWS, WORDS, colours), "text")[3]["data"]["values"]
    assert min(contrast(row["ink"], colours.page) for row in numbers) >= 4.5


def test_a_row_of_no_kind_is_refused() -> None:
    with pytest.raises(ValueError, match=r"of kind 'up'; use one of gain, loss, nothing, total"):
        waterfall([dict(ROWS[0], kind="up")], WORDS, LIGHT)
