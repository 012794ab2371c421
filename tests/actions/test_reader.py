"""The process that opens strangers' files: it reads as well as we do, and nothing in it can hurt anybody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from actions import house
from actions.reader import ROOT, Readers
from actions.reader_worker import MEMORY_ABOVE_BASE
from indicators.workbook import read
from sample_data.make import build, city_ids
from store.reading_json import dump


@pytest.fixture
def readers() -> Readers:
    return Readers(workers=1)


def _here(name: str, data: bytes) -> str:
    return dump(read(name, data, house.framework(), (house.declaration(),), house.today()))


@pytest.mark.parametrize("city", city_ids())
def test_the_worker_reads_what_we_read(city: str) -> None:
    readers = Readers(workers=1)
    data = build(city, "zh")
    assert dump(readers.read("a.xlsx", data)) == _here("a.xlsx", data)
    readers.end()


@pytest.mark.parametrize(
    ("name", "data"),
    [("empty.xlsx", b""), ("text.xlsx", b"a,b\n1,2\n"), ("cut.xlsx", build("yunlan", "en")[:30_000])],
)
def test_a_bad_file_gets_the_same_refusal_and_the_worker_stays(
    name: str, data: bytes, readers: Readers
) -> None:
    refusal = readers.read(name, data)
    assert refusal.refused is not None
    assert dump(refusal) == _here(name, data)
    assert readers.read("good.xlsx", build("yunlan", "en")).refused is None
    readers.end()


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read(readers: Readers) -> None:
    readers.read("warm.xlsx", build("yunlan", "en"))
    late = readers.read("late.xlsx", build("yunlan", "en"), seconds=0.001)
    assert late.refused is not None
    assert late.refused.kind == "too_slow"
    assert readers.read("next.xlsx", build("riverbend", "en")).refused is None
    readers.end()


def test_a_worker_that_dies_at_work_is_replaced(readers: Readers) -> None:
    readers.read("warm.xlsx", build("yunlan", "en"))
    with readers._one() as worker:
        doomed = worker._process.pid
    # Stopped, it cannot answer; killed a moment later, it never will.
    os.kill(doomed, signal.SIGSTOP)
    killer = threading.Timer(0.2, os.kill, (doomed, signal.SIGKILL))
    killer.start()
    lost = readers.read("lost.xlsx", build("yunlan", "en"))
    assert lost.refused is not None
    assert lost.refused.kind == "too_heavy"
    assert readers.read("next.xlsx", build("yunlan", "en")).refused is None
    readers.end()


def test_many_visitors_at_once_each_get_their_own(readers: Readers) -> None:
    cities = [city for city in city_ids() for _ in range(3)]
    with ThreadPoolExecutor(8) as visitors:
        found = list(visitors.map(lambda city: readers.read(city, build(city, "en")), cities))
    assert [one.profile["name"] for one in found] == [_name(city) for city in cities]
    readers.end()


def _name(city: str) -> object:
    return read(city, build(city, "en"), house.framework(), (house.declaration(),), house.today()).profile[
        "name"
    ]


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:1')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('planted', 'w')",
        "open('planted', 'ab')",
        "import os; os.remove('planted')",
        "import os; os.rename('a', 'b')",
    ],
)
def test_what_a_file_could_make_the_reader_do_is_denied(act: str, tmp_path: Path) -> None:
    program = f"import sys; from actions.reader_worker import _deny; sys.addaudithook(_deny)\n{act}\n"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "PermissionError" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_memory_is_limited_where_the_system_can(readers: Readers) -> None:
    readers.read("warm.xlsx", build("yunlan", "en"))
    with readers._one() as worker:
        assert worker.limits is not None
        limits = Path(f"/proc/{worker._process.pid}/limits")
        if not limits.exists():
            assert worker.limits["memory"] is False
            return
        line = next(one for one in limits.read_text().splitlines() if one.startswith("Max address space"))
        size = int(line.split()[3])
        base = int(Path(f"/proc/{worker._process.pid}/statm").read_text().split()[0]) * os.sysconf(
            "SC_PAGE_SIZE"
        )
    assert MEMORY_ABOVE_BASE <= size <= base + MEMORY_ABOVE_BASE
    readers.end()


def test_warming_starts_one_worker_in_the_background(readers: Readers) -> None:
    started = time.perf_counter()
    readers.warm()
    readers.warm()
    assert time.perf_counter() - started < 1.0
    with readers._one() as worker:
        assert worker.alive
    readers.end()
