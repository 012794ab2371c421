"""Severity: worked out on paper, beside an exact mixed model on panels whose truth is known, and what always holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.agreement import spearman
from scoring.marks.design import design
from scoring.marks.severity import (
    NO_SPARE,
    TOO_FEW_CITIES,
    TOO_FEW_JURORS,
    UNCONNECTED,
    adjusted_marks,
    adjusted_whole,
    juror_effects,
    moved,
    severity,
)
from scoring.marks.sheet import criterion_means
from scoring.model import FloatArray
from tests.scoring.panels import LIMITS, drawn_design, drawn_marks, marks

NO = np.nan


def mixed_model(table: FloatArray, spreads: tuple[float, float, float]) -> tuple[FloatArray, FloatArray]:
    """City and juror effects by Henderson's equations written out in full, with the true variances."""
    j, i = np.nonzero(~np.isnan(table))
    jurors, cities = table.shape
    design = np.zeros((len(j), 1 + cities + jurors))
    design[:, 0] = 1
    design[np.arange(len(j)), 1 + i] = 1
    design[np.arange(len(j)), 1 + cities + j] = 1
    city, juror, rest = (one**2 for one in spreads)
    ratio = np.diag([0.0] + [rest / city] * cities + [rest / juror] * jurors)
    found = np.linalg.solve(design.T @ design + ratio, design.T @ table[j, i])
    return found[1 : 1 + cities], found[1 + cities :]


def test_juror_effects_solve_hendersons_equations() -> None:
    rng = np.random.default_rng(5)
    spreads = (0.7, 0.4, 0.3)
    _, table = drawn_marks(rng, drawn_design(rng, 9, 40, 3), spreads)
    _, jurors = mixed_model(table, spreads)
    ours = juror_effects(table.T, np.array(spreads) ** 2)
    assert ours == pytest.approx(jurors, abs=1e-9)


# Jurors, cities, jurors a city; spreads of cities, jurors and rest.
@pytest.mark.parametrize(
    ("size", "spreads"),
    [
        ((9, 40, 3), (0.6, 0.4, 0.35)),
        ((9, 40, 3), (0.6, 0.1, 0.35)),
        ((12, 60, 4), (0.5, 0.5, 0.5)),
        ((12, 60, 12), (0.5, 0.5, 0.5)),
        ((6, 24, 3), (0.6, 0.6, 0.3)),
    ],
)
def test_the_order_is_as_near_to_the_truth_as_a_mixed_models(
    size: tuple[int, int, int], spreads: tuple[float, float, float]
) -> None:
    ours, theirs, plain = [], [], []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        quality, table = drawn_marks(rng, drawn_design(rng, *size), spreads)
        found = severity(marks(table), LIMITS)
        assert found.reasons == ("", "")
        ours.append(spearman(found.adjusted[:, -1], quality))
        theirs.append(spearman(mixed_model(table, spreads)[0], quality))
        plain.append(spearman(found.raw[:, -1], quality))
    assert np.mean(ours) > np.mean(theirs) - 0.005
    assert np.mean(ours) > np.mean(plain) - 0.005


def test_a_strict_jury_half_is_corrected() -> None:
    # Two jurors who mark 2 lower without any other noise; every city meets one of them and one other.
    quality = np.array([1, 2, 3, 4, 5, 6, 7, 8.0])
    table = np.full((4, 8), NO)
    for i in range(8):
        table[i % 2, i] = quality[i] - 2
        table[2 + (i // 2) % 2, i] = quality[i]
    table[0, 1] = quality[1] - 2
    table[1, 2] = quality[2] - 2
    found = severity(marks(table), LIMITS)
    below = found.severity[:, 0]
    assert below[:2] == pytest.approx([1, 1], abs=0.02)
    assert below[2:] == pytest.approx([-1, -1], abs=0.02)
    assert np.diff(found.adjusted[:, 0]) == pytest.approx(1, abs=0.02)


def test_the_adjusted_figure_is_the_mean_of_the_adjusted_marks() -> None:
    rng = np.random.default_rng(2)
    _, table = drawn_marks(rng, drawn_design(rng, 6, 24, 3), (0.6, 0.5, 0.3))
    panel = marks(np.stack([table, table + rng.normal(0, 0.2, table.shape)], axis=2), [2, 1])
    found = severity(panel, LIMITS)
    assert adjusted_whole(panel, LIMITS).tolist() == found.adjusted[:, 2].tolist()
    again = marks(adjusted_marks(panel, found), [2, 1])
    assert criterion_means(again) == pytest.approx(found.adjusted[:, :2], abs=1e-12)
    # All cells are full, so the whole of a city is the mean of what its jurors give the whole.
    change = [-np.nan_to_num(found.severity[:, 2])[~np.isnan(table[:, i])].mean() for i in range(24)]
    assert found.raw[:, 2] - found.adjusted[:, 2] == pytest.approx(change, abs=1e-12)


THREE = [[3, 4, 2, 5, 1, 3], [2, 4, 3, 5, 2, 2], [3, 5, 2, 4, 1, 4]]
APART = [[1, 2, 3, NO, NO, NO], [2, 2, 4, NO, NO, NO], [NO, NO, NO, 1, 2, 3], [NO, NO, NO, 2, 3, 3]]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (THREE, ""),
        (THREE[:1], TOO_FEW_JURORS),
        (APART, UNCONNECTED),
        ([[1, 2, NO], [NO, 2, 3]], TOO_FEW_CITIES),
        ([[1, 2, 3, NO], [NO, 2, 3, 4]], NO_SPARE),
    ],
)
def test_where_the_design_is_too_thin_the_marks_stay(table: list[list[float]], reason: str) -> None:
    found = severity(marks(table), LIMITS)
    assert found.reasons == (reason, reason)
    assert found.corrected.tolist() == [not reason] * 2
    if reason:
        assert found.adjusted == pytest.approx(found.raw, abs=0)
        assert np.nan_to_num(found.severity) == pytest.approx(0, abs=0)


