"""The route is the cheapest there is, really reaches, and keeps to what was said to be possible."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.levels import level
from scoring.model import Panel
from scoring.moves import Way, expected_value, points_of, steps, value_worth
from scoring.route import Route, alternatives, route
from scoring.route_setting import Requirement
from scoring.scenario import changed
from scoring.score import score
from tests.scoring.towns import key_features, panel_of, small, with_geometric_top

# 1.2.1, 1.2.2, 1.10.1, 1.10.2, 2.1.1, 2.2.1, 2.2.3; in the core basket 47.5 points.
TOWN = [40.0, np.nan, 2.0, 25.0, 100.0, 3.0, np.nan]
# Two fifths of the way from 10 to 1,000 on a log scale, and so on: 5 points a step.
COINS = tuple(round(10 ** (1 + 2 * (0.5 + 0.05 * k)), 9) for k in (1, 2, 3))


def town(values: Sequence[float] = TOWN) -> Panel:
    return panel_of(small(), np.array([values]))


def usual(effort: int = 2) -> list[Way]:
    """A step of 5 points for a figure, three at most; two levels of a ladder."""
    three, two = (effort,) * 3, (effort,) * 2
    return [
        Way("1.2.1", (45.0, 50.0, 55.0), three),
        Way("1.10.1", (3.0, 4.0), two),
        Way("1.10.2", (23.0, 21.0, 19.0), three),
        Way("2.1.1", COINS, three),
        Way("2.2.1", (4.0, 5.0), two),
    ]


def plan(made: Route) -> dict[str, float]:
    return {one.code: one.after for one in made.moves}


def test_the_worked_route_and_its_alternative() -> None:
    # A step adds 1.25, 2.5, 0.625, 1.875 and 2.5 points. 12.45 are missing to 59.95, which is published as 60.0:
    # six steps at least, and of those with three measurements four ladder steps and two of 2.1.1 give most.
    # Without 2.1.1 four ladder steps and two of 1.2.1 give 12.5; without a ladder seven steps are needed.
    first, other = alternatives(small(), town(), "u0", "core", usual(), 60.0)
    assert plan(first) == {"1.10.1": 4.0, "2.1.1": COINS[1], "2.2.1": 5.0}
    assert (first.effort, first.reached, first.ranked) == (12, True, True)
    assert first.before == pytest.approx(47.5, abs=1e-9)
    assert first.after == pytest.approx(61.25, abs=1e-9)
    assert [round(one.points, 9) for one in first.moves] == [5.0, 3.75, 5.0]
    assert [one.steps for one in first.moves] == [2, 2, 2]
    assert plan(other) == {"1.2.1": 50.0, "1.10.1": 4.0, "2.2.1": 5.0}
    assert (other.effort, other.reached) == (12, True)
    assert other.after == pytest.approx(60.0, abs=1e-9)


def test_a_score_published_as_the_target_is_enough() -> None:
    # 1.2.1 alone, 0.25 points a percentage point: 89.8 gives 47.5 + 12.45 = 59.95, published as 60.0.
    made = route(small(), town(), "u0", "core", [Way("1.2.1", (89.7, 89.8, 90.0), (1, 1, 1))], 60.0)
    assert plan(made) == {"1.2.1": 89.8}
    assert made.after == pytest.approx(59.95, abs=1e-9)
    assert level(small(), made.after) == "B"


def test_an_effort_set_by_the_city_turns_the_route() -> None:
    ways = [
        Way(one.code, one.values, (1,) * len(one.values)) if one.code == "1.2.1" else one for one in usual()
    ]
    # Three steps of 1.2.1 at 1 each give 3.75; 8.7 more are needed: four ladder steps.
    assert plan(route(small(), town(), "u0", "core", ways, 60.0)) == {
        "1.2.1": 50.0,
        "1.10.1": 4.0,
        "2.2.1": 5.0,
    }
    without = [one for one in usual() if one.code != "2.1.1"]
    assert plan(route(small(), town(), "u0", "core", without, 60.0)) == {
        "1.2.1": 50.0,
        "1.10.1": 4.0,
        "2.2.1": 5.0,
    }


def test_what_is_presupposed_comes_first_or_the_step_is_left() -> None:
    ways = usual()
    needed = [Requirement("1.10.1", 4.0, "1.10.2", 19.0)]
    made = route(small(), town(), "u0", "core", ways, 60.0, needed)
    # Level 4 of 1.10.1 would ask for three steps of 1.10.2 (minutes: fewer are better); level 3 asks for nothing.
    assert plan(made) == {"1.10.1": 3.0, "2.1.1": COINS[2], "2.2.1": 5.0}
    assert made.effort == 12
    already = [Requirement("1.10.1", 4.0, "1.10.2", 25.0)]
    assert plan(route(small(), town(), "u0", "core", ways, 60.0, already))["1.10.1"] == 4.0
    never = [Requirement("1.10.1", None, "1.2.2", 50.0)]
    assert "1.10.1" not in plan(route(small(), town(), "u0", "core", ways, 60.0, never))


def test_a_profile_gets_its_level_by_filling_what_is_open() -> None:
    # Without 2.1.1 the town has 28.75 points, 5/8 answered and a quarter of area 2; the area's reported mean is 60.
    values = [40.0, np.nan, 2.0, 25.0, np.nan, 3.0, np.nan]
    scores = score(small(), town(values), "core")
    assert not scores.ranked[0]
    worth = expected_value(small(), scores, "u0", "2.1.1", "area")
    assert worth == pytest.approx(10 ** (1 + 2 * 0.6), abs=1e-6)
    ways = [*(one for one in usual() if one.code != "2.1.1"), Way("2.1.1", (worth,), (1,), expected=True)]
    made = route(small(), town(values), "u0", "core", ways, 0.0)
    assert plan(made) == {"2.1.1": worth}
    assert made.moves[0].expected
    assert made.moves[0].before is None
    assert made.after == pytest.approx(28.75 + 60 * 3 / 8, abs=1e-6)
    # However good the rest gets, without it there is no level.
    left = route(small(), town(values), "u0", "core", usual()[:3], 0.0)
    assert not left.reached
    assert not left.ranked


def test_where_nothing_reaches_the_farthest_is_told() -> None:
    (made,) = alternatives(small(), town(), "u0", "core", usual(), 80.0)
    assert not made.reached
    # All steps: 3.75 + 5 + 1.875 + 5.625 + 5.
    assert made.after == pytest.approx(47.5 + 21.25, abs=1e-9)
    (idle,) = alternatives(small(), town(), "u0", "core", [], 60.0)
    assert (idle.reached, idle.moves) == (False, ())
    assert idle.after == pytest.approx(47.5, abs=1e-9)


def test_who_is_there_needs_no_route() -> None:
    (made,) = alternatives(small(), town(), "u0", "core", usual(), 40.0)
    assert (made.reached, made.moves, made.effort) == (True, (), 0)


@pytest.mark.parametrize(
    ("ways", "unit", "message"),
    [
        ([Way("1.2.2", (50.0,), (1,))], "u0", "1.2.2 is not in the unit's basket"),
        ([Way("1.2.1", (50.0,), (0,))], "u0", "1.2.1: every step needs an effort above 0"),
        ([Way("1.2.1", (50.0, 45.0), (1, 1))], "u0", "1.2.1: a later step is worth less than an earlier one"),
        ([], "nobody", "the panel holds no unit 'nobody'"),
    ],
)
def test_what_cannot_be_planned_is_refused(ways: list[Way], unit: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        route(small(), town(), unit, "core", ways, 60.0)


def test_other_rules_than_the_arithmetic_mean_are_refused() -> None:
    with pytest.raises(ValueError, match="arithmetic mean"):
        route(with_geometric_top(small()), town(), "u0", "core", usual(), 60.0)
    with pytest.raises(ValueError, match=r"'9\.9' is no scored measurement"):
        route(small(), town(), "u0", "core", usual(), 60.0, [Requirement("1.2.1", None, "9.9", 1.0)])


# Steps towards full points, by hand: 5 % of 0-100; of 45 down to 5; of the logarithm of 10-1,000; ladder levels.
STEPS = [
    ("1.2.1", 40.0, 0.05, 3, (45.0, 50.0, 55.0)),
    ("1.2.1", 98.0, 0.05, 3, (100.0,)),
    ("1.2.1", 100.0, 0.05, 3, ()),
    ("1.10.2", 25.0, 0.05, 3, (23.0, 21.0, 19.0)),
    ("1.10.2", 90.0, 0.05, 2, (43.0, 41.0)),  # beyond the goalpost worth nothing
    ("2.1.1", 100.0, 0.05, 3, COINS),
    ("1.10.1", 2.0, 1, 2, (3.0, 4.0)),
    ("1.10.1", 4.0, 1, 2, (5.0,)),
    ("1.10.1", 5.0, 1, 2, ()),
]


@pytest.mark.parametrize(("code", "value", "size", "most", "wanted"), STEPS)
def test_realistic_steps(code: str, value: float, size: float, most: int, wanted: tuple[float, ...]) -> None:
    assert steps(small(), code, value, size, most) == pytest.approx(wanted, abs=1e-8)


@pytest.mark.parametrize(("code", "size"), [("1.2.1", 0.0), ("1.10.1", 0.5)])
def test_no_step_is_refused(code: str, size: float) -> None:
    with pytest.raises(ValueError, match=f"{code}: a step of"):
        steps(small(), code, 2.0, size, 1)


@given(st.sampled_from(["1.2.1", "1.10.2", "2.1.1"]), st.floats(0, 100))
def test_a_value_is_worth_the_points_it_was_made_for(code: str, points: float) -> None:
    assert points_of(small(), code, value_worth(small(), code, points)) == pytest.approx(points, abs=1e-6)


def test_an_expected_rating_is_rounded_down_to_a_whole_level() -> None:
    assert [value_worth(small(), "1.10.1", points) for points in (0.0, 19.9, 20.0, 59.0, 100.0)] == [
        0,
        0,
        1,
        2,
        5,
    ]


# Random towns: any value between the goalposts or none, any ways of up to two steps, any efforts.
KINDS = {"1.2.1": 0.05, "1.10.1": 1, "1.10.2": 0.1, "2.1.1": 0.15, "2.2.1": 1}
SCORED = ["1.2.1", "1.2.2", "1.10.1", "1.10.2", "2.1.1", "2.2.1", "2.2.3"]


@st.composite
def problems(draw: st.DrawFn) -> tuple[Panel, list[Way], list[Requirement], float]:
    values = dict.fromkeys(SCORED, math.nan)
    ways = []
    for code, size in KINDS.items():
        points = draw(st.none() | st.integers(0, 20).map(lambda k: 5.0 * k))
        effort = draw(st.integers(0, 3))
        if points is None:
            fill = value_worth(small(), code, draw(st.integers(0, 10)) * 10.0)
            made = Way(code, (fill,), (effort,), expected=True)
        else:
            values[code] = value_worth(small(), code, points)
            reached = steps(small(), code, values[code], size, 2)
            made = Way(code, reached, (effort,) * len(reached))
        if effort and made.values:
            ways.append(made)
    pairs = draw(st.lists(st.permutations(sorted(KINDS)), max_size=2))
    needed = [
        Requirement(code, None, needs, value_worth(small(), needs, draw(st.integers(1, 5)) * 20.0))
        for code, needs, *_ in pairs
    ]
    return town([values[code] for code in SCORED]), ways, needed, draw(st.sampled_from([40.0, 60.0, 80.0]))


def kept(panel: Panel, ways: Sequence[Way], taken: Sequence[int], needed: Sequence[Requirement]) -> bool:
    """Whether a choice of steps keeps to what is presupposed, said once more in plain words."""
    end = {code: float(panel.values[0, panel.codes.index(code)]) for code in KINDS}
    end |= {way.code: way.values[k - 1] for way, k in zip(ways, taken, strict=True) if k}
    improved = {way.code for way, k in zip(ways, taken, strict=True) if k and not way.expected}
    for one in needed:
        direction = small().by_code[one.needs].measurement.direction
        if one.code in improved and not direction * end[one.needs] >= direction * one.at_least:
            return False
    return True


def brute(panel: Panel, ways: Sequence[Way], needed: Sequence[Requirement], target: float) -> int | None:
    """The least effort of all combinations of steps, each scored by itself; None if none reaches."""
    choices = list(itertools.product(*(range(len(way.values) + 1) for way in ways)))
    values = np.repeat(panel.values, len(choices), axis=0)
    for row, taken in zip(values, choices, strict=True):
        for way, k in zip(ways, taken, strict=True):
            if k:
                row[panel.codes.index(way.code)] = way.values[k - 1]
    scores = score(small(), panel_of(small(), values), "core")
    bands = {"D": 0.0, "C": 40.0, "B": 60.0, "A": 80.0}
    costs = [
        sum(sum(way.efforts[:k]) for way, k in zip(ways, taken, strict=True))
        for i, taken in enumerate(choices)
        if scores.ranked[i]
        and bands[level(small(), float(scores.assured[i, 0]))] >= target
        and kept(panel, ways, taken, needed)
    ]
    return min(costs, default=None)


@settings(max_examples=40)
@given(problems())
def test_no_combination_of_steps_is_cheaper(
    problem: tuple[Panel, list[Way], list[Requirement], float],
) -> None:
    panel, ways, needed, target = problem
    made = route(small(), panel, "u0", "core", ways, target, needed)
    cheapest = brute(panel, ways, needed, target)
    assert made.reached == (cheapest is not None)
    if cheapest is not None:
        assert made.effort == cheapest
        _, after = changed(small(), panel, "u0", made.scenario)
        scores = score(small(), after, "core")
        assert scores.ranked[0]
        assert level(small(), float(scores.assured[0, 0])) in {40.0: "CBA", 60.0: "BA", 80.0: "A"}[target]
        assert made.after == pytest.approx(made.before + sum(one.points for one in made.moves), abs=1e-9)


@settings(max_examples=25)
@given(problems())
def test_more_allowed_steps_never_cost_more(
    problem: tuple[Panel, list[Way], list[Requirement], float],
) -> None:
    panel, ways, needed, target = problem
    fewer = route(small(), panel, "u0", "core", ways[:-1], target, needed)
    more = route(small(), panel, "u0", "core", ways, target, needed)
    if fewer.reached:
        assert more.reached
        assert more.effort <= fewer.effort
    else:
        assert more.reached or more.after >= fewer.after - 1e-9


@settings(max_examples=25)
@given(problems())
def test_the_alternative_moves_other_measurements_and_costs_no_less(
    problem: tuple[Panel, list[Way], list[Requirement], float],
) -> None:
    panel, ways, needed, target = problem
    first, *others = alternatives(small(), panel, "u0", "core", ways, target, needed)
    for other in others:
        assert other.reached
        assert not first.codes <= other.codes  # it leaves at least one unmoved
        assert other.effort >= first.effort


def test_the_order_in_which_ways_are_given_changes_nothing() -> None:
    rng = np.random.default_rng(5)
    framework = key_features()
    codes = [node.code for node in framework.measurements if node.measurement.scored]
    values = np.array([[value_worth(framework, code, float(rng.integers(4, 15) * 5)) for code in codes]])
    panel = panel_of(framework, values)
    core = [code for code in codes if framework.by_code[code].measurement.basket == "core"]
    ways = []
    for code in core:
        ladder = framework.by_code[code].measurement.scale == "ladder"
        reached = steps(framework, code, float(values[0, codes.index(code)]), 1 if ladder else 0.05, 2)
        ways.append(Way(code, reached, (2,) * len(reached)))
    target = next(band.start for band in framework.rules.bands if band.start > 50)
    made = alternatives(framework, panel, "u0", "core", ways, target)
    assert made == alternatives(framework, panel, "u0", "core", ways[::-1], target)
    assert made[0].reached
