"""How far can one measurement realistically be moved, and to which values? Steps on its own scale.

A step leads towards the goalpost that earns full points and never past it; a ladder moves by whole levels.
How large a step is and how many are realistic is given: judging numbers live in the framework's folder.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from scoring.model import Framework, Measurement, Scores
from scoring.normalise import SCALES
from scoring.plan import goalposts

# Values are told to people: binary dust of repeated addition is not.
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Way:
    """The realistic moves of one measurement: the value after each step, and each step's effort above 0.

    `expected` marks an open answer that is filled with what may be expected, not improved.
    """

    code: str
    values: tuple[float, ...]
    efforts: tuple[int, ...]
    expected: bool = False


def points_of(framework: Framework, code: str, value: float) -> float:
    """What a value of a measurement is worth, 0 to full points; ValueError for a scale without goalposts."""
    facts = _facts(framework, code)
    if facts.scale not in SCALES:
        raise ValueError(f"{code}: scale {facts.scale!r} is not known; use one of {', '.join(SCALES)}")
    way = float(SCALES[facts.scale](np.array([[value]]), goalposts(framework, [facts]))[0, 0])
    return min(max(way, 0.0), framework.rules.points_maximum)


def value_worth(framework: Framework, code: str, points: float) -> float:
    """The value of a measurement that earns `points`: `points_of` turned round.

    On the ladder the highest whole level that earns no more than `points`.
    """
    facts = _facts(framework, code)
    if facts.scale == "ladder":
        return float(math.floor(points / framework.rules.ladder_step + 10**-_DIGITS))
    return _at(facts, points / framework.rules.points_maximum)


def steps(framework: Framework, code: str, value: float, size: float, most: int) -> tuple[float, ...]:
    """The values after 1, 2, ... steps from `value`, at most `most` and none past full points.

    `size` is in levels on the ladder, elsewhere a share of the goalposts' distance (on the logarithmic scale of
    their logarithms' distance). A value beyond the goalpost worth nothing starts at that goalpost.
    Raises ValueError for a size that is not above 0, and on the ladder for one that is not whole.
    """
    facts = _facts(framework, code)
    if not size > 0 or (facts.scale == "ladder" and not float(size).is_integer()):
        raise ValueError(
            f"{code}: a step of {size:g} is none; it must be above 0, on the ladder whole levels"
        )
    if facts.scale == "ladder":
        top = framework.rules.ladder_levels
        return tuple(value + k * size for k in range(1, most + 1) if value + k * size <= top)
    full = framework.rules.points_maximum
    start = points_of(framework, code, value) / full
    found: list[float] = []
    for k in range(1, most + 1):
        if start + (k - 1) * size >= 1.0 - 10**-_DIGITS:
            break
        found.append(_at(facts, min(start + k * size, 1.0)))
    return tuple(found)


def expected_value(framework: Framework, scores: Scores, unit: str, code: str, level: str) -> float | None:
    """What an open answer may be expected to say: the value worth the unit's own reported mean around it.

    The mean is that of the measurement's ancestor of `level`, or of the whole where nothing is answered there;
    None where nothing is answered at all.
    """
    i = scores.units.index(unit)
    ancestor = code
    while ancestor and framework.by_code[ancestor].level != level:
        ancestor = framework.by_code[ancestor].parent
    for node in (ancestor, framework.root):
        mean = float(scores.reported[i, scores.column(node)]) if node in scores.nodes else math.nan
        if not math.isnan(mean):
            return value_worth(framework, code, mean)
    return None


def _at(facts: Measurement, share: float) -> float:
    """The value at a share (0-1) of the way from the goalpost worth nothing to the one worth full points."""
    assert facts.lower is not None
    assert facts.upper is not None
    ends = (facts.lower, facts.upper) if facts.direction > 0 else (facts.upper, facts.lower)
    if facts.scale == "log":
        value = math.exp(math.log(ends[0]) + share * (math.log(ends[1]) - math.log(ends[0])))
    else:
        value = ends[0] + share * (ends[1] - ends[0])
    # A goalpost may lie outside what is possible; no answer may.
    return round(min(max(value, facts.plausible_low), facts.plausible_high), _DIGITS)


def _facts(framework: Framework, code: str) -> Measurement:
    node = framework.by_code.get(code)
    if node is None or node.measurement is None or node.measurement.lower is None:
        raise ValueError(f"{code!r} is no scored measurement of {framework.id}")
    return node.measurement
