"""Sobol indices, held to the Ishigami function's known values and to another implementation."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import sobol as oracle

from scoring.sobol import RESAMPLES, WIDEST, sobol

# Ishigami and Homma (1990) with a = 7, b = 0.1; indices by integration:
# V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = b^2 pi^8 (1/18 - 1/50), V = V1 + V2 + V13.
A, B = 7.0, 0.1
V1, V2, V13 = 0.5 * (1 + B * np.pi**4 / 5) ** 2, A**2 / 8, B**2 * np.pi**8 * (1 / 18 - 1 / 50)
V = V1 + V2 + V13
FIRST = np.array([V1, V2, 0.0]) / V
TOTAL = np.array([V1 + V13, V2, V13]) / V


def ishigami(x: np.ndarray) -> np.ndarray:
    return np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0])


def outcomes(runs: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    a, b = rng.uniform(-np.pi, np.pi, (2, runs, 3))
    mixed = []
    for k in range(3):
        one = a.copy()
        one[:, k] = b[:, k]
        mixed.append(ishigami(one))
    return ishigami(a), ishigami(b), np.array(mixed)


def test_the_known_values_are_the_published_ones() -> None:
    assert pytest.approx([0.3139, 0.4424, 0.0], abs=5e-5) == FIRST
    assert pytest.approx([0.5576, 0.4424, 0.2437], abs=5e-5) == TOTAL


def test_ishigami_within_the_limits_and_close() -> None:
    found = sobol(*outcomes(60_000), np.random.default_rng(0))
    assert found.first == pytest.approx(FIRST, abs=0.012)
    assert found.total == pytest.approx(TOTAL, abs=0.012)
    assert found.variance == pytest.approx(V, rel=0.02)
    for value, limits in ((FIRST, found.first_limits), (TOTAL, found.total_limits)):
        assert ((limits[:, 0] - 0.01 <= value) & (value <= limits[:, 1] + 0.01)).all()
    assert found.told.all()


def test_the_same_indices_as_another_implementation_on_the_same_runs() -> None:
    a, b, mixed = outcomes(4_000)
    problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-np.pi, np.pi]] * 3}
    in_turn = np.column_stack([a, *mixed, b]).ravel()
    theirs = oracle.analyze(problem, in_turn, calc_second_order=False, print_to_console=False, seed=1)
    ours = sobol(a, b, mixed, np.random.default_rng(0))
    # They centre at the mean of all runs, mixtures too; we at that of the two samples.
    assert ours.first == pytest.approx(theirs["S1"], abs=1e-4)
    assert ours.total == pytest.approx(theirs["ST"], abs=1e-4)
    # Their limits are half-widths by another bootstrap of the same runs.
    half = 0.5 * (ours.first_limits[:, 1] - ours.first_limits[:, 0])
    assert half == pytest.approx(theirs["S1_conf"], rel=0.35)


def test_a_shift_of_the_outcome_changes_nothing() -> None:
    a, b, mixed = outcomes(200)
    near = sobol(a, b, mixed, np.random.default_rng(0))
    far = sobol(a + 1e6, b + 1e6, mixed + 1e6, np.random.default_rng(0))
    assert far.first == pytest.approx(near.first, abs=1e-6)
    assert far.total == pytest.approx(near.total, abs=1e-6)


def test_few_runs_give_limits_too_wide_to_be_told() -> None:
    found = sobol(*outcomes(50), np.random.default_rng(0))
    widths = found.first_limits[:, 1] - found.first_limits[:, 0]
    assert (widths > WIDEST).any()
    assert not found.told.all()


def test_nothing_varies() -> None:
    same = np.full(10, 3.0)
    found = sobol(same, same, np.stack([same, same]), np.random.default_rng(0))
    assert found.first.tolist() == [0.0, 0.0]
    assert found.total.tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("a", "b", "mixed", "message"),
    [
        ([1.0], [2.0], [[1.0]], "give n, n, k x n"),
        ([1.0, 2.0], [2.0], [[1.0, 2.0]], "give n, n, k x n"),
        ([1.0, np.nan], [2.0, 1.0], [[1.0, 2.0]], "not finite"),
    ],
)
def test_outcomes_that_cannot_be_judged(a: list, b: list, mixed: list, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sobol(np.array(a), np.array(b), np.array(mixed), np.random.default_rng(0))


def test_enough_resamples_for_stable_limits() -> None:
    a, b, mixed = outcomes(2_000)
    one, two = (sobol(a, b, mixed, np.random.default_rng(seed)).first_limits for seed in (0, 1))
    assert RESAMPLES >= 200
    assert one == pytest.approx(two, abs=0.02)
