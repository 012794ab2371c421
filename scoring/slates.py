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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from scoring.model import BoolArray, FloatArray
from scoring.programme import Programme, Row, solve
from scoring.rounding import published

# Kinds of rules.
WINNERS, COUNTRY, REGION_LEAST, REGION_MOST = "winners", "country", "region_least", "region_most"
CRITERION, BAR = "criterion", "bar"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule that can be left out: its kind, and the region, criterion or bar that it is about."""

    kind: str
    name: str = ""


@dataclass(frozen=True, eq=False)
class Candidates:
    """Who may win; arrays have one entry a city.

    `criteria` is cities x criteria, the means that minimums are asked of (NaN is below any minimum). `order` is
    the tie-break: places 0, 1, ... of all cities, the first preferred.
    """

    cities: tuple[str, ...]
    points: FloatArray
    countries: tuple[str, ...]
    regions: tuple[str, ...]
    criteria: FloatArray
    order: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SlateRules:
    """The rules of an award. `bars` are named: each says which cities it keeps out (one entry a city).

    `regions` gives the least and most winners of a region (None: no limit), `minima` the minimum of a
    criterion by its column's name in `criteria`; `per_country` None: no limit.
    """

    winners: int
    per_country: int | None = None
    regions: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    criteria: tuple[str, ...] = ()
    minima: Mapping[str, float] = field(default_factory=dict)
    bars: Mapping[str, BoolArray] = field(default_factory=dict)
    decimals: int = 2

    @property
    def each(self) -> tuple[Rule, ...]:
        """All rules, in the order in which they are told."""
        found = [Rule(WINNERS)]
        if self.per_country is not None:
            found.append(Rule(COUNTRY))
        for region, (least, most) in self.regions.items():
            found += [Rule(REGION_LEAST, region)] if least is not None else []
            found += [Rule(REGION_MOST, region)] if most is not None else []
        found += [Rule(CRITERION, name) for name in self.minima]
        return (*found, *(Rule(BAR, name) for name in self.bars))


@dataclass(frozen=True, slots=True)
class Slate:
    """The winners, by position in the order of the tie-break, and their points together."""

    members: tuple[int, ...]
    points: float


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


@dataclass(frozen=True, eq=False)
class Problem:
    """A checked problem, its cities in one order whatever order they were given in: the tie-break's."""

    candidates: Candidates
    rules: SlateRules
    who: NDArray[np.int64]  # place in the tie-break -> position
    grains: NDArray[np.int64]  # by place: points in whole last decimals

    def slate(self, places: Sequence[int]) -> Slate:
        total = int(self.grains[list(places)].sum()) / 10**self.rules.decimals
        return Slate(tuple(int(self.who[k]) for k in sorted(places)), total)

    def kept_out(self, rule: Rule) -> BoolArray:
        """By place: whom a criterion's minimum or a bar keeps out."""
        if rule.kind == BAR:
            return np.asarray(self.rules.bars[rule.name], dtype=bool)[self.who]
        column = self.candidates.criteria[:, self.rules.criteria.index(rule.name)]
        # As published: who is shown at the minimum has reached it.
        shown = published(column, self.rules.decimals)[self.who]
        return ~(shown >= published(self.rules.minima[rule.name], self.rules.decimals))

    def group(self, names: Sequence[str]) -> dict[str, list[int]]:
        """Name -> the places of its cities."""
        found: dict[str, list[int]] = {}
        for place, position in enumerate(self.who.tolist()):
            found.setdefault(names[position], []).append(place)
        return found


def problem_of(candidates: Candidates, rules: SlateRules) -> Problem:
    """The problem, checked; errors as `slates`."""
    n = len(candidates.cities)
    shapes = (
        len(candidates.countries),
        len(candidates.regions),
        len(candidates.points),
        len(candidates.order),
    )
    if set(shapes) != {n} or candidates.criteria.shape != (n, len(rules.criteria)):
        raise ValueError(
            f"{n} cities have {shapes[0]} countries, {shapes[1]} regions, {shapes[2]} points, {shapes[3]} "
            f"places and criteria of {candidates.criteria.shape}; every city needs one of each"
        )
    for i in np.flatnonzero(~np.isfinite(candidates.points)).tolist():
        raise ValueError(f"{candidates.cities[i]!r} has no points; leave it out of the candidates")
    if sorted(candidates.order.tolist()) != list(range(n)):
        raise ValueError("the tie-break must give every city a place of its own, 0 for the first")
    if rules.winners < 0 or (rules.per_country or 0) < 0:
        raise ValueError(
            f"winners ({rules.winners}) and winners a country ({rules.per_country}) are 0 or more"
        )
    for region, (least, most) in rules.regions.items():
        if (least or 0) < 0 or (most is not None and most < (least or 0)):
            raise ValueError(f"region {region!r}: at least {least} and at most {most} cannot both be meant")
    for name in rules.minima:
        if name not in rules.criteria:
            raise ValueError(f"there is a minimum for {name!r}, which is none of the criteria")
    for name, out in rules.bars.items():
        if len(out) != n:
            raise ValueError(f"the bar {name!r} speaks of {len(out)} cities; there are {n}")
    who = np.argsort(candidates.order)
    shown = published(candidates.points, rules.decimals)[who]
    return Problem(candidates, rules, who, np.rint(shown * 10**rules.decimals).astype(np.int64))


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
    found = [Row({x: 1.0 for x in column.values()}, count, count)]
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
        held.append(Row({x: 1.0 for x in taken}, high=len(taken) - 1.0))
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


def without_rule(rules: SlateRules, rule: Rule) -> SlateRules:
    """The same rules without one; ValueError for the number of winners, without which there is no slate."""
    match rule.kind:
        case "country":
            return replace(rules, per_country=None)
        case "region_least" | "region_most":
            least, most = rules.regions[rule.name]
            left = (None, most) if rule.kind == REGION_LEAST else (least, None)
            return replace(rules, regions={**rules.regions, rule.name: left})
        case "criterion":
            return replace(rules, minima={k: v for k, v in rules.minima.items() if k != rule.name})
        case "bar":
            return replace(rules, bars={k: v for k, v in rules.bars.items() if k != rule.name})
        case _:
            raise ValueError(f"{rule.kind!r} cannot be left out")
