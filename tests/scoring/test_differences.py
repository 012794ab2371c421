"""The parts of a difference add up to it, at every level and by every rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.aggregations import AGGREGATIONS, Family, rule
from scoring.difference_parts import PLAYERS_EXACT, family_effects
from scoring.differences import FIGURES, Explanation, difference, difference_from
from scoring.explain import steps
from scoring.model import Framework, Level, Node, Panel, Scores
from scoring.plan import compile_plan
from scoring.score import Ready, score, score_points
from tests.scoring.towns import key_features, panel_of, scored_codes, small, values_between_goalposts

EXACT = 1e-9
Tree = tuple[Any, ...]


def framework_of(tree: Tree, rules: tuple[tuple[str, float], ...]) -> Framework:
    """A framework from nested (weight, children or None) pairs; every measurement is worth its value, 0 to 100.

    Codes are positions such as "r.0.1"; `rules` are those of the levels, from the whole down.
    """
    asked = small().by_code["1.2.1"].measurement
    assert asked is not None
    nodes: list[Node] = []

    def grow(code: str, parent: str, depth: int, branch: Tree) -> None:
        weight, below = branch
        level = "measurement" if below is None else f"level {depth}"
        leaf = replace(asked, basket="core") if below is None else None
        nodes.append(Node(code, parent, level, weight, True, (), leaf))
        for i, child in enumerate(below or ()):
            grow(f"{code}.{i}", code, depth + 1, child)

    grow("r", "", 0, tree)
    levels = [Level(f"level {i}", name, None, power) for i, (name, power) in enumerate(rules)]
    children = {node.code: tuple(c.code for c in nodes if c.parent == node.code) for node in nodes}
    return replace(
        small(),
        root="r",
        levels=(*levels, Level("measurement", "", None)),
        nodes=tuple(nodes),
        rules=replace(small().rules, remit_level=None, remit_cap_overall=0.99, geometric_level=None),
        by_code=MappingProxyType({node.code: node for node in nodes}),
        children=MappingProxyType(children),
    )


def scored(framework: Framework, *units: list[float | str | None]) -> Scores:
    """Units from their points in the order of the leaves; None is blank, "out" a claim of being outside the remit."""
    values = [[one if isinstance(one, int | float) else np.nan for one in unit] for unit in units]
    out = np.array([[one == "out" for one in unit] for unit in units])
    return score(framework, panel_of(framework, np.array(values, dtype=float), out), "core")


def adds_up(framework: Framework, found: Explanation, whole: float) -> None:
    """The contributions add up to the whole, at every node to the node's, and at every level to the whole."""
    total = dict(zip(found.nodes, found.total, strict=True))
    assert total[found.nodes[0]] == pytest.approx(whole, abs=EXACT)
    frontier = [found.nodes[0]]
    while any(framework.children[code] for code in frontier):
        below = []
        for code in frontier:
            children = [child for child in framework.children[code] if child in total] or [code]
            assert sum(total[child] for child in children) == pytest.approx(total[code], abs=EXACT)
            below += children
        assert sum(total[code] for code in below) == pytest.approx(whole, abs=EXACT)
        frontier = below


TWO_BY_TWO = (1, ((1, ((1, None), (1, None))), (1, ((1, None), (1, None)))))
GEOMETRIC_OF_MEANS = (("geometric", 1.0), ("arithmetic", 1.0))


def test_an_arithmetic_tree_worked_on_paper() -> None:
    """50 against 45 in one half (80 and 40 against 60 and 40, a quarter and three), 50 against 90 in the other."""
    framework = framework_of(
        (1, ((1, ((1, None), (3, None))), (1, ((1, None),)))), (("arithmetic", 1.0), ("arithmetic", 1.0))
    )
    found = difference(framework, scored(framework, [80, 40, 50], [60, 40, 90]), "u0", "u1")
    parts = {code: found.at(code).total for code in found.nodes}
    assert parts == pytest.approx(
        {"r": -17.5, "r.0": 2.5, "r.0.0": 2.5, "r.0.1": 0, "r.1": -20, "r.1.0": -20}
    )
    line = found.at("r.0")
    assert (line.first, line.second, line.first_share, line.weight, line.carried) == (50, 45, 0.5, 0, 0)


