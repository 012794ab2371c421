"""Which steps lead from one total to the other, and how are they printed so that they add up?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from actions import house
from actions.why_beside import Pair, pair
from scoring.apportion import apportioned
from scoring.differences import Contribution, Explanation, difference, difference_from
from scoring.rounding import published

BY_AREA, BY_GROUP = WAYS = ("areas", "groups")


@dataclass(frozen=True, eq=False)
class Told:
    """A pair with its explanation, and what each node brings from nothing where the score stands by itself."""

    pair: Pair
    found: Explanation
    brings: Explanation | None

    @property
    def first(self) -> float:
        """The score here."""
        return self.pair.number(self.pair.here)

    @property
    def second(self) -> float:
        """The score there, or full points."""
        return (
            self.pair.number(self.pair.there) if self.pair.there else house.framework().rules.points_maximum
        )


@dataclass(frozen=True, slots=True)
class Printed:
    """One step as it is printed, in points of the whole: its line, the amount, and what it brings from nothing.

    `line` is None for everything else together.
    """

    line: Contribution | None
    exact: float
    amount: float
    brings: float


def told(upload_id: str, beside: str, figure: str, basket: str, claims: str, language: str) -> Told | str:
    """The explanation behind the page, or a sentence saying why there is none. Raises as `why` does."""
    both = pair(upload_id, beside, figure, basket, claims, language)
    say, framework = house.voice(language).say, house.framework()
    if both.common == 0:
        return say(
            "There is no measurement of this basket that both {city} and {other} can show, so there is nothing to "
            "explain.",
            city=both.name,
            other=both.other,
        )
    if any(math.isnan(both.number(unit)) for unit in filter(None, (both.here, both.there))):
        return say("One side has no answer in this basket yet, so there is no reported score to explain.")
    if both.there:
        return Told(both, difference(framework, both.scores, both.here, both.there, both.figure), None)
    full = framework.rules.points_maximum
    return Told(
        both,
        difference_from(framework, both.scores, both.here, full, both.figure),
        difference_from(framework, both.scores, both.here, 0.0, both.figure),
    )


def codes_of(node: str) -> tuple[str, ...]:
    """The parts that a choice is made of."""
    framework = house.framework()
    if node == BY_AREA:
        return tuple(one.code for one in framework.at_level("focus_area"))
    return framework.children[framework.root if node == BY_GROUP else node]


def printed_steps(got: Told, node: str) -> list[Printed]:
    """The steps of a choice, the largest first, and everything else together behind them where there is more.

    Printed amounts add up to the difference of the two printed scores, and those of a node's parts to what is
    printed for the node itself.
    """
    target = float(published(got.first, _digits()) - published(got.second, _digits()))
    amounts, whole = _printed(got.found, target, node), float(got.found.total[0])
    from_nothing = float(published(got.first, _digits()))
    brings = {} if got.brings is None else _printed(got.brings, from_nothing, node)
    lines = [got.found.at(code) for code in codes_of(node) if code in got.found.nodes]
    lines.sort(key=lambda line: -round(abs(line.total), 9))
    steps = [Printed(line, line.total, amounts[line.code], brings.get(line.code, 0.0)) for line in lines]
    if node in WAYS:
        return steps
    left = Printed(
        None,
        whole - sum(one.exact for one in steps),
        _rounded(target - sum(one.amount for one in steps)),
        _rounded(from_nothing - sum(one.brings for one in steps)) if brings else 0.0,
    )
    return [*steps, left]


def _printed(found: Explanation, whole: float, node: str) -> dict[str, float]:
    """Printed amounts of all focus areas, their groups, and on the way down to a node."""
    framework, total = house.framework(), dict(zip(found.nodes, found.total, strict=True))
    printed: dict[str, float] = {}

    def divide(codes: Sequence[str], target: float) -> None:
        inside = [code for code in codes if code in total]
        amounts = apportioned(np.array([total[code] for code in inside]), target, _digits())
        printed.update(zip(inside, map(float, amounts), strict=True))

    divide(codes_of(BY_AREA), whole)
    for group in codes_of(BY_GROUP):
        printed[group] = _rounded(sum(printed.get(area, 0.0) for area in framework.children[group]))
    way = [] if node in (*WAYS, *codes_of(BY_GROUP)) else [node]
    while way and way[0] not in printed:
        way.insert(0, framework.by_code[way[0]].parent)
    for one in way:
        divide(framework.children[one], printed[one])
    return printed


def _rounded(amount: float) -> float:
    """What is left when fractions that binary numbers cannot hold are taken off a sum of printed amounts."""
    return round(amount, _digits()) + 0.0


def _digits() -> int:
    return house.framework().rules.published_decimals
