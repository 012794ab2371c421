"""Benefit of the doubt: each unit on the weights that are best for it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from scoring.model import FloatArray
from scoring.weightings.benefit import Reached, benefit_of_the_doubt, common_weights
from scoring.weightings.share_limits import ShareLimit, each

NAN = np.nan
# A is strong on x, B on y, C is middling on both.
THREE = np.array([[100.0, 20], [50, 80], [40, 40]])


def test_two_indicators_by_hand() -> None:
    # The borders 100 x + 20 y = 1 and 50 x + 80 y = 1 meet at x = 3/350, y = 1/140. There C, which looks
    # best where x and y count the same per point of its own, has 40 (3/350 + 1/140) = 22/35.
    found = benefit_of_the_doubt(["x", "y"], THREE)
    assert found.scores == pytest.approx([1, 1, 22 / 35])
    assert found.weights[2] == pytest.approx([3 / 350, 1 / 140])
    assert found.shares[2] == pytest.approx([6 / 11, 5 / 11])
    assert found.reached == ((), (), ())


def test_share_limits_by_hand() -> None:
    # Half of the score from each. C: x = y = w and B restrains, 130 w = 1, score 80/130. A: 100 x = 20 y,
    # so B at 50 x + 400 x = 1 restrains, score 200/450. B: 50 x = 80 y, A at 100 x + 12.5 x = 1, 100/112.5.
    found = benefit_of_the_doubt(["x", "y"], THREE, each(["x", "y"], 0.5, 0.5))
    assert found.scores == pytest.approx([200 / 450, 100 / 112.5, 80 / 130])
    assert found.shares == pytest.approx(np.full((3, 2), 0.5))


def test_the_limit_that_is_reached_is_named() -> None:
    # C would take 5/11 from y; at most 0.4 of it: 40 y = 0.4 s, 40 x = 0.6 s, A restrains at
    # (1.5 + 0.2) s = 1, so s = 10/17.
    found = benefit_of_the_doubt(["x", "y"], THREE, [ShareLimit("y", ("y",), 0.1, 0.4)])
    assert found.scores[2] == pytest.approx(10 / 17)
    assert found.reached[2] == (Reached("y", "high"),)
    # A would take 1/7 from y; at least 0.2: 20 y = 0.2 s, 100 x = 0.8 s, B restrains at
    # 50 x 0.008 s + 80 x 0.01 s = 1, so s = 1/1.2.
    low = benefit_of_the_doubt(["x", "y"], THREE, [ShareLimit("the rest", ("y",), low=0.2)])
    assert low.scores[0] == pytest.approx(1 / 1.2)
    assert low.reached[0] == (Reached("the rest", "low"),)
    assert low.reached[2] == ()


def test_common_weights_by_hand() -> None:
    # The weights of the example before, scaled to 1: A has y = 5 x, B has 5 x = 8 y, C has x = y.
    weights = common_weights(["x", "y"], THREE, each(["x", "y"], 0.5, 0.5))
    x = (1 / 6 + 8 / 13 + 1 / 2) / 3
    assert weights == pytest.approx([x, 1 - x])


def test_groups_hold_a_share_together() -> None:
    points = np.array([[90.0, 10, 10], [10, 90, 20], [20, 10, 90]])
    found = benefit_of_the_doubt(["x", "y", "z"], points, [ShareLimit("y and z", ("y", "z"), low=0.5)])
    # The first unit lives on x: half of its score is all that x may give.
    assert found.shares[0, 0] == pytest.approx(0.5)
    assert found.reached[0] == (Reached("y and z", "low"),)


def test_a_blank_earns_nothing_and_its_lower_limit_is_waived() -> None:
    points = np.array([[100.0, NAN], [50, 80], [40, 40]])
    limits = each(["x", "y"], 0.3, 1.0)
    found = benefit_of_the_doubt(["x", "y"], points, limits)
    assert found.scores[0] == pytest.approx(1)
    assert found.weights[0] == pytest.approx([0.01, 0])
    assert found.reached[0] == ()
    # A zero is no blank: its share cannot reach 0.3, so nothing can be scored.
    zero = benefit_of_the_doubt(["x", "y"], np.nan_to_num(points), limits)
    assert zero.scores[0] == 0
    assert np.isnan(zero.shares[0]).all()


def test_a_unit_that_cannot_be_scored_is_left_without_a_score() -> None:
    points = np.array([[100.0, NAN], [50, 80], [NAN, NAN]])
    found = benefit_of_the_doubt(["x", "y"], points, each(["x", "y"], 0.0, 0.7))
    np.testing.assert_array_equal(np.isnan(found.scores), [True, False, True])
    assert np.isnan(found.weights[0]).all()
    assert common_weights(["x", "y"], points, each(["x", "y"], 0.0, 0.7)).sum() == pytest.approx(1)


def test_children_without_any_points_and_units_with_none() -> None:
    points = np.array([[10.0, 0], [20, 0], [0, 0]])
    found = benefit_of_the_doubt(["x", "y"], points)
    assert found.scores == pytest.approx([0.5, 1, 0])
    assert common_weights(["x", "y"], points).tolist() == [1, 0]
    assert common_weights(["x", "y"], np.zeros((2, 2))).tolist() == [0.5, 0.5]


def by_scipy(points: FloatArray, unit: int, limits: tuple[ShareLimit, ...], codes: list[str]) -> float:
    """The same programme, written out for one unit and solved by another solver."""
    rows, roof = list(points), [1.0] * len(points)
    for limit in limits:
        inside = np.array([code in limit.children for code in codes], dtype=float)
        rows += [(limit.low - inside) * points[unit], (inside - limit.high) * points[unit]]
        roof += [0.0, 0.0]
    return -linprog(-points[unit], A_ub=np.array(rows), b_ub=np.array(roof)).fun


@pytest.mark.parametrize("seed", range(4))
def test_against_another_solver(seed: int) -> None:
    random = np.random.default_rng(seed)
    n, codes = 40, [f"c{i}" for i in range(6)]
    points = random.uniform(1, 100, (n, 6))
    limits = (*each(codes, 0.05, 0.4), ShareLimit("pair", ("c0", "c1"), 0.25, 0.5))
    for held in ((), limits):
        found = benefit_of_the_doubt(codes, points, held)
        expected = [by_scipy(points, unit, held, codes) for unit in range(n)]
        assert found.scores == pytest.approx(expected, abs=1e-8)
        assert (points @ found.weights.T).max() <= 1 + 1e-9
        assert found.shares.sum(axis=1) == pytest.approx(np.ones(n))
        for limit in held:
            share = found.shares[:, [codes.index(child) for child in limit.children]].sum(axis=1)
            assert share.min() >= limit.low - 1e-7
            assert share.max() <= limit.high + 1e-7


@pytest.mark.parametrize("seed", range(3))
def test_what_always_holds(seed: int) -> None:
    random = np.random.default_rng(seed)
    points = random.integers(0, 21, (30, 5)) * 5.0
    points[random.random(points.shape) < 0.1] = NAN
    codes = list("vwxyz")
    limits = each(codes, 0.0, 0.6)
    found = benefit_of_the_doubt(codes, points, limits)
    order = random.permutation(30)
    moved = benefit_of_the_doubt(codes, points[order], limits)
    np.testing.assert_array_equal(moved.weights, found.weights[order])
    np.testing.assert_array_equal(
        common_weights(codes, points[order], limits), common_weights(codes, points, limits)
    )
    # The unit of points does not matter, not even of one child alone.
    scaled = benefit_of_the_doubt(codes, points * np.array([1, 10, 0.5, 3, 100]), limits)
    np.testing.assert_allclose(scaled.scores, found.scores, atol=1e-9)
    # On free weights more of a good thing never lowers the unit's own score, and hiding gains nothing.
    free = benefit_of_the_doubt(codes, points).scores
    for unit in range(5):
        child = int(np.nanargmin(points[unit]))
        better, hidden = points.copy(), points.copy()
        better[unit, child] += 10
        hidden[unit, child] = NAN
        assert benefit_of_the_doubt(codes, better).scores[unit] >= free[unit] - 1e-9
        assert benefit_of_the_doubt(codes, hidden).scores[unit] <= free[unit] + 1e-9


@pytest.mark.parametrize(
    ("points", "limits", "message"),
    [
        ([[1, -2]], [], "y has points below 0"),
        ([[1, np.inf]], [], "y has an infinite value"),
        ([[1, 2]], [ShareLimit("a", ("x",), 0.6, 0.5)], r"a: the share is limited to 0\.6\.\.0\.5"),
        ([[1, 2]], [ShareLimit("a", ("z",))], "a: z is not among the children x, y"),
        ([[1, 2]], [ShareLimit("a", ())], "a: the limit names no child"),
        ([[1, 2]], each(["x", "y"], 0.0, 0.4), r"no shares keep all limits and add up to 1: x 0\.\.0\.4; y"),
        ([[1, 2]], each(["x", "y"], 0.6, 1.0), "no shares keep all limits"),
        ([[1, 0]], [ShareLimit("y", ("y",), 0.2)], r"y: no unit has points here, so it cannot hold 0\.2"),
    ],
)
def test_wrong_points_and_limits_are_named(
    points: list[list[float]], limits: list[ShareLimit], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        benefit_of_the_doubt(["x", "y"], np.array(points), limits)
