"""Coverage by hand, from every side."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.audit.coverage import Covered, NodeCovered, coverage

NAN = np.nan


def test_coverage_by_hand() -> None:
    answered = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=bool)
    asked = np.array([[1, 1, 1], [1, 1, 0], [0, 0, 0]], dtype=bool)
    weight = np.array([[0.8, 0.5], [0.5, NAN], [NAN, NAN]])
    found = coverage("abc", "klm", answered, asked, ["whole", "A"], weight, threshold=0.6)
    assert found.units == (
        Covered("a", 2, 3, 2 / 3, 0.8, False),
        Covered("b", 1, 2, 0.5, 0.5, True),
        Covered("c", 0, 0, 0.0, 0.0, True),
    )
    assert found.measurements == (
        Covered("k", 2, 2, 1.0, 1.0, False),
        Covered("l", 1, 2, 0.5, 0.5, True),
        Covered("m", 0, 1, 0.0, 0.0, True),
    )
    assert found.nodes == (
        NodeCovered("whole", pytest.approx(0.65), 0.5, 1, 2),
        NodeCovered("A", 0.5, 0.5, 1, 1),
    )
    assert found.threshold == 0.6


def test_an_answer_outside_the_basket_counts_nowhere() -> None:
    answered, asked = np.ones((1, 2), dtype=bool), np.array([[True, False]])
    found = coverage("a", "kl", answered, asked, ["whole", "A"], np.array([[1.0, NAN]]))
    assert (found.units[0].answered, found.units[0].asked) == (1, 1)
    assert found.measurements[1] == Covered("l", 0, 0, 0.0, 0.0, True)
    assert found.nodes[1] == NodeCovered("A", 0.0, 0.0, 0, 0)


def test_what_does_not_fit_is_named() -> None:
    some = np.ones((1, 2), dtype=bool)
    with pytest.raises(ValueError, match="do not fit 1 units, 3 measurements and 1 nodes"):
        coverage("a", "klm", some, some, ["whole"], np.ones((1, 1)))
    with pytest.raises(ValueError, match="threshold is 65"):
        coverage("a", "kl", some, some, ["whole"], np.ones((1, 1)), threshold=65)
