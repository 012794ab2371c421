"""Many at once in one round, and an end in the middle of marking: nothing that was told as kept is lost.

The long form marks for ten minutes. On a server processes are the jurors, as replicas of the application would be; a
SQLite file is for one process (docs/operate.md), so there they are its threads.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from multiprocessing.synchronize import Barrier
from threading import Barrier as ThreadBarrier
from threading import Thread

import pytest

from actions import house
from actions.access import COMPUTER
from actions.round_conflicts import Declaration, declare
from actions.round_facts import MARK, MARKED, NO_CONFLICT, joined
from actions.round_marks import Answer, Given, give_mark
from actions.round_pairs import keep_plan
from actions.round_read import seen
from actions.round_setup import NewCandidate, NewSeat, enter_candidate, make_round, move_on, take_seat
from actions.round_write import MeanwhileError, RoundError
from store.engine import Store
from store.verify import verify
from tests.conftest import SOAK

FORK = multiprocessing.get_context("fork")
JURORS, SECONDS = 12, 600 if SOAK else 2
KILLS = 60 if SOAK else 8
RACES = 100 if SOAK else 20
CRITERIA = ("plan", "partners", "resources", "monitoring", "access", "culture", "innovation", "network")


def in_marking(jurors: int, cities: int) -> tuple[str, list[str], list[str]]:
    """A round of so many jurors and cities, in which everybody judges all: its id, the seats, the candidates."""
    made = make_round(COMPUTER, "unesco_2024", "Together")
    entered = [
        enter_candidate(COMPUTER, made, "", NewCandidate(f"City {n}", "KOR", "asia_pacific"))
        for n in range(cities)
    ]
    seated = [take_seat(COMPUTER, made, "", NewSeat("juror", f"Juror {n}")) for n in range(jurors)]
    move_on(COMPUTER, made, "", 0, "declare")
    for seat in seated:
        declare(COMPUTER, made, seat, {one: Declaration(NO_CONFLICT) for one in entered})
    move_on(COMPUTER, made, "", 1, "assign")
    keep_plan(COMPUTER, made, "", [(seat, one) for seat in seated for one in entered])
    move_on(COMPUTER, made, "", 2, "mark")
    return made, seated, entered


def _afresh() -> None:
    """A child opens the store for itself: what its parent has open is its parent's."""
    house._opened.cache_clear()


def _mark_on(
    made: str, seat: str, cities: list[str], seconds: float, ready: Barrier | ThreadBarrier, told: Connection
) -> None:
    chance, given, refused = random.Random(seat), {}, []
    ready.wait()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pair = (chance.choice(cities), chance.choice(CRITERIA))
        value, base = chance.choice((2.0, 2.5, 3.0, 3.5, 4.0)), given.get(pair, (0, 0.0))[0]
        try:
            kept = give_mark(COMPUTER, made, seat, Answer(*pair, base, Given(MARKED, value, "because")))
            given[pair] = (kept.version, value)
        except Exception as trouble:
            refused.append(repr(trouble))
    told.send((given, refused))


def _mark_in_a_process(
    made: str, seat: str, cities: list[str], seconds: float, ready: Barrier, told: Connection
) -> None:
    _afresh()
    _mark_on(made, seat, cities, seconds, ready, told)


def test_twelve_jurors_who_mark_at_once_have_no_error_and_lose_nothing(installation: Store) -> None:
    made, seats, cities = in_marking(JURORS, 5)
    pipes = [FORK.Pipe(duplex=False) for _ in range(JURORS)]
    writers: list[Thread | ForkProcess]
    if installation.folder is None:
        ready = FORK.Barrier(JURORS)
        writers = [
            FORK.Process(target=_mark_in_a_process, args=(made, seat, cities, SECONDS, ready, told))
            for seat, (_, told) in zip(seats, pipes, strict=True)
        ]
    else:
        together = ThreadBarrier(JURORS)
        writers = [
            Thread(target=_mark_on, args=(made, seat, cities, SECONDS, together, told))
            for seat, (_, told) in zip(seats, pipes, strict=True)
        ]
    for writer in writers:
        writer.start()
    said = [heard.recv() for heard, _ in pipes]
    for writer in writers:
        writer.join(timeout=60)
    assert [refused for _, refused in said if refused] == []
    now = seen(COMPUTER, made).now
    for seat, (given, _) in zip(seats, said, strict=True):
        assert given
        for (city, criterion), (version, value) in given.items():
            entry = now[MARK, joined(seat, city, criterion)]
            assert (entry.version, float(entry.said["value"])) == (version, value)
    assert verify(installation).whole


