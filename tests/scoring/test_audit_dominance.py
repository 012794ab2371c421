"""Dominance pairs by hand under each way with gaps, and what weights can never turn round."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.audit.dominance import dominance

NAN = np.nan
#         k  l  m
ROWS = [
    [3.0, 3, 3],  # a
    [3.0, 2, 3],  # b: not better than a anywhere
    [4.0, 1, 1],  # c: better than a in k
    [3.0, 3, 3],  # d: a's equal
    [2.0, 2, NAN],  # e: below a, b, d in what it has
    [NAN, NAN, NAN],  # f
]


@pytest.mark.parametrize(
    ("missing", "share", "pairs", "compared"),
    [
        ("common", 0.65, {"ab", "db", "ae", "be", "de"}, 10),
        # e has two of three in common with the others, which is too little here.
        ("common", 0.7, {"ab", "db"}, 6),
        ("lowest", 0.65, {"ab", "db", "ae", "be", "de"}, 10),
        ("complete", 0.65, {"ab", "db"}, 6),
    ],
)
def test_dominance_by_hand(missing: str, share: float, pairs: set[str], compared: int) -> None:
    found = dominance("abcdef", "klm", np.array(ROWS), missing, share)
    assert {better + worse for better, worse in found.pairs()} == pairs
    assert found.share == pytest.approx(len(pairs) / compared)
    assert found.missing == missing


def test_a_blank_at_its_lowest_loses_to_whoever_has_more() -> None:
    rows = np.array([[5.0, NAN], [5.0, 1.0]])
    assert dominance("ab", "kl", rows, "lowest").pairs() == (("b", "a"),)
    assert dominance("ab", "kl", rows, "lowest", lowest=1.0).pairs() == ()
    assert dominance("ab", "kl", rows, "common", share=0.5).pairs() == ()


def test_a_measurement_that_nobody_answered_keeps_nobody_from_being_complete() -> None:
    rows = np.array([[2.0, NAN], [1.0, NAN]])
    for missing in ("common", "complete", "lowest"):
        assert dominance("ab", "kl", rows, missing).pairs() == (("a", "b"),)


def test_equal_up_to_rounding_is_equal() -> None:
    assert dominance("ab", "k", np.array([[0.1 + 0.2], [0.3]])).pairs() == ()


def test_one_unit_and_none_with_an_answer_are_no_error() -> None:
    alone = dominance("a", "k", np.array([[1.0]]))
    assert (alone.pairs(), alone.share) == ((), 0.0)
    blank = dominance("ab", "k", np.full((2, 1), NAN))
    assert (blank.pairs(), blank.share) == ((), 0.0)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"missing": "mean"}, "missing is 'mean'; use one of common, lowest, complete"),
        ({"share": 1.5}, "share is 1.5"),
        ({"units": "abc"}, "2 rows, but there are 3 units"),
    ],
)
def test_what_does_not_fit_is_named(settings: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        dominance(**({"units": "ab", "codes": "kl", "points": np.eye(2)} | settings))  # type: ignore[arg-type]


@given(seed=st.integers(0, 2**32 - 1))
def test_no_weights_raise_the_dominated_above_who_dominates(seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = random.integers(0, 3, (12, 3)).astype(float)
    found = dominance([f"u{i}" for i in range(12)], "klm", rows)
    weights = random.random(3)
    means = rows @ weights / weights.sum()
    better, worse = np.nonzero(found.dominates)
    assert (means[better] >= means[worse] - 1e-12).all()
    assert not (found.dominates & found.dominates.T).any()
    # With nothing missing the relation is transitive.
    steps = found.dominates.astype(int)
    assert not ((steps @ steps > 0) & ~found.dominates).any()


def test_more_units_than_are_compared_at_once() -> None:
    rows = np.random.default_rng(1).integers(0, 4, (300, 2)).astype(float)
    found = dominance([str(i) for i in range(300)], "kl", rows)
    no_worse = (rows[:, None] >= rows).all(axis=2)
    better = (rows[:, None] > rows).any(axis=2)
    np.testing.assert_array_equal(found.dominates, no_worse & better)
