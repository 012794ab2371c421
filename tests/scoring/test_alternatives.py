"""The scenario table: three towns by hand under every change, and what must hold whatever is changed."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest

from scoring.alternatives import compare
from scoring.model import BoolArray
from scoring.otherwise import (
    Alternative,
    Change,
    Setup,
    aggregation,
    basket,
    blanks,
    equal_measurements,
    equal_siblings,
    usual,
    weights,
    without_claims,
)
from scoring.score import score
from tests.scoring.three_towns import three_towns
from tests.scoring.towns import key_features, panel_of, scored_codes, small, values_between_goalposts

NAN = np.nan


def base() -> Setup:
    return Setup(small(), three_towns(), "core")


def claimed_rating() -> Setup:
    """The same three towns; a's full ladder level of 1.10.1 is its own rating."""
    panel = three_towns()
    claimed: BoolArray = panel.claimed.copy()
    claimed[0, panel.codes.index("1.10.1")] = True
    return Setup(small(), replace(panel, claimed=claimed), "core")


@pytest.mark.parametrize(
    ("setup", "changes", "scores", "rank", "spearman", "kendall"),
    [
        (base(), (), [45, 36.25, 51.25], [2, 3, 1], 1, 1),
        (
            base(),
            (aggregation("geometric", ["town"]),),
            [sqrt(65 * 25), sqrt(35 * 37.5), sqrt(27.5 * 75)],
            [2, 3, 1],
            1,
            1,
        ),
        # The lesser area: 25, 35 and 27.5.
        (base(), (aggregation("minimum", ["town"]),), [25, 35, 27.5], [3, 1, 2], -0.5, -1 / 3),
        # 2.1 weighs as much as 2.2: area 2 is 50, 25 and 50.
        (base(), (equal_siblings,), [57.5, 30, 38.75], [1, 3, 2], 0.5, 1 / 3),
        # The mean of five.
        (base(), (equal_measurements,), [56, 34, 42], [1, 3, 2], 0.5, 1 / 3),
        (base(), (weights({"1": 3}),), [55, 35.625, 39.375], [1, 3, 2], 0.5, 1 / 3),
        (base(), (weights({"1": 0}),), [25, 37.5, 75], [3, 2, 1], 0.5, 1 / 3),
        # Both together: area 1 three times, joined geometrically.
        (
            base(),
            (weights({"1": 3}), aggregation("geometric", ["town"])),
            [65**0.75 * 25**0.25, 35**0.75 * 37.5**0.25, 27.5**0.75 * 75**0.25],
            [1, 2, 3],
            -0.5,
            -1 / 3,
        ),
        # 1.10 is (0 + 0) / 2, area 1 is 40.
        (claimed_rating(), (without_claims,), [32.5, 36.25, 51.25], [3, 2, 1], 0.5, 1 / 3),
        # 1.2.2 and 2.2.3 are blank: 1.2 is 40, 10, 0 and 2.2 is 50, 0, 0; still ranked as in the base.
        (base(), (basket("full"),), [28.75, 33.75, 51.25], [3, 2, 1], 0.5, 1 / 3),
        (base(), (basket("full"), blanks("reported")), [45, 36.25, 51.25], [2, 3, 1], 1, 1),
    ],
)
def test_three_towns_done_otherwise(
    setup: Setup,
    changes: tuple[Change, ...],
    scores: list[float],
    rank: list[int],
    spearman: float,
    kendall: float,
) -> None:
    table = compare(setup, [Alternative("otherwise", changes)])
    assert table.names == ("otherwise",)
    assert table.base_rank.tolist() == [2, 3, 1]
    np.testing.assert_allclose(table.score, [scores])
    assert table.rank.tolist() == [rank]
    shift = [now - before for now, before in zip(rank, [2, 3, 1], strict=True)]
    assert table.rank_change.tolist() == [shift]
    assert table.mean_shift[0] == pytest.approx(sum(map(abs, shift)) / 3)
    assert table.largest_shift[0] == max(map(abs, shift))
    assert table.compared.tolist() == [3]
    assert table.spearman[0] == pytest.approx(spearman)
    assert table.kendall[0] == pytest.approx(kendall)


