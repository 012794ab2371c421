"""Do a few extreme values rule a measurement? The shape of each one, and every value far from the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.audit.notes import FEW_UNITS, NO_SPREAD
from scoring.model import BoolArray, FloatArray
from scoring.moments import kurtosis, skewness
from scoring.treat import JRC_RULE
from scoring.weightings.checks import points_of

# Beyond the quartiles by this many of their ranges a value counts as far (J. W. Tukey, Exploratory Data
# Analysis, 1977: 1.5 outside, 3 far out).
REACH = 1.5
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Shape:
    """One measurement's sample; NaN where too few values are there. `outlying`: skewness and kurtosis are too large."""

    code: str
    units: int
    mean: float
    smallest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    largest: float
    skewness: float
    kurtosis: float  # the excess over a normal sample
    outlying: bool
    note: str


@dataclass(frozen=True, slots=True)
class FarValue:
    """One value beyond the quartiles; `distance` from the nearer one in their range, below 0 for low values."""

    unit: str
    code: str
    value: float
    distance: float


@dataclass(frozen=True, eq=False)
class Outliers:
    """The shape of every measurement and all values that lie far out, the farthest first within a measurement."""

    shapes: tuple[Shape, ...]
    far: tuple[FarValue, ...]


def outliers(
    units: Sequence[str],
    codes: Sequence[str],
    values: FloatArray,
    skew: float = JRC_RULE.skewness,
    kurt: float = JRC_RULE.kurtosis,
    reach: float = REACH,
) -> Outliers:
    """Outliers of each measurement, units x codes in its own unit, NaN for a blank.

    A measurement is outlying if |skewness| > `skew` and kurtosis > `kurt` (the JRC's 2 and 3.5). A value is
    far if it lies below Q1 - reach (Q3 - Q1) or above Q3 + reach (Q3 - Q1), quartiles by linear
    interpolation; where both quartiles are one value no distance is given.
    Raises ValueError for another number of units, and as `points_of` does.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 3; COIN Tool User's
    Guide (JRC, 2019); J. W. Tukey, Exploratory Data Analysis (1977).
    """
    numbers = points_of(values, codes)
    if len(numbers) != len(units):
        raise ValueError(f"the values have {len(numbers)} rows, but there are {len(units)} units")
    shapes = tuple(_shape(code, numbers[:, j], skew, kurt) for j, code in enumerate(codes))
    far = [value for j, shape in enumerate(shapes) for value in _far(units, shape, numbers[:, j], reach)]
    return Outliers(shapes, tuple(far))


def _shape(code: str, column: FloatArray, skew: float, kurt: float) -> Shape:
    known = column[~np.isnan(column)]
    nan = float("nan")
    if not known.size:
        return Shape(code, 0, nan, nan, nan, nan, nan, nan, nan, nan, False, FEW_UNITS)
    smallest, low, middle, high, largest = (float(q) for q in np.quantile(known, [0, 0.25, 0.5, 0.75, 1]))
    lopsided, heavy = skewness(known), kurtosis(known)
    return Shape(
        code=code,
        units=known.size,
        mean=float(known.mean()),
        smallest=smallest,
        lower_quartile=low,
        median=middle,
        upper_quartile=high,
        largest=largest,
        skewness=lopsided,
        kurtosis=heavy,
        outlying=abs(lopsided) > skew and heavy > kurt,
        note=FEW_UNITS if known.size < FEWEST else NO_SPREAD if low == high else "",
    )


def _far(units: Sequence[str], shape: Shape, column: FloatArray, reach: float) -> list[FarValue]:
    spread = shape.upper_quartile - shape.lower_quartile
    if not spread > 0:
        return []
    above, below = (column - shape.upper_quartile) / spread, (column - shape.lower_quartile) / spread
    distance = np.nan_to_num(np.where(above > 0, above, np.minimum(below, 0.0)))
    beyond: BoolArray = np.abs(distance) > reach
    order = sorted(np.flatnonzero(beyond).tolist(), key=lambda i: -abs(float(distance[i])))
    return [FarValue(units[i], shape.code, float(column[i]), float(distance[i])) for i in order]
