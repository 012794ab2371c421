"""Charts as the dictionaries that pages show: rows are data only, and every mark is where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from reports.charts import beside, dot_and_bracket, heat_map, several
from reports.palette import DARK, LIGHT
from tests.reports.test_palette import contrast

HOSTILE = '"];alert(1)//<img src=x>![x](http://example.org)=1+1'
BANDS = [
    {"letter": letter, "start": start, "end": end, "middle": (start + end) / 2}
    for letter, start, end in (("D", 0, 40), ("C", 40, 60), ("B", 60, 80), ("A", 80, 100))
]
WORDS = {
    name: name
    for name in (
        "axis",
        "row",
        "assured",
        "reported",
        "bracket",
        "coverage",
        "city",
        "reference",
        "note",
        "apart",
    )
}


def _row(code: str, assured: float, label: str = "Area") -> dict[str, object]:
    texts = {f"{name}_text": "x" for name in ("assured", "reported", "bracket", "coverage")}
    return {"code": code, "label": label, "assured": assured, "reported": None, "upper": 90.0, **texts}


def _data(spec: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Every row of a chart once, though several layers share it."""
    found: list[dict[str, Any]] = []
    for row in _rows(spec):
        if row not in found:
            found.append(row)
    return found


def _rows(spec: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    if isinstance(spec, dict):
        yield from spec.get("data", {}).get("values", []) if isinstance(spec.get("data"), dict) else []
        for part in spec.values():
            yield from _rows(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from _rows(part)


def _without_data(spec: Any) -> str:  # noqa: ANN401
    if isinstance(spec, dict):
        return "".join(key + _without_data(part) for key, part in spec.items() if key != "data")
    return "".join(map(_without_data, spec)) if isinstance(spec, list) else str(spec)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_rows_keep_their_order_and_values(colours: Any) -> None:  # noqa: ANN401
    spec = dot_and_bracket([_row("10", 60.0), _row("9", 70.5)], BANDS, WORDS, colours)
    rows = [row for row in _data(spec) if "assured" in row]
    assert [(row["code"], row["assured"], row["upper"]) for row in rows] == [
        ("10", 60.0, 90.0),
        ("9", 70.5, 90.0),
    ]
    assert [row["letter"] for row in _data(spec) if "letter" in row] == ["D", "C", "B", "A"]
    assert spec["width"] == "container"
    assert "datasets" not in spec


def test_more_rows_make_a_taller_chart() -> None:
    heights = [
        dot_and_bracket([_row(str(at), 50.0) for at in range(count)], BANDS, WORDS, LIGHT)["height"]
        for count in (1, 2, 12)
    ]
    assert heights == sorted(heights)
    assert heights[1] - heights[0] == (heights[2] - heights[1]) / 10


def test_text_from_workbooks_is_data_and_nothing_else() -> None:
    mark = {"code": "1", "name": HOSTILE, "points": 40.0, "text": HOSTILE, "note": HOSTILE}
    row = {
        "code": "1",
        "label": HOSTILE,
        "city": 50.0,
        "city_text": HOSTILE,
        "pair_text": "",
        "remark_text": "",
    }
    specs = [
        dot_and_bracket([_row("1", 50.0, HOSTILE)], BANDS, WORDS, LIGHT),
        beside([row], [mark], WORDS, LIGHT),
    ]
    for spec in specs:
        assert any(HOSTILE in str(row) for row in _data(spec))
        assert HOSTILE not in _without_data(spec)


def test_the_city_and_the_reference_have_shapes_of_their_own() -> None:
    mark = {"code": "1", "name": "x", "points": 40.0, "text": "x", "note": "x"}
    row = {"code": "1", "label": "x", "city": 50.0, "city_text": "x", "pair_text": "x", "remark_text": ""}
    text = str(beside([row], [mark], WORDS, LIGHT))
    assert "'shape': 'diamond'" in text
    assert LIGHT.warm in text
    assert LIGHT.primary in text


def test_a_heat_map_shows_every_number_on_an_ink_that_can_be_read_on_it() -> None:
    cells = [
        {
            "row": row,
            "row_label": f"City {row}",
            "column_label": column,
            "level": level,
            "text": "–" if level is None else "50.0",
            "short_text": "50",
        }
        for row, levels in enumerate(((0, 3), (None, 2)))
        for column, level in zip(("1 A", "2 B"), levels, strict=True)
    ]
    words = {name: name for name in ("row", "column", "points")}
    spec = heat_map(cells, ["1 A", "2 B"], ["City 0", "City 1"], words, LIGHT)
    shown = [row for row in _data(spec) if "fill" in row]
    assert [row["text"] for row in shown] == ["50.0", "50.0", "–", "50.0"]
    assert min(contrast(row["fill"], row["ink"]) for row in shown) >= 4.5


def test_several_cities_have_each_a_shape_and_a_colour_and_no_more_than_there_are() -> None:
    rows = [{"label": "1 A", "spread_text": "10 apart"}]
    words = {name: name for name in ("axis", "row", "city", "points")}

    def marks(count: int) -> list[dict[str, object]]:
        return [
            {"row": 0, "city": at, "name": f"C{at}", "points": 10.0 * at, "text": "x"} for at in range(count)
        ]

    placed = [row for row in _data(several(rows, marks(4), words, LIGHT)) if "shape" in row]
    assert len({row["shape"] for row in placed}) == 4
    assert len({row["colour"] for row in placed}) == 4
    with pytest.raises(ValueError, match="5 cities"):
        several(rows, marks(5), words, LIGHT)
