"""Several processes at once, and processes that end in the middle of a write, lose nothing."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import resource
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from store.engine import FILE_NAME, Store, open_store
from store.errors import StoreError
from store.uploads import get, original, recent
from store.verify import verify
from tests.conftest import SOAK
from tests.store.readings import keep

WRITERS, EACH = 4, 10
# The long form kills until a thousand writes were told to be kept.
ROUNDS, WRITES = (100, 1000) if SOAK else (15, 0)
FORK = multiprocessing.get_context("fork")


def whole(store: Store) -> bool:
    """Whether the database and the log's chain are whole."""
    if store.database.name == "SQLite":
        with store.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    report = verify(store)
    assert report.damage == ()
    return report.whole


def _add_some(url: str, writer: int, ready: object, told: Connection) -> None:
    ready.wait()  # type: ignore[attr-defined]
    store = open_store(url)
    for i in range(EACH):
        told.send(keep(store, f"{writer} {i}".encode() * 1000, city=f"City {writer}-{i}").id)
    told.send(keep(store, b"the same from all", city="Sametown").id)


def test_four_processes_at_once_lose_nothing(url: str) -> None:
    # No store is there yet: making the tables is part of the race.
    ready = FORK.Barrier(WRITERS)
    pipes = [FORK.Pipe(duplex=False) for _ in range(WRITERS)]
    writers = [
        FORK.Process(target=_add_some, args=(url, i, ready, told)) for i, (_, told) in enumerate(pipes)
    ]
    for writer in writers:
        writer.start()
    for _, told in pipes:
        told.close()
    ids = [[heard.recv() for _ in range(EACH + 1)] for heard, _ in pipes]
    for writer in writers:
        writer.join(timeout=30)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    store = open_store(url)
    assert len({row[-1] for row in ids}) == 1
    everything = {one for row in ids for one in row}
    assert len(everything) == WRITERS * EACH + 1
    assert set(recent(store, 1000)) == everything
    for number, row in enumerate(ids):
        for i, one in enumerate(row[:-1]):
            assert original(store, one) == f"{number} {i}".encode() * 1000
    assert whole(store)


def _add_until_killed(url: str, round_: int, told: Connection) -> None:
    store = open_store(url)
    i = 0
    while True:
        data = f"{round_} {i}".encode() * (1 + i % 7 * 3000)
        told.send((keep(store, data, city=f"City {round_}-{i}").id, hashlib.sha256(data).hexdigest()))
        i += 1


def test_a_process_killed_while_it_adds_loses_nothing_it_said_was_kept(url: str) -> None:
    acknowledged: dict[str, str] = {}
    chance = random.Random(1)
    rounds = 0
    while rounds < ROUNDS or len(acknowledged) < WRITES:
        heard, told = FORK.Pipe(duplex=False)
        writer = FORK.Process(target=_add_until_killed, args=(url, rounds, told))
        writer.start()
        told.close()
        acknowledged.update([heard.recv()])
        # So that the end falls into any phase of a write.
        time.sleep(chance.random() * (0.3 if WRITES else 0.06))
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        assert writer.exitcode == -signal.SIGKILL
        while True:
            try:
                acknowledged.update([heard.recv()])
            except EOFError:
                break
        rounds += 1
        if rounds % 10 == 0:
            store = open_store(url)
            assert whole(store)
            store.engine.dispose()
    store = open_store(url)
    kept = {one: found.sha256 for one in recent(store, 100_000) if (found := get(store, one))}
    assert len(acknowledged) >= max(ROUNDS, WRITES)
    assert {one: kept.get(one) for one in acknowledged} == acknowledged
    # A write may be kept whose word never came; a half one never is.
    assert len(kept) <= len(acknowledged) + rounds
    for one, sha256 in kept.items():
        assert hashlib.sha256(original(store, one) or b"").hexdigest() == sha256
    # Every kept upload has its line, and its whole row and bytes hang on it.
    report = verify(store)
    assert (report.damage, report.lines) == ((), len(kept))
    store.engine.dispose()


def _fill_the_disk(url: str, limit: int, told: Connection) -> None:
    # No file of this process may grow beyond `limit`: the same as a disk with no room.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = open_store(url)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    for _ in range(2):
        try:
            keep(store, b"y" * 1_000_000)
            told.send("kept")
        except StoreError as trouble:
            told.send(trouble.kind)


@pytest.mark.parametrize("room", [0, 4096, 100_000])
def test_a_disk_that_fills_up_in_the_middle_of_a_write_keeps_the_old_state(
    file_store: Store, sqlite_url: str, tmp_path: Path, room: int
) -> None:
    kept = keep(file_store)
    heard, told = FORK.Pipe(duplex=False)
    writer = FORK.Process(
        target=_fill_the_disk, args=(sqlite_url, (tmp_path / FILE_NAME).stat().st_size + room, told)
    )
    writer.start()
    told.close()
    assert [heard.recv(), heard.recv()] == ["full", "full"]
    writer.join(timeout=30)
    assert writer.exitcode == 0
    assert list(recent(file_store, 5)) == [kept.id]
    assert whole(file_store)
    after = keep(file_store, b"y" * 1_000_000)
    assert get(file_store, after.id) is not None