def test_the_usual_alternatives_leave_out_what_would_be_the_base() -> None:
    assert [one.name for one in usual(base())] == [
        "geometric_top",
        "geometric_all",
        "harmonic_all",
        "equal_siblings",
        "equal_measurements",
        "reported",
        "basket:full",
    ]
    levels = tuple(
        replace(level, aggregation="harmonic") if level.aggregation else level for level in small().levels
    )
    harmonic = replace(claimed_rating(), framework=replace(small(), levels=levels), figure="reported")
    assert [one.name for one in usual(harmonic)] == [
        "arithmetic_top",
        "geometric_top",
        "arithmetic_all",
        "geometric_all",
        "equal_siblings",
        "equal_measurements",
        "assured",
        "without_claims",
        "basket:full",
    ]


def test_ranks_follow_the_published_rounding() -> None:
    # 45.04 and 45.00 are one score at one decimal, so they share a rank and agreement is not to be had.
    panel = three_towns()
    values = panel.values.copy()
    values[1] = values[2] = values[0]
    values[1, panel.codes.index("1.2.1")] = 80.16
    table = compare(Setup(small(), replace(panel, values=values), "core"), [Alternative("same", ())])
    assert table.base_score[1] == pytest.approx(45.04)
    assert table.base_rank.tolist() == [1, 1, 1]
    assert table.mean_shift.tolist() == [0]
    assert np.isnan(table.spearman).all()


def test_a_unit_without_a_score_has_no_rank_in_that_alternative() -> None:
    panel = three_towns()
    claimed = panel.claimed.copy()
    claimed[1] = True
    table = compare(
        Setup(small(), replace(panel, claimed=claimed), "core", "reported"),
        [Alternative("without_claims", (without_claims,))],
    )
    assert table.rank.tolist() == [[2, 0, 1]]
    np.testing.assert_array_equal(table.rank_change, [[0, NAN, 0]])
    assert table.compared.tolist() == [2]
    assert np.isnan(table.kendall[0])  # two units say nothing


def test_nobody_ranked_and_no_alternative_are_no_error() -> None:
    empty = replace(three_towns(), values=np.full((3, 7), NAN))
    table = compare(Setup(small(), empty, "core"), usual(Setup(small(), empty, "core")))
    assert not table.rank.any()
    assert not table.mean_shift.any()
    assert not table.compared.any()
    assert compare(base(), []).score.shape == (0, 3)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            (aggregation("arithmetic", ["storey"]),),
            "'odd': level 'storey' joins nothing; use town, area, feature",
        ),
        ((aggregation("loud"),), "'odd': level 'town': aggregation 'loud' is not known"),
        ((weights({"7": 1.0}),), "'odd': '7' is no node of small"),
        ((weights({"1": -1.0}),), "'odd': 1: weight -1 must be 0 or more"),
        ((weights({"1": NAN}),), "'odd': 1: weight nan must be 0 or more"),
        ((blanks("upper"),), "'odd': figure 'upper' is not known"),
    ],
)
def test_what_cannot_be_done_otherwise_is_named(changes: tuple[Change, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        compare(base(), [Alternative("odd", changes)])


def test_a_name_stands_once() -> None:
    with pytest.raises(ValueError, match="'same' is named twice"):
        compare(base(), [Alternative("same", ()), Alternative("same", ())])


def test_every_measurement_weighs_the_same_in_the_whole() -> None:
    values = values_between_goalposts(key_features(), np.full((1, len(scored_codes(key_features()))), 0.5))
    setup = equal_measurements(Setup(key_features(), panel_of(key_features(), values), "core"))
    scores = score(setup.framework, setup.panel, setup.basket)
    leaves = [
        j for j, code in enumerate(scores.nodes) if key_features().by_code[code].measurement is not None
    ]
    np.testing.assert_allclose(scores.nominal[leaves], 1 / 36)
