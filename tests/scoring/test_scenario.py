"""A scenario changes what it names, for whom it should, and nothing else."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model import Panel
from scoring.scenario import Scenario, changed
from scoring.score import score
from tests.scoring.towns import panel_of, small

# 1.2.1, 1.2.2, 1.10.1, 1.10.2, 2.1.1, 2.2.1, 2.2.3
TOWN = [40.0, np.nan, 2.0, 25.0, 100.0, 3.0, np.nan]
OTHER = [80.0, 50.0, 4.0, 5.0, 1000.0, 5.0, 50.0]


def towns() -> Panel:
    return panel_of(small(), np.array([TOWN, OTHER]))


def whole(scenario: Scenario, unit: int = 0) -> float:
    framework, panel = changed(small(), towns(), "u0", scenario)
    return float(score(framework, panel, "core").assured[unit, 0])


# The town: 40/4 + 40/8 + 50/8 + 50 * 3/8 + 60/8 = 47.5; the other: 80/4 + 80/8 + 100/8 + 100 * 3/8 + 100/8 = 92.5.
WORKED = {
    "nothing": (Scenario(), 47.5, 92.5),
    "an answer": (Scenario.of(answers={"1.2.1": 60.0}), 52.5, 92.5),
    "an answer taken back": (Scenario.of(answers={"2.2.1": None}), 40.0, 92.5),
    # Area 2 counts three times area 1: (40 + 45)/2 = 42.5 and (50 * 3 + 60)/4 = 52.5; 42.5/4 + 52.5 * 3/4 = 50.
    "a weight": (Scenario.of(weights={"2": 3.0}), 50.0, 85 / 4 + 100 * 3 / 4),
    # 40 on 0-80 is 50 points, 80 is 100.
    "goalposts": (Scenario.of(goalposts={"1.2.1": (0.0, 80.0)}), 50.0, 97.5),
    # sqrt(42.5 * 52.5) and sqrt(85 * 100).
    "a rule": (
        Scenario.of(aggregations={"town": "geometric"}),
        (42.5 * 52.5) ** 0.5,
        (85.0 * 100.0) ** 0.5,
    ),
    "the weakest counts": (Scenario.of(aggregations={"town": "minimum"}), 42.5, 85.0),
    "all at once": (
        Scenario.of({"1.2.1": 60.0}, {"2": 3.0}, {"1.2.1": (0.0, 80.0)}, {"town": "geometric"}),
        ((75 + 45) / 2) ** 0.25 * 52.5**0.75,
        ((100 + 90) / 2) ** 0.25 * 100**0.75,
    ),
}


@pytest.mark.parametrize("case", WORKED)
def test_worked_scenarios(case: str) -> None:
    scenario, town, other = WORKED[case]
    assert whole(scenario) == pytest.approx(town, abs=1e-9)
    assert whole(scenario, 1) == pytest.approx(other, abs=1e-9)


def test_where_nothing_is_said_the_same_objects_come_back() -> None:
    panel = towns()
    framework, same = changed(small(), panel, "u0", Scenario())
    assert framework is small()
    assert same is panel
    weighted = Scenario.of(weights={"2": 3.0})
    assert changed(small(), panel, "u0", weighted)[0] is changed(small(), panel, "u1", weighted)[0]
    assert changed(small(), panel, "u0", weighted)[1] is panel


def test_a_rating_changed_stays_a_claim_and_a_figure_is_none() -> None:
    _, panel = changed(small(), towns(), "u0", Scenario.of(answers={"1.10.1": 5.0, "1.2.1": 90.0}))
    claimed = dict(zip(panel.codes, panel.claimed[0], strict=True))
    assert claimed["1.10.1"]
    assert not claimed["1.2.1"]
    _, panel = changed(small(), towns(), "u0", Scenario.of(answers={"1.10.1": None}))
    assert not panel.claimed[0, panel.codes.index("1.10.1")]


def test_an_answer_stands_in_the_basket_whatever_was_claimed() -> None:
    out = np.zeros((2, 7), dtype=bool)
    out[0, 2] = True
    values = np.array([TOWN, OTHER])
    values[0, 2] = np.nan
    panel = panel_of(small(), values, out)
    assert changed(small(), panel, "u0", Scenario.of(answers={"1.10.1": 2.0}))[1].out[0].sum() == 0
    assert changed(small(), panel, "u0", Scenario.of(answers={"1.2.1": 2.0}))[1].out[0].sum() == 1


def test_neither_the_panel_nor_the_framework_given_is_touched() -> None:
    panel = towns()
    changed(small(), panel, "u0", WORKED["all at once"][0])
    assert panel.values[0, 0] == 40.0
    assert small().by_code["1.2.1"].measurement.upper == 100
    assert small().by_code["2"].weight == 1


def test_equal_changes_are_equal_whatever_their_order() -> None:
    one = Scenario.of(answers={"1.2.1": 1.0, "2.1.1": 20.0})
    other = Scenario.of(answers={"2.1.1": 20.0, "1.2.1": 1.0})
    assert one == other
    assert hash(one) == hash(other)
    assert Scenario().empty
    assert not one.empty


WRONG = {
    "unknown unit": (None, "the panel holds no unit 'nobody'"),
    "unknown answer": (Scenario.of(answers={"9.9.9": 1.0}), "'9.9.9' is no scored measurement of small"),
    "answer to an area": (Scenario.of(answers={"1": 1.0}), "'1' is no scored measurement of small"),
    "answer to an unscored one": (
        Scenario.of(answers={"2.2.2": 1.0}),
        "'2.2.2' is no scored measurement of small",
    ),
    "impossible": (
        Scenario.of(answers={"1.2.1": 100.5}),
        "1.2.1: 100.5 is not possible; answers lie from 0 to 100",
    ),
    "no number": (
        Scenario.of(answers={"1.2.1": np.nan}),
        "1.2.1: nan is not possible; answers lie from 0 to 100",
    ),
    "half a level": (
        Scenario.of(answers={"1.10.1": 2.5}),
        "1.10.1: 2.5 is no level of the ladder; levels are whole numbers",
    ),
    "unknown weight": (Scenario.of(weights={"7": 1.0}), "the framework small has no node '7'"),
    "negative weight": (
        Scenario.of(weights={"2": -1.0}),
        "2: the weight -1 must be a number from 0 upwards",
    ),
    "no weight left": (Scenario.of(weights={"1": 0.0, "2": 0.0}), "town: no weight under it is above 0"),
    "goalposts turned": (
        Scenario.of(goalposts={"1.2.1": (50.0, 50.0)}),
        "1.2.1: the lower goalpost 50 must lie below the upper one 50",
    ),
    "goalposts of a ladder": (
        Scenario.of(goalposts={"1.10.1": (0.0, 4.0)}),
        "1.10.1 is not judged by goalposts that can be moved",
    ),
    "goalpost 0 on a log scale": (
        Scenario.of(goalposts={"2.1.1": (0.0, 500.0)}),
        "2.1.1: on a logarithmic scale the lower goalpost must be above 0, not 0",
    ),
    "unknown level": (
        Scenario.of(aggregations={"planet": "geometric"}),
        "level 'planet' joins nothing; levels that do are town, area, feature",
    ),
    "the lowest level": (
        Scenario.of(aggregations={"measurement": "geometric"}),
        "level 'measurement' joins nothing; levels that do are town, area, feature",
    ),
    "unknown rule": (
        Scenario.of(aggregations={"town": "mode"}),
        "level 'town': aggregation 'mode' is not known; use one of arithmetic, geometric",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_refused_by_name(case: str) -> None:
    scenario, message = WRONG[case]
    unit = "nobody" if scenario is None else "u0"
    with pytest.raises(ValueError, match=re.escape(message)):
        changed(small(), towns(), unit, scenario or Scenario())


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_better_answer_never_lowers_the_score(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert whole(Scenario.of(answers={"1.2.1": low})) <= whole(Scenario.of(answers={"1.2.1": high})) + 1e-9
