"""Every node left out in turn: worked by hand, and against a framework in which the node weighs nothing."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.model import FloatArray, Framework, Panel
from scoring.plan import compile_plan
from scoring.remove_one import ready_of, remove_from_points, remove_one
from scoring.score import score
from tests.scoring.three_towns import three_towns
from tests.scoring.towns import (
    key_features,
    panel_of,
    scored_codes,
    small,
    values_between_goalposts,
    with_geometric_top,
    with_weights,
)

NAN = np.nan


@pytest.mark.parametrize(
    ("code", "scores", "rank", "change", "rank_change"),
    [
        # Area 2 alone is the town.
        ("1", [25, 37.5, 75], [3, 2, 1], [-20, 1.25, 23.75], [1, -1, 0]),
        ("2", [65, 35, 27.5], [1, 2, 3], [20, -1.25, -23.75], [-1, -1, 2]),
        # Area 1 is feature 1.10: 50, 50 and 55; the feature's only measurement is the same case.
        ("1.2", [37.5, 43.75, 65], [3, 2, 1], [-7.5, 7.5, 13.75], [1, -1, 0]),
        ("1.2.1", [37.5, 43.75, 65], [3, 2, 1], [-7.5, 7.5, 13.75], [1, -1, 0]),
        # Area 2 is feature 2.2: 100, 0 and 0.
        ("2.1", [82.5, 17.5, 13.75], [1, 2, 3], [37.5, -18.75, -37.5], [-1, -1, 2]),
        # Area 1 is the mean of 80 and 100, of 20 and 0, of 0 and 60.
        ("1.10.2", [57.5, 23.75, 52.5], [1, 3, 2], [12.5, -12.5, 1.25], [-1, 0, 1]),
    ],
)
def test_towns_without_a_node(
    code: str, scores: list[float], rank: list[int], change: list[float], rank_change: list[float]
) -> None:
    found = remove_one(small(), three_towns(), "core", codes=[code], top=1)
    np.testing.assert_allclose(found.base_score, [45, 36.25, 51.25])
    assert found.base_rank.tolist() == [2, 3, 1]
    np.testing.assert_allclose(found.score, [scores])
    assert found.rank.tolist() == [rank]
    np.testing.assert_allclose(found.score_change, [change])
    assert found.rank_change.tolist() == [rank_change]
    assert found.mean_shift[0] == pytest.approx(sum(map(abs, rank_change)) / 3)
    assert found.largest_shift[0] == max(map(abs, rank_change))
    a_leads = rank[0] == 1
    assert found.enters == ((("a",) if a_leads else ()),)
    assert found.leaves == ((("c",) if a_leads else ()),)


def test_without_a_name_every_node_below_the_root_is_left_out() -> None:
    found = remove_one(small(), three_towns(), "core")
    assert set(found.codes) == {
        "1",
        "2",
        "1.2",
        "1.10",
        "2.1",
        "2.2",
        "1.2.1",
        "1.10.1",
        "1.10.2",
        "2.1.1",
        "2.2.1",
    }
    assert found.whole == ()
    assert found.score.shape == (11, 3)


def test_a_node_without_which_nothing_is_left_is_no_case() -> None:
    found = remove_one(with_weights(small(), {"2": 0.0}), three_towns(), "core")
    assert found.whole == ("1",)
    assert "1" not in found.codes
    # What weighs nothing is missed by nobody.
    assert not found.score_change[found.codes.index("2")].any()
    assert not found.score_change[found.codes.index("2.1.1")].any()


def test_blanks_count_by_the_figure_that_is_followed() -> None:
    panel = three_towns()
    values: FloatArray = panel.values.copy()
    values[2, panel.codes.index("1.10.1")] = values[2, panel.codes.index("1.10.2")] = NAN
    gaps = Panel(panel.units, panel.codes, values, panel.out, panel.claimed)
    plan = compile_plan(small(), "core")
    ready = ready_of(plan, score(small(), gaps, "core"))
    # c has 0 of 100 on 1.2.1 and nothing on 1.10: area 1 is 0 either way, or gone without 1.2.
    assured = remove_from_points(plan, gaps.units, ready, codes=["1.2", "1.10"])
    reported = remove_from_points(plan, gaps.units, ready, codes=["1.2", "1.10"], figure="reported")
    assert assured.score[:, 2].tolist() == [37.5, 37.5]
    assert reported.score[:, 2].tolist() == [75, 37.5]


def test_a_unit_left_without_any_answer_has_no_rank_and_no_change_of_rank() -> None:
    panel = three_towns()
    values: FloatArray = panel.values.copy()
    values[1] = [20 if code == "1.2.1" else NAN for code in panel.codes]
    gaps = Panel(panel.units, panel.codes, values, panel.out, panel.claimed)
    plan = compile_plan(small(), "core")
    ready = ready_of(plan, score(small(), gaps, "core"))
    found = remove_from_points(plan, gaps.units, ready, codes=["1.2.1"], figure="reported")
    assert found.base_rank.tolist() == [2, 3, 1]
    assert found.rank.tolist() == [[2, 0, 1]]
    np.testing.assert_array_equal(found.rank_change, [[0, NAN, 0]])
    assert found.mean_shift.tolist() == [0]


def test_an_accepted_claim_stays_accepted() -> None:
    panel = three_towns()
    out = panel.out.copy()
    column = panel.codes.index("1.10.1")
    out[0, column] = True
    values: FloatArray = panel.values.copy()
    values[0, column] = NAN
    claims = Panel(panel.units, panel.codes, values, out, panel.claimed)
    found = remove_one(small(), claims, "core", codes=["1.10.2", "2"])
    # Without 1.10.2 feature 1.10 holds nothing any more for town a, so that area 1 is 1.2.1 alone: 80.
    assert found.base_score[0] == pytest.approx((0.5 * (80 + 0) + 25) / 2)
    assert found.score[:, 0].tolist() == [pytest.approx((80 + 25) / 2), pytest.approx(40)]


def test_nobody_ranked_gives_no_shift() -> None:
    panel = three_towns()
    empty = Panel(panel.units, panel.codes, np.full(panel.values.shape, NAN), panel.out, panel.claimed)
    found = remove_one(small(), empty, "core")
    assert not found.rank.any()
    assert not found.mean_shift.any()
    assert not found.largest_shift.any()


@pytest.mark.parametrize(
    ("settings_", "words"),
    [
        ({"codes": ["9"]}, "'9' is no node"),
        ({"codes": ["town"]}, "is the whole"),
        ({"figure": "upper"}, "'upper' is not known; use one of assured, reported"),
        ({"top": 0}, "top is 0"),
    ],
)
def test_what_cannot_be_left_out_is_named(settings_: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        remove_one(small(), three_towns(), "core", **settings_)  # type: ignore[arg-type]


FRAMEWORKS = {"small": small(), "geometric": with_geometric_top(small()), "key_features": key_features()}


@pytest.mark.parametrize("name", FRAMEWORKS)
@given(data=st.data())
@settings(max_examples=12)
def test_leaving_out_is_weighing_nothing(name: str, data: st.DataObject) -> None:
    framework: Framework = FRAMEWORKS[name]
    random = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    way = random.random((5, len(scored_codes(framework))))
    values = values_between_goalposts(framework, way)
    values[random.random(way.shape) < 0.2] = NAN
    panel = panel_of(framework, values)
    code = data.draw(st.sampled_from(compile_plan(framework, "full").codes[1:]))
    for figure in ("assured", "reported"):
        found = remove_one(framework, panel, "full", figure=figure, codes=[code])
        lighter = score(with_weights(framework, {code: 0.0}), panel, "full")
        np.testing.assert_allclose(found.score[0], getattr(lighter, figure)[:, 0], atol=1e-9)


def test_a_hundred_nodes_of_a_jury_s_cities_are_left_out_while_one_waits() -> None:
    random = np.random.default_rng(4)
    values = values_between_goalposts(key_features(), random.random((51, len(scored_codes(key_features())))))
    panel = panel_of(key_features(), values)
    start = time.perf_counter()
    found = remove_one(key_features(), panel, "full")
    assert len(found.codes) > 100
    assert time.perf_counter() - start < 0.5
