"""What is a unit worth on the themes of a declaration? Linked features and the unit's own evidenced rating.

A theme's score has two parts (docs/decisions/0009): the weighted mean of its linked features and the
rating on the ladder. The declaration's data say how much each part counts, theme by theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.model import BoolArray, Declaration, FloatArray, Framework, Scores, Theme, ThemeScores
from scoring.normalise import ladder
from scoring.remit import TOLERANCE

Ratings = Mapping[str, Mapping[str, float | None]]


def score_themes(
    declaration: Declaration, framework: Framework, scores: Scores, ratings: Ratings
) -> ThemeScores:
    """Scores on every theme; `ratings` is unit -> theme code -> ladder level, None or absent where blank.

    Features outside the unit's basket leave a theme and the others share their weight; if none remains,
    the rating is the whole. Only themes of the role "scored" get scores; a duty shows its rating alone.
    Raises ValueError for a rating below 0 or above the ladder's top.
    """
    themes = declaration.themes
    unscored = [theme.role != "scored" for theme in themes]
    features = _features(themes, scores)
    rating = _rating_points(themes, framework, scores.units, ratings)
    own = _own_rating(rating, framework.rules.points_maximum)
    share = np.where(features.there, np.array([[theme.feature_share] for theme in themes]), 0.0)
    rest = 1.0 - share

    def joined(of_features: FloatArray | BoolArray, of_rating: FloatArray | BoolArray) -> FloatArray:
        both: FloatArray = share * of_features + rest * of_rating
        both[unscored] = np.nan
        return both

    coverage = joined(features.coverage, own.coverage)
    self_rated = joined(features.claimed, own.claimed)
    # A part without any answer leaves the reported score, and the other is the whole.
    answered = joined(features.answered, own.answered)
    reported = joined(features.reported, own.reported) / np.where(answered > 0, answered, np.nan)
    scored = ~np.isnan(coverage)
    return ThemeScores(
        units=scores.units,
        themes=tuple(theme.code for theme in themes),
        assured=joined(features.assured, own.assured).T,
        reported=reported.T,
        upper=joined(features.upper, own.upper).T,
        coverage=coverage.T,
        features_assured=np.where(scored & features.there, features.assured, np.nan).T,
        features_reported=np.where(scored & features.answered, features.reported, np.nan).T,
        rating=rating.T,
        feature_share=np.where(scored, share, np.nan).T,
        rests_on_rating=((coverage > 0) & (self_rated > 0.5 * coverage + TOLERANCE)).T,
    )


@dataclass(frozen=True, eq=False)
class _Part:
    """One of the two parts of every theme, themes x units; 0 where there is nothing to tell."""

    there: BoolArray
    answered: BoolArray
    assured: FloatArray
    reported: FloatArray
    upper: FloatArray
    coverage: FloatArray | BoolArray
    claimed: FloatArray | BoolArray


def _features(themes: tuple[Theme, ...], scores: Scores) -> _Part:
    """The weighted means of each theme's linked features, as far as they are in the unit's basket."""
    linked, weights = _links(themes, scores)
    here = scores.in_basket.T[linked]
    reported = scores.reported.T[linked]
    answered = ~np.isnan(reported)
    weight_here, weight_answered = weights @ here, weights @ answered
    divisor = np.where(weight_here > 0, weight_here, 1.0)

    def mean(figure: FloatArray) -> FloatArray:
        means: FloatArray = weights @ np.where(here, figure.T[linked], 0.0) / divisor
        return means

    return _Part(
        there=weight_here > 0,
        answered=weight_answered > 0,
        assured=mean(scores.assured),
        reported=weights
        @ np.where(answered, reported, 0.0)
        / np.where(weight_answered > 0, weight_answered, 1.0),
        upper=mean(scores.upper),
        coverage=mean(scores.coverage),
        claimed=mean(scores.claimed),
    )


def _own_rating(points: FloatArray, full: float) -> _Part:
    """The unit's own rating as a part: all of it claimed, blank counting 0 assured and full points at best."""
    rated = ~np.isnan(points)
    given = np.where(rated, points, 0.0)
    return _Part(
        there=np.ones(points.shape, dtype=bool),
        answered=rated,
        assured=given,
        reported=given,
        upper=np.where(rated, points, full),
        coverage=rated,
        claimed=rated,
    )


def _links(themes: tuple[Theme, ...], scores: Scores) -> tuple[list[int], FloatArray]:
    """The columns of all linked features in the basket, and their weights as themes x features."""
    column = {code: j for j, code in enumerate(scores.nodes)}
    known = [
        (t, column[link.feature], link.weight)
        for t, theme in enumerate(themes)
        for link in theme.links
        if link.feature in column
    ]
    linked = sorted({j for _, j, _ in known})
    place = {j: i for i, j in enumerate(linked)}
    weights = np.zeros((len(themes), len(linked)))
    for t, j, weight in known:
        weights[t, place[j]] += weight
    return linked, weights


def _rating_points(
    themes: tuple[Theme, ...], framework: Framework, units: tuple[str, ...], ratings: Ratings
) -> FloatArray:
    """Points of the ratings, themes x units; NaN where blank or where the theme is only shown."""
    codes = [theme.code for theme in themes]
    nothing: Mapping[str, float | None] = {}
    given = [list(map(ratings.get(unit, nothing).get, codes)) for unit in units]
    levels = np.array(given, dtype=float).reshape(len(units), len(codes)).T.copy()  # None becomes NaN
    levels[[theme.role == "shown" for theme in themes]] = np.nan
    top = framework.rules.ladder_levels
    wrong = np.argwhere((levels < 0) | (levels > top))
    if wrong.size:
        t, i = wrong[0]
        raise ValueError(
            f"{units[i]}: rating {levels[t, i]:g} on theme {codes[t]} is not on the ladder from 0 to {top}"
        )
    return ladder(levels, framework.rules.ladder_step)
