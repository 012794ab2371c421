"""Who may win under which rules? Candidates and rules of an award, checked and laid out for the solver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from scoring.model import BoolArray, FloatArray
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

    `means` is cities x `criteria`, of which minimums are asked (NaN is below any minimum). `order` is
    the tie-break: places 0, 1, ... of all cities, the first preferred.
    """

    cities: tuple[str, ...]
    points: FloatArray
    countries: tuple[str, ...]
    regions: tuple[str, ...]
    criteria: tuple[str, ...]
    means: FloatArray
    order: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SlateRules:
    """The rules of an award. `bars` are named: each says which cities it keeps out (one entry a city).

    `regions` gives the least and most winners of a region (None: no limit), `minima` the minimum of a
    criterion; `per_country` None: no limit.
    """

    winners: int
    per_country: int | None = None
    regions: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
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
        column = self.candidates.means[:, self.candidates.criteria.index(rule.name)]
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
    if set(shapes) != {n} or candidates.means.shape != (n, len(candidates.criteria)):
        raise ValueError(
            f"{n} cities have {shapes[0]} countries, {shapes[1]} regions, {shapes[2]} points, {shapes[3]} "
            f"places and means of {candidates.means.shape}; every city needs one of each"
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
        if name not in candidates.criteria:
            raise ValueError(f"there is a minimum for {name!r}, which is none of the criteria")
    for name, out in rules.bars.items():
        if len(out) != n:
            raise ValueError(f"the bar {name!r} speaks of {len(out)} cities; there are {n}")
    who = np.argsort(candidates.order)
    shown = published(candidates.points, rules.decimals)[who]
    return Problem(candidates, rules, who, np.rint(shown * 10**rules.decimals).astype(np.int64))


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
