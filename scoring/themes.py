"""What is a unit worth on the themes of a declaration? Linked features and the unit's own evidenced rating.

A theme's score has two parts (docs/decisions/0009): the weighted mean of its linked features and the
rating on the ladder. The declaration's data say how much each part counts, theme by theme.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scoring.model import Declaration, FloatArray, Framework, Scores, Theme, ThemeScores
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
    scored = np.array([theme.role == "scored" for theme in themes])
    rating = _rating_points(themes, framework, scores.units, ratings)
    rated = ~np.isnan(rating)
    full = framework.rules.points_maximum

    linked, weights = _links(themes, scores)
    here = scores.in_basket[:, linked].astype(float)
    answered = ~np.isnan(scores.reported[:, linked])
    in_basket = here @ weights
    some = in_basket > 0
    means = _means(scores, linked, weights, in_basket)
    features_assured, features_upper, features_coverage, features_claimed = means
    features_reported = _mean(np.nan_to_num(scores.reported[:, linked]), weights, answered @ weights)

    nominal = np.array([theme.feature_share for theme in themes])
    share = np.where(some, nominal, 0.0)
    own = 1.0 - share

    def both(features: FloatArray, rating_part: FloatArray) -> FloatArray:
        joined: FloatArray = share * np.nan_to_num(features) + own * rating_part
        return np.where(scored, joined, np.nan)

    coverage = both(features_coverage, rated.astype(float))
    reported_share = share * ~np.isnan(features_reported)
    reported_weight = reported_share + own * rated
    reported_sum = reported_share * np.nan_to_num(features_reported) + own * np.nan_to_num(rating)
    with np.errstate(invalid="ignore", divide="ignore"):
        reported = np.where(scored & (reported_weight > 0), reported_sum / reported_weight, np.nan)
    self_rated = both(features_claimed, rated.astype(float))

    return ThemeScores(
        units=scores.units,
        themes=tuple(theme.code for theme in themes),
        assured=both(features_assured, np.nan_to_num(rating)),
        reported=reported,
        upper=both(features_upper, np.where(rated, rating, full)),
        coverage=coverage,
        features_assured=np.where(scored, features_assured, np.nan),
        features_reported=np.where(scored, features_reported, np.nan),
        rating=rating,
        feature_share=np.where(scored, share, np.nan),
        rests_on_rating=scored & (coverage > 0) & (self_rated > 0.5 * coverage + TOLERANCE),
    )


def _links(themes: tuple[Theme, ...], scores: Scores) -> tuple[list[int], FloatArray]:
    """The columns of all linked features in the basket, and their weights as features x themes."""
    column = {code: j for j, code in enumerate(scores.nodes)}
    linked = list(
        dict.fromkeys(
            column[link.feature] for theme in themes for link in theme.links if link.feature in column
        )
    )
    place = {j: i for i, j in enumerate(linked)}
    weights = np.zeros((len(linked), len(themes)))
    for t, theme in enumerate(themes):
        for link in theme.links:
            if link.feature in column:
                weights[place[column[link.feature]], t] += link.weight
    return linked, weights


def _means(
    scores: Scores, linked: list[int], weights: FloatArray, in_basket: FloatArray
) -> tuple[FloatArray, ...]:
    """Weighted means of the linked features in the basket: assured, upper, coverage, claimed."""
    figures = (scores.assured, scores.upper, scores.coverage, scores.claimed)
    return tuple(_mean(np.nan_to_num(figure[:, linked]), weights, in_basket) for figure in figures)


def _mean(values: FloatArray, weights: FloatArray, weight_here: FloatArray) -> FloatArray:
    """Units x themes; values are 0 where they take no part; NaN where no weight takes part."""
    mean: FloatArray = (values @ weights) / np.where(weight_here > 0, weight_here, np.nan)
    return mean


def _rating_points(
    themes: tuple[Theme, ...], framework: Framework, units: tuple[str, ...], ratings: Ratings
) -> FloatArray:
    """Points of the ratings, units x themes; NaN where blank or where the theme is only shown."""
    asked = [(t, theme.code) for t, theme in enumerate(themes) if theme.role != "shown"]
    levels = np.full((len(units), len(themes)), np.nan)
    for i, unit in enumerate(units):
        given = ratings.get(unit, {})
        for t, code in asked:
            level = given.get(code)
            if level is not None:
                levels[i, t] = level
    top = framework.rules.ladder_levels
    wrong = np.argwhere((levels < 0) | (levels > top))
    if wrong.size:
        i, t = wrong[0]
        raise ValueError(
            f"{units[i]}: rating {levels[i, t]:g} on theme {themes[t].code} "
            f"is not on the ladder from 0 to {top}"
        )
    return ladder(levels, framework.rules.ladder_step)
