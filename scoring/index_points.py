"""How many points are the figures of an index worth? Each measurement by its own normalisation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.model import FloatArray, Framework, Measurement, Parameter, Rules
from scoring.normalisations import NORMALISATIONS, normalise, points_range, settled


def parameters_of(facts: Measurement, rules: Rules) -> dict[str, Parameter]:
    """All that a measurement's normalisation is told: its own parameters, and what stands elsewhere.

    Goalposts and the cut have columns of their own; full points and the best value's points are those of the
    framework, and a ladder's step too, where the measurement does not say otherwise.
    """
    known = {parameter.name for parameter in NORMALISATIONS[facts.scale].parameters}
    usual: dict[str, Parameter | None] = {
        "lower": facts.lower,
        "upper": facts.upper,
        "cut": facts.cut,
        "full": rules.points_maximum,
        "high": rules.points_maximum,
        "step": rules.ladder_step or None,
    }
    found = {name: value for name, value in usual.items() if value is not None and name in known}
    return {**found, **facts.parameters}


def check(code: str, facts: Measurement, rules: Rules) -> None:
    """Raises ValueError, naming the code, where a measurement's normalisation lacks or cannot take something."""
    if facts.scale not in NORMALISATIONS:
        raise ValueError(
            f"{code}: scale {facts.scale!r} is not known; use one of {', '.join(NORMALISATIONS)}"
        )
    takes = {parameter.name for parameter in NORMALISATIONS[facts.scale].parameters}
    if facts.cut is not None and "cut" not in takes:
        raise ValueError(f"{code}: scale {facts.scale!r} has no cut; leave it empty")
    settled(facts.scale, parameters_of(facts, rules), code=code)


def points_of(
    framework: Framework, codes: Sequence[str], values: FloatArray, units: Sequence[str]
) -> FloatArray:
    """Points of every unit on every measurement, units x codes; NaN stays NaN.

    All units are one sample. Raises ValueError as `scoring.normalisations.normalise` does.
    """
    points = np.full(values.shape, np.nan)
    for column, code in enumerate(codes):
        facts = _measurement(framework, code)
        points[:, column] = normalise(
            facts.scale,
            values[:, column],
            facts.direction,
            parameters_of(facts, framework.rules),
            code=code,
            units=units,
        )
    return points


def lowest_and_highest(
    framework: Framework, codes: Sequence[str], points: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The points that a blank could turn out to be, at worst and at best; one a code.

    A relative measurement that nobody answered could be anything from 0 to full points.
    """
    ends = np.empty((len(codes), 2))
    for column, code in enumerate(codes):
        facts = _measurement(framework, code)
        given = parameters_of(facts, framework.rules)
        ends[column] = points_range(facts.scale, given, points[:, column], code=code)
    ends = np.where(np.isnan(ends), (0.0, framework.rules.points_maximum), ends)
    return ends[:, 0], ends[:, 1]


def _measurement(framework: Framework, code: str) -> Measurement:
    facts = framework.by_code[code].measurement
    assert facts is not None  # codes of measurements are asked for
    return facts
