"""How many units does each unit beat: Copeland's rule."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring import copeland as module
from scoring.copeland import COPELAND, copeland
from scoring.outranking import outranking

NAN = np.nan


def test_munda_and_nardos_three_countries() -> None:
    # Product per head, unemployment, waste (double weight), inequality, crime; see test_outranking.py.
    points = np.array(
        [[25000, -0.15, -0.4, -9.2, -40], [45000, -0.10, -0.7, -13.2, -52], [20000, -0.08, -0.35, -5.3, -80]]
    )
    found = copeland(["A", "B", "C"], list("pqrst"), points, np.array([1, 1, 2, 1, 1]))
    # C beats both, A beats B.
    assert found.wins.tolist() == [1, 0, 2]
    assert found.losses.tolist() == [1, 2, 0]
    assert found.score.tolist() == [0, -2, 2]
    assert found.points.tolist() == [50, 0, 100]


def test_condorcets_circle_is_a_tie_of_all() -> None:
    points = np.array([[3.0, 1, 2], [2, 3, 1], [1, 2, 3]])
    found = copeland(["a", "b", "c"], ["x", "y", "z"], points, np.array([1.0, 1, 1]))
    assert found.score.tolist() == [0, 0, 0]
    assert found.points.tolist() == [50, 50, 50]


def test_exactly_half_of_the_weight_is_no_majority() -> None:
    # a is ahead on x and y (0.1 + 0.2), b on z (0.3): equal, though not to the last bit.
    points = np.array([[9.0, 9, 1], [1, 1, 9], [0, 0, 0]])
    found = copeland(["a", "b", "c"], ["x", "y", "z"], points, np.array([0.1, 0.2, 0.3]))
    assert found.wins.tolist() == [1, 1, 0]
    assert found.ties.tolist() == [1, 1, 0]
    assert found.points.tolist() == [75, 75, 0]


def test_who_shares_nothing_holds_no_duel() -> None:
    # c has only z, which a lacks: c meets b alone. d has nothing at all.
    points = np.array([[10, 50, NAN], [10, 40, 30], [NAN, NAN, 20], [NAN, NAN, NAN]])
    found = copeland(list("abcd"), list("xyz"), points, np.array([1.0, 2, 3]))
    assert found.score.tolist() == [1, 0, -1, 0]
    np.testing.assert_array_equal(found.points, [100, 50, 0, NAN])


def test_one_unit_alone_has_no_standing() -> None:
    found = copeland(["a"], ["x"], np.array([[50.0]]), np.array([1.0]))
    assert found.score.tolist() == [0]
    assert np.isnan(found.points).all()


def test_blocks_of_rows_give_what_the_whole_matrix_gives() -> None:
    n = 2 * module.BLOCK + 3
    points = np.random.default_rng(7).integers(0, 20, (n, 5)).astype(float)
    weights = np.array([1.0, 2, 3, 4, 5])
    units = [str(i) for i in range(n)]
    matrix = outranking(units, list("vwxyz"), points, weights)
    found = copeland(units, list("vwxyz"), points, weights)
    assert (found.wins == (matrix > 0.5 + 1e-9).sum(axis=1)).all()
    assert (found.losses == (matrix < 0.5 - 1e-9).sum(axis=1)).all()
    assert found.points == pytest.approx(50 * (1 + found.score / (n - 1)))


@settings(max_examples=60, deadline=None)
@given(
    arrays(float, (6, 4), elements=st.sampled_from([NAN, 0.0, 10.0, 40.0, 70.0, 100.0])),
    arrays(float, 4, elements=st.sampled_from([0.1, 1.0, 2.5, 1 / 3])),
    st.permutations(range(6)),
    st.integers(0, 5),
    st.integers(0, 3),
)
def test_what_always_holds(
    points: np.ndarray, weights: np.ndarray, order: list[int], unit: int, child: int
) -> None:
    units, codes = list("abcdef"), list("pqrs")
    found = copeland(units, codes, points, weights)
    assert found.score.sum() == 0
    assert found.wins.sum() == found.losses.sum()
    moved = copeland(units, codes, points[order], 12 * weights)
    np.testing.assert_array_equal(moved.score, found.score[order])
    if not np.isnan(points[unit, child]):
        better = points.copy()
        better[unit, child] += 25
        assert copeland(units, codes, better, weights).score[unit] >= found.score[unit]


def test_as_a_rule_of_joining_it_takes_shares_and_several_figures() -> None:
    # The units a, b, c, d of who_shares_nothing, once as they are and once with c ahead of all.
    points = np.array([[10, 10, 0, 0], [50, 40, 0, 0], [0, 30, 20, 0]], dtype=float)
    share = np.array([[1 / 3, 1 / 6, 0, 0], [2 / 3, 1 / 3, 0, 0], [0, 1 / 2, 1, 0]])
    ahead = points.copy()
    ahead[2, 2] = 90
    found = COPELAND.join(np.stack([points, ahead]), share, 0.0)
    np.testing.assert_array_equal(found, [[100, 50, 0, NAN], [100, 0, 100, NAN]])


def test_errors_are_those_of_the_matrix() -> None:
    with pytest.raises(ValueError, match="2 rows, but there are 1 units"):
        copeland(["a"], ["x"], np.array([[1.0], [2.0]]), np.array([1.0]))
