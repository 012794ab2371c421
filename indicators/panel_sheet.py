"""One sheet with a row for each city: read once, checked as arrays, every fault with its cell.

For offices that hold many cities' figures in one table. A header row names a column "city", one "country" and a
column for each measurement by its code; further columns are passed over and named. Such a sheet is its sender's
own: it is not guarded as an upload is.
"""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from openpyxl import load_workbook

from indicators.letters import name_of
from indicators.numbers import parse
from indicators.text import fold, quoted, tidy
from scoring.model import BoolArray, FloatArray, Framework, Panel

CITY = ("city", "城市")
COUNTRY = ("country", "国家")
# What can be wrong with a value, in the order in which it is told.
FAULTS = ("not_a_number", "out_of_range", "ladder_not_whole", "fraction_percent", "no_city", "column_twice")
# Why a sheet is no table of cities.
NO_WORKBOOK, NO_CITY_COLUMN, NO_MEASUREMENT = "no_workbook", "no_city_column", "no_measurement"
# Titles may stand above the header row.
HEADER_WITHIN = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that does not count: which city and measurement, the cell, what stands there and what is wrong."""

    city: str
    code: str
    cell: str
    found: str
    kind: str


@dataclass(frozen=True, eq=False)
class PanelSheet:
    """What a sheet of many cities says; `passed_over` names the columns that are no measurement.

    Units of the panel are named by their row and city, as two cities may have one name.
    """

    panel: Panel
    cities: tuple[str, ...]
    countries: tuple[str, ...]
    faults: tuple[Fault, ...]
    passed_over: tuple[str, ...]


class PanelSheetError(ValueError):
    """The sheet is no table of cities: `reason` is NO_WORKBOOK, NO_CITY_COLUMN or NO_MEASUREMENT."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column (from 0) is which; a code that stands twice is in `twice` and measured by neither column."""

    city: int
    country: int | None
    measured: dict[str, int]
    twice: dict[int, str]
    passed_over: tuple[str, ...]


def read_panel_sheet(data: bytes, framework: Framework) -> PanelSheet:
    """The cities of the first sheet, one row each; PanelSheetError where there is no such table.

    Values that are no number, outside their plausible range, levels that are not whole and fractions that may be
    percentages are left out and told, and so are rows with values and no city.
    """
    rows = _rows(data)
    header_row, columns = _header(rows, framework)
    codes = tuple(columns.measured)
    places = tuple(columns.measured.values())
    names: list[str] = []
    countries: list[str] = []
    numbers: list[int] = []
    raw: list[list[object]] = []
    told = [
        Fault("", code, name_of(header_row, at + 1), code, "column_twice")
        for at, code in columns.twice.items()
    ]
    for number, row in enumerate(rows, start=header_row + 1):
        cells = [row[at] if at < len(row) else None for at in places]
        name = tidy(row[columns.city]) if columns.city < len(row) else ""
        if name:
            names.append(name)
            at = columns.country
            countries.append(tidy(row[at]) if at is not None and at < len(row) else "")
            numbers.append(number)
            raw.append(cells)
        elif any(value is not None and tidy(value) for value in cells):
            told.append(Fault("", "", name_of(number, columns.city + 1), "", "no_city"))
    values, stated, faults = _values(raw, codes, framework)
    kinds = check_values(framework, codes, values, stated)
    for unit, at in zip(*np.nonzero(kinds), strict=True):
        faults.append((int(unit), int(at), FAULTS[kinds[unit, at]]))
        values[unit, at] = np.nan
    told += [
        Fault(
            names[unit],
            codes[at],
            name_of(numbers[unit], places[at] + 1),
            quoted(raw[unit][at]),
            kind,
        )
        for unit, at, kind in sorted(faults)
    ]
    units = tuple(f"{row}: {name}" for row, name in zip(numbers, names, strict=True))
    panel = _panel(framework, units, codes, values)
    return PanelSheet(panel, tuple(names), tuple(countries), tuple(told), columns.passed_over)


