"""Why did the ranking move: shares that add up, worked out on paper; and rankings without one juror or rule."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.marks.causes import EXACT, shares
from scoring.marks.moment import Cause, Moment, standing, without_each
from scoring.marks.moves import moves
from scoring.model import FloatArray
from tests.scoring.panels import LIMITS, marks

NO = np.nan
TABLE = [[4, 3, 2], [4, 3, 5]]


def test_shapley_values_of_a_small_game() -> None:
    # Two of three causes are enough for 6: each of them is the last one needed in a third of all orders.
    def outcome(happened: frozenset[str]) -> FloatArray:
        return np.array([6.0 if len(happened) >= 2 else 0.0, float("a" in happened)])

    for kinds in ({"x": ["a", "b", "c"]}, {"x": ["a"], "y": ["b"], "z": ["c"]}):
        found = shares(kinds, outcome)
        assert found["a"] == pytest.approx([2, 1])
        assert found["b"] == pytest.approx([2, 0])


def test_owen_values_of_two_kinds() -> None:
    # Only a and c together give 12; b does nothing. Kinds {a, b} and {c} halve it.
    found = shares({"x": ["a", "b"], "y": ["c"]}, lambda s: np.array([12.0 * ({"a", "c"} <= s)]))
    assert [float(found[name][0]) for name in "abc"] == pytest.approx([6, 0, 6])


@given(st.integers(1, EXACT + 3), st.integers(0, 5))
@settings(max_examples=20, deadline=None)
def test_shares_add_up_and_know_no_order(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = [f"n{k}" for k in range(n)]
    worth = {name: rng.normal(size=2) for name in [*names, "other"]}

    def outcome(happened: frozenset[str]) -> FloatArray:
        together = sum((worth[name] for name in sorted(happened)), np.zeros(2))
        return together * together.sum()

    found = shares({"x": names, "y": ["other"]}, outcome)
    whole = outcome(frozenset(worth)) - outcome(frozenset())
    assert sum(found.values()) == pytest.approx(whole)
    turned = shares({"y": ["other"], "x": names[::-1], "z": []}, outcome)
    for name, part in found.items():
        assert turned[name] == pytest.approx(part)


def test_one_cause_has_all_of_it() -> None:
    before = Moment.of(marks(TABLE))
    after = Moment.of(marks([[4, 3, 5], [4, 3, 5]]))
    found = moves(before, after, LIMITS)
    assert found.causes == (Cause("mark", "j0"),)
    assert found.points.tolist() == [[0, 0, 1.5]]
    # Means from 4, 3, 3.5 to 4, 3, 5.
    assert found.places.tolist() == [[1, 0, -1]]


def test_a_mark_and_a_recusal() -> None:
    # Juror 1 raises city 0 from 2 to 4, juror 0 (who gave 1) is recused there; 1.5 becomes 4.
    before = Moment.of(marks([[1, 3], [2, 3]]))
    after = replace(Moment.of(marks([[1, 3], [4, 3]])), recused=np.array([[True, False], [False, False]]))
    found = moves(before, after, LIMITS)
    assert found.causes == (Cause("mark", "j1"), Cause("recusal", "j0"))
    # Marks first +1, last +2; recusal first +0.5, last +1.5.
    assert found.points[:, 0] == pytest.approx([1.5, 1.0])
    assert found.points[:, 1].tolist() == [0, 0]
    # Only both together lift the city over 3: half a place each.
    assert found.places[:, 0] == pytest.approx([-0.5, -0.5])
    assert found.places[:, 1] == pytest.approx([0.5, 0.5])


def test_every_kind_of_cause_is_seen() -> None:
    panel = marks(np.arange(1.0, 13).reshape(2, 3, 2))
    before = replace(Moment.of(panel), data=np.array([[1.0], [2.0], [NO]]), data_weights=np.array([0.5]))
    after = replace(
        before,
        marks=replace(panel, weights=np.array([0.25, 0.75])),
        data=np.array([[1.0], [9.0], [NO]]),
        bars={"late": np.array([True, False, False])},
        minima=np.array([NO, 6.0]),
        adjust=True,
        decimals=1,
    )
    found = moves(before, after, LIMITS)
    assert found.causes == (
        Cause("data", "c01"),
        Cause("bar", "late"),
        Cause("rule", "minima"),
        Cause("rule", "severity"),
        Cause("rule", "rounding"),
        Cause("weight"),
    )
    assert found.points.sum(axis=0) == pytest.approx(found.after.points - found.before.points)
    assert found.places.sum(axis=0) == pytest.approx(found.after.place - found.before.place)
    # Severity aside, which all share: (6.75 + 0.5 x 9) / 1.5 = 7.5 and 8.75; the barred city stands behind both.
    assert found.after.points.tolist()[1:] == [7.5, 8.8]
    assert found.after.rank.tolist() == [0, 2, 1]
    assert found.after.place.tolist() == [3, 2, 1]


def test_nothing_changed() -> None:
    found = moves(Moment.of(marks(TABLE)), Moment.of(marks(TABLE)), LIMITS)
    assert found.causes == ()
    assert found.points.shape == found.places.shape == (0, 3)


def test_moments_of_other_panels_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="the cities of the two moments differ"):
        moves(Moment.of(marks(TABLE)), Moment.of(marks([[1], [2]])), LIMITS)


def test_data_stand_beside_the_criteria() -> None:
    # Marks 3 and 5 with weight 1, data 5 and none with weight 1 / 3: (3 + 5 / 3) / (4 / 3) = 3.5.
    moment = replace(
        Moment.of(marks([[3, 5]] * 2)), data=np.array([[5.0], [NO]]), data_weights=np.array([1 / 3])
    )
    assert standing(moment, LIMITS).points.tolist() == [3.5, 5]


def test_minima_are_asked_of_what_is_shown() -> None:
    moment = replace(Moment.of(marks([[2.996, 2.99]])), minima=np.array([3.0]))
    assert standing(moment, LIMITS).rank.tolist() == [1, 0]


def test_rankings_without_one_juror_or_one_rule() -> None:
    moment = replace(
        Moment.of(marks(TABLE)),
        bars={"late": np.array([True, False, False])},
        minima=np.array([3.2]),
    )
    assert standing(moment, LIMITS).rank.tolist() == [0, 0, 1]
    found = without_each(moment, LIMITS)
    assert found.left_out == (
        Cause("juror", "j0"),
        Cause("juror", "j1"),
        Cause("bar", "late"),
        Cause("rule", "minima"),
    )
    assert found.rank.tolist() == [[0, 0, 1], [0, 0, 0], [1, 0, 2], [0, 2, 1]]
    assert found.points.tolist() == [[4, 3, 5], [4, 3, 2], [4, 3, 3.5], [4, 3, 3.5]]


def test_orders_tried_one_by_one_give_the_same_shares() -> None:
    before = Moment.of(marks([[4, 3, 2], [4, 3, 5], [2, 2, 2]]))
    after = Moment.of(marks([[2, 3, 4], [5, 3, 5], [4, 1, 3]]))
    found = moves(before, after, LIMITS)
    total = np.zeros((3, 3))
    for order in permutations(range(3)):
        values = before.marks.values.copy()
        for j in order:
            was = standing(Moment.of(replace(before.marks, values=values.copy())), LIMITS).points
            values[j] = after.marks.values[j]
            total[j] += standing(Moment.of(replace(before.marks, values=values)), LIMITS).points - was
    assert found.points == pytest.approx(total / 6)
