"""Reading a city's workbook beside the bare load of the same file."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

from openpyxl import load_workbook

from actions import house
from actions.reader import Readers
from indicators import guard
from indicators.workbook import read
from sample_data.make import build
from tests.bench.row import Row

ROUNDS = 7


def rows() -> list[Row]:
    """All figures of this file; takes some seconds."""
    data = build("yunlan", "en")
    framework, declarations, today = house.framework(), (house.declaration(),), house.today()
    bare = _best(lambda: load_workbook(io.BytesIO(data), data_only=True))
    here = _best(lambda: read("a.xlsx", data, framework, declarations, today))
    readers = Readers(workers=1)
    readers.read("warm.xlsx", data)
    apart = _best(lambda: readers.read("a.xlsx", data))
    readers.end()
    return [
        Row("guard of a city workbook", _best(lambda: guard.check("a.xlsx", data)), "ms", most=15.0),
        Row("city workbook to findings", here, "ms", bare, 2.0),
        Row("the same in the reading process", apart, "ms", bare, 2.0),
    ]


def _best(act: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times) * 1000
