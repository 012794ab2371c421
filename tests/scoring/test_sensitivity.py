"""Which choice moves the ranking: indices of drawn choices, held to what must come out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoring.model import DrawSettings, Framework
from scoring.ranks import ranks
from scoring.score import score
from scoring.sensitivity import Sensitivity, sensitivity, varying
from scoring.start import start_of
from tests.scoring.test_uncertainty import STILL, towns
from tests.scoring.towns import key_features, panel_of, scored_codes, values_between_goalposts


def driven(framework: Framework, gaps: float, how: DrawSettings, width: float = 0.0) -> Sensitivity:
    panel = towns(framework, 5, gaps)
    start = start_of(framework, panel, "full", np.full(panel.values.shape, width), how)
    part = np.ones(5, dtype=bool)
    usual = ranks(score(framework, panel, "full").assured[:, 0], part).astype(float)
    return sensitivity(start, usual, part, 1, how, panel.units[:2])


@pytest.mark.parametrize(
    ("change", "gaps", "width", "choices"),
    [
        ({}, 0.0, 0.0, ()),
        ({"weights": 0.25}, 0.0, 0.0, ("weights",)),
        ({"goalposts": 0.1}, 0.0, 0.0, ("goalposts",)),
        ({"other_rule": 0.5}, 0.0, 0.0, ("other_rule",)),
        ({"missing": True}, 0.0, 0.0, ()),
        ({"missing": True}, 0.2, 0.0, ("missing",)),
        ({"evidence": True}, 0.0, 0.1, ("evidence",)),
        (
            {"weights": 0.25, "goalposts": 0.1, "other_rule": 0.5, "missing": True, "evidence": True},
            0.2,
            0.1,
            ("weights", "goalposts", "other_rule", "missing", "evidence"),
        ),
    ],
)
def test_only_what_can_vary_is_told(change: dict, gaps: float, width: float, choices: tuple) -> None:
    framework = key_features()
    how = replace(STILL, draws=100, **change)
    panel = towns(framework, 5, gaps)
    start = start_of(framework, panel, "full", np.full(panel.values.shape, width), how)
    assert varying(start, how) == choices
    assert driven(framework, gaps, how, width).choices == choices


@pytest.mark.parametrize(
    ("change", "gaps", "width"),
    [
        ({"weights": 0.25}, 0.0, 0.0),
        ({"goalposts": 0.1}, 0.0, 0.0),
        ({"other_rule": 0.5}, 0.0, 0.0),
        ({"missing": True}, 0.3, 0.0),
        ({"evidence": True}, 0.0, 0.2),
    ],
)
def test_a_choice_that_alone_varies_explains_everything(change: dict, gaps: float, width: float) -> None:
    found = driven(key_features(), gaps, replace(STILL, draws=9_000, **change), width)
    for outcome in found.scores.values():
        # A mixture with the only choice taken from B is B itself: the total index is the variance's estimate.
        assert outcome.first[0] == pytest.approx(1, abs=0.05)
        assert outcome.total[0] == pytest.approx(1, abs=0.05)


def test_two_choices_that_add_up_share_the_variance() -> None:
    # Weights and blanks: with all answers equal, weights alone change nothing and blanks everything.
    framework = key_features()
    values = values_between_goalposts(framework, np.full((2, len(scored_codes(framework))), 0.0))
    codes = scored_codes(framework)
    for j, code in enumerate(codes):
        facts = framework.by_code[code].measurement
        assert facts is not None
        values[:, j] = facts.upper if facts.direction > 0 else facts.lower
    values[:, ::4] = np.nan
    panel = panel_of(framework, values)
    how = replace(STILL, draws=20_000, weights=0.25, missing=True)
    start = start_of(framework, panel, "full", np.zeros(values.shape), how)
    found = sensitivity(start, np.ones(2), np.ones(2, dtype=bool), 1, how, ("u0",)).scores["u0"]
    assert found.first[1] > 0.9  # missing
    assert found.first.sum() <= 1.05
    assert found.total.sum() >= 0.95
    assert found.told.all()


def test_the_same_seed_gives_the_same_indices() -> None:
    how = DrawSettings(draws=700)
    one, two = (driven(key_features(), 0.2, how, 0.1) for _ in range(2))
    assert one.ranking is not None
    assert two.ranking is not None
    assert one.ranking.first.tolist() == two.ranking.first.tolist()
    assert one.runs == 700


def test_an_unknown_unit_is_named() -> None:
    framework = key_features()
    panel = towns(framework, 2, 0.0)
    start = start_of(framework, panel, "full", np.zeros(panel.values.shape), STILL)
    with pytest.raises(ValueError, match="the draws hold no unit 'nowhere'"):
        sensitivity(start, np.ones(2), np.ones(2, dtype=bool), 1, STILL, ("nowhere",))


def test_one_unit_has_no_ranking_to_move() -> None:
    framework = key_features()
    panel = towns(framework, 1, 0.2)
    how = DrawSettings(draws=700)
    start = start_of(framework, panel, "full", np.zeros(panel.values.shape), how)
    found = sensitivity(start, np.ones(1), np.ones(1, dtype=bool), 1, how, panel.units)
    assert found.ranking is None
    assert list(found.scores) == ["u0"]
