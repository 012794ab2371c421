"""Which rotation makes factors easiest to tell apart? Kaiser's varimax."""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray

SWEEPS = 200
# Radians; squared loadings, which weights are made of, then hang on it no more.
SMALLEST_TURN = 1e-8
# Below this the criterion is the same at every angle.
FLAT = 1e-10
# A child with less of its variance in the kept factors has no direction there, only rounding.
NO_PART = 1e-12


def varimax(loadings: FloatArray) -> FloatArray:
    """Loadings (children x factors) rotated so that each factor has few large ones and many near 0.

    Kaiser's raw criterion sum_f [mean_i(l_if^4) - mean_i(l_if^2)^2] is raised as far as it goes on rows
    scaled to length 1, factor against factor: the best angle of a plane is known in closed form, so the
    turn cannot stop where the criterion is flat. Factors come back by explained variance, the largest
    first (then by their first large child), each with its largest loading positive.
    Source: H. F. Kaiser, The varimax criterion for analytic rotation in factor analysis (1958).
    """
    length = np.sqrt((loadings**2).sum(axis=1))
    there = length**2 > NO_PART
    scaled = np.where(there[:, None], loadings / np.where(there, length, 1.0)[:, None], 0.0)
    for _ in range(SWEEPS):
        turned = [
            _turn(scaled, first, second)
            for first in range(scaled.shape[1])
            for second in range(first + 1, scaled.shape[1])
        ]
        if max(turned, default=0.0) < SMALLEST_TURN:
            break
    return _in_order(scaled * length[:, None])


def _turn(loadings: FloatArray, first: int, second: int) -> float:
    """Turns two factors, in place, to the best angle in their plane; how far (radians) is returned."""
    x, y = loadings[:, first].copy(), loadings[:, second].copy()
    u, v = x**2 - y**2, 2 * x * y
    sideways = 2 * (u @ v) - 2 * u.sum() * v.sum() / len(x)
    along = u @ u - v @ v - (u.sum() ** 2 - v.sum() ** 2) / len(x)
    if np.hypot(sideways, along) < FLAT:  # every angle is as good: stay
        return 0.0
    angle = float(np.arctan2(sideways, along)) / 4
    loadings[:, first] = x * np.cos(angle) + y * np.sin(angle)
    loadings[:, second] = y * np.cos(angle) - x * np.sin(angle)
    return abs(angle)


def _in_order(loadings: FloatArray) -> FloatArray:
    squares = np.round(loadings**2, 9)
    largest = squares.argmax(axis=0)
    sign = np.where(loadings[largest, np.arange(loadings.shape[1])] < 0, -1.0, 1.0)
    order = np.lexsort((largest, -np.round(squares.sum(axis=0), 8)))
    result: FloatArray = (loadings * sign)[:, order]
    return result
