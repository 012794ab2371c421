"""A sheet of 5,000 cities beside the bare load of the same file, and the check of 400 cities from memory."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from openpyxl import Workbook, load_workbook

from actions import house
from indicators.panel_sheet import FAULTS, check_values, read_panel_sheet
from scoring.model import FloatArray
from tests.bench.peak import growth
from tests.bench.row import Row
from tests.bench.scoring import best

CITIES = 5000
CHECKED = 400
# As many impossible values among those of 400 cities.
PLANTED = 120
_MEMORY = """
import sys
from pathlib import Path
from actions import house
from indicators.panel_sheet import read_panel_sheet
from tests.bench.peak import peak

framework = house.framework()
before = peak()
assert len(read_panel_sheet(Path(sys.argv[1]).read_bytes(), framework).cities) == int(sys.argv[2])
print(before, peak())
"""


def rows() -> list[Row]:
    """All figures of this file; takes about half a minute."""
    data = _sheet()
    bare = _timed(lambda: _bare(data))
    ours = _timed(lambda: read_panel_sheet(data, house.framework()))
    return [
        Row(f"a sheet of {CITIES:,} cities", ours, "s", bare, 1.3),
        Row("memory for it", _memory(data), "MB", most=300.0),
        _check(),
    ]


def _codes() -> tuple[str, ...]:
    measured = house.framework().measurements
    return tuple(node.code for node in measured if node.measurement and node.measurement.scored)


def _values(cities: int) -> FloatArray:
    """Possible values, whole ones for levels."""
    facts = [house.framework().by_code[code].measurement for code in _codes()]
    share = np.random.default_rng(5).random((cities, len(facts)))
    low = np.array([fact.plausible_low for fact in facts if fact])
    high = np.array([fact.plausible_high for fact in facts if fact])
    values: FloatArray = np.round(low + (0.2 + 0.6 * share) * (high - low), 2)
    ladder = np.array([fact.scale == "ladder" for fact in facts if fact])
    values[:, ladder] = np.rint(values[:, ladder])
    return values


def _sheet() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Cities")
    sheet.append(["City", "Country", *_codes()])
    for number, row in enumerate(_values(CITIES).tolist()):
        sheet.append([f"City {number}", "NOR", *row])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _bare(data: bytes) -> None:
    """What one would write down with openpyxl alone: every row of the sheet, read only."""
    for _ in (
        load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        .worksheets[0]
        .iter_rows(values_only=True)
    ):
        pass


def _timed(act: Callable[[], object]) -> float:
    times = []
    for _ in range(2):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


def _memory(data: bytes) -> float:
    """How much a process of its own grows by reading the sheet, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cities.xlsx"
        file.write_bytes(data)
        return growth(_MEMORY, [str(file), str(CITIES)])


def _check() -> Row:
    framework, codes, values = house.framework(), _codes(), _values(CHECKED)
    random = np.random.default_rng(9)
    places = random.choice(values.size, PLANTED, replace=False)
    values.flat[places] = 1e12
    found = check_values(framework, codes, values)
    expected = np.zeros(values.size, dtype=bool)
    expected[places] = True
    if not np.array_equal(found.ravel() == FAULTS.index("out_of_range"), expected):
        raise RuntimeError("a planted fault was not found, or one that nobody planted")
    seconds = best(lambda: check_values(framework, codes, values))
    return Row(f"checking {CHECKED} cities, all measurements", seconds * 1e3, "ms", most=5.0)