def test_what_left_the_basket_counts_by_its_weight() -> None:
    """The second city does not count the 80: its half is 40 alone instead of 50, which is 5 in the whole.

    The middle of both halves is 45: the 80 brings a quarter of the 35 above it, the 40 is spared a quarter of 5.
    """
    framework = framework_of(
        (1, ((1, ((1, None), (3, None))), (1, ((1, None),)))), (("arithmetic", 1.0), ("arithmetic", 1.0))
    )
    found = difference(framework, scored(framework, [80, 40, 50], [60, 40, 50]), "u0", "u1")
    assert found.at("r.0.0").total == pytest.approx(2.5)
    found = difference(framework, scored(framework, [80, 40, 50], ["out", 40, 50]), "u0", "u1")
    gone, stays = found.at("r.0.0"), found.at("r.0.1")
    assert (gone.second, gone.second_share, stays.second_share) == (None, 0, 1)
    assert (gone.points, gone.weight) == pytest.approx((0, 0.5 * 8.75))
    assert (stays.points, stays.weight) == pytest.approx((0, 0.5 * 1.25))
    assert found.at("r").total == pytest.approx(5)


def test_a_geometric_tree_worked_on_paper() -> None:
    """4 and 100 against 25 and 25: 20 against 25, by 5 / ln 1.25 = 22.4071 for each step of the logarithm.

    ln(4 / 25) = -1.832581 and ln(100 / 25) = 1.386294, each half. Below, 8 against 50 does all of the first, and
    100 and 100 against 0 and 50 share the second by 100 to 50.
    """
    framework = framework_of(TWO_BY_TWO, GEOMETRIC_OF_MEANS)
    found = difference(framework, scored(framework, [8, 0, 100, 100], [50, 0, 0, 50]), "u0", "u1")
    parts = {code: found.at(code).total for code in found.nodes}
    assert parts == pytest.approx(
        {
            "r": -5,
            "r.0": -20.5314,
            "r.1": 15.5314,
            "r.0.0": -20.5314,
            "r.0.1": 0,
            "r.1.0": 10.3543,
            "r.1.1": 5.1771,
        },
        abs=1e-4,
    )


def test_parts_that_cancel_are_told_by_the_slope() -> None:
    """30 is 60 and 0 here, 0 and 60 there: nothing in sum, but +-8.9664 of the whole in its parts.

    The whole is 10.9545 against 27.3861, 16.4317 / 0.916291 = 17.9328 a step; by 1 / 30 and twice a half.
    """
    framework = framework_of(TWO_BY_TWO, GEOMETRIC_OF_MEANS)
    found = difference(framework, scored(framework, [4, 4, 60, 0], [25, 25, 0, 60]), "u0", "u1")
    assert found.at("r.1").total == pytest.approx(0, abs=EXACT)
    assert found.at("r.1.0").total == pytest.approx(8.9664, abs=1e-4)
    assert found.at("r.1.1").total == pytest.approx(-8.9664, abs=1e-4)


def test_a_family_rule_gives_each_child_its_shapley_value() -> None:
    """Minimum of 10 and 50 against 30 and 20. Orders: 20, 10, 10 and 20, 30, 10. So -15 and +5 make -10."""
    framework = framework_of((1, ((1, None), (1, None))), (("minimum", 1.0),))
    found = difference(framework, scored(framework, [10, 50], [30, 20]), "u0", "u1")
    assert [found.at(code).total for code in ("r", "r.0", "r.1")] == pytest.approx([-10, -15, 5])


