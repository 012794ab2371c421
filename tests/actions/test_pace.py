"""How fast one may ask, worked out by hand."""

from __future__ import annotations

import pytest

from actions.pace import Meter, Pace, Pacer, whole_minutes

PACES = {"slow": Pace(burst=3, a_second=0.5), "bytes": Pace(burst=100, a_second=10)}


def test_a_burst_is_there_at_once_and_then_drips() -> None:
    pacer = Pacer(PACES)
    # Three at once; the fourth is there when one token has dripped in, after 2 s.
    assert [pacer.take("slow", "a", 10.0) for _ in range(4)] == [0, 0, 0, 2]
    assert pacer.take("slow", "a", 11.0) == 1
    assert pacer.take("slow", "a", 12.0) == 0
    assert pacer.take("slow", "a", 12.0) == 2
    # Never more than a burst, however long nobody asked.
    assert [pacer.take("slow", "a", 1000.0) for _ in range(4)] == [0, 0, 0, 2]


def test_everybody_and_every_kind_has_an_own_measure() -> None:
    pacer = Pacer(PACES)
    assert [pacer.take("slow", "a", 0.0) for _ in range(4)] == [0, 0, 0, 2]
    assert pacer.take("slow", "b", 0.0) == 0
    assert pacer.take("bytes", "a", 0.0) == 0


@pytest.mark.parametrize(
    ("amount", "waits"),
    [
        (100, 0),
        (40, 0),
        # 60 are left after 40: 61 would be there after 0.1 s, told as a whole second.
        (101, 1),
        # More than a burst is never there; 0 s to a full one are told as one.
        (5000, 1),
    ],
)
def test_amounts(amount: float, waits: int) -> None:
    assert Pacer(PACES).take("bytes", "a", 0.0, amount) == waits


def test_what_was_not_there_is_not_taken() -> None:
    pacer = Pacer(PACES)
    assert pacer.take("bytes", "a", 0.0, 90) == 0
    assert pacer.take("bytes", "a", 0.0, 50) == 4
    assert pacer.take("bytes", "a", 0.0, 10) == 0


def test_a_clock_that_runs_back_gives_nothing() -> None:
    pacer = Pacer(PACES)
    assert [pacer.take("slow", "a", 10.0) for _ in range(3)] == [0, 0, 0]
    assert pacer.take("slow", "a", 5.0) == 2


def test_memory_is_bounded() -> None:
    pacer = Pacer(PACES, remembered=2)
    for _ in range(3):
        pacer.take("slow", "a", 0.0)
    assert pacer.take("slow", "a", 0.0) == 2
    pacer.take("slow", "b", 0.0)
    assert pacer.take("slow", "a", 0.0) == 2
    pacer.take("slow", "b", 0.0)
    pacer.take("slow", "c", 0.0)
    # "a" asked longest ago, and is forgotten.
    assert pacer.take("slow", "a", 0.0) == 0


@pytest.mark.parametrize(
    ("parts", "full"),
    [([10], [False]), ([11], [True]), ([5, 5], [False, False]), ([5, 5, 1], [False, False, True])],
)
def test_a_meter_is_full_when_more_comes_than_may(parts: list[int], full: list[bool]) -> None:
    meter = Meter(10)
    assert [meter.full(size) for size in parts] == full


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (1, 1), (60, 1), (61, 2), (900, 15)])
def test_minutes_are_whole(seconds: int, minutes: int) -> None:
    assert whole_minutes(seconds) == minutes
