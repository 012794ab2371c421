"""Distance to a reference unit: how far has a unit come on the way from the worst to that unit?

points = full x (value - min) / (reference - min), cut at full points unless `cut` is false; with "less
is better" the way begins at the maximum. The reference itself earns full points.

Missing stays missing; ties get equal points; zero and negative values are values like any other. Refused
where the reference has no value or the worst one (also if all values are equal): there is no way to
measure. Relative.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5 (distance to a reference);
in this form W. Becker and others, COINr, Journal of Open Source Software 7, 2022. The handbook's plain
ratio of value and reference is `share_of_reference`.
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.direction import by_values
from scoring.normalisations.distance_to_target import way_to
from scoring.normalisations.method import CUT, FULL, Fault, Normalisation, Parameter, Settings
from scoring.normalisations.sample import ends


def distance_to_reference(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by the share of the way to the reference unit's value."""
    return way_to(values, float(values[settings["reference"]]), settings)


def no_reference(values: FloatArray, direction: int, settings: Settings) -> Fault | None:
    """The reference must have a value."""
    place = settings["reference"]
    if np.isnan(values[place]):
        return Fault("is the reference and has no value; name another unit", place)
    return None


def reference_is_worst(values: FloatArray, direction: int, settings: Settings) -> Fault | None:
    """The reference must have a value that is not the worst."""
    place = settings["reference"]
    if direction * values[place] == ends(direction * values)[0]:
        reason = "is the reference and has the worst value of all, so that there is no way to measure; "
        return Fault(f"{reason}name another unit or another method", place)
    return no_reference(values, direction, settings)


REFERENCE = Parameter("reference", "unit", None, True, "the unit that earns full points")
METHOD = Normalisation(
    kernel=distance_to_reference,
    turn=by_values(),
    parameters=(REFERENCE, CUT, FULL),
    relative=True,
    values_fault=reference_is_worst,
)
