"""How far do two jurors, or two panels, give a city the same? The six intraclass correlations.

    (1,1) between / (between + within)             a city's jurors are others than the next city's
    (2,1) city / (city + juror + rest)             jurors are drawn from many; their level counts
    (3,1) city / (city + rest)                     these very jurors; their level does not count
    (x,k) the same with within, or juror and rest, divided by k: of the mean of k marks

k is the number of marks a city has, with gaps the harmonic mean. Without gaps these are exactly those of the
source. Source: P. E. Shrout and J. L. Fleiss, Intraclass correlations: uses in assessing rater reliability,
Psychological Bulletin 86 (1979); names ICC(model, k).
"""

from __future__ import annotations

import numpy as np

from scoring.marks.parts import parts
from scoring.model import FloatArray

# Below this share of its parts a sum is 0.
CANCELLED = 1e-9
FORMS = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")


def intraclass(table: FloatArray, times: FloatArray | None = None) -> FloatArray:
    """The six forms of one table of marks (cities x jurors, NaN for none), draws x forms in the order of `FORMS`.

    NaN where a form cannot be told: fewer than two cities, no mark beyond one a city, or no variance at all.
    `times` as in `scoring.marks.parts.parts`.
    """
    of = parts(table, times)
    k = of.marks
    columns = (
        (of.between, of.within),
        (of.city, of.juror + of.rest),
        (of.city, of.rest),
        (of.between, of.within / k),
        (of.city, (of.juror + of.rest) / k),
        (of.city, of.rest / k),
    )
    result = np.full((len(k), len(FORMS)), np.nan)
    for column, (shared, other) in enumerate(columns):
        whole = shared + other
        # A part below 0 may cancel the other; what is left are its last digits.
        told = whole > CANCELLED * (np.abs(shared) + np.abs(other))
        np.divide(shared, whole, out=result[:, column], where=told)
    return result
