"""How much of a parent's difference comes from each child? One family rule at a time, without a remainder.

A child acts through its points and through its share of the weight. Under a `Mean` with heights f the
difference of two means S and S' is divided by the quotient k = (S - S') / (F - F') of points to mean heights
(the logarithmic mean for a geometric one; B. W. Ang, "The LMDI approach to decomposition analysis", Energy
Policy 33, 2005): points effect k wbar (f(p) - f(p')), weight effect k (fbar - c) (w - w'), where a bar is the
middle of the two and c that of F and F', so that a weight moved to a better child counts as a gain. Under a
`Family` rule the points effects are Shapley values over the children (L. S. Shapley, "A value for n-person
games", 1953), the middle of those under either weights, and what the weights do is divided by how far each
moved. Both ways what the children are given adds up to the parent's difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import factorial

import numpy as np

from scoring.aggregate import TINY, Tier, total
from scoring.aggregations import ARITHMETIC, Family, Mean, Rule
from scoring.model import BoolArray, FloatArray

# Up to here all 2^n orders of replacement are met; beyond, one order and its reverse.
PLAYERS_EXACT = 10
# Nearer than this, by their own size, a quotient of two differences would be noise: the slope stands in.
NEAR = 1e-6
# A joined score nearer than this to the kept one lost nothing on the way.
LOSS_FROM = 1e-9
# Points of a family nearer than this, by their own size, are the same.
SAME = 1e-13


@dataclass(frozen=True, slots=True)
class Effects:
    """What the children of a tier do to their parents, in the parent's points; children x pairs.

    `rate` is the parent's change per point of the child. `first` and `second` are the joined parents.
    """

    points: FloatArray
    weight: FloatArray
    rate: FloatArray
    first: FloatArray
    second: FloatArray


def mean_effects(
    tier: Tier,
    rule: Mean,
    points: tuple[FloatArray, FloatArray],
    share: tuple[FloatArray, FloatArray],
    floor: float,
) -> Effects:
    """The effects under a mean of heights; points and shares are children x pairs, of the first and the second."""
    (p1, p2), (w1, w2) = points, share
    middle_share, moved = 0.5 * (w1 + w2), w1 - w2
    if rule is ARITHMETIC:
        first, second = total(p1 * w1, tier), total(p2 * w2, tier)
        middle = 0.5 * (p1 + p2 - (first + second)[tier.parent_of])
        return Effects(middle_share * (p1 - p2), middle * moved, middle_share, first, second)
    f1, f2 = rule.heights(p1, floor), rule.heights(p2, floor)
    high, low = total(f1 * w1, tier), total(f2 * w2, tier)
    first, second = rule.points(high), rule.points(low)
    pull = _per_height(rule, first, second, high - low, floor)[tier.parent_of]
    middle = 0.5 * (f1 + f2 - (high + low)[tier.parent_of])
    part = pull * middle_share
    return Effects(
        part * (f1 - f2), pull * middle * moved, part * _rise(rule, p1, p2, f1 - f2, floor), first, second
    )


def _near(one: FloatArray, other: FloatArray) -> BoolArray:
    near: BoolArray = np.abs(one - other) <= NEAR * np.maximum(np.abs(one), np.abs(other))
    return near


def _per_height(
    rule: Mean, first: FloatArray, second: FloatArray, apart: FloatArray, floor: float
) -> FloatArray:
    """Points of the parent per height; at the limit one over the slope, and 0 on the floor, where nothing moves."""
    slope = rule.slope(0.5 * (first + second), floor)
    limit = np.divide(1.0, slope, out=np.zeros_like(slope), where=slope > 0)
    exact = ~_near(first, second) & (apart != 0)
    return np.divide(first - second, apart, out=limit, where=exact)


def _rise(rule: Mean, p1: FloatArray, p2: FloatArray, apart: FloatArray, floor: float) -> FloatArray:
    """Height per point of the child; at the limit the slope, on both sides of the floor the quotient."""
    one_side = (rule.slope(p1, floor) > 0) == (rule.slope(p2, floor) > 0)
    limit = rule.slope(0.5 * (p1 + p2), floor)
    return np.divide(apart, p1 - p2, out=limit, where=~(_near(p1, p2) & one_side) & (p1 != p2))


def family_effects(
    rule: Family,
    points: tuple[FloatArray, FloatArray],
    share: tuple[FloatArray, FloatArray],
    floor: float,
    inner: BoolArray,
) -> tuple[FloatArray, FloatArray, FloatArray, float, float]:
    """One family and one pair: points effects, weight effects, rates (by child), the parent's two scores.

    `inner` marks children with children of their own, whose rate is asked for even where they do not differ.
    """
    (p1, p2), (w1, w2) = points, share

    def join(cells: FloatArray) -> tuple[FloatArray, FloatArray]:
        under = rule.join(cells, w1[:, None], floor)
        return under, under if alike else rule.join(cells, w2[:, None], floor)

    alike = bool((w1 == w2).all())
    size = np.maximum(np.abs(p1), np.abs(p2))
    differs = np.abs(p1 - p2) > SAME * size
    players = np.flatnonzero(differs)
    game = _game(len(players))
    cells = np.repeat(p2[:, None], game.switched.shape[1], axis=1)
    cells[players] = np.where(game.switched, p1[players, None], p2[players, None])
    effect, rate = np.zeros(len(p1)), np.zeros(len(p1))
    under_first, under_second = join(cells)
    first, second = float(under_first[game.last]), float(under_second[0])
    effect[players] = game.values @ (0.5 * (under_first + under_second))
    rate[players] = effect[players] / (p1 - p2)[players]
    for i in np.flatnonzero(inner & ~differs):
        step = NEAR * max(float(size[i]), 1.0)
        above, below = cells.copy(), cells.copy()
        above[i] += step
        below[i] -= step
        gained = sum(up - down for up, down in zip(join(above), join(below), strict=True))
        rate[i] = float(game.joining @ gained) / (4 * step)
    moved = np.abs(w1 - w2)
    left = first - second - float(effect.sum())
    return effect, left * moved / max(float(moved.sum()), TINY), rate, first, second


def parts_from_nothing(rule: Rule, points: FloatArray, share: FloatArray, floor: float) -> FloatArray:
    """One parent's score divided among its children (by child), each counted from 0 points."""
    if rule is ARITHMETIC:
        return share * points
    nothing = np.zeros_like(points)
    if isinstance(rule, Family):
        no_children = np.zeros(len(points), dtype=bool)
        effect, _, _, _, base = family_effects(rule, (points, nothing), (share, share), floor, no_children)
        return effect + base * share
    above = share * (rule.heights(points, floor) - rule.heights(nothing, floor))
    height, ground = (np.array((rule.heights(at, floor) * share).sum()) for at in (points, nothing))
    first, base_points = rule.points(height), rule.points(ground)
    parts: FloatArray = (
        above * _per_height(rule, first, base_points, height - ground, floor) + base_points * share
    )
    return parts


