"""Rank bands of marks: how wide, against theory; and what must not change them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.marks.bands import mark_bands
from scoring.marks.sheet import Marks, marks_of
from scoring.model import DrawSettings
from tests.scoring.panels import drawn_marks, marks

NO = np.nan
STILL = DrawSettings(draws=4_000, weights=0.0)


def test_what_nobody_doubts_is_sure() -> None:
    found = mark_bands(marks([[5, 4, 4, 1]] * 3), STILL)
    assert found.sure.rank.tolist() == [[1, 1, 1], [2, 2, 2], [2, 2, 2], [4, 4, 4]]
    assert found.band.tolist() == [1, 2, 2, 3]
    assert found.sure.above is not None
    assert found.sure.above[0].tolist() == [0, 1, 1, 1]
    assert found.sure.above[1].tolist() == [0, 0, 0, 1]
    assert found.sure.score[:, 1] == pytest.approx([5, 4, 4, 1], abs=0.005)


def test_the_width_is_that_of_a_mean_of_so_many_jurors() -> None:
    # Spread of the mean of n marks: their standard deviation divided by the root of n.
    rng = np.random.default_rng(1)
    for jurors in (3, 12):
        table = rng.normal(3, 0.5, (jurors, 40))
        found = mark_bands(marks(table), DrawSettings(draws=4_000, weights=0.0, low=0.16, high=0.84))
        half = (found.sure.score[:, 2] - found.sure.score[:, 0]) / 2
        of_mean = table.std(axis=0, ddof=1) / jurors**0.5
        assert np.mean(half / of_mean) == pytest.approx(1.0, abs=0.12)


def test_weights_move_who_is_good_at_one_thing_alone() -> None:
    # Weights of 1/2 +- 25 %: the share of the first is 0.5 at most 0.625, so 5 and 1 come to 2.5 to 3.5.
    found = mark_bands(marks([[[5, 1], [3, 3]]] * 2), DrawSettings(draws=4_000, weights=0.25))
    low, middle, high = found.sure.score[0]
    assert 2.5 <= low < middle < high <= 3.5
    # The first's share is 1/2 + a quarter of the difference d of both factors, nearly; d is triangular up to 0.5
    # and exceeds t in (0.5 - t)^2 / 0.5 of all draws: 5 % at 0.342, which is 0.342 points.
    assert (middle, high - low) == (pytest.approx(3, abs=0.02), pytest.approx(0.684, abs=0.03))
    assert found.sure.score[1] == pytest.approx([3, 3, 3], abs=0.005)


def test_indicators_move_within_their_half_width() -> None:
    panel, width = marks([[3, 3]] * 3), np.array([[0.5], [0.0]])
    found = mark_bands(panel, STILL, width)
    # Evenly from 2.5 to 3.5: 5 % and 95 % lie at 2.55 and 3.45.
    assert found.sure.score[0] == pytest.approx([2.55, 3, 3.45], abs=0.03)
    assert found.sure.score[1] == pytest.approx([3, 3, 3], abs=0.005)
    still = mark_bands(panel, DrawSettings(draws=100, weights=0.0, evidence=False), width)
    assert still.sure.score[0] == pytest.approx([3, 3, 3], abs=0.005)


def test_a_single_mark_borrows_the_panels_spread() -> None:
    table = np.array([[2, 2, 2, 2.0], [4, 4, 4, NO]])
    found = mark_bands(marks(table), DrawSettings(draws=4_000, weights=0.0))
    assert found.borrowed[:, 0].tolist() == [False, False, False, True]
    # Standard deviation of 2 and 4: root of 2; 5 % and 95 % at 1.645 of it.
    assert found.sure.score[3] == pytest.approx([2 - 2.33, 2, 2 + 2.33], abs=0.15)


def test_who_takes_no_part_has_no_rank() -> None:
    found = mark_bands(marks([[5, 4, NO], [5, 4, NO]]), STILL, takes_part=np.array([False, True, True]))
    assert found.band.tolist() == [0, 1, 0]
    assert np.isnan(found.sure.rank[[0, 2]]).all()
    assert np.isnan(found.sure.score[2]).all()


def test_wrong_half_widths_are_named() -> None:
    with pytest.raises(ValueError, match="'c01', 'k0': a half-width is 0 or more"):
        mark_bands(marks([[1, 2]]), STILL, np.array([[0.1], [NO]]))
    with pytest.raises(ValueError, match="cities x criteria are"):
        mark_bands(marks([[1, 2]]), STILL, np.zeros(2))


@given(st.permutations(range(5)), st.permutations(range(8)))
@settings(max_examples=15, deadline=None)
def test_the_order_of_jurors_and_cities_changes_nothing(jurors: list[int], cities: list[int]) -> None:
    few = DrawSettings(draws=200)
    _, table = drawn_marks(np.random.default_rng(9), np.ones((5, 8), dtype=bool), (0.6, 0.3, 0.4))
    panel = marks(np.round(table * 2) / 2)
    other = Marks(
        tuple(panel.jurors[j] for j in jurors),
        tuple(panel.cities[i] for i in cities),
        panel.criteria,
        panel.values[jurors][:, cities],
        panel.weights,
    )
    one, two = mark_bands(panel, few), mark_bands(other, few)
    # Sums in another order differ in their last digits, which may tip a tie or a last decimal in a draw.
    assert two.sure.score == pytest.approx(one.sure.score[cities], abs=0.02)
    assert two.sure.rank_shares @ np.arange(1, 9) == pytest.approx(
        one.sure.rank_shares[cities] @ np.arange(1, 9), abs=0.1
    )


def test_who_else_takes_part_changes_no_score() -> None:
    _, table = drawn_marks(np.random.default_rng(9), np.ones((5, 8), dtype=bool), (0.6, 0.3, 0.4))
    panel = marks(table)
    fewer = marks_of(panel.jurors, panel.cities[:3], panel.criteria, panel.values[:, :3])
    few = DrawSettings(draws=500)
    assert mark_bands(fewer, few).sure.score == pytest.approx(mark_bands(panel, few).sure.score[:3], abs=0.01)
