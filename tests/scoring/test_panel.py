"""Observations become arrays."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.model import STATES
from scoring.panel import assemble
from tests.scoring.towns import observation, scored_codes, small

# value, state -> value counts, claim counts
READ = [
    (50.0, "", True, False),  # a value with an empty state is an answer
    (50.0, "answered", True, False),
    (0.0, "answered", True, False),
    (None, "", False, False),
    (None, "answered", False, False),
    (None, "not_collected", False, False),
    (None, "confidential", False, False),
    (None, "coming_later", False, False),
    (None, "not_applicable", False, True),
    (None, "outside_remit", False, True),
    (50.0, "outside_remit", False, False),  # contradicts itself: blank until somebody decides
    (50.0, "not_applicable", False, False),
    (50.0, "not_collected", False, False),
]


@pytest.mark.parametrize(("value", "state", "counts", "claims"), READ)
def test_what_a_row_says(value: float | None, state: str, counts: bool, claims: bool) -> None:
    assert state in (*STATES, "")
    panel = assemble(small(), {"town": {"1.2.1": observation("1.2.1", value, state)}})
    column = panel.codes.index("1.2.1")
    assert (not np.isnan(panel.values[0, column])) == counts
    assert panel.out[0, column] == claims
    others = np.delete(panel.values, column, axis=1)
    assert np.isnan(others).all()


def test_panel_holds_the_scored_measurements_and_units_in_order() -> None:
    answers = {"2.2.2": observation("2.2.2", 70.0), "9.9.9": observation("9.9.9", 1.0)}
    panel = assemble(small(), {"b": answers, "a": {}})
    assert panel.units == ("b", "a")
    assert panel.codes == scored_codes(small())
    assert "2.2.2" not in panel.codes  # shown, never scored
    assert np.isnan(panel.values).all()


def test_only_expert_ratings_with_a_value_are_the_units_own() -> None:
    answers = {"1.2.1": observation("1.2.1", 80.0), "1.10.1": observation("1.10.1", 0.0)}
    panel = assemble(small(), {"town": answers})
    assert {code for j, code in enumerate(panel.codes) if panel.claimed[0, j]} == {"1.10.1"}


def test_no_units_make_an_empty_panel() -> None:
    assert assemble(small(), {}).values.shape == (0, 7)
