"""How are children joined into their parent? One file a rule, all of them in the table AGGREGATIONS.

A rule is either a mean of heights (`Mean`: heights made from points, averaged, and turned back), which is
worked out for all families at once, or works on one family at a time (`Family`). Both take points of any
scale; the floor stands in for whatever a rule cannot take (a zero under a logarithm).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scoring.aggregations.arithmetic import ARITHMETIC
from scoring.aggregations.geometric import GEOMETRIC
from scoring.aggregations.harmonic import HARMONIC
from scoring.aggregations.mazziotta_pareto import MAZZIOTTA_PARETO
from scoring.aggregations.median import MEDIAN
from scoring.aggregations.minimum import MINIMUM
from scoring.aggregations.power import power_mean
from scoring.aggregations.rule import Family, Mean, Rule

__all__ = ["AGGREGATIONS", "ARITHMETIC", "Family", "Mean", "Rule", "rule"]

# Name -> the rule for a level's exponent, which only the power mean asks for.
AGGREGATIONS: Mapping[str, Callable[[float], Rule]] = {
    "arithmetic": lambda power: ARITHMETIC,
    "geometric": lambda power: GEOMETRIC,
    "harmonic": lambda power: HARMONIC,
    "power": power_mean,
    "median": lambda power: MEDIAN,
    "minimum": lambda power: MINIMUM,
    "mazziotta_pareto": lambda power: MAZZIOTTA_PARETO,
}


def rule(name: str, power: float = 1.0) -> Rule:
    """The rule of that name; ValueError for a name that is not in AGGREGATIONS."""
    if name not in AGGREGATIONS:
        raise ValueError(f"aggregation {name!r} is not known; use one of {', '.join(AGGREGATIONS)}")
    return AGGREGATIONS[name](power)
