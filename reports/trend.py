"""Years as charts: lines that are cut where years cannot be compared, and level beside progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from reports.charts import FONT, Row, Spec, finished, quiet_axis
from reports.palette import Palette

# Where the lines of a lane run, as parts of its height; above them stands its name.
_TOP, _BASE = 0.44, 0.94
_NAME, _CUT = 0.14, 0.38
# Half a year at least beside the first and the last one.
_MARGIN = 0.6
_MOST_YEARS_NAMED = 12
# Where a year's name stands from its point, by turns.
_TURNS = (-16, 20)


def trends(
    lanes: Sequence[Row],
    dots: Sequence[Row],
    cuts: Sequence[Row],
    words: Mapping[str, str],
    colours: Palette,
    lane_height: int,
) -> Spec:
    """One lane a row, years from left to right, 0 to 100 points from its base to its top.

    Lanes hold code and label; dots code, year, value, stretch (one line each), text, note and label; cuts code, label,
    at (between two years), sign and reason. Where a line is cut nothing is drawn but a dashed upright line with its
    sign. Words hold year, row, value, note, cut, why.
    """
    place = {row["code"]: i for i, row in enumerate(lanes)}
    tall = max(len(lanes), 1)
    at = [
        dict(row, y=place[row["code"]] + _BASE - (_BASE - _TOP) * float(row["value"]) / 100) for row in dots
    ]
    years = sorted({int(row["year"]) for row in dots})
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=[years[0] - _MARGIN, years[-1] + _MARGIN], nice=False),
        axis=quiet_axis(words["year"], colours, values=years[-_MOST_YEARS_NAMED:], number_format="d"),
    )
    y = alt.Y("y:Q", scale=alt.Scale(domain=[tall, 0], nice=False), axis=None)
    still: dict[str, Any] = {"tooltip": None, "aria": False}
    frame = [{"code": row["code"], "y": i + part} for i, row in enumerate(lanes) for part in (_TOP, _BASE)]
    grid = alt.Chart(alt.InlineData(values=frame)).mark_rule(color=colours.grid, **still).encode(y=y)
    names = (
        alt.Chart(alt.InlineData(values=[dict(row, y=i + _NAME) for i, row in enumerate(lanes)]))
        .mark_text(align="left", color=colours.ink, fontSize=FONT, **still)
        .encode(x=alt.value(0), y=y, text="label:N")
    )
    base = alt.Chart(alt.InlineData(values=at))
    line = base.mark_line(strokeWidth=2, color=colours.primary, **still).encode(
        x=x, y=y, detail=["code:N", "stretch:N"]
    )
    dot = base.mark_point(filled=True, size=70, opacity=1, color=colours.primary).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("label:N", title=words["row"]),
            alt.Tooltip("year:Q", title=words["year"], format="d"),
            alt.Tooltip("text:N", title=words["value"]),
            alt.Tooltip("note:N", title=words["note"]),
        ],
    )
    value = base.mark_text(dy=-11, color=colours.ink, fontSize=FONT - 1, **still).encode(
        x=x, y=y, text="text:N"
    )
    gaps = [
        dict(row, year=row["at"], y=place[row["code"]] + _CUT, end=place[row["code"]] + _BASE) for row in cuts
    ]
    layers = [grid, names, line, dot, value]
    if gaps:
        cut = alt.Chart(alt.InlineData(values=gaps))
        tips = [
            alt.Tooltip("label:N", title=words["row"]),
            alt.Tooltip("sign:N", title=words["cut"]),
            alt.Tooltip("reason:N", title=words["why"]),
        ]
        layers.append(
            cut.mark_rule(strokeWidth=1.5, strokeDash=[4, 4], color=colours.warm).encode(
                x=x, y=y, y2="end:Q", tooltip=tips
            )
        )
        layers.append(
            cut.mark_text(baseline="bottom", dy=-2, color=colours.warm, fontSize=FONT - 1).encode(
                x=x, y=y, text="sign:N", tooltip=tips
            )
        )
    return finished(alt.layer(*layers), lane_height * tall)


def level_and_progress(rows: Sequence[Row], words: Mapping[str, str], colours: Palette) -> Spec:
    """Progress from left to right, level from the bottom up: one point a year, the last one a filled diamond.

    Nothing joins the points: the two figures are of different kinds, and years may lie on both sides of a break. Rows
    hold year, level, progress, shape, label, level_text, progress_text, share_text; words level, progress, year, share.
    """
    reach = max([10.0, *(abs(float(row["progress"])) * 1.25 for row in rows)])
    turned = [dict(row, turn=i % len(_TURNS)) for i, row in enumerate(rows)]
    base = alt.Chart(alt.InlineData(values=turned)).encode(
        x=alt.X(
            "progress:Q",
            scale=alt.Scale(domain=[-reach, reach], nice=False),
            axis=quiet_axis(words["progress"], colours, number_format="+d"),
        ),
        y=alt.Y(
            "level:Q",
            scale=alt.Scale(domain=[0, 100], nice=False),
            axis=quiet_axis(words["level"], colours, values=(0, 20, 40, 60, 80, 100), orient="left"),
        ),
        tooltip=[
            alt.Tooltip("label:N", title=words["year"]),
            alt.Tooltip("level_text:N", title=words["level"]),
            alt.Tooltip("progress_text:N", title=words["progress"]),
            alt.Tooltip("share_text:N", title=words["share"]),
        ],
    )
    none = (
        alt.Chart(alt.InlineData(values=[{"progress": 0}]))
        .mark_rule(color=colours.muted, strokeDash=[2, 3], tooltip=None, aria=False)
        .encode(x="progress:Q")
    )
    dot = base.mark_point(size=130, strokeWidth=2, opacity=1, color=colours.primary, filled=True).encode(
        shape=alt.Shape("shape:N", scale=None)
    )
    # Above and below by turns, so that years close together stay readable.
    labels = [
        base.transform_filter(alt.datum.turn == turn)
        .mark_text(align="center", dy=dy, color=colours.ink, fontSize=FONT, aria=False)
        .encode(text="label:N")
        for turn, dy in enumerate(_TURNS)
    ]
    return finished(alt.layer(none, dot, *labels), 320)
