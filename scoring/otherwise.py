"""What could be done otherwise? Changes to a framework and its data, each by itself or one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from scoring import claims
from scoring.index_duels import index_plan
from scoring.model import Framework, Panel
from scoring.remove_one import FIGURES


@dataclass(frozen=True, eq=False)
class Setup:
    """All that a ranking follows from: `figure` says what a blank means (assured: nothing, reported: left out)."""

    framework: Framework
    panel: Panel
    basket: str
    figure: str = "assured"


Change = Callable[[Setup], Setup]


@dataclass(frozen=True, eq=False)
class Alternative:
    """Something done otherwise, under a name; changes are made one after the other."""

    name: str
    changes: tuple[Change, ...]


def usual(base: Setup) -> tuple[Alternative, ...]:
    """What is asked first of any ranking: other means, other weights, the other rule for blanks, no claims.

    Named by ids: arithmetic_top, geometric_top, arithmetic_all, geometric_all, harmonic_all (a rule of
    joining on the highest level or on every level), equal_siblings, equal_measurements, assured or reported
    (what a blank means), without_claims, and basket:‹id›. What would be the base itself is left out: a rule
    that the levels have already, claims where nothing is claimed, the basket in use.
    """
    inner = [level for level in base.framework.levels if level.aggregation]
    found = [
        Alternative(f"{rule}_top", (aggregation(rule, [inner[0].name]),))
        for rule in ("arithmetic", "geometric")
        if len(inner) > 1 and inner[0].aggregation != rule
    ]
    found += [
        Alternative(f"{rule}_all", (aggregation(rule),))
        for rule in ("arithmetic", "geometric", "harmonic")
        if any(level.aggregation != rule for level in inner)
    ]
    found.append(Alternative("equal_siblings", (equal_siblings,)))
    found.append(Alternative("equal_measurements", (equal_measurements,)))
    found += [Alternative(figure, (blanks(figure),)) for figure in FIGURES if figure != base.figure]
    if base.panel.claimed.any() or base.panel.out.any():
        found.append(Alternative("without_claims", (without_claims,)))
    found += [
        Alternative(f"basket:{one.id}", (basket(one.id),))
        for one in base.framework.baskets
        if one.id != base.basket
    ]
    return tuple(found)


def aggregation(rule: str, levels: Sequence[str] | None = None, power: float = 1.0) -> Change:
    """Children joined by another rule on the levels named, or on every level."""

    def change(setup: Setup) -> Setup:
        inner = [level.name for level in setup.framework.levels if level.aggregation]
        for name in levels or ():
            if name not in inner:
                raise ValueError(f"level {name!r} joins nothing; use {', '.join(inner)}")
        chosen = inner if levels is None else levels
        changed = tuple(
            replace(level, aggregation=rule, power=power) if level.name in chosen else level
            for level in setup.framework.levels
        )
        return replace(setup, framework=replace(setup.framework, levels=changed))

    return change


def weights(given: Mapping[str, float]) -> Change:
    """Other weights among siblings, on any scale, for the nodes named; the others keep theirs."""

    def change(setup: Setup) -> Setup:
        for code, weight in given.items():
            if code not in setup.framework.by_code:
                raise ValueError(f"{code!r} is no node of {setup.framework.id}, so that it has no weight")
            if not (np.isfinite(weight) and weight >= 0):
                raise ValueError(f"{code}: weight {weight:g} must be 0 or more")
        return replace(setup, framework=_weighed(setup.framework, given))

    return change


def equal_siblings(setup: Setup) -> Setup:
    """The same weight for all children of a node; what weighs nothing goes on weighing nothing."""
    return replace(
        setup,
        framework=_weighed(setup.framework, {n.code: 1.0 for n in setup.framework.nodes if n.weight > 0}),
    )


def equal_measurements(setup: Setup) -> Setup:
    """The same weight in the whole for every measurement of the basket, whatever families they are of."""
    plan = index_plan(setup.framework, setup.basket)
    count = dict.fromkeys(plan.codes, 0.0)
    for row in plan.leaves[plan.nominal[plan.leaves] > 0]:
        above = int(row)
        while above:
            count[plan.codes[above]] += 1.0
            above = int(plan.parent[above])
    # Where nothing counts in the whole all the same, a family stays as it is: it could not be without any weight.
    children = setup.framework.children
    kept = {
        child for family in children.values() if not any(count.get(one) for one in family) for child in family
    }
    found = {code: number for code, number in count.items() if code not in kept}
    return replace(setup, framework=_weighed(setup.framework, found))


def blanks(figure: str) -> Change:
    """Another meaning of a blank: "assured" (it counts nothing) or "reported" (it is left out)."""
    return lambda setup: replace(setup, figure=figure)


def without_claims(setup: Setup) -> Setup:
    """Every claim, rating or remit, counted as blank."""
    return replace(setup, panel=claims.without_claims(setup.panel))


def basket(basket_id: str) -> Change:
    """Another choice of measurements of the same framework."""
    return lambda setup: replace(setup, basket=basket_id)


def _weighed(framework: Framework, given: Mapping[str, float]) -> Framework:
    nodes = tuple(replace(node, weight=given.get(node.code, node.weight)) for node in framework.nodes)
    return replace(framework, nodes=nodes, by_code=MappingProxyType({node.code: node for node in nodes}))
