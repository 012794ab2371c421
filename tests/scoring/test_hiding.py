"""The "hide your worst" game: leaving out weak answers gains nothing in the assured score.

166 simulated units with 98 measurements; each in turn leaves out its weakest 5 % or 10 %, the others stay as they are.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.model import DrawSettings, FloatArray, Panel
from scoring.ranks import ranks
from scoring.score import score
from scoring.uncertainty import uncertainty
from tests.bench.grid import framework, panel
from tests.scoring.test_uncertainty import towns
from tests.scoring.towns import key_features, small

UNITS, LEAVES = 166, 98


def hidden(whole: Panel, share: float) -> Panel:
    """Every unit without its weakest answers, by points."""
    scores = score(framework(LEAVES), whole, "full")
    columns = [scores.column(code) for code in whole.codes]
    points: FloatArray = scores.assured[:, columns]
    count = round(share * LEAVES)
    values = whole.values.copy()
    for unit, weakest in enumerate(np.argsort(points, axis=1, kind="stable")[:, :count]):
        values[unit, weakest] = np.nan
    return Panel(whole.units, whole.codes, values, whole.out, whole.claimed & ~np.isnan(values))


@pytest.mark.parametrize("share", [0.05, 0.10])
def test_nobody_of_166_gains_a_place_by_hiding_the_weakest_answers(share: float) -> None:
    whole = panel(UNITS, LEAVES, gaps=False)
    before = score(framework(LEAVES), whole, "full").assured[:, 0]
    after = score(framework(LEAVES), hidden(whole, share), "full").assured[:, 0]
    everybody = np.ones(UNITS, dtype=bool)
    usual = ranks(before, everybody)
    gains = []
    for unit in range(UNITS):
        alone = before.copy()
        alone[unit] = after[unit]
        gains.append(int(usual[unit] - ranks(alone, everybody)[unit]))
    assert max(gains) <= 0
    assert (after <= before + 1e-9).all()


def test_the_mean_of_what_is_left_would_reward_the_game() -> None:
    # Why the reported score gives no rank: there, hiding a tenth lifts a unit over many others.
    whole = panel(UNITS, LEAVES, gaps=False)
    before = score(framework(LEAVES), whole, "full").reported[:, 0]
    after = score(framework(LEAVES), hidden(whole, 0.10), "full").reported[:, 0]
    assert (after > before).all()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), gaps=st.floats(0, 0.9))
def test_the_bracket_holds_the_reported_score(seed: int, gaps: float) -> None:
    scores = score(small(), towns(small(), 3, gaps, seed), "full")
    known = ~np.isnan(scores.reported)
    assert (scores.assured[known] <= scores.reported[known] + 1e-9).all()
    assert (scores.reported[known] <= scores.upper[known] + 1e-9).all()


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), gaps=st.floats(0.15, 0.6))
def test_the_bracket_holds_the_middle_of_the_draws(seed: int, gaps: float) -> None:
    whole = towns(key_features(), 3, gaps, seed)
    scores = score(key_features(), whole, "full")
    found = uncertainty(
        key_features(),
        whole,
        "full",
        np.full(whole.values.shape, 0.1),
        np.ones(3, dtype=bool),
        DrawSettings(draws=1_000, seed=seed),
    )
    assert (scores.assured[:, 0] <= found.score[:, 1]).all()
    assert (found.score[:, 1] <= scores.upper[:, 0]).all()
