"""What is made to hurt the reader is refused in less than a second and little memory, and the next file is read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.reader import ROOT, Readers
from tests.indicators.bombs import BOMBS, long_cell
from tests.workbooks import Content, filled, filled_reading

MOST_SECONDS = 1.0
MOST_BYTES = 200 * 1024 * 1024


class Watched:
    """One reading process, and how much memory it has taken since it was asked last."""

    def __init__(self) -> None:
        self.readers = Readers(workers=1)
        self.readers.read("warm.xlsx", filled())

    def pid(self) -> int:
        with self.readers._one() as worker:
            return worker._process.pid

    def begin(self) -> None:
        """Forget the peak of the files before."""
        clear = Path(f"/proc/{self.pid()}/clear_refs")
        self.base = 0
        if clear.exists():
            clear.write_text("5")
            self.base = self._status("VmRSS")

    def above(self) -> int:
        """Bytes above the beginning at the highest; 0 where the system does not say."""
        return self._status("VmHWM") - self.base if self.base else 0

    def _status(self, name: str) -> int:
        lines = Path(f"/proc/{self.pid()}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


@pytest.fixture(scope="module")
def watched() -> Iterator[Watched]:
    made = Watched()
    yield made
    made.readers.end()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_quickly_by_the_same_process_that_reads_on(name: str, watched: Watched) -> None:
    make, kinds = BOMBS[name]
    data = make()
    process = watched.pid()
    watched.begin()
    started = time.perf_counter()
    reading = watched.readers.read("bomb.xlsx", data)
    seconds = time.perf_counter() - started
    above = watched.above()
    assert reading.refused is not None
    assert reading.refused.kind in kinds
    assert not reading.observations
    assert seconds < MOST_SECONDS
    assert above < MOST_BYTES
    assert watched.pid() == process
    after = watched.readers.read("next.xlsx", filled())
    assert Content.of(after).observations == Content.of(filled_reading()).observations


def test_a_cell_of_100_000_characters_is_read_beside_everything_else(watched: Watched) -> None:
    watched.begin()
    started = time.perf_counter()
    reading = watched.readers.read("long.xlsx", long_cell())
    assert time.perf_counter() - started < MOST_SECONDS
    assert watched.above() < MOST_BYTES
    assert reading.refused is None
    assert Content.of(reading).observations == Content.of(filled_reading()).observations


def test_a_path_in_a_part_name_leads_nowhere(tmp_path: Path) -> None:
    readers = Readers(workers=1)
    assert readers.read("../../x.xlsx", BOMBS["a part outside the workbook"][0]()).refused is not None
    readers.end()
    places = (*ROOT.parents, ROOT, tmp_path)
    assert not [place for place in places if (place / "outside.xml").exists()]
