"""Logarithmic goalposts: how far is a value on the way, if each doubling is an equal step?

points = full x (ln value - ln lower) / (ln upper - ln lower), cut to 0..full unless `cut` is false.

Missing stays missing; ties get equal points; a sample of equal values is nothing special. Zero and
negative values lie infinitely far below: the lower goalpost's points if cut, refused if not.
Source: the income index of the Human Development Index (UNDP, Human Development Report, Technical notes).
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.direction import by_goalposts
from scoring.normalisations.linear import GOALPOSTS, linear
from scoring.normalisations.method import CUT, FULL, Fault, Normalisation, Settings, rising, to_full


def log(values: FloatArray, settings: Settings) -> FloatArray:
    """Points by the share of the way between the goalposts' logarithms."""
    with np.errstate(divide="ignore"):
        heights = np.log(np.maximum(values, 0.0))
    ends = {"lower": np.log(settings["lower"]), "upper": np.log(settings["upper"])}
    return linear(heights, {**settings, **ends})


def above_zero(settings: Settings) -> str:
    """A logarithm needs both goalposts above 0, and they must rise."""
    lower = settings["lower"]
    if lower <= 0:
        return f"lower ({lower:g}) must be above 0 on a logarithmic scale"
    return rising("lower", "upper")(settings)


def endless(values: FloatArray, direction: int, settings: Settings) -> Fault | None:
    """The first value without a logarithm, where nothing cuts it."""
    culprits = np.flatnonzero(values <= 0)
    if settings["cut"] or not culprits.size:
        return None
    return Fault("has no logarithm; use cut = true or leave it missing", int(culprits[0]))


METHOD = Normalisation(
    kernel=log,
    turn=by_goalposts,
    parameters=(*GOALPOSTS, CUT, FULL),
    relative=False,
    range=to_full,
    settings_fault=above_zero,
    values_fault=endless,
)
