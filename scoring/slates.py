"""Which cities should win under the rules of the award? The best slate, solved exactly.

With a binary variable x for every city that no rule bars, and points as published, in whole last decimals:

    maximise    sum of points * x
    subject to  sum of x = number of winners
                sum of x in a country <= the most winners of one country
                least <= sum of x in a region <= most

A city is barred by name (a rule of eligibility, a veto) or by a criterion whose mean lies under its minimum. Slates
of equal points stand in the order of the tie-break: the sum of their members' places in it, then the
first place in which they differ. Further slates follow by cutting off those already found.
Source of the form: the 0-1 knapsack with side constraints (Kellerer, Pferschy and Pisinger, Knapsack Problems,
2004); cuts: E. Balas and R. Jeroslow, Canonical cuts on the unit hypercube (1972); solver: HiGHS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scoring.programme import Programme, Row, solve
from scoring.slate_problem import (
    BAR,
    CRITERION,
    WINNERS,
    Candidates,
    Problem,
    Rule,
    Slate,
    SlateRules,
    problem_of,
    without_rule,
)


@dataclass(frozen=True, slots=True)
class RuleCost:
    """What a rule costs: the best slate without it, who would come in and go out, and how many points more.

    Without an effect there is nobody in `displaced` or `instead`. For the number of winners nothing is told.
    """

    rule: Rule
    points: float
    displaced: tuple[int, ...]  # kept out by the rule
    instead: tuple[int, ...]  # in because of it
    slate: Slate


@dataclass(frozen=True, eq=False)
class Slates:
    """The best slate and the next ones, best first; empty where no slate keeps all rules. A cost for each rule."""

    slates: tuple[Slate, ...]
    costs: tuple[RuleCost, ...]


def slates(candidates: Candidates, rules: SlateRules, further: int = 5) -> Slates:
    """The best slate, `further` next ones and what each rule costs.

    Raises ValueError for arrays that do not fit, a city without points, a rule about a criterion that is not
    there, limits below 0 or crossed, and a tie-break that is no order; each names the culprit.
    """
    problem = problem_of(candidates, rules)
    found = best(problem, further + 1)
    if not found:
        return Slates((), ())
    told = tuple(problem.slate(one) for one in found)
    costs = tuple(_cost(problem, rule, found[0]) for rule in rules.each if rule.kind != WINNERS)
    return Slates(told, costs)


def open_places(problem: Problem) -> list[int]:
    """The places that no bar and no minimum keeps out."""
    out = np.zeros(len(problem.who), dtype=bool)
    for rule in problem.rules.each:
        if rule.kind in (BAR, CRITERION):
            out |= problem.kept_out(rule)
    return np.flatnonzero(~out).tolist()


def rows(problem: Problem, places: Sequence[int]) -> list[Row]:
    """The rows of all other rules, over the places left; variables stand in the order of `places`."""
    column = {place: x for x, place in enumerate(places)}
    rules = problem.rules
    count = float(rules.winners)
    found = [Row(dict.fromkeys(column.values(), 1.0), count, count)]
    if rules.per_country is not None:
        for members in problem.group(problem.candidates.countries).values():
            here = {column[place]: 1.0 for place in members if place in column}
            if len(here) > rules.per_country:
                found.append(Row(here, high=float(rules.per_country)))
    groups = problem.group(problem.candidates.regions)
    for region, (least, most) in rules.regions.items():
        here = {column[place]: 1.0 for place in groups.get(region, []) if place in column}
        found.append(Row(here, float(least or 0), np.inf if most is None else float(most)))
    return found


def best(problem: Problem, count: int) -> list[tuple[int, ...]]:
    """The best `count` slates by places, best first."""
    places = open_places(problem)
    held = rows(problem, places)
    # A row that has too few cities to be kept; the solver would have to be asked about a row without variables.
    if any(len(row.of) < row.low for row in held):
        return []
    weight = len(problem.who) * problem.rules.winners + 1
    worth = [int(problem.grains[place]) * weight - place for place in places]
    found: list[tuple[int, tuple[int, ...]]] = []
    # On beyond the last one as long as the tie-break's sums tie as well.
    while len(found) < count or found[-1][0] == found[count - 1][0]:
        taken = solve(Programme([-float(one) for one in worth], [row for row in held if row.of], whole=True))
        if taken is None:
            break
        found.append((-sum(worth[x] for x in taken), tuple(sorted(places[x] for x in taken))))
        if not taken:
            break
        held.append(Row(dict.fromkeys(taken, 1.0), high=len(taken) - 1.0))
    return [slate for _, slate in sorted(found)[:count]]


def _cost(problem: Problem, rule: Rule, kept: tuple[int, ...]) -> RuleCost:
    """The best slate without one rule; of equally good ones the one nearest to the slate that keeps it."""
    freed = replace(problem, rules=without_rule(problem.rules, rule))
    places = open_places(freed)
    weight = 2 * problem.rules.winners + 1
    costs = [float((place not in kept) - int(problem.grains[place]) * weight) for place in places]
    taken = solve(Programme(costs, [row for row in rows(freed, places) if row.of], whole=True))
    assert taken is not None  # the slate that keeps the rule is one without it
    found = tuple(places[x] for x in sorted(taken))
    more = problem.slate(found).points - problem.slate(kept).points
    return RuleCost(
        rule=rule,
        points=round(more, problem.rules.decimals),
        displaced=problem.slate([place for place in found if place not in kept]).members,
        instead=problem.slate([place for place in kept if place not in found]).members,
        slate=problem.slate(found),
    )
