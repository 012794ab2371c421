"""Progress is the change of what can be compared, told with the share of the weight that it speaks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model import Observation
from scoring.progress import (
    AFTER_JOINING,
    AT_JOINING,
    BROKEN,
    FIRST_ONLY,
    JOINING_UNKNOWN,
    LATEST_ONLY,
    NEITHER,
    ONLY_EARLIER,
    Baseline,
    baseline,
    broken_between,
    progress,
)
from scoring.trends import EVERYTHING
from tests.scoring.three_years import A_BREAKS, A, B, C
from tests.scoring.towns import key_features, observation, scored_codes, small

EXACT = 1e-9


def test_a_town_with_a_break_is_compared_without_what_broke() -> None:
    found = progress(small(), "core", A[2020], A[2024], broken_between(A_BREAKS, 2020, 2024))
    assert found.compared == ("1.2.1", "1.10.1", "1.10.2", "2.2.1")
    assert found.left_out == {"2.1.1": BROKEN}
    # Area 1 as a whole: 42.5 to 73.75. Of area 2 only 2.2.1: 60 to 80. The town: (42.5 + 60) / 2, (73.75 + 80) / 2.
    assert found.at("1") == pytest.approx((31.25, 1.0), abs=EXACT)
    assert found.at("2") == pytest.approx((20.0, 0.25), abs=EXACT)
    assert found.at("town") == pytest.approx((25.625, 0.625), abs=EXACT)
    assert (found.first[0], found.latest[0]) == pytest.approx((51.25, 76.875), abs=EXACT)
    assert np.isnan(found.at("2.1")[0])
    assert found.at("2.1")[1] == 0.0


def test_what_is_answered_in_one_of_the_years_is_not_compared() -> None:
    found = progress(small(), "core", A[2020], A[2022], broken_between(A_BREAKS, 2020, 2022))
    assert found.left_out == {"2.1.1": BROKEN, "2.2.1": FIRST_ONLY}
    # Only area 1 is left: 42.5 to 57.5; half of the weight.
    assert found.at("town") == pytest.approx((15.0, 0.5), abs=EXACT)
    back = progress(small(), "core", A[2022], A[2024], broken_between(A_BREAKS, 2022, 2024))
    assert back.left_out == {"2.2.1": LATEST_ONLY}
    # Area 1: 57.5 to 73.75; of area 2 only 2.1.1: 100 to 100.
    assert back.at("town") == pytest.approx(((73.75 - 57.5) / 2, 0.875), abs=EXACT)


def test_what_lies_outside_the_remit_in_both_years_is_out_of_both() -> None:
    found = progress(small(), "core", B[2020], B[2024])
    assert found.left_out == {}
    assert found.at("1") == pytest.approx((-45.0, 1.0), abs=EXACT)
    assert found.at("2") == pytest.approx((37.5, 1.0), abs=EXACT)
    assert found.at("town") == pytest.approx((-3.75, 1.0), abs=EXACT)


def test_a_claim_in_one_of_the_years_leaves_its_weight_uncompared() -> None:
    later = {**B[2024], "1.10.1": observation("1.10.1", 5.0, "answered")}
    found = progress(small(), "core", B[2020], later)
    assert found.left_out == {"1.10.1": LATEST_ONLY}
    assert found.at("town")[1] == pytest.approx(0.875, abs=EXACT)


def test_a_town_that_stays_as_it_is_makes_no_progress() -> None:
    found = progress(small(), "core", C[2020], C[2024])
    assert found.at("town") == (0.0, pytest.approx(0.625, abs=EXACT))
    assert found.left_out == {"1.10.1": NEITHER, "1.10.2": NEITHER, "2.2.1": NEITHER}


def test_a_break_of_everything_leaves_nothing_to_compare() -> None:
    found = progress(small(), "core", B[2020], B[2024], (EVERYTHING,))
    assert found.compared == ()
    assert np.isnan(found.change).all()
    assert not found.share.any()
    assert set(found.left_out.values()) == {BROKEN}


def test_breaks_count_after_the_first_year_up_to_the_latest() -> None:
    breaks = {2020: {"a": ""}, 2022: {"b": ""}, 2023: {"c": "", "d": ""}, 2024: {EVERYTHING: ""}}
    assert broken_between(breaks, 2020, 2023) == {"b", "c", "d"}
    assert broken_between(breaks, 2022, 2022) == frozenset()
    assert broken_between(breaks, 2023, 2030) == {EVERYTHING}


@pytest.mark.parametrize(
    ("years", "joined", "found"),
    [
        ([2024, 2020, 2022], 2020, Baseline(2020, AT_JOINING)),
        ([2024, 2020, 2022], 2021, Baseline(2022, AFTER_JOINING)),
        ([2024, 2020, 2022], 2015, Baseline(2020, AFTER_JOINING)),
        ([2024, 2020], 2025, Baseline(2020, ONLY_EARLIER)),
        ([2024, 2020], None, Baseline(2020, JOINING_UNKNOWN)),
        ([2024], 2024, Baseline(2024, AT_JOINING)),
    ],
)
def test_the_baseline_is_the_first_assessment_since_joining(
    years: list[int], joined: int | None, found: Baseline
) -> None:
    assert baseline(years, joined) == found


def test_without_an_assessment_there_is_no_baseline() -> None:
    with pytest.raises(ValueError, match="no assessment"):
        baseline([], 2015)


CODES = scored_codes(key_features())
answer = st.one_of(st.none(), st.floats(0, 1), st.just("out"))
panels = st.fixed_dictionaries(dict.fromkeys(CODES, answer))
breaks = st.sets(st.sampled_from((*CODES, EVERYTHING)), max_size=12)


def answers(way: Mapping[str, float | str | None]) -> dict[str, Observation]:
    """Answers at some way between the goalposts; "out" for a claim, None for a blank."""
    made = {}
    for code, at in way.items():
        asked = key_features().by_code[code].measurement
        assert asked is not None
        assert asked.lower is not None
        assert asked.upper is not None
        if isinstance(at, float):
            made[code] = observation(code, asked.lower + at * (asked.upper - asked.lower), "answered")
        elif at is not None:
            made[code] = replace(observation(code, None), state="outside_remit")
    return made


@given(panels, panels, breaks, breaks)
def test_a_break_never_adds_comparability_and_shares_are_shares(
    first: dict[str, float | str | None],
    latest: dict[str, float | str | None],
    some: set[str],
    more: set[str],
) -> None:
    one, other = answers(first), answers(latest)
    few = progress(key_features(), "core", one, other, some)
    many = progress(key_features(), "core", one, other, some | more)
    assert set(many.compared) <= set(few.compared)
    assert (many.share <= few.share + EXACT).all()
    for found in (few, many):
        assert ((found.share >= 0) & (found.share <= 1 + EXACT)).all()
        assert (np.isnan(found.change) == (found.share == 0)).all()


@given(panels, breaks)
def test_progress_of_identical_years_is_nothing(same: dict[str, float | str | None], some: set[str]) -> None:
    found = progress(key_features(), "full", answers(same), answers(same), some)
    assert (found.change[~np.isnan(found.change)] == 0).all()
