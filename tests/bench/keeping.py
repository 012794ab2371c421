"""Keeping one answer, and listing the cities of a large round: what the store costs whoever waits for it."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from actions import house
from actions.access import Actor, Grant
from actions.candidates import unit_labels
from actions.listing import recent_uploads
from actions.standing import upload
from actions.submissions import judged
from indicators.workbook import read
from sample_data.make import build, city_ids
from scoring.model import Reading
from store.acts import OWN_COMPUTER, Act
from store.answers import UPLOADED, record, versions_of
from store.engine import Store, open_store
from store.owners import Owner
from store.people import add_city
from store.sqlite import engine as set_alike
from store.submissions import submit
from store.tables import ANSWERS
from store.uploads import Upload, add
from tests.bench.row import Row

ROUNDS = 60
CITIES = 400
LISTINGS = 5
# Somebody who may see what every city handed in.
JUROR = Actor("juror", "", (Grant("juror"),))


def rows() -> list[Row]:
    """All figures of this file; takes about twenty seconds."""
    readings = list(_readings())
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("SCORECARD_DATA", str(Path(folder) / "round"))
        return [*_saving(Path(folder), readings[0]), *_listing(readings)]


def _readings() -> Iterator[Reading]:
    """What is read from the workbooks of the invented cities."""
    framework, declarations, today = house.framework(), (house.declaration(),), house.today()
    for city in city_ids():
        yield read("a.xlsx", build(city, "en"), framework, declarations, today)


def _milliseconds(act: Callable[[int], object], rounds: int, clock: Callable[[], float]) -> list[float]:
    found = []
    for number in range(rounds):
        start = clock()
        act(number)
        found.append((clock() - start) * 1000)
    return found


def _kept(store: Store, reading: Reading, number: int, owner: Owner) -> Upload:
    """One upload for a city; what else stands in the file costs nothing here, so its bytes are few."""
    framework = house.framework()
    return add(
        store,
        name=f"city-{number}.xlsx",
        data=f"city {number}".encode(),
        reading=reading,
        framework=framework.id,
        edition=framework.edition,
        owner=owner,
    )


def _new_cities(store: Store, many: int) -> list[str]:
    with store.writing(Act(OWN_COMPUTER, "make_city", "city")) as writing:
        names = [f"City {number}" for number in range(many)]
        return [add_city(writing, name=one, folded_name=one.lower(), country="KOR") for one in names]


def _saving(folder: Path, reading: Reading) -> list[Row]:
    """One changed answer of a city that has answered everything; a whole decision; and a plain insert."""
    store = open_store(f"sqlite:///{folder / 'answers' / 'scorecard.sqlite3'}")
    (city,) = _new_cities(store, 1)
    kept = _kept(store, reading, 0, Owner(city, OWN_COMPUTER))
    code = next(code for code, one in reading.observations.items() if one.value is not None)

    def changed(number: int) -> Reading:
        answers = dict(reading.observations)
        answers[code] = replace(answers[code], value=number + 0.5)
        return replace(reading, observations=answers)

    def answer(number: int) -> None:
        with store.writing(Act(OWN_COMPUTER, "add", "upload", kept.id)) as writing:
            assert record(writing, city, kept.id, changed(number), UPLOADED) == 1

    def decision(number: int) -> None:
        framework = house.framework()
        add(
            store,
            name="city-0.xlsx",
            data=b"city 0",
            reading=changed(ROUNDS + number),
            framework=framework.id,
            edition=framework.edition,
            decided_from=kept.id,
            why="which mark is the decimal mark",
        )

    ours, our_cpu = _saved(answer)
    whole, whole_cpu = _saved(decision)
    # Every round was kept as a version of its own.
    assert len(versions_of(store, city, code)) == 1 + 2 * ROUNDS
    store.engine.dispose()
    bare = _bare_inserts(folder / "bare.sqlite3")
    return [
        Row("saving one answer, SQLite (median)", *_beside(ours, bare), most=20.0, note=our_cpu),
        Row("keeping one decision, SQLite (median)", *_beside(whole, bare), most=20.0, note=whole_cpu),
    ]


def _beside(ours: list[float], bare: list[float]) -> tuple[float, str, float]:
    return statistics.median(ours), "ms", statistics.median(bare)


def _saved(act: Callable[[int], object]) -> tuple[list[float], str]:
    """How long each round took; in words the slowest, and the CPU of one, which a busy machine changes little."""
    before = time.process_time()
    times = _milliseconds(act, ROUNDS, time.perf_counter)
    each = (time.process_time() - before) / ROUNDS * 1000
    return times, f"p95 {statistics.quantiles(times, n=20)[-1]:.1f} ms, CPU {each:.1f} ms"


def _bare_inserts(file: Path) -> list[float]:
    """The same row put into a file by sqlite3 alone, with the store's settings: no log, no versions."""
    pool = set_alike(make_url(f"sqlite:///{file}"))
    held = pool.raw_connection()
    plain = held.driver_connection
    assert isinstance(plain, sqlite3.Connection)
    names = [column.name for column in ANSWERS.c]
    plain.execute(f"CREATE TABLE answers ({', '.join(names)})")
    statement = f"INSERT INTO answers VALUES ({', '.join('?' * len(names))})"  # noqa: S608

    def insert(number: int) -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.execute(statement, [f"{number} {name}" for name in names])
        plain.execute("COMMIT")

    times = _milliseconds(insert, ROUNDS, time.perf_counter)
    held.close()
    pool.dispose()
    return times


def _listing(readings: list[Reading]) -> list[Row]:
    """What a juror's list of candidates asks for where 400 cities have handed in: who may be seen, and the names."""
    store = house.store()
    scores = None
    for number, city in enumerate(_new_cities(store, CITIES)):
        reading = readings[number % len(readings)]
        reading = replace(reading, profile={**reading.profile, "name": f"City {number}"})
        kept = _kept(store, reading, number, Owner(city, OWN_COMPUTER))
        # The list shows no scores, so one city's are frozen with all.
        scores = scores or judged(kept)
        submit(store, kept.id, scores)

    def listed(_: int) -> None:
        unit_labels.cache_clear()
        found = recent_uploads(JUROR, CITIES)
        assert len(unit_labels(tuple(one.id for one in found), "en")) == CITIES

    upload.cache_clear()
    first = _milliseconds(listed, 1, time.process_time)[0]
    again = min(_milliseconds(listed, LISTINGS, time.process_time))
    return [
        Row(f"list of {CITIES} cities, CPU", again, "ms", most=100.0),
        Row("the same, the first after a start, CPU", first, "ms", most=100.0),
    ]
