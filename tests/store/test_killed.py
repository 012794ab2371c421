"""A process killed (kill -9) in a migration, a backup or a restore leaves the old state or the new one, never half."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# Imported here so that it is there in every child: the end is to fall into the work, not into an import.
import alembic.command  # noqa: F401
import pytest

from store.backup import backup, restore
from store.engine import FILE_NAME, open_store
from store.key import VARIABLE
from store.uploads import recent
from store.verify import verify
from tests.conftest import SOAK
from tests.postgres import KEY, PostgresServer
from tests.store.readings import keep
from tests.store.test_migrations import build, check, shape

ROUNDS = 60 if SOAK else 4
FORK = multiprocessing.get_context("fork")
Fresh = Callable[[], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fresh]:
    """Gives the address of a new, empty database each time, on each kind."""
    monkeypatch.setenv(VARIABLE, KEY)
    if request.param == "sqlite":
        folders = map(str, itertools.count())

        def new_file() -> str:
            folder = tmp_path / next(folders)
            folder.mkdir()
            return f"sqlite:///{folder / FILE_NAME}"

        yield new_file
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    names: list[str] = []

    def new() -> str:
        names.append(server.new_database())
        return server.url(names[-1])

    yield new
    for name in names:
        server.drop(name)


def killed_after(seconds: float, act: Callable[[], object]) -> bool:
    """Run something in a process of its own and kill it after so long; whether it was still at work."""
    begun, going = FORK.Pipe(duplex=False)

    def run() -> None:
        going.send("")
        act()

    process = FORK.Process(target=run)
    process.start()
    begun.recv()
    time.sleep(seconds)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def killed_once(seen: Callable[[], bool], act: Callable[[], object]) -> None:
    """Run something in a process of its own and kill it as soon as something is to be seen."""
    process = FORK.Process(target=act)
    process.start()
    while not seen():
        assert process.is_alive()
        time.sleep(0.0005)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert process.exitcode == -signal.SIGKILL


def lasts(act: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


@dataclass
class Cuts:
    """Moments spread over the time that the work takes, and how many kills fell into it.

    A kill that came too late shows that the work takes less time than the first one took, on a machine that was busy
    then: the next ones come sooner.
    """

    whole: float
    fell_in: int = 0

    def __iter__(self) -> Iterator[float]:
        for number in range(ROUNDS):
            yield self.whole * number / ROUNDS
        for _ in range(20):
            if self.fell_in < 2:
                yield self.whole / 2

    def count(self, cut: bool) -> None:
        """Whether the kill at the last moment fell into the work."""
        self.fell_in += cut
        if not cut:
            self.whole /= 2


def test_a_migration_cut_off_anywhere_leaves_the_old_tables_or_the_new_ones(fresh: Fresh) -> None:
    def older() -> str:
        url = fresh()
        build(url, "0001")
        return url

    def come_up(url: str) -> None:
        open_store(url).engine.dispose()

    url = older()
    before = shape(url)
    cuts = Cuts(lasts(lambda: come_up(url)))
    after = shape(url)
    assert before != after
    for seconds in cuts:
        url = older()
        cuts.count(killed_after(seconds, lambda url=url: come_up(url)))  # type: ignore[misc]
        assert shape(url) in (before, after)
        store = open_store(url)
        check(store, "0001")
        store.engine.dispose()
    assert cuts.fell_in > 1


def _filled(url: str) -> str:
    store = open_store(url)
    for number in range(15):
        keep(store, os.urandom(20_000), city=f"City {number}")
    store.engine.dispose()
    return url


def test_a_restore_cut_off_anywhere_leaves_an_empty_place_or_all_of_it(fresh: Fresh, tmp_path: Path) -> None:
    source = open_store(_filled(fresh()))
    made = backup(source, tmp_path / "kept.zip")
    everything = recent(source, 100)
    source.engine.dispose()

    def bring(url: str) -> None:
        store = open_store(url)
        restore(store, tmp_path / "kept.zip")
        store.engine.dispose()

    def empty() -> str:
        url = fresh()
        open_store(url).engine.dispose()
        return url

    url = empty()
    cuts = Cuts(lasts(lambda: bring(url)))
    for seconds in cuts:
        url = empty()
        cuts.count(killed_after(seconds, lambda url=url: bring(url)))  # type: ignore[misc]
        store = open_store(url)
        found = recent(store, 100)
        assert found in ((), everything)
        if not found:
            assert store.head().number == 0
            restore(store, tmp_path / "kept.zip")
        report = verify(store, (made.head,))
        assert (report.damage, report.head) == ((), made.head)
        keep(store, b"more")
        assert verify(store).whole
        store.engine.dispose()
    assert cuts.fell_in > 1


def test_a_backup_cut_off_anywhere_is_there_whole_or_not_at_all_and_leaves_nothing_behind(
    fresh: Fresh, tmp_path: Path
) -> None:
    url = _filled(fresh())
    folder = tmp_path / "backups"
    folder.mkdir()

    def write(path: Path) -> None:
        store = open_store(url)
        backup(store, path)
        store.engine.dispose()

    cuts = Cuts(lasts(lambda: write(folder / "first.zip")))
    (folder / "first.zip").unlink()
    store = open_store(url)
    for number, seconds in enumerate(cuts):
        path = folder / "kept.zip"
        cuts.count(killed_after(seconds, lambda path=path: write(path)))  # type: ignore[misc]
        if not path.exists():
            backup(store, path)
        # What was left half-done is a copy of everything, and goes with the next one.
        assert list(folder.iterdir()) == [path]
        if number % 3 == 0:
            again = open_store(fresh())
            assert restore(again, path) == verify(store)
            again.engine.dispose()
        path.unlink()
    assert cuts.fell_in > 1

    # In the middle for certain: half of it lies there, and the next one takes it away.
    killed_once(lambda: any(folder.glob("*/part.zip")), lambda: write(folder / "kept.zip"))
    (left,) = folder.iterdir()
    assert left.name != "kept.zip"
    backup(store, folder / "kept.zip")
    assert [one.name for one in folder.iterdir()] == ["kept.zip"]
    assert verify(store).whole
    store.engine.dispose()
