"""Yes or no: is it there?

points = full for 1 (yes) and 0 for 0 (no); with "less is better" the other way round.

Missing stays missing and is no "no"; ties get equal points; equal values are nothing special; any value
but 0 and 1 is refused. No other unit matters.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5 (categorical scales).
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.normalisations.direction import by_points
from scoring.normalisations.method import FULL, Fault, Normalisation, Settings, to_full


def yes_no(values: FloatArray, settings: Settings) -> FloatArray:
    """Full points for a yes."""
    points: FloatArray = values * settings["full"]
    return points


def neither(values: FloatArray, direction: int, settings: Settings) -> Fault | None:
    """The first value that is neither 0 nor 1."""
    stray = np.flatnonzero(~(np.isnan(values) | (values == 0) | (values == 1)))
    if not stray.size:
        return None
    return Fault("is neither 0 (no) nor 1 (yes); correct it or leave it missing", int(stray[0]))


METHOD = Normalisation(
    kernel=yes_no, turn=by_points, parameters=(FULL,), relative=False, range=to_full, values_fault=neither
)
