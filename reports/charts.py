"""Every chart, as a plain Vega-Lite dictionary built once and shown many times.

Rows are data only: text from workbooks never becomes a field name, an expression or a title.
Row labels stand inside the plot, above their line, so that a phone keeps its width for the data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt

from reports.palette import Palette

Spec = dict[str, Any]
Row = Mapping[str, Any]

ROW_HEIGHT = 42
LABEL_LIFT = -13
FONT = 13
# Below this width of a heat map its cells hold whole numbers.
_NARROW = 560
# A row of the heat map: its name above, its cells from here to there.
_HEAT_ROW = 46
_CELL_TOP, _CELL_END = 0.42, 0.98
# A row of `several`: room for its label, then one lane a city.
_SEVERAL_HEAD = 26
_LANE = 10
# One shape a city, and the sign that stands for it in a line of text.
SHAPES = ("circle", "diamond", "square", "triangle-up")
SIGNS = ("●", "◆", "■", "▲")
FONTS = "Source Sans, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"


def quiet_axis(
    title: str,
    colours: Palette,
    *,
    values: Sequence[float] | None = None,
    number_format: str = "",
    orient: Literal["bottom", "left"] = "bottom",
) -> alt.Axis:
    """An axis with faint lines and without ink of its own; about five lines where no `values` are given."""
    return alt.Axis(
        title=title,
        values=alt.Undefined if values is None else list(values),
        tickCount=5 if values is None else alt.Undefined,
        format=number_format or alt.Undefined,
        gridColor=colours.grid,
        domain=False,
        ticks=False,
        labelColor=colours.muted,
        titleColor=colours.muted,
        labelFontSize=FONT - 1,
        titleFontSize=FONT - 1,
        titleFontWeight="normal",
        orient=orient,
    )


def points_axis(field: str, title: str, colours: Palette) -> alt.X:
    return alt.X(
        f"{field}:Q",
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=quiet_axis(title, colours, values=(0, 20, 40, 60, 80, 100)),
    )


def rows_axis(rows: Sequence[Row]) -> alt.Y:
    return alt.Y("code:N", sort=[row["code"] for row in rows], axis=None, scale=alt.Scale(padding=0.5))


def finished(chart: alt.LayerChart | alt.FacetChart, height: int) -> Spec:
    """The chart as a dictionary whose data stand in its layers: there a page sends them as they are, while data
    named at the top would be turned into a data frame at every rerun.
    """
    spec: Spec = (
        chart.properties(width="container", height=height)
        .configure_view(strokeWidth=0)
        .configure(font=FONTS)
        .to_dict()
    )
    _put_back(spec, spec.pop("datasets", {}))
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec


def _put_back(part: Spec, datasets: Mapping[str, Any]) -> None:
    """Replace every reference to a named data set by its rows, in place."""
    data = part.get("data")
    if data and data.get("name") in datasets:
        part["data"] = {"values": datasets[data["name"]]}
    for layer in part.get("layer", ()):
        _put_back(layer, datasets)


def level_bands(bands: Sequence[Row], colours: Palette) -> list[alt.Chart]:
    """Faint shading of the levels, each with its letter at the top so that colour is not alone."""
    fills = [dict(band, fill=colours.bands[i % len(colours.bands)]) for i, band in enumerate(bands)]
    source = alt.InlineData(values=fills)
    shade = (
        alt.Chart(source)
        .mark_rect(tooltip=None, aria=False)
        .encode(x="start:Q", x2="end:Q", color=alt.Color("fill:N", scale=None))
    )
    letters = (
        alt.Chart(source)
        .mark_text(baseline="bottom", dy=-4, color=colours.muted, fontSize=FONT - 1, tooltip=None, aria=False)
        .encode(x="middle:Q", y=alt.value(0), text="letter:N")
    )
    return [shade, letters]


def dot_and_bracket(
    rows: Sequence[Row], bands: Sequence[Row], words: Mapping[str, str], colours: Palette
) -> Spec:
    """Where each row stands: dot = assured, tick = reported, bar = what open answers could still add.

    Rows hold code, label, assured, reported (or None), upper in points, and their texts assured_text,
    reported_text, bracket_text, coverage_text; bands hold letter, start, end, middle in points; words hold
    the titles axis, row, assured, reported, bracket, coverage.
    """
    source = alt.InlineData(values=[dict(row) for row in rows])
    y = rows_axis(rows)
    tooltip = [
        alt.Tooltip("label:N", title=words["row"]),
        alt.Tooltip("assured_text:N", title=words["assured"]),
        alt.Tooltip("reported_text:N", title=words["reported"]),
        alt.Tooltip("bracket_text:N", title=words["bracket"]),
        alt.Tooltip("coverage_text:N", title=words["coverage"]),
    ]
    base = alt.Chart(source).encode(y=y, tooltip=tooltip)
    bar = base.mark_bar(height=7, cornerRadius=3, color=colours.primary_soft).encode(
        x=alt.X("assured:Q"), x2="upper:Q"
    )
    tick = base.mark_tick(thickness=3, height=16, color=colours.ink).encode(x=alt.X("reported:Q"))
    dot = base.mark_point(filled=True, size=110, color=colours.primary, opacity=1).encode(
        x=points_axis("assured", words["axis"], colours)
    )
    label = base.mark_text(
        align="left", baseline="middle", dy=LABEL_LIFT, dx=4, color=colours.ink, fontSize=FONT
    ).encode(x=alt.datum(0), text="label:N")
    value = base.mark_text(
        align="right",
        baseline="middle",
        dy=LABEL_LIFT,
        dx=-4,
        color=colours.ink,
        fontSize=FONT,
        fontWeight="bold",
    ).encode(x=alt.datum(100), text="assured_text:N")
    return finished(
        alt.layer(*level_bands(bands, colours), alt.layer(bar, tick, dot, label, value)),
        ROW_HEIGHT * len(rows) + 20,
    )


def beside(rows: Sequence[Row], marks: Sequence[Row], words: Mapping[str, str], colours: Palette) -> Spec:
    """The city (dot) beside references (diamonds), one row a measurement, all in points.

    Rows hold code, label, city in points (or None), city_text, pair_text and remark_text (what
    stands above and below the right end of the row); marks hold code, name, points, text and
    note (year, fit, place); words hold axis, row, city, reference, note.
    """
    source = alt.InlineData(values=[dict(row) for row in rows])
    references = alt.InlineData(values=[dict(mark) for mark in marks])
    y = rows_axis(rows)
    base = alt.Chart(source).encode(
        y=y,
        tooltip=[alt.Tooltip("label:N", title=words["row"]), alt.Tooltip("city_text:N", title=words["city"])],
    )
    line = base.mark_rule(strokeWidth=1, color=colours.grid).encode(x=alt.datum(0), x2=alt.datum(100))
    diamond = (
        alt.Chart(references)
        .mark_point(filled=True, size=130, shape="diamond", color=colours.warm, opacity=0.9)
        .encode(
            x="points:Q",
            y=y,
            tooltip=[
                alt.Tooltip("name:N", title=words["reference"]),
                alt.Tooltip("text:N", title=words["row"]),
                alt.Tooltip("note:N", title=words["note"]),
            ],
        )
    )
    dot = base.mark_point(filled=True, size=120, color=colours.primary, opacity=1).encode(
        x=points_axis("city", words["axis"], colours)
    )
    label = base.mark_text(
        align="left", baseline="middle", dy=LABEL_LIFT, dx=4, color=colours.ink, fontSize=FONT
    ).encode(x=alt.datum(0), text="label:N")
    value = base.mark_text(
        align="right", baseline="middle", dy=LABEL_LIFT, dx=-4, color=colours.muted, fontSize=FONT
    ).encode(x=alt.datum(100), text="pair_text:N")
    remark = base.mark_text(
        align="right", baseline="middle", dy=-LABEL_LIFT, dx=-4, color=colours.muted, fontSize=FONT - 2
    ).encode(x=alt.datum(100), text="remark_text:N")
    return finished(
        alt.layer(line, diamond, alt.layer(dot, label, value, remark)),
        (ROW_HEIGHT - LABEL_LIFT) * len(rows) + 20,
    )


def heat_map(
    cells: Sequence[Row],
    columns: Sequence[str],
    rows: Sequence[str],
    words: Mapping[str, str],
    colours: Palette,
) -> Spec:
    """Points of many cities on many areas, each cell with its number in the shade of its level.

    Cells hold row (its position from 0), row_label, column_label, level (position from the lowest, None without a
    score), text and short_text (for narrow screens); `columns` and `rows` hold the labels in order; words hold
    row, column, points. The level's shade comes with an ink that can be read on it.
    """
    shaded = [
        dict(
            cell,
            **_shade(cell["level"], colours),
            top=cell["row"] + _CELL_TOP,
            end=cell["row"] + _CELL_END,
            centre=cell["row"] + (_CELL_TOP + _CELL_END) / 2,
        )
        for cell in cells
    ]
    names = [{"name": name, "middle": i + _CELL_TOP / 2 + 0.03} for i, name in enumerate(rows)]
    upright = alt.Scale(domain=[0, len(rows)], nice=False, reverse=True)
    base = alt.Chart(alt.InlineData(values=shaded)).encode(
        x=alt.X(
            "column_label:N",
            sort=list(columns),
            scale=alt.Scale(domain=list(columns)),
            axis=alt.Axis(
                orient="top",
                title=None,
                labelAngle=-55,
                labelOverlap=False,
                labelColor=colours.ink,
                labelFontSize=FONT - 1,
                labelLimit=160,
                domain=False,
                ticks=False,
            ),
        ),
        tooltip=[
            alt.Tooltip("row_label:N", title=words["row"]),
            alt.Tooltip("column_label:N", title=words["column"]),
            alt.Tooltip("text:N", title=words["points"]),
        ],
    )
    shade = base.mark_rect(stroke=colours.page, strokeWidth=2, cornerRadius=3).encode(
        y=alt.Y("top:Q", scale=upright, axis=None), y2="end:Q", color=alt.Color("fill:N", scale=None)
    )
    number = base.mark_text(
        fontSize=FONT - 1,
        baseline="middle",
        text=alt.ExprRef(f"width < {_NARROW} ? datum.short_text : datum.text"),
    ).encode(y=alt.Y("centre:Q", scale=upright, axis=None), color=alt.Color("ink:N", scale=None))
    label = (
        alt.Chart(alt.InlineData(values=names))
        .mark_text(align="left", baseline="middle", color=colours.ink, fontSize=FONT, tooltip=None)
        .encode(x=alt.value(2), y=alt.Y("middle:Q", scale=upright, axis=None), text="name:N")
    )
    return finished(alt.layer(shade, number, label), _HEAT_ROW * len(rows))


def _shade(level: int | None, colours: Palette) -> Mapping[str, str]:
    if level is None:
        return {"fill": colours.page, "ink": colours.muted}
    at = min(level, len(colours.heat) - 1)
    return {"fill": colours.heat[at], "ink": colours.heat_ink[at]}


def several(rows: Sequence[Row], marks: Sequence[Row], words: Mapping[str, str], colours: Palette) -> Spec:
    """Up to four cities on the same rows, each with a shape and a colour of its own and a lane in every row.

    Rows hold label and spread_text (what stands above the right end); marks hold row and city (positions from 0),
    name, points and text; words hold axis, row, city, points. ValueError for more cities than shapes.
    """
    cities = 1 + max((mark["city"] for mark in marks), default=0)
    if cities > len(SHAPES):
        raise ValueError(f"{cities} cities, but only {len(SHAPES)} shapes")
    height = _SEVERAL_HEAD + _LANE * cities
    placed = [
        dict(
            mark,
            place=mark["row"] * height + _SEVERAL_HEAD + _LANE * mark["city"],
            shape=SHAPES[mark["city"]],
            colour=colours.series[mark["city"]],
            label=rows[mark["row"]]["label"],
        )
        for mark in marks
    ]
    lines = [
        dict(
            row,
            title=i * height + _SEVERAL_HEAD / 2 - 2,
            middle=i * height + _SEVERAL_HEAD + _LANE * (cities - 1) / 2,
        )
        for i, row in enumerate(rows)
    ]
    total = height * len(rows) + 8
    upright = alt.Scale(domain=[0, total], nice=False, reverse=True)
    base = alt.Chart(alt.InlineData(values=lines))
    line = base.mark_rule(strokeWidth=1, color=colours.grid, tooltip=None).encode(
        x=alt.datum(0), x2=alt.datum(100), y=alt.Y("middle:Q", scale=upright, axis=None)
    )
    text = base.mark_text(baseline="middle", fontSize=FONT, tooltip=None).encode(
        y=alt.Y("title:Q", scale=upright, axis=None)
    )
    label = text.mark_text(align="left", baseline="middle", dx=4, color=colours.ink, fontSize=FONT).encode(
        x=alt.datum(0), text="label:N"
    )
    spread = text.mark_text(
        align="right", baseline="middle", dx=-4, color=colours.muted, fontSize=FONT - 1
    ).encode(x=alt.datum(100), text="spread_text:N")
    point = (
        alt.Chart(alt.InlineData(values=placed))
        .mark_point(filled=True, size=95, opacity=1)
        .encode(
            x=points_axis("points", words["axis"], colours),
            y=alt.Y("place:Q", scale=upright, axis=None),
            shape=alt.Shape("shape:N", scale=None),
            color=alt.Color("colour:N", scale=None),
            tooltip=[
                alt.Tooltip("name:N", title=words["city"]),
                alt.Tooltip("label:N", title=words["row"]),
                alt.Tooltip("text:N", title=words["points"]),
            ],
        )
    )
    return finished(alt.layer(line, point, label, spread), total)
