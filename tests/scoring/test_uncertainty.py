"""Draws and what is counted over them, held to scoring one drawn framework at a time."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.bands import overlapping, rank_bands
from scoring.drawn_ranks import add_counts, column_ranks, wins
from scoring.draws import Common, common, drawn_shares, leaf_points
from scoring.model import DrawSettings, Framework, Observation, Panel, Place
from scoring.plan import compile_plan
from scoring.ranks import ranks
from scoring.runs import all_runs, room, runs, weight_runs
from scoring.score import score
from scoring.start import half_widths, start_of
from scoring.uncertainty import Uncertainty, uncertainty
from tests.scoring.towns import key_features, panel_of, scored_codes, small, values_between_goalposts

STILL = DrawSettings(draws=200, seed=7, weights=0, goalposts=0, other_rule=0, missing=False, evidence=False)


def towns(framework: Framework, units: int, gaps: float, seed: int = 3) -> Panel:
    """Units with answers between their goalposts, some of them blank."""
    rng = np.random.default_rng(seed)
    codes = scored_codes(framework)
    way = rng.uniform(0.05, 0.95, (units, len(codes)))
    values = values_between_goalposts(framework, way)
    values[rng.random(values.shape) < gaps] = np.nan
    return panel_of(framework, values)


def sure(
    framework: Framework, panel: Panel, how: DrawSettings, width: float = 0.0, basket: str = "full"
) -> Uncertainty:
    widths = np.full(panel.values.shape, width)
    return uncertainty(framework, panel, basket, widths, np.ones(len(panel.units), dtype=bool), how)


def drawn_framework(framework: Framework, basket: str, drawn: Common, draw: int) -> Framework:
    """The framework as one draw has it: weights and goalposts moved."""
    plan = compile_plan(framework, basket)
    nodes = []
    for node in framework.nodes:
        if node.code in plan.codes:
            factor = float(drawn.factor[plan.codes.index(node.code), draw])
            facts = node.measurement
            if facts is not None and facts.scale != "ladder":
                leaf = plan.leaf_codes.index(node.code)
                zero, full = float(drawn.start[leaf, draw]), float(drawn.start[leaf, draw])
                full += 1.0 / float(drawn.stretch[leaf, draw]) - 1.0
                ends = np.array([facts.lower, facts.upper], dtype=float)
                ends = np.log(ends) if facts.scale == "log" else ends
                reach = (ends[1] - ends[0]) * facts.direction
                start, end = (ends[0], ends[1]) if facts.direction > 0 else (ends[1], ends[0])
                start, end = start + zero * reach, end + full * reach
                ends = np.array(sorted([start, end]))
                ends = np.exp(ends) if facts.scale == "log" else ends
                facts = replace(facts, lower=float(ends[0]), upper=float(ends[1]))
            node = replace(node, weight=node.weight * factor, measurement=facts)
        nodes.append(node)
    return replace(
        framework, nodes=tuple(nodes), by_code=MappingProxyType({node.code: node for node in nodes})
    )


@pytest.mark.parametrize("make", [small, key_features])
def test_each_draw_is_the_score_under_the_drawn_weights_and_goalposts(make: object) -> None:
    framework = make()  # type: ignore[operator]
    panel = towns(framework, 4, 0.2)
    how = DrawSettings(draws=6, seed=11, other_rule=0.5, evidence=False)
    start = start_of(framework, panel, "full", np.zeros(panel.values.shape), how)
    drawn = common(start, how, np.random.Generator(np.random.SFC64(how.seed)), 6)
    (whole,) = runs(start, how)
    for draw in range(6):
        scores = score(drawn_framework(framework, "full", drawn, draw), panel, "full")
        low, high = scores.assured[:, 0], scores.upper[:, 0]
        own = low + float(drawn.position[draw]) * (high - low)
        if not drawn.other[draw]:
            assert whole[:, draw] == pytest.approx(own, abs=2e-3)
        else:
            assert (whole[:, draw] <= own + 2e-3).all()


def test_the_other_rule_is_the_geometric_mean_over_focus_areas() -> None:
    framework = key_features()
    panel = towns(framework, 3, 0.0)
    how = replace(STILL, draws=2, other_rule=1.0)
    start = start_of(framework, panel, "full", np.zeros(panel.values.shape), how)
    (whole,) = runs(start, how)
    geometric = score(framework, panel, "full").geometric
    assert whole[:, 0] == pytest.approx(geometric, abs=2e-3)
    assert whole[:, 1] == pytest.approx(geometric, abs=2e-3)


def test_errors_stay_within_their_width_and_the_plausible_range() -> None:
    framework = small()
    panel = towns(framework, 1, 0.0)
    how = replace(STILL, draws=400, evidence=True)
    widths = np.full(panel.values.shape, 0.2)
    start = start_of(framework, panel, "full", widths, how)
    plan = start.plan
    drawn = common(start, how, np.random.default_rng(0), 400)
    figures, block = room(start, 1, 400)
    block[:] = np.random.default_rng(1).uniform(-1, 1, block.shape)
    leaf_points(start, np.array([0]), drawn, block)
    at = 100 * start.way[0][:, None]
    assert (block[0] >= np.clip(at - 20, 0, 100) - 1e-3).all()
    assert (block[0] <= np.clip(at + 20, 0, 100) + 1e-3).all()
    spread = block[0].max(axis=1) - block[0].min(axis=1)
    assert (spread > 15).all(), plan.leaf_codes
    assert figures.shape == (1, len(plan.codes), 400)


def test_a_value_at_its_plausible_end_only_errs_inwards() -> None:
    framework = small()
    codes = scored_codes(framework)
    values = values_between_goalposts(framework, np.full((1, len(codes)), 0.5))
    values[0, codes.index("1.10.1")] = 0.0  # the ladder's foot: nothing lies below
    how = replace(STILL, draws=500, evidence=True)
    widths = np.zeros(values.shape)
    widths[0, codes.index("1.10.1")] = 0.5
    start = start_of(framework, panel_of(framework, values), "core", widths, how)
    whole = np.concatenate(list(runs(start, how)), axis=1)[0]
    usual = score(framework, panel_of(framework, values), "core").assured[0, 0]
    assert whole.min() == pytest.approx(usual, abs=2e-3)
    assert whole.max() > usual + 1


@pytest.mark.parametrize("basket", ["core", "full"])
def test_nothing_varies_and_the_interval_is_the_score(basket: str) -> None:
    framework = key_features()
    panel = towns(framework, 5, 0.0)
    found = sure(framework, panel, STILL, basket=basket)
    scores = score(framework, panel, basket).assured[:, 0]
    for k in range(3):
        assert found.score[:, k] == pytest.approx(scores, abs=0.011)
    order = ranks(scores, np.ones(5, dtype=bool))
    assert found.rank.tolist() == [[rank] * 3 for rank in order]
    assert found.rank_shares.max(axis=1).tolist() == [1.0] * 5


def test_blanks_alone_spread_the_score_evenly_over_the_bracket() -> None:
    framework = key_features()
    panel = towns(framework, 3, 0.3)
    found = sure(framework, panel, replace(STILL, draws=20_000, missing=True))
    scores = score(framework, panel, "full")
    low, high = scores.assured[:, 0], scores.upper[:, 0]
    assert (high - low > 15).all()
    for k, share in enumerate((0.05, 0.5, 0.95)):
        assert found.score[:, k] == pytest.approx(low + share * (high - low), abs=0.6)


def test_the_quick_way_for_weights_alone_gives_the_same_scores() -> None:
    framework = key_features()
    panel = towns(framework, 6, 0.2)
    how = DrawSettings(draws=300, goalposts=0, other_rule=0, evidence=False)
    start = start_of(framework, panel, "full", np.zeros(panel.values.shape), how)
    quick, slow = (
        np.concatenate(list(way(start, replace(how, draws=300))), axis=1) for way in (weight_runs, all_runs)
    )
    # Chunks differ in size and so in the order of random numbers: the first chunk is common to both.
    assert quick.shape == slow.shape == (6, 300)
    assert quick == pytest.approx(slow, abs=2e-3)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), gaps=st.floats(0, 0.4))
def test_who_else_takes_part_and_in_what_order_changes_no_score(seed: int, gaps: float) -> None:
    framework = small()
    panel = towns(framework, 5, gaps, seed)
    how = DrawSettings(draws=300, seed=seed)
    all_of_them = sure(framework, panel, how, 0.1)
    order = np.random.default_rng(seed).permutation(5)
    turned = Panel(
        tuple(panel.units[i] for i in order),
        panel.codes,
        panel.values[order],
        panel.out[order],
        panel.claimed[order],
    )
    again = sure(framework, turned, how, 0.1)
    assert again.score.tolist() == all_of_them.score[order].tolist()
    assert again.rank.tolist() == all_of_them.rank[order].tolist()
    fewer = Panel(panel.units[:3], panel.codes, panel.values[:3], panel.out[:3], panel.claimed[:3])
    assert sure(framework, fewer, how, 0.1).score.tolist() == all_of_them.score[:3].tolist()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_shares_add_up(seed: int) -> None:
    framework = small()
    panel = towns(framework, 4, 0.2, seed)
    found = sure(framework, panel, DrawSettings(draws=257, seed=seed), 0.1)
    assert found.above is not None
    ties = 1 - found.above - found.above.T
    np.fill_diagonal(ties, 0)
    assert (ties > -1e-12).all()
    assert ties == pytest.approx(ties.T)
    assert found.rank_shares.sum(axis=1) == pytest.approx(1)
    assert found.top(4) == pytest.approx(1)
    assert (found.score[:, 0] <= found.score[:, 1]).all()
    assert (found.score[:, 1] <= found.score[:, 2]).all()
    assert found.at_least[:, 0] == pytest.approx(1)
    assert (np.diff(found.at_least, axis=1) <= 0).all()


def test_more_draws_than_a_chunk_and_a_share_of_one() -> None:
    framework = small()
    panel = towns(framework, 2, 0.1)
    found = sure(framework, panel, DrawSettings(draws=1_300), 0.1)
    assert found.rank_shares.sum() == pytest.approx(2)
    assert sure(framework, panel, DrawSettings(draws=1), 0.1).rank_shares.sum() == pytest.approx(2)


def test_the_same_seed_gives_the_same_numbers_and_another_one_others() -> None:
    framework = small()
    panel = towns(framework, 3, 0.2)
    one, two, other = (sure(framework, panel, DrawSettings(draws=500, seed=s), 0.1) for s in (1, 1, 2))
    assert one.score.tolist() == two.score.tolist()
    assert one.score.tolist() != other.score.tolist()


def test_who_is_not_ranked_has_a_score_but_no_rank() -> None:
    framework = small()
    panel = towns(framework, 3, 0.1)
    takes_part = np.array([True, False, True])
    found = uncertainty(
        framework, panel, "full", np.zeros(panel.values.shape), takes_part, DrawSettings(draws=100)
    )
    assert np.isnan(found.rank[1]).all()
    assert found.rank_shares[1].sum() == 0
    assert not np.isnan(found.score[1]).any()
    assert rank_bands(found)[1] == 0


def test_claims_that_leave_the_basket_share_their_weight_in_every_draw() -> None:
    framework = small()
    codes = scored_codes(framework)
    values = values_between_goalposts(framework, np.full((2, len(codes)), 0.5))
    values[:, codes.index("2.1.1")] = 100.0  # half-way from 10 to 1000 on a log scale
    claims = np.zeros(values.shape, dtype=bool)
    claims[1, codes.index("1.10.2")] = True
    values[claims] = np.nan
    panel = panel_of(framework, values, claims)
    found = sure(framework, panel, replace(STILL, weights=0.25, draws=50))
    # All answers are half-way, so whatever the weights, and whoever is out, the whole is half-way.
    assert found.score == pytest.approx(50.0, abs=0.02)
    start = start_of(framework, panel, "full", np.zeros(values.shape), STILL)
    drawn = common(start, STILL, np.random.default_rng(0), 3)
    shares = drawn_shares(start, start.present[1], drawn).of_parent
    assert shares[start.plan.codes.index("1.10.2")].tolist() == [0.0] * 3
    assert shares[start.plan.codes.index("1.10.1")].tolist() == [1.0] * 3


def test_half_widths_come_from_the_grade_and_the_last_one_without() -> None:
    framework = key_features()
    codes = scored_codes(framework)
    place = Place("sheet", "A1")

    def seen(code: str, grade: str) -> Observation:
        return Observation(code, 50.0, "answered", 2025, grade, "", "", "", place, "50")

    grades = ("measured", "survey", "higher_level", "assumptions", "personal", "unknown", "", "strange")
    answers = {code: seen(code, grade) for code, grade in zip(codes, grades, strict=False)}
    panel = panel_of(framework, np.full((1, len(codes)), 50.0))
    widths = half_widths(framework, panel, {panel.units[0]: answers})
    assert widths[0, :9].tolist() == [0.02, 0.05, 0.08, 0.12, 0.16, 0.20, 0.20, 0.20, 0.0]


@settings(max_examples=60, deadline=None)
@given(data=st.data(), rows=st.integers(1, 9), columns=st.integers(1, 6))
def test_ranks_in_every_draw_are_ranks(data: st.DataObject, rows: int, columns: int) -> None:
    flat = data.draw(st.lists(st.integers(-30, 1000), min_size=rows * columns, max_size=rows * columns))
    shown = np.array(flat, dtype=np.int32).reshape(rows, columns)
    found = column_ranks(shown)
    for j in range(columns):
        one_by_one = [1 + int((shown[:, j] > shown[i, j]).sum()) for i in range(rows)]
        assert found[:, j].tolist() == one_by_one
    counts = np.zeros((rows, rows), dtype=np.int64)
    for part in (shown[:, :2], shown[:, 2:]):
        add_counts(counts, column_ranks(part) - np.int32(1))
    assert counts.sum() == rows * columns
    for i in range(rows):
        assert counts[i].tolist() == [int((found[i] == rank).sum()) for rank in range(1, rows + 1)]
    above = wins(shown)
    for i in range(rows):
        for k in range(rows):
            assert above[i, k] == (int((shown[i] > shown[k]).sum()) if i != k else 0)


@pytest.mark.parametrize(
    ("low", "high", "mean", "part", "bands"),
    [
        # The best spans 1-2; the second overlaps it, the third does not and opens a band with the fourth.
        ([1, 2, 3, 3], [2, 3, 4, 4], [1.2, 2.1, 3.2, 3.5], [1, 1, 1, 1], [1, 1, 2, 2]),
        # Overlap is judged by the band's best alone: 1-2 and 2-4 overlap, 3-4 does not overlap 1-2.
        ([1, 2, 3], [2, 4, 4], [1.1, 2.5, 3.4], [1, 1, 1], [1, 1, 2]),
        ([1, 1], [1, 1], [1, 1], [1, 1], [1, 1]),
        ([1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 0, 1], [1, 0, 2]),
        ([1], [1], [1], [0], [0]),
    ],
)
def test_bands_worked_by_hand(low: list, high: list, mean: list, part: list, bands: list) -> None:
    arrays = [np.array(part_, dtype=float) for part_ in (low, high, mean)]
    assert overlapping(*arrays, np.array(part, dtype=bool)).tolist() == bands


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"draws": 0}, "draws is 0"),
        ({"weights": 1.0}, "weights may differ"),
        ({"goalposts": 0.5}, "goalposts may move"),
        ({"other_rule": 1.5}, "share of draws"),
        ({"low": 0.6}, "quantiles"),
    ],
)
def test_settings_that_cannot_be_drawn(change: dict, message: str) -> None:
    framework = small()
    with pytest.raises(ValueError, match=message):
        sure(framework, towns(framework, 1, 0.0), replace(STILL, **change))


def test_widths_that_do_not_fit() -> None:
    framework = small()
    panel = towns(framework, 2, 0.0)
    part = np.ones(2, dtype=bool)
    with pytest.raises(ValueError, match="shape"):
        uncertainty(framework, panel, "full", np.zeros((1, 1)), part, STILL)
    with pytest.raises(ValueError, match="negative"):
        uncertainty(framework, panel, "full", np.full(panel.values.shape, -0.1), part, STILL)
