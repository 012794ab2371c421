"""One rule for showing, ranking and levelling a score."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scoring.levels import level
from scoring.ranks import ranks
from scoring.rounding import published
from tests.scoring.towns import key_features

ROUNDED = [
    (40.05, 1, 40.1),  # held in binary as 40.0499999...
    (39.95, 1, 40.0),
    (39.949999, 1, 39.9),
    (0.05, 1, 0.1),
    (0.15, 1, 0.2),
    (0.25, 1, 0.3),  # not to the even neighbour
    (0.35, 1, 0.4),
    (1.005, 2, 1.01),
    (2.675, 2, 2.68),
    (0.4615, 3, 0.462),
    (99.95, 1, 100.0),
    (100.0, 1, 100.0),
    (0.0, 1, 0.0),
    (12.5, 0, 13.0),
    (-0.05, 1, -0.1),  # differences round alike on both sides
    (-39.949999, 1, -39.9),
    (100 / 3, 1, 33.3),
    (200 / 3, 1, 66.7),
    (40.05 - 1e-12, 1, 40.1),  # nearer than a billionth is the same score
    (40.05 - 1e-6, 1, 40.0),
]


@pytest.mark.parametrize(("exact", "decimals", "shown"), ROUNDED)
def test_published(exact: float, decimals: int, shown: float) -> None:
    assert published(exact, decimals).item() == shown


def test_every_half_of_a_tenth_rounds_up() -> None:
    halves = np.arange(0, 1000) / 10 + 0.05
    np.testing.assert_array_equal(published(halves), np.arange(1, 1001) / 10)


def test_published_keeps_shape_and_gaps() -> None:
    np.testing.assert_array_equal(
        published(np.array([[1.25, np.nan], [0.04, 7.0]])), [[1.3, np.nan], [0.0, 7.0]]
    )


def test_published_has_no_minus_before_a_zero() -> None:
    assert math.copysign(1, published(-0.01).item()) == 1.0


@pytest.mark.parametrize(
    ("points", "band"),
    [
        (0.0, "D"),
        (39.94, "D"),
        (39.95, "C"),
        (40.0, "C"),
        (59.9499, "C"),
        (59.95, "B"),
        (60.0, "B"),
        (79.94999, "B"),
        (79.95, "A"),
        (80.0, "A"),
        (100.0, "A"),
        (math.nan, ""),
    ],
)
def test_level_is_judged_as_published(points: float, band: str) -> None:
    assert level(key_features(), points) == band


@pytest.mark.parametrize(
    ("scores", "ranked", "expected"),
    [
        ([50.0, 70.0, 60.0], [1, 1, 1], [3, 1, 2]),
        ([70.0, 70.0, 60.0], [1, 1, 1], [1, 1, 3]),
        ([70.04, 69.96, 70.0], [1, 1, 1], [1, 1, 1]),  # all are 70.0
        ([69.95, 70.04, 69.94], [1, 1, 1], [1, 1, 3]),
        ([50.0, 99.0, 60.0], [1, 0, 1], [2, 0, 1]),  # an unranked unit takes no place
        ([np.nan, 10.0], [1, 1], [0, 1]),
        ([42.0], [1], [1]),
        ([42.0, 43.0], [0, 0], [0, 0]),
        ([], [], []),
    ],
)
def test_ranks(scores: list[float], ranked: list[int], expected: list[int]) -> None:
    assert ranks(np.array(scores), np.array(ranked, dtype=bool)).tolist() == expected
