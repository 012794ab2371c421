"""Are a method's parameters what they must be? Checked once, before any value is looked at."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.method import Parameter, Settings
from scoring.normalisations.registry import NORMALISATIONS

# How a table's cell says true or false.
FLAGS: Mapping[str, bool] = {"yes": True, "no": False, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a parameter of a kind may be; `convert` gives None for anything else."""

    convert: Callable[[object], object]
    allowed: str


def _number(given: object) -> float | None:
    if isinstance(given, bool | np.bool_) or not isinstance(given, Real):
        return None
    try:
        number = float(given)
    except OverflowError:  # a whole number may have any length
        return None
    return number if math.isfinite(number) else None


def _positive(given: object) -> float | None:
    number = _number(given)
    return number if number is not None and number > 0 else None


def _flag(given: object) -> bool | None:
    if isinstance(given, str):
        return FLAGS.get(given)
    return bool(given) if isinstance(given, bool | np.bool_) else None


def _text(given: object) -> str | None:
    return given if isinstance(given, str) and given else None


def _numbers(given: object) -> FloatArray | None:
    if _number(given) is not None:  # a list of one, as a cell of a table gives it
        given = (given,)
    if isinstance(given, str) or not isinstance(given, Sequence | np.ndarray) or not len(given):
        return None
    numbers = [_number(one) for one in given]
    return None if None in numbers else np.array(numbers, dtype=float)


KINDS: Mapping[str, Kind] = {
    "number": Kind(_number, "a finite number"),
    "positive": Kind(_positive, "a finite number above 0"),
    "flag": Kind(_flag, "true or false (yes or no)"),
    "choice": Kind(_text, "one of the choices"),
    "numbers": Kind(_numbers, "one or more finite numbers"),
    "unit": Kind(_text, "the name of a unit"),
}


def settled(
    name: str, parameters: Mapping[str, Any], *, code: str, units: Sequence[str] | None = None
) -> Settings:
    """The complete settings of a method, with defaults; a unit becomes its position among `units`.

    Without `units` (a framework is read before any unit is known) a unit's name stays text.
    Raises ValueError naming code, method and parameter for an unknown method, an unknown, missing or
    wrong parameter, parameters that do not go together, and a unit that is not among the units.
    """
    where = f"{code}: normalisation {name!r}"
    if name not in NORMALISATIONS:
        raise ValueError(f"{where} is not known; use one of {', '.join(NORMALISATIONS)}")
    method = NORMALISATIONS[name]
    known = [parameter.name for parameter in method.parameters]
    for given in parameters:
        if given not in known:
            raise ValueError(f"{where} has no parameter {given!r}; it has {', '.join(known) or 'none'}")
    settings: dict[str, Any] = {}
    for parameter in method.parameters:
        if parameter.name in parameters:
            settings[parameter.name] = _converted(parameter, parameters[parameter.name], where, units)
        elif parameter.required:
            kind = KINDS[parameter.kind].allowed
            raise ValueError(
                f"{where} lacks the parameter {parameter.name!r} ({parameter.meaning}): give {kind}"
            )
        else:
            settings[parameter.name] = parameter.default
    fault = method.settings_fault(settings)
    if fault:
        raise ValueError(f"{where}: {fault}")
    return settings


def _converted(parameter: Parameter, given: object, where: str, units: Sequence[str] | None) -> object:
    kind = KINDS[parameter.kind]
    converted = kind.convert(given)
    if converted is None or (parameter.kind == "choice" and converted not in parameter.choices):
        allowed = f"one of {', '.join(parameter.choices)}" if parameter.choices else kind.allowed
        raise ValueError(f"{where}: parameter {parameter.name!r} is {given!r}; it must be {allowed}")
    if parameter.kind == "unit" and units is not None:
        if converted not in units:
            raise ValueError(
                f"{where}: parameter {parameter.name!r} is {given!r}, which is none of the units; "
                f"name a unit as it stands in the data"
            )
        return list(units).index(str(converted))
    return converted
