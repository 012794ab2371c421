"""Cronbach's alpha: the handbook's table, a scale worked by hand, gaps and what cannot be said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.audit.alpha import alpha
from tests.scoring.technology import DATA, INDICATORS

NAN = np.nan

# OECD and JRC, Handbook on Constructing Composite Indicators (2008), table 11, page 73: alpha without the
# indicator and its correlation with the total of the others, standardised values of 23 countries. Printed
# from data with more digits than table A.2 shows, hence the tolerances.
TABLE_11 = {
    "PATENTS": (0.704, 0.261),
    "ROYALTIES": (0.645, 0.527),
    "INTERNET": (0.636, 0.566),
    "EXPORTS": (0.774, -0.108),
    "TELEPHONES": (0.603, 0.701),
    "ELECTRICITY": (0.624, 0.614),
    "SCHOOLING": (0.662, 0.451),
    "UNIVERSITY": (0.706, 0.249),
}


@pytest.mark.parametrize("missing", ["complete", "pairwise"])
def test_the_handbook_s_table_of_alphas(missing: str) -> None:
    found = alpha(INDICATORS, DATA, missing)
    assert round(found.standardised, 2) == 0.70
    assert found.codes == tuple(TABLE_11)
    np.testing.assert_allclose(found.standardised_without, [a for a, _ in TABLE_11.values()], atol=0.0015)
    np.testing.assert_allclose(found.with_rest, [r for _, r in TABLE_11.values()], atol=0.007)
    assert (found.units, found.missing, found.note, found.left_out) == (23, missing, "", ())


def test_alpha_by_hand() -> None:
    # Rows (1, 2, 1), (2, 1, 3), (3, 3, 2), (4, 4, 4): every variance is 5/3.
    # Covariances: 12: (-1.5)(-.5) + (-.5)(-1.5) + .5 x .5 + 1.5 x 1.5 = 4, / 3; 13: 2.25 - .25 - .25 + 2.25 = 4, / 3;
    # 23: (-.5)(-1.5) + (-1.5)(.5) + .5(-.5) + 1.5 x 1.5 = 2, / 3.
    # Variance of the sum: 3 x 5/3 + 2 x (4 + 4 + 2) / 3 = 35/3; alpha = 3/2 x (1 - 5 / (35/3)) = 6/7.
    rows = np.array([[1.0, 2, 1], [2, 1, 3], [3, 3, 2], [4, 4, 4]])
    found = alpha(["a", "b", "c"], rows)
    assert found.raw == pytest.approx(6 / 7)
    # All have one variance, so that standardising changes nothing.
    assert found.standardised == pytest.approx(6 / 7)
    # Two are left: 2 x (1 - (10/3) / (10/3 + 2 c)) with c = 2/3, 4/3, 4/3.
    np.testing.assert_allclose(found.without, [4 / 7, 8 / 9, 8 / 9])
    # Correlation of a with b + c: (4/3 + 4/3) / sqrt(5/3 x (10/3 + 4/3)).
    assert found.with_rest[0] == pytest.approx((8 / 3) / np.sqrt(5 / 3 * 14 / 3))
    # Ten times one member: raw changes, standardised does not.
    ten = alpha(["a", "b", "c"], rows * [10, 1, 1])
    assert ten.standardised == pytest.approx(6 / 7)
    # Variances 500/3, 5/3, 5/3 and covariances 40/3, 40/3, 2/3: 3/2 x (1 - 510 / 674).
    assert ten.raw == pytest.approx(1.5 * (1 - (510 / 3) / ((510 + 2 * 82) / 3)))


def test_gaps_by_complete_units_and_pair_by_pair() -> None:
    rows = np.array([[1.0, 2, 1], [2, 1, 3], [3, 3, 2], [4, 4, 4], [9, NAN, 1], [NAN, 7, 5]])
    complete = alpha(["a", "b", "c"], rows, "complete")
    assert complete.units == 4
    assert complete.raw == pytest.approx(6 / 7)
    pairwise = alpha(["a", "b", "c"], rows, "pairwise")
    assert pairwise.units == 4  # a and b have the fewest units in common
    # Variances over each member's own units, covariances over those of each pair.
    a, b, c = rows.T
    own = [np.var(x[~np.isnan(x)], ddof=1) for x in (a, b, c)]
    pairs = [(a[:4], b[:4]), (a[:5], c[:5]), (b[[0, 1, 2, 3, 5]], c[[0, 1, 2, 3, 5]])]
    between = sum(np.cov(x, y)[0, 1] for x, y in pairs)
    assert pairwise.raw == pytest.approx(1.5 * (1 - sum(own) / (sum(own) + 2 * between)))


def test_what_does_not_vary_or_was_not_answered_takes_no_part() -> None:
    rows = np.array([[1.0, 2, 1], [2, 1, 3], [3, 3, 2], [4, 4, 4]])
    with_more = np.column_stack([rows, np.full(4, 50.0), np.full(4, NAN)])
    for missing in ("complete", "pairwise"):
        found = alpha(["a", "b", "c", "flat", "blank"], with_more, missing)
        assert found.raw == pytest.approx(6 / 7)
        assert found.left_out == ("flat", "blank")
        assert found.codes == ("a", "b", "c")
        assert found.note == "left_out"


@pytest.mark.parametrize("missing", ["complete", "pairwise"])
@pytest.mark.parametrize(
    ("rows", "note"),
    [
        ([[1.0, 2.0]], "few_units"),
        ([[1.0, 2.0], [3.0, 1.0]], "few_units"),
        ([[1.0, 5.0], [2.0, 5.0], [4.0, 5.0]], "few_codes"),
        ([[1.0, NAN], [2.0, NAN], [4.0, NAN]], "few_codes"),
    ],
)
def test_what_cannot_be_said_has_a_note(missing: str, rows: list[list[float]], note: str) -> None:
    found = alpha(["a", "b"], np.array(rows), missing)
    assert np.isnan(found.raw)
    assert np.isnan(found.standardised)
    assert found.note == note


def test_members_that_cancel_each_other_give_no_alpha() -> None:
    found = alpha(["a", "b"], np.array([[1.0, -1], [2, -2], [4, -4]]))
    assert np.isnan(found.raw)
    assert found.note == "indefinite"


def test_an_unknown_way_with_gaps_is_named() -> None:
    with pytest.raises(ValueError, match="missing is 'mean'; use one of complete, pairwise"):
        alpha(INDICATORS, DATA, "mean")


@given(seed=st.integers(0, 2**32 - 1), factor=st.floats(0.01, 1000), shift=st.floats(-1000, 1000))
def test_alpha_has_no_unit_and_no_zero(seed: int, factor: float, shift: float) -> None:
    rows = np.random.default_rng(seed).random((12, 4))
    one, other = alpha("abcd", rows), alpha("abcd", rows * factor + shift)
    assert other.standardised == pytest.approx(one.standardised, abs=1e-6)
    assert other.raw == pytest.approx(one.raw, abs=1e-6)


def test_the_same_member_twice_is_alpha_one() -> None:
    column = np.array([1.0, 5, 2, 8])
    found = alpha(["a", "b"], np.column_stack([column, column]))
    assert found.raw == pytest.approx(1)
    assert np.isnan(found.without).all()  # one alone has none
