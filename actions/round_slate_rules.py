"""By which rules winners are chosen in a round, and who may be chosen: as the slates take them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from actions.round_facts import candidates
from actions.round_moment import least_marks, limits_of
from actions.round_read import Seen
from scoring.award import SelectionRule
from scoring.marks.moment import Moment, counted, standing
from scoring.slate_problem import Candidates, SlateRules


def winners(found: Seen) -> int:
    """How many winners there are: as set for the round, else as the award says, 0 where nobody does."""
    of = [int(one.number) for one in found.award.selection if one.kind == "winners"]
    return found.settings.winners or (of[0] if of else 0)


@dataclass(frozen=True, eq=False)
class Choice:
    """Who may be chosen and by which rules; `who` are the positions of the candidates in the moment.

    `beyond` are regions that a wish names and no candidate with points comes from: the wish cannot be kept.
    """

    candidates: Candidates
    rules: SlateRules
    who: tuple[int, ...]
    beyond: tuple[str, ...] = ()


def choice(found: Seen, moment: Moment, places: NDArray[np.int64], *, wishes: bool) -> Choice:
    """Everybody with points, and the rules; with `wishes` those count as rules as far as the candidates allow.

    `places` is the order of preference of all cities of the moment (actions.round_order).
    """
    limits = limits_of(found)
    points, means = standing(moment, limits).points, counted(moment, limits).means
    gone = {one for one in range(len(points)) if np.isnan(points[one])}
    of = {one.id: one for one in candidates(found.now)}
    cities = moment.marks.cities
    who = [i for i in range(len(cities)) if i not in gone and cities[i] in of]
    regions = tuple(of[cities[i]].region for i in who)
    chosen = Candidates(
        cities=tuple(cities[i] for i in who),
        points=points[who],
        countries=tuple(of[cities[i]].country for i in who),
        regions=regions,
        criteria=moment.marks.criteria,
        means=means[who],
        order=np.argsort(np.argsort(places[who])).astype(np.int64),
    )
    least, beyond = _regions(found, set(regions), wishes=wishes)
    return Choice(
        chosen,
        SlateRules(
            winners=winners(found),
            per_country=_per_country(found, wishes=wishes),
            regions=least,
            minima=least_marks(found, binding=True) | (least_marks(found, binding=False) if wishes else {}),
            bars={name: out[who] for name, out in moment.bars.items() if out[who].any()},
            decimals=moment.decimals,
        ),
        tuple(who),
        beyond,
    )


def _held(one: SelectionRule, *, wishes: bool) -> bool:
    return one.binding or wishes


def _per_country(found: Seen, *, wishes: bool) -> int | None:
    numbers = [
        int(one.number)
        for one in found.award.selection
        if one.kind == "at_most_per" and one.of == "country" and _held(one, wishes=wishes)
    ]
    return min(numbers, default=None)


def _regions(
    found: Seen, there: set[str], *, wishes: bool
) -> tuple[dict[str, tuple[int | None, int | None]], tuple[str, ...]]:
    """Region -> least and most winners; and the regions of wishes that nobody can fulfil."""
    kept: dict[str, tuple[int | None, int | None]] = {}
    beyond = []
    held = [one for one in found.award.selection if _held(one, wishes=wishes)]
    for one in held:
        if one.kind == "at_most_per" and one.of == "region":
            for region in sorted(there):
                kept[region] = (kept.get(region, (None, None))[0], int(one.number))
    for one in held:
        if one.kind != "at_least_of":
            continue
        if one.of not in there and not one.binding:
            beyond.append(one.of)
            continue
        kept[one.of] = (int(one.number), kept.get(one.of, (None, None))[1])
    return kept, tuple(beyond)
