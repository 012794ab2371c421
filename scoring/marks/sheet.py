"""Who gave whom which mark? Jurors x cities x criteria, and the plain means that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scoring.model import BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class Marks:
    """All marks of one round.

    `values` is jurors x cities x criteria; NaN where a juror was not assigned, is recused, or found too
    little evidence. `weights` is one number a criterion, together 1.
    """

    jurors: tuple[str, ...]
    cities: tuple[str, ...]
    criteria: tuple[str, ...]
    values: FloatArray
    weights: FloatArray

    @property
    def there(self) -> BoolArray:
        """Which marks were given, as `values`."""
        given: BoolArray = ~np.isnan(self.values)
        return given

    @property
    def reached(self) -> BoolArray:
        """Jurors x cities: who gave a city at least one mark."""
        return np.asarray(self.there.any(axis=2))

    def without(self, hidden: BoolArray) -> Marks:
        """The same marks without those of the pairs `hidden` (jurors x cities), as after a recusal."""
        return replace(self, values=np.where(hidden[:, :, None], np.nan, self.values))

    def only(self, jurors: Sequence[int]) -> Marks:
        """The marks of some jurors, by position."""
        return replace(self, jurors=tuple(self.jurors[j] for j in jurors), values=self.values[list(jurors)])


def marks_of(
    jurors: Sequence[str],
    cities: Sequence[str],
    criteria: Sequence[str],
    values: FloatArray,
    weights: Sequence[float] | FloatArray | None = None,
) -> Marks:
    """The marks, checked; weights are equal unless given, and are brought to 1 in sum.

    Raises ValueError for a name that stands twice, a shape that does not fit the names, a mark that is
    infinite, and weights that are negative or all 0; each names the culprit.
    """
    for what, names in (("juror", jurors), ("city", cities), ("criterion", criteria)):
        seen = sorted({name for name in names if list(names).count(name) > 1})
        if seen:
            raise ValueError(f"the {what} {seen[0]!r} stands twice; give each a name of its own")
    table = np.array(values, dtype=float)
    expected = (len(jurors), len(cities), len(criteria))
    if table.shape != expected:
        raise ValueError(f"marks are {table.shape}, and jurors x cities x criteria are {expected}")
    for j, i, c in np.argwhere(np.isinf(table)).tolist():
        raise ValueError(
            f"the mark of {jurors[j]!r} for {cities[i]!r} on {criteria[c]!r} is infinite; leave it NaN for none"
        )
    parts = np.ones(len(criteria)) if weights is None else np.array(weights, dtype=float)
    if parts.shape != (len(criteria),):
        raise ValueError(f"there are {parts.size} weights for {len(criteria)} criteria")
    for name, weight in zip(criteria, parts.tolist(), strict=True):
        if not 0 <= weight < np.inf:
            raise ValueError(f"the weight of {name!r} is {weight:g}; it must be 0 or more")
    if parts.sum() <= 0:
        raise ValueError("all weights are 0; at least one criterion must count")
    table.flags.writeable = False
    return Marks(tuple(jurors), tuple(cities), tuple(criteria), table, parts / parts.sum())


def criterion_means(marks: Marks) -> FloatArray:
    """Cities x criteria: the mean over the jurors who marked; NaN where none did."""
    there = marks.there
    count = there.sum(axis=0)
    total = np.where(there, marks.values, 0.0).sum(axis=0)
    means: FloatArray = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return means


def joined(means: FloatArray, weights: FloatArray) -> FloatArray:
    """Cities: the weighted mean over the criteria that have a figure; NaN without any that counts.

    `means` is cities x criteria. How much of the weight that is, says `covered`.
    """
    part = covered(means, weights)
    total = np.where(np.isnan(means), 0.0, means) @ weights
    whole: FloatArray = np.divide(total, part, out=np.full(total.shape, np.nan), where=part > 0)
    return whole


def covered(means: FloatArray, weights: FloatArray) -> FloatArray:
    """Cities: the share of the weight whose criteria have a figure, 0 to 1."""
    share: FloatArray = (~np.isnan(means)) @ weights
    return share


def with_whole(means: FloatArray, weights: FloatArray) -> FloatArray:
    """Cities x (criteria + 1): the figures with the whole in the last column."""
    return np.column_stack([means, joined(means, weights)])


def whole_marks(marks: Marks) -> FloatArray:
    """Jurors x cities: what each juror gives the whole; NaN without any mark that counts.

    The weighted mean of the juror's marks. Where a criterion has no mark, the others' distances from the mean
    mark of their own criterion stand for it, so that leaving out a criterion on which marks are low by custom
    lifts nobody.
    """
    there = marks.there
    count = there.sum(axis=(0, 1))
    middle = np.where(there, marks.values, 0.0).sum(axis=(0, 1)) / np.maximum(count, 1)
    weight = np.where(there, marks.weights, 0.0).sum(axis=2)
    apart = (np.where(there, marks.values - middle, 0.0) * marks.weights).sum(axis=2)
    given = np.divide(apart, weight, out=np.full(apart.shape, np.nan), where=weight > 0)
    whole: FloatArray = given + marks.weights @ middle
    return whole


def slabs(marks: Marks) -> FloatArray:
    """(criteria + 1) x cities x jurors: every criterion's table of marks, the whole last."""
    each = np.moveaxis(marks.values, (2, 1, 0), (0, 1, 2))
    return np.concatenate([each, whole_marks(marks).T[None]])
