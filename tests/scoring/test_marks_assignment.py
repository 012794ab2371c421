"""Assignment: rules that always hold, exact where that can be seen, and designs that hang together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.marks.assignment import assign
from scoring.marks.design import second
from scoring.model import BoolArray


def nobody(jurors: int, cities: int) -> BoolArray:
    return np.zeros((jurors, cities), dtype=bool)


def test_a_panel_of_twelve() -> None:
    rng = np.random.default_rng(0)
    conflicts = rng.random((12, 60)) < 0.1
    found = assign(conflicts, ~nobody(12, 60), 3, np.full(12, 20), 1)
    assert not (found.assigned & conflicts).any()
    assert found.assigned.sum(axis=0).tolist() == [3] * 60
    assert found.design.load.tolist() == [15] * 12
    assert found.missing.tolist() == [0] * 60
    assert found.design.connected
    # With blocks of 3 and loads of 15 no design has more than 15 x (2 / 3) x (12 / 11).
    assert 9.0 < found.design.second <= 120 / 11


def test_languages_are_matched_as_often_as_can_be() -> None:
    # Juror 0 alone reads city 0, nobody reads city 1, all read the others: four pairs of two go without at least.
    languages = ~nobody(4, 6)
    languages[1:, 0] = False
    languages[:, 1] = False
    found = assign(nobody(4, 6), languages, 2, np.full(4, 3), 3)
    assert found.unmatched.sum() == 3
    assert found.assigned[0, 0]
    assert found.design.load.tolist() == [3] * 4


def test_two_languages_hang_together_by_who_reads_both() -> None:
    languages = nobody(6, 12)
    languages[:3, :6] = True
    languages[3:, 6:] = True
    languages[2] = True
    found = assign(nobody(6, 12), languages, 2, np.full(6, 6), 1)
    assert found.unmatched.sum() == 0
    assert found.design.connected


def test_two_languages_that_nobody_shares_fall_apart_and_say_so() -> None:
    languages = nobody(6, 12)
    languages[:3, :6] = True
    languages[3:, 6:] = True
    found = assign(nobody(6, 12), languages, 2, np.full(6, 6), 1)
    assert found.unmatched.sum() == 0
    assert (found.design.groups, found.design.second) == (2, 0.0)


def test_what_cannot_be_met_is_said() -> None:
    conflicts = nobody(3, 4)
    conflicts[:2, 0] = True
    found = assign(conflicts, ~nobody(3, 4), 2, np.full(3, 4), 1)
    assert found.missing.tolist() == [1, 0, 0, 0]
    assert assign(nobody(3, 4), ~nobody(3, 4), 3, np.array([1, 2, 3]), 1).missing.sum() == 12 - 6
    # As evenly as can be: no city lacks two while another lacks one.
    assert set(assign(nobody(3, 4), ~nobody(3, 4), 3, np.array([1, 2, 3]), 1).missing.tolist()) == {1, 2}


def test_fixed_pairs_and_reference_cities() -> None:
    fixed, everybody = nobody(4, 8), np.array([True] + [False] * 7)
    fixed[3, 5] = True
    conflicts = nobody(4, 8)
    conflicts[2, 0] = True
    found = assign(conflicts, ~nobody(4, 8), 2, np.full(4, 6), 1, fixed, everybody)
    assert found.assigned[:, 0].tolist() == [True, True, False, True]
    assert found.assigned[3, 5]
    assert found.assigned[:, 1:].sum(axis=0).tolist() == [2] * 7


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("conflict", "juror 1 is fixed for city 2 and has a conflict"),
        ("load", "juror 1 has 1 fixed cities and may have 0"),
        ("least", "at least 1 juror, not 0"),
        ("shape", "must be jurors x cities"),
    ],
)
def test_contradictions_are_named(change: str, message: str) -> None:
    fixed = nobody(2, 3)
    fixed[1, 2] = True
    conflicts = fixed if change == "conflict" else nobody(2, 3)
    loads = np.array([3, 0 if change == "load" else 3])
    languages = ~nobody(2, 4 if change == "shape" else 3)
    with pytest.raises(ValueError, match=message):
        assign(conflicts, languages, 0 if change == "least" else 1, loads, 1, fixed)


@given(
    arrays(bool, (5, 8), elements=st.booleans()),
    arrays(bool, (5, 8), elements=st.booleans()),
    st.integers(1, 3),
    st.lists(st.integers(0, 8), min_size=5, max_size=5),
    st.integers(0, 3),
)
@settings(max_examples=10, deadline=None)
def test_no_rule_is_ever_broken(
    conflicts: BoolArray, languages: BoolArray, least: int, loads: list[int], seed: int
) -> None:
    found = assign(conflicts, languages, least, np.array(loads), seed)
    again = assign(conflicts, languages, least, np.array(loads), seed)
    assert (found.assigned == again.assigned).all()
    assert not (found.assigned & conflicts).any()
    assert (found.assigned.sum(axis=1) <= loads).all()
    assert (found.assigned.sum(axis=0) + found.missing == least).all()
    # Where a city lacks a juror, everybody else is full or in conflict there, or one exchange would not help.
    for i in np.flatnonzero(found.missing).tolist():
        idle = ~conflicts[:, i] & ~found.assigned[:, i] & (found.assigned.sum(axis=1) < loads)
        assert not idle.any()
    reached = found.assigned[found.assigned.any(axis=1)]
    assert found.design.second == second(reached)
    assert found.design.connected == (found.design.second > 0 or len(reached) == 1)
