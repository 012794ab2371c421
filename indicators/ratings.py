"""One row of a declaration's sheet as the city's own rating of a commitment."""

from __future__ import annotations

from indicators.answers import Setting
from indicators.headers import RATING_COLUMNS
from indicators.judged import asked_for, read_grade, read_level, read_number
from indicators.rows import Row
from scoring.model import Declaration, Observation, Theme

# The roles of themes that a city is asked to rate.
RATED_ROLES = ("scored", "duty")


def rated_themes(declaration: Declaration) -> tuple[Theme, ...]:
    """The themes on which the workbook asks for a rating."""
    return tuple(theme for theme in declaration.themes if theme.role in RATED_ROLES)


def rating_key(declaration: Declaration, theme: str) -> str:
    """The key of a theme's rating in Reading.ratings: "declaration:theme"."""
    return f"{declaration.id}:{theme}"


def read_rating(row: Row, setting: Setting) -> Observation | None:
    """The row as an observation with a level 0-5 as value, None where nothing is filled in."""
    if not row.filled(RATING_COLUMNS):
        return None
    highest = setting.framework.rules.ladder_levels
    asked = asked_for(row, "rating", "level", setting.framework, setting.answers)
    parsed = read_number(row, "rating", asked, setting.framework, 0, highest)
    level = read_level(row, "rating", parsed, highest)
    rating = Observation(
        code=row.code,
        value=level,
        state="" if level is None else "answered",
        year=None,
        grade=read_grade(row, setting.framework),
        source=row.text("source"),
        link=row.text("link"),
        remark=row.text("remark"),
        place=row.place("rating"),
        raw=parsed.raw,
        rule=parsed.rule,
        confidence=parsed.confidence,
        candidates=parsed.candidates,
    )
    if level is not None and not (rating.source or rating.link or rating.remark):
        row.report("rating_without_evidence", "rating")
    return rating
