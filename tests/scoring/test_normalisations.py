"""Every way of normalising, in both directions, at its limits, and against what must always hold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring.model import FloatArray
from scoring.normalisations import NORMALISATIONS, normalise, points_range, settled
from scoring.normalisations.parameters import KINDS
from scoring.normalise import ladder as city_ladder
from scoring.normalise import linear as city_linear
from scoring.normalise import log as city_log

NAN = math.nan
BLANK = None  # a missing value or its missing points, in the tables below
Column = list[float | None]

# Name, parameters, values, points if more is better, points if less is better; all worked by hand.
WORKED: list[tuple[str, dict[str, Any], Column, Column, Column]] = [
    (
        "linear",
        {"lower": 20, "upper": 85},  # life expectancy in the Human Development Index
        [20, 52.5, 85, 10, 90, BLANK, -5],
        [0, 50, 100, 0, 100, BLANK, 0],
        [100, 50, 0, 100, 0, BLANK, 100],
    ),
    (
        "linear",
        {"lower": -10, "upper": 10, "cut": False, "full": 10},
        [-10, 0, 10, -20, 20],
        [0, 5, 10, -5, 15],
        [10, 5, 0, 15, -5],
    ),
    (
        "log",
        {"lower": 100, "upper": 10000},
        [100, 1000, 10000, 10, 0, -7, BLANK],
        [0, 50, 100, 0, 0, 0, BLANK],
        [100, 50, 0, 100, 100, 100, BLANK],
    ),
    ("log", {"lower": 1, "upper": 100, "cut": False}, [10, 0.1, 1000], [50, -50, 150], [50, 150, -50]),
    (
        "ladder",
        {"step": 20},
        [0, 3, 5, -1, 6, BLANK],
        [0, 60, 100, 0, 100, BLANK],
        [100, 40, 0, 100, 0, BLANK],
    ),
    (
        "bands",
        {"edges": [10, 20, 30], "points": [0, 33, 67, 100]},
        [9, 10, 15, 20, 30, 99, -4, BLANK],
        [0, 33, 33, 67, 100, 100, 0, BLANK],
        [100, 100, 67, 67, 33, 0, 100, BLANK],
    ),
    ("bands", {"edges": 0, "points": [10, 40]}, [-1, 0, 1], [10, 40, 40], [40, 40, 10]),
    (
        "categories",
        {"categories": [3, 1, 2], "points": [0, 25, 100]},
        [1, 2, 3, 3, BLANK],
        [25, 100, 0, 0, BLANK],
        [25, 0, 100, 100, BLANK],
    ),
    ("yes_no", {}, [1, 0, BLANK], [100, 0, BLANK], [0, 100, BLANK]),
    ("yes_no", {"full": 5}, [1, 0], [5, 0], [0, 5]),
    ("minmax", {}, [2, 4, 10, BLANK], [0, 25, 100, BLANK], [100, 75, 0, BLANK]),
    ("minmax", {"low": 1, "high": 9}, [-2, 0, 2], [1, 5, 9], [9, 5, 1]),
    ("minmax", {"low": 1, "high": 9}, [7, 7, BLANK], [5, 5, BLANK], [5, 5, BLANK]),
    ("minmax", {}, [7], [50], [50]),
    # mean 3, squares 4 + 1 + 0 + 1 + 4 = 10: over 5 they give sqrt 2, over 4 sqrt 2.5
    (
        "zscore",
        {"deviation": "population"},
        [1, 2, 3, 4, 5, BLANK],
        [-math.sqrt(2), -math.sqrt(0.5), 0, math.sqrt(0.5), math.sqrt(2), BLANK],
        [math.sqrt(2), math.sqrt(0.5), 0, -math.sqrt(0.5), -math.sqrt(2), BLANK],
    ),
    ("zscore", {"mean": 50, "spread": 10}, [-1, 0, 1], [40, 50, 60], [60, 50, 40]),
    ("zscore", {"mean": 50}, [0.1, 0.1, 0.1, BLANK], [50, 50, 50, BLANK], [50, 50, 50, BLANK]),
    ("zscore", {"mean": 50}, [3], [50], [50]),
    (
        "percentile",
        {},
        [7, 1, 3, 3, 9, BLANK],
        [75, 0, 37.5, 37.5, 100, BLANK],
        [25, 100, 62.5, 62.5, 0, BLANK],
    ),
    ("percentile", {"position": "middle"}, [7, 1, 3, 3], [87.5, 12.5, 50, 50], [12.5, 87.5, 50, 50]),
    ("percentile", {}, [4, 4, 4], [50, 50, 50], [50, 50, 50]),
    ("percentile", {"full": 10}, [4, BLANK], [5, BLANK], [5, BLANK]),
    ("rank", {}, [7, 1, 3, 3, BLANK], [4, 1, 2.5, 2.5, BLANK], [1, 4, 2.5, 2.5, BLANK]),
    ("rank", {"ties": "best"}, [7, 1, 3, 3], [4, 1, 3, 3], [1, 4, 3, 3]),
    ("rank", {"ties": "best"}, [0, 0, 0], [3, 3, 3], [3, 3, 3]),
    ("borda", {}, [7, 1, 3, 3, BLANK], [3, 0, 1.5, 1.5, BLANK], [0, 3, 1.5, 1.5, BLANK]),
    ("borda", {}, [-2, -2, -2], [1, 1, 1], [1, 1, 1]),
    ("distance_to_maximum", {}, [2, 4, 10, BLANK], [0, 25, 100, BLANK], [100, 75, 0, BLANK]),
    ("distance_to_maximum", {"full": 1}, [-3, 0, 1], [0, 0.75, 1], [1, 0.25, 0]),
    ("distance_to_maximum", {}, [5, 5], [100, 100], [100, 100]),
    # up: from 10 to 40; down: from 50 to 40
    ("distance_to_target", {"target": 40}, [10, 25, 40, 50], [0, 50, 100, 100], [100, 100, 100, 0]),
    (
        "distance_to_target",
        {"target": 40, "cut": False},
        [10, 25, 45, 50, BLANK],
        [0, 50, 350 / 3, 400 / 3, BLANK],
        [400, 250, 50, 0, BLANK],
    ),
    ("distance_to_target", {"target": 0}, [-4, -1, 0, 4], [0, 75, 100, 100], [100, 100, 100, 0]),
    ("distance_to_target", {"target": 5}, [5, 5], [100, 100], [100, 100]),
    ("distance_to_target", {"target": 8}, [5, 5], [0, 0], [100, 100]),
    # the reference is the second unit, 30; up: from 10, down: from 50
    ("distance_to_reference", {"reference": "b"}, [10, 30, 20, 50], [0, 100, 50, 100], [100, 100, 100, 0]),
    (
        "distance_to_reference",
        {"reference": "b", "cut": False},
        [10, 30, 20, 50, BLANK],
        [0, 100, 50, 200, BLANK],
        [200, 100, 150, 0, BLANK],
    ),
    ("distance_to_reference", {"reference": "b", "full": 1}, [-10, 0, 10], [0, 1, 1], [1, 1, 0]),
    # less is better: 2 / 2, 2 / 4, 2 / 8
    ("share_of_maximum", {}, [2, 4, 8, BLANK], [25, 50, 100, BLANK], [100, 50, 25, BLANK]),
    ("share_of_maximum", {"full": 1}, [3, 3], [1, 1], [1, 1]),
    (
        "share_of_reference",
        {"reference": "b"},
        [2, 4, 8, BLANK],
        [50, 100, 100, BLANK],
        [100, 100, 50, BLANK],
    ),
    ("share_of_reference", {"reference": "b", "cut": False}, [2, 4, 8], [50, 100, 200], [200, 100, 50]),
    ("share_of_reference", {"reference": "b"}, [1, 4], [25, 100], [100, 100]),
]


def column(values: Column) -> FloatArray:
    return np.array([NAN if value is None else value for value in values], dtype=float)


def names(count: int) -> tuple[str, ...]:
    return tuple("abcdefghijklmnopqrstuvwxyz"[:count])


def points_of(name: str, values: FloatArray, direction: int, parameters: Mapping[str, Any]) -> FloatArray:
    return normalise(name, values, direction, parameters, code="1.10", units=names(len(values)))


@pytest.mark.parametrize(("name", "parameters", "values", "up", "down"), WORKED)
def test_points_worked_by_hand(
    name: str, parameters: dict[str, Any], values: Column, up: Column, down: Column
) -> None:
    for direction, expected in ((1, up), (-1, down)):
        points = points_of(name, column(values), direction, parameters)
        np.testing.assert_allclose(points, column(expected), rtol=1e-12, atol=1e-12)
        assert not np.signbit(points[points == 0]).any()


def test_every_method_is_worked_by_hand() -> None:
    assert {name for name, *_ in WORKED} == set(NORMALISATIONS)


def test_zero_only_with_less_is_better_keeps_its_points_where_a_share_is_cut() -> None:
    points = points_of("share_of_reference", column([0, 4, 8, -0.0]), -1, {"reference": "b"})
    assert points.tolist() == [100, 100, 50, 100]


# --- the same as the city path ---


@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize("cut", [True, False])
def test_goalposts_give_exactly_the_points_of_the_city_path(direction: int, cut: bool) -> None:
    values = np.array([0.3, 1.0, 2.7, 31.0, 49.9, 50.0, 77.0, NAN])
    lower, upper, way = (np.array([[float(one)]]) for one in (1.0, 50.0, direction))
    for name, kernel in (("linear", city_linear), ("log", city_log)):
        expected = kernel(values[None, :], lower, upper, way)[0]
        expected = np.clip(expected, 0, 100) if cut else expected
        points = points_of(name, values, direction, {"lower": 1, "upper": 50, "cut": cut})
        np.testing.assert_array_equal(points, expected)


def test_nothing_on_a_logarithmic_scale_is_as_in_the_city_path() -> None:
    values = np.array([0.0, -3.0])
    lower, upper = np.array([[1.0]]), np.array([[50.0]])
    for direction in (1, -1):
        expected = np.clip(city_log(values[None, :], lower, upper, np.array([[float(direction)]]))[0], 0, 100)
        points = points_of("log", values, direction, {"lower": 1, "upper": 50})
        np.testing.assert_array_equal(points, expected)


def test_the_ladder_is_that_of_the_city_path() -> None:
    values = np.array([0.0, 1.0, 2.5, 5.0, 7.0, NAN])
    expected = np.clip(city_ladder(values, 20.0), 0, 100)
    np.testing.assert_array_equal(points_of("ladder", values, 1, {"step": 20}), expected)


# --- SciPy as a judge ---


def test_against_scipy() -> None:
    values = np.array([3.2, 7.7, 7.7, -1.0, 0.0, 12.5, 4.4, 4.4, 4.4])
    for word, ddof in (("sample", 1), ("population", 0)):
        expected = scipy.stats.zscore(values, ddof=ddof)
        np.testing.assert_allclose(points_of("zscore", values, 1, {"deviation": word}), expected, atol=1e-12)
    ranks = scipy.stats.rankdata(values)
    np.testing.assert_array_equal(points_of("rank", values, 1, {}), ranks)
    np.testing.assert_array_equal(
        points_of("rank", values, 1, {"ties": "best"}), scipy.stats.rankdata(values, "max")
    )
    np.testing.assert_array_equal(points_of("borda", values, 1, {}), ranks - 1)
    middle = [scipy.stats.percentileofscore(values, value, kind="mean") for value in values]
    np.testing.assert_allclose(points_of("percentile", values, 1, {"position": "middle"}), middle, atol=1e-12)
    np.testing.assert_allclose(points_of("percentile", values, 1, {}), (ranks - 1) / 8 * 100, atol=1e-12)


# --- refusals ---

REFUSED: list[tuple[str, int, dict[str, Any], Column, str]] = [
    ("half", 1, {}, [1], r"1\.10: normalisation 'half' is not known; use one of linear, log, "),
    (
        "linear",
        1,
        {"lower": 1, "uper": 2},
        [1],
        r"1\.10: normalisation 'linear' has no parameter 'uper'; it has lower, ",
    ),
    ("borda", 1, {"ties": "mean"}, [1], "has no parameter 'ties'; it has none"),
    (
        "linear",
        1,
        {"lower": 1},
        [1],
        r"lacks the parameter 'upper' \(the upper goalpost.*give a finite number",
    ),
    ("linear", 1, {"lower": "1", "upper": 2}, [1], "parameter 'lower' is '1'; it must be a finite number"),
    ("linear", 1, {"lower": True, "upper": 2}, [1], "parameter 'lower' is True; it must be a finite number"),
    ("linear", 1, {"lower": NAN, "upper": 2}, [1], "parameter 'lower' is nan"),
    ("linear", 1, {"lower": 1, "upper": 10**400}, [1], "parameter 'upper' is 1000"),
    (
        "linear",
        1,
        {"lower": 1, "upper": 2, "full": 0},
        [1],
        "'full' is 0; it must be a finite number above 0",
    ),
    (
        "linear",
        1,
        {"lower": 1, "upper": 2, "cut": 1},
        [1],
        r"'cut' is 1; it must be true or false \(yes or no\)",
    ),
    ("linear", 1, {"lower": 1, "upper": 2, "cut": "maybe"}, [1], "'cut' is 'maybe'"),
    ("linear", 1, {"lower": 2, "upper": 2}, [1], r"'linear': lower \(2\) must be below upper \(2\)"),
    ("log", 1, {"lower": 0, "upper": 2}, [1], r"lower \(0\) must be above 0 on a logarithmic scale"),
    ("log", 1, {"lower": 3, "upper": 2}, [1], r"lower \(3\) must be below upper \(2\)"),
    ("minmax", 1, {"low": 5, "high": 5}, [1], r"low \(5\) must be below high \(5\)"),
    (
        "zscore",
        1,
        {"deviation": "robust"},
        [1],
        "'deviation' is 'robust'; it must be one of sample, population",
    ),
    ("zscore", 1, {"spread": -1}, [1], "'spread' is -1; it must be a finite number above 0"),
    ("bands", 1, {"edges": [2, 1], "points": [0, 1, 2]}, [1], "edges must rise from each to the next"),
    ("bands", 1, {"edges": [1, 2], "points": [0, 1]}, [1], "2 edges make 3 bands, but there are 2 points"),
    (
        "bands",
        1,
        {"edges": [1], "points": [9, 3]},
        [1],
        "points must run from the worst to the best and never fall",
    ),
    (
        "bands",
        1,
        {"edges": "1 2", "points": [0, 1]},
        [1],
        "'edges' is '1 2'; it must be one or more finite numbers",
    ),
    ("bands", 1, {"edges": [], "points": [1]}, [1], r"'edges' is \[\]"),
    ("bands", 1, {"edges": [1, None], "points": [1]}, [1], r"'edges' is \[1, None\]"),
    ("categories", 1, {"categories": [1, 1], "points": [0, 1]}, [1], "a category stands in the list twice"),
    ("categories", 1, {"categories": [1, 2], "points": [0]}, [1], "there are 2 categories, but 1 points"),
    (
        "categories",
        -1,
        {"categories": [1, 2], "points": [5, 0]},
        [1],
        "never fall; direction -1 turns them round",
    ),
    (
        "categories",
        1,
        {"categories": [1, 2], "points": [0, 5]},
        [1, BLANK, 1.5],
        r"unit 'c' \(1\.5\) is none of the cat",
    ),
    ("yes_no", 1, {}, [1, 2], r"unit 'b' \(2\) is neither 0 \(no\) nor 1 \(yes\)"),
    (
        "log",
        1,
        {"lower": 1, "upper": 2, "cut": False},
        [1, 0],
        r"unit 'b' \(0\) has no logarithm; use cut = true",
    ),
    ("minmax", 0, {}, [1], r"direction 0 must be 1 \(more is better\) or -1"),
    ("minmax", 1, {}, [1, math.inf], "unit 'b' is infinite; leave it NaN"),
    ("minmax", 1, {}, [1e308, -1e308], r"unit 'a' \(1e\+308\) is too large or too near to the others"),
    ("zscore", 1, {}, [1e-200, 3e-200], r"unit 'a' \(1e-200\) is too large or too near to the others"),
    (
        "distance_to_target",
        1,
        {"target": 3, "cut": False},
        [9, 4],
        r"unit 'b' \(4\) is the worst of all and has reached",
    ),
    (
        "distance_to_target",
        -1,
        {"target": 9, "cut": False},
        [2, 4],
        r"unit 'b' \(4\) is the worst .* the target 9",
    ),
    (
        "distance_to_reference",
        1,
        {"reference": "z"},
        [1, 2],
        "'reference' is 'z', which is none of the units",
    ),
    ("distance_to_reference", 1, {"reference": 2}, [1, 2], "'reference' is 2; it must be the name of a unit"),
    (
        "distance_to_reference",
        1,
        {"reference": "b"},
        [1, BLANK],
        r"unit 'b' \(nan\) is the reference and has no value",
    ),
    (
        "distance_to_reference",
        1,
        {"reference": "b"},
        [7, 2],
        r"unit 'b' \(2\) is the reference and has the worst value",
    ),
    (
        "distance_to_reference",
        -1,
        {"reference": "b"},
        [1, 2],
        r"unit 'b' \(2\) is the reference and has the worst",
    ),
    (
        "distance_to_reference",
        1,
        {"reference": "b"},
        [0, 0],
        r"unit 'b' \(0\) is the reference and has the worst",
    ),
    ("share_of_maximum", 1, {}, [3, -1], r"unit 'b' \(-1\) is negative and no share"),
    ("share_of_maximum", 1, {}, [0, 0], r"unit 'a' \(0\) is the largest value"),
    ("share_of_maximum", -1, {}, [3, 0], r"unit 'b' \(0\) is divided by, where less is better"),
    ("share_of_maximum", -1, {}, [3, -2], r"unit 'b' \(-2\) is negative"),
    (
        "share_of_reference",
        1,
        {"reference": "a"},
        [0, 3],
        r"unit 'a' \(0\) is the reference, and a share of 0 is none",
    ),
    ("share_of_reference", -1, {"reference": "a", "cut": False}, [3, 0], r"unit 'b' \(0\) is divided by"),
    (
        "share_of_reference",
        1,
        {"reference": "a"},
        [BLANK, 3],
        "unit 'a' .* is the reference and has no value",
    ),
    ("share_of_reference", 1, {"reference": "a"}, [2, -3], r"unit 'b' \(-3\) is negative"),
]


@pytest.mark.parametrize(("name", "direction", "parameters", "values", "message"), REFUSED)
def test_what_cannot_be_is_refused_by_name(
    name: str, direction: int, parameters: dict[str, Any], values: Column, message: str
) -> None:
    with pytest.raises(ValueError, match=message) as refusal:
        points_of(name, column(values), direction, parameters)
    assert str(refusal.value).startswith(f"1.10: normalisation {name!r}")


def test_values_and_units_must_fit() -> None:
    with pytest.raises(ValueError, match=r"values have the shape \(2,\); 3 units ask for one each"):
        normalise("borda", column([1, 2]), 1, {}, code="x", units=names(3))


def test_a_framework_can_be_checked_before_any_unit_is_known() -> None:
    complete = settled("distance_to_reference", {"reference": "São Paulo", "cut": "no"}, code="4.1")
    assert complete == {"reference": "São Paulo", "cut": False, "full": 100.0}


@pytest.mark.parametrize("name", NORMALISATIONS)
def test_every_parameter_says_what_it_is(name: str) -> None:
    for parameter in NORMALISATIONS[name].parameters:
        kind = KINDS[parameter.kind]
        assert parameter.meaning
        assert parameter.required == (parameter.default is None)
        assert bool(parameter.choices) == (parameter.kind == "choice")
        assert parameter.required or kind.convert(parameter.default) == parameter.default


# --- the ends of a bracket ---


@pytest.mark.parametrize(
    ("name", "parameters", "values", "expected"),
    [
        ("linear", {"lower": 0, "upper": 10}, [4, BLANK], (0, 100)),
        ("linear", {"lower": 0, "upper": 10, "cut": False}, [4, 12, BLANK], (0, 120)),
        ("linear", {"lower": 0, "upper": 10, "cut": False}, [-1], (-10, 100)),
        ("log", {"lower": 1, "upper": 10, "full": 5}, [BLANK], (0, 5)),
        ("ladder", {"step": 20}, [3], (0, 100)),
        ("bands", {"edges": [1], "points": [20, 80]}, [BLANK], (20, 80)),
        ("categories", {"categories": [1, 2], "points": [20, 80]}, [1], (20, 80)),
        ("yes_no", {}, [1, 1], (0, 100)),
        ("minmax", {"low": 1, "high": 9}, [3, 4, 5, BLANK], (1, 9)),
        ("zscore", {"mean": 50, "spread": 10}, [-1, 0, 1], (40, 60)),
        ("rank", {}, [5, 6, 7, BLANK], (1, 3)),
        ("borda", {}, [5, 6, 7, BLANK], (0, 2)),
        ("share_of_maximum", {}, [5, 10], (50, 100)),
        ("share_of_maximum", {}, [BLANK, BLANK], (NAN, NAN)),
        ("distance_to_reference", {"reference": "b", "cut": False}, [0, 2, 3], (0, 150)),
    ],
)
def test_worst_and_best_points_of_a_blank(
    name: str, parameters: dict[str, Any], values: Column, expected: tuple[float, float]
) -> None:
    points = points_of(name, column(values), 1, parameters)
    assert points_range(name, parameters, points) == pytest.approx(expected, nan_ok=True)


def test_the_range_of_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^2\.1: normalisation 'half' is not known"):
        points_range("half", {}, np.array([1.0]), code="2.1")


# --- what must always hold ---

# Parameters for drawn values: whole numbers from 1 to 9, and 0 or 1 for yes and no. "a" is the reference.
ALWAYS: dict[str, dict[str, Any]] = {
    "linear": {"lower": 2, "upper": 7},
    "log": {"lower": 2, "upper": 7},
    "ladder": {"step": 12},
    "bands": {"edges": [2, 4, 8], "points": [0, 10, 60, 100]},
    "categories": {"categories": range(1, 10), "points": [0, 5, 5, 20, 30, 60, 70, 75, 100]},
    "distance_to_target": {"target": 6},
    "distance_to_reference": {"reference": "a", "cut": False},
    "share_of_reference": {"reference": "a", "cut": False},
}
both = pytest.mark.parametrize("direction", [1, -1])
every = pytest.mark.parametrize("name", NORMALISATIONS)
quickly = settings(max_examples=20, deadline=None)


@st.composite
def samples(draw: st.DrawFn, name: str, least: int = 2) -> FloatArray:
    """Values of some units; a reference stands first and is neither the worst nor the best."""
    top = 1 if name == "yes_no" else 9
    low = 0 if name == "yes_no" else 1
    one = st.one_of(st.integers(low, top), st.just(NAN))
    values = draw(st.lists(one, min_size=least, max_size=7))
    if "reference" in ALWAYS.get(name, {}):
        values = [5, 1, 9, *values]
    return np.array(values, dtype=float)


@every
@both
@quickly
@given(data=st.data())
def test_missing_stays_missing_and_all_else_is_a_number(
    name: str, direction: int, data: st.DataObject
) -> None:
    values = data.draw(samples(name, least=0))
    before = values.copy()
    points = points_of(name, values, direction, ALWAYS.get(name, {}))
    np.testing.assert_array_equal(np.isnan(points), np.isnan(values))
    np.testing.assert_array_equal(values, before)
    worst, best = points_range(name, ALWAYS.get(name, {}), points)
    here = points[~np.isnan(points)]
    assert not here.size or (worst <= here.min() and here.max() <= best)


@every
@both
@quickly
@given(data=st.data())
def test_the_better_of_two_units_never_has_fewer_points(
    name: str, direction: int, data: st.DataObject
) -> None:
    values = data.draw(samples(name))
    points = points_of(name, values, direction, ALWAYS.get(name, {}))
    known = ~np.isnan(values)
    order = np.argsort(direction * values[known], kind="stable")
    assert (np.diff(points[known][order]) >= -1e-9).all()
    equal = np.equal.outer(values[known], values[known])
    assert (np.abs(np.subtract.outer(points[known], points[known]))[equal] == 0).all()


@every
@both
@quickly
@given(data=st.data())
def test_more_of_a_good_thing_never_lowers_a_units_points(
    name: str, direction: int, data: st.DataObject
) -> None:
    values = data.draw(samples(name))
    unit = data.draw(st.integers(0, len(values) - 1))
    other = data.draw(st.integers(0, 1) if name == "yes_no" else st.integers(1, 9))
    parameters = ALWAYS.get(name, {})
    assume(not np.isnan(values[unit]) and not (unit == 0 and "reference" in parameters))
    changed = values.copy()
    changed[unit] = other
    if "reference" in parameters:
        assume(np.nanmin(changed) < 5 < np.nanmax(changed))
    gain = (
        points_of(name, changed, direction, parameters)[unit]
        - points_of(name, values, direction, parameters)[unit]
    )
    if direction * other >= direction * values[unit]:
        assert gain >= -1e-9
    else:
        assert gain <= 1e-9


@every
@both
@quickly
@given(data=st.data())
def test_the_order_of_the_units_does_not_matter(name: str, direction: int, data: st.DataObject) -> None:
    values = data.draw(samples(name))
    order = data.draw(st.permutations(range(len(values))))
    units = names(len(values))
    parameters = ALWAYS.get(name, {})
    straight = normalise(name, values, direction, parameters, code="x", units=units)
    shuffled = normalise(
        name, values[order], direction, parameters, code="x", units=[units[i] for i in order]
    )
    np.testing.assert_array_equal(shuffled, straight[order])


@pytest.mark.parametrize("name", [name for name, method in NORMALISATIONS.items() if not method.relative])
@both
@quickly
@given(data=st.data())
def test_a_further_unit_moves_nobody_where_a_method_is_not_relative(
    name: str, direction: int, data: st.DataObject
) -> None:
    values = data.draw(samples(name))
    more = np.append(values, data.draw(samples(name)))
    alone = points_of(name, values, direction, ALWAYS.get(name, {}))
    np.testing.assert_array_equal(
        points_of(name, more, direction, ALWAYS.get(name, {}))[: len(values)], alone
    )


@pytest.mark.parametrize("name", [name for name, method in NORMALISATIONS.items() if method.relative])
def test_other_units_matter_where_a_method_is_relative(name: str) -> None:
    parameters = ALWAYS.get(name, {})
    alone = points_of(name, np.array([5.0, 3.0, 8.0, 2.0]), 1, parameters)
    assert points_of(name, np.array([6.0, 3.0, 20.0, 1.0, 2.0]), 1, parameters)[1] != alone[1]
