"""How are contributions printed so that a reader can add them up? By largest remainders (Hamilton, 1792).

Rounded one by one, parts seldom add up to their rounded sum. Each is rounded down, and the tenths still missing
go to those with the largest remainders, so that hardly one moves further than rounding alone would move it. A gain
is not printed as a loss, nor a loss as a gain, as long as another part can take the tenth.
"""

from __future__ import annotations

import numpy as np

from scoring.model import FloatArray
from scoring.rounding import EXACT_DECIMALS, published

# How many units the printed whole may be away from the sum of the parts: more is another whole.
FURTHEST = 2


def apportioned(parts: FloatArray, whole: float, decimals: int = 1) -> FloatArray:
    """The parts at `decimals` decimals, adding up to the published `whole`; exact zeros stay zero where they can.

    `whole` may be the difference of two published numbers or itself be a printed part, so up to two units away
    from the sum of the parts.
    Raises ValueError for parts or a whole that are no numbers, and for a whole that is further away than that.
    """
    exact = np.asarray(parts, dtype=float)
    if not (np.isfinite(exact).all() and np.isfinite(whole)):
        raise ValueError("contributions to print must all be numbers; leave out what has no score")
    scale = 10.0**decimals
    if abs(float(exact.sum()) - whole) * scale > FURTHEST + 1e-6:
        raise ValueError(f"parts that add up to {exact.sum():g} cannot be printed as {whole:g}")
    units = np.round(exact * scale, EXACT_DECIMALS - decimals)
    low = np.floor(units)
    missing = round(float(published(whole, decimals)) * scale - float(low.sum()))
    over = units - low
    # Last of all those that would leave an exact zero, or come out on the other side of it.
    held = (units == 0) | ((missing < 0) & (units > 0) & (low <= 0))
    order = np.lexsort((-over if missing > 0 else np.where(over > 0, over, 2.0), held))
    for turn in range(abs(missing)):
        low[order[turn % len(order)]] += np.sign(missing)
    printed: FloatArray = low / scale + 0.0  # no minus before a zero
    return printed
