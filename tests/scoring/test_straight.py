"""Sums of products straight from the leaves, held to joining tier by tier."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoring.draws import Start, carry, common, drawn_shares
from scoring.model import DrawSettings, Framework, Panel
from scoring.plan import compile_plan
from scoring.start import start_of
from scoring.straight import straight
from tests.scoring.test_differences import Tree, framework_of
from tests.scoring.towns import key_features, panel_of, scored_codes, small, with_geometric_top

ARITHMETIC = (("arithmetic", 1.0),) * 3
# Two measurements right under the whole, one family of two, and one two levels deep beside a measurement.
RAGGED: Tree = (
    1.0,
    [
        (2.0, None),
        (1.0, [(1.0, None), (3.0, None)]),
        (1.0, None),
        (3.0, [(1.0, [(1.0, None), (2.0, None), (1.0, None)]), (2.0, None)]),
    ],
)


def started(framework: Framework, units: int = 3) -> Start:
    codes = scored_codes(framework)
    values = np.random.default_rng(5).uniform(10, 90, (units, len(codes)))
    panel: Panel = panel_of(framework, values)
    return start_of(framework, panel, "full", np.zeros(values.shape), DrawSettings())


@pytest.mark.parametrize("framework", [key_features(), small(), framework_of(RAGGED, ARITHMETIC)])
def test_the_same_points_as_tier_by_tier(framework: Framework) -> None:
    start = started(framework)
    drawn = common(start, DrawSettings(), np.random.default_rng(1), 40)
    present = start.present[0].copy()
    present[1] = False
    shares = drawn_shares(start, present, drawn)
    assert shares.of_top is not None
    figures = np.zeros((3, len(start.plan.codes), 40), dtype=np.float32)
    figures[:, start.plan.leaves] = np.random.default_rng(2).uniform(0, 100, (3, len(present), 40))
    tier_by_tier = figures.copy()
    carry(start, np.arange(3), shares, figures)
    carry(start, np.arange(3), replace(shares, of_top=None), tier_by_tier)
    for nodes in (start.top, [0]):
        np.testing.assert_allclose(figures[:, nodes], tier_by_tier[:, nodes], atol=1e-4)
    assert tier_by_tier[:, 0].std() > 1


def test_leaves_and_what_lies_between_in_a_ragged_tree() -> None:
    plan = compile_plan(framework_of(RAGGED, ARITHMETIC), "core")
    assert plan.codes == ("r", "r.0", "r.1", "r.2", "r.3", "r.1.0", "r.1.1", "r.3.0", "r.3.1", *(
        f"r.3.0.{k}" for k in range(3)
    ))  # fmt: skip
    way = straight(plan, (1, 2, 3, 4))
    assert way is not None
    under = {plan.codes[branch.node]: np.array(plan.codes)[branch.rows].tolist() for branch in way.branches}
    assert under == {"r.1": ["r.1.0", "r.1.1"], "r.3": ["r.3.1", "r.3.0.0", "r.3.0.1", "r.3.0.2"]}
    # Only the three deepest have an ancestor below the branch's node.
    (between,) = way.between
    assert [plan.codes[row] for row in between] == ["r"] * 5 + ["r.3.0"] * 3


def test_no_straight_way_where_a_rule_is_no_sum_or_a_leaf_is_left_out() -> None:
    plan = compile_plan(key_features(), "full")
    areas = tuple(plan.balance_rows.tolist())
    assert straight(plan, areas) is not None
    assert straight(plan, areas[1:]) is None
    assert straight(plan, (0,)) is None
    assert straight(compile_plan(with_geometric_top(key_features()), "full"), areas) is None
