"""What stands in for a missing value is worked by hand here, and every blank is accounted for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.fill import FILLS, Filled, FilledValue, Unfilled, fill

NAN = math.nan
UNITS = ("Bergen", "Cork", "Delft", "Évora", "Ghent")
CODES = ("1.1", "1.10", "2.1")
VALUES = np.array(
    [
        [1.0, NAN, NAN],
        [2.0, 7.0, NAN],
        [NAN, NAN, NAN],
        [4.0, 3.0, NAN],
        [9.0, NAN, NAN],
    ]
)
GROUPS = ("north", "north", "north", "south", "")


def test_mean_of_all_units() -> None:
    done = fill(VALUES, "mean", None, CODES, UNITS)
    assert done.filled == (
        FilledValue("Delft", "1.1", 4.0, "mean", 4, ""),  # (1 + 2 + 4 + 9) / 4
        FilledValue("Bergen", "1.10", 5.0, "mean", 2, ""),  # (7 + 3) / 2
        FilledValue("Delft", "1.10", 5.0, "mean", 2, ""),
        FilledValue("Ghent", "1.10", 5.0, "mean", 2, ""),
    )
    assert done.unfilled == tuple(Unfilled(unit, "2.1", 0, "") for unit in UNITS)
    np.testing.assert_array_equal(
        done.values, [[1, 5, NAN], [2, 7, NAN], [4, 5, NAN], [4, 3, NAN], [9, 5, NAN]]
    )


def test_median_of_all_units() -> None:
    done = fill(VALUES, "median", None, CODES, UNITS)
    assert done.filled[0] == FilledValue("Delft", "1.1", 3.0, "median", 4, "")  # between 2 and 4


@pytest.mark.parametrize(("rule", "of_three"), [("mean", 4.0), ("median", 2.0)])
def test_within_the_units_group(rule: str, of_three: float) -> None:
    values = np.array([[1.0], [2.0], [9.0], [NAN], [500.0], [NAN]])
    groups = ("n", "n", "n", "n", "s", "")
    done = fill(values, rule, groups, ("x",), ("a", "b", "c", "d", "e", "f"))
    assert done.filled == (FilledValue("d", "x", of_three, rule, 3, "n"),)
    assert done.unfilled == (Unfilled("f", "x", 0, ""),)  # without a group there is nobody to fill from


def test_a_group_without_any_value_stays_missing() -> None:
    done = fill(VALUES, "mean", ("n", "s", "n", "s", "n"), CODES, UNITS)
    assert [one for one in done.unfilled if one.code == "1.10"] == [
        Unfilled("Bergen", "1.10", 0, "n"),
        Unfilled("Delft", "1.10", 0, "n"),
        Unfilled("Ghent", "1.10", 0, "n"),
    ]


def test_too_few_values_to_fill_from() -> None:
    done = fill(VALUES, "median", GROUPS, CODES, UNITS, least=2)
    assert done.filled == (FilledValue("Delft", "1.1", 1.5, "median", 2, "north"),)
    assert Unfilled("Bergen", "1.10", 1, "north") in done.unfilled


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rule": "mode"}, "filling by 'mode' is not known; use one of mean, median"),
        ({"groups": ("n", "s")}, "there are 2 groups for 5 units; give one each"),
        ({"least": 0}, "least is 0; a blank can be filled from one value or more"),
        ({"units": ("a", "b", "c", "d", "a")}, "unit 'a' stands twice"),
        ({"codes": ("x", "y", "y")}, "measurement 'y' stands twice"),
        ({"codes": ("x", "y")}, r"values have the shape \(5, 3\); 5 units and 2 measurements"),
        ({"values": np.where(VALUES == 7, np.inf, VALUES)}, r"^1\.10: unit 'Cork' is infinite; leave it NaN"),
    ],
)
def test_refusals(change: dict[str, object], message: str) -> None:
    given_: dict[str, object] = {
        "values": VALUES,
        "rule": "mean",
        "groups": None,
        "codes": CODES,
        "units": UNITS,
    }
    with pytest.raises(ValueError, match=message):
        fill(**{**given_, **change})  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", FILLS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_blank_is_filled_or_left_in_silence(rule: str, data: st.DataObject) -> None:
    one = st.one_of(st.integers(-5, 5), st.just(NAN))
    rows = data.draw(st.lists(st.tuples(one, one, one), min_size=1, max_size=6))
    values = np.array(rows, dtype=float)
    units = tuple("abcdef"[: len(rows)])
    groups = data.draw(
        st.none() | st.lists(st.sampled_from(["n", "s", ""]), min_size=len(rows), max_size=len(rows))
    )
    done: Filled = fill(values, rule, groups, CODES, units)
    listed = {(one.unit, one.code) for one in (*done.filled, *done.unfilled)}
    blank = {(units[i], CODES[j]) for i, j in np.argwhere(np.isnan(values))}
    assert listed == blank
    assert len(done.filled) + len(done.unfilled) == len(blank)
    assert np.count_nonzero(np.isnan(done.values)) == len(done.unfilled)
    there = ~np.isnan(values)
    np.testing.assert_array_equal(done.values[there], values[there])
    for one in done.filled:
        assert done.values[units.index(one.unit), CODES.index(one.code)] == one.value
    order = data.draw(st.permutations(range(len(rows))))
    again = fill(
        values[order],
        rule,
        None if groups is None else [groups[i] for i in order],
        CODES,
        [units[i] for i in order],
    )
    np.testing.assert_array_equal(again.values, done.values[order])
