"""Can a lopsided sample be made even by a logarithm or a power? Rising curves, so that order stays.

The long tail is made to point upwards (t = 1, or -1 for a long lower tail) and begins just above 0:
base = t x value - min(t x value) + shift, with shift a share of the sample's range;
result = t x (base^p - 1) / p, and t x ln(base) for p = 0.

log:     p = 0
box_cox: the p from -5 to 5 under which the result is most like a normal sample, by likelihood

Source: G. E. P. Box and D. R. Cox, An analysis of transformations, Journal of the Royal Statistical
Society B 26, 1964; logarithm of the shifted value as in OECD/JRC, Handbook on Constructing Composite
Indicators, 2008, step 5, and the COIN Tool User's Guide (JRC, 2019).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from scoring.model import FloatArray

LARGEST_POWER = 5.0
_GOLDEN = (math.sqrt(5) - 1) / 2
_STEPS = 50  # each leaves 62 % of the interval: 10 becomes less than 1e-9


@dataclass(frozen=True, slots=True)
class Curve:
    """A transform as it was fitted to a sample; `start` is the lowest of tail x value."""

    kind: str
    tail: int  # 1 for a long upper tail, -1 for a long lower one
    start: float
    shift: float
    power: float

    def __call__(self, values: FloatArray) -> FloatArray:
        """The values, or anything in their unit such as goalposts, on the curve; NaN where it has no height."""
        base = self.tail * values - self.start + self.shift
        heights = raised(np.where(base > 0, base, np.nan), self.power)
        return self.tail * heights


def raised(base: FloatArray, power: float) -> FloatArray:
    """(base^p - 1) / p, which comes near to the logarithm as p comes near to 0."""
    logs = np.log(base)
    heights: FloatArray = np.expm1(power * logs) / power if power else logs
    return heights


def likelihood(base: FloatArray, power: float) -> float:
    """How like a normal sample the raised values are: the profile log-likelihood of Box and Cox."""
    logs = np.log(base)
    # exp(c) is taken out of every height: a power of 5 would square to too large a number otherwise.
    top = power * float(logs.max() if power > 0 else logs.min())
    scaled = np.expm1(power * logs - top) / power if power else logs
    spread = math.log(float(np.var(scaled))) + (2 * top if power else 0.0)
    return float((power - 1) * logs.sum() - logs.size / 2 * spread)


def best_power(base: FloatArray) -> float:
    """The power of the greatest likelihood, by golden section between -LARGEST_POWER and LARGEST_POWER."""
    low, high = -LARGEST_POWER, LARGEST_POWER
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = likelihood(base, left), likelihood(base, right)
    for _ in range(_STEPS):
        if at_left < at_right:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = likelihood(base, right)
        else:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = likelihood(base, left)
    return (low + high) / 2


TRANSFORMS: Mapping[str, Callable[[FloatArray], float]] = {
    "log": lambda base: 0.0,
    "box_cox": best_power,
}


def fitted(kind: str, values: FloatArray, tail: int, shift_share: float) -> Curve:
    """The curve of a kind of TRANSFORMS for a sample of at least two different values; NaN is no value."""
    upwards = np.sort(tail * values[~np.isnan(values)])
    shift = shift_share * float(upwards[-1] - upwards[0])
    start = float(upwards[0])
    return Curve(kind, tail, start, shift, TRANSFORMS[kind](upwards - start + shift))
