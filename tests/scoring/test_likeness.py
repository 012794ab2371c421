"""Likeness worked out by hand, and what always holds: the same both ways, nothing between a city and itself."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.likeness import ASPECTS, NATIONAL, PRODUCT, Rule, Town, likeness

RULE = Rule(size_factor=10, income_factor=4)
HOME = Town(population=100_000, region="africa", income=5_000)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        # The same in everything.
        (HOME, {"size": 0.0, "region": 0.0, "income": 0.0}),
        # Ten times as large and more than that: entirely different in size.
        (Town(1_000_000, "africa", 5_000), {"size": 1.0, "region": 0.0, "income": 0.0}),
        (Town(9_000_000, "africa", 5_000), {"size": 1.0, "region": 0.0, "income": 0.0}),
        # The square root of ten: half way on a log scale, whether larger or smaller.
        (Town(100_000 * 10**0.5, "africa", 5_000), {"size": 0.5, "region": 0.0, "income": 0.0}),
        (Town(100_000 / 10**0.5, "africa", 5_000), {"size": 0.5, "region": 0.0, "income": 0.0}),
        # Twice the income of four times: half way; another region is all the way.
        (Town(100_000, "arab_states", 10_000), {"size": 0.0, "region": 1.0, "income": 0.5}),
        # What is not known is left out.
        (Town(None, "arab_states", 10_000), {"region": 1.0, "income": 0.5}),
        (Town(None, "arab_states", None), {"region": 1.0}),
    ],
)
def test_each_aspect_and_their_mean(other: Town, expected: dict[str, float]) -> None:
    found = likeness(HOME, other, RULE)
    assert found.aspects == pytest.approx(expected)
    assert found.difference == pytest.approx(sum(expected.values()) / len(expected))
    assert set(found.missing) == set(ASPECTS) - set(expected)


def test_income_is_told_by_the_cities_own_product_where_both_gave_it() -> None:
    rich = Town(100_000, "africa", income=5_000, product=40_000)
    poor = Town(100_000, "africa", income=5_000, product=20_000)
    by_product = likeness(rich, poor, RULE)
    assert by_product.income_by == PRODUCT
    assert by_product.aspects["income"] == pytest.approx(0.5)
    by_country = likeness(rich, HOME, RULE)
    assert by_country.income_by == NATIONAL
    assert by_country.aspects["income"] == 0


def test_nothing_known_of_both_is_no_number() -> None:
    found = likeness(Town(population=5_000), Town(region="africa"), RULE)
    assert math.isnan(found.difference)
    assert found.missing == ASPECTS
    assert found.income_by == ""


@pytest.mark.parametrize("field", ["population", "income", "product"])
@pytest.mark.parametrize("figure", [0.0, -1.0, math.inf, math.nan])
def test_a_figure_that_cannot_be_is_refused(field: str, figure: float) -> None:
    with pytest.raises(ValueError, match=f"{field} is .* must be above 0"):
        likeness(HOME, Town(**{field: figure}), RULE)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["size_factor", "income_factor"])
def test_a_factor_is_above_one(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is 1"):
        Rule(**{"size_factor": 10.0, "income_factor": 4.0, name: 1.0})


def _maybe(low: float, high: float) -> st.SearchStrategy[float | None]:
    return st.none() | st.floats(low, high)


TOWNS = st.builds(
    Town,
    population=_maybe(100, 6e7),
    region=st.sampled_from(["", "africa", "arab_states", "asia_pacific"]),
    income=_maybe(100, 150_000),
    product=_maybe(100, 150_000),
)


@given(TOWNS, TOWNS)
def test_the_same_both_ways_and_between_none_and_all(first: Town, second: Town) -> None:
    there, back = likeness(first, second, RULE), likeness(second, first, RULE)
    assert there == back or (math.isnan(there.difference) and math.isnan(back.difference))
    assert all(0 <= value <= 1 for value in there.aspects.values())
    assert math.isnan(there.difference) == (not there.aspects)
    assert {*there.aspects, *there.missing} == set(ASPECTS)


@given(TOWNS)
def test_a_city_does_not_differ_from_itself(town: Town) -> None:
    found = likeness(town, town, RULE)
    assert found.difference == 0 or not found.aspects


@given(st.floats(100, 6e6), st.floats(1, 10), st.floats(1, 10))
def test_a_larger_ratio_never_makes_more_alike(size: float, ratio: float, more: float) -> None:
    near = likeness(Town(size), Town(size * ratio), RULE)
    far = likeness(Town(size), Town(size * ratio * more), RULE)
    assert far.difference >= near.difference - 1e-12
