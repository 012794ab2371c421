"""Amounts become rates, and whatever has no rate is listed; worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scoring.denominate import Denominator, Divided, Undivided, denominate
from scoring.model import FloatArray

NAN = math.nan
UNITS = ("Bergen", "Cork", "Delft", "Évora", "Ghent")
CODES = ("libraries", "area", "books")
VALUES = np.array(
    [
        [12.0, 5.0, 600.0],
        [NAN, 6.0, NAN],
        [3.0, 7.0, 90.0],
        [4.0, 8.0, 80.0],
        [0.0, 9.0, -10.0],
    ]
)
COLUMNS: dict[str, FloatArray] = {
    "people": np.array([300000.0, 200000.0, NAN, 0.0, 250000.0]),
    "visits": np.array([200.0, 100.0, 45.0, -1.0, 20.0]),
}
RULES = {"libraries": Denominator("people", 100000.0), "books": Denominator("visits")}


def test_rates_worked_by_hand() -> None:
    done = denominate(VALUES, RULES, COLUMNS, CODES, UNITS)
    np.testing.assert_array_equal(
        done.values,
        [[4.0, 5.0, 3.0], [NAN, 6.0, NAN], [NAN, 7.0, 2.0], [NAN, 8.0, NAN], [0.0, 9.0, -0.5]],
    )
    assert done.divided == (Divided("libraries", "people", 100000.0, 2), Divided("books", "visits", 1.0, 3))
    assert done.undivided == (
        Undivided("Delft", "libraries", 3.0, "people", None),
        Undivided("Évora", "libraries", 4.0, "people", 0.0),
        Undivided("Évora", "books", 80.0, "visits", -1.0),
    )


def test_what_has_no_rule_stays_and_the_original_is_untouched() -> None:
    before = VALUES.copy()
    done = denominate(VALUES, {}, {}, CODES, UNITS)
    np.testing.assert_array_equal(done.values, before)
    denominate(VALUES, RULES, COLUMNS, CODES, UNITS)
    np.testing.assert_array_equal(VALUES, before)
    assert (done.divided, done.undivided) == ((), ())


@pytest.mark.parametrize(
    ("rules", "columns", "message"),
    [
        (
            {"pubs": Denominator("people")},
            COLUMNS,
            "^pubs: is to be divided by 'people', but is none of the mea",
        ),
        (
            {"area": Denominator("km2")},
            COLUMNS,
            "^area: denominator 'km2' is no column.*there are people, visits",
        ),
        ({"area": Denominator("km2")}, {}, "there are none"),
        ({"area": Denominator("people", 0.0)}, COLUMNS, "^area: factor 0 must be a finite number above 0"),
        ({"area": Denominator("people", math.inf)}, COLUMNS, "^area: factor inf must be"),
        ({"area": Denominator("people")}, {"people": np.ones(4)}, r"the shape \(4, 1\); 5 units and 1 meas"),
        ({"area": Denominator("p")}, {"p": np.array([1, 1, math.inf, 1, 1])}, "^p: unit 'Delft' is infinite"),
        (
            {"area": Denominator("p")},
            {"p": np.array([1, 1e-320, 1, 1, 1])},
            r"^area: unit 'Cork' divided by 'p' \(9.99.*e-321\) is too large",
        ),
    ],
)
def test_refusals(rules: dict[str, Denominator], columns: dict[str, FloatArray], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        denominate(VALUES, rules, columns, CODES, UNITS)
