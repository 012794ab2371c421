"""The numbers by which a panel is judged, as the sources and the conventions of this tool have them."""

from __future__ import annotations

from actions.judging_limits import limits
from scoring.marks.limits import reading


def test_the_numbers_are_read() -> None:
    read = limits()
    # Krippendorff 2004; Koo and Li 2016.
    assert [reading(x, read.readings["alpha"]) for x in (0.66, 0.667, 0.8)] == ["poor", "tentative", "good"]
    assert [reading(x, read.readings["icc"]) for x in (0.49, 0.5, 0.75, 0.9)] == [
        "poor",
        "moderate",
        "good",
        "excellent",
    ]
    assert set(read.readings) == {"alpha", "icc", "w"}
    assert (read.least_cities, read.least_freedom, read.by_chance, read.outlying) == (3, 5, 0.01, 2.5)
    assert (read.resamples, read.within) == (1000, 0.95)
