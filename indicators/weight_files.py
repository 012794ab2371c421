"""What weights do people ask for? Tables of experts' budgets and of comparisons two by two, beside METHOD.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indicators.tables import CatalogueError, Row, read_columns_of, read_table, unique
from scoring.model import FloatArray

EXPERT, COMPARED = "expert", "code"
_FRACTION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*/\s*([0-9]+(?:\.[0-9]+)?)")


@dataclass(frozen=True, eq=False)
class WeightTable:
    """Numbers by the name in the first column and by the code that heads the others."""

    file: str
    names: tuple[str, ...]
    codes: tuple[str, ...]
    numbers: FloatArray  # names x codes


def read_budgets(folder: Path, name: str) -> WeightTable:
    """One row an expert, one column a node: what each gives out of a budget of any size."""
    return _read(folder, name, EXPERT)


def read_comparisons(folder: Path, name: str) -> WeightTable:
    """One row and one column a child: how many times the row's child matters as much as the column's; 1/3 is read.

    CatalogueError where rows and columns are not the same codes.
    """
    table = _read(folder, name, COMPARED)
    if set(table.names) != set(table.codes):
        stray = sorted(set(table.names) ^ set(table.codes))[0]
        raise CatalogueError(table.file, 0, f'"{stray}" stands among the rows or the columns only')
    order = [table.names.index(code) for code in table.codes]
    return WeightTable(table.file, table.codes, table.codes, table.numbers[order])


def _read(folder: Path, name: str, key: str) -> WeightTable:
    file, header = read_columns_of(folder, name)
    if key not in header:
        raise CatalogueError(file, 1, f'the column "{key}" is missing')
    codes = tuple(code for code in header if code != key)
    rows = unique(read_table(folder, name, header, exponents=True), key)
    if not rows or not codes:
        raise CatalogueError(file, 0, "the table holds no weight")
    numbers = np.array([[_number(row, code) for code in codes] for row in rows.values()], dtype=float)
    return WeightTable(file, tuple(rows), codes, numbers)


def _number(row: Row, column: str) -> float:
    if fraction := _FRACTION.fullmatch(row.optional(column)):
        if float(fraction[2]) == 0:
            raise row.fault(f'{column} is "{row.optional(column)}", which divides by 0')
        return float(fraction[1]) / float(fraction[2])
    return row.number(column)
