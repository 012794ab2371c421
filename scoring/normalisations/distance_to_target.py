"""Distance to a target: how far has a value come on the way from the sample's worst to the target?

points = full x (value - min) / (target - min), cut at full points unless `cut` is false; with "less is
better" the way begins at the maximum.

Missing stays missing; ties get equal points; if all values are equal and short of the target all get 0.
If even the worst has reached the target, all get full points if cut; uncut there is no way left to
measure, and the values are refused. Zero and negative values are values like any other. Relative:
the worst of the sample is the start. Goalposts (`linear`) do the same with a start that stays.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5 (distance to a reference);
in this form W. Becker and others, COINr, Journal of Open Source Software 7, 2022.
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.direction import by_values
from scoring.normalisations.method import CUT, FULL, Fault, Normalisation, Parameter, Settings
from scoring.normalisations.sample import ends, everywhere


def way_to(values: FloatArray, goal: float, settings: Settings) -> FloatArray:
    """Points by the share of the way from the sample's lowest value to the goal."""
    full = settings["full"]
    lowest, _ = ends(values)
    if lowest >= goal:
        return everywhere(values, full)
    points: FloatArray = full * ((values - lowest) / (goal - lowest))
    return np.minimum(points, full) if settings["cut"] else points


def distance_to_target(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by the share of the way to the target."""
    return way_to(values, settings["target"], settings)


def no_way_left(values: FloatArray, direction: int, settings: Settings) -> Fault | None:
    """Uncut, the target must be better than the worst value of the sample."""
    worst = ends(direction * values)[0]
    if settings["cut"] or not worst >= direction * settings["target"]:
        return None
    reason = (
        f"is the worst of all and has reached the target {settings['target']:g}, so that there is no way to "
        f"measure; use cut = true, another target, or linear with fixed goalposts"
    )
    return Fault(reason, int(np.nanargmin(direction * values)))


METHOD = Normalisation(
    kernel=distance_to_target,
    turn=by_values("target"),
    parameters=(
        Parameter("target", "number", None, True, "the value worth full points, in the measurement's unit"),
        CUT,
        FULL,
    ),
    relative=True,
    values_fault=no_way_left,
)
