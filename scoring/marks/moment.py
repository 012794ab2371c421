"""How do the cities stand at one moment? Marks, recusals, data, rules and weights, and the ranking that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from scoring.marks.limits import Limits
from scoring.marks.severity import adjusted_whole
from scoring.marks.sheet import Marks, covered, criterion_means, joined
from scoring.model import BoolArray, FloatArray
from scoring.ranks import ranks
from scoring.rounding import published

# Kinds of what a ranking follows from.
MARK, RECUSAL, DATA, WEIGHT, JUROR = "mark", "recusal", "data", "weight", "juror"
RULE, BAR = "rule", "bar"
# The rules that are no bars; bars have names of their own.
MINIMA, SEVERITY, ROUNDING = "minima", "severity", "rounding"


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that a ranking follows from: its kind, and the juror, city, rule or bar that it is about."""

    kind: str
    name: str = ""


@dataclass(frozen=True, eq=False)
class Moment:
    """All that a ranking follows from.

    `recused` (jurors x cities) takes marks out. `data` is cities x figures, on the scale of the marks, NaN for
    none; `data_weights` stand beside the criteria's, which are 1 together. `minima` is one number a criterion,
    NaN for none, asked of raw means. `bars` are named: each says which cities it keeps out. With `adjust`
    the marks count as corrected for severity.
    """

    marks: Marks
    recused: BoolArray
    data: FloatArray
    data_weights: FloatArray
    minima: FloatArray
    bars: Mapping[str, BoolArray] = field(default_factory=dict)
    adjust: bool = False
    decimals: int = 2

    @classmethod
    def of(cls, marks: Marks) -> Moment:
        """A moment of marks alone."""
        j, i, c = marks.values.shape
        return cls(marks, np.zeros((j, i), dtype=bool), np.zeros((i, 0)), np.zeros(0), np.full(c, np.nan))


@dataclass(frozen=True, eq=False)
class Standing:
    """`points` as published (NaN for none), `rank` 0 for who is not ranked, `place` one behind all ranked then."""

    points: FloatArray
    rank: NDArray[np.int64]

    @property
    def place(self) -> FloatArray:
        """The rank, with all who are not ranked together behind the others."""
        last = np.count_nonzero(self.rank) + 1
        return np.where(self.rank > 0, self.rank, last).astype(float)


@dataclass(frozen=True, eq=False)
class Counted:
    """What the marks alone come to at a moment: cities x criteria, and cities."""

    means: FloatArray
    whole: FloatArray


def counted(moment: Moment, limits: Limits) -> Counted:
    """The means of the marks that count, and the whole of them."""
    marks = moment.marks.without(moment.recused)
    means = criterion_means(marks)
    return Counted(means, adjusted_whole(marks, limits) if moment.adjust else joined(means, marks.weights))


def standing(moment: Moment, limits: Limits) -> Standing:
    """Points and ranks of all cities at one moment."""
    return standing_of(moment, counted(moment, limits))


def standing_of(moment: Moment, of_marks: Counted) -> Standing:
    """Points and ranks, once it is known what the marks come to."""
    means, whole = of_marks.means, of_marks.whole
    weights = np.concatenate([[1.0], moment.data_weights])
    # What the criteria without marks would weigh, is not there either.
    share = np.column_stack([covered(means, moment.marks.weights), ~np.isnan(moment.data)]) * weights
    figures = np.nan_to_num(np.column_stack([whole, moment.data]))
    total = share.sum(axis=1)
    points = np.divide(
        (share * figures).sum(axis=1), total, out=np.full(total.shape, np.nan), where=total > 0
    )
    ranked = ~np.isnan(points)
    for out in moment.bars.values():
        ranked &= ~out
    # As published: who is shown at the minimum has reached it.
    shown = published(means, moment.decimals)
    ranked &= (np.isnan(moment.minima) | (shown >= published(moment.minima, moment.decimals))).all(axis=1)
    return Standing(published(points, moment.decimals), ranks(points, ranked, moment.decimals))


@dataclass(frozen=True, eq=False)
class Without:
    """Rankings without one juror or one rule at a time, each `left_out` x cities."""

    left_out: tuple[Cause, ...]
    points: FloatArray
    rank: NDArray[np.int64]


def without_each(moment: Moment, limits: Limits) -> Without:
    """The ranking without each juror, each bar, the minima and the correction for severity, where there are any."""
    left_out, found = [], []
    for j, name in enumerate(moment.marks.jurors):
        recused = moment.recused.copy()
        recused[j] = True
        left_out.append(Cause(JUROR, name))
        found.append(replace(moment, recused=recused))
    for name in moment.bars:
        left_out.append(Cause(BAR, name))
        found.append(replace(moment, bars={key: out for key, out in moment.bars.items() if key != name}))
    if not np.isnan(moment.minima).all():
        left_out.append(Cause(RULE, MINIMA))
        found.append(replace(moment, minima=np.full(moment.minima.shape, np.nan)))
    if moment.adjust:
        left_out.append(Cause(RULE, SEVERITY))
        found.append(replace(moment, adjust=False))
    stands = [standing(one, limits) for one in found]
    empty = np.zeros((0, len(moment.marks.cities)))
    return Without(
        tuple(left_out),
        np.array([one.points for one in stands]) if stands else empty,
        np.array([one.rank for one in stands]) if stands else empty.astype(np.int64),
    )
