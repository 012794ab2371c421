"""How many points is each unit's value worth, by a named method? The checks around the bare kernels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.parameters import settled
from scoring.normalisations.registry import NORMALISATIONS
from scoring.normalisations.sample import ends


def normalise(
    name: str,
    values: FloatArray,
    direction: int,
    parameters: Mapping[str, Any],
    *,
    code: str,
    units: Sequence[str],
) -> FloatArray:
    """Points of one measurement for all units, by one of NORMALISATIONS; NaN (no answer) stays NaN.

    `values` is (units,) in the measurement's own unit, `direction` 1 (more is better) or -1 (less is);
    the result is (units,), more points always being better. Raises ValueError naming the code, the
    method and the culprit for wrong parameters (see `settled`), another direction, another number of
    values than units, an infinite value, and a value or a reference that the method cannot use.
    """
    where = f"{code}: normalisation {name!r}"
    settings = settled(name, parameters, code=code, units=units)
    if direction not in (1, -1):
        raise ValueError(
            f"{where}: direction {direction!r} must be 1 (more is better) or -1 (less is better)"
        )
    values = np.asarray(values, dtype=float)
    if values.shape != (len(units),):
        raise ValueError(
            f"{where}: values have the shape {values.shape}; {len(units)} units ask for one each"
        )
    infinite = np.flatnonzero(np.isinf(values))
    if infinite.size:
        raise ValueError(
            f"{where}: unit {units[infinite[0]]!r} is infinite; leave it NaN where there is no number"
        )
    method = NORMALISATIONS[name]
    fault = method.values_fault(values, direction, settings)
    if fault is not None:
        culprit = "" if fault.unit is None else f"unit {units[fault.unit]!r} ({values[fault.unit]:g}) "
        raise ValueError(f"{where}: {culprit}{fault.reason}")
    kernel = method.kernel if direction == 1 else method.turn(method.kernel)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        points = kernel(values, settings) + 0.0  # no minus zeros
    lost = np.flatnonzero(~np.isfinite(points) & ~np.isnan(values))
    if lost.size:
        culprit = f"unit {units[lost[0]]!r} ({values[lost[0]]:g})"
        raise ValueError(f"{where}: {culprit} is too large or too near to the others for this method")
    return points


def points_range(
    name: str, parameters: Mapping[str, Any], points: FloatArray, *, code: str = "points range"
) -> tuple[float, float]:
    """The worst and the best points that a blank could turn out to be, for a bracket.

    Fixed by the parameters where a value's points depend on it alone (and as far beyond as points of the
    sample lie, where nothing is cut); for relative methods the lowest and the highest points of the
    sample, NaN if it has none. `points` are those of `normalise`. Raises ValueError as `settled` does.
    """
    settings = settled(name, parameters, code=code)
    low, high = ends(np.asarray(points, dtype=float))
    fixed = NORMALISATIONS[name].range
    if fixed is None:
        return low, high
    worst, best = fixed(settings)
    return float(np.fmin(low, worst)), float(np.fmax(high, best))