def test_a_median_worked_on_paper() -> None:
    """20, 50, 80 against 20, 40, 30: 50 against 30. Orders: 30, 30 (40 to 50), 50 and 30, 40 (30 to 80), 50."""
    framework = framework_of((1, ((1, None), (1, None), (1, None))), (("median", 1.0),))
    found = difference(framework, scored(framework, [20, 50, 80], [20, 40, 30]), "u0", "u1")
    assert [found.at(f"r.{i}").total for i in range(3)] == pytest.approx([0, 5, 15])


def test_a_score_is_told_from_nothing_and_from_full_points() -> None:
    """20 from 4 and 100: as scoring.explain.steps has it, and each one's halves of what it loses from 100.

    Lost: 80 / ln 5 = 49.7067 a step, half of ln 25 = 3.218876 is 80, all of it by the first.
    """
    framework = framework_of(TWO_BY_TWO, GEOMETRIC_OF_MEANS)
    scores = scored(framework, [8, 0, 100, 100])
    brings = difference_from(framework, scores, "u0")
    assert [brings.at(code).total for code in ("r", "r.0", "r.1")] == pytest.approx([20, 4.896186, 15.103814])
    loses = difference_from(framework, scores, "u0", 100.0)
    assert [loses.at(code).total for code in ("r", "r.0", "r.1")] == pytest.approx([-80, -80, 0])
    # 92 and 100 are missing in the two halves of the first.
    assert [loses.at(code).total for code in ("r.0.0", "r.0.1")] == pytest.approx(
        [-80 * 92 / 192, -80 * 100 / 192]
    )


def test_what_a_loss_takes_is_carried_to_the_nodes_below() -> None:
    """60 and 40 with a tenth lost (45) against 60 and 40 with nothing lost (50): both carry half of the 5."""
    framework = framework_of((1, ((1, None), (1, None))), (("arithmetic", 1.0),))
    framework = replace(
        framework, nodes=(replace(framework.nodes[0], loss="inequality"), *framework.nodes[1:])
    )
    plan, yes, no = compile_plan(framework, "core"), np.ones((2, 2), dtype=bool), np.zeros((2, 2), dtype=bool)
    keep = np.array([[0.9, 1.0], [1.0, 1.0], [1.0, 1.0]])
    ready = Ready(np.array([[60.0, 60.0], [40.0, 40.0]]), yes, no, no, 0.0, 100.0, keep)
    scores = score_points(plan, "core", ("u0", "u1"), ready)
    found = difference(framework, scores, "u0", "u1")
    assert [found.at(code).total for code in ("r", "r.0", "r.1")] == pytest.approx([-5, -2.5, -2.5])
    assert found.at("r.0").points == pytest.approx(0)
    brings = difference_from(framework, scores, "u0")
    assert [brings.at(code).total for code in ("r", "r.0", "r.1")] == pytest.approx([45, 27, 18])
    assert [step.contribution for step in steps(framework, scores, "u0", "r")] == pytest.approx([27, 18])


