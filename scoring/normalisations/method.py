"""What a way of normalising is: a kernel for "more is better", its turn, its parameters and its ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.model import FloatArray

# Parameters after checking: every name is there, lists are arrays, a unit is its position among the units.
Settings = Mapping[str, Any]
Kernel = Callable[[FloatArray, Settings], FloatArray]
# Makes the kernel for "less is better" from the one for "more is better" (direction.py).
Turn = Callable[[Kernel], Kernel]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a framework may say about a method; `kind` is an id of parameters.KINDS."""

    name: str
    kind: str
    default: float | bool | str | None
    required: bool
    meaning: str
    choices: tuple[str, ...] = ()  # of the kind "choice"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a method cannot be used on these values, and the position of the unit to blame, if one is."""

    reason: str
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Normalisation:
    """A method: values (units,) to points (units,), NaN staying NaN, without any checks of its own.

    `relative` says that a unit's points depend on the other units. `range` gives from the settings the
    points of the worst and the best answer; None where only the sample tells. `settings_fault` says
    what is wrong among several parameters ("" if nothing), `values_fault` what the kernel could not
    divide by or recognise (the values as given, the direction, the settings).
    """

    kernel: Kernel
    turn: Turn
    parameters: tuple[Parameter, ...]
    relative: bool
    range: Callable[[Settings], tuple[float, float]] | None = None
    settings_fault: Callable[[Settings], str] = lambda settings: ""
    values_fault: Callable[[FloatArray, int, Settings], Fault | None] = lambda values, way, settings: None


FULL = Parameter("full", "positive", 100.0, False, "full points")
CUT = Parameter("cut", "flag", True, False, "whether points beyond the ends are cut to the ends")


def to_full(settings: Settings) -> tuple[float, float]:
    """The ends of a method that gives from nothing to full points."""
    return 0.0, float(settings["full"])


def rising(lower: str, upper: str) -> Callable[[Settings], str]:
    """A check that one parameter is below another."""

    def fault(settings: Settings) -> str:
        low, high = settings[lower], settings[upper]
        return "" if low < high else f"{lower} ({low:g}) must be below {upper} ({high:g})"

    return fault
