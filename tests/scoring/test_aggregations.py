"""Rules of joining, held to values worked by hand and to the properties that they are chosen for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.aggregate import Tier, join_points
from scoring.aggregations import AGGREGATIONS, Mean, rule


def joined(
    name: str, points: list[float], weights: list[float], floor: float = 1.0, power: float = 1.0
) -> float:
    """One parent's points from its children's."""
    share = np.array(weights)[:, None] / sum(weights)
    rows = np.array(points, dtype=float)[:, None]
    size = len(points)
    tier = Tier(
        rule=rule(name, power),
        parents=slice(0, 1),
        children=slice(1, size + 1),
        parent_of=np.zeros(size, dtype=np.intp),
        turns=tuple((slice(0, 1), slice(k, k + 1)) for k in range(size)),
        families=(slice(0, size),),
        weight=share,
    )
    return float(join_points(rows, share, tier, floor)[0, 0])


# (rule, exponent, points, weights, the parent's points worked by hand)
WORKED = (
    ("arithmetic", 1, [20, 80], [1, 1], 50.0),
    ("arithmetic", 1, [20, 80], [3, 1], 35.0),
    ("geometric", 1, [20, 80], [1, 1], 40.0),  # root of 1600
    ("geometric", 1, [8, 64], [2, 1], 16.0),  # cube root of 8 x 8 x 64
    ("geometric", 1, [0, 100], [1, 1], 10.0),  # 0 counts as the floor of 1
    ("harmonic", 1, [20, 80], [1, 1], 32.0),  # 2 / (1/20 + 1/80)
    ("harmonic", 1, [40, 60], [1, 2], 51.42857142857143),  # 3 / (1/40 + 2/60)
    ("harmonic", 1, [0, 100], [1, 1], 1.9801980198019802),  # 2 / (1/1 + 1/100)
    ("power", 2, [30, 40], [1, 1], 35.35533905932738),  # root of (900 + 1600) / 2
    ("power", -1, [20, 80], [1, 1], 32.0),
    ("power", 0, [20, 80], [1, 1], 40.0),
    ("power", 1, [20, 80], [1, 1], 50.0),
    ("power", 0.5, [16, 64], [1, 1], 36.0),  # ((4 + 8) / 2) squared
    ("power", 2, [0, 0], [1, 1], 1.0),  # both count as the floor
    ("median", 1, [10, 90, 40], [1, 1, 1], 40.0),
    ("median", 1, [10, 20, 40, 90], [1, 1, 1, 1], 30.0),
    ("median", 1, [10, 20, 40], [1, 1, 4], 40.0),
    ("median", 1, [10, 20, 40], [2, 1, 1], 15.0),  # exactly half of the weight lies at 10
    ("median", 1, [10, 20, 40], [1, 0, 1], 25.0),  # what has no weight does not count
    ("minimum", 1, [30, 10, 20], [1, 1, 1], 10.0),
    ("minimum", 1, [30, 10, 20], [1, 0, 1], 20.0),
    # mean 100, sd 10: 100 - 100 / 100
    ("mazziotta_pareto", 1, [90, 110], [1, 1], 99.0),
    # mean 95, variance 25: 95 - 25 / 95
    ("mazziotta_pareto", 1, [90, 100], [1, 1], 94.73684210526316),
    ("mazziotta_pareto", 1, [70, 70, 70], [1, 1, 1], 70.0),
    # mean 25, variance 1875: 25 - 75 is below the weakest child, where it stops
    ("mazziotta_pareto", 1, [0, 0, 0, 100], [1, 1, 1, 1], 0.0),
)


@pytest.mark.parametrize(("name", "power", "points", "weights", "expected"), WORKED)
def test_the_parent_of_a_worked_family(
    name: str, power: float, points: list[float], weights: list[float], expected: float
) -> None:
    assert joined(name, points, weights, power=power) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("name", AGGREGATIONS)
def test_equal_children_give_their_own_points(name: str) -> None:
    assert joined(name, [37.5, 37.5, 37.5], [1, 2, 3], power=0.5) == pytest.approx(37.5, abs=1e-12)


@pytest.mark.parametrize("name", AGGREGATIONS)
def test_an_absent_child_does_not_count(name: str) -> None:
    with_it = joined(name, [20.0, 0.0, 60.0], [1, 0, 1], power=0.5)
    assert with_it == pytest.approx(joined(name, [20.0, 60.0], [1, 1], power=0.5), abs=1e-12)


MONOTONE = sorted(set(AGGREGATIONS) - {"mazziotta_pareto"})
POINTS = st.lists(st.floats(0, 100), min_size=2, max_size=6)


@settings(max_examples=150, deadline=None)
@given(points=POINTS, more=st.floats(0, 50), power=st.sampled_from([-2.0, 0.5, 3.0]), data=st.data())
@pytest.mark.parametrize("name", MONOTONE)
def test_more_of_a_good_thing_never_lowers_the_parent(
    name: str, points: list[float], more: float, power: float, data: st.DataObject
) -> None:
    weights = data.draw(st.lists(st.floats(0.1, 5), min_size=len(points), max_size=len(points)))
    k = data.draw(st.integers(0, len(points) - 1))
    raised = [*points[:k], points[k] + more, *points[k + 1 :]]
    assert joined(name, raised, weights, power=power) >= joined(name, points, weights, power=power) - 1e-9


@settings(max_examples=100, deadline=None)
@given(points=POINTS, factor=st.floats(0.01, 100), data=st.data())
@pytest.mark.parametrize("name", AGGREGATIONS)
def test_only_the_proportions_of_weights_count(
    name: str, points: list[float], factor: float, data: st.DataObject
) -> None:
    weights = data.draw(st.lists(st.floats(0.1, 5), min_size=len(points), max_size=len(points)))
    scaled = [weight * factor for weight in weights]
    once, again = joined(name, points, weights, power=2), joined(name, points, scaled, power=2)
    # A median may sit exactly on the line between two children, where the last bit of a weight decides.
    if name != "median":
        assert again == pytest.approx(once, abs=1e-8)


@settings(max_examples=100, deadline=None)
@given(value=st.floats(1.5, 99), power=st.sampled_from([-2.0, 0.5, 3.0]))
@pytest.mark.parametrize("name", ["arithmetic", "geometric", "harmonic", "power"])
def test_heights_turn_back_into_points_and_rise_by_their_slope(name: str, value: float, power: float) -> None:
    mean = rule(name, power)
    assert isinstance(mean, Mean)
    at = np.array([value])
    assert mean.points(mean.heights(at, 1.0))[0] == pytest.approx(value, rel=1e-9)
    step = 1e-5
    rise = (mean.heights(at + step, 1.0) - mean.heights(at - step, 1.0)) / (2 * step)
    assert mean.slope(at, 1.0)[0] == pytest.approx(float(rise[0]), rel=1e-5)
    assert mean.slope(at, 1.0)[0] > 0


@pytest.mark.parametrize(
    ("name", "power"),
    [("geometric", 1), ("harmonic", 1), ("power", 0), ("power", -0.001), ("power", -1), ("power", -50)],
)
@pytest.mark.parametrize("weight", [1.0, 0.01, 1e-9])
def test_without_a_floor_a_zero_wipes_out_the_rest(name: str, power: float, weight: float) -> None:
    """x^w with x = 0 is 0 however small w, and so is the limit of the means below it."""
    assert joined(name, [0, 100], [weight, 1], 0.0, power) == 0.0
    assert joined(name, [0, 100], [0, 1], 0.0, power) == pytest.approx(100, rel=1e-12)
    assert joined(name, [20, 80], [1, 1], 0.0, power) == joined(name, [20, 80], [1, 1], 1e-3, power)
    small = rule(name, power).heights(np.array([[0], [100]], dtype=np.float32), 0.0)
    share = np.array([[weight], [1]], dtype=np.float32) / np.float32(1 + weight)
    assert rule(name, power).points((small * share).sum(axis=0))[0] == 0


@pytest.mark.parametrize(
    ("name", "power", "message"),
    [
        ("average", 1.0, "aggregation 'average' is not known; use one of arithmetic, geometric"),
        ("power", float("nan"), "the exponent of a power mean is nan"),
    ],
)
def test_a_rule_that_does_not_exist_is_refused(name: str, power: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rule(name, power)
