"""What is asked of the way ahead, and from where it starts: a framework, a city's answers and their scores."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from actions import house
from actions.standing import WITH_CLAIMS, standing
from actions.ways import seen
from scoring.model import Framework, Panel, Scores
from scoring.scenario import UNCHANGED, Scenario, changed, framework_of
from scoring.score import score


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the way ahead; everything in it stands in the page's address."""

    upload_id: str
    basket: str
    claims: str = WITH_CLAIMS
    target: str = ""  # a band's id; "" for the next one
    efforts: tuple[tuple[str, str], ...] = ()  # what the city says of its own effort, code and effort
    fill: bool = True  # whether open answers count with what may be expected of them
    start: Scenario = UNCHANGED  # the what-if to go on from


@dataclass(frozen=True, eq=False)
class Start:
    """From where a route starts: the framework it is worked out in, answers with claims, and their scores."""

    framework: Framework
    panel: Panel
    scores: Scores
    other_rules: tuple[str, ...]  # levels whose rule of joining was set back to the arithmetic mean


@lru_cache(maxsize=64)
def start_of(question: Question) -> Start:
    where = standing(question.upload_id, question.basket)
    whole = changed(house.framework(), where.panel, question.upload_id, question.start)
    plain = Scenario.of(
        weights=dict(question.start.weights),
        goalposts=dict(question.start.goalposts),
    )
    framework = framework_of(house.framework(), plain)
    scores = score(framework, seen(whole[1], question.claims), question.basket)
    others = tuple(level for level, name in question.start.aggregations if name != "arithmetic")
    return Start(framework, whole[1], scores, others)


def merged(start: Scenario, route: Scenario) -> Scenario:
    """The what-if that a route starts from with the route's answers in it."""
    return replace(start, answers=Scenario.of(dict(start.answers) | dict(route.answers)).answers)
