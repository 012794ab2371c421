"""Outliers: quartiles and distances by hand, shapes beside SciPy, and samples too small or too flat."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scoring.audit.outliers import FarValue, outliers
from tests.scoring.technology import COUNTRIES, DATA, INDICATORS

NAN = np.nan


def test_quartiles_and_distances_by_hand() -> None:
    # 1, 2, 3, 4, 5, 20 and a blank: quartiles at places 2.25 and 4.75: 2.25 and 4.75, their range 2.5.
    column = np.array([1.0, 2, NAN, 3, 4, 5, 20])
    found = outliers("abcdefg", ["m"], column[:, None])
    shape = found.shapes[0]
    assert (shape.units, shape.smallest, shape.median, shape.largest) == (6, 1, 3.5, 20)
    assert (shape.lower_quartile, shape.upper_quartile) == (2.25, 4.75)
    assert shape.mean == pytest.approx(35 / 6)
    # 20 lies (20 - 4.75) / 2.5 = 6.1 ranges above.
    assert found.far == (FarValue("g", "m", 20.0, pytest.approx(6.1)),)
    # Turned round it lies as far below, and -1 is half a range from the upper end: within.
    turned = outliers("abcdefg", ["m"], -column[:, None])
    assert turned.far == (FarValue("g", "m", -20.0, pytest.approx(-6.1)),)
    assert outliers("abcdefg", ["m"], column[:, None], reach=6.2).far == ()


def test_the_farthest_stand_first() -> None:
    column = np.array([0.0, 1, 2, 3, 4, 5, 6, -30, 50])
    found = outliers("abcdefghi", ["m"], column[:, None])
    assert [value.unit for value in found.far] == ["i", "h"]


def test_japan_s_patents_and_nothing_else_are_outlying_in_the_handbook_s_data() -> None:
    found = outliers(COUNTRIES, INDICATORS, DATA)
    assert [shape.code for shape in found.shapes if shape.outlying] == ["PATENTS"]
    patents = found.shapes[0]
    assert patents.skewness == pytest.approx(stats.skew(DATA[:, 0], bias=False))
    assert patents.kurtosis == pytest.approx(stats.kurtosis(DATA[:, 0], bias=False))
    assert [value.unit for value in found.far if value.code == "PATENTS"] == ["Japan", "Korea"]
    # A rule that asks for less finds more, one that asks for more finds nothing.
    assert (
        len([s for s in outliers(COUNTRIES, INDICATORS, DATA, skew=0.9, kurt=0.5).shapes if s.outlying]) > 1
    )
    assert not any(shape.outlying for shape in outliers(COUNTRIES, INDICATORS, DATA, kurt=100).shapes)


@pytest.mark.parametrize(
    ("column", "units", "note"),
    [
        ([NAN, NAN, NAN, NAN], 0, "few_units"),
        ([NAN, 3, NAN, NAN], 1, "few_units"),
        ([NAN, 3, 4, NAN], 2, "few_units"),
        ([3, 3, 3, 3], 4, "no_spread"),
        ([3, 3, 3, 3, 3, 3, 90], 7, "no_spread"),
        ([1, 2, 3, 4], 4, ""),
    ],
)
def test_small_and_flat_samples_have_a_note_and_no_far_value(
    column: list[float], units: int, note: str
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = outliers([f"u{i}" for i in range(len(column))], ["m"], np.array(column)[:, None])
    assert (found.shapes[0].units, found.shapes[0].note) == (units, note)
    assert found.far == ()
    assert np.isnan(found.shapes[0].skewness) == (units < 3 or len(set(column)) == 1)


def test_another_number_of_units_is_named() -> None:
    with pytest.raises(ValueError, match="4 rows, but there are 3 units"):
        outliers("abc", ["m"], np.zeros((4, 1)))


@given(
    st.lists(st.integers(-1000, 1000), min_size=5, max_size=30),
    st.floats(0.1, 100),
    st.floats(-1000, 1000),
)
def test_distances_have_no_unit_and_no_zero(column: list[int], factor: float, shift: float) -> None:
    units = [f"u{i}" for i in range(len(column))]
    one = outliers(units, ["m"], np.array(column, float)[:, None], reach=0.5)
    other = outliers(units, ["m"], np.array(column, float)[:, None] * factor + shift, reach=0.5 - 1e-9)
    distance = {value.unit: value.distance for value in other.far}
    for value in one.far:
        assert distance[value.unit] == pytest.approx(value.distance, abs=1e-6)
