"""Is a table of units and measurements what it says it is? Asked before anything is done to the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from scoring.model import FloatArray


def checked(values: FloatArray, units: Sequence[str], codes: Sequence[str]) -> FloatArray:
    """A copy of the values, units x codes, NaN where there is none.

    Raises ValueError for another shape than units and codes ask for, a unit or code that stands twice
    (a report could not say which is meant) and an infinite value.
    """
    table = np.array(values, dtype=float)
    if table.shape != (len(units), len(codes)):
        raise ValueError(
            f"values have the shape {table.shape}; {len(units)} units and {len(codes)} measurements ask for "
            f"{(len(units), len(codes))}"
        )
    for what, names in (("unit", units), ("measurement", codes)):
        twice = [name for name, times in Counter(names).items() if times > 1]
        if twice:
            raise ValueError(f"{what} {twice[0]!r} stands twice; give each a name of its own")
    infinite = np.argwhere(np.isinf(table))
    if infinite.size:
        i, j = infinite[0]
        raise ValueError(f"{codes[j]}: unit {units[i]!r} is infinite; leave it NaN where there is no number")
    return table
