"""What practice is looked for: a feature or a theme in plain words, and where a city stands on it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from actions import house
from actions.card_words import Offered
from actions.figures import band, band_name, points
from actions.practice_city import OwnCity
from actions.standing import Standing
from indicators.moves import FIGURE, LADDER, NOT_POSSIBLE, key_feature_moves
from scoring.model import Theme

# A subject is a feature's code, or this and a theme's code.
THEME = "theme:"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked for, in words, and where the city stands on it: level and points, "–" where it has none."""

    id: str
    title: str
    level: str
    points: str


def subjects(own: OwnCity | None, language: str) -> dict[str, Subject]:
    """What can be looked for: every feature, then every theme of the declaration, by id."""
    framework, declaration = house.framework(), house.declaration()
    words, themes = framework.words[language], declaration.words[language]
    titles = {node.code: f"{node.code} {words[node.code].title}" for node in framework.at_level("feature")}
    titles |= {
        THEME + one.code: f"§{one.code} {themes[one.code].title}"
        for one in declaration.themes
        if one.role == "scored"
    }
    where = own.standing if own else None
    scores = {one: score_on(where, one) if where else math.nan for one in titles}
    return {
        one: Subject(one, title, band_name(scores[one], language), points(scores[one], language))
        for one, title in titles.items()
    }


def first_subject(own: OwnCity | None) -> str:
    """The feature to begin with: the city's lowest one with an answer and room to move, else the first."""
    features = [node.code for node in house.framework().at_level("feature")]
    where = own.standing if own else None
    if where is None:
        return features[0]
    top = max(house.framework().rules.bands, key=lambda one: one.start).id
    open_to_move = [one for one in features if band(score_on(where, one)) not in ("", top) and _can_move(one)]
    answered = [one for one in open_to_move if where.number("coverage", one) > 0]
    return min(answered or open_to_move or features[:1], key=lambda one: score_on(where, one))


def theme_of(subject: str) -> Theme | None:
    """The theme that a subject is, None for a feature; KeyError for what is no subject."""
    if subject.startswith(THEME):
        for one in house.declaration().themes:
            if one.code == subject.removeprefix(THEME) and one.role == "scored":
                return one
        raise KeyError(subject)
    if house.framework().by_code[subject].level != "feature":
        raise KeyError(subject)
    return None


def score_on(where: Standing, subject: str, unit: int = 0) -> float:
    """The assured score of one city on a subject; NaN where it has none."""
    if subject.startswith(THEME):
        return where.theme("assured", subject.removeprefix(THEME), unit)
    return where.number("assured", subject, unit)


def rank_of(score: float) -> int | None:
    """How high a score's level is, 0 the lowest; None without a score."""
    letter = band(score)
    order = [one.id for one in sorted(house.framework().rules.bands, key=lambda one: one.start)]
    return order.index(letter) if letter else None


def _can_move(feature: str) -> bool:
    """Whether anything of a feature can realistically be moved (indicators/moves.csv)."""
    framework, moves = house.framework(), key_feature_moves()
    leaves = [framework.by_code[code] for code in framework.children[feature]]
    return moves is None or any(
        node.measurement is not None
        and node.measurement.scored
        and moves.efforts.get(
            node.code, moves.rules[LADDER if node.measurement.scale == "ladder" else FIGURE].effort
        )
        != NOT_POSSIBLE
        for node in leaves
    )


def about(card: Offered, subject: str) -> bool:
    """Whether a card is about a subject: a feature by its code or that of its focus area, a theme by its paragraph."""
    if subject.startswith(THEME):
        return subject.removeprefix(THEME) in card.marks("themes")
    return bool({subject, house.framework().by_code[subject].parent} & set(card.marks("codes")))
