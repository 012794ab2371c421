"""Rank reversal: a newcomer that swaps two others by hand, and none that could where goalposts are fixed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.model import FloatArray
from scoring.normalisations.apply import normalise
from scoring.reversal import ScoreOf, Swap, newcomers, reversals
from scoring.score import score
from tests.scoring.towns import key_features, panel_of, scored_codes, values_between_goalposts

NAN = np.nan


def by(method: str) -> ScoreOf:
    """The mean of all measurements, each normalised by the sample and all of them better when more."""

    def score_of(values: FloatArray) -> FloatArray:
        units = [f"u{i}" for i in range(len(values))]
        points = [normalise(method, column, 1, {}, code="m", units=units) for column in values.T]
        mean: FloatArray = np.mean(points, axis=0)
        return mean

    return score_of


def test_a_newcomer_who_widens_a_range_swaps_two_others() -> None:
    # a: 9 of 9 and 1 of 8, (100 + 12.5) / 2 = 56.25; b: 1 of 9 and 8 of 8, (100/9 + 100) / 2 = 55.5...
    # With 18 in the first measurement: a (50 + 12.5) / 2 = 31.25, b (100/18 + 100) / 2 = 52.7...
    values = np.array([[9.0, 1], [1, 8], [0, 0]])
    found = reversals(
        "abc", values, by("minmax"), {"wide": np.array([18.0, 0]), "inside": np.array([5.0, 5])}
    )
    assert found.pairs == 3
    assert found.reversed == (1, 0)
    assert len(found.swaps) == 1
    swap = found.swaps[0]
    assert (swap.added, swap.kind, swap.ahead, swap.behind) == ("wide", "reversed", "a", "b")
    assert swap.before == pytest.approx(25 / 36)
    assert swap.after == pytest.approx(-775 / 36)
    assert found.largest_change == (pytest.approx(25), 0)


def share_of_best(values: FloatArray) -> FloatArray:
    shares: FloatArray = (values / np.nanmax(values, axis=0)).mean(axis=1)
    return shares


def test_ties_made_and_broken_are_no_reversals() -> None:
    # a 4/4 and 1/2, b 1/4 and 2/2; with 6 and 2: a 4/6 and 1/2, b 1/6 and 2/2, which is the same.
    made = reversals("ab", np.array([[4.0, 1], [1, 2]]), share_of_best, {"x": np.array([6.0, 2])})
    assert made.swaps == (Swap("x", "tied", "a", "b", 0.125, pytest.approx(0)),)
    # a 4/4 and 1/2, b 2/4 and 2/2: equal; with 8 and 2: a 4/8 and 1/2, b 2/8 and 2/2.
    broken = reversals("ab", np.array([[4.0, 1], [2, 2]]), share_of_best, {"x": np.array([8.0, 2])})
    assert broken.swaps == (Swap("x", "parted", "b", "a", 0, pytest.approx(0.125)),)
    assert made.reversed == broken.reversed == (0,)


def test_a_unit_without_a_score_is_in_no_pair() -> None:
    values = np.array([[9.0, 1], [NAN, NAN], [0, 0]])
    found = reversals("abc", values, share_of_best, {"x": np.array([18.0, 0])})
    assert found.pairs == 1
    assert found.swaps == ()


def test_one_unit_and_no_addition_are_no_error() -> None:
    assert reversals("a", np.array([[1.0]]), share_of_best, {"x": np.array([2.0])}).reversed == (0,)
    nobody = reversals("ab", np.array([[1.0], [2.0]]), share_of_best, {})
    assert nobody.added == ()
    assert nobody.reversed == ()


@pytest.mark.parametrize(
    ("units", "row", "score_of", "words"),
    [
        ("abc", [1, 2], share_of_best, "the shape .2, 2., but there are 3 units"),
        ("ab", [1], share_of_best, "'x' has 1 values, but there are 2 leaves"),
        ("ab", [1, 2], lambda values: values, "scores of the shape .2, 2. for 2 units"),
    ],
)
def test_what_does_not_fit_is_named(units: str, row: list[float], score_of: ScoreOf, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        reversals(units, np.eye(2), score_of, {"x": np.array(row, dtype=float)})


def test_the_units_that_are_tried() -> None:
    values = np.array([[10.0, 5, 1, NAN], [20, NAN, 9, NAN]])
    found = newcomers(
        values, np.array([1.0, 2]), np.array([1, -1, 1, 1]), ["m", "n", "o", "p"], random=2, reach=0.25
    )
    np.testing.assert_array_equal(found["best"], values[1])
    np.testing.assert_array_equal(found["worst"], values[0])
    np.testing.assert_array_equal(found["dominated"], [10, 5, 1, NAN])
    np.testing.assert_array_equal(found["low:m"], [7.5, 5, 1, NAN])
    np.testing.assert_array_equal(found["high:m"], [22.5, 5, 1, NAN])
    # A quarter of the range below 1 would be -1; an amount stays above 0.
    np.testing.assert_array_equal(found["low:o"], [10, 5, 0.5, NAN])
    assert set(found) == {
        *("best", "worst", "dominated", "random:1", "random:2"),
        *("low:m", "high:m", "low:o", "high:o"),
    }
    for name in ("random:1", "random:2"):
        assert 10 <= found[name][0] <= 20
        assert found[name][1] == 5
        assert np.isnan(found[name][3])
    again = newcomers(values, np.array([1.0, 2]), np.array([1, -1, 1, 1]), ["m", "n", "o", "p"], random=1)
    np.testing.assert_array_equal(again["random:1"], found["random:1"])
    assert newcomers(values, np.array([NAN, NAN]), np.ones(4), ["m", "n", "o", "p"]) == {}


@pytest.mark.parametrize("method", ["minmax", "zscore", "share_of_maximum"])
def test_relative_normalisations_can_be_reversed_by_the_units_that_are_tried(method: str) -> None:
    values = np.random.default_rng(3).random((20, 4))
    tried = newcomers(values, by(method)(values), np.ones(4), ["m", "n", "o", "p"])
    assert any(reversals([f"u{i}" for i in range(20)], values, by(method), tried).reversed)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=8)
def test_with_fixed_goalposts_nobody_is_ever_swapped(seed: int) -> None:
    framework = key_features()
    random = np.random.default_rng(seed)
    values = values_between_goalposts(framework, random.random((6, len(scored_codes(framework)))))
    values[random.random(values.shape) < 0.1] = NAN

    def score_of(these: FloatArray) -> FloatArray:
        return score(framework, panel_of(framework, these), "core").assured[:, 0]

    facts = [framework.by_code[code].measurement for code in scored_codes(framework)]
    directions = np.array([fact.direction for fact in facts if fact is not None])
    tried = newcomers(values, score_of(values), directions, scored_codes(framework), seed=seed)
    found = reversals([f"u{i}" for i in range(6)], values, score_of, tried)
    assert found.swaps == ()
    assert not any(found.largest_change)