def _mark_until_killed(made: str, seat: str, cities: list[str], told: Connection) -> None:
    _afresh()
    chance = random.Random(os.getpid())
    while True:
        city, criterion = chance.choice(cities), chance.choice(CRITERIA)
        known = seen(COMPUTER, made, seat).now.get((MARK, joined(seat, city, criterion)))
        base, value = known.version if known else 0, chance.choice((2.0, 3.0, 4.0))
        kept = give_mark(COMPUTER, made, seat, Answer(city, criterion, base, Given(MARKED, value, "because")))
        told.send((city, criterion, kept.version, value))


def test_an_end_in_the_middle_of_marking_loses_no_mark_that_was_told_as_kept(installation: Store) -> None:
    made, seats, cities = in_marking(1, 3)
    acknowledged: dict[tuple[str, str, int], float] = {}
    chance = random.Random(3)
    for _ in range(KILLS):
        heard, told = FORK.Pipe(duplex=False)
        juror = FORK.Process(target=_mark_until_killed, args=(made, seats[0], cities, told))
        juror.start()
        told.close()
        try:
            first = heard.recv()
            acknowledged[first[:3]] = first[3]
            time.sleep(chance.random() * 0.1)
            assert juror.pid is not None
            os.kill(juror.pid, signal.SIGKILL)
            while True:
                city, criterion, version, value = heard.recv()
                acknowledged[city, criterion, version] = value
        except EOFError:
            juror.join()
            assert juror.exitcode == -signal.SIGKILL
    kept = {
        (*one.key.split(":")[1:], one.version): float(one.said["value"])
        for one in seen(COMPUTER, made).entries
        if one.kind == MARK
    }
    assert len(acknowledged) >= KILLS
    assert {one: kept.get(one) for one in acknowledged} == acknowledged
    # A mark may be kept whose word never came; one a kill at most.
    assert len(kept) <= len(acknowledged) + KILLS
    assert verify(installation).whole


def _end(made: str, seat: str, base: int, ready: Barrier, told: Connection) -> None:
    _afresh()
    seen(COMPUTER, made, seat)
    ready.wait()
    try:
        move_on(COMPUTER, made, seat, base, "closed")
        told.send("ended")
    except MeanwhileError as trouble:
        told.send(f"told of version {trouble.version}")
    except RoundError as trouble:
        told.send(trouble.kind)


@pytest.mark.parametrize("race", range(RACES // 10))
def test_of_two_chairs_who_end_a_round_at_once_one_does_and_the_other_is_told(
    installation: Store, race: int
) -> None:
    made = make_round(COMPUTER, "unesco_2024", f"Race {race}")
    chairs = [take_seat(COMPUTER, made, "", NewSeat("chair", name)) for name in ("One", "Other")]
    for base, phase in enumerate(("declare", "assign", "mark", "discuss", "meet")):
        move_on(COMPUTER, made, "", base, phase)
    ready = FORK.Barrier(2)
    pipes = [FORK.Pipe(duplex=False) for _ in chairs]
    both = [
        FORK.Process(target=_end, args=(made, seat, 5, ready, told))
        for seat, (_, told) in zip(chairs, pipes, strict=True)
    ]
    for one in both:
        one.start()
    said = sorted(heard.recv() for heard, _ in pipes)
    for one in both:
        one.join(timeout=30)
    assert said == ["ended", "told of version 6"]
    here = seen(COMPUTER, made)
    assert (here.phase.id, here.now["phase", ""].version) == ("closed", 6)
