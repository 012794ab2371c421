"""Many people at once in a shared installation: how long they wait, and what a second process brings.

The load is made on the same machine and takes its share of it. So the same load is sent to a page that holds nothing
but a title, and what that took is taken off. The long form (SCORECARD_SOAK=1) has a hundred visitors.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from actions import accepting, house, invitations, passwords
from actions.access import COMPUTER
from indicators.workbook import read
from sample_data.make import build, city_ids
from store.acts import PROGRAM, Act
from store.owners import Owner
from store.people import add_city
from store.uploads import add
from tests.bench.row import Row
from tests.conftest import SOAK
from tests.door.shared_app import PASSWORD, Line, SharedApp, texts
from tests.postgres import PostgresServer

VISITORS, SECONDS = (100, 40) if SOAK else (30, 15)
PAUSE = 5.0
# At full speed nobody pauses: few are enough to keep the processes busy.
HASTY, HASTY_SECONDS = 8, 12 if SOAK else 5
PAGES = ("city_overview", "city_areas", "city_themes", "city_compare")
# How a page tells that it could not be shown.
TROUBLES = ("Something failed on our side", "No workbook is kept", "You are signed out")
EMPTY_PAGE = "import streamlit as st\nst.title('x')\n"


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: how long each act took, how long all together, and the CPU of those who made it."""

    times: tuple[float, ...]
    seconds: float
    cpu: float

    @property
    def p95(self) -> float:
        """The time that one act in twenty exceeds."""
        return statistics.quantiles(self.times, n=20)[-1]


def rows() -> list[Row]:
    """All figures of this file; takes about a minute and a half, the long form twice that."""
    server = PostgresServer()
    try:
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            patch.setattr(passwords, "COST", passwords.Cost(n=2**4))
            return _rows(Path(folder), server.url(server.new_database()))
    finally:
        server.remove()


def _rows(folder: Path, database: str) -> list[Row]:
    settings = {"DATABASE_URL": database}
    script = folder / "empty.py"
    script.write_text(EMPTY_PAGE)
    empty = SharedApp(folder, command=("-m", "streamlit", "run", str(script), "--server.port"))
    first, second = (SharedApp(folder, settings=settings) for _ in range(2))
    with _running(empty):
        calm_empty = _load([(empty, "")] * VISITORS, [("", "")], SECONDS, PAUSE)
        hasty_empty = _load([(empty, "")] * HASTY, [("", "")], HASTY_SECONDS, 0)
    with _running(first):
        tokens, acts = _filled(first)
        _warm(first, tokens[0], acts)
        calm = _load([(first, token) for token in tokens], acts, SECONDS, PAUSE)
        alone = _load([(first, token) for token in tokens[:HASTY]], acts, HASTY_SECONDS, 0)
        with _running(second):
            _warm(second, tokens[0], acts)
            halves = [((first, second)[i % 2], token) for i, token in enumerate(tokens[:HASTY])]
            both = _load(halves, acts, HASTY_SECONDS, 0)
    own_cost = hasty_empty.cpu / len(hasty_empty.times)
    one, two = (_per_act(load, processes, own_cost) for load, processes in ((alone, 1), (both, 2)))
    busy = f"machine's load {os.getloadavg()[0]:.1f}"
    return [
        Row(
            f"{VISITORS} visitors every {PAUSE:g} s, p95, less the load's",
            calm.p95 - calm_empty.p95,
            "s",
            most=1.0,
            note=f"as timed {calm.p95:.2f} s, empty page {calm_empty.p95:.2f} s, {len(calm.times)} acts, {busy}",
        ),
        Row(
            "two processes: time an act, less the load's",
            two,
            "ms",
            one,
            note=f"bare: one process; as timed {_timed(both):.0f} and {_timed(alone):.0f} ms, "
            f"the load's CPU {own_cost * 1000:.1f} ms an act, {busy}",
        ),
    ]


def _timed(load: Load) -> float:
    return load.seconds / len(load.times) * 1000


def _per_act(load: Load, processes: int, own_cost: float) -> float:
    """Milliseconds from one finished act to the next, had the load been made on another machine.

    A process works on one core. Of the machine's cores the load held `own_cost` seconds an act; where fewer were left
    than there are processes, these would have been faster by so much.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    left = cores - own_cost * len(load.times) / load.seconds
    return _timed(load) * min(processes, left) / min(processes, cores)


@contextmanager
def _running(app: SharedApp) -> Iterator[None]:
    app.start()
    try:
        yield
    finally:
        app.stop()


def _filled(app: SharedApp) -> tuple[list[str], list[tuple[str, str]]]:
    """One city with the workbooks of all invented ones, and people who may see it: their sessions, and what to ask."""
    framework = house.framework()
    with app.within():
        with house.store().writing(Act(PROGRAM, "make_city", "city")) as writing:
            city = add_city(writing, name="Crowdville", folded_name="crowdville", country="KOR")
        tokens, owner = [], ""
        for number in range(VISITORS):
            link = invitations.invite(COMPUTER, "viewer", f"visitor{number}@example.org", city=city)
            # Each from a place of their own: a hundred tries from one are held back.
            came = accepting.accept(link.code, f"Visitor {number}", PASSWORD, f"198.51.100.{number}")
            tokens.append(came.token)
            owner = owner or came.person
        acts = []
        for name in city_ids():
            data = build(name, "en")
            reading = read("a.xlsx", data, framework, (house.declaration(),), house.today())
            kept = add(
                house.store(),
                name=f"{name}.xlsx",
                data=data,
                reading=reading,
                framework=framework.id,
                edition=framework.edition,
                owner=Owner(city, owner),
            )
            acts += [(page, f"city={kept.id}&lang=en") for page in PAGES]
        house.store().engine.dispose()
    return tokens, acts


def _warm(app: SharedApp, token: str, acts: Sequence[tuple[str, str]]) -> None:
    """Every page once, as on any day but the first; a page that shows nothing of a city would be no load."""
    line = Line(app, token)
    for page, query in acts:
        shown = texts(line.run(page, query))
        if "Signed in as Visitor" not in shown or any(trouble in shown for trouble in TROUBLES):
            raise RuntimeError(f"{page} was not shown: {shown[-2000:]}")
    line.close()


def _load(
    visitors: Sequence[tuple[SharedApp, str]],
    acts: Sequence[tuple[str, str]],
    seconds: float,
    pause: float,
) -> Load:
    """Everybody opens a page, then acts again and again, spread evenly over the pause, for so many seconds.

    A late answer delays one's own next act no further than it must: acts are due by the clock.
    """
    with ExitStack() as stack:
        lines = [Line(app, token) for app, token in visitors]
        for line in lines:
            stack.callback(line.close)
            line.run(*acts[0])
        cpu, start = time.process_time(), time.perf_counter()

        def visit(number: int) -> list[float]:
            due, times = start + pause * number / len(lines), list[float]()
            for turn in count(number):
                time.sleep(max(0.0, due - time.perf_counter()))
                begun = time.perf_counter()
                if begun >= start + seconds:
                    return times
                lines[number].run(*acts[turn % len(acts)])
                # From when it was due: a visitor who had to wait is not left out.
                times.append(time.perf_counter() - (due if pause else begun))
                due += pause
            raise AssertionError

        with ThreadPoolExecutor(len(lines)) as pool:
            times = [one for found in pool.map(visit, range(len(lines))) for one in found]
        return Load(tuple(times), time.perf_counter() - start, time.process_time() - cpu)
