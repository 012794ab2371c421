"""Themes of the Yeonsu Declaration: linked features and the city's own rating."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.declarations import load_declaration
from scoring.model import Declaration, FloatArray, ThemeScores
from scoring.panel import assemble
from scoring.score import score
from scoring.themes import score_themes
from tests.scoring.towns import (
    ROOT,
    key_features,
    observation,
    panel_of,
    scored_codes,
    values_between_goalposts,
)

ANSWERS = {
    "1.1.1": 72.5,  # 50 points
    "5.1.1": 10.0,  # 50
    "5.2.1": 30.0,  # 50
    "5.2.2": 30.0,  # 50
    "7.2.1": 80.0,  # 80
    "7.2.2": 60.0,  # 60
    "8.1.1": 2.0,  # 40, rated by the city
    "9.2.1": 4.0,  # 80, rated by the city
}
RATINGS: dict[str, float | None] = {"10": 3.0, "11": 3.0, "21": 4.0, "26": 5.0}


@cache
def yeonsu() -> Declaration:
    return load_declaration(ROOT / "indicators" / "declarations" / "yeonsu_2021", key_features())


def themes(basket: str, ratings: dict[str, float | None] = RATINGS) -> ThemeScores:
    answers = {code: observation(code, value) for code, value in ANSWERS.items()}
    scores = score(key_features(), assemble(key_features(), {"city": answers}), basket)
    return score_themes(yeonsu(), key_features(), scores, {"city": ratings})


@pytest.mark.parametrize(
    ("basket", "theme", "features", "assured"),
    [
        # 9.2 and 5.2 primary, 1.1, 5.1, 7.2 secondary; without the surveys 5.2 leaves:
        # (80 + 0.5 x (50 + 50 + 60)) / 2.5 = 64, and 0.7 x 64 + 0.3 x 60
        ("core", "10", 64.0, 62.8),
        # (80 + 50 + 0.5 x (50 + 50 + 70)) / 3.5, and 0.7 x 61.428571 + 0.3 x 60
        ("full", "10", 61.428571, 61.0),
        # a thin theme; 8.1 is the only core feature: 0.3 x 40 + 0.7 x 60
        ("core", "11", 40.0, 54.0),
        # 8.1 primary, 2.5 and 8.4 secondary and blank: 40 / 2, and 0.3 x 20 + 0.7 x 60
        ("full", "11", 20.0, 48.0),
    ],
)
def test_worked_themes(basket: str, theme: str, features: float, assured: float) -> None:
    found = themes(basket)
    column = found.themes.index(theme)
    assert found.features_assured[0, column] == pytest.approx(features)
    assert found.assured[0, column] == pytest.approx(assured)


def test_a_thin_theme_rests_on_the_rating() -> None:
    found = themes("core")
    assert found.rests_on_rating[0, found.themes.index("11")]
    # 0.3 of the rating and 0.7 x 1 / 2.5 of feature 9.2, which the city rated itself: 0.58
    assert found.rests_on_rating[0, found.themes.index("10")]
    without = themes("core", {})
    # 0.7 x 0.4 of 0.7 answered: less than half
    assert not without.rests_on_rating[0, without.themes.index("10")]


def test_duties_show_a_rating_and_stay_outside_every_total() -> None:
    found = themes("core")
    duty, shown = found.themes.index("21"), found.themes.index("26")
    assert found.rating[0, duty] == 80.0
    for column in (duty, shown):
        for figure in (found.assured, found.reported, found.upper, found.coverage, found.feature_share):
            assert np.isnan(figure[0, column])
    assert np.isnan(found.rating[0, shown])


def test_units_without_ratings_are_blank() -> None:
    scores = score(key_features(), assemble(key_features(), {"a": {}, "b": {}}), "core")
    found = score_themes(yeonsu(), key_features(), scores, {"b": {"7": 5.0}})
    seven = found.themes.index("7")
    assert found.units == ("a", "b")
    assert np.isnan(found.rating[0, seven])
    assert found.assured[:, seven].tolist() == pytest.approx([0.0, 30.0])
    assert found.reported[1, seven] == 100.0
    assert np.isnan(found.reported[0, seven])
    assert found.upper[:, seven].tolist() == pytest.approx([100.0, 100.0])


@pytest.mark.parametrize("level", [-1.0, 5.5, 60.0])
def test_a_rating_off_the_ladder_is_refused_by_name(level: float) -> None:
    with pytest.raises(ValueError, match=r"^city: rating .* on theme 10 is not on the ladder from 0 to 5"):
        themes("core", {"10": level})


@given(seed=st.integers(0, 10_000), column=st.integers(0, 54))
@settings(max_examples=30, deadline=None)
def test_blanks_never_help_a_theme(seed: int, column: int) -> None:
    random = np.random.default_rng(seed)
    codes = scored_codes(key_features())
    values = values_between_goalposts(key_features(), random.uniform(-0.1, 1.1, (3, len(codes))))
    out = random.random(values.shape) < 0.1
    values[out | (random.random(values.shape) < 0.2)] = np.nan
    given_levels = {
        f"u{i}": {theme.code: float(random.integers(0, 6)) for theme in yeonsu().themes} for i in range(3)
    }

    def judge(answers: FloatArray, ratings: dict[str, dict[str, float]]) -> ThemeScores:
        scores = score(key_features(), panel_of(key_features(), answers, out), "full")
        return score_themes(yeonsu(), key_features(), scores, ratings)

    before = judge(values, given_levels)
    blanked = values.copy()
    blanked[:, column] = np.nan
    for after in (judge(blanked, given_levels), judge(values, {})):
        scored = ~np.isnan(before.assured)
        assert (after.assured[scored] <= before.assured[scored] + 1e-9).all()
        assert (after.upper[scored] >= before.upper[scored] - 1e-9).all()
        known = scored & ~np.isnan(after.reported)
        assert (after.assured[known] <= after.reported[known] + 1e-9).all()
        assert (after.reported[known] <= after.upper[known] + 1e-9).all()