@dataclass(frozen=True, eq=False)
class Game:
    """States between two ends: who is `switched` in each (players x states), and what each state weighs.

    In the first state nobody is, in the state `last` everybody.

    `values` (players x states) turns the states' worths into each player's share of the whole difference;
    `joining` (states) is how often a further player would meet each state.
    """

    switched: BoolArray
    values: FloatArray
    joining: FloatArray
    last: int


@lru_cache(maxsize=64)
def _game(n: int) -> Game:
    if n > PLAYERS_EXACT:
        return _two_orders(n)
    switched = ((np.arange(2**n)[None, :] >> np.arange(n)[:, None]) & 1).astype(bool)
    size = switched.sum(axis=0)
    into = np.array([factorial(s) * factorial(n - 1 - s) / factorial(n) for s in range(n)] + [0.0])
    joined = np.where(switched, into[size - 1], -into[size])
    further = np.array([factorial(s) * factorial(n - s) / factorial(n + 1) for s in range(n + 1)])
    return Game(switched, joined, further[size], 2**n - 1)


def _two_orders(n: int) -> Game:
    """The players switched from the first to the last, and from the last to the first."""
    player, done = np.arange(n)[:, None], np.arange(n + 1)[None, :]
    forward, backward = player < done, player >= n - done
    ahead = 0.5 * ((done == player + 1).astype(float) - (done == player))
    behind = 0.5 * ((done == n - player).astype(float) - (done == n - player - 1))
    switched, often = np.hstack([forward, backward]), np.full(2 * n + 2, 1.0 / (2 * n + 2))
    return Game(switched, np.hstack([ahead, behind]), often, n)
