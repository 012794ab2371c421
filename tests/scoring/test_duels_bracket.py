"""Duels of units at their worst and at their best: what hiding a value can gain, and what a bracket holds."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.copeland import between, copeland

NAN = np.nan
PARTS = arrays(float, st.tuples(st.integers(2, 6), st.just(3)), elements=st.integers(0, 10).map(float))
WEIGHTS = st.lists(st.integers(1, 4), min_size=3, max_size=3).map(lambda found: np.array(found) / sum(found))


def test_each_at_its_worst_against_the_others_at_their_best() -> None:
    """a has nothing or 10 in y: it loses to b with nothing and beats it with 10; c is beaten by both."""
    worst = np.array([[5.0, 0], [4, 6], [1, 1]])
    best = np.array([[5.0, 10], [4, 6], [1, 1]])
    weights = np.array([0.4, 0.6])
    least, most = between(worst, best, weights), between(best, worst, weights)
    # a at its worst loses to c too, which has 1 in y.
    assert least.points.tolist() == [0.0, 50.0, 0.0]
    assert most.points.tolist() == [100.0, 100.0, 50.0]
    assert (most.wins.tolist(), most.losses.tolist(), most.ties.tolist()) == ([2, 2, 1], [0, 0, 1], [0, 0, 0])


@settings(deadline=None)
@given(PARTS, WEIGHTS)
def test_without_blanks_both_ends_are_the_points(points: np.ndarray, weights: np.ndarray) -> None:
    names = [str(unit) for unit in range(len(points))]
    found = copeland(names, list("xyz"), points, weights)
    np.testing.assert_array_equal(between(points, points, weights).points, found.points)


@settings(deadline=None)
@given(PARTS, WEIGHTS, st.data())
def test_the_bracket_holds_the_points_and_hiding_gains_nothing(
    points: np.ndarray, weights: np.ndarray, data: st.DataObject
) -> None:
    """Blanks that some value stands behind: points of that value lie within, and a further blank lowers the least."""
    blank = data.draw(arrays(bool, points.shape))
    worst, best = np.where(blank, 0.0, points), np.where(blank, 10.0, points)
    least, most = between(worst, best, weights).points, between(best, worst, weights).points
    full = between(points, points, weights).points
    assert (least <= full).all()
    assert (full <= most).all()
    unit, part = data.draw(st.integers(0, len(points) - 1)), data.draw(st.integers(0, 2))
    hidden = worst.copy()
    hidden[unit, part] = 0.0
    wider = best.copy()
    wider[unit, part] = 10.0
    assert between(hidden, wider, weights).points[unit] <= least[unit]


@settings(deadline=None)
@given(PARTS, WEIGHTS, st.data())
def test_duels_on_what_both_have_lie_within_the_bracket(
    points: np.ndarray, weights: np.ndarray, data: st.DataObject
) -> None:
    """Where every two units have a part in common, the first one here, so that all duels are held."""
    blank = data.draw(arrays(bool, points.shape))
    blank[:, 0] = False
    names = [str(unit) for unit in range(len(points))]
    found = copeland(names, list("xyz"), np.where(blank, NAN, points), weights).points
    worst, best = np.where(blank, 0.0, points), np.where(blank, 10.0, points)
    assert (between(worst, best, weights).points <= found).all()
    assert (found <= between(best, worst, weights).points).all()
