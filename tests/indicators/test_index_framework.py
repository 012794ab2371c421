"""Every folder that the city pages read is a folder for an index too, with the same tree and the same scores."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from actions.index import vocabulary
from indicators import KEY_FEATURES
from indicators.catalogue import load_framework
from indicators.index_framework import load_index_framework
from indicators.method_apply import apply_method
from indicators.method_file import Method
from scoring.index import index
from scoring.index_prepare import ZERO, Figures, Preparation
from scoring.model import Panel
from scoring.score import score
from tests.conftest import ROOT

FRAMEWORKS = ROOT / "tests" / "frameworks"


@pytest.mark.parametrize(
    "folder", [KEY_FEATURES, FRAMEWORKS / "hdi", FRAMEWORKS / "small"], ids=lambda one: one.name
)
def test_a_city_framework_scores_the_same_as_an_index(folder: Path) -> None:
    """Blanks at their worst: the assured score to the last digit, with a third of the answers missing."""
    strict = load_framework(folder)
    loose = load_index_framework(folder, vocabulary())
    applied = apply_method(Method(), loose, vocabulary())
    assert [(n.code, n.parent, n.level, n.weight) for n in applied.framework.nodes] == [
        (n.code, n.parent, n.level, n.weight) for n in strict.nodes
    ]
    scored = [(n.code, n.measurement) for n in strict.measurements if n.measurement and n.measurement.scored]
    random = np.random.default_rng(7)
    columns = []
    for _, facts in scored:
        low, high = max(facts.plausible_low, facts.lower or 0), min(facts.plausible_high, facts.upper or 0)
        drawn = low + (high - low) * random.random(9)
        columns.append(np.round(drawn) if facts.scale == "ladder" else drawn)
    values = np.where(random.random((9, len(scored))) < 1 / 3, np.nan, np.column_stack(columns))
    units, codes = tuple(f"town {n}" for n in range(9)), tuple(code for code, _ in scored)
    nothing = np.zeros(values.shape, dtype=bool)
    for basket in strict.baskets:
        plain = score(strict, Panel(units, codes, values, nothing, nothing), basket.id)
        got = index(applied.framework, basket.id, Figures(units, codes, values), Preparation(missing=ZERO))
        assert got.nodes == plain.nodes
        np.testing.assert_allclose(got.assured, plain.assured, rtol=0, atol=1e-9)
        np.testing.assert_allclose(got.upper, plain.upper, rtol=0, atol=1e-9)
        np.testing.assert_allclose(got.coverage, plain.coverage, rtol=0, atol=1e-12)
