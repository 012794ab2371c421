"""How much of a score may rest on one child, or on a group of them? Limits of its share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.model import FloatArray


@dataclass(frozen=True, slots=True)
class ShareLimit:
    """The share of a unit's score that must and may come from some children; both 0-1."""

    name: str
    children: tuple[str, ...]
    low: float = 0.0
    high: float = 1.0


def each(codes: Sequence[str], low: float, high: float) -> tuple[ShareLimit, ...]:
    """The same limits for every child by itself."""
    return tuple(ShareLimit(code, (code,), low, high) for code in codes)


def members(limits: Sequence[ShareLimit], codes: Sequence[str]) -> FloatArray:
    """Which children a limit speaks of, limits x children, as 1 and 0.

    Raises ValueError for a limit without children, of an unknown child, or outside 0 <= low <= high <= 1.
    """
    table = np.zeros((len(limits), len(codes)))
    for row, limit in zip(table, limits, strict=True):
        if not 0 <= limit.low <= limit.high <= 1:
            raise ValueError(
                f"{limit.name}: the share is limited to {limit.low:g}..{limit.high:g}; "
                "write two numbers from 0 to 1, the lower first"
            )
        if not limit.children:
            raise ValueError(f"{limit.name}: the limit names no child")
        for child in limit.children:
            if child not in codes:
                raise ValueError(f"{limit.name}: {child} is not among the children {', '.join(codes)}")
            row[list(codes).index(child)] = 1.0
    return table
