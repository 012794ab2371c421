"""Weights that the units' points suggest: entropy, CRITIC and principal components."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, log, sin, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.model import FloatArray
from scoring.weightings.correlation import correlations
from scoring.weightings.critic import critic
from scoring.weightings.entropy import entropy
from scoring.weightings.pca import components
from scoring.weightings.varimax import varimax

NAN = np.nan
Weigh = Callable[[Sequence[str], FloatArray], object]

# OECD and JRC, Handbook on Constructing Composite Indicators (2008), appendix: indicators of the
# Technology Achievement Index for 23 countries (telephones and electricity as logarithms).
TECHNOLOGY = (
    *("patents", "royalties", "internet", "exports"),
    *("telephones", "electricity", "schooling", "university"),
)
TECHNOLOGY_POINTS = np.array(
    [
        [187, 125.6, 200.2, 50.7, 3.08, 4.15, 10, 27.4],  # Finland
        [289, 130, 179.1, 66.2, 3.00, 4.07, 12, 13.9],  # United States
        [271, 156.6, 125.8, 59.7, 3.10, 4.14, 11.4, 15.3],  # Sweden
        [994, 64.6, 49, 80.8, 3.00, 3.86, 9.5, 10],  # Japan
        [779, 9.8, 4.8, 66.7, 2.97, 3.65, 10.8, 23.2],  # Republic of Korea
        [189, 151.2, 136, 50.9, 3.02, 3.77, 9.4, 9.5],  # Netherlands
        [82, 134, 57.4, 61.9, 3.02, 3.73, 9.4, 14.9],  # United Kingdom
        [31, 38.6, 108, 48.7, 2.94, 4.18, 11.6, 14.2],  # Canada
        [75, 18.2, 125.9, 16.2, 2.94, 3.94, 10.9, 25.3],  # Australia
        [8, 25.5, 72.3, 74.9, 2.95, 3.83, 7.1, 24.2],  # Singapore
        [235, 36.8, 41.2, 64.2, 2.94, 3.75, 10.2, 14.4],  # Germany
        [103, 20.2, 193.6, 19, 3.12, 4.39, 11.9, 11.2],  # Norway
        [106, 110.3, 48.6, 53.6, 2.97, 3.68, 9.4, 12.3],  # Ireland
        [72, 73.9, 58.9, 47.6, 2.91, 3.86, 9.3, 13.6],  # Belgium
        [103, 13, 146.7, 15.4, 2.86, 3.91, 11.7, 13.1],  # New Zealand
        [165, 14.8, 84.2, 50.3, 2.99, 3.79, 8.4, 13.6],  # Austria
        [205, 33.6, 36.4, 58.9, 2.97, 3.80, 7.9, 12.6],  # France
        [74, 43.6, 43.2, 45, 2.96, 3.74, 9.6, 11],  # Israel
        [42, 8.6, 21, 53.4, 2.86, 3.62, 7.3, 15.6],  # Spain
        [13, 9.8, 30.4, 51, 3.00, 3.65, 7.2, 13],  # Italy
        [28, 4.2, 25, 51.7, 2.75, 3.68, 9.5, 8.2],  # Czech Republic
        [26, 6.2, 21.6, 63.5, 2.73, 3.46, 9.1, 7.7],  # Hungary
        [105, 4, 20.3, 49.5, 2.84, 3.71, 7.1, 10.6],  # Slovenia
    ]
)


def test_components_of_the_technology_achievement_index_as_published() -> None:
    found = components(TECHNOLOGY, TECHNOLOGY_POINTS)
    # Table 16: eigenvalues and per cent of the variance (11.17 % is printed as 11.1).
    assert found.eigenvalues == pytest.approx([3.3, 1.7, 1.0, 0.9, 0.5, 0.3, 0.2, 0.1], abs=0.06)
    printed = [41.9, 21.8, 12.3, 11.1, 6.0, 3.7, 2.2, 0.9]
    assert found.eigenvalues / 8 * 100 == pytest.approx(printed, abs=0.12)
    # Table 17: loadings after rotation; the handbook prints its factors in the order 1, 4, 2, 3 of ours.
    handbook = [0, 2, 3, 1]
    loadings = [
        [0.07, 0.97, 0.06, 0.06],
        [0.13, 0.07, -0.07, 0.93],
        [0.79, -0.21, 0.21, 0.42],
        [-0.64, 0.56, -0.04, 0.36],
        [0.37, 0.17, 0.38, 0.68],
        [0.82, -0.04, 0.25, 0.35],
        [0.88, 0.23, -0.09, 0.09],
        [0.08, 0.04, 0.96, 0.04],
    ]
    assert found.loadings[:, handbook] == pytest.approx(np.array(loadings), abs=0.015)
    assert found.explained[handbook] == pytest.approx([2.64, 1.39, 1.19, 1.76], abs=0.03)
    # Intermediate composites: internet, electricity, schooling; patents, exports; university; the rest.
    assert [handbook.index(i) + 1 for i in found.component] == [2, 4, 1, 2, 4, 1, 1, 3]
    # Weights that follow from the printed loadings: 0.67 x 0.20 for patents and so on, then scaled to 1.
    raw = [
        0.67 * 0.20,
        0.49 * 0.25,
        0.24 * 0.38,
        0.23 * 0.20,
        0.26 * 0.25,
        0.25 * 0.38,
        0.29 * 0.38,
        0.77 * 0.17,
    ]
    assert found.weights == pytest.approx(np.array(raw) / sum(raw), abs=0.006)
    assert (found.opposed, found.constant, found.used.all()) == ((), (), True)


def test_by_kaisers_criterion_fewer_components_are_kept() -> None:
    assert components(TECHNOLOGY, TECHNOLOGY_POINTS, "kaiser").loadings.shape == (8, 2)
    with pytest.raises(ValueError, match="kept by variance, kaiser; 'scree' is not known"):
        components(TECHNOLOGY, TECHNOLOGY_POINTS, "scree")


def test_components_by_hand() -> None:
    # a and b rise together and c is independent of both (each of its values meets the same a and b):
    # eigenvalues 2, 1, 0; two components; loadings 1, 1, 0 and 0, 0, 1; explained 2 and 1 of 3.
    points = np.array([[1.0, 10, 5], [1, 10, 9], [3, 30, 5], [3, 30, 9]])
    found = components(["a", "b", "c"], points)
    assert found.eigenvalues == pytest.approx([2, 1, 0], abs=1e-12)
    assert found.loadings == pytest.approx(np.array([[1, 0], [1, 0], [0, 1]]), abs=1e-7)
    assert found.weights == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    # With c a second time there are two pairs and two components of the same weight.
    doubled = components(["a", "b", "c", "d"], np.hstack([points, points[:, [2]]]))
    assert doubled.explained == pytest.approx([2, 2])
    assert doubled.weights == pytest.approx([0.25] * 4)


def test_what_runs_against_its_component_is_named() -> None:
    points = np.array([[1.0, 9, 2], [2, 8, 4], [3, 7, 5], [4, 5, 9]])
    found = components(["a", "down", "c"], points, "kaiser")
    assert found.opposed == ("down",)
    assert found.weights == pytest.approx([1 / 3] * 3, abs=0.01)


def test_gaps_and_constants_in_components() -> None:
    points = np.array([[1.0, 10, 5, 7], [1, 10, 9, 7], [3, 30, 5, 7], [3, 30, 9, 7], [NAN, 99, 1, 7]])
    found = components(["a", "b", "c", "flat"], points)
    assert found.used.tolist() == [True, True, True, True, False]
    assert found.constant == ("flat",)
    assert found.component.tolist() == [0, 0, 1, -1]
    assert found.weights == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0])
    nothing = components(["a", "b"], np.full((4, 2), 5.0))
    assert nothing.weights.tolist() == [0.5, 0.5]
    assert nothing.constant == ("a", "b")
    points[2:, 0] = NAN
    with pytest.raises(ValueError, match=r"only 2 of 5 units .* 3 are needed; a is blank most often \(3\)"):
        components(["a", "b", "c", "flat"], points)


def test_varimax_finds_the_simple_structure_that_was_turned_away() -> None:
    simple = np.array([[0.9, 0], [0.8, 0], [0.7, 0], [0, 0.6], [0, 0.5]])
    turn = np.array([[cos(0.7), -sin(0.7)], [sin(0.7), cos(0.7)]])
    assert varimax(simple @ turn) == pytest.approx(simple, abs=1e-9)


def test_varimax_leaves_the_flat_spot_between_two_children() -> None:
    # Two children with r = 0.6 have the eigenvalues 1.6 and 0.4. Unrotated they load alike on each factor,
    # (a, b) and (a, -b), where the criterion has no slope; the best angle is an eighth of a turn.
    a, b = sqrt(1.6) / sqrt(2), sqrt(0.4) / sqrt(2)
    high, low = (a + b) / sqrt(2), (a - b) / sqrt(2)
    turned = varimax(np.array([[a, b], [a, -b]]))
    assert turned == pytest.approx(np.array([[high, low], [low, high]]), abs=1e-12)


def test_entropy_by_hand() -> None:
    # a: 1/2, 1/2, 0: disorder ln 2 / ln 3; b: all in one unit: none; c: the same everywhere: full.
    points = np.array([[40.0, 60, 7], [40, 0, 7], [0, 0, 7]])
    told = 1 - log(2) / log(3)
    assert entropy(["a", "b", "c"], points) == pytest.approx(
        [told / (told + 1), 1 / (told + 1), 0], abs=1e-12
    )


def test_entropy_over_the_units_that_answered() -> None:
    # b is answered by two: 1/4 and 3/4 over ln 2. a by all: 1/4, 1/4, 1/2 over ln 3.
    points = np.array([[10.0, 10], [10, 30], [20, NAN]])
    a = 1 - (2 * 0.25 * log(4) + 0.5 * log(2)) / log(3)
    b = 1 - (0.25 * log(4) + 0.75 * log(4 / 3)) / log(2)
    assert entropy(["a", "b"], points) == pytest.approx([a / (a + b), b / (a + b)], abs=1e-12)


def test_critic_by_hand() -> None:
    # Stretched to 0..1: a 0, 1/2, 1 (deviation 1/2); b 0, 1/2, 1; c 0, 1, 0 (deviation 1/sqrt 3).
    # r_ab = 1, r_ac = r_bc = 0. C_a = C_b = 1/2 (0 + 1), C_c = 1/sqrt 3 (1 + 1).
    points = np.array([[10.0, 3, 50], [20, 4, 90], [30, 5, 50]])
    told = np.array([0.5, 0.5, 2 / sqrt(3)])
    assert critic(["a", "b", "c"], points) == pytest.approx(told / told.sum(), abs=1e-12)


def test_critic_with_a_conflict_and_a_constant() -> None:
    # a and b run against each other: r = -1, so 2 each times the same deviation; the constant is no rival.
    points = np.array([[1.0, 30, 4], [2, 20, 4], [3, 10, 4]])
    assert critic(["a", "b", "c"], points) == pytest.approx([0.5, 0.5, 0])


def test_critic_over_the_units_that_answered() -> None:
    # b is answered by the first two only: deviation of 0 and 1 is 1/sqrt 2, its r with a does not count.
    points = np.array([[10.0, 1], [20, 5], [30, NAN]])
    told = np.array([0.5, 1 / sqrt(2)])
    assert critic(["a", "b"], points) == pytest.approx(told / told.sum(), abs=1e-12)


@pytest.mark.parametrize("method", [entropy, critic])
@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([[5.0, 5], [5, 5], [5, 5]], [0.5, 0.5]),  # nothing differs
        ([[5.0, NAN], [6, NAN], [8, NAN]], [1, 0]),  # nothing answered on the second
        ([[5.0, 9], [6, NAN], [8, NAN]], [1, 0]),  # one answer
        ([[0.0, 1], [0, 2], [0, 4]], [0, 1]),
        ([[5.0, 7]], [0.5, 0.5]),  # one unit
    ],
)
def test_constants_and_blanks(method: Weigh, points: list[list[float]], expected: list[float]) -> None:
    assert method(["a", "b"], np.array(points)) == pytest.approx(expected, abs=1e-12)


def test_children_that_say_the_same_share_the_weight_in_critic() -> None:
    points = np.array([[0.1, 0.3, 1], [0.2, 0.6, 1], [0.7, 2.1, 1]])
    assert critic(["a", "b", "flat"], points) == pytest.approx([0.5, 0.5, 0])


@pytest.mark.parametrize(
    ("weigh", "points", "message"),
    [
        (entropy, [[1, -2], [3, 4]], r"b has points below 0.*\(units concerned: 1\)"),
        (entropy, [[1, 2], [np.inf, 4]], "a has an infinite value"),
        (critic, [[1, -np.inf], [3, 4]], "b has an infinite value"),
        (components, [[1, 2, 3]], r"shape \(1, 3\); units x 2 children"),
        (critic, np.zeros((0, 2)), "at least one unit"),
    ],
)
def test_wrong_points_are_named(weigh: Weigh, points: list[list[float]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        weigh(["a", "b"], np.array(points))


def test_correlations_against_numpy_and_over_gaps() -> None:
    r = correlations(TECHNOLOGY_POINTS)
    assert r == pytest.approx(np.corrcoef(TECHNOLOGY_POINTS.T), abs=1e-12)
    gappy = TECHNOLOGY_POINTS.copy()
    gappy[::3, 1], gappy[1::4, 2] = NAN, NAN
    both = ~np.isnan(gappy[:, 1]) & ~np.isnan(gappy[:, 2])
    assert correlations(gappy)[1, 2] == pytest.approx(np.corrcoef(gappy[both, 1], gappy[both, 2])[0, 1])
    two = np.array([[1.0, 5], [2, 7], [NAN, 8], [0.1 + 0.2, NAN]])
    assert np.isnan(correlations(two)[0, 1])
    rounding = np.array([[0.3, 1.0], [0.1 + 0.2, 2], [0.3, 3]])
    assert np.isnan(correlations(rounding)[0]).all()
    huge = np.array([[1e200, 1e-200], [2e200, 2e-200], [4e200, 4e-200]])
    assert correlations(huge) == pytest.approx(np.ones((2, 2)))


@st.composite
def answers(draw: st.DrawFn) -> FloatArray:
    """Eight units on four children, some blank."""
    points = draw(arrays(float, (8, 4), elements=st.integers(0, 100).map(float)))
    blank = draw(arrays(bool, (8, 4), elements=st.sampled_from([False, False, False, True])))
    blank[:3] = False
    return np.where(blank, NAN, points)


@settings(max_examples=60, deadline=None)
@given(answers(), st.permutations(range(8)), st.sampled_from([0.01, 3.0, 1000.0]))
def test_weights_do_not_depend_on_the_order_of_units_or_on_the_unit_of_points(
    points: FloatArray, order: list[int], factor: float
) -> None:
    codes = list("abcd")
    for weigh in (entropy, critic):
        weights = weigh(codes, points)
        assert weights.sum() == pytest.approx(1)
        assert (weights >= 0).all()
        assert weigh(codes, factor * points[order]) == pytest.approx(weights, abs=1e-9)
        assert weigh(codes[::-1], points[:, ::-1])[::-1] == pytest.approx(weights, abs=1e-9)


def test_components_do_not_depend_on_the_order_of_units_or_children() -> None:
    weights = components(TECHNOLOGY, TECHNOLOGY_POINTS).weights
    turned = components(TECHNOLOGY[::-1], 7 * TECHNOLOGY_POINTS[::-1, ::-1]).weights
    assert turned[::-1] == pytest.approx(weights, abs=1e-7)
