"""Corner cases of scoring a basket."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from scoring.model import Panel
from scoring.panel import assemble
from scoring.plan import compile_plan
from scoring.score import score
from tests.scoring.towns import (
    at,
    key_features,
    observation,
    panel_of,
    scored_codes,
    small,
    values_between_goalposts,
    with_weights,
)


def key_features_panel(blank: str = "", out: str = "", way: float = 0.5) -> Panel:
    """One city with every answer half-way between its goalposts, but for what is named."""
    codes = scored_codes(key_features())
    values = values_between_goalposts(key_features(), np.full((1, len(codes)), way))
    claims = np.array([[code in out.split() for code in codes]])
    values[0, [code in blank.split() for code in codes]] = np.nan
    values[claims] = np.nan
    return panel_of(key_features(), values, claims)


@pytest.mark.parametrize(("basket", "leaves"), [("core", 36), ("full", 55)])
def test_full_points_everywhere_are_full_points_in_the_whole(basket: str, leaves: int) -> None:
    codes = scored_codes(key_features())
    facts = [key_features().by_code[code].measurement for code in codes]
    best = np.array([[1.0 if fact.direction > 0 else 0.0 for fact in facts]])
    scores = score(
        key_features(), panel_of(key_features(), values_between_goalposts(key_features(), best)), basket
    )
    np.testing.assert_allclose(scores.assured, 100.0)
    np.testing.assert_allclose(scores.coverage, 1.0)
    assert len(compile_plan(key_features(), basket).leaf_codes) == leaves
    assert scores.ranked.tolist() == [True]
    assert scores.balance_loss[0] == pytest.approx(0)


def test_every_focus_area_counts_a_twelfth() -> None:
    for basket in ("core", "full"):
        scores = score(key_features(), key_features_panel(), basket)
        areas = [scores.column(node.code) for node in key_features().at_level("focus_area")]
        np.testing.assert_allclose(scores.nominal[areas], np.full(12, 1 / 12))
        leaves = [scores.column(code) for code in compile_plan(key_features(), basket).leaf_codes]
        assert scores.nominal[leaves].sum() == pytest.approx(1)


def test_the_core_basket_holds_no_survey_and_the_full_one_nothing_doubtful() -> None:
    core = score(key_features(), key_features_panel(), "core").nodes
    full = score(key_features(), key_features_panel(), "full").nodes
    assert "1.2.1" in core
    assert "1.2.2" not in core
    assert "1.2.2" in full
    assert "5.2" not in core  # both of its measurements are surveys
    assert {"7.2.3", "9.2.2", "11.2.2", "1.4.1", "12.1.2"}.isdisjoint(full)


@pytest.mark.parametrize(
    ("blank", "ranked", "coverage"),
    [
        ("", True, 1.0),
        ("6.4.1", True, 23 / 24),  # half of an area is enough
        ("6.4.1 6.4.2", False, 11 / 12),  # an area without any answer is not, whatever the whole
        ("5.1.1 6.4.1 8.1.1 11.1.1 12.1.1", True, 29 / 36),  # four areas by half, one by a third
        ("5.1.1 6.4.1 8.1.1 11.1.1 12.1.1 2.2.1", False, 28 / 36),  # every area is covered, the whole is not
    ],
)
def test_ranked_needs_the_whole_and_every_area(blank: str, ranked: bool, coverage: float) -> None:
    scores = score(key_features(), key_features_panel(blank), "core")
    assert scores.ranked.tolist() == [ranked]
    assert at(scores, "coverage", "city") == pytest.approx(coverage)


@pytest.mark.parametrize(("money", "care", "ranked"), [(3, 2, True), (3.001, 2, True), (2.999, 2, False)])
def test_coverage_of_just_the_threshold_is_enough(money: float, care: float, ranked: bool) -> None:
    """Area 2 is answered to 3 of 5, so the town to (1 + 0.6) / 2 = 0.8."""
    framework = with_weights(small(), {"2.1": money, "2.2": care})
    answers = {code: observation(code, 10.0) for code in ("1.2.1", "1.10.2", "2.1.1")}
    answers["1.10.1"] = observation("1.10.1", 2)
    scores = score(framework, assemble(framework, {"town": answers}), "core")
    assert at(scores, "coverage", "town") == pytest.approx(0.8, abs=1e-3)
    assert scores.ranked.tolist() == [ranked]


def test_a_whole_area_out_of_the_basket_shares_its_weight() -> None:
    rules = replace(small().rules, remit_cap_level=1.0, remit_cap_overall=0.5)
    framework = replace(small(), rules=rules)
    answers = {"1.2.1": observation("1.2.1", 40.0)} | {
        code: observation(code, None, "outside_remit") for code in ("2.1.1", "2.2.1")
    }
    scores = score(framework, assemble(framework, {"town": answers}), "core")
    assert math.isnan(at(scores, "assured", "2"))
    assert at(scores, "weight", "2") == 0
    assert at(scores, "weight", "1") == 1
    assert at(scores, "assured", "town") == at(scores, "assured", "1") == 20.0  # (40 + 0) / 2
    assert scores.geometric[0] == pytest.approx(20.0)
    assert at(scores, "refused_remit", "town") == 10.0


def test_a_city_wholly_outside_has_no_score_at_all() -> None:
    rules = replace(small().rules, remit_cap_level=1.0, remit_cap_overall=1.0)
    framework = replace(small(), rules=rules)
    answers = {code: observation(code, None, "not_applicable") for code in scored_codes(framework)}
    scores = score(framework, assemble(framework, {"town": answers}), "core")
    for figure in (scores.assured, scores.reported, scores.upper, scores.coverage):
        assert np.isnan(figure).all()
    assert scores.ranked.tolist() == [False]
    assert np.isnan(scores.geometric).all()


def test_a_framework_without_a_remit_section_accepts_no_claim() -> None:
    rules = replace(small().rules, remit_level=None, remit_cap_level=0.0, remit_cap_overall=0.0)
    framework = replace(small(), rules=rules)
    answers = {"2.2.1": observation("2.2.1", None, "outside_remit")}
    scores = score(framework, assemble(framework, {"town": answers}), "core")
    assert at(scores, "coverage", "2.2.1") == 0
    assert scores.out_over_cap[0, scores.column("2.2.1")]


def test_a_measurement_of_weight_zero_counts_nothing() -> None:
    framework = with_weights(small(), {"1.10.1": 0})
    answers = {"1.10.1": observation("1.10.1", 5), "1.10.2": observation("1.10.2", 45)}
    scores = score(framework, assemble(framework, {"town": answers}), "core")
    assert at(scores, "assured", "1.10") == 0
    assert at(scores, "coverage", "1.10") == 1
    assert at(scores, "claimed", "1.10") == 0


def test_a_feature_without_any_weight_is_not_in_the_basket() -> None:
    framework = with_weights(small(), {"1.2.1": 0})
    answers = {"1.2.1": observation("1.2.1", 100.0), "1.10.2": observation("1.10.2", 25.0)}
    scores = score(framework, assemble(framework, {"town": answers}), "core")
    assert {"1.2", "1.2.1"}.isdisjoint(scores.nodes)
    assert at(scores, "assured", "1") == at(scores, "assured", "1.10") == 25.0
    assert {"1.2", "1.2.1"} <= set(score(framework, assemble(framework, {}), "full").nodes)


def test_a_claim_counts_as_blank_where_a_value_stands_beside_it() -> None:
    panel = panel_of(small(), values_between_goalposts(small(), np.full((1, 7), 1.0)))
    out = np.zeros((1, 7), dtype=bool)
    out[0, panel.codes.index("2.2.1")] = True
    scores = score(small(), replace(panel, out=out), "core")
    assert scores.out[0, scores.column("2.2.1")]
    assert at(scores, "refused_remit", "2.2") == 0


def test_columns_of_a_panel_may_stand_in_any_order() -> None:
    panel = key_features_panel("1.1.1 4.2.1", way=0.3)
    order = np.random.default_rng(1).permutation(len(panel.codes))
    shuffled = Panel(
        panel.units,
        tuple(panel.codes[i] for i in order),
        panel.values[:, order],
        panel.out[:, order],
        panel.claimed[:, order],
    )
    first, second = (score(key_features(), p, "full") for p in (panel, shuffled))
    np.testing.assert_array_equal(first.assured, second.assured)


def test_a_city_alone_has_the_scores_it_has_among_others() -> None:
    random = np.random.default_rng(3)
    values = values_between_goalposts(key_features(), random.random((9, len(scored_codes(key_features())))))
    values[random.random(values.shape) < 0.2] = np.nan
    panel = panel_of(key_features(), values)
    together = score(key_features(), panel, "full")
    for i in range(9):
        alone = score(
            key_features(),
            Panel(("u",), panel.codes, values[[i]], panel.out[[i]], panel.claimed[[i]]),
            "full",
        )
        for figure in ("assured", "reported", "upper", "coverage", "geometric", "without_claims"):
            np.testing.assert_array_equal(getattr(alone, figure)[0], getattr(together, figure)[i])


def test_scores_cannot_be_changed() -> None:
    scores = score(key_features(), key_features_panel(), "core")
    for name in ("assured", "weight", "nominal", "in_basket", "ranked"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(scores, name)[...] = 0


def test_no_units_make_empty_scores() -> None:
    scores = score(small(), assemble(small(), {}), "full")
    assert scores.assured.shape == (0, 14)
    assert scores.ranked.shape == (0,)


def test_wrong_input_is_named() -> None:
    panel = key_features_panel()
    with pytest.raises(KeyError, match="other"):
        score(key_features(), panel, "other")
    with pytest.raises(ValueError, match=r"the panel lacks measurements of the basket: 1\.2\.1, 1\.10\.1"):
        score(small(), replace(panel_of(small(), np.zeros((1, 7))), codes=tuple("abcdefg")), "core")
    with pytest.raises(ValueError, match=r"panel\.out has the shape \(2, 55\)"):
        score(key_features(), replace(panel, out=np.zeros((2, 55), dtype=bool)), "core")
    framework = replace(small(), baskets=(replace(small().baskets[0], id="none", includes=("x",)),))
    with pytest.raises(ValueError, match="basket 'none' of small has no scored measurement"):
        score(framework, panel_of(small(), np.zeros((1, 7))), "none")


def test_the_example_of_decision_0005() -> None:
    """A city that claims all eight core measurements a city may lack: five claims stand."""
    asked = [node.code for node in key_features().measurements if node.measurement.outside_remit]
    scores = score(key_features(), key_features_panel(out=" ".join(asked)), "core")
    stand = [code for code, out in zip(scores.nodes, scores.out[0], strict=True) if out]
    beyond = [code for code, over in zip(scores.nodes, scores.out_over_cap[0], strict=True) if over]
    assert sorted(stand) == ["1.3.1", "12.1.1", "6.4.2", "8.3.2", "9.3.1"]
    assert sorted(beyond) == ["1.2.1", "4.4.1", "8.3.1"]
    assert (scores.out[0] @ scores.nominal) == pytest.approx(7 / 48)  # 14.6 %
