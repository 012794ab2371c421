"""What if? A framework and a panel with some answers, weights, goalposts or rules of joining changed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Self

import numpy as np

from scoring.aggregations import AGGREGATIONS, rule
from scoring.model import Framework, Measurement, Node, Panel

Pairs = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is changed, as sorted pairs, so that equal changes are equal and can be kept in a cache.

    `answers` belong to one unit, in the measurements' own units (None: left open); weights, goalposts
    (lower, upper) and the rules of joining (level -> name of AGGREGATIONS) hold for every unit.
    """

    answers: tuple[tuple[str, float | None], ...] = ()
    weights: Pairs = ()
    goalposts: tuple[tuple[str, tuple[float, float]], ...] = ()
    aggregations: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls,
        answers: Mapping[str, float | None] = MappingProxyType({}),
        weights: Mapping[str, float] = MappingProxyType({}),
        goalposts: Mapping[str, tuple[float, float]] = MappingProxyType({}),
        aggregations: Mapping[str, str] = MappingProxyType({}),
    ) -> Self:
        """The scenario with these changes."""
        return cls(
            tuple(sorted(answers.items(), key=_code)),
            tuple(sorted(weights.items(), key=_code)),
            tuple(sorted(goalposts.items(), key=_code)),
            tuple(sorted(aggregations.items(), key=_code)),
        )

    @property
    def empty(self) -> bool:
        """Whether nothing is changed."""
        return not (self.answers or self.weights or self.goalposts or self.aggregations)


UNCHANGED = Scenario()


def _code(pair: tuple[str, object]) -> str:
    return pair[0]


def changed(framework: Framework, panel: Panel, unit: str, scenario: Scenario) -> tuple[Framework, Panel]:
    """The framework and the panel as the scenario would have them; both are the same objects where it says nothing.

    An answer given stands in the unit's basket, whatever was claimed about its remit before; a value that the
    unit rates itself stays a claim. Raises ValueError for an unknown unit, code or level, a weight below 0 or a
    family without weight, goalposts that are not finite or not in order, an answer outside the plausible range,
    a ladder level that is not whole, and a rule of joining that is not known or lacks the floor it needs.
    """
    if unit not in panel.units:
        raise ValueError(f"the panel holds no unit {unit!r}")
    for code, value in scenario.answers:
        check_answer(framework, code, value)
    other = framework_of(framework, scenario)
    return other, _panel(other, panel, unit, scenario) if scenario.answers else panel


def check_answer(framework: Framework, code: str, value: float | None) -> None:
    """ValueError for an answer that no city could give: an unknown or unscored code, an impossible value."""
    facts = _facts(framework, code)
    if value is None:
        return
    if not facts.plausible_low <= value <= facts.plausible_high:
        raise ValueError(
            f"{code}: {value:g} is not possible; answers lie from {facts.plausible_low:g} to {facts.plausible_high:g}"
        )
    if facts.scale == "ladder" and not float(value).is_integer():
        raise ValueError(f"{code}: {value:g} is no level of the ladder; levels are whole numbers")


def check_goalposts(framework: Framework, code: str, lower: float, upper: float) -> None:
    """ValueError for goalposts that cannot judge: on the ladder, not finite, not in order, 0 on a log scale."""
    facts = _facts(framework, code)
    if facts.lower is None or facts.upper is None or facts.scale == "ladder":
        raise ValueError(f"{code} is not judged by goalposts that can be moved")
    if not (math.isfinite(lower) and math.isfinite(upper) and lower < upper):
        raise ValueError(f"{code}: the lower goalpost {lower:g} must lie below the upper one {upper:g}")
    if facts.scale == "log" and lower <= 0:
        raise ValueError(f"{code}: on a logarithmic scale the lower goalpost must be above 0, not {lower:g}")


def check_weight(framework: Framework, code: str, weight: float) -> None:
    """ValueError for an unknown node and for a weight that is negative or not finite."""
    if code not in framework.by_code:
        raise ValueError(f"the framework {framework.id} has no node {code!r}")
    if not (math.isfinite(weight) and weight >= 0):
        raise ValueError(f"{code}: the weight {weight:g} must be a number from 0 upwards")


def check_aggregation(framework: Framework, level: str, name: str) -> None:
    """ValueError for an unknown level, the lowest one, and a rule that is unknown or lacks the floor it needs."""
    joined = [one.name for one in framework.levels[:-1]]
    if level not in joined:
        raise ValueError(f"level {level!r} joins nothing; levels that do are {', '.join(joined)}")
    if name not in AGGREGATIONS:
        raise ValueError(
            f"level {level!r}: aggregation {name!r} is not known; use one of {', '.join(AGGREGATIONS)}"
        )
    power = next(one.power for one in framework.levels if one.name == level)
    if rule(name, power).needs_floor and framework.rules.geometric_floor <= 0:
        raise ValueError(f"level {level!r}: {name} needs a floor above 0 (points.geometric_floor)")


def _facts(framework: Framework, code: str) -> Measurement:
    node = framework.by_code.get(code)
    if node is None or node.measurement is None or not node.measurement.scored:
        raise ValueError(f"{code!r} is no scored measurement of {framework.id}")
    return node.measurement


def framework_of(framework: Framework, scenario: Scenario) -> Framework:
    """The framework as the scenario would have it; ValueError as `changed`."""
    return _framework(framework, replace(scenario, answers=()))


# Plans are kept by framework object: the same changes must give the same object.
@lru_cache(maxsize=16)
def _framework(framework: Framework, scenario: Scenario) -> Framework:
    if scenario.empty:
        return framework
    for code, weight in scenario.weights:
        check_weight(framework, code, weight)
    for code, (lower, upper) in scenario.goalposts:
        check_goalposts(framework, code, lower, upper)
    for level, name in scenario.aggregations:
        check_aggregation(framework, level, name)
    weights, posts = dict(scenario.weights), dict(scenario.goalposts)
    rules = dict(scenario.aggregations)
    nodes = tuple(_node(node, weights, posts) for node in framework.nodes)
    by_code = MappingProxyType({node.code: node for node in nodes})
    for parent in {framework.by_code[code].parent for code in weights} - {""}:
        if not any(by_code[child].weight > 0 for child in framework.children[parent]):
            raise ValueError(f"{parent}: no weight under it is above 0")
    levels = tuple(replace(one, aggregation=rules.get(one.name, one.aggregation)) for one in framework.levels)
    return replace(framework, nodes=nodes, by_code=by_code, levels=levels)


def _node(node: Node, weights: Mapping[str, float], posts: Mapping[str, tuple[float, float]]) -> Node:
    facts = node.measurement
    if facts is not None and node.code in posts:
        lower, upper = posts[node.code]
        facts = replace(facts, lower=lower, upper=upper)
    return replace(node, weight=weights.get(node.code, node.weight), measurement=facts)


def _panel(framework: Framework, panel: Panel, unit: str, scenario: Scenario) -> Panel:
    values, out, claimed = panel.values.copy(), panel.out.copy(), panel.claimed.copy()
    i = panel.units.index(unit)
    for code, value in scenario.answers:
        if code not in panel.codes:
            raise ValueError(f"the panel holds no measurement {code!r}")
        j = panel.codes.index(code)
        values[i, j] = np.nan if value is None else value
        out[i, j] = False
        claimed[i, j] = value is not None and _facts(framework, code).method == "expert"
    for array in (values, out, claimed):
        array.flags.writeable = False
    return Panel(panel.units, panel.codes, values, out, claimed)
