"""How lopsided and how heavy-tailed is a sample? Skewness and excess kurtosis, adjusted for its size.

With m2, m3, m4 the mean second, third and fourth powers of the distances from the mean and n values:
G1 = sqrt(n (n - 1)) / (n - 2) x m3 / m2^1.5, from three values on;
G2 = (n - 1) / ((n - 2) (n - 3)) x ((n + 1) (m4 / m2^2 - 3) + 6), from four on; 0 for a normal sample.

These are SKEW and KURT of spreadsheets and the statistics of SAS and SPSS.
Source: D. N. Joanes and C. A. Gill, Comparing measures of sample skewness and kurtosis, The
Statistician 47, 1998.
"""

from __future__ import annotations

import math

import numpy as np

from scoring.model import FloatArray


def skewness(values: FloatArray) -> float:
    """G1 of the values that are there (NaN is none); NaN for fewer than three or if all are equal."""
    away = _standard(values)
    n = away.size
    if n < 3:
        return math.nan
    return float(math.sqrt(n * (n - 1)) / (n - 2) * np.mean(away**3))


def kurtosis(values: FloatArray) -> float:
    """G2 of the values that are there (NaN is none); NaN for fewer than four or if all are equal."""
    away = _standard(values)
    n = away.size
    if n < 4:
        return math.nan
    return float((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (np.mean(away**4) - 3) + 6))


def _standard(values: FloatArray) -> FloatArray:
    """Distances from the mean in population standard deviations; empty where all values are equal.

    Sorted first, so that the order of the units cannot be told from a sum's last digit, and made small
    first, so that no power of an amount in billions is too large.
    """
    known = np.sort(values[~np.isnan(values)])
    if not known.size or known[0] == known[-1]:
        return np.empty(0)
    away = known / 2 - np.mean(known / 2)
    away /= np.abs(away).max()
    standard: FloatArray = away / np.sqrt(np.mean(away**2))
    return standard
