"""Three towns on the small framework whose scores can be worked out on paper."""

from __future__ import annotations

import numpy as np

from scoring.model import Panel
from tests.scoring.towns import scored_codes, small


def three_towns() -> Panel:
    """Towns a, b, c on the core basket of the small framework.

    Points of 1.2.1, 1.10.1, 1.10.2, 2.1.1, 2.2.1:
    a: 80, 100,   0,   0, 100   areas 65   and 25    town 45
    b: 20,   0, 100,  50,   0   areas 35   and 37.5  town 36.25
    c:  0,  60,  50, 100,   0   areas 27.5 and 75    town 51.25
    """
    answers = {
        "1.2.1": [80, 20, 0],
        "1.10.1": [5, 0, 3],
        "1.10.2": [45, 5, 25],
        "2.1.1": [10, 100, 1000],
        "2.2.1": [5, 0, 0],
    }
    codes = scored_codes(small())
    values = np.array([answers.get(code, [np.nan] * 3) for code in codes], dtype=float).T
    nothing = np.zeros(values.shape, dtype=bool)
    return Panel(("a", "b", "c"), codes, values, nothing, nothing)
