"""Who is better than whom: the outranking matrix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.outranking import outranking

NAN = np.nan

# Munda and Nardo, Non-compensatory/non-linear composite indicators for ranking countries (2009), also in
# the OECD and JRC handbook (2008): product per head, unemployment, waste, inequality and crime of three
# countries; all but the first are better when lower. Waste has twice the weight of the others.
COUNTRIES = np.array(
    [[25000, -0.15, -0.4, -9.2, -40], [45000, -0.10, -0.7, -13.2, -52], [20000, -0.08, -0.35, -5.3, -80]]
)
FIELDS = ["product", "unemployment", "waste", "inequality", "crime"]


def test_the_handbooks_example() -> None:
    matrix = outranking(["A", "B", "C"], FIELDS, COUNTRIES, np.array([1, 1, 2, 1, 1]))
    expected = [[3 / 6, 4 / 6, 2 / 6], [2 / 6, 3 / 6, 2 / 6], [4 / 6, 4 / 6, 3 / 6]]
    assert matrix == pytest.approx(np.array(expected))


def test_ties_and_blanks_by_hand() -> None:
    # a: 10 50 blank; b: 10 40 30; c: blank blank 20; d: blank throughout. Weights 1, 2, 3.
    points = np.array([[10, 50, NAN], [10, 40, 30], [NAN, NAN, 20], [NAN, NAN, NAN]])
    matrix = outranking(list("abcd"), list("xyz"), points, np.array([1.0, 2, 3]))
    # a and b share x (tie: half of 1) and y (2 for a): (0.5 + 2) / 3. b beats c on z; a and c share nothing.
    expected = [
        [0.5, 2.5 / 3, NAN, NAN],
        [0.5 / 3, 0.5, 1.0, NAN],
        [NAN, 0.0, 0.5, NAN],
        [NAN, NAN, NAN, NAN],
    ]
    np.testing.assert_allclose(matrix, np.array(expected), atol=1e-15)


def test_differences_up_to_the_tie_are_ties() -> None:
    points = np.array([[50.0], [52.0]])
    assert outranking(["a", "b"], ["x"], points, np.array([1.0]), tie=2)[0, 1] == 0.5
    assert outranking(["a", "b"], ["x"], points, np.array([1.0]), tie=1.9)[0, 1] == 0.0
    nearly = np.array([[0.1 + 0.2], [0.3]])
    assert outranking(["a", "b"], ["x"], nearly, np.array([1.0]))[0, 1] == 0.5


@pytest.mark.parametrize(
    ("points", "weights", "tie", "message"),
    [
        ([[1, np.inf], [2, 3]], [1, 1], 0, r"y has an infinite value.*\(units concerned: 1\)"),
        ([[1, 2]], [1, 1], 0, "1 rows, but there are 2 units"),
        ([[1], [2]], [1, 1], 0, r"shape \(2, 1\); units x 2 children"),
        ([[1, 2], [3, 4]], [1, -1], 0, "y: the weight -1 is negative"),
        ([[1, 2], [3, 4]], [0, 0], 0, "all 0"),
        ([[1, 2], [3, 4]], [1, 1], -1, "tie is -1"),
        ([[1, 2], [3, 4]], [1, 1], NAN, "tie is nan"),
    ],
)
def test_wrong_input_is_named(
    points: list[list[float]], weights: list[float], tie: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        outranking(["a", "b"], ["x", "y"], np.array(points), np.array(weights), tie)


@settings(max_examples=60, deadline=None)
@given(
    arrays(float, (6, 4), elements=st.sampled_from([NAN, 0.0, 10.0, 33.3, 100 / 3, 70.0, 100.0])),
    arrays(float, 4, elements=st.sampled_from([0.1, 1.0, 2.5, 1 / 3])),
    st.permutations(range(6)),
)
def test_what_always_holds(points: np.ndarray, weights: np.ndarray, order: list[int]) -> None:
    codes = ["p", "q", "r", "s"]
    matrix = outranking(list("abcdef"), codes, points, weights)
    known = ~np.isnan(matrix)
    assert (known == known.T).all()
    assert (matrix + matrix.T)[known] == pytest.approx(1.0, abs=1e-12)
    moved = outranking(list("abcdef"), codes, points[order], weights)
    np.testing.assert_array_equal(moved, matrix[np.ix_(order, order)])
    np.testing.assert_allclose(outranking(list("abcdef"), codes, points, 1000 * weights), matrix, atol=1e-12)
    # Only the order counts, not the distances.
    np.testing.assert_allclose(outranking(list("abcdef"), codes, points**3, weights), matrix, atol=1e-12)
