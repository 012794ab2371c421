"""Slates: worked out on paper, and beside all slates tried one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.slate_problem import (
    BAR,
    COUNTRY,
    CRITERION,
    REGION_LEAST,
    REGION_MOST,
    WINNERS,
    Candidates,
    Rule,
    SlateRules,
    without_rule,
)
from scoring.slate_relaxations import relaxations
from scoring.slates import slates


def candidates(
    points: Sequence[float],
    countries: str,
    regions: str,
    criteria: Sequence[float] | None = None,
    order: Sequence[int] | None = None,
) -> Candidates:
    """Cities c0, c1 ... with one letter each for country and region, and one criterion "k"."""
    n = len(points)
    return Candidates(
        tuple(f"c{i}" for i in range(n)),
        np.array(points, dtype=float),
        tuple(countries),
        tuple(regions),
        ("k",),
        np.array([5.0] * n if criteria is None else criteria, dtype=float)[:, None],
        np.array(range(n) if order is None else order, dtype=np.int64),
    )


#            c0   c1   c2   c3   c4   c5
SIX = candidates([9, 8, 7, 6, 5, 4], "AABBCD", "EEEEFF", [5, 5, 2, 5, 5, 5])
RULES = SlateRules(
    winners=3,
    per_country=1,
    regions={"F": (1, None), "E": (None, 2)},
    minima={"k": 3},
    bars={"won lately": np.array([True, False, False, False, False, False])},
)


def test_the_best_slate_and_the_next() -> None:
    # c0 is barred, c2 lies under the minimum; c1, c3 and one of F, or c4, c5 and one of E.
    found = slates(SIX, RULES)
    assert [(one.members, one.points) for one in found.slates] == [
        ((1, 3, 4), 19),
        ((1, 3, 5), 18),
        ((1, 4, 5), 17),
        ((3, 4, 5), 15),
    ]


@pytest.mark.parametrize(
    ("rule", "points", "displaced", "instead"),
    [
        (Rule(COUNTRY), 0, (), ()),
        (Rule(REGION_LEAST, "F"), 0, (), ()),
        (Rule(REGION_MOST, "E"), 0, (), ()),
        (Rule(CRITERION, "k"), 1, (2,), (3,)),
        (Rule(BAR, "won lately"), 1, (0,), (1,)),
    ],
)
def test_what_each_rule_costs(
    rule: Rule, points: float, displaced: tuple[int, ...], instead: tuple[int, ...]
) -> None:
    found = {one.rule: one for one in slates(SIX, RULES).costs}
    assert len(found) == 5
    assert (found[rule].points, found[rule].displaced, found[rule].instead) == (points, displaced, instead)


def test_equal_points_go_by_the_tie_break() -> None:
    six = candidates([5, 5, 5, 4], "ABCD", "EEEE", order=[2, 0, 1, 3])
    found = slates(six, SlateRules(winners=2))
    assert [one.members for one in found.slates] == [(1, 2), (1, 0), (2, 0), (1, 3), (2, 3), (0, 3)]


def test_points_are_equal_as_published() -> None:
    two = candidates([4.004, 4.0, 3.0], "ABC", "EEE", order=[1, 0, 2])
    assert slates(two, SlateRules(winners=1)).slates[0].members == (1,)


def test_rules_that_cannot_hold_together() -> None:
    # Region G has nobody, so its least can only be given up.
    rules = SlateRules(winners=2, regions={"G": (1, None), "F": (0, 2)})
    assert slates(SIX, rules).slates == ()
    (one,) = relaxations(SIX, rules)
    assert (one.rules, one.seats, one.slate.members, one.slate.points) == (
        (Rule(REGION_LEAST, "G"),),
        (1,),
        (0, 1),
        17,
    )


def test_all_smallest_ways_out() -> None:
    # Four winners, one each of A, B and C alone: a second of a country, the barred c5 of D, or three winners.
    rules = SlateRules(
        winners=4, per_country=1, bars={"late": np.array([False, False, False, False, False, True])}
    )
    found = relaxations(SIX, rules)
    assert [(one.rules[0].kind, one.seats, one.slate.members) for one in found] == [
        (COUNTRY, (1,), (0, 1, 2, 4)),
        (BAR, (1,), (0, 2, 4, 5)),
        (WINNERS, (1,), (0, 2, 4)),
    ]


def test_nothing_to_give_up_where_all_rules_hold() -> None:
    assert relaxations(SIX, RULES) == ()


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (SlateRules(winners=-1), "winners .-1."),
        (SlateRules(winners=1, regions={"E": (3, 2)}), "'E': at least 3 and at most 2"),
        (SlateRules(winners=1, minima={"q": 2}), "minimum for 'q'"),
        (SlateRules(winners=1, bars={"late": np.array([True])}), "'late' speaks of 1 cities; there are 6"),
    ],
)
def test_rules_that_mean_nothing_are_refused(rules: SlateRules, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        slates(SIX, rules)


def test_a_tie_break_must_be_an_order() -> None:
    with pytest.raises(ValueError, match="place of its own"):
        slates(candidates([1, 2], "AB", "EE", order=[0, 0]), SlateRules(1))


def keeps(asked: Candidates, rules: SlateRules, slate: tuple[int, ...]) -> bool:
    """Whether a slate keeps all rules, read off one by one."""
    regions = Counter(asked.regions[i] for i in slate)
    return (
        len(slate) == rules.winners
        and (
            rules.per_country is None
            or max(Counter(asked.countries[i] for i in slate).values(), default=0) <= rules.per_country
        )
        and all(regions[name] >= (least or 0) for name, (least, _) in rules.regions.items())
        and all(most is None or regions[name] <= most for name, (_, most) in rules.regions.items())
        and all(asked.means[i, 0] >= least for least in rules.minima.values() for i in slate)
        and not any(out[i] for out in rules.bars.values() for i in slate)
    )


def tried(asked: Candidates, rules: SlateRules) -> list[tuple[float, int, tuple[int, ...]]]:
    """All slates that keep the rules, best first: points below 0, places of the tie-break."""
    who = sorted(range(len(asked.cities)), key=lambda i: asked.order[i])
    found = []
    for slate in combinations(range(len(who)), rules.winners):
        members = tuple(who[k] for k in slate)
        if keeps(asked, rules, members):
            found.append((-round(sum(asked.points[i] for i in members), 6), sum(slate), slate))
    return sorted(found)


@st.composite
def problems(draw: st.DrawFn) -> tuple[Candidates, SlateRules]:
    """Up to seven cities and every kind of rule."""
    n = draw(st.integers(1, 7))
    few = st.lists(st.booleans(), min_size=n, max_size=n)
    asked = candidates(
        draw(st.lists(st.sampled_from([1.0, 2.0, 2.25, 3.5]), min_size=n, max_size=n)),
        "".join(draw(st.lists(st.sampled_from("ABC"), min_size=n, max_size=n))),
        "".join(draw(st.lists(st.sampled_from("EF"), min_size=n, max_size=n))),
        draw(st.lists(st.sampled_from([1.0, 3.0, 5.0]), min_size=n, max_size=n)),
        draw(st.permutations(range(n))),
    )
    limit = st.sampled_from([(None, None), (1, None), (0, 1), (2, 2), (None, 2)])
    rules = SlateRules(
        winners=draw(st.integers(0, 4)),
        per_country=draw(st.sampled_from([None, 1, 2])),
        regions={"E": draw(limit), "F": draw(limit)},
        minima=draw(st.sampled_from([{}, {"k": 2.0}])),
        bars=draw(st.sampled_from([{}, {"late": np.array(draw(few))}])),
    )
    return asked, rules


@given(problems())
@settings(max_examples=25, deadline=None)
def test_slates_are_those_found_by_trying_all(problem: tuple[Candidates, SlateRules]) -> None:
    asked, rules = problem
    who = np.argsort(asked.order)
    found, all_of_them = slates(asked, rules), tried(asked, rules)
    assert [one.members for one in found.slates] == [
        tuple(int(who[k]) for k in slate) for _, _, slate in all_of_them[:6]
    ]
    for cost in found.costs:
        freer = tried(asked, without_rule(rules, cost.rule))
        assert cost.points == pytest.approx(all_of_them[0][0] - freer[0][0])
        assert bool(cost.displaced) == (cost.points > 0)
        assert len(cost.displaced) == len(cost.instead)


def without(rules: SlateRules, broken: frozenset[Rule], n: int) -> Iterator[SlateRules]:
    """The rules without some of them; without a number of winners, with every number."""
    left = rules
    for rule in broken - {Rule(WINNERS)}:
        left = without_rule(left, rule)
    counts = range(n + 1) if Rule(WINNERS) in broken else [rules.winners]
    for count in counts:
        yield SlateRules(count, left.per_country, left.regions, left.minima, left.bars)


@given(problems())
@settings(max_examples=25, deadline=None)
def test_ways_out_are_the_smallest_found_by_trying_all(problem: tuple[Candidates, SlateRules]) -> None:
    asked, rules = problem
    found = {frozenset(one.rules) for one in relaxations(asked, rules, most=50)}
    expected: set[frozenset[Rule]] = set()
    for size in range(len(rules.each) + 1):
        sets = [frozenset(one) for one in combinations(rules.each, size)]
        expected = {
            one for one in sets if any(tried(asked, each) for each in without(rules, one, len(asked.cities)))
        }
        if expected:
            break
    assert found == expected - {frozenset()}
