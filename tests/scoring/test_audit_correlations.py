"""Correlations and their flags: the handbook's table 6, families by hand, and SciPy beside the ranks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scoring.audit.correlations import correlate
from scoring.audit.spearman import spearman_matrix
from tests.scoring.technology import DATA, INDICATORS

NAN = np.nan

# OECD and JRC, Handbook (2008), table 6, page 64, the half above the diagonal, row by row.
TABLE_6 = [
    [0.13, -0.09, 0.45, 0.28, 0.03, 0.22, 0.08],
    [0.46, 0.25, 0.56, 0.32, 0.30, 0.06],
    [-0.45, 0.56, 0.84, 0.63, 0.27],
    [0.00, -0.36, -0.35, -0.03],
    [0.64, 0.30, 0.33],
    [0.65, 0.26],
    [0.08],
]


def test_the_handbook_s_correlations() -> None:
    found = correlate(INDICATORS, DATA, dict.fromkeys(INDICATORS, "TAI"))
    above = found.pearson[np.triu_indices(8, 1)]
    printed = np.array([r for row in TABLE_6 for r in row])
    # Telephones stand in table A.2 as logarithms with two decimals, which is little for their small range.
    telephones = (np.array(np.triu_indices(8, 1)) == INDICATORS.index("TELEPHONES")).any(axis=0)
    np.testing.assert_allclose(above[~telephones], printed[~telephones], atol=0.0075)
    np.testing.assert_allclose(above[telephones], printed[telephones], atol=0.02)
    assert (found.units == 23).all()
    negative = {(pair.first, pair.second) for pair in found.flagged}
    assert negative >= {("PATENTS", "INTERNET"), ("INTERNET", "EXPORTS"), ("EXPORTS", "ELECTRICITY")}
    assert all(pair.flag == "negative" for pair in found.flagged)
    # Marked as significant in the table is what lies beyond 0.41.
    assert {(p.first, p.second) for p in found.flagged if p.significant} == {("INTERNET", "EXPORTS")}


def test_flags_of_a_small_tree() -> None:
    # x and y are one measurement asked twice, z runs against both; w stands in another family.
    parents = {"whole": "", "A": "whole", "B": "whole", "x": "A", "y": "A", "z": "A", "w": "B"}
    x = np.array([1.0, 2, 3, 4, 5])
    y = np.array([2.0, 4, 6, 8, 10.5])
    z = np.array([5.0, 3, 4, 1, 2])
    area = (x + y + z) / 3
    columns = {"whole": (area + x) / 2, "A": area, "B": x, "x": x, "y": y, "z": z, "w": x}
    found = correlate(list(columns), np.column_stack(list(columns.values())), parents)
    flags = {(p.first, p.second): (p.relation, p.flag) for p in found.flagged}
    assert flags == {
        ("A", "B"): ("siblings", "redundant"),
        ("x", "y"): ("siblings", "redundant"),
        ("x", "w"): ("apart", "redundant"),
        ("y", "w"): ("apart", "redundant"),
        ("x", "z"): ("siblings", "negative"),
        ("y", "z"): ("siblings", "negative"),
        ("z", "A"): ("parent", "negative"),
    }  # w is the only child of B and so the same as B
    pair = next(p for p in found.flagged if (p.first, p.second) == ("x", "z"))
    # d = -4, -1, -1, 3, 3 in ranks: 1 - 6 x 36 / (5 x 24), as z holds 1 to 5 itself.
    assert pair.spearman == pytest.approx(-0.8)
    assert pair.pearson == pytest.approx(-0.8)
    assert pair.units == 5
    assert not pair.significant  # atanh(0.8) sqrt(2) = 1.55


def test_thresholds_are_arguments() -> None:
    x, z = np.array([1.0, 2, 3, 4, 5]), np.array([5.0, 3, 4, 1, 2])
    rows = np.column_stack([x, z])
    family = {"x": "A", "z": "A"}
    assert correlate("xz", rows, family, redundant=0.75).flagged[0].flag == "redundant"
    assert correlate("xz", rows, family, negative=-0.9).flagged == ()
    with pytest.raises(ValueError, match="redundant is 0"):
        correlate("xz", rows, family, redundant=0)


def test_what_cannot_be_said_is_not_a_number_and_no_flag() -> None:
    rows = np.column_stack([[1.0, 2, 3, 4], [7.0, 7, 7, 7], [NAN] * 4, [1.0, 2, NAN, NAN]])
    found = correlate("abcd", rows, dict.fromkeys("abcd", "A"))
    assert np.isnan(found.pearson[np.triu_indices(4, 1)]).all()
    assert np.isnan(found.spearman[np.triu_indices(4, 1)]).all()
    assert found.units.tolist() == [[4, 4, 0, 2], [4, 4, 0, 2], [0, 0, 0, 0], [2, 2, 0, 2]]
    assert found.flagged == ()
    assert np.isnan(correlate("ab", np.array([[1.0, 2]]), {}).pearson).all()


@given(seed=st.integers(0, 2**32 - 1), levels=st.integers(2, 30))
def test_ranks_with_ties_and_gaps_are_what_scipy_finds(seed: int, levels: int) -> None:
    random = np.random.default_rng(seed)
    rows = random.integers(0, levels, (14, 4)).astype(float)
    rows[random.random(rows.shape) < 0.25] = NAN
    found = spearman_matrix(rows)
    for i in range(4):
        for j in range(4):
            both = ~np.isnan(rows[:, i]) & ~np.isnan(rows[:, j])
            x, y = rows[both, i], rows[both, j]
            told = both.sum() >= 3 and len(set(x)) > 1 and len(set(y)) > 1
            expected = stats.spearmanr(x, y).statistic if told else NAN
            assert found[i, j] == pytest.approx(expected, abs=1e-12, nan_ok=True)
