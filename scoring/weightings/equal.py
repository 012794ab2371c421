"""What if every child counts the same? Equal weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.model import FloatArray
from scoring.weightings.checks import distinct


def equal(codes: Sequence[str]) -> FloatArray:
    """Equal weights say that no child was held to matter more than another: w = 1 / n.

    Raises ValueError without any child and for a code named twice.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 6.
    """
    distinct(codes)
    return np.full(len(codes), 1 / len(codes))
