"""Who goes before whom where points are equal: the award's tie-breaks one after the other, and what is left to a vote.

Between cities that stay equal the order in which they came in holds for now, and they are named as undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from actions.round_facts import BALLOT, CHAIR, SUBSTITUTE, VOTE, candidates, joined, of_kind, seats
from actions.round_moment import limits_of, moment_of
from actions.round_read import Seen
from actions.round_slate_rules import winners
from scoring.award import TieBreak
from scoring.marks.moment import Moment, counted, standing
from scoring.model import FloatArray
from scoring.rounding import published

# A city's group so far, and what is known of all: into ever smaller groups, the preferred first.
Split = Callable[["_Tie", Sequence[int], TieBreak], list[list[int]]]


@dataclass(frozen=True, eq=False)
class Order:
    """`cities` by preference, as positions in the moment; `by` the tie-break that placed a city before its equal.

    `undecided` are groups that stay equal after every tie-break, as positions.
    """

    cities: tuple[int, ...]
    by: Mapping[int, str] = field(default_factory=dict)
    undecided: tuple[tuple[int, ...], ...] = ()

    @property
    def places(self) -> NDArray[np.int64]:
        """Places 0, 1, ... of all cities, as the slates ask for them."""
        found = np.empty(len(self.cities), dtype=np.int64)
        found[list(self.cities)] = np.arange(len(self.cities))
        return found


def order_of(found: Seen, moment: Moment | None = None) -> Order:
    """The order of all cities of the moment: by points, then by the tie-breaks; unranked ones behind."""
    at = moment if moment is not None else moment_of(found)
    if at is None:
        return Order(())
    limits = limits_of(found)
    stands = standing(at, limits)
    rows = stands.place.tolist()
    tie = _Tie(found, at, published(counted(at, limits).means, at.decimals))
    done: list[int] = []
    by: dict[int, str] = {}
    undecided = []
    for place in sorted(set(rows)):
        group = [i for i, its in enumerate(rows) if its == place]
        if stands.rank[group[0]] == 0:
            done += group
            continue
        tie.before = tuple(done)
        split, used = tie.settled(group)
        by |= used
        undecided += [tuple(part) for part in split if len(part) > 1]
        done += [i for part in split for i in part]
    return Order(tuple(done), by, tuple(undecided))


@dataclass
class _Tie:
    """What the tie-breaks look at; `before` are the cities placed already."""

    found: Seen
    moment: Moment
    means: FloatArray
    before: tuple[int, ...] = ()

    def settled(self, group: list[int]) -> tuple[list[list[int]], dict[int, str]]:
        """The group in its order, equal ones together, and by which tie-break each part came before the next."""
        parts: list[list[int]] = [group]
        used: dict[int, str] = {}
        for one in self.found.award.tie_breaks:
            if one.kind not in SPLITS:
                continue
            finer = []
            for part in parts:
                found = SPLITS[one.kind](self, part, one) if len(part) > 1 else [part]
                if len(found) > 1:
                    used |= dict.fromkeys(part, one.id)
                finer += found
            parts = finer
        return parts, used

    def by_value(self, part: Sequence[int], value: Callable[[int], float]) -> list[list[int]]:
        """Highest first, equal ones together; who has no value comes last."""
        worth = {i: (-np.inf if np.isnan(value(i)) else value(i)) for i in part}
        return [[i for i in part if worth[i] == one] for one in sorted(set(worth.values()), reverse=True)]


def _lowest_mark(tie: _Tie, part: Sequence[int], _one: TieBreak) -> list[list[int]]:
    means = np.where(np.isnan(tie.means), -np.inf, tie.means).min(axis=1)
    return tie.by_value(part, lambda i: float(means[i]))


def _criterion(tie: _Tie, part: Sequence[int], one: TieBreak) -> list[list[int]]:
    column = tie.moment.marks.criteria.index(one.of)
    return tie.by_value(part, lambda i: float(tie.means[i, column]))


def _region_without_winner(tie: _Tie, part: Sequence[int], _one: TieBreak) -> list[list[int]]:
    """Those of a region from which none of the cities before them comes, as far as they would be winners."""
    regions = {one.id: one.region for one in candidates(tie.found.now)}
    cities = tie.moment.marks.cities
    first = tie.before[: winners(tie.found)]
    taken = {regions.get(cities[i], "") for i in first}
    return tie.by_value(part, lambda i: float(regions.get(cities[i], "") not in taken))


def _vote(tie: _Tie, part: Sequence[int], _one: TieBreak) -> list[list[int]]:
    """By the last ballot that was closed on all of them; of equal numbers the chair's vote decides."""
    now, cities = tie.found.now, tie.moment.marks.cities
    group = {cities[i] for i in part}
    closed = [
        one
        for one in of_kind(now, BALLOT)
        if one.said.get("closed") and group <= set(one.about) and len(one.about) > 1
    ]
    if not closed:
        return [list(part)]
    last = closed[-1]
    counts = last.said.get("counts", {})
    roles = {one.id: one.role for one in seats(now)}
    voters = [str(one) for one in last.said.get("voters", ())]
    deciding = next((one for role in (CHAIR, SUBSTITUTE) for one in voters if roles.get(one) == role), "")
    vote = now.get((VOTE, joined(last.key, deciding)))
    chosen = str(vote.said["choice"]) if vote else ""
    return tie.by_value(part, lambda i: float(counts.get(cities[i], 0)) + (cities[i] == chosen) / 2)


SPLITS: Mapping[str, Split] = {
    "lowest_mark": _lowest_mark,
    "criterion": _criterion,
    "region_without_winner": _region_without_winner,
    "vote": _vote,
}
