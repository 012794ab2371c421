"""Several processes at once, and processes that end in the middle of a write, lose nothing."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import resource
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from store.engine import FILE_NAME, Store, open_store
from store.errors import StoreError
from store.uploads import get, original, recent
from tests.store.readings import keep

WRITERS, EACH, KILLS = 4, 10, 15
FORK = multiprocessing.get_context("fork")


def integrity(store: Store) -> str:
    with store.reading() as connection:
        return str(connection.exec_driver_sql("PRAGMA integrity_check").scalar_one())


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
    assert integrity(store) == "ok"


def _add_until_killed(url: str, round_: int, told: Connection) -> None:
    store = open_store(url)
    i = 0
    while True:
        data = f"{round_} {i}".encode() * (1 + i % 7 * 3000)
        told.send((keep(store, data, city=f"City {round_}-{i}").id, hashlib.sha256(data).hexdigest()))
        i += 1


def test_a_process_killed_while_it_adds_loses_nothing_it_said_was_kept(url: str) -> None:
    acknowledged: dict[str, str] = {}
    for round_ in range(KILLS):
        heard, told = FORK.Pipe(duplex=False)
        writer = FORK.Process(target=_add_until_killed, args=(url, round_, told))
        writer.start()
        told.close()
        acknowledged.update([heard.recv()])
        # A little later every time, so that the end falls into every phase of a write.
        time.sleep(round_ * 0.004)
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        assert writer.exitcode == -signal.SIGKILL
        while True:
            try:
                acknowledged.update([heard.recv()])
            except EOFError:
                break
        store = open_store(url)
        assert integrity(store) == "ok"
        store.engine.dispose()
    store = open_store(url)
    kept = {one: found.sha256 for one in recent(store, 100_000) if (found := get(store, one))}
    assert len(acknowledged) >= KILLS
    assert {one: kept.get(one) for one in acknowledged} == acknowledged
    # A write may be kept whose word never came; a half one never is.
    assert len(kept) <= len(acknowledged) + KILLS
    for one, sha256 in kept.items():
        assert hashlib.sha256(original(store, one) or b"").hexdigest() == sha256


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
    store: Store, url: str, tmp_path: Path, room: int
) -> None:
    kept = keep(store)
    heard, told = FORK.Pipe(duplex=False)
    writer = FORK.Process(
        target=_fill_the_disk, args=(url, (tmp_path / FILE_NAME).stat().st_size + room, told)
    )
    writer.start()
    told.close()
    assert [heard.recv(), heard.recv()] == ["full", "full"]
    writer.join(timeout=30)
    assert writer.exitcode == 0
    assert list(recent(store, 5)) == [kept.id]
    assert integrity(store) == "ok"
    after = keep(store, b"y" * 1_000_000)
    assert get(store, after.id) is not None