def test_a_juror_with_two_cities_is_left_and_the_others_are_not() -> None:
    rng = np.random.default_rng(3)
    _, table = drawn_marks(rng, np.ones((4, 12), dtype=bool), (0.6, 0.8, 0.2))
    table[3, 2:] = NO
    found = severity(marks(table), LIMITS)
    assert found.left[:, 0].tolist() == [False, False, False, True]
    assert found.severity[3, 0] == 0
    assert (np.abs(found.severity[:3, 0]) > 0.01).all()


def test_who_comes_in_and_who_goes_out() -> None:
    raw, adjusted = np.array([5, 4, 3, 2, NO]), np.array([5, 2.5, 3, 2, NO])
    into, out = moved(raw, adjusted, 2)
    assert into.tolist() == [False, False, True, False, False]
    assert out.tolist() == [False, True, False, False, False]


def test_two_who_share_a_place_are_both_in_it() -> None:
    into, out = moved(np.array([5, 4, 3.0]), np.array([5, 4, 4.004]), 2)
    assert into.tolist() == [False, False, True]
    assert not out.any()


def test_a_design_in_two_halves() -> None:
    of = design(~np.isnan(np.array(APART)))
    assert of.load.tolist() == [3, 3, 3, 3]
    assert of.jurors.tolist() == [2] * 6
    assert of.group.tolist() == [0, 0, 1, 1]
    assert (of.groups, of.connected, of.second) == (2, False, 0.0)


def test_a_chain_of_jurors_hangs_together() -> None:
    # Juror 0 and 1 share city 0, 1 and 2 share city 1; juror 3 has none.
    of = design(np.array([[1, 0], [1, 1], [0, 1], [0, 0]], dtype=bool))
    assert of.connected
    assert of.group.tolist() == [0, 0, 0, -1]
    # C = [[.5, -.5, 0], [-.5, 1, -.5], [0, -.5, .5]]: eigenvalues 0, .5, 1.5.
    assert of.second == pytest.approx(0.5)


def test_when_all_mark_all_the_information_is_the_number_of_cities() -> None:
    # C = n (I - J / m): all eigenvalues but one are n.
    assert design(np.ones((5, 30), dtype=bool)).second == pytest.approx(30)


FULL = arrays(float, (4, 6, 2), elements=st.sampled_from([1, 1.5, 2, 2.5, 3, 4, 5]))


@given(FULL, st.integers(0, 3), st.sampled_from([-1.0, 0.5, 2.0]))
@settings(max_examples=50, deadline=None)
def test_a_constant_on_one_jurors_marks_changes_no_order_when_all_mark_all(
    values: FloatArray, juror: int, added: float
) -> None:
    lifted = values.copy()
    lifted[juror] += added
    one, other = (severity(marks(table), LIMITS) for table in (values, lifted))
    for k in range(3):
        apart = one.adjusted[:, k][:, None] - one.adjusted[:, k]
        after = other.adjusted[:, k][:, None] - other.adjusted[:, k]
        assert after == pytest.approx(apart, abs=1e-9)


@given(arrays(float, (4, 6, 2), elements=st.sampled_from([1, 2, 2.5, 3, 5, NO])), st.permutations(range(4)))
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_jurors_changes_nothing(values: FloatArray, order: list[int]) -> None:
    panel = marks(values)
    one, other = severity(panel, LIMITS), severity(panel.only(order), LIMITS)
    assert other.adjusted == pytest.approx(one.adjusted, abs=1e-8, nan_ok=True)
    assert other.severity == pytest.approx(one.severity[order], abs=1e-8, nan_ok=True)
    assert other.reasons == one.reasons
