"""From what size on is something said about a panel? The numbers of indicators/judging.toml, given by the caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

# From which value on which word holds, rising; below the first it is "poor".
Steps = tuple[tuple[float, str], ...]
LOWEST = "poor"
# A figure that cannot be told.
UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers by which marks are judged.

    `readings` has steps for "alpha", "icc" and "w". A juror with fewer than `least_cities` cities is not
    corrected, nor anybody with fewer than `least_freedom` marks to spare. A city is flagged where chance
    alone disagrees as much in `by_chance` of all cases, a mark `outlying` times the noise off. Limits are
    from `resamples` draws with `seed` and hold `within` of them.
    """

    readings: Mapping[str, Steps]
    least_cities: int
    least_freedom: int
    by_chance: float
    outlying: float
    resamples: int
    within: float
    seed: int


def reading(value: float, steps: Steps) -> str:
    """The code of the highest step that a value reaches; "poor" below all, "untold" for NaN."""
    if np.isnan(value):
        return UNTOLD
    reached = [code for least, code in steps if value >= least]
    return reached[-1] if reached else LOWEST
