"""What would change: every row as it is and as it would be, on the axis of points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import altair as alt

from reports.charts import FONT, LABEL_LIFT, ROW_HEIGHT, Row, Spec, finished, points_axis, rows_axis
from reports.palette import Palette

__all__ = ["Spec", "before_after"]


def before_after(rows: Sequence[Row], words: Mapping[str, str], colours: Palette) -> Spec:
    """Ring = as it is, dot = what if, line = the way between them.

    Rows hold code, label, now and then in points, their texts now_text and then_text, and the signed difference
    as text; words hold the titles axis, row, now, then.
    """
    drawn = _drawn(tuple(str(row["code"]) for row in rows), tuple(sorted(words.items())), colours)
    return _filled(drawn, [{**row, "ends": _ends(row)} for row in rows])


@lru_cache(maxsize=32)
def _drawn(codes: tuple[str, ...], words: tuple[tuple[str, str], ...], colours: Palette) -> Spec:
    """The chart of these rows before any numbers: to build it takes longer than all the scoring."""
    named, rows = dict(words), [{"code": code} for code in codes]
    source = alt.InlineData(values=rows)
    tooltip = [
        alt.Tooltip("label:N", title=named["row"]),
        alt.Tooltip("now_text:N", title=named["now"]),
        alt.Tooltip("then_text:N", title=named["then"]),
    ]
    base = alt.Chart(source).encode(y=rows_axis(rows), tooltip=tooltip)
    line = base.mark_rule(strokeWidth=1, color=colours.grid).encode(x=alt.datum(0), x2=alt.datum(100))
    way = base.mark_rule(strokeWidth=3, color=colours.primary_soft).encode(x="now:Q", x2="then:Q")
    ring = base.mark_point(
        filled=False, size=130, strokeWidth=2, color=colours.muted, opacity=1, fill=colours.page
    ).encode(x=points_axis("now", named["axis"], colours))
    dot = base.mark_point(filled=True, size=60, color=colours.primary, opacity=1).encode(x="then:Q")
    label = base.mark_text(
        align="left", baseline="middle", dy=LABEL_LIFT, dx=4, color=colours.ink, fontSize=FONT
    ).encode(x=alt.datum(0), text="label:N")
    value = base.mark_text(
        align="right", baseline="middle", dy=LABEL_LIFT, dx=-4, color=colours.ink, fontSize=FONT
    ).encode(x=alt.datum(100), text="ends:N")
    return finished(alt.layer(line, way, ring, dot, label, value), ROW_HEIGHT * len(rows) + 20)


def _filled(part: Spec, values: list[Row]) -> Spec:
    """A copy of a chart with these rows in each of its layers, where a page sends them as they are."""
    if "layer" not in part:
        return {**part, "data": {"values": values}}
    kept = {name: held for name, held in part.items() if name != "data"}
    return {**kept, "layer": [_filled(layer, values) for layer in part["layer"]]}


def _ends(row: Row) -> str:
    """What stands above the right end of a row: both figures where they differ, else one."""
    if row["now_text"] == row["then_text"]:
        return str(row["then_text"])
    return f"{row['now_text']} → {row['then_text']}"
