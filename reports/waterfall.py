"""A waterfall: from one total to another, step by step.

A step's way shows four times over: by its sign, by the side on which its bar goes on, by the arrow at its end and
by its colour. Totals are ticks, not bars: the axis is cut to where something happens, and a bar would then
promise a length that it does not have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import altair as alt

from reports.charts import FONT, ROW_HEIGHT, Row, Spec, finished, quiet_axis
from reports.palette import Palette

# Where in its row, from the top, a step has its words and its bar.
_WORDS, _BAR = 0.27, 0.68
# Air on both sides of what happens, as a part of the axis, and the least that the axis spans in points.
_AIR = 0.04
_LEAST_SPAN = 2.0
GAIN, LOSS, NOTHING, TOTAL = KINDS = ("gain", "loss", "nothing", "total")


def waterfall(rows: Sequence[Row], words: Mapping[str, str], colours: Palette) -> Spec:
    """Totals and steps from top to bottom, each step beginning where the one before it ended.

    Rows hold label, kind (one of KINDS), start and end in points (equal for a total), text (the number with its sign)
    and note; words hold axis, row, step, note. ValueError for a row of another kind.
    """
    for row in rows:
        if row["kind"] not in KINDS:
            raise ValueError(
                f"a row of a waterfall is of kind {row['kind']!r}; use one of {', '.join(KINDS)}"
            )
    inks = {GAIN: colours.primary, LOSS: colours.warm, NOTHING: colours.muted, TOTAL: colours.ink}
    placed = [
        dict(row, words=(i + _WORDS) * ROW_HEIGHT, bar=(i + _BAR) * ROW_HEIGHT, ink=inks[row["kind"]])
        for i, row in enumerate(rows)
    ]
    height = ROW_HEIGHT * len(rows) + 6
    upright = alt.Scale(domain=[0, height], nice=False, reverse=True)
    y = alt.Y("bar:Q", scale=upright, axis=None)

    def base(*kinds: str) -> alt.Chart:
        shown = [row for row in placed if row["kind"] in kinds]
        return alt.Chart(alt.InlineData(values=shown)).encode(
            color=alt.Color("ink:N", scale=None),
            tooltip=[
                alt.Tooltip("label:N", title=words["row"]),
                alt.Tooltip("text:N", title=words["step"]),
                alt.Tooltip("note:N", title=words["note"]),
            ],
        )

    def arrow(kind: str, shape: str) -> alt.Chart:
        points = base(kind).mark_point(filled=True, size=150, opacity=1, shape=shape, aria=False)
        chart: alt.Chart = points.encode(x="end:Q", y=y)
        return chart

    joints = [{"at": one["end"], "from": one["bar"], "to": other["bar"]} for one, other in pairwise(placed)]
    joint = alt.Chart(alt.InlineData(values=joints)).mark_rule(
        strokeDash=[2, 3], strokeWidth=1, color=colours.muted, tooltip=None, aria=False
    )
    step = base(GAIN, LOSS).mark_rule(strokeWidth=9)
    tick = base(TOTAL, NOTHING).mark_tick(orient="vertical", thickness=3, height=18)
    over = alt.Y("words:Q", scale=upright, axis=None)
    label = base(*KINDS).mark_text(align="left", baseline="middle", fontSize=FONT)
    number = base(*KINDS).mark_text(align="right", baseline="middle", fontSize=FONT, fontWeight="bold", dx=-2)
    # Joints end where they meet words: those stand on a rim in the colour of the page.
    rim: dict[str, Any] = {
        "stroke": colours.page,
        "strokeWidth": 5,
        "strokeJoin": "round",
        "tooltip": None,
        "aria": False,
    }
    return finished(
        alt.layer(
            joint.encode(x="at:Q", y=alt.Y("from:Q", scale=upright, axis=None), y2="to:Q"),
            step.encode(x=_axis("start", words["axis"], _span(rows), colours), x2="end:Q", y=y),
            arrow(GAIN, "triangle-right"),
            arrow(LOSS, "triangle-left"),
            tick.encode(x="end:Q", y=y),
            base(*KINDS)
            .mark_text(align="left", baseline="middle", fontSize=FONT, **rim)
            .encode(x=alt.value(2), y=over, text="label:N", color=alt.value(colours.page)),
            base(*KINDS)
            .mark_text(align="right", baseline="middle", fontSize=FONT, fontWeight="bold", dx=-2, **rim)
            .encode(x=alt.value("width"), y=over, text="text:N", color=alt.value(colours.page)),
            label.encode(x=alt.value(2), y=over, text="label:N", color=alt.value(colours.ink)),
            number.encode(x=alt.value("width"), y=over, text="text:N"),
        ),
        height,
    )


def _span(rows: Sequence[Row]) -> tuple[float, float]:
    """The stretch of the axis in which all rows lie, with some air."""
    ends = [float(row[end]) for row in rows for end in ("start", "end")] or [0.0, 100.0]
    low, high = min(ends), max(ends)
    air = max((high - low) * _AIR, (_LEAST_SPAN - (high - low)) / 2, 0.0)
    return low - air, high + air


def _axis(field: str, title: str, span: tuple[float, float], colours: Palette) -> alt.X:
    return alt.X(
        f"{field}:Q",
        scale=alt.Scale(domain=list(span), nice=False, zero=False),
        axis=quiet_axis(title, colours),
    )
