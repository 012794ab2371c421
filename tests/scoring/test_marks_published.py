"""Agreement against figures that others published or that can be worked out on paper."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.marks.concordance import concordance
from scoring.marks.disagreement import above
from scoring.marks.intraclass import FORMS, intraclass
from scoring.marks.krippendorff import LEVELS, alpha
from scoring.marks.parts import parts
from scoring.model import FloatArray

NO = np.nan
# K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), example C: four observers, twelve units.
OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NO, NO, NO],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NO, 3],
        [NO, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NO],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NO],
    ]
).T
# P. E. Shrout and J. L. Fleiss, Intraclass correlations (1979), table 2: six targets, four judges.
TARGETS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7.0]])
# M. G. Kendall, Rank Correlation Methods (1948), chapter 6: three rankings of ten with ties.
RANKINGS = np.array(
    [
        [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
        [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
        [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
    ]
).T


@pytest.mark.parametrize(
    ("level", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_krippendorffs_example(level: str, value: float) -> None:
    assert round(float(alpha(OBSERVERS, level)[0]), 3) == value


def test_the_six_forms_of_shrout_and_fleiss() -> None:
    assert FORMS == ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")
    assert [round(x, 2) for x in intraclass(TARGETS)[0].tolist()] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


def test_the_parts_behind_them() -> None:
    # Mean squares of the source: targets 11.24, within 6.26, judges 32.49, rest 1.02.
    of = parts(TARGETS)
    assert of.rest[0] == pytest.approx(1.0194, abs=5e-5)
    assert of.within[0] == pytest.approx(6.2639, abs=5e-5)
    assert of.city[0] == pytest.approx((11.2417 - 1.0194) / 4, abs=5e-5)
    assert of.juror[0] == pytest.approx((32.4861 - 1.0194) / 6, abs=5e-5)
    assert (of.marks[0], of.freedom[0]) == (pytest.approx(4), 15)


def test_concordance_with_ties() -> None:
    # Rank sums 5.5, 6.5, 9, 13.5, 12, 20, 23, 23.5, 25.5, 26.5: S = 591. Ties: 2 x 6, 3 x 6, 60 + 24: T = 114.
    assert concordance(RANKINGS)[0] == pytest.approx(12 * 591 / (9 * 990 - 3 * 114), abs=1e-12)
    assert round(float(concordance(RANKINGS)[0]), 3) == 0.828


def test_a_juror_without_marks_and_a_city_not_marked_by_all_take_no_part() -> None:
    wider = np.column_stack([RANKINGS, np.full(10, NO)])
    wider = np.vstack([wider, [3, NO, 1, NO]])
    assert concordance(wider)[0] == pytest.approx(7092 / 8568, abs=1e-12)


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ([[1, 1], [2, 2], [3, 3]], 1.0),
        ([[1, 3], [2, 2], [3, 1]], 0.0),
        ([[1, 1], [2, 2]], NO),  # two cities
        ([[1], [2], [3]], NO),  # one juror
        ([[2, 3], [2, 3], [2, 3]], NO),  # all tied
    ],
)
def test_concordance_at_its_ends(table: list[list[float]], value: float) -> None:
    assert concordance(np.array(table, dtype=float))[0] == pytest.approx(value, nan_ok=True)


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ([[1, 1], [2, 2]], 1.0),
        # d = 2 twice over pairs; all pairs of values differ half the time: 1 - 3 x 4 / 8
        ([[1, 2], [2, 1]], -0.5),
        ([[4, 4], [4, 4]], NO),
        ([[1, NO], [NO, 2]], NO),
    ],
)
def test_alpha_at_its_ends(table: list[list[float]], value: float) -> None:
    for level in LEVELS:
        assert alpha(np.array(table, dtype=float), level)[0] == pytest.approx(value, nan_ok=True)


def test_alpha_refuses_what_it_cannot_measure() -> None:
    with pytest.raises(ValueError, match="'counted' is unknown; it is one of nominal, ordinal"):
        alpha(OBSERVERS, "counted")
    with pytest.raises(ValueError, match="a mark of -1 has no ratio"):
        alpha(np.array([[-1.0, 2.0]]), "ratio")


# Chi-squared tables: the upper 5 % points, M. Abramowitz and I. A. Stegun (1964), table 26.8.
@pytest.mark.parametrize(
    ("freedom", "point"),
    [(1, 3.84146), (2, 5.99147), (3, 7.81473), (4, 9.48773), (7, 14.0671), (11, 19.6751)],
)
def test_chance_of_a_chi_squared(freedom: int, point: float) -> None:
    assert above(point, freedom) == pytest.approx(0.05, abs=2e-6)


def test_chance_of_two_degrees_is_an_exponential() -> None:
    assert above(3.0, 2) == math.exp(-1.5)
    assert above(0.0, 5) == 1.0


MARKS = arrays(float, (7, 4), elements=st.sampled_from([1, 1.5, 2, 3, 4.5, 5, NO]))


@given(MARKS, st.permutations(range(4)), st.permutations(range(7)))
@settings(max_examples=60, deadline=None)
def test_the_order_of_jurors_and_cities_changes_nothing(
    table: FloatArray, jurors: list[int], cities: list[int]
) -> None:
    other = table[cities][:, jurors]
    for level in LEVELS:
        assert alpha(other, level) == pytest.approx(alpha(table, level), nan_ok=True)
    assert intraclass(other)[0] == pytest.approx(intraclass(table)[0], rel=1e-5, abs=1e-6, nan_ok=True)
    assert concordance(other) == pytest.approx(concordance(table), nan_ok=True)


@given(MARKS)
@settings(max_examples=60, deadline=None)
def test_concordance_is_a_share_and_alpha_at_most_one(table: FloatArray) -> None:
    w = concordance(table)[0]
    assert np.isnan(w) or 0 <= w <= 1
    for level in LEVELS:
        value = alpha(table, level)[0]
        assert np.isnan(value) or value <= 1 + 1e-12


# A juror of whom nothing was drawn takes no part.
ONE_LEFT_OUT = np.array([[1.0, 1.0, 1.0, 1.0]] * 5 + [[1.5, np.nan, 1.0, 1.0], [1.0, np.nan, 1.0, 1.0]])


@given(MARKS, st.lists(st.integers(0, 3), min_size=7, max_size=7))
@example(ONE_LEFT_OUT, [0, 0, 0, 0, 0, 1, 2])
@settings(max_examples=60, deadline=None)
def test_a_city_drawn_twice_is_two_cities(table: FloatArray, times: list[int]) -> None:
    written_out = np.repeat(table, times, axis=0)
    drawn = np.array([times], dtype=float)
    for level in LEVELS:
        assert alpha(table, level, drawn) == pytest.approx(alpha(written_out, level), nan_ok=True)
    assert concordance(table, drawn) == pytest.approx(concordance(written_out), nan_ok=True)
    assert intraclass(table, drawn)[0] == pytest.approx(
        intraclass(written_out)[0], rel=1e-5, abs=1e-6, nan_ok=True
    )
