"""Outliers: what is moved, by how much and when; worked by hand, with SciPy as a judge of the formulas."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.model import FloatArray
from scoring.moments import kurtosis, skewness
from scoring.transforms import best_power, fitted, likelihood, raised
from scoring.treat import JRC_RULE, MovedPoint, Treated, outlying, treat

NAN = math.nan
# Sixteen figures from 1 to 32,768, each twice the one before.
DOUBLING = 2.0 ** np.arange(16)


def names(count: int) -> tuple[str, ...]:
    return tuple(f"u{i}" for i in range(count))


def one_column(values: FloatArray | list[float], **changes: object) -> Treated:
    column = np.array(values, dtype=float)[:, None]
    return treat(column, replace(JRC_RULE, **changes), ("1.10",), names(len(column)))  # type: ignore[arg-type]


# --- skewness and kurtosis ---


def test_moments_worked_by_hand() -> None:
    # Distances from the mean of 4: -3, -2, -1, 0, 6; means of their powers 10, 36 and 278.8.
    values = np.array([1.0, 2.0, 3.0, 4.0, 10.0, NAN])
    assert skewness(values) == pytest.approx(math.sqrt(20) / 3 * 36 / 10**1.5, abs=1e-12)  # 1.697056
    assert kurtosis(values) == pytest.approx(4 / 6 * (6 * (2.788 - 3) + 6), abs=1e-12)  # 3.152


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-1000, 1000), min_size=4, max_size=12).filter(lambda drawn: len(set(drawn)) > 1))
def test_moments_are_those_of_scipy(drawn: list[int]) -> None:
    values = np.array(drawn, dtype=float)
    for scale in (1.0, 1e150):
        assert skewness(values * scale) == pytest.approx(
            float(scipy.stats.skew(values, bias=False)), abs=1e-9
        )
        assert kurtosis(values * scale) == pytest.approx(
            float(scipy.stats.kurtosis(values, bias=False)), abs=1e-9
        )


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 2.0], [0.1, 0.1, 0.1, 0.1, 0.1], [NAN, NAN, NAN, NAN]])
def test_too_few_or_equal_values_have_no_moments(values: list[float]) -> None:
    assert math.isnan(skewness(np.array(values, dtype=float)))
    assert math.isnan(kurtosis(np.array(values, dtype=float)))


def test_three_values_have_a_skewness_and_no_kurtosis() -> None:
    values = np.array([0.0, 0.0, 3.0])  # distances -1, -1, 2: means 2 and 2, so sqrt(6) x 2 / 2^1.5
    assert skewness(values) == pytest.approx(math.sqrt(3), abs=1e-12)
    assert math.isnan(kurtosis(values))


# --- winsorising ---


def test_one_point_moved_to_the_nearest_value_kept() -> None:
    done = one_column([1, 2, 3, 100, 4, 5, 6, 7, 8, 9, NAN])
    assert done.moved == (MovedPoint("u3", "1.10", 100.0, 9.0),)
    np.testing.assert_array_equal(done.values[:, 0], [1, 2, 3, 9, 4, 5, 6, 7, 8, 9, NAN])
    (column,) = done.columns
    assert (column.code, column.outcome, column.moved, column.curve) == ("1.10", "winsorised", 1, None)
    values = np.array([1, 2, 3, 100, 4, 5, 6, 7, 8, 9], dtype=float)
    assert column.skewness_before == pytest.approx(float(scipy.stats.skew(values, bias=False)))
    assert column.kurtosis_after == pytest.approx(
        float(scipy.stats.kurtosis(np.minimum(values, 9), bias=False))
    )


def test_the_long_tail_may_be_the_lower_one() -> None:
    done = one_column([-1, -2, -3, -100, -4, -5, -6, -7, -8, -9])
    assert done.moved == (MovedPoint("u3", "1.10", -100.0, -9.0),)


def test_no_more_points_are_moved_than_needed() -> None:
    values = [*range(1, 19), 200, 210]  # one would not do: two values of twenty, far from all others
    done = one_column(values)
    assert done.moved == (MovedPoint("u18", "1.10", 200.0, 18.0), MovedPoint("u19", "1.10", 210.0, 18.0))
    assert done.columns[0].moved == 2
    assert one_column(values, points=1).columns[0].outcome != "winsorised"


def test_what_is_only_lopsided_or_only_heavy_tailed_is_untouched() -> None:
    lopsided = [0] * 8 + [1] * 2  # skewness 1.78
    both_tails = [-50, *range(-5, 6), 50]  # skewness 0, kurtosis 4.6
    for values in (lopsided, both_tails, [1, 2, 1000], [5, 5, 5, 5], [NAN, NAN]):
        done = one_column([float(value) for value in values])
        assert (done.columns[0].outcome, done.moved) == ("untouched", ())
        np.testing.assert_array_equal(done.values[:, 0], np.array(values, dtype=float))
    assert kurtosis(np.array(both_tails, dtype=float)) > 3.5


def test_limits_are_arguments() -> None:
    values = [0.0] * 8 + [1.0, 3.0]
    assert one_column(values, skewness=2.0, kurtosis=100.0).columns[0].outcome == "untouched"
    assert one_column(values, skewness=100.0, kurtosis=3.5).columns[0].outcome == "untouched"
    assert one_column(values).moved == (MovedPoint("u9", "1.10", 3.0, 1.0),)


# --- curves ---


def test_a_logarithm_where_winsorising_does_not_suffice() -> None:
    done = one_column(DOUBLING, points=0)
    (column,) = done.columns
    assert (column.outcome, column.moved, done.moved) == ("transformed", 0, ())
    # ln(value - 1 + 1 % of 32,767)
    np.testing.assert_allclose(done.values[:, 0], np.log(DOUBLING - 1 + 327.67), rtol=1e-12)
    assert column.curve is not None
    assert (column.curve.kind, column.curve.tail, column.curve.power) == ("log", 1, 0.0)
    assert column.skewness_after < 2


def test_the_curve_of_a_long_lower_tail_is_the_mirror_image() -> None:
    done = one_column(-DOUBLING, points=0)
    np.testing.assert_allclose(done.values[:, 0], -one_column(DOUBLING, points=0).values[:, 0], rtol=1e-12)


def test_a_curve_carries_goalposts_along() -> None:
    curve = one_column(DOUBLING, points=0).columns[0].curve
    assert curve is not None
    np.testing.assert_allclose(
        curve(np.array([1.0, 100.0, NAN, -400.0])), [math.log(327.67), math.log(426.67), NAN, NAN]
    )


def test_box_cox_is_that_of_scipy() -> None:
    for base in (
        DOUBLING,
        np.arange(1.0, 30.0),
        np.sqrt(np.arange(1.0, 30.0)),
        np.array([0.1, 3, 3, 4, 5, 6]),
    ):
        power = best_power(base)
        assert power == pytest.approx(float(scipy.stats.boxcox_normmax(base, method="mle")), abs=1e-4)
        np.testing.assert_allclose(raised(base, power), scipy.stats.boxcox(base, power), atol=1e-9)
        for tried in (-3.0, -1e-9, 0.0, 0.5, 1.0, 4.0):
            assert likelihood(base, tried) == pytest.approx(
                float(scipy.stats.boxcox_llf(tried, base)), rel=1e-6
            )


def test_box_cox_where_the_logarithm_is_not_asked_for() -> None:
    done = one_column(DOUBLING, points=0, transforms=("box_cox",))
    curve = done.columns[0].curve
    assert curve is not None
    base = DOUBLING - 1 + 327.67
    np.testing.assert_allclose(
        done.values[:, 0], scipy.stats.boxcox(base, scipy.stats.boxcox_normmax(base, method="mle")), rtol=1e-4
    )
    assert curve == fitted("box_cox", DOUBLING, 1, 0.01)


def test_what_nothing_can_mend_stays_and_is_reported() -> None:
    values = [0.0] * 30 + [1.0]  # two heights stay two heights on any curve, and winsorised they are one
    done = one_column(values)
    assert (done.columns[0].outcome, done.moved) == ("outlying", ())
    np.testing.assert_array_equal(done.values[:, 0], values)
    assert done.columns[0].skewness_after == done.columns[0].skewness_before > 2


# --- several measurements, and what must always hold ---


def test_measurements_are_treated_one_by_one() -> None:
    values = np.column_stack([[*range(1, 10), 100.0], range(10), np.full(10, NAN)])
    done = treat(values, JRC_RULE, ("a", "b", "c"), names(10))
    assert [column.outcome for column in done.columns] == ["winsorised", "untouched", "untouched"]
    assert done.moved == (MovedPoint("u9", "a", 100.0, 9.0),)
    np.testing.assert_array_equal(done.values[:, 1:], values[:, 1:])
    assert values[9, 0] == 100.0  # the original is untouched


@settings(max_examples=80, deadline=None)
@given(data=st.data(), points=st.integers(0, 3))
def test_order_stays_missing_stays_and_every_move_is_listed(data: st.DataObject, points: int) -> None:
    usual = st.integers(0, 9)
    drawn = data.draw(st.lists(st.one_of(usual, st.just(NAN)), min_size=6, max_size=20))
    far = data.draw(st.lists(st.sampled_from([-900, 500, 800, 70000]), max_size=3))
    values = np.array([*drawn, *far], dtype=float)
    done = one_column(values, points=points)
    after, report = done.values[:, 0], done.columns[0]
    np.testing.assert_array_equal(np.isnan(after), np.isnan(values))
    known = ~np.isnan(values)
    order = np.argsort(values[known], kind="stable")
    assert (np.diff(after[known][order]) >= 0).all()
    if report.outcome != "transformed":
        changed = {f"u{i}" for i in np.flatnonzero(known & (after != values))}
        assert {move.unit for move in done.moved} == changed
        assert report.moved == len(changed) <= points
        assert all(after[int(move.unit[1:])] == move.after for move in done.moved)
    if report.outcome in ("winsorised", "transformed"):
        assert outlying(values, JRC_RULE)
        assert not outlying(after, JRC_RULE)
    shuffle = data.draw(st.permutations(range(len(values))))
    again = one_column(values[shuffle], points=points)
    np.testing.assert_array_equal(again.values[:, 0], after[shuffle])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"skewness": -1.0}, "outlier rule: skewness is -1; it must be 0 or more"),
        ({"kurtosis": NAN}, "outlier rule: kurtosis is nan"),
        ({"points": -1}, "outlier rule: points is -1"),
        ({"shift": 0.0}, "outlier rule: shift is 0; it must be above 0"),
        ({"transforms": ("log", "root")}, "transform 'root' is not known; use one of log, box_cox"),
    ],
)
def test_refusals(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        one_column([1.0, 2.0], **change)
