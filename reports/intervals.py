"""Intervals as charts: from where to where, with the middle of the draws, on an axis of ranks or of points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt

from reports.charts import (
    FONT,
    LABEL_LIFT,
    ROW_HEIGHT,
    Row,
    Spec,
    finished,
    level_bands,
    points_axis,
    quiet_axis,
    rows_axis,
)
from reports.palette import Palette


def rank_intervals(rows: Sequence[Row], most: int, words: Mapping[str, str], colours: Palette) -> Spec:
    """Each city's rank interval, best band first, with the band's name at the right end of its line.

    Rows hold code, label, low, middle and high as ranks, their text interval_text, band (from 1) and band_text;
    `most` is the lowest possible rank; words hold axis, row, interval, band.
    """
    shaded = [dict(row, colour=colours.primary if int(row["band"]) % 2 else colours.warm) for row in rows]
    base = alt.Chart(alt.InlineData(values=shaded)).encode(
        y=rows_axis(rows),
        tooltip=[
            alt.Tooltip("label:N", title=words["row"]),
            alt.Tooltip("interval_text:N", title=words["interval"]),
            alt.Tooltip("band_text:N", title=words["band"]),
        ],
    )
    axis = alt.X(
        "low:Q",
        scale=alt.Scale(domain=[0.6, most + 0.4], nice=False),
        axis=quiet_axis(words["axis"], colours, values=_ticks(most), number_format="d"),
    )
    colour = alt.Color("colour:N", scale=None)
    bar = base.mark_rule(strokeWidth=7, strokeCap="round", opacity=0.45).encode(
        x=axis, x2="high:Q", color=colour
    )
    dot = base.mark_point(filled=True, size=110, opacity=1).encode(x="middle:Q", color=colour)
    line = base.mark_text(baseline="middle", dy=LABEL_LIFT, fontSize=FONT, color=colours.ink)
    label = line.mark_text(
        align="left", baseline="middle", dy=LABEL_LIFT, fontSize=FONT, color=colours.ink
    ).encode(x=alt.value(2), text="label:N")
    band = line.mark_text(
        align="right", baseline="middle", dy=LABEL_LIFT, fontSize=FONT, color=colours.muted
    ).encode(x=alt.value("width"), text="band_text:N")
    return finished(alt.layer(bar, dot, label, band), ROW_HEIGHT * len(rows) + 16)


def _ticks(most: int) -> list[int]:
    """Whole ranks that a phone has room for."""
    step = max(1, -(-most // 8))
    return [1, *range(1 + step, most + 1, step)]


def score_intervals(
    rows: Sequence[Row], bands: Sequence[Row], words: Mapping[str, str], colours: Palette
) -> Spec:
    """Each city's score interval (thick) within its bracket (thin), the middle of the draws as a dot.

    Rows hold code, label, low, middle, high, assured, upper in points and the texts interval_text, bracket_text;
    bands are as for reports.charts; words hold axis, row, interval, bracket.
    """
    base = alt.Chart(alt.InlineData(values=[dict(row) for row in rows])).encode(
        y=rows_axis(rows),
        tooltip=[
            alt.Tooltip("label:N", title=words["row"]),
            alt.Tooltip("interval_text:N", title=words["interval"]),
            alt.Tooltip("bracket_text:N", title=words["bracket"]),
        ],
    )
    bracket = base.mark_rule(strokeWidth=2, color=colours.muted).encode(
        x=points_axis("assured", words["axis"], colours), x2="upper:Q"
    )
    bar = base.mark_rule(strokeWidth=8, strokeCap="round", color=colours.primary_soft).encode(
        x="low:Q", x2="high:Q"
    )
    dot = base.mark_point(filled=True, size=110, color=colours.primary, opacity=1).encode(x="middle:Q")
    label = base.mark_text(
        align="left", baseline="middle", dy=LABEL_LIFT, dx=4, color=colours.ink, fontSize=FONT
    ).encode(x=alt.datum(0), text="label:N")
    value = base.mark_text(
        align="right", baseline="middle", dy=LABEL_LIFT, dx=-4, color=colours.ink, fontSize=FONT
    ).encode(x=alt.datum(100), text="interval_text:N")
    return finished(
        alt.layer(*level_bands(bands, colours), alt.layer(bracket, bar, dot, label, value)),
        ROW_HEIGHT * len(rows) + 20,
    )


def shares(rows: Sequence[Row], words: Mapping[str, str], colours: Palette) -> Spec:
    """What drives an outcome: a choice's own share of the variance (bar) with its limits, and with others (tick).

    Rows hold code, label, first, low, high, total as shares 0-1, and the texts first_text, total_text; words hold
    axis, row, first, total.
    """
    held = [
        dict(row, start=0.0, first=max(0.0, float(row["first"])), low=max(0.0, float(row["low"])))
        for row in rows
    ]
    base = alt.Chart(alt.InlineData(values=held)).encode(
        y=rows_axis(rows),
        tooltip=[
            alt.Tooltip("label:N", title=words["row"]),
            alt.Tooltip("first_text:N", title=words["first"]),
            alt.Tooltip("total_text:N", title=words["total"]),
        ],
    )
    axis = alt.X(
        "start:Q",
        scale=alt.Scale(domain=[0, 1], nice=False, clamp=True),
        axis=quiet_axis(words["axis"], colours, values=[0, 0.25, 0.5, 0.75, 1], number_format="%"),
    )
    bar = base.mark_bar(height=9, cornerRadius=3, color=colours.primary_soft).encode(x=axis, x2="first:Q")
    limits = base.mark_rule(strokeWidth=2, color=colours.primary).encode(x="low:Q", x2="high:Q")
    tick = base.mark_tick(thickness=3, height=16, color=colours.ink).encode(x="total:Q")
    label = base.mark_text(
        align="left", baseline="middle", dy=LABEL_LIFT, dx=4, color=colours.ink, fontSize=FONT
    ).encode(x=alt.datum(0), text="label:N")
    value = base.mark_text(
        align="right", baseline="middle", dy=LABEL_LIFT, dx=-4, color=colours.ink, fontSize=FONT
    ).encode(x=alt.datum(1), text="first_text:N")
    return finished(alt.layer(bar, limits, tick, label, value), ROW_HEIGHT * len(rows) + 20)
