"""Many workbooks read at once, and what another visitor notices while a heavy file is read on the same server."""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from actions.reader import WORKERS, Readers
from sample_data.make import build, city_ids
from tests.bench.row import Row
from tests.bench.visitor import ROOT, Visitor, serving

WORKBOOKS = 100
RERUNS = 150
PAGE = ("lang=en", "about_method")
# Uploads one file after the other in a browser of its own until it is stopped.
_UPLOADING = """
import os, sys
from pathlib import Path
from playwright.sync_api import sync_playwright
from tests.conftest import BROWSER_FLAGS
# The browser of whoever uploads works on another computer.
os.nice(19)
port, program, file = sys.argv[1:]
data = Path(file).read_bytes()
with sync_playwright() as driver:
    page = driver.chromium.launch(executable_path=program, args=list(BROWSER_FLAGS)).new_page()
    page.goto(f"http://127.0.0.1:{port}/city_upload?lang=en")
    chooser = page.locator("input[type=file]")
    chooser.wait_for(state="attached")
    page.wait_for_timeout(1500)
    files = [{"name": f"{n}.xlsx", "mimeType": "application/zip", "buffer": data + bytes(n)} for n in range(60)]
    print("ready", flush=True)
    sys.stdin.readline()
    chooser.set_input_files(files)
    print("sent", flush=True)
    page.wait_for_timeout(120_000)
"""


def rows() -> list[Row]:
    """All figures of this file; takes about a minute."""
    return [_side_by_side(), *_neighbour()]


def _side_by_side() -> Row:
    files = [build(city, "en") for city in city_ids()]
    wanted = [files[number % len(files)] for number in range(WORKBOOKS)]

    def seconds(workers: int) -> float:
        readers = Readers(workers=workers)
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda data: readers.read("warm.xlsx", data), files[:workers]))
            started = time.perf_counter()
            list(pool.map(lambda data: readers.read("city.xlsx", data), wanted))
            took = time.perf_counter() - started
        readers.end()
        return took

    return Row(f"{WORKBOOKS} workbooks by {WORKERS} readers beside one", seconds(WORKERS), "s", seconds(1))


def _heavy() -> bytes:
    """A workbook that is accepted and takes a reader as long as any: many cells beside the answers."""
    from tests.indicators.bombs import in_sheet

    row = b'<row r="%d">' + b"<c><v>1</v></c>" * 200 + b"</row>"
    return in_sheet(b"".join(row % number for number in range(100, 270)))


def _neighbour() -> list[Row]:
    from tests.conftest import find_program

    program = find_program("browser")
    if program is None:
        return []
    with tempfile.TemporaryDirectory() as folder, serving(ROOT / "app.py", Path(folder)) as (port, _, _):
        file = Path(folder) / "heavy.xlsx"
        file.write_bytes(_heavy())
        visitor = Visitor(port)
        with _uploading(port, program, file) as start:
            for _ in range(20):
                visitor.run(*PAGE)
            rest = _slow(visitor)
            start()
            busy = _slow(visitor)
        visitor.close()
    return [Row("a neighbour's rerun while a file is read (p95)", busy, "ms", rest, 1.5)]


@contextlib.contextmanager
def _uploading(port: int, program: str, file: Path) -> Iterator[Callable[[], None]]:
    process = subprocess.Popen(
        [sys.executable, "-c", _UPLOADING, str(port), program, str(file)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    out, into = process.stdout, process.stdin

    def start() -> None:
        into.write("\n")
        into.flush()
        out.readline()
        # The transfer is over; from here on the file is read.
        time.sleep(0.5)

    try:
        out.readline()
        yield start
    finally:
        process.terminate()
        process.wait(timeout=20)


def _slow(visitor: Visitor) -> float:
    """The 95th percentile of a rerun in ms."""
    times = []
    for _ in range(RERUNS):
        started = time.perf_counter()
        visitor.run(*PAGE)
        times.append(time.perf_counter() - started)
        # As fast as nobody clicks, and with pauses as a reading person makes.
        time.sleep(0.02)
    return statistics.quantiles(times, n=20)[-1] * 1000
