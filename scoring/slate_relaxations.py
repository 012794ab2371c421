"""Which rules cannot hold together? The smallest sets of rules without which there is a slate, and by how much.

Every rule gets a binary variable that says it is given up; as few as possible are, and all sets of that size are
found by cutting off those already known. For each set the slate is then sought that breaks its rules by the
fewest seats and, among those, has the most points.
Source: J. W. Chinneck, Feasibility and Infeasibility in Optimization (2008), chapters 6 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.programme import Programme, Row, solve
from scoring.slate_problem import (
    BAR,
    COUNTRY,
    CRITERION,
    REGION_LEAST,
    WINNERS,
    Candidates,
    Problem,
    Rule,
    Slate,
    SlateRules,
    problem_of,
)

# A chair who is shown more sets than these is not helped.
MOST = 5


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Rules to give up together, by how many seats each is then broken, and the best slate of those.

    Seats are winners short or too many, winners beyond a country's or a region's most, winners short of a
    region's least, or winners whom the rule would keep out. `points` counts all members of the slate.
    """

    rules: tuple[Rule, ...]
    seats: tuple[int, ...]
    slate: Slate


@dataclass(frozen=True, slots=True)
class _Limit:
    """low <= number of these places <= high, by one rule."""

    rule: Rule
    places: tuple[int, ...]
    low: int
    high: int


def relaxations(candidates: Candidates, rules: SlateRules, most: int = MOST) -> tuple[Relaxation, ...]:
    """The smallest sets of rules to give up, at most `most` of them, fewest seats first; () where all hold.

    ValueError as `scoring.slates.slates`.
    """
    problem = problem_of(candidates, rules)
    limits = tuple(_limits(problem))
    found: list[frozenset[Rule]] = []
    while len(found) < most:
        broken = _fewest(problem, limits, found)
        if not broken or (found and len(broken) > len(found[0])):
            break
        found.append(broken)
    order = {rule: k for k, rule in enumerate(rules.each)}
    told = [_loosened(problem, limits, tuple(sorted(one, key=order.__getitem__))) for one in found]
    return tuple(
        sorted(told, key=lambda one: (sum(one.seats), -one.slate.points, [order[r] for r in one.rules]))
    )


def _limits(problem: Problem) -> Iterable[_Limit]:
    rules, everybody = problem.rules, tuple(range(len(problem.who)))
    countries, regions = (
        problem.group(names) for names in (problem.candidates.countries, problem.candidates.regions)
    )
    for rule in rules.each:
        if rule.kind == WINNERS:
            yield _Limit(rule, everybody, rules.winners, rules.winners)
        elif rule.kind == COUNTRY:
            for members in countries.values():
                yield _Limit(rule, tuple(members), 0, rules.per_country or 0)
        elif rule.kind in (BAR, CRITERION):
            for place in problem.kept_out(rule).nonzero()[0].tolist():
                yield _Limit(rule, (place,), 0, 0)
        else:
            least, top = rules.regions[rule.name]
            members = regions.get(rule.name, [])
            if rule.kind == REGION_LEAST:
                yield _Limit(rule, tuple(members), least or 0, len(members) + (least or 0))
            else:
                yield _Limit(rule, tuple(members), 0, top or 0)


def _fewest(problem: Problem, limits: tuple[_Limit, ...], known: list[frozenset[Rule]]) -> frozenset[Rule]:
    """The fewest rules to give up, none of the known sets among them; empty where none need be or no more are."""
    rules, n = problem.rules.each, len(problem.who)
    given_up = {rule: n + k for k, rule in enumerate(rules)}
    rows = []
    for one in limits:
        up = given_up[one.rule]
        here = dict.fromkeys(one.places, 1.0)
        if one.low > 0:
            rows.append(Row({**here, up: float(one.low)}, low=float(one.low)))
        if len(one.places) > one.high:
            rows.append(Row({**here, up: float(one.high - len(one.places))}, high=float(one.high)))
    rows += [Row({given_up[rule]: 1.0 for rule in one}, high=len(one) - 1.0) for one in known]
    taken = solve(Programme([0.0] * n + [1.0] * len(rules), rows, whole=True)) or frozenset()
    return frozenset(rule for rule, up in given_up.items() if up in taken)


def _loosened(problem: Problem, limits: tuple[_Limit, ...], broken: tuple[Rule, ...]) -> Relaxation:
    """The slate that breaks these rules, and no others, by the fewest seats."""
    n = len(problem.who)
    # One seat weighs more than all points there are.
    seat = float(2 * abs(problem.grains).sum() + 1)
    costs = [-float(grain) for grain in problem.grains]
    of_seat: list[Rule] = []
    rows = []
    for one in limits:
        for bound, loose, sign in ((one.low, one.low, 1.0), (one.high, len(one.places) - one.high, -1.0)):
            if loose <= 0:
                continue
            of = dict.fromkeys(one.places, 1.0)
            for _ in range(loose if one.rule in broken else 0):
                of[n + len(of_seat)] = sign
                of_seat.append(one.rule)
            rows.append(Row(of, low=float(bound)) if sign > 0 else Row(of, high=float(bound)))
    costs += [seat] * len(of_seat)
    taken = solve(Programme(costs, rows, whole=True))
    assert taken is not None  # giving up these rules leaves a slate
    used = [rule for k, rule in enumerate(of_seat) if n + k in taken]
    slate = problem.slate([place for place in range(n) if place in taken])
    return Relaxation(broken, tuple(used.count(rule) for rule in broken), slate)
