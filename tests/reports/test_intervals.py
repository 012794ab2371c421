"""Charts of intervals: what stands where, and ticks that a phone has room for."""

from __future__ import annotations

import pytest

from reports.intervals import _ticks, rank_intervals, score_intervals, shares
from reports.palette import palette

WORDS = {name: name for name in ("axis", "row", "interval", "band", "bracket", "first", "total")}


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (1, [1]),
        (5, [1, 2, 3, 4, 5]),
        (8, [1, 2, 3, 4, 5, 6, 7, 8]),
        (9, [1, 3, 5, 7, 9]),
        (20, [1, 4, 7, 10, 13, 16, 19]),
        (400, [1, 51, 101, 151, 201, 251, 301, 351]),
    ],
)
def test_whole_ranks_at_most_nine(most: int, ticks: list[int]) -> None:
    assert _ticks(most) == ticks


@pytest.mark.parametrize("dark", [False, True])
def test_bands_differ_in_words_and_in_colour(dark: bool) -> None:
    rows = [
        {
            "code": f"c{k}",
            "label": f"City {k}",
            "low": k,
            "middle": k,
            "high": k + 1,
            "band": k,
            "band_text": f"Band {k}",
            "interval_text": f"{k} – {k + 1}",
        }
        for k in (1, 2)
    ]
    spec = rank_intervals(rows, 3, WORDS, palette(dark))
    held = spec["data"]["values"]
    assert [row["band_text"] for row in held] == ["Band 1", "Band 2"]
    assert held[0]["colour"] != held[1]["colour"]
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0.6, 3.4]


def test_a_score_interval_stands_within_its_bracket_line() -> None:
    row = {
        "code": "c",
        "label": "City",
        "low": 40.0,
        "middle": 45.0,
        "high": 50.0,
        "assured": 38.0,
        "upper": 60.0,
    }
    row |= {"interval_text": "40.0 – 50.0", "bracket_text": "38.0 – 60.0"}
    bands = [{"letter": "D", "start": 0, "end": 100, "middle": 50}]
    text = str(score_intervals([row], bands, WORDS, palette(False)))
    assert "'field': 'assured'" in text
    assert "'field': 'upper'" in text
    assert text.index("'field': 'assured'") < text.index("'field': 'low'")


def test_shares_below_nothing_start_at_nothing() -> None:
    row = {"code": "c", "label": "Weights", "first": -0.01, "low": -0.03, "high": 0.02, "total": 0.05}
    row |= {"first_text": "0%", "total_text": "5%"}
    spec = shares([row], WORDS, palette(False))
    held = spec["data"]["values"][0]
    assert (held["start"], held["first"], held["low"], held["high"]) == (0.0, 0.0, 0.0, 0.02)
