"""Turns come in the order in which they were asked for, and one who gave up holds nobody up."""

from __future__ import annotations

import threading
import time

from store.turns import Turns


def waiting(turns: Turns, order: list[int], number: int) -> threading.Thread:
    """Somebody who waits for a turn and notes when it came; returns once she waits."""

    def wait() -> None:
        assert turns.acquire(30)
        order.append(number)
        turns.release()

    before = len(turns._waiting)
    thread = threading.Thread(target=wait)
    thread.start()
    while len(turns._waiting) == before:
        time.sleep(0.001)
    return thread


def test_first_come_is_first_served() -> None:
    turns, order = Turns(), list[int]()
    assert turns.acquire(1)
    people = [waiting(turns, order, number) for number in range(20)]
    turns.release()
    for one in people:
        one.join()
    assert order == list(range(20))


def test_whoever_comes_again_goes_to_the_end() -> None:
    turns, order = Turns(), list[int]()
    assert turns.acquire(1)
    first = waiting(turns, order, 1)
    turns.release()
    # With a bare lock the same thread would often be faster than the one that it has just woken.
    assert turns.acquire(30)
    assert order == [1]
    turns.release()
    first.join()


def test_one_who_gave_up_holds_nobody_up() -> None:
    turns, order = Turns(), list[int]()
    assert turns.acquire(1)
    assert not turns.acquire(0.01)
    next_one = waiting(turns, order, 7)
    turns.release()
    next_one.join()
    assert order == [7]
    assert turns.acquire(0.01)


def test_a_line_that_moves_is_waited_for_longer_than_patience() -> None:
    turns, order = Turns(), list[int]()
    assert turns.acquire(1)

    def slow(number: int) -> None:
        if turns.acquire(0.5):
            time.sleep(0.3)
            order.append(number)
            turns.release()

    people = []
    for number in range(4):
        before = len(turns._waiting)
        people.append(threading.Thread(target=slow, args=(number,)))
        people[-1].start()
        while len(turns._waiting) == before:
            time.sleep(0.001)
    turns.release()
    for one in people:
        one.join()
    # The last one waited some 0.9 seconds, with half a second of patience.
    assert order == [0, 1, 2, 3]
