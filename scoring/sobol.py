"""How much of an outcome's variance comes from each choice? First-order and total Sobol indices with limits.

First order: mean of (yB - m)(yABi - yA) / V, centred at the mean m, without which it is useless for small
samples (A. Saltelli et al., Computer Physics Communications 181, 2010). Total: mean of (yA - yABi)^2 / 2V
(M. Jansen, Computer Physics Communications 117, 1999). A and B are two independent samples of all choices,
ABi is A with choice i taken from B; V is the variance over A and B together. Limits by bootstrap of the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.model import BoolArray, FloatArray

RESAMPLES = 400
# Few enough that how often each run was drawn stays within a processor's cache.
SAMPLES_AT_ONCE = 8
CONFIDENCE = 0.95
# An index whose limits lie further apart is not printed (see `Sobol.told`).
WIDEST = 0.1


@dataclass(frozen=True, eq=False)
class Sobol:
    """Indices of one outcome; arrays have one entry a choice, limits are choices x (low, high)."""

    first: FloatArray
    total: FloatArray
    first_limits: FloatArray
    total_limits: FloatArray
    variance: float

    @property
    def told(self) -> BoolArray:
        """Whether both indices of a choice are sure enough to be printed."""
        widths = [limits[:, 1] - limits[:, 0] for limits in (self.first_limits, self.total_limits)]
        return np.maximum(*widths) <= WIDEST


def sobol(a: FloatArray, b: FloatArray, mixed: FloatArray, rng: np.random.Generator) -> Sobol:
    """The indices from outcomes: `a` and `b` have one entry a run, `mixed` is choices x runs.

    Nothing varies (all indices 0) where the variance is 0. ValueError for fewer than two runs, for shapes
    that do not fit and for outcomes that are not finite.
    """
    a, b, mixed = (np.asarray(part, dtype=float) for part in (a, b, mixed))
    if a.ndim != 1 or a.size < 2 or b.shape != a.shape or mixed.shape[1:] != a.shape or mixed.ndim != 2:
        raise ValueError(f"outcomes have the shapes {a.shape}, {b.shape}, {mixed.shape}; give n, n, k x n")
    if not (np.isfinite(a).all() and np.isfinite(b).all() and np.isfinite(mixed).all()):
        raise ValueError("an outcome is not finite")
    # Around the mean from the start, so that sums of squares lose nothing.
    middle = 0.5 * (a.mean() + b.mean())
    terms = _terms(a - middle, b - middle, mixed - middle)
    plain = _indices(terms.mean(axis=1)[None, :], len(mixed))
    many = _indices(_resampled(terms, rng), len(mixed))
    tail = 100 * (1 - CONFIDENCE) / 2
    limits = [np.percentile(part, [tail, 100 - tail], axis=0).T for part in many[:2]]
    return Sobol(plain[0][0], plain[1][0], limits[0], limits[1], float(plain[2][0]))


def _terms(a: FloatArray, b: FloatArray, mixed: FloatArray) -> FloatArray:
    """What has to be averaged over the runs, rows x runs: means, squares, then three rows a choice."""
    change = mixed - a
    return np.concatenate([[0.5 * (a + b), 0.5 * (a**2 + b**2)], b * change, change, change**2])


def _indices(means: FloatArray, choices: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """First order and total (samples x choices) and the variance (samples) from averages of the terms."""
    middle, squares = means[:, :1], means[:, 1:2]
    product, change, square = (means[:, 2 + k * choices : 2 + (k + 1) * choices] for k in range(3))
    variance = np.maximum(squares - middle**2, 0.0)
    held = np.where(variance > 0, variance, 1.0)
    varies = variance > 0
    first = np.where(varies, (product - middle * change) / held, 0.0)
    total = np.where(varies, 0.5 * square / held, 0.0)
    return first, total, variance[:, 0]


def _resampled(terms: FloatArray, rng: np.random.Generator) -> FloatArray:
    """The averages of the terms in each bootstrap sample of the runs, samples x terms."""
    runs = terms.shape[1]
    drawn = rng.integers(0, runs, size=(RESAMPLES, runs), dtype=np.int32)
    averages = np.empty((RESAMPLES, len(terms)))
    times = np.empty((SAMPLES_AT_ONCE, runs))
    for at in range(0, RESAMPLES, SAMPLES_AT_ONCE):
        for row, held in zip(times, drawn[at : at + SAMPLES_AT_ONCE], strict=True):
            row[:] = np.bincount(held, minlength=runs)
        averages[at : at + SAMPLES_AT_ONCE] = times @ terms.T
    averages /= runs
    return averages
