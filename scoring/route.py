"""Which few measurements, moved by realistic steps, reach the next level? A small integer programme, solved exactly.

Where every level is joined by arithmetic means, a score is a sum of points times shares of the whole, so that
each step adds a fixed number of points. With a binary variable x for every step of every measurement:

    minimise    sum of effort * x, then the number of measurements moved, then the most points
    subject to  score now + sum of gain * x  >=  the least score that is published as the target
                coverage now + sum of share * x  >=  the threshold, on every node that has one
                step k + 1  <=  step k
                a step that presupposes another measurement at some value  <=  the step that takes it there

Source of the form: the 0-1 knapsack problem with precedence constraints (Kellerer, Pferschy and Pisinger,
Knapsack Problems, 2004); solver: HiGHS (Huangfu and Hall, Mathematical Programming Computation 10, 2018).
Every route is scored anew with the answers it leads to, and only one that reaches is given.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from scoring.model import Framework, Panel
from scoring.moves import Way
from scoring.programme import Programme, Row, solve
from scoring.rounding import published
from scoring.route_setting import Requirement, Setting, setting_of
from scoring.scenario import Scenario, changed
from scoring.score import score

# The solver's numbers are good to a billionth; a route that misses by that is cut off, and the next one asked for.
_TRIES = 25
# In the second solving: nothing outweighs a measurement shared with an earlier route, then points, then the order.
_SHARED, _ORDER = 1e4, 1e-5


@dataclass(frozen=True, slots=True)
class Move:
    """One measurement of a route: from which value to which, in how many steps, what that costs and adds."""

    code: str
    before: float | None
    after: float
    steps: int
    effort: int
    points: float  # added to the assured score of the whole
    expected: bool


@dataclass(frozen=True, slots=True)
class Route:
    """A way to a target score, its moves in the framework's order.

    `reached` says that the unit, scored anew, is published at the target or above and covered well enough for
    a level. Where nothing realistic reaches, there are the moves to the highest score that can be reached.
    """

    target: float
    moves: tuple[Move, ...]
    effort: int
    before: float
    after: float
    ranked: bool
    reached: bool

    @property
    def codes(self) -> frozenset[str]:
        """The measurements that it moves."""
        return frozenset(one.code for one in self.moves)

    @property
    def scenario(self) -> Scenario:
        """The route as a what-if."""
        return Scenario.of(answers={one.code: one.after for one in self.moves})


def route(
    framework: Framework,
    panel: Panel,
    unit: str,
    basket: str,
    ways: Sequence[Way],
    target: float,
    requirements: Sequence[Requirement] = (),
    avoid: Sequence[Set[str]] = (),
) -> Route:
    """The least-effort route of one unit to `target` points (the start of a band) in a basket.

    Each set of `avoid` holds the measurements of an earlier route, at least one of which must stay unmoved here;
    among routes of equal effort and length the one is taken that shares fewest of them. Ties end with the most
    points and then with the measurements that come first in the framework. Where nothing reaches, `reached` is
    False and the moves lead to the highest score within reach. Raises ValueError for an unknown unit, a rule of
    joining other than the arithmetic mean, a way of a measurement outside the unit's basket or without effort,
    and a requirement that names no measurement of the basket.
    """
    setting = setting_of(framework, panel, unit, basket, ways, target, requirements)
    apart = [_apart(setting, codes) for codes in avoid]
    shared = frozenset().union(*avoid)
    cuts: list[Row] = [one for one in apart if one is not None]
    if len(cuts) == len(avoid):  # a route without moves leaves nothing else to do
        for _ in range(_TRIES):
            taken = _cheapest(setting, cuts, shared)
            if taken is None:
                break
            found = _rescored(setting, taken)
            if found.reached:
                return found
            # More of every step never lowers a score: what fails now fails with any part of it.
            cuts.append(Row({j: 1.0 for j in range(len(setting.steps)) if j not in taken}, low=1.0))
    gains = [-step.gain for step in setting.steps]
    farthest = solve(Programme(gains, (*setting.feasible, *(one for one in apart if one is not None))))
    return _rescored(setting, farthest if farthest is not None else frozenset())


def alternatives(
    framework: Framework,
    panel: Panel,
    unit: str,
    basket: str,
    ways: Sequence[Way],
    target: float,
    requirements: Sequence[Requirement] = (),
    count: int = 2,
) -> tuple[Route, ...]:
    """The best route and up to `count` - 1 others with other measurements, as near in effort as possible.

    The first may be one that does not reach (then it stands alone); errors as `route`.
    """
    found = [route(framework, panel, unit, basket, ways, target, requirements)]
    while len(found) < count and found[-1].reached and found[-1].moves:
        avoid = [one.codes for one in found]
        other = route(framework, panel, unit, basket, ways, target, requirements, avoid)
        if not other.reached:
            break
        found.append(other)
    return tuple(found)


def _apart(setting: Setting, codes: Set[str]) -> Row | None:
    """That at least one measurement of an earlier route stays unmoved; None if the route moved nothing."""
    used = {setting.firsts[code]: 1.0 for code in codes if code in setting.firsts}
    return Row(used, high=len(codes) - 1.0) if used else None


def _cheapest(setting: Setting, cuts: Sequence[Row], shared: Set[str]) -> frozenset[int] | None:
    """The steps of the least effort, then fewest measurements, then fewest shared, most points, first in order."""
    rows = (*setting.feasible, *setting.reaching, *cuts)
    many = len(setting.firsts) + 1
    length = [float(step.effort * many + (step.at == 0)) for step in setting.steps]
    shortest = solve(Programme(length, rows, whole=True))
    if shortest is None:
        return None
    best = sum(length[j] for j in shortest)
    as_short = Row(dict(enumerate(length)), high=best + 0.5)
    position = {code: k for k, code in enumerate(setting.firsts)}
    finest = [
        (_SHARED * (step.code in shared) + _ORDER * position[step.code]) * (step.at == 0) - step.gain
        for step in setting.steps
    ]
    return solve(Programme(finest, (*rows, as_short))) or shortest


def _rescored(setting: Setting, taken: frozenset[int]) -> Route:
    """The route of some steps, scored anew as if its answers had been given."""
    moves = []
    for code in setting.firsts:
        used = [setting.steps[j] for j in sorted(taken) if setting.steps[j].code == code]
        if used:
            value = float(setting.panel.values[0, setting.panel.codes.index(code)])
            moves.append(
                Move(
                    code=code,
                    before=None if np.isnan(value) else value,
                    after=used[-1].value,
                    steps=len(used),
                    effort=sum(step.effort for step in used),
                    points=sum(step.gain for step in used),
                    expected=used[-1].expected,
                )
            )
    made = Scenario.of(answers={one.code: one.after for one in moves})
    _, panel = changed(setting.framework, setting.panel, setting.panel.units[0], made)
    scores = score(setting.framework, panel, setting.basket)
    after, ranked = float(scores.assured[0, 0]), bool(scores.ranked[0])
    decimals = setting.framework.rules.published_decimals
    return Route(
        target=setting.target,
        moves=tuple(moves),
        effort=sum(one.effort for one in moves),
        before=setting.before,
        after=after,
        ranked=ranked,
        reached=ranked and bool(published(after, decimals) >= setting.target),
    )
