"""Values become points by fixed goalposts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scoring.model import FloatArray, Measurement
from scoring.normalise import Goalposts, ScaleGroup, ladder, linear, log, normalise
from scoring.panel import assemble
from scoring.score import score
from tests.scoring.towns import at, key_features, observation

# Worked on paper from the goalposts in nodes.csv.
POINTS = [
    ("1.1.1", 45.0, 0.0),  # literacy: 45 to 100
    ("1.1.1", 72.5, 50.0),
    ("1.1.1", 100.0, 100.0),
    ("1.1.1", 20.0, 0.0),
    ("2.1.1", 100.0, 0.0),  # income per head, log of 100 to 75,000 as in the HDI
    ("2.1.1", 75000.0, 100.0),
    ("2.1.1", 15293.32651, 75.981058),  # Albania 2022: ln(152.93) / ln(750)
    ("2.1.1", 120000.0, 100.0),
    ("2.2.1", 4.9, 91.363636),  # unemployment, fewer is better: (25 - 4.9) / (25 - 3)
    ("2.2.1", 3.0, 100.0),
    ("2.2.1", 25.0, 0.0),
    ("2.2.1", 1.0, 100.0),
    ("2.2.1", 60.0, 0.0),
    ("3.3.1", 0.0, 0.0),  # the ladder
    ("3.3.1", 3.0, 60.0),
    ("3.3.1", 5.0, 100.0),
    ("8.3.1", 15.0, 100.0),  # pupils per teacher: (40 - 15) / (40 - 15)
    ("8.3.1", 30.0, 40.0),
]


@pytest.mark.parametrize(("code", "value", "points"), POINTS)
def test_points_of_a_value(code: str, value: float, points: float) -> None:
    panel = assemble(key_features(), {"city": {code: observation(code, value)}})
    assert at(score(key_features(), panel, "full"), "assured", code) == pytest.approx(points, abs=1e-6)


def column(*values: float) -> FloatArray:
    return np.array(values, dtype=float)[:, None]


@pytest.mark.parametrize(
    ("direction", "value", "points"),
    [(1, -10.0, -20.0), (1, 60.0, 120.0), (-1, -10.0, 120.0), (-1, 60.0, -20.0)],
)
def test_bare_linear_does_not_cut(direction: int, value: float, points: float) -> None:
    assert linear(column(value), column(0), column(50), column(direction)).item() == points


def test_both_directions_add_up_to_full_points() -> None:
    values = np.linspace(-5, 55, 13)[None, :]
    for kernel, lower, upper in ((linear, 0.0, 50.0), (log, 1.0, 50.0)):
        with np.errstate(divide="ignore", invalid="ignore"):
            up = kernel(values, column(lower), column(upper), column(1))
            down = kernel(values, column(lower), column(upper), column(-1))
        finite = np.isfinite(up)
        np.testing.assert_allclose(up[finite] + down[finite], 100.0)


def test_nothing_is_infinitely_far_below_on_a_log_scale() -> None:
    assert log(column(0.0), column(10), column(1000), column(1)).item() == -math.inf
    assert log(column(-3.0), column(10), column(1000), column(1)).item() == -math.inf


def test_ladder_gives_its_step_a_level() -> None:
    np.testing.assert_array_equal(ladder(np.arange(6.0), 20), [0, 20, 40, 60, 80, 100])


def test_no_answer_stays_no_answer_on_every_scale() -> None:
    nothing = np.full((2, 3), np.nan)
    posts = Goalposts(column(1, 1), column(9, 9), column(1, -1), 20.0, 100.0)
    for scale in ("linear", "log", "ladder"):
        group = ScaleGroup(scale, ("a", "b"), np.array([0, 1]), posts)
        assert np.isnan(normalise(nothing, (group,), 100.0)).all()


def test_an_infinite_value_is_refused_by_name() -> None:
    posts = Goalposts(column(1, 1), column(9, 9), column(1, 1), 20.0, 100.0)
    group = ScaleGroup("linear", ("7.1", "7.2"), np.array([0, 1]), posts)
    with pytest.raises(ValueError, match=r"^7\.2: a value is infinite"):
        normalise(np.array([[1.0], [np.inf]]), (group,), 100.0)


def test_an_unknown_scale_is_refused_by_name() -> None:
    posts = Goalposts(column(1), column(9), column(1), 20.0, 100.0)
    with pytest.raises(ValueError, match=r"^a: scale 'square' is not known; use one of linear, log, ladder"):
        normalise(np.array([[1.0]]), (ScaleGroup("square", ("a",), np.array([0]), posts),), 100.0)


def test_a_scale_that_depends_on_the_sample_is_for_an_index_alone() -> None:
    """Adding a city must not change another one's points."""
    posts = Goalposts(column(1), column(9), column(1), 20.0, 100.0)
    with pytest.raises(
        ValueError, match=r"^a: scale 'minmax' is for an index alone; use one of linear, log, ladder"
    ):
        normalise(np.array([[1.0]]), (ScaleGroup("minmax", ("a",), np.array([0]), posts),), 100.0)


def test_a_scored_measurement_has_goalposts_in_the_data() -> None:
    facts = [node.measurement for node in key_features().measurements]
    judged = [fact for fact in facts if isinstance(fact, Measurement) and fact.scored]
    assert all(fact.lower is not None and fact.upper is not None for fact in judged)
