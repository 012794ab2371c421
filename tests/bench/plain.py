"""What one would write down in NumPy alone for draws: the same arithmetic, without care for memory or processors."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scoring.aggregate import IntArray
from scoring.draws import OTHER_FLOOR, Start
from scoring.model import BoolArray, DrawSettings, FloatArray
from scoring.sobol import RESAMPLES


@dataclass(frozen=True, eq=False)
class Tree:
    """Measurements by focus area: the whole joins focus areas, and these their measurements."""

    start: Start
    order: IntArray  # the measurements, those of an area side by side
    first: IntArray  # where each area begins
    weight: FloatArray
    area_weight: FloatArray


@dataclass(frozen=True, eq=False)
class Choices:
    """All choices of many draws, as a Common of scoring.draws has them."""

    weights: tuple[FloatArray, FloatArray]
    goalposts: tuple[FloatArray, FloatArray]
    other_rule: BoolArray
    missing: FloatArray


def tree_of(start: Start) -> Tree:
    """The tree of a start whose blanks and claims take no measurement out of a basket."""
    plan = start.plan
    areas = plan.parent[plan.parent[plan.leaves]]
    order = np.argsort(areas, kind="stable")
    _, first = np.unique(areas[order], return_index=True)
    weight = plan.nominal[plan.leaves][order]
    return Tree(start, order, first, weight, np.add.reduceat(weight, first))


def choices(tree: Tree, settings: DrawSettings, count: int, rng: np.random.Generator) -> Choices:
    """Draws of all choices, uniformly within the settings."""
    leaves = len(tree.order)

    def around(weight: FloatArray) -> FloatArray:
        return weight[:, None] * (1 + settings.weights * rng.uniform(-1, 1, (len(weight), count)))

    low, high = (
        settings.goalposts * rng.uniform(-1, 1, (leaves, count)) * tree.start.movable for _ in range(2)
    )
    other = rng.random(count) < settings.other_rule
    leaf, area = around(tree.weight), around(tree.area_weight)
    leaf = leaf / np.repeat(np.add.reduceat(leaf, tree.first, axis=0), np.diff([*tree.first, leaves]), axis=0)
    return Choices((leaf, area / area.sum(axis=0)), (low, high), other, rng.random(count))


def scores(tree: Tree, unit: int, drawn: Choices, error: FloatArray) -> FloatArray:
    """One unit's scores in all draws; `error` is leaves x draws, from -1 to 1."""
    start, (leaf, area), (low, high) = tree.start, drawn.weights, drawn.goalposts
    way = start.way[unit][:, None] + start.half_width[unit][:, None] * error
    way = np.clip(way, start.low[unit][:, None], start.high[unit][:, None])
    points = 100 * np.clip((way - low) / (1 + high - low), 0, 1)
    points = np.where(start.answered[unit][:, None], points, 100 * drawn.missing)[tree.order]
    areas = np.add.reduceat(points * leaf, tree.first, axis=0)
    mean: FloatArray = (areas * area).sum(axis=0)
    geometric = np.exp((np.log(np.maximum(areas, 100 * OTHER_FLOOR)) * area).sum(axis=0))
    return np.where(drawn.other_rule, np.minimum(geometric, mean), mean)


def ranks(whole: FloatArray) -> FloatArray:
    """The rank of every unit in every draw, ties by chance."""
    order = np.argsort(-whole, axis=0)
    found = np.empty(whole.shape)
    np.put_along_axis(found, order, np.arange(1.0, len(whole) + 1)[:, None], axis=0)
    return found


def intervals(whole: FloatArray) -> tuple[FloatArray, FloatArray]:
    """5-50-95 % intervals of scores and ranks."""
    return np.percentile(whole, (5, 50, 95), axis=1), np.percentile(ranks(whole), (5, 50, 95), axis=1)


def weights_alone(points: FloatArray, weight: FloatArray, draws: int) -> tuple[FloatArray, FloatArray]:
    """Intervals where weights alone are drawn; points are units x leaves."""
    drawn = weight[:, None] * np.random.default_rng(1).uniform(0.75, 1.25, (len(weight), draws))
    return intervals(points @ (drawn / drawn.sum(axis=0)))


def all_choices(tree: Tree, settings: DrawSettings) -> tuple[FloatArray, ...]:
    """Intervals of scores and ranks, and who is above whom, where all choices are drawn."""
    rng = np.random.default_rng(1)
    drawn, leaves = choices(tree, settings, settings.draws, rng), len(tree.order)
    whole = np.stack(
        [
            scores(tree, unit, drawn, rng.uniform(-1, 1, (leaves, settings.draws)))
            for unit in range(len(tree.start.units))
        ]
    )
    return (*intervals(whole), np.stack([(one > whole).mean(axis=1) for one in whole]))


def outcomes(tree: Tree, settings: DrawSettings) -> tuple[FloatArray, FloatArray, FloatArray]:
    """How far the ranking moves in sample A, in B, and in A with each choice taken from B in turn."""
    rng, leaves = np.random.default_rng(1), len(tree.order)
    count = settings.draws // 7
    a, b = (choices(tree, settings, count, rng) for _ in range(2))
    names = ("weights", "goalposts", "other_rule", "missing")
    samples = [(a, 0), (b, 1), *((replace(a, **{name: getattr(b, name)}), 0) for name in names), (a, 1)]
    whole = np.empty((len(samples), len(tree.start.units), count))
    for unit in range(len(tree.start.units)):
        error = rng.uniform(-1, 1, (2, leaves, count))
        for k, (drawn, which) in enumerate(samples):
            whole[k, unit] = scores(tree, unit, drawn, error[which])
    usual = ranks(whole[0].mean(axis=1)[:, None])
    moved = np.stack([np.abs(ranks(one) - usual).mean(axis=0) for one in whole])
    return moved[0], moved[1], moved[2:]


def indices(a: FloatArray, b: FloatArray, mixed: FloatArray) -> FloatArray:
    """First-order and total indices and their limits by as many resamples of the runs."""
    rng = np.random.default_rng(1)

    def of(runs: FloatArray | slice) -> FloatArray:
        one, two, both = a[runs], b[runs], mixed[:, runs]
        variance = np.concatenate([one, two]).var()
        middle = 0.5 * (one.mean() + two.mean())
        first = ((two - middle) * (both - one)).mean(axis=1) / variance
        return np.stack([first, 0.5 * ((one - both) ** 2).mean(axis=1) / variance])

    many = np.stack([of(rng.integers(0, a.size, a.size)) for _ in range(RESAMPLES)])
    return np.stack([of(slice(None)), *np.percentile(many, (2.5, 97.5), axis=0)])
