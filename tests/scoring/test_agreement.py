"""Rank agreement: worked by hand, and beside SciPy on lists with ties and gaps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scoring.agreement import kendall, mid_ranks, spearman

NAN = np.nan


def test_equal_values_share_the_mean_of_their_places() -> None:
    assert mid_ranks(np.array([30.0, 10, 20, 20, 50])).tolist() == [4, 1, 2.5, 2.5, 5]
    assert mid_ranks(np.array([7.0, 7, 7])).tolist() == [2, 2, 2]
    assert mid_ranks(np.array([])).tolist() == []


@pytest.mark.parametrize(
    ("one", "other", "rho", "tau"),
    [
        ([1, 2, 3, 4], [10, 20, 30, 40], 1, 1),
        ([1, 2, 3, 4], [4, 3, 2, 1], -1, -1),
        # d = 0, -1, 1, 0: rho = 1 - 6 x 2 / (4 x 15); one pair of six is discordant.
        ([1, 2, 3, 4], [1, 3, 2, 4], 0.8, 4 / 6),
        # One of six pairs is tied in the first, the other five agree: tau-b = 5 / sqrt(5 x 6).
        ([1, 2, 2, 3], [1, 3, 2, 4], 4.5 / np.sqrt(4.5 * 5), 5 / np.sqrt(30)),
        # The blank takes no part.
        ([1, NAN, 2, 3, 4], [1, 9, 3, 2, 4], 0.8, 4 / 6),
    ],
)
def test_agreement_by_hand(one: list[float], other: list[float], rho: float, tau: float) -> None:
    assert spearman(np.array(one, float), np.array(other, float)) == pytest.approx(rho)
    assert kendall(np.array(one, float), np.array(other, float)) == pytest.approx(tau)


@pytest.mark.parametrize(
    ("one", "other"),
    [([], []), ([1], [2]), ([1, 2], [1, 2]), ([1, 1, 1], [1, 2, 3]), ([1, NAN, 3, 4], [1, 2, NAN, 4])],
)
def test_agreement_that_cannot_be_said(one: list[float], other: list[float]) -> None:
    assert np.isnan(spearman(np.array(one, float), np.array(other, float)))
    assert np.isnan(kendall(np.array(one, float), np.array(other, float)))


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=40).filter(
        lambda pairs: len({x for x, _ in pairs}) > 1 and len({y for _, y in pairs}) > 1
    )
)
def test_agreement_is_what_scipy_finds(pairs: list[tuple[int, int]]) -> None:
    x, y = np.array(pairs, dtype=float).T
    assert spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-12)
    assert kendall(x, y) == pytest.approx(stats.kendalltau(x, y).statistic, abs=1e-12)


def test_more_units_than_are_held_at_once() -> None:
    random = np.random.default_rng(7)
    x, y = random.integers(0, 50, (2, 700)).astype(float)
    assert kendall(x, y) == pytest.approx(stats.kendalltau(x, y).statistic, abs=1e-12)
