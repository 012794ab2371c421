"""Effective weights: how much a child really moves its parent."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from scoring.effective import effective_weights
from scoring.score import score
from tests.scoring.towns import key_features, panel_of, scored_codes, values_between_goalposts

NAN = np.nan
CHILDREN = {"all": ("a", "b"), "b": ("b1", "b2")}


def test_by_hand() -> None:
    # Independent halves with spreads 1 and 3: the whole is (a + b) / 2, so r = 1/sqrt 10 and 3/sqrt 10,
    # and though both weigh half, b accounts for nine tenths of the differences.
    a, b = np.array([-1.0, -1, 1, 1]), np.array([-3.0, 3, -3, 3])
    points = np.column_stack([(a + b) / 2, a, b])
    first, second = effective_weights(["all", "a", "b"], points, CHILDREN, np.array([1, 0.5, 0.5]))
    assert (first.code, first.parent, first.nominal, first.units) == ("a", "all", 0.5, 4)
    assert first.correlation == pytest.approx(1 / sqrt(10))
    assert second.correlation == pytest.approx(3 / sqrt(10))
    assert (first.main_effect, second.main_effect) == pytest.approx((0.1, 0.9))
    assert (first.effective, second.effective) == pytest.approx((0.1, 0.9))


def test_effective_shares_stand_beside_the_siblings() -> None:
    # The child that follows the whole exactly and the one that runs against it count the same here; the
    # sign of the correlation tells them apart.
    points = np.array([[1.0, 2, 9], [2, 4, 6], [3, 6, 3], [4, 8, 0]])
    found = effective_weights(["all", "a", "b"], points, CHILDREN, np.array([1, 0.9, 0.1]))
    assert [one.correlation for one in found] == pytest.approx([1, -1])
    assert [one.effective for one in found] == pytest.approx([0.5, 0.5])
    assert [one.nominal for one in found] == pytest.approx([0.9, 0.1])


def test_gaps_constants_and_levels() -> None:
    # all, a, b, b1, b2: b2 is the same everywhere; a has a blank; b follows b1.
    points = np.array([[10.0, 1, 5, 5, 7], [20, 3, 6, 6, 7], [40, NAN, 8, 8, 7], [30, 4, 2, 2, 7]])
    found = effective_weights(
        ["all", "a", "b", "b1", "b2"], points, CHILDREN, np.array([1, 0.4, 0.6, 0.45, 0.15])
    )
    assert [(one.code, one.parent, one.units) for one in found] == [
        ("a", "all", 3),
        ("b", "all", 4),
        ("b1", "b", 4),
        ("b2", "b", 4),
    ]
    assert found[0].correlation == pytest.approx(np.corrcoef([1, 3, 4], [10, 20, 30])[0, 1])
    assert found[2].nominal == pytest.approx(0.75)
    assert found[2].effective == pytest.approx(1)
    assert np.isnan([found[3].correlation, found[3].main_effect, found[3].effective]).all()


def test_two_units_say_nothing() -> None:
    found = effective_weights(["all", "a"], np.array([[1.0, 2], [3, 5]]), CHILDREN, np.array([1.0, 1.0]))
    assert np.isnan(found[0].correlation)
    assert np.isnan(found[0].effective)
    assert (found[0].nominal, found[0].units) == (1.0, 2)


def test_every_node_of_the_framework_has_one() -> None:
    framework = key_features()
    way = np.random.default_rng(3).uniform(0, 1, (30, len(scored_codes(framework))))
    scores = score(framework, panel_of(framework, values_between_goalposts(framework, way)), "full")
    found = effective_weights(scores.nodes, scores.assured, framework.children, scores.nominal)
    assert sorted(one.code for one in found) == sorted(set(scores.nodes) - {framework.root})
    for parent in {one.parent for one in found}:
        family = [one for one in found if one.parent == parent]
        assert sum(one.nominal for one in family) == pytest.approx(1)
        assert sum(one.effective for one in family) == pytest.approx(1)
    assert all(one.correlation > 0 for one in found if one.parent == framework.root)


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match=r"points have the shape \(2, 2\).*units x 3"):
        effective_weights(["all", "a", "b"], np.zeros((2, 2)), CHILDREN, np.ones(3))
