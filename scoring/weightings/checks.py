"""Are the numbers that weights are made from fit for it? Errors name the child, the expert or the unit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.model import BoolArray, FloatArray


def distinct(codes: Sequence[str]) -> None:
    """Raises ValueError where there is nothing to weigh, or where a code stands twice."""
    if not codes:
        raise ValueError("there is nothing to weigh: name at least one child")
    twice = [code for i, code in enumerate(codes) if code in codes[:i]]
    if twice:
        raise ValueError(f"{twice[0]} is named twice; every child has one weight")


def shaped(array: FloatArray, rows: int | None, codes: Sequence[str], what: str) -> FloatArray:
    """The array as floats, rows x children (or one number a child where rows is None); ValueError if not."""
    distinct(codes)
    numbers = np.asarray(array, dtype=float)
    expected = (len(codes),) if rows is None else (rows, len(codes))
    if numbers.shape != expected:
        raise ValueError(f"{what} have the shape {numbers.shape}; the names ask for {expected}")
    return numbers


def points_of(points: FloatArray, codes: Sequence[str]) -> FloatArray:
    """Points of units x children as floats; NaN is a blank.

    Raises ValueError for another shape, for no unit at all and for an infinite value, naming its child.
    """
    distinct(codes)
    numbers = np.asarray(points, dtype=float)
    if numbers.ndim != 2 or numbers.shape[1] != len(codes) or not len(numbers):
        raise ValueError(
            f"the points have the shape {numbers.shape}; units x {len(codes)} children with at least "
            "one unit are asked for"
        )
    refuse_in_columns(np.isinf(numbers), codes, "has an infinite value; leave it blank where there is none")
    return numbers


def not_negative(points: FloatArray, codes: Sequence[str]) -> None:
    """Raises ValueError where a child has points below 0."""
    refuse_in_columns(points < 0, codes, "has points below 0, for which this method is not defined")


def refuse_in_columns(wrong: BoolArray, codes: Sequence[str], why: str) -> None:
    """Raises ValueError that names the first child with a wrong value, and how many it has."""
    columns = np.flatnonzero(wrong.any(axis=0))
    if columns.size:
        first = int(columns[0])
        raise ValueError(f"{codes[first]} {why} (units concerned: {int(wrong[:, first].sum())})")


def constant(points: FloatArray) -> BoolArray:
    """Whether a child says nothing about the units: it has one value throughout, or fewer than two values."""
    blank = np.isnan(points)
    low = np.where(blank, np.inf, points).min(axis=0)
    high = np.where(blank, -np.inf, points).max(axis=0)
    return np.asarray(high <= low)


def to_one(amounts: FloatArray) -> FloatArray:
    """Amounts >= 0 as shares of their sum; equal shares where every amount is 0."""
    largest = float(amounts.max())
    if largest == 0:
        return np.full(len(amounts), 1 / len(amounts))
    # By the largest first, so that a sum of huge or of tiny amounts stays a number.
    part = amounts / largest
    result: FloatArray = part / part.sum()
    return result