@st.composite
def cases(draw: Callable[..., Any]) -> tuple[Framework, Scores]:
    """Any tree of one to three levels above the measurements, any rules and weights, two units with any answers."""
    depth = draw(st.integers(1, 3))
    weight = st.sampled_from([0.2, 1.0, 1.0, 2.0, 7.0])

    def branch(left: int) -> Tree:
        if not left:
            return draw(weight), None
        return draw(weight), tuple(branch(left - 1) for _ in range(draw(st.integers(1, 4 - left // 2))))

    rules = tuple(
        (draw(st.sampled_from(sorted(AGGREGATIONS))), draw(st.sampled_from([-2.5, 0.0, 0.5, 1.0, 3.0])))
        for _ in range(depth)
    )
    framework = framework_of(branch(depth), rules)
    answer = st.one_of(
        st.sampled_from([0, 1, 50, 100, None, "out"]),
        st.floats(0, 100),
        st.sampled_from([50 + 1e-12, 1 + 1e-7]),
    )
    answers = st.lists(answer, min_size=len(framework.measurements), max_size=len(framework.measurements))
    return framework, scored(framework, draw(answers), draw(answers))


@pytest.mark.parametrize("figure", FIGURES)
@given(case=cases())
def test_differences_add_up_and_turn_round(figure: str, case: tuple[Framework, Scores]) -> None:
    framework, scores = case
    ends = getattr(scores, figure)[:, 0]
    if np.isnan(ends).any():
        with pytest.raises(ValueError, match=f"has no {figure} score"):
            difference(framework, scores, "u0", "u1", figure)
        return
    found = difference(framework, scores, "u0", "u1", figure)
    adds_up(framework, found, ends[0] - ends[1])
    back = difference(framework, scores, "u1", "u0", figure)
    np.testing.assert_allclose(found.total, -back.total, rtol=0, atol=1e-6)
    assert not difference(framework, scores, "u0", "u0", figure).total.any()


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("points", [0.0, 100.0])
@given(case=cases())
def test_scores_add_up_from_nothing_and_from_full_points(
    points: float, figure: str, case: tuple[Framework, Scores]
) -> None:
    framework, scores = case
    score_of = getattr(scores, figure)[0, 0]
    if np.isnan(score_of):
        return
    found = difference_from(framework, scores, "u0", points, figure)
    adds_up(framework, found, score_of - points)
    if figure == "assured" and points == 0:
        top = [step.contribution for step in steps(framework, scores, "u0", "r")]
        assert sum(top) == pytest.approx(score_of, abs=EXACT)
        if framework.levels[0].name == framework.levels[-2].name:
            assert [found.at(code).total for code in framework.children["r"]] == pytest.approx(top, abs=1e-6)


@given(data=st.data())
@pytest.mark.parametrize("name", [name for name in AGGREGATIONS if isinstance(rule(name), Family)])
def test_a_large_family_adds_up_too(name: str, data: st.DataObject) -> None:
    joining = rule(name)
    assert isinstance(joining, Family)
    n = PLAYERS_EXACT + 3
    points = st.lists(st.floats(0, 100), min_size=n, max_size=n).map(np.array)
    ends, share = (data.draw(points), data.draw(points)), np.full(n, 1 / n)
    effect, weight, _, first, second = family_effects(
        joining, ends, (share, share), 1.0, np.zeros(n, dtype=bool)
    )
    assert effect.sum() == pytest.approx(first - second, abs=EXACT)
    assert np.abs(weight).max() <= EXACT
    back = family_effects(joining, ends[::-1], (share, share), 1.0, np.zeros(n, dtype=bool))[0]
    np.testing.assert_allclose(effect, -back, rtol=0, atol=EXACT)


def test_every_measurement_of_the_key_features_has_its_part() -> None:
    framework = key_features()
    way = np.random.default_rng(3).uniform(0, 1, (2, len(scored_codes(framework))))
    panel: Panel = panel_of(framework, values_between_goalposts(framework, way))
    scores = score(framework, panel, "full")
    found = difference(framework, scores, "u0", "u1")
    adds_up(framework, found, float(scores.assured[0, 0] - scores.assured[1, 0]))
    assert np.count_nonzero(found.total) == len(found.nodes)


def test_what_cannot_be_explained_is_named() -> None:
    framework = framework_of((1, ((1, None), (1, None))), (("arithmetic", 1.0),))
    scores = scored(framework, [10, 50], [None, None])
    with pytest.raises(ValueError, match="the scores hold no unit 'u7'"):
        difference(framework, scores, "u0", "u7")
    with pytest.raises(
        ValueError, match="'u1' has no reported score: nothing in the basket 'core' is answered"
    ):
        difference(framework, scores, "u0", "u1", "reported")
    with pytest.raises(ValueError, match="figure 'upper' cannot be explained; use one of assured, reported"):
        difference(framework, scores, "u0", "u1", "upper")
    with pytest.raises(ValueError, match="nan points"):
        difference_from(framework, scores, "u0", float("nan"))
    with pytest.raises(ValueError, match=r"holds no node 'r\.9'"):
        difference(framework, scores, "u0", "u1").at("r.9")
