"""Who has too little data, and why; worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scoring.screen import Part, Screened, Shortfall, screen

NAN = math.nan
UNITS = ("Bergen", "Cork", "Delft", "Évora")
CODES = ("1.1", "1.2", "1.3", "1.4", "2.1")
VALUES = np.array(
    [
        [3.0, 1.0, 4.0, 1.0, 5.0],  # all there
        [3.0, NAN, NAN, 1.0, 5.0],  # 3 of 5, and 2 of 4 in the first area
        [0.0, 0.0, 0.0, 2.0, NAN],  # 4 of 5, of which 3 are zeros; nothing in the second area
        [NAN, NAN, NAN, NAN, NAN],
    ]
)
WHOLE = Part("whole", CODES, available=0.6, zeros=0.5)
FIRST = Part("area 1", CODES[:4], available=0.65)
SECOND = Part("area 2", CODES[4:], available=0.65, zeros=0.0)


def run(*parts: Part, leave_out: bool = True) -> Screened:
    return screen(VALUES, parts, CODES, UNITS, leave_out=leave_out)


def test_shares_and_shortfalls_worked_by_hand() -> None:
    done = run(WHOLE, FIRST, SECOND)
    np.testing.assert_allclose(done.available, [[1, 1, 1], [0.6, 0.5, 1], [0.8, 1, 0], [0, 0, 0]])
    np.testing.assert_allclose(done.zeros, [[0, 0, 0], [0, 0, 0], [0.75, 0.75, NAN], [NAN, NAN, NAN]])
    assert done.shortfalls == (
        Shortfall("Cork", "area 1", "available", 0.5, 0.65, 2, 4),
        Shortfall("Delft", "whole", "zeros", 0.75, 0.5, 3, 4),
        Shortfall("Delft", "area 2", "available", 0.0, 0.65, 0, 1),
        Shortfall("Évora", "whole", "available", 0.0, 0.6, 0, 5),
        Shortfall("Évora", "area 1", "available", 0.0, 0.65, 0, 4),
        Shortfall("Évora", "area 2", "available", 0.0, 0.65, 0, 1),
    )
    assert done.enough.tolist() == [True, False, False, False]
    assert done.left_out == ("Cork", "Delft", "Évora")
    assert done.units == ("Bergen",)
    np.testing.assert_array_equal(done.values, VALUES[:1])


def test_units_are_only_reported_if_asked() -> None:
    done = run(WHOLE, leave_out=False)
    assert done.units == UNITS
    assert done.left_out == ()
    assert done.enough.tolist() == [True, True, False, False]
    np.testing.assert_array_equal(done.values, VALUES)
    assert [shortfall.unit for shortfall in done.shortfalls] == ["Delft", "Évora"]


def test_exactly_the_share_asked_for_is_enough() -> None:
    codes = tuple(f"m{i}" for i in range(20))
    values = np.where(np.arange(20) < 13, 1.0, NAN)[None, :]
    assert screen(values, [Part("whole", codes, available=0.65)], codes, ("a",)).enough.all()
    assert not screen(values, [Part("whole", codes, available=0.651)], codes, ("a",)).enough.any()
    values = np.where(np.arange(20) < 3, 0.0, 1.0)[None, :]
    assert screen(values, [Part("whole", codes, zeros=0.15)], codes, ("a",)).enough.all()
    assert not screen(values, [Part("whole", codes, zeros=0.149)], codes, ("a",)).enough.any()


def test_a_part_that_asks_for_nothing_leaves_nobody_out() -> None:
    done = run(Part("whole", CODES))
    assert done.units == UNITS
    assert done.shortfalls == ()
    assert run().units == UNITS


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (Part("area 3", ()), "part 'area 3' has no measurement"),
        (Part("area 3", ("1.1", "3.1")), "part 'area 3' names '3.1', which is none of the measurements"),
        (Part("whole", CODES, available=65), "part 'whole': available is 65; a share lies between 0 and 1"),
        (Part("whole", CODES, zeros=-0.1), "part 'whole': zeros is -0.1; a share lies"),
        (Part("whole", CODES, zeros=NAN), "part 'whole': zeros is nan; a share lies"),
    ],
)
def test_refusals(part: Part, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        run(part)
