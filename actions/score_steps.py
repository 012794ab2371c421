"""How a score comes about, as rows: one a child, and the sum."""

from __future__ import annotations

import math
from collections.abc import Mapping

from actions import house
from actions.figures import NOTHING, points, share
from actions.standing import Standing
from locales import mark
from scoring.explain import steps
from scoring.model import Step

# The status of a step (scoring.model.Step.status) -> how it counts, in words.
STATUS_WORDS: Mapping[str, str] = {
    "answered": mark("answered"),
    "blank": mark("open: counts 0 in the assured score"),
    "out": mark("claimed outside the city's remit: left out, its weight shared among the others"),
    "over_cap": mark("claimed outside the city's remit beyond the cap: counts as open"),
    "outside_basket": mark("not in this basket"),
}


def step_rows(where: Standing, code: str, language: str, unit: int = 0) -> tuple[Mapping[str, str], ...]:
    """How a score comes about: one row a child, and the sum. Points times share of weight is the contribution."""
    say = house.voice(language).say
    words = house.framework().words[language]
    rows = []
    made = steps_to(where, code, unit)
    for step in made:
        inside = step.status in ("answered", "blank", "over_cap")
        rows.append(
            {
                say("Part"): f"{_number(step.code)}{words[step.code].title}",
                say("State"): say(STATUS_WORDS[step.status]),
                say("Points"): points(math.nan if step.points is None else step.points, language),
                say("Share of weight"): share(step.share, language) if inside else NOTHING,
                say("Contribution"): points(step.contribution, language) if inside else NOTHING,
            }
        )
    if made:
        rows.append(
            {
                say("Part"): say("Together"),
                say("State"): "",
                say("Points"): "",
                say("Share of weight"): share(sum(step.share for step in made), language),
                say("Contribution"): points(where.number("assured", code, unit), language),
            }
        )
    return tuple(rows)


def steps_to(where: Standing, code: str, unit: int) -> tuple[Step, ...]:
    """The steps to a node's score; none where the node is outside the basket."""
    if code not in where.scores.nodes:
        return ()
    return steps(house.framework(), where.scores, where.uploads[unit].id, code)


def _number(code: str) -> str:
    """The code before a title where it is a number that readers know from the workbook."""
    return f"{code} " if code[:1].isdigit() else ""
