"""Which level of achievement does a score reach? Levels of this tool, not of UNESCO (docs/decisions/0007)."""

from __future__ import annotations

import math

from scoring.model import Framework, Scores
from scoring.rounding import published


def level(framework: Framework, score: float) -> str:
    """The id of the band of a score (points), judged as published: 39.95 is 40.0; "" for NaN."""
    if math.isnan(score):
        return ""
    shown = float(published(score, framework.rules.published_decimals))
    reached = [band for band in framework.rules.bands if shown >= band.start]
    return max(reached, key=lambda band: band.start).id if reached else ""


def levels(framework: Framework, scores: Scores) -> tuple[str, ...]:
    """Each unit's level by its assured score; "" where coverage is too low for one (profile only)."""
    return tuple(
        level(framework, float(points)) if ranked else ""
        for points, ranked in zip(scores.assured[:, 0], scores.ranked, strict=True)
    )
