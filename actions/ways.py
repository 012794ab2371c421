"""What may this city realistically move, and at which effort? Its answers, the conventions, and what it says itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from actions import house
from actions.standing import WITHOUT_CLAIMS
from indicators.moves import FIGURE, LADDER, NOT_POSSIBLE, OPEN, Moves, key_feature_moves
from locales import mark
from scoring.claims import without_claims
from scoring.model import Framework, Panel, Scores
from scoring.moves import Way, expected_value, steps
from scoring.route_setting import Requirement

# What a city may say of a measurement.
EFFORT_NAMES: Mapping[str, str] = {
    "low": mark("low effort"),
    "medium": mark("medium effort"),
    "high": mark("high effort"),
    NOT_POSSIBLE: mark("not possible"),
}


def moves() -> Moves:
    """The conventions of the framework that city workbooks are judged by."""
    found = key_feature_moves()
    assert found is not None  # they belong to the product's own framework
    return found


def seen(panel: Panel, claims: str) -> Panel:
    """The panel as it counts with or without claims."""
    return without_claims(panel) if claims == WITHOUT_CLAIMS else panel


def kind_of(framework: Framework, code: str, value: float) -> str:
    """Whether a measurement is open, a ladder or a figure, for the conventions of moves."""
    facts = framework.by_code[code].measurement
    if np.isnan(value):
        return OPEN
    return LADDER if facts is not None and facts.scale == "ladder" else FIGURE


def effort_of(framework: Framework, code: str, value: float, own: Mapping[str, str]) -> str:
    """The effort of a measurement: what the city says, else the convention for it, else for its kind."""
    kind = kind_of(framework, code, value)
    usual = moves().rules[kind].effort
    if kind != OPEN:  # to fill an open answer is no harder for being about something hard to change
        usual = moves().efforts.get(code, usual)
    return own.get(code, usual)


def movable(framework: Framework, panel: Panel, scores: Scores, claims: str) -> tuple[str, ...]:
    """The measurements of the one unit's basket that can be filled or improved, in the framework's order.

    `panel` is with claims: what is said to lie outside the remit is not the city's to move, and without claims
    nothing that a city rates itself would count.
    """
    found = []
    for j, code in enumerate(panel.codes):
        facts = framework.by_code[code].measurement
        own = facts is not None and facts.method == "expert" and claims == WITHOUT_CLAIMS
        if (
            code in scores.nodes
            and scores.in_basket[0, scores.column(code)]
            and not panel.out[0, j]
            and not own
        ):
            found.append(code)
    return tuple(found)


def ways(
    framework: Framework, panel: Panel, scores: Scores, claims: str, own: Mapping[str, str], fill: bool
) -> tuple[Way, ...]:
    """The realistic moves of one unit; open answers only with `fill`, at what its own focus area lets expect."""
    found, values = [], seen(panel, claims).values[0]
    for code in movable(framework, panel, scores, claims):
        value = float(values[panel.codes.index(code)])
        cost = moves().costs[effort_of(framework, code, value, own)]
        kind = kind_of(framework, code, value)
        rule = moves().rules[kind]
        if cost is None or (kind == OPEN and not fill):
            continue
        reached: Sequence[float]
        if kind == OPEN:
            guess = expected_value(framework, scores, panel.units[0], code, "focus_area")
            reached = () if guess is None else (guess,)
        else:
            reached = steps(framework, code, value, rule.step, rule.most)
        if reached:
            found.append(Way(code, tuple(reached), (cost,) * len(reached), expected=kind == OPEN))
    return tuple(found)


@lru_cache(maxsize=1)
def requirements() -> tuple[Requirement, ...]:
    """What presupposes what, for the programme."""
    return tuple(Requirement(one.code, one.reaches, one.needs, one.at_least) for one in moves().prerequisites)


def named_efforts(language: str) -> Mapping[str, str]:
    """The efforts in words."""
    say = house.voice(language).say
    return {effort: say(name) for effort, name in EFFORT_NAMES.items()}
