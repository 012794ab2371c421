"""How is "less is better" made from "more is better"? The one place where a direction is applied.

Every kernel is written for "more is better". Each method names one of these turns, because no single
one is right for all: minus the values would make a share of the maximum negative and reverse it.

| turn | what is turned | methods |
| --- | --- | --- |
| by_goalposts | the goalposts change places | linear, log |
| by_values | all in their unit changes sign | minmax, zscore, percentile, rank, borda, distance_to_*, bands |
| by_points | points count from full points downwards | ladder, yes_no |
| by_ratio | each value is replaced by one over it: x / max becomes min / x | share_of_maximum, share_of_reference |
| by_list | a list from worst to best is read from best to worst | categories |
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.method import Kernel, Settings, Turn


def by_goalposts(kernel: Kernel) -> Kernel:
    """The lower goalpost earns full points and the upper one none."""

    def turned(values: FloatArray, settings: Settings) -> FloatArray:
        return kernel(values, {**settings, "lower": settings["upper"], "upper": settings["lower"]})

    return turned


def by_values(*in_their_unit: str) -> Turn:
    """Values and the named settings change sign; a list is turned as well, so that it still rises."""

    def turn(kernel: Kernel) -> Kernel:
        def turned(values: FloatArray, settings: Settings) -> FloatArray:
            mirrored = {name: _negative(settings[name]) for name in in_their_unit}
            return kernel(-values, {**settings, **mirrored})

        return turned

    return turn


def by_points(kernel: Kernel) -> Kernel:
    """What earned nothing earns full points; for methods that run from 0 to `full`."""

    def turned(values: FloatArray, settings: Settings) -> FloatArray:
        points: FloatArray = settings["full"] - kernel(values, settings)
        return points

    return turned


def by_ratio(kernel: Kernel) -> Kernel:
    """Half as much counts twice; a value of 0 counts infinitely much."""

    def turned(values: FloatArray, settings: Settings) -> FloatArray:
        with np.errstate(divide="ignore"):
            # Adding 0 makes a minus zero a plain one, which would count infinitely little.
            inverse: FloatArray = 1.0 / (values + 0.0)
        return kernel(inverse, settings)

    return turned


def by_list(name: str) -> Turn:
    """The setting's list is read from its end."""

    def turn(kernel: Kernel) -> Kernel:
        def turned(values: FloatArray, settings: Settings) -> FloatArray:
            return kernel(values, {**settings, name: settings[name][::-1]})

        return turned

    return turn


def _negative(setting: float | FloatArray) -> float | FloatArray:
    return -setting[::-1] if isinstance(setting, np.ndarray) else -setting
