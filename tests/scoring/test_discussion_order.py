"""The order of discussion: worked by hand, and never worse than the order given."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.discussion_order import EXACT, discussion_order, moves

A, B, AB, NONE = frozenset("a"), frozenset("b"), frozenset("ab"), frozenset[str]()


@pytest.mark.parametrize(
    ("out", "order", "count"),
    [
        ([], (), 0),
        ([NONE, NONE], (0, 1), 0),
        # a leaves once and comes back once, whichever two of three are hers.
        ([A, NONE, A], (0, 2, 1), 2),
        # a goes, b follows, a comes back, b comes back: four; any other order takes six or more.
        ([A, B, AB, NONE], (0, 2, 1, 3), 4),
        ([AB, NONE, AB, A], (0, 2, 3, 1), 4),
    ],
)
def test_by_hand(out: list[frozenset[str]], order: tuple[int, ...], count: int) -> None:
    assert discussion_order(out) == order
    assert moves([out[one] for one in order]) == count


def test_moves_of_a_bad_order() -> None:
    # a goes, a comes, b goes, b comes, a and b go, both come.
    assert moves([A, NONE, B, NONE, AB]) == 8


SETS = st.frozensets(st.sampled_from("abcd"), max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.lists(SETS, max_size=6))
def test_nothing_is_better_than_the_exact_order(out: list[frozenset[str]]) -> None:
    order = discussion_order(out)
    assert sorted(order) == list(range(len(out)))
    least = min(moves(one) for one in permutations(out))
    assert moves([out[one] for one in order]) == least


@settings(max_examples=40, deadline=None)
@given(st.lists(SETS, min_size=EXACT + 1, max_size=18))
def test_a_long_list_is_never_worse_than_as_given(out: list[frozenset[str]]) -> None:
    order = discussion_order(out)
    assert sorted(order) == list(range(len(out)))
    assert moves([out[one] for one in order]) <= moves(out)
