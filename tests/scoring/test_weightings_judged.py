"""Weights that people set: equal, given, budget allocation and the analytic hierarchy process."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given as with_any
from hypothesis import settings
from hypothesis import strategies as st

from scoring.model import FloatArray
from scoring.weightings import NEEDS, WEIGHTINGS, weigh
from scoring.weightings.ahp import RANDOM_INDEX, Judgement, consistent_weights, priorities
from scoring.weightings.budget import allocate
from scoring.weightings.equal import equal
from scoring.weightings.given import given


def judgements(text: str) -> FloatArray:
    """A matrix of comparisons as printed: rows divided by "|", fractions such as 1/3."""
    return np.array([[float(Fraction(cell)) for cell in row.split()] for row in text.split("|")])


def names(matrix: FloatArray) -> list[str]:
    return [f"c{i + 1}" for i in range(len(matrix))]


# Saaty, "How to make a decision: the analytic hierarchy process", European Journal of Operational
# Research 48 (1990): buying a house (size, bus, neighbourhood, age, yard, facilities, condition, financing).
HOUSE = judgements(
    "1 5 3 7 6 6 1/3 1/4 | 1/5 1 1/3 5 3 3 1/5 1/7 | 1/3 3 1 6 3 4 6 1/5 | 1/7 1/5 1/6 1 1/3 1/4 1/7 1/8 |"
    "1/6 1/3 1/3 3 1 1/2 1/5 1/6 | 1/6 1/3 1/4 4 2 1 1/5 1/6 | 3 5 1/6 7 5 5 1 1/2 | 4 7 5 8 6 6 2 1"
)
# Saaty, The Analytic Hierarchy Process (1980): wealth of seven nations by one person's judgement.
NATIONS = judgements(
    "1 4 9 6 6 5 5 | 1/4 1 7 5 5 3 4 | 1/9 1/7 1 1/5 1/5 1/7 1/5 | 1/6 1/5 5 1 1 1/3 1/3 |"
    "1/6 1/5 5 1 1 1/3 1/3 | 1/5 1/3 7 3 3 1 2 | 1/5 1/4 5 3 3 1/2 1"
)
# Saaty, "Decision making with the analytic hierarchy process", International Journal of Services
# Sciences 1 (2008): how much is drunk in the United States (coffee, wine, tea, beer, sodas, milk, water).
DRINKS = judgements(
    "1 9 5 2 1 1 1/2 | 1/9 1 1/3 1/9 1/9 1/9 1/9 | 1/5 3 1 1/3 1/4 1/3 1/9 | 1/2 9 3 1 1/2 1 1/3 |"
    "1 9 4 2 1 2 1/2 | 1 9 3 1 1/2 1 1/3 | 2 9 9 3 2 3 1"
)
# For three children lambda = 1 + q^(1/3) + q^(-1/3) with q = a13 / (a12 a23), and the weights are the
# geometric means of the rows. Here q = 8: rows 2, 1, 1/2, lambda 3.5, CI 0.25, CR 0.25 / 0.58.
BY_HAND = judgements("1 1 8 | 1 1 1 | 1/8 1 1")


@pytest.mark.parametrize(
    ("matrix", "weights", "largest", "index", "ratio", "accepted"),
    [
        (HOUSE, [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333], 9.669, 0.238, 0.169, False),
        (NATIONS, [0.427, 0.230, 0.021, 0.052, 0.052, 0.123, 0.094], 7.608, 0.10, 0.08, True),
        (DRINKS, [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], None, None, 0.022, True),
        (BY_HAND, [4 / 7, 2 / 7, 1 / 7], 3.5, 0.25, 0.25 / 0.58, False),
    ],
    ids=["house", "nations", "drinks", "by hand"],
)
def test_priorities_as_published(
    matrix: FloatArray,
    weights: list[float],
    largest: float | None,
    index: float | None,
    ratio: float,
    accepted: bool,
) -> None:
    found = priorities(names(matrix), matrix)
    assert found.weights == pytest.approx(weights, abs=0.0006)
    if largest is not None:
        assert found.largest_eigenvalue == pytest.approx(largest, abs=0.0006)
        assert found.consistency_index == pytest.approx(index, abs=0.002)
    assert found.consistency_ratio == pytest.approx(ratio, abs=0.0034)
    assert found.accepted is accepted


@pytest.mark.parametrize("n", range(1, len(RANDOM_INDEX) + 1))
def test_judgements_that_agree_give_back_their_ratios(n: int) -> None:
    weights = np.arange(1.0, n + 1)
    found = priorities([f"c{i}" for i in range(n)], weights[:, None] / weights)
    assert found.weights == pytest.approx(weights / weights.sum())
    assert found.consistency_ratio == pytest.approx(0, abs=1e-12)
    assert (found.accepted, found.least_consistent) == (True, ())


def test_the_random_index_is_saatys_table() -> None:
    assert RANDOM_INDEX == (
        0,
        0,
        0.58,
        0.90,
        1.12,
        1.24,
        1.32,
        1.41,
        1.45,
        1.49,
        1.51,
        1.48,
        1.56,
        1.57,
        1.59,
    )


def test_contradicting_judgements_are_refused_and_the_worst_three_are_named() -> None:
    # Saaty (2003) singles out neighbourhood against condition (6, where the rest suggests about 1).
    named = ["size", "bus", "neighbourhood", "age", "yard", "facilities", "condition", "financing"]
    worst = priorities(named, HOUSE).least_consistent
    assert [(one.first, one.second, round(one.said, 2)) for one in worst] == [
        ("neighbourhood", "condition", 6.0),
        ("size", "neighbourhood", 3.0),
        ("size", "condition", 0.33),
    ]
    assert worst[0].implied == pytest.approx(0.188 / 0.167, abs=0.01)
    with pytest.raises(
        ValueError, match=r"ratio 0\.169, at most 0\.10 .* neighbourhood to condition was set at 6"
    ):
        consistent_weights(named, HOUSE)


def test_accepted_judgements_are_the_default_weights() -> None:
    assert (consistent_weights(names(NATIONS), NATIONS) == priorities(names(NATIONS), NATIONS).weights).all()
    assert consistent_weights(names(HOUSE), HOUSE, accepted_ratio=0.2)[7] == pytest.approx(0.333, abs=0.0006)


def test_by_hand_the_worst_judgement_is_the_one_that_breaks_the_chain() -> None:
    # Weights 4 : 2 : 1, so every judgement is off by a factor of 2; equal errors stand in their order.
    assert priorities(["a", "b", "c"], BY_HAND).least_consistent == (
        Judgement("a", "b", 1.0, pytest.approx(2.0)),
        Judgement("a", "c", 8.0, pytest.approx(4.0)),
        Judgement("b", "c", 1.0, pytest.approx(2.0)),
    )


def test_reciprocals_with_two_decimals_are_put_right() -> None:
    rounded = np.array([[1, 3.0], [0.33, 1]])
    found = priorities(["a", "b"], rounded)
    assert found.weights == pytest.approx([0.75, 0.25], abs=0.002)
    assert found.consistency_ratio == 0


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ("1 3 | 1/2 1", r"a compared with b: 3 and 0\.5 are not reciprocal; write 1/3 beside 3"),
        ("2 3 | 1/3 1", "a compared with a: 2 and 2 are not reciprocal; nothing outweighs itself"),
        ("1 0 | 0 1", "a compared with b: 0 is no judgement"),
        ("1 -2 | -1/2 1", "a compared with b: -2 is no judgement"),
        ("1 2 3 | 1 2 3", r"shape \(2, 3\); the names ask for \(2, 2\)"),
    ],
)
def test_wrong_judgements_are_named(matrix: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        priorities(["a", "b"], judgements(matrix))


def test_more_than_fifteen_children_are_not_compared_two_by_two() -> None:
    with pytest.raises(ValueError, match=r"16 children are too many .* groups of at most 15"):
        priorities([f"c{i}" for i in range(16)], np.ones((16, 16)))


@settings(max_examples=60, deadline=None)
@with_any(st.lists(st.integers(-8, 8), min_size=6, max_size=6))
def test_a_stronger_judgement_never_lowers_the_weight_and_order_does_not_matter(steps: list[int]) -> None:
    matrix = np.ones((4, 4))
    matrix[np.triu_indices(4, 1)] = [float(s + 1) if s >= 0 else 1 / (1 - s) for s in steps]
    matrix = np.where(np.tri(4, k=-1, dtype=bool), 1 / matrix.T, matrix)
    codes = ["a", "b", "c", "d"]
    weights = priorities(codes, matrix).weights
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()
    turned = priorities(codes[::-1], matrix[::-1, ::-1]).weights
    assert turned[::-1] == pytest.approx(weights, rel=1e-9)
    stronger = matrix.copy()
    stronger[0, 1], stronger[1, 0] = 2 * matrix[0, 1], matrix[1, 0] / 2
    assert priorities(codes, stronger).weights[0] > weights[0]


def test_budget_allocation_by_hand() -> None:
    # Ann gives 50, 30, 20 of 100; Bo 2, 2, 6 of 10: shares .5 .3 .2 and .2 .2 .6.
    found = allocate(["a", "b", "c"], ["Ann", "Bo"], np.array([[50.0, 30, 20], [2, 2, 6]]))
    assert found.weights == pytest.approx([0.35, 0.25, 0.4])
    assert found.shares == pytest.approx(np.array([[0.5, 0.3, 0.2], [0.2, 0.2, 0.6]]))
    assert found.lowest == pytest.approx([0.2, 0.2, 0.2])
    assert found.highest == pytest.approx([0.5, 0.3, 0.6])
    # Two values d apart have the standard deviation d / sqrt 2.
    assert found.spread == pytest.approx(np.array([0.3, 0.1, 0.4]) / np.sqrt(2))


def test_a_single_expert_has_no_spread() -> None:
    found = allocate(["a", "b"], ["Ann"], np.array([[25.0, 75]]))
    assert found.weights == pytest.approx([0.25, 0.75])
    assert np.isnan(found.spread).all()


@pytest.mark.parametrize(
    ("experts", "amounts", "message"),
    [
        (["Ann", "Bo"], [[1, 1], [3, -1]], r"Bo: the amount for b \(-1\) is negative"),
        (["Ann", "Bo"], [[1, 1], [0, 0]], "Bo gave nothing to any child"),
        (["Ann", "Bo"], [[np.nan, 1], [1, 1]], r"Ann: the amount for a \(nan\) is no number; write 0"),
        (["Ann", "Bo"], [[1, np.inf], [1, 1]], "Ann: the amount for b"),
        (["Ann", "Ann"], [[1, 1], [1, 1]], "Ann is named twice"),
        (["Ann"], [[1, 1], [1, 1]], r"shape \(2, 2\); the names ask for \(1, 2\)"),
        ([], [], "at least one expert"),
    ],
)
def test_wrong_budgets_are_refused_by_the_experts_name(
    experts: list[str], amounts: list[list[float]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        allocate(["a", "b"], experts, np.array(amounts))


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([1, 3], [0.25, 0.75]), ([0, 5], [0, 1]), ([1e308, 1e308], [0.5, 0.5]), ([5e-324, 5e-324], [0.5, 0.5])],
)
def test_given_weights_are_shares_of_their_sum(numbers: list[float], expected: list[float]) -> None:
    assert given(["a", "b"], np.array(numbers)).tolist() == expected


@pytest.mark.parametrize(
    ("codes", "numbers", "message"),
    [
        (["a", "1.10"], [1, -1], "1.10: the weight -1 is negative"),
        (["a", "b"], [np.nan, 1], "a: the weight nan is no number; write 0"),
        (["a", "b"], [np.inf, 1], "a: the weight inf is no number"),
        (["a", "b"], [0, 0], "weights of a, b are all 0"),
        (["a", "b"], [1], r"shape \(1,\); the names ask for \(2,\)"),
        (["a", "a"], [1, 1], "a is named twice"),
        ([], [], "nothing to weigh"),
    ],
)
def test_wrong_given_weights_are_named(codes: list[str], numbers: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        given(codes, np.array(numbers))


def test_equal_weights() -> None:
    assert equal(["a", "b", "c", "d"]).tolist() == [0.25] * 4
    with pytest.raises(ValueError, match="nothing to weigh"):
        equal([])


POINTS = np.array([[80.0, 20, 50], [40, 90, 10], [60, 30, 30], [10, 50, 70], [35, 70, 90]])
ARRAYS: dict[str, FloatArray | None] = {
    "nothing": None,
    "numbers": np.array([1.0, 2, 5]),
    "experts": np.array([[10.0, 20, 70], [40, 30, 30]]),
    "comparisons": judgements("1 2 4 | 1/2 1 3 | 1/4 1/3 1"),
    "points": POINTS,
}


@pytest.mark.parametrize("method", WEIGHTINGS)
def test_every_method_gives_weights_that_sum_to_one(method: str) -> None:
    rule = WEIGHTINGS[method]
    weights = weigh(method, ["a", "b", "c"], ARRAYS[rule.needs])
    assert weights.shape == (3,)
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert (weights >= 0).all()
    assert rule.needs in NEEDS
    assert rule.data_driven == (rule.needs == "points")
    assert rule.note.startswith("A robustness check") == rule.data_driven


def test_weighing_names_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="weighting 'median' is not known; use one of equal, given"):
        weigh("median", ["a"])
    with pytest.raises(ValueError, match="weighting 'ahp' needs comparisons: children x children"):
        weigh("ahp", ["a"])
