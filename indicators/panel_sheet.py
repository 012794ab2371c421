"""One sheet with a row for each city: read once, checked as arrays, every fault with its cell.

For offices that hold many cities' figures in one table. The header row names a column "city", one "country" and a
column for each measurement by its code; further columns are passed over and named.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from indicators.numbers import parse
from indicators.text import fold, tidy
from scoring.model import BoolArray, FloatArray, Framework, Panel

CITY = ("city", "城市")
COUNTRY = ("country", "国家")
# What can be wrong with a value, in the order in which it is told.
FAULTS = ("not_a_number", "out_of_range", "ladder_not_whole")


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
    """What a sheet of many cities says; `passed_over` names the columns that are no measurement."""

    panel: Panel
    countries: tuple[str, ...]
    faults: tuple[Fault, ...]
    passed_over: tuple[str, ...]


class PanelSheetError(ValueError):
    """The sheet is no table of cities: `reason` says what is missing."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_panel_sheet(data: bytes, framework: Framework) -> PanelSheet:
    """The cities of the first sheet, one row each; PanelSheetError where there is no such table.

    Values outside their plausible range and ladder levels that are not whole are left out and told.
    """
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    # The size that a file states about itself may lie; without it every row is read.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True)
    header = [fold(cell) for cell in next(rows, ())]
    city, country = (_column(header, names) for names in (CITY, COUNTRY))
    measured = {node.code: node.measurement for node in framework.measurements if node.measurement}
    columns = {code: at for at, code in enumerate(header) if code in measured and measured[code].scored}
    if city is None or not columns:
        raise PanelSheetError(
            "no column for the city" if city is None else "no column with the code of a measurement"
        )
    codes = tuple(code for code in measured if code in columns)
    names: list[str] = []
    countries: list[str] = []
    raw: list[list[object]] = []
    for row in rows:
        if len(row) > city and tidy(row[city]):
            names.append(tidy(row[city]))
            countries.append(tidy(row[country]) if country is not None and len(row) > country else "")
            raw.append([row[columns[code]] if len(row) > columns[code] else None for code in codes])
    values, faults = _values(raw, codes, framework)
    kinds = check_values(framework, codes, values)
    for unit, at in zip(*np.nonzero(kinds), strict=True):
        faults.append((int(unit), int(at), FAULTS[kinds[unit, at]]))
        values[unit, at] = np.nan
    told = tuple(
        Fault(
            names[unit],
            codes[at],
            f"{get_column_letter(columns[codes[at]] + 1)}{unit + 2}",
            tidy(raw[unit][at]),
            kind,
        )
        for unit, at, kind in sorted(faults)
    )
    known = {city, country, *columns.values()}
    passed = tuple(name for at, name in enumerate(header) if name and at not in known)
    return PanelSheet(_panel(framework, names, codes, values), tuple(countries), told, passed)


def check_values(framework: Framework, codes: Sequence[str], values: FloatArray) -> np.ndarray:
    """What is wrong with each value (units x codes): 0 nothing, else the position in FAULTS."""
    facts = [framework.by_code[code].measurement for code in codes]
    low = np.array([fact.plausible_low if fact else -np.inf for fact in facts])
    high = np.array([fact.plausible_high if fact else np.inf for fact in facts])
    ladder = np.array([fact is not None and fact.scale == "ladder" for fact in facts])
    kinds = np.zeros(values.shape, dtype=np.int8)
    kinds[:, ladder] = np.where(values[:, ladder] != np.rint(values[:, ladder]), 2, 0)
    kinds[(values < low) | (values > high)] = 1
    kinds[np.isnan(values)] = 0
    return kinds


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((at for at, name in enumerate(header) if name in names), None)


def _values(
    raw: Sequence[Sequence[object]], codes: Sequence[str], framework: Framework
) -> tuple[FloatArray, list[tuple[int, int, str]]]:
    """The numbers as an array, and where something stands that is none."""
    values = np.full((len(raw), len(codes)), np.nan)
    faults: list[tuple[int, int, str]] = []
    percent = [_is_percent(framework, code) for code in codes]
    for unit, row in enumerate(raw):
        for at, cell in enumerate(row):
            if type(cell) is float or type(cell) is int:
                values[unit, at] = cell
            elif cell is not None and tidy(cell):
                number = parse(cell, percent=percent[at]).value
                if number is None:
                    faults.append((unit, at, FAULTS[0]))
                else:
                    values[unit, at] = number
    return values, faults


def _is_percent(framework: Framework, code: str) -> bool:
    fact = framework.by_code[code].measurement
    return fact is not None and fact.unit == "percent"


def _panel(framework: Framework, names: Sequence[str], codes: Sequence[str], values: FloatArray) -> Panel:
    """All scored measurements, those without a column blank; units are told apart by their row."""
    scored = [
        (node.code, node.measurement)
        for node in framework.measurements
        if node.measurement and node.measurement.scored
    ]
    whole = np.full((len(names), len(scored)), np.nan)
    place = {code: at for at, code in enumerate(codes)}
    for column, (code, _) in enumerate(scored):
        if code in place:
            whole[:, column] = values[:, place[code]]
    own = np.array([fact.method == "expert" for _, fact in scored])
    claimed: BoolArray = ~np.isnan(whole) & own
    units = tuple(f"{row}: {name}" for row, name in enumerate(names, start=2))
    return Panel(units, tuple(code for code, _ in scored), whole, np.zeros(whole.shape, dtype=bool), claimed)
