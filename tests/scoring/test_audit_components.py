"""Principal components: the handbook's tables 7 and 8, two columns by hand, gaps and what cannot be said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.audit.components import principal
from tests.scoring.technology import DATA, INDICATORS

NAN = np.nan


def test_the_handbook_s_eigenvalues_and_loadings() -> None:
    # OECD and JRC, Handbook (2008), table 7, page 65, and table 8, page 69; signs there are the program's.
    found = principal(INDICATORS, DATA)
    # The first is printed as 3.3 beside 41.9 % of 8, which is 3.35.
    np.testing.assert_allclose(found.eigenvalues, [3.3, 1.7, 1.0, 0.9, 0.5, 0.3, 0.2, 0.1], atol=0.055)
    np.testing.assert_allclose(
        found.explained, np.array([41.9, 21.8, 12.3, 11.1, 6.0, 3.7, 2.2, 0.9]) / 100, atol=0.0015
    )
    first = [0.11, 0.56, 0.92, -0.35, 0.76, 0.91, 0.74, 0.36]
    second = [0.75, 0.48, -0.21, 0.85, 0.39, -0.13, -0.11, 0.12]
    np.testing.assert_allclose(found.loadings[:, 0], first, atol=0.011)
    np.testing.assert_allclose(found.loadings[:, 1], second, atol=0.011)
    assert (found.units, found.missing, found.note) == (23, "complete", "")
    # The handbook keeps three by Kaiser's rule; the third is 1.0 as printed and 0.98 from the printed data.
    assert found.above_one == 2


def test_two_columns_by_hand() -> None:
    # r = 1/2: eigenvalues 1.5 and 0.5, loadings sqrt(3)/2 and, turned to the first, 1/2 and -1/2.
    rows = np.array([[-1.0, -1], [0, 1], [1, 0]])
    found = principal(["a", "b"], rows)
    np.testing.assert_allclose(found.eigenvalues, [1.5, 0.5])
    np.testing.assert_allclose(found.explained, [0.75, 0.25])
    np.testing.assert_allclose(found.loadings, [[np.sqrt(3) / 2, 0.5], [np.sqrt(3) / 2, -0.5]])


def test_with_gaps_complete_units_are_used_and_pairs_where_there_are_too_few() -> None:
    rows = np.random.default_rng(5).random((9, 3))
    rows[0, 0] = NAN
    assert principal("abc", rows).units == 8
    rows[[1, 2, 3], [0, 1, 2]] = rows[[4, 5, 6], [0, 1, 2]] = rows[7, 1] = NAN
    found = principal("abc", rows)
    assert found.missing == "pairwise"
    assert found.units == 3  # a and b have the fewest in common
    assert found.eigenvalues.min() >= 0
    assert principal("abc", rows, "complete").note == "few_units"


def test_pairs_that_contradict_each_other_are_said() -> None:
    # a and b agree, b and c agree, a and c are opposed: on different units, so that no table could hold it.
    steps = np.array([1.0, 2, 3])
    blank = np.full(3, NAN)
    rows = np.vstack(
        [
            np.column_stack(part)
            for part in ((steps, steps, blank), (blank, steps, steps), (steps, blank, -steps))
        ]
    )
    found = principal("abc", rows)
    assert found.note == "indefinite"
    np.testing.assert_allclose(found.eigenvalues, [2, 2, 0], atol=0.2)
    assert found.explained.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        ([[1.0, 2]], "few_units"),
        ([[1.0, 5], [2, 5], [4, 5]], "few_codes"),
        ([[NAN, NAN], [NAN, NAN], [NAN, NAN]], "few_codes"),
    ],
)
def test_what_cannot_be_said_has_a_note(rows: list[list[float]], note: str) -> None:
    found = principal(["a", "b"], np.array(rows))
    assert found.eigenvalues.size == 0
    assert found.loadings.shape == (len(found.codes), 0)
    assert found.note == note


@given(seed=st.integers(0, 2**32 - 1))
def test_components_hold_all_the_variance_and_the_order_of_columns_is_nothing(seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = random.random((15, 5))
    found = principal("abcde", rows)
    np.testing.assert_allclose(found.eigenvalues.sum(), 5)
    np.testing.assert_allclose((found.loadings**2).sum(axis=1), 1)
    np.testing.assert_allclose((found.loadings**2).sum(axis=0), found.eigenvalues)
    np.testing.assert_allclose(found.loadings @ found.loadings.T, np.corrcoef(rows.T), atol=1e-9)
    order = random.permutation(5)
    turned = principal([*"abcde"], rows[:, order])
    np.testing.assert_allclose(turned.loadings, found.loadings[order], atol=1e-6)
