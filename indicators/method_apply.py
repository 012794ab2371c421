"""Which framework is scored, once the method has had its say? Overrides of levels, weights and measurements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from indicators.index_framework import IndexFramework
from indicators.index_leaves import NOTHING
from indicators.leaves import ROLES
from indicators.method_file import LevelChoice, MeasurementChoice, Method
from indicators.rules import only_on_top
from indicators.tables import CatalogueError, one_of
from indicators.vocabulary import Vocabulary, read_parameters
from scoring.model import Framework, Level, Measurement, Node


@dataclass(frozen=True, eq=False)
class Applied:
    """A framework with all that a method chose: what is divided by what, and where weights come from."""

    framework: Framework
    basket: str
    denominators: Mapping[str, tuple[str, float]]  # code -> heading and factor
    weight_sources: Mapping[str, str]  # code -> text


def apply_method(method: Method, index: IndexFramework, vocabulary: Vocabulary) -> Applied:
    """The framework of an index after a method; CatalogueError at the method's line, or at the row of nodes.csv.

    Names that the framework does not have are refused, and so is a measurement that cannot be judged: without
    a scale, or without what its scale asks for.
    """
    framework = index.framework
    decimals = framework.rules.published_decimals if method.decimals is None else method.decimals
    framework = replace(framework, rules=replace(framework.rules, published_decimals=decimals))
    basket = method.basket or framework.baskets[0].id
    if method.place and basket not in {one.id for one in framework.baskets}:
        names = one_of(one.id for one in framework.baskets)
        raise method.place.fault("basket", f'the basket "{basket}" is unknown; the framework has {names}')
    framework = replace(framework, levels=_levels(method, framework, vocabulary))
    _check_screening(method, framework)
    framework = _with_nodes(framework, _weighted(method, framework))
    framework = _with_nodes(framework, _judged(method, index, framework, vocabulary))
    return Applied(framework, basket, _denominators(method, index), _sources(method))


def _levels(method: Method, framework: Framework, vocabulary: Vocabulary) -> tuple[Level, ...]:
    chosen = {choice.name: choice for choice in method.levels}
    names = [level.name for level in framework.levels]
    for choice in method.levels:
        if choice.name not in names:
            raise choice.place.fault(
                "name", f'the level "{choice.name}" is unknown; the levels are {one_of(names)}'
            )
        if choice.name == names[-1] and choice.aggregation:
            raise choice.place.fault(
                "aggregation", "the lowest level has nothing to join, so it has no aggregation"
            )
        if choice.name != names[0] and choice.aggregation in vocabulary.top_aggregations:
            raise only_on_top(choice.place, choice.aggregation)
    levels = tuple(
        _level(level, chosen[level.name]) if level.name in chosen else level for level in framework.levels
    )
    if method.place and method.draws and levels[0].aggregation in vocabulary.top_aggregations:
        reason = f'the aggregation "{levels[0].aggregation}" of level "{names[0]}" is not drawn anew'
        raise method.place.fault("uncertainty", f"{reason}: choose another one, or take [uncertainty] away")
    return levels


def _check_screening(method: Method, framework: Framework) -> None:
    names = [level.name for level in framework.levels]
    chosen = method.screening
    if chosen and chosen.level and chosen.level not in names:
        raise chosen.place.fault(
            "level", f'the level "{chosen.level}" is unknown; the levels are {one_of(names)}'
        )


def _level(level: Level, choice: LevelChoice) -> Level:
    aggregation = choice.aggregation or level.aggregation
    if choice.power is not None and aggregation != "power":
        raise choice.place.fault("power", f'only the aggregation "power" takes a power, not "{aggregation}"')
    if choice.aggregation == "power" and choice.power is None:
        raise choice.place.fault("aggregation", "a power mean needs its exponent, such as power = 0.5")
    return replace(
        level,
        aggregation=aggregation,
        power=level.power if choice.power is None else choice.power,
        coverage=level.coverage if choice.coverage is None else choice.coverage,
    )


def _weighted(method: Method, framework: Framework) -> tuple[Node, ...]:
    weights = {}
    for choice in method.nodes:
        if choice.code not in framework.by_code:
            raise choice.place.fault("code", f'there is no node "{choice.code}" in nodes.csv')
        weights[choice.code] = choice
    nodes = tuple(
        replace(node, weight=weights[node.code].weight) if node.code in weights else node
        for node in framework.nodes
    )
    by_code = {node.code: node for node in nodes}
    for code, choice in weights.items():
        parent = by_code[code].parent
        if parent and not any(by_code[one].weight for one in framework.children[parent]):
            raise choice.place.fault("weight", f'no weight under "{parent}" is above 0')
    return nodes


def _judged(
    method: Method, index: IndexFramework, framework: Framework, vocabulary: Vocabulary
) -> tuple[Node, ...]:
    own = {choice.code: choice for choice in method.measurements}
    for choice in method.measurements:
        if choice.code not in framework.by_code or framework.by_code[choice.code].measurement is None:
            raise choice.place.fault("code", f'there is no measurement "{choice.code}" in nodes.csv')
    nodes = []
    for node in framework.nodes:
        facts = node.measurement
        if facts is None or (not facts.scored and node.code not in own):
            nodes.append(node)
            continue
        fault: Callable[[str], CatalogueError] = index.rows[node.code].fault
        chosen = (method.every if facts.scored else None, own.get(node.code))
        for choice in filter(None, chosen):
            fault = _fault_of(choice, node.code)
            facts = _measurement(facts, choice, vocabulary, fault)
        if facts.scored and not facts.scale:
            raise fault(
                f'measurement "{node.code}" has no scale: give lower and upper, or name one of '
                f"{one_of(vocabulary.normalisations)} here or in [normalisation] of the method"
            )
        try:
            if facts.scored:
                vocabulary.check(node.code, facts, framework.rules)
        except ValueError as error:
            raise fault(str(error)) from None
        nodes.append(replace(node, measurement=facts))
    return tuple(nodes)


def _fault_of(choice: MeasurementChoice, code: str) -> Callable[[str], CatalogueError]:
    """An error at the choice that names the measurement, which a sentence about it may have done already."""
    named = (f"{code}:", f'measurement "{code}"')
    return lambda reason: choice.place.fault(
        "code", reason if reason.startswith(named) else f'measurement "{code}": {reason}'
    )


def _measurement(
    facts: Measurement,
    choice: MeasurementChoice,
    vocabulary: Vocabulary,
    fault: Callable[[str], CatalogueError],
) -> Measurement:
    """The measurement with what is chosen; a new scale starts without the parameters and the cut of the old."""
    if choice.scale is not None and choice.scale != facts.scale:
        facts = replace(facts, scale=choice.scale, parameters=MappingProxyType({}), cut=None)
    if choice.scale is not None:
        facts = replace(facts, role=ROLES[choice.scale == NOTHING])
    if choice.parameters is not None:
        given = read_parameters(choice.parameters, facts.scale, vocabulary, fault)
        facts = replace(facts, parameters=given)
    facts = replace(
        facts,
        direction=facts.direction if choice.direction is None else choice.direction,
        lower=facts.lower if choice.lower is None else choice.lower,
        upper=facts.upper if choice.upper is None else choice.upper,
        cut=facts.cut if choice.cut is None else choice.cut,
    )
    if facts.lower is not None and facts.upper is not None and facts.lower >= facts.upper:
        raise fault(f"lower is {facts.lower:g} and must be below upper, {facts.upper:g}")
    if facts.scored and facts.direction == 0:
        raise fault("direction is 0, so it cannot be scored; choose 1 or -1")
    return facts


def _denominators(method: Method, index: IndexFramework) -> Mapping[str, tuple[str, float]]:
    found = {
        column.code: (column.denominator, column.factor) for column in index.columns or () if column.code
    }
    for choice in method.measurements:
        heading, factor = found.get(choice.code, ("", 1.0))
        heading = heading if choice.denominator is None else choice.denominator
        found[choice.code] = (heading, factor if choice.factor is None else choice.factor)
    return MappingProxyType({code: told for code, told in found.items() if told != ("", 1.0)})


def _sources(method: Method) -> Mapping[str, str]:
    return MappingProxyType(
        {choice.code: choice.weight_source for choice in method.nodes if choice.weight_source}
    )


def _with_nodes(framework: Framework, nodes: tuple[Node, ...]) -> Framework:
    return replace(framework, nodes=nodes, by_code=MappingProxyType({node.code: node for node in nodes}))
