"""Whatever happens to a workbook, an answer read from it is the one given, or a finding says why not."""

from __future__ import annotations

import random
import time

import pytest

from tests.conftest import SOAK
from tests.indicators.mutations import MUTATIONS, planted, small, whole, wrong
from tests.workbooks import read_bytes

# Cases of each kind: in every run, and in the long form.
SHORT = {"bytes": 300, "parts": 55, "attributes": 55, "texts": 45, "cells": 20, "shapes": 15}
LONG = {"bytes": 6000, "parts": 3500, "attributes": 4000, "texts": 4000, "cells": 1500, "shapes": 1500}
CASES = LONG if SOAK else SHORT
MOST_SECONDS = 5.0
# In the long form other cases than in the short one.
FIRST = 100_000 if SOAK else 0


def test_the_undamaged_workbook_says_what_was_planted() -> None:
    assert whole().findings == read_bytes(small()).findings
    assert {finding.kind for finding in whole().findings} <= {"missing_area"}
    read = {code: (one.value, one.year) for code, one in whole().observations.items()}
    assert read == {code: (one.value, one.year) for code, one in planted().items()}


def test_the_long_form_has_twenty_thousand_cases_and_all_kinds() -> None:
    assert sum(LONG.values()) >= 20_000
    assert set(LONG) == set(SHORT) == set(MUTATIONS)


@pytest.mark.parametrize("kind", MUTATIONS)
def test_nothing_is_read_wrongly_without_a_word(kind: str) -> None:
    for case in range(FIRST, FIRST + CASES[kind]):
        mutant = MUTATIONS[kind](random.Random(f"{kind} {case}"))
        started = time.perf_counter()
        reading = read_bytes(mutant.data)
        assert time.perf_counter() - started < MOST_SECONDS, f"case {case}, {mutant.told}"
        assert wrong(mutant, reading) == [], f"case {case}, {mutant.told}"


def test_another_shape_loses_nothing() -> None:
    for case in range(CASES["shapes"]):
        mutant = MUTATIONS["shapes"](random.Random(case))
        reading = read_bytes(mutant.data)
        read = {code: (one.value, one.year) for code, one in reading.observations.items()}
        assert read == {code: (one.value, one.year) for code, one in planted().items()}, mutant.told
