"""Share of a reference unit: what part of that unit's value does a unit reach?

points = full x value / reference, cut at full points unless `cut` is false; with "less is better" the
ratio is turned round: full x reference / value. The reference itself earns full points.

Missing stays missing; ties get equal points; equal values all get full points. Refused: a negative value,
a reference without a value or of 0, and with "less is better" and no cut any other 0, whose points would
be without end (cut, it earns full points). Relative.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5 (distance to a reference).
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.direction import by_ratio
from scoring.normalisations.distance_to_reference import REFERENCE, no_reference
from scoring.normalisations.method import CUT, FULL, Fault, Normalisation, Settings
from scoring.normalisations.share_of_maximum import negative


def share_of_reference(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by the ratio to the reference unit's value."""
    full = settings["full"]
    points: FloatArray = full * (values / values[settings["reference"]])
    return np.minimum(points, full) if settings["cut"] else points


def no_ratio(values: FloatArray, direction: int, settings: Settings) -> Fault | None:
    """The reference must be above 0, and whatever else is divided by."""
    place = settings["reference"]
    if values[place] == 0:
        return Fault("is the reference, and a share of 0 is none; name another unit or method", place)
    zeros = np.flatnonzero(values == 0)
    if direction < 0 and not settings["cut"] and zeros.size:
        return Fault("is divided by, where less is better; use cut = true or another method", int(zeros[0]))
    return no_reference(values, direction, settings) or negative(values)


METHOD = Normalisation(
    kernel=share_of_reference,
    turn=by_ratio,
    parameters=(REFERENCE, CUT, FULL),
    relative=True,
    values_fault=no_ratio,
)
