"""How alike are two children over the units? Pearson's correlation where there are gaps."""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray

# Two units always lie on a line, which says nothing about the children.
FEWEST_PAIRS = 3
# Spread below this part of a column's size is rounding, not difference.
ROUNDING = 1e-13


def correlations(points: FloatArray, others: FloatArray | None = None) -> FloatArray:
    """Pearson's r of every column of `points` with every column of `others` (itself if not given).

    Units x children in, children x others out. Every pair of columns uses the units that have both.
    NaN where fewer than three have, or where either column has one value throughout on those.
    """
    right = points if others is None else others
    there = ~np.isnan(points)
    result = np.full((points.shape[1], right.shape[1]), np.nan)
    for j in range(right.shape[1]):
        both = there & ~np.isnan(right[:, j])[:, None]
        count = both.sum(axis=0)
        enough = count >= FEWEST_PAIRS
        x, x_size = _centred(points, both, count)
        y, y_size = _centred(np.broadcast_to(right[:, j : j + 1], points.shape), both, count)
        enough &= (x_size > 0) & (y_size > 0)
        r = (x * y).sum(axis=0) / np.where(enough, x_size * y_size, 1.0)
        result[enough, j] = np.clip(r[enough], -1.0, 1.0)
    return result


def _centred(values: FloatArray, both: np.ndarray, count: np.ndarray) -> tuple[FloatArray, FloatArray]:
    """Differences from the column's mean (0 where a unit does not take part) and their length, 0 if constant."""
    held = np.where(both, values, 0.0)
    height = np.abs(held).max(axis=0)
    part = held / np.where(height > 0, height, 1.0)
    away = np.where(both, part - part.sum(axis=0) / np.maximum(count, 1), 0.0)
    size = np.sqrt((away**2).sum(axis=0))
    return away, np.where(size > ROUNDING * np.sqrt(count), size, 0.0)
