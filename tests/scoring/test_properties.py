"""What must hold for every city, whatever it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.model import BoolArray, FloatArray, Framework, Panel
from scoring.score import score
from tests.scoring.towns import (
    key_features,
    panel_of,
    scored_codes,
    small,
    values_between_goalposts,
    with_geometric_top,
    with_weights,
)

TINY = 1e-9
POINT_FIGURES = ("assured", "reported", "upper", "without_claims", "refused_remit")
SHARE_FIGURES = ("coverage", "claimed", "weight")


FRAMEWORKS = {
    "small": small(),
    "key_features": key_features(),
    "geometric": with_geometric_top(small()),
}
every_framework = pytest.mark.parametrize("name", FRAMEWORKS)


@st.composite
def answers(draw: Callable[..., Any], name: str, units: int = 2) -> Panel:
    """Units with any answers (also beyond the goalposts), blanks and claims of being outside the remit."""
    framework = FRAMEWORKS[name]
    shape = (units, len(scored_codes(framework)))
    steps = draw(arrays(np.int16, shape, elements=st.integers(-30, 130)))
    kind = draw(arrays(np.int8, shape, elements=st.sampled_from([0, 0, 0, 1, 2])))
    values = values_between_goalposts(framework, steps / 100)
    values[kind > 0] = np.nan
    return panel_of(framework, values, kind == 2)


def change(panel: Panel, column: int, value: float) -> Panel:
    values: FloatArray = panel.values.copy()
    values[:, column] = value
    out: BoolArray = panel.out.copy()
    out[:, column] = False
    return replace(panel, values=values, out=out)


def same(one: FloatArray, other: FloatArray) -> bool:
    return bool(np.array_equal(one, other, equal_nan=True))


def not_above(low: FloatArray, high: FloatArray) -> bool:
    """low <= high, wherever both are scores."""
    both = ~(np.isnan(low) | np.isnan(high))
    return bool((low[both] <= high[both] + TINY).all())


@every_framework
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_blanking_an_answer_never_raises_an_assured_score(name: str, data: st.DataObject) -> None:
    framework = FRAMEWORKS[name]
    panel = data.draw(answers(name))
    column = data.draw(st.integers(0, len(panel.codes) - 1))
    answered = replace(panel, out=panel.out & np.isnan(panel.values))
    kept = np.where(np.isnan(answered.values[:, column]), 0.5, answered.values[:, column])
    before = change(answered, column, 0.0)
    before.values[:, column] = kept
    after = change(answered, column, np.nan)
    for basket in ("core", "full"):
        full, less = score(framework, before, basket), score(framework, after, basket)
        for figure in ("assured", "without_claims", "refused_remit", "coverage"):
            assert not_above(getattr(less, figure), getattr(full, figure))
        assert not_above(full.upper, less.upper)
        assert not_above(less.geometric, full.geometric)


@every_framework
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_better_answer_never_lowers_a_score(name: str, data: st.DataObject) -> None:
    framework = FRAMEWORKS[name]
    panel = data.draw(answers(name))
    column = data.draw(st.integers(0, len(panel.codes) - 1))
    facts = framework.by_code[panel.codes[column]].measurement
    assert facts is not None
    lower, upper = float(facts.lower or 0), float(facts.upper or 0)
    low, high = sorted(data.draw(st.tuples(st.floats(-0.2, 1.2), st.floats(-0.2, 1.2))))
    worse, better = (low, high) if facts.direction > 0 else (high, low)
    weak = score(framework, change(panel, column, lower + worse * (upper - lower)), "full")
    strong = score(framework, change(panel, column, lower + better * (upper - lower)), "full")
    for figure in (*POINT_FIGURES, "geometric"):
        assert not_above(getattr(weak, figure), getattr(strong, figure))


@every_framework
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_figures_stand_in_order_and_within_their_bounds(name: str, data: st.DataObject) -> None:
    framework = FRAMEWORKS[name]
    scores = score(framework, data.draw(answers(name)), data.draw(st.sampled_from(["core", "full"])))
    assert not_above(scores.assured, scores.reported)
    assert not_above(scores.reported, scores.upper)
    assert not_above(scores.without_claims, scores.refused_remit)
    assert not_above(scores.refused_remit, scores.assured)
    assert not_above(scores.claimed, scores.coverage)
    assert not_above(scores.geometric, scores.assured[:, 0])
    for figure, top in [(f, 100.0) for f in POINT_FIGURES] + [(f, 1.0) for f in SHARE_FIGURES]:
        array = getattr(scores, figure)
        shown = array[~np.isnan(array)]
        assert (shown >= 0).all()
        assert (shown <= top + TINY).all()
    full = scores.coverage > 1 - TINY
    np.testing.assert_allclose(scores.assured[full], scores.upper[full], atol=1e-6)
    assert np.isnan(scores.reported[~(scores.coverage > 0)]).all()


@every_framework
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_claims_that_stand_keep_to_the_caps(name: str, data: st.DataObject) -> None:
    framework = FRAMEWORKS[name]
    panel = data.draw(answers(name))
    scores = score(framework, panel, "full")
    rules = framework.rules
    claimed = np.isin(scores.nodes, panel.codes) & (scores.out | scores.out_over_cap)
    assert claimed.sum() == panel.out.sum()
    assert (scores.out @ scores.nominal <= rules.remit_cap_overall + TINY).all()
    for node in framework.at_level(rules.remit_level or ""):
        below = np.array([_is_below(framework, code, node.code) for code in scores.nodes])
        cap = rules.remit_cap_level * scores.nominal[scores.column(node.code)]
        assert ((scores.out & below) @ scores.nominal <= cap + TINY).all()


def _is_below(framework: Framework, code: str, above: str) -> bool:
    while code and code != above:
        code = framework.by_code[code].parent
    return code == above


@every_framework
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_other_units_change_nothing(name: str, data: st.DataObject) -> None:
    """Neither their order nor their number: to the last bit."""
    framework = FRAMEWORKS[name]
    panel = data.draw(answers(name, units=7))
    order = data.draw(st.permutations(range(7)))
    chosen = data.draw(st.integers(1, 7))
    some = list(order)[:chosen]
    part = Panel(
        tuple(panel.units[i] for i in some),
        panel.codes,
        panel.values[some],
        panel.out[some],
        panel.claimed[some],
    )
    everybody, few = score(framework, panel, "full"), score(framework, part, "full")
    for figure in (*POINT_FIGURES, *SHARE_FIGURES, "geometric", "balance_loss", "ranked", "out"):
        assert same(getattr(few, figure), getattr(everybody, figure)[some])


@every_framework
@given(data=st.data(), factor=st.floats(0.01, 100))
@settings(max_examples=30, deadline=None)
def test_weights_have_no_scale(name: str, data: st.DataObject, factor: float) -> None:
    """All children of a node may weigh twice as much: nothing changes."""
    framework = FRAMEWORKS[name]
    panel = data.draw(answers(name))
    parent = data.draw(st.sampled_from([code for code, family in framework.children.items() if family]))
    weights = {code: framework.by_code[code].weight * factor for code in framework.children[parent]}
    before, after = score(framework, panel, "full"), score(with_weights(framework, weights), panel, "full")
    for figure in (*POINT_FIGURES, *SHARE_FIGURES, "geometric"):
        np.testing.assert_allclose(getattr(after, figure), getattr(before, figure), atol=1e-7)
    np.testing.assert_array_equal(after.out, before.out)


@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_a_plain_recursion_gives_the_same_scores(data: st.DataObject) -> None:
    """The arrays against the definition written as a recursion over the tree."""
    framework = key_features()
    panel = data.draw(answers("key_features", units=1))
    scores = score(framework, panel, "full")
    points = {c: scores.assured[0, scores.column(c)] for c in panel.codes}
    answered = {c for j, c in enumerate(panel.codes) if not np.isnan(panel.values[0, j])}
    out = {c for c in panel.codes if scores.out[0, scores.column(c)]}

    def mean(code: str, blank: float | None) -> float | None:
        if framework.by_code[code].measurement is not None:
            if code not in points or code in out:
                return None
            return float(points[code]) if code in answered else blank
        parts = [(framework.by_code[child].weight, mean(child, blank)) for child in framework.children[code]]
        there = [(weight, value) for weight, value in parts if value is not None]
        return sum(w * v for w, v in there) / sum(w for w, _ in there) if there else None

    for figure, blank in (("assured", 0.0), ("upper", 100.0), ("reported", None)):
        for j, code in enumerate(scores.nodes):
            expected = mean(code, blank)
            assert getattr(scores, figure)[0, j] == pytest.approx(
                np.nan if expected is None else expected, nan_ok=True, abs=TINY
            )
