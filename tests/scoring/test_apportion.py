"""Printed contributions add up to the printed whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.apportion import apportioned
from scoring.rounding import published


@pytest.mark.parametrize(
    ("parts", "whole", "printed"),
    [
        # Rounded one by one 0.3 + 0.3 + 0.3 is not 1.0: the first of equals gets the tenth.
        ([1 / 3, 1 / 3, 1 / 3], 1.0, [0.4, 0.3, 0.3]),
        # 2.46 and -1.23 make 1.23, printed 1.2: 2.4 and -1.3 are down, the 0.7 of -12.3 is the larger remainder.
        ([2.46, -1.23], 1.2, [2.4, -1.2]),
        # 61.25 - 58.04 = 3.21 is printed 61.3 - 58.0 = 3.3.
        ([3.2, 0.01, 0.0], 3.3, [3.2, 0.1, 0.0]),
        # 61.24 - 58.05 = 3.19 is printed 61.2 - 58.1 = 3.1: the zeros stay.
        ([3.19, 0.0, 0.0], 3.1, [3.1, 0.0, 0.0]),
        ([0.0, 0.0], 0.0, [0.0, 0.0]),
        # Two scores a hair apart, on both sides of a tenth; the whole is the last to say so.
        ([0.002, -0.001], 0.1, [0.1, 0.0]),
    ],
)
def test_printed_parts_worked_on_paper(parts: list[float], whole: float, printed: list[float]) -> None:
    assert apportioned(np.array(parts), whole).tolist() == pytest.approx(printed, abs=1e-12)


@given(
    st.lists(st.floats(-20, 20).map(lambda x: 0.0 if abs(x) < 1e-6 else x), min_size=1, max_size=40),
    st.floats(0, 100),
)
def test_printed_parts_add_up_and_keep_their_sign(parts: list[float], start: float) -> None:
    whole = float(published(start + sum(parts)) - published(start))
    printed = apportioned(np.array(parts), whole)
    assert printed.sum() == pytest.approx(whole, abs=1e-9)
    assert np.abs(printed - np.array(parts)).max() < 0.2 + 1e-9
    if sum(abs(part) >= 0.1 for part in parts) > 1:
        assert (printed * np.sign(parts) >= 0).all()
        assert not printed[np.array(parts) == 0].any()


def test_what_cannot_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match=r"add up to 3 cannot be printed as 4"):
        apportioned(np.array([1.0, 2.0]), 4.0)
    with pytest.raises(ValueError, match="must all be numbers"):
        apportioned(np.array([1.0, np.nan]), 1.0)
