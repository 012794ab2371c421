"""Claims of being outside the remit stand up to the caps."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.remit import accept, caps, code_order

CODES = ("1.1", "1.2", "1.10", "2.1", "2.2", "2.3")
AREAS = ("1", "1", "1", "2", "2", "2")


@pytest.mark.parametrize(
    ("weights", "level_cap", "overall_cap", "claimed", "stand"),
    [
        # within both caps: all stand
        ([1, 1, 1, 1, 1, 1], 0.5, 0.5, "1.1 2.3", "1.1 2.3"),
        # exactly at a cap still fits
        ([2, 1, 1, 2, 1, 1], 0.5, 1.0, "1.1 2.1", "1.1 2.1"),
        # two thirds of an area: the first by code is blank, and 1.2 stands before 1.10
        ([1, 1, 1, 1, 1, 1], 0.5, 1.0, "1.2 1.10", "1.10"),
        ([1, 1, 1, 1, 1, 1], 0.5, 1.0, "1.1 1.2 1.10", "1.10"),
        # the lightest goes first, whatever its code
        ([2, 2, 1, 3, 3, 3], 0.5, 1.0, "1.2 1.10", "1.2"),
        # even the heaviest alone may be too much: nothing stands
        ([4, 1, 1, 1, 1, 1], 0.5, 1.0, "1.1 1.2", ""),
        # overall: the lightest of all areas goes first
        ([3, 3, 3, 1, 1, 1], 1.0, 0.5, "1.1 1.2 2.1", "1.1 1.2"),
        # overall, equal weights: by code across areas
        ([1, 1, 1, 1, 1, 1], 1.0, 0.34, "1.10 2.1 2.2", "2.1 2.2"),
        # what the area's cap has blanked no longer counts overall
        ([1, 1, 1, 1, 1, 1], 0.5, 0.34, "1.1 1.2 2.3", "1.2 2.3"),
        # no claims allowed at all
        ([1, 1, 1, 1, 1, 1], 0.5, 0.0, "1.1 2.1", ""),
    ],
)
def test_which_claims_stand(
    weights: list[float], level_cap: float, overall_cap: float, claimed: str, stand: str
) -> None:
    rule = caps(CODES, np.array(weights) / sum(weights), AREAS, level_cap, overall_cap)
    claims = np.array([[code in claimed.split()] for code in CODES])
    accepted = accept(claims, rule)[:, 0]
    assert [code for code, is_in in zip(CODES, accepted, strict=True) if is_in] == stand.split()


def test_every_unit_is_judged_by_itself() -> None:
    rule = caps(CODES, np.full(6, 1 / 6), AREAS, 0.5, 0.5)
    claims = np.array([[True, True, False], [False, True, False], [False, True, True]] * 2)
    expected = np.column_stack([accept(claims[:, [i]], rule) for i in range(3)])
    np.testing.assert_array_equal(accept(claims, rule), expected)


def test_weights_that_are_equal_on_paper_are_equal() -> None:
    nearly = np.array([1 / 3, 1 - 2 / 3, 1 / 3, 0, 0, 0])  # the second differs in the last bit
    assert nearly[0] != nearly[1]
    rule = caps(CODES, nearly, AREAS, 0.5, 1.0)
    accepted = accept(np.array([[True], [True], [False]] * 2), rule)[:, 0]
    assert accepted[:3].tolist() == [False, True, False]


def test_leaves_outside_any_area_know_the_overall_cap_alone() -> None:
    rule = caps(("a", "b"), np.array([0.5, 0.5]), ("", ""), 0.1, 0.5)
    assert accept(np.array([[True], [False]]), rule).tolist() == [[True], [False]]
    assert accept(np.array([[True], [True]]), rule).tolist() == [[False], [True]]


@pytest.mark.parametrize(
    ("codes", "sorted_codes"),
    [
        (["1.10", "1.2", "1.1"], ["1.1", "1.2", "1.10"]),
        (["10.1", "9.3", "9.3.1"], ["9.3", "9.3.1", "10.1"]),
        (["b", "a", "2", "a10", "a9"], ["2", "a", "a9", "a10", "b"]),
    ],
)
def test_code_order_is_natural(codes: list[str], sorted_codes: list[str]) -> None:
    assert sorted(codes, key=code_order) == sorted_codes