def check_values(
    framework: Framework, codes: Sequence[str], values: FloatArray, stated: BoolArray | None = None
) -> np.ndarray:
    """What is wrong with each value (units x codes): 0 nothing, else the position in FAULTS.

    `stated` marks values that say themselves that they are percentages.
    """
    facts = [framework.by_code[code].measurement for code in codes]
    low = np.array([fact.plausible_low if fact else -np.inf for fact in facts])
    high = np.array([fact.plausible_high if fact else np.inf for fact in facts])
    ladder = np.array([fact is not None and fact.scale == "ladder" for fact in facts], dtype=bool)
    percent = np.array([_is_percent(framework, code) for code in codes], dtype=bool)
    kinds = np.zeros(values.shape, dtype=np.int8)
    levels = values[:, ladder]
    kinds[:, ladder] = np.where(levels != np.rint(levels), 2, 0)
    shares = values[:, percent]
    doubtful = (shares > 0) & (shares <= 1) & (np.round(shares * 100, 6) <= high[percent])
    if stated is not None:
        doubtful &= ~stated[:, percent]
    kinds[:, percent] = np.where(doubtful, 3, kinds[:, percent])
    kinds[(values < low) | (values > high)] = 1
    kinds[np.isnan(values)] = 0
    return kinds


def _rows(data: bytes) -> Iterator[tuple[object, ...]]:
    """The rows of the first sheet, one at a time; PanelSheetError where there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        # The size that a file states about itself may lie; without it every row is read.
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True)
    except Exception as trouble:
        # Whatever is wrong inside, to its sender it is a file that does not open.
        raise PanelSheetError(NO_WORKBOOK) from trouble


def _header(rows: Iterator[tuple[object, ...]], framework: Framework) -> tuple[int, _Columns]:
    """The number of the row that names the city's column, and its columns."""
    scored = {node.code for node in framework.measurements if node.measurement and node.measurement.scored}
    for number, row in enumerate(islice(rows, HEADER_WITHIN), start=1):
        header = [fold(cell) if cell is not None else "" for cell in row]
        city = _column(header, CITY)
        if city is None:
            continue
        country = _column(header, COUNTRY)
        found = {at: name for at, name in enumerate(header) if name in scored}
        if not found:
            raise PanelSheetError(NO_MEASUREMENT)
        count = Counter(found.values())
        # Which of two columns is meant is not guessed.
        twice = {at: name for at, name in found.items() if count[name] > 1 and header.index(name) != at}
        once = {name: at for at, name in found.items() if count[name] == 1}
        order = (node.code for node in framework.measurements if node.code in once)
        passed = (
            tidy(row[at])
            for at, name in enumerate(header)
            if name and at not in found and at not in (city, country)
        )
        return number, _Columns(city, country, {code: once[code] for code in order}, twice, tuple(passed))
    raise PanelSheetError(NO_CITY_COLUMN)


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((at for at, name in enumerate(header) if name in names), None)


def _values(
    raw: Sequence[Sequence[object]], codes: Sequence[str], framework: Framework
) -> tuple[FloatArray, BoolArray, list[tuple[int, int, str]]]:
    """The numbers as an array, which of them state a percentage, and where something stands that is no number."""
    values = np.full((len(raw), len(codes)), np.nan)
    stated: BoolArray = np.zeros(values.shape, dtype=bool)
    faults: list[tuple[int, int, str]] = []
    percent = [_is_percent(framework, code) for code in codes]
    for unit, row in enumerate(raw):
        for at, cell in enumerate(row):
            if type(cell) is float or type(cell) is int:
                values[unit, at] = cell
            elif cell is not None and tidy(cell):
                parsed = parse(cell, percent=percent[at])
                if parsed.value is None:
                    faults.append((unit, at, FAULTS[0]))
                else:
                    values[unit, at], stated[unit, at] = parsed.value, parsed.stated_percent
    return values, stated, faults


def _is_percent(framework: Framework, code: str) -> bool:
    fact = framework.by_code[code].measurement
    return fact is not None and fact.unit == "percent"


def _panel(framework: Framework, units: tuple[str, ...], codes: Sequence[str], values: FloatArray) -> Panel:
    """All scored measurements, those without a column blank."""
    scored = [
        (node.code, node.measurement)
        for node in framework.measurements
        if node.measurement and node.measurement.scored
    ]
    whole = np.full((len(units), len(scored)), np.nan)
    place = {code: at for at, code in enumerate(codes)}
    for column, (code, _) in enumerate(scored):
        if code in place:
            whole[:, column] = values[:, place[code]]
    own = np.array([fact.method == "expert" for _, fact in scored])
    claimed: BoolArray = ~np.isnan(whole) & own
    return Panel(units, tuple(code for code, _ in scored), whole, np.zeros(whole.shape, dtype=bool), claimed)
