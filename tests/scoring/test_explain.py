"""The working of a score adds up to the score."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scoring.explain import Gain, gain, steps, working
from scoring.model import Framework, Panel, Step
from scoring.panel import assemble
from scoring.score import score
from tests.scoring.towns import (
    at,
    key_features,
    observation,
    panel_of,
    scored_codes,
    small,
    values_between_goalposts,
    with_geometric_top,
)

TOWN = {
    "1.2.1": observation("1.2.1", 80.0),
    "1.10.1": observation("1.10.1", None, "outside_remit"),
    "1.10.2": observation("1.10.2", 15.0),
    "2.2.1": observation("2.2.1", 4.0),
}


def town(framework: Framework) -> Panel:
    return assemble(framework, {"town": TOWN})


def test_steps_of_a_worked_town() -> None:
    scores = score(small(), town(small()), "core")
    assert steps(small(), scores, "town", "1") == (
        Step("1.2", "answered", 80.0, 0.5, 40.0),
        Step("1.10", "answered", 75.0, 0.5, 37.5),
    )
    assert steps(small(), scores, "town", "1.10") == (
        Step("1.10.1", "out", None, 0.0, 0.0),
        Step("1.10.2", "answered", 75.0, 1.0, 75.0),
    )
    assert steps(small(), scores, "town", "2") == (
        Step("2.1", "blank", None, 0.75, 0.0),
        Step("2.2", "answered", 80.0, 0.25, 20.0),
    )
    assert steps(small(), scores, "town", "2.2") == (
        Step("2.2.1", "answered", 80.0, 1.0, 80.0),
        Step("2.2.2", "outside_basket", None, 0.0, 0.0),
        Step("2.2.3", "outside_basket", None, 0.0, 0.0),
    )


def test_a_claim_over_the_cap_says_so() -> None:
    answers = {c: observation(c, None, "outside_remit") for c in ("1.10.1", "1.10.2", "2.2.1")}
    scores = score(small(), assemble(small(), {"town": answers}), "core")
    assert [step.status for step in steps(small(), scores, "town", "1.10")] == ["over_cap", "out"]
    assert [step.status for step in steps(small(), scores, "town", "2")] == ["blank", "out"]


def random_panel(framework: Framework, seed: int) -> Panel:
    random = np.random.default_rng(seed)
    shape = (6, len(scored_codes(framework)))
    values = values_between_goalposts(framework, random.uniform(-0.2, 1.2, shape))
    out = random.random(shape) < 0.15
    values[out | (random.random(shape) < 0.25)] = np.nan
    return panel_of(framework, values, out)


@pytest.mark.parametrize(
    "framework", [small(), key_features(), with_geometric_top(small()), with_geometric_top(key_features())]
)
@pytest.mark.parametrize("basket", ["core", "full"])
def test_contributions_add_up_to_the_score_at_every_node(framework: Framework, basket: str) -> None:
    panel = random_panel(framework, seed=7)
    scores = score(framework, panel, basket)
    checked = 0
    for unit in range(len(panel.units)):
        for code in scores.nodes:
            if framework.by_code[code].measurement is not None:
                continue
            lines = steps(framework, scores, panel.units[unit], code)
            if not scores.in_basket[unit, scores.column(code)]:
                assert {line.status for line in lines} <= {"out", "outside_basket"}
                continue
            total = sum(line.contribution for line in lines)
            assert total == pytest.approx(at(scores, "assured", code, unit), abs=1e-9)
            assert sum(line.share for line in lines) == pytest.approx(1)
            assert all(line.contribution >= 0 for line in lines)
            checked += 1
    assert checked > 20


def test_geometric_contributions_of_two_areas_worked_on_paper() -> None:
    """4 and 100 with equal weight: mean 20; the floor of 1 is halved, the other 19 go by logarithms.

    log 4 : log 100 is 0.602060 : 2, so 19 is divided into 4.396186 and 14.603814.
    """
    framework = with_geometric_top(small())
    answers = {
        "1.2.1": observation("1.2.1", 4.0),
        "2.1.1": observation("2.1.1", 1000.0),
        "2.2.1": observation("2.2.1", 5.0),
    }
    out = {c: observation(c, None, "outside_remit") for c in ("1.10.1", "1.10.2")}
    scores = score(framework, assemble(framework, {"town": answers | out}), "core")
    assert at(scores, "assured", "town") == pytest.approx(20.0)
    parts = [step.contribution for step in steps(framework, scores, "town", "town")]
    assert parts == pytest.approx([4.896186, 15.103814], abs=1e-6)


def test_working_of_a_measurement() -> None:
    answers = {
        "2.2.1": observation("2.2.1", 4.9),
        "2.1.1": observation("2.1.1", 120000.0),
        "3.3.1": observation("3.3.1", 0.0),
    }
    panel = assemble(key_features(), {"city": answers})
    found = working(key_features(), panel, "city", "2.2.1")
    assert (found.value, found.lower, found.upper, found.direction, found.scale) == (4.9, 3, 25, -1, "linear")
    assert found.points == found.way == pytest.approx(91.363636)
    cut = working(key_features(), panel, "city", "2.1.1")
    assert cut.way == pytest.approx(107.099771)  # ln(1200) / ln(750)
    assert cut.points == 100.0
    nothing_yet = working(key_features(), panel, "city", "3.3.1")
    assert (nothing_yet.value, nothing_yet.points) == (0.0, 0.0)
    blank = working(key_features(), panel, "city", "1.1.1")
    assert (blank.value, blank.way, blank.points, blank.lower) == (None, None, None, 45)


def test_nothing_on_a_log_scale_is_worth_nothing() -> None:
    panel = assemble(small(), {"town": {"2.1.1": observation("2.1.1", 0.0)}})
    found = working(small(), panel, "town", "2.1.1")
    assert (found.way, found.points) == (-math.inf, 0.0)


def test_working_and_steps_name_what_is_wrong() -> None:
    panel = town(small())
    scores = score(small(), panel, "core")
    with pytest.raises(ValueError, match=r"the panel holds no answer of 'village' to '1\.2\.1'"):
        working(small(), panel, "village", "1.2.1")
    with pytest.raises(ValueError, match=r"the panel holds no answer of 'town' to '1\.2'"):
        working(small(), panel, "town", "1.2")
    with pytest.raises(ValueError, match="the scores hold no unit 'village'"):
        steps(small(), scores, "village", "1")
    with pytest.raises(ValueError, match=r"1\.2\.1 is a measurement"):
        steps(small(), scores, "town", "1.2.1")


def test_gain_names_the_heaviest_blank_first() -> None:
    scores = score(small(), town(small()), "full")
    # 1.10.1 left its feature to 1.10.2; 1.2.2 is half of 1.2, a quarter of the area; 2.1.1 three quarters.
    assert gain(small(), scores, "town") == (
        Gain("2.1.1", pytest.approx(37.5)),
        Gain("1.2.2", pytest.approx(12.5)),
        Gain("2.2.3", pytest.approx(6.25)),
    )


def test_all_gains_together_are_the_bracket() -> None:
    panel = random_panel(key_features(), seed=3)
    scores = score(key_features(), panel, "full")
    for unit, name in enumerate(panel.units):
        together = sum(item.points for item in gain(key_features(), scores, name))
        assert together == pytest.approx(
            at(scores, "upper", "city", unit) - at(scores, "assured", "city", unit)
        )
