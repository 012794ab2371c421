"""What are the units' figures? A CSV file with one row a unit (and year), read whole or refused with its place."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indicators.columns import Column, Roles, roles
from indicators.tables import CatalogueError
from scoring.model import FloatArray

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
DECIMALS = {"point": ".", "comma": ","}
# A field may hold a long text.
MOST_CHARACTERS = 10_000_000
_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
# Cells of these characters alone are left to Python: no "nan", "inf" or "1_000" can be among them.
_PLAIN = re.compile(r"[-+0-9.eE\n]*")
_COMMA_TO_POINT = str.maketrans(",.", ".,")
# How a file begins that is a workbook (they are archives), or a text in UTF-16 as spreadsheets save it.
_WORKBOOK = b"PK\x03\x04"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file is written; an empty separator is found out from the header."""

    separator: str = ""  # a name of SEPARATORS
    decimal: str = "point"
    missing: tuple[str, ...] = ()  # texts that stand for an empty cell
    blank_columns: bool = False  # whether a measurement without a column counts as blank for everyone


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in the data."""

    codes: tuple[str, ...]  # the measurements that are scored
    other_codes: tuple[str, ...]  # those that are not: their columns are known and not read
    numbers: tuple[str, ...]  # headings of denominators and losses
    groups: tuple[str, ...]  # headings of groups


@dataclass(frozen=True, eq=False)
class UnitsTable:
    """The figures of all units, in the order of the file; NaN where a cell is empty.

    `lines` are the lines of the file, `headings` the column of each measurement ("" where it has none), and
    `passed_over` the columns that nothing is known about.
    """

    file: str
    lines: tuple[int, ...]
    units: tuple[str, ...]
    names: tuple[str, ...] | None
    years: tuple[str, ...] | None
    codes: tuple[str, ...]
    values: FloatArray  # units x codes
    numbers: Mapping[str, FloatArray]  # by heading
    groups: Mapping[str, tuple[str, ...]]  # by heading
    headings: Mapping[str, str]
    passed_over: tuple[str, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        """Each row's name: its unit, and the year where there is one."""
        if self.years is None:
            return self.units
        return tuple(f"{unit} {year}" for unit, year in zip(self.units, self.years, strict=True))


def read_units(path: Path, declared: Sequence[Column], wanted: Wanted, layout: Layout) -> UnitsTable:
    """The table of a file; CatalogueError at the first line that cannot be read without doubt.

    UTF-8, or UTF-16 with a byte order mark; separated by commas, semicolons or tabs; blank lines are skipped.
    OSError where the file cannot be opened.
    """
    file, text = path.name, _text(path)
    header_line, header, rows, lines = _records(file, text, _separator(text, wanted, declared, layout))
    place = roles(
        header,
        declared,
        (*wanted.codes, *wanted.other_codes),
        (*wanted.numbers, *wanted.groups),
        file,
        header_line,
    )
    if not rows:
        raise CatalogueError(file, 0, "there is no row below the header")
    missing = [code for code in wanted.codes if code not in place.measurements]
    if missing and not layout.blank_columns:
        hint = '; to count it as blank for every unit, set columns = "blank" in [data] of the method'
        raise CatalogueError(file, header_line, f'there is no column for measurement "{missing[0]}"{hint}')
    table = _Table(file, header, rows, lines, layout)
    units = table.texts(place.id, required=True)
    years = None if place.year is None else table.texts(place.year, required=True)
    _check_ids(file, lines, units, years)
    nothing = np.full(len(rows), np.nan)
    columns = [
        table.numbers(place.measurements[c]) if c in place.measurements else nothing for c in wanted.codes
    ]
    values = np.column_stack(columns) if columns else np.empty((len(rows), 0))
    return UnitsTable(
        file=file,
        lines=tuple(lines),
        units=units,
        names=None if place.name is None else table.texts(place.name),
        years=years,
        codes=wanted.codes,
        values=values,
        numbers={heading: table.numbers(place.headings[heading]) for heading in wanted.numbers},
        groups={heading: table.texts(place.headings[heading]) for heading in wanted.groups},
        headings={c: header[place.measurements[c]] if c in place.measurements else "" for c in wanted.codes},
        passed_over=_told(place, declared),
    )


def _told(place: Roles, declared: Sequence[Column]) -> tuple[str, ...]:
    known = {column.heading for column in declared}
    return tuple(heading for heading in place.passed_over if heading not in known)


@dataclass(frozen=True, slots=True)
class _Table:
    file: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    layout: Layout

    def texts(self, column: int, *, required: bool = False) -> tuple[str, ...]:
        texts = tuple(row[column] for row in self.rows)
        if required and "" in texts:
            raise self._fault(texts.index(""), column, "is empty")
        return texts

    def numbers(self, column: int) -> FloatArray:
        """The column as numbers, NaN where empty; CatalogueError at the first cell that is none."""
        texts = [row[column] for row in self.rows]
        if self.layout.missing:
            texts = ["" if text in self.layout.missing else text for text in texts]
        plain = texts
        if self.layout.decimal == "comma":
            # A point would be a thousands mark to one reader and a decimal mark to another.
            plain = [text.translate(_COMMA_TO_POINT) for text in texts]
        try:
            if _PLAIN.fullmatch("\n".join(plain)):
                found = np.array([float(text) if text else np.nan for text in plain], dtype=float)
                if not np.isinf(found).any():
                    return found
        except ValueError:
            pass
        for row, text in enumerate(plain):
            if text and (not _NUMBER.fullmatch(text) or np.isinf(float(text))):
                raise self._fault(
                    row, column, f'"{texts[row]}" is not a number{_hint(texts[row], self.layout)}'
                )
        return np.array([float(text) if text else np.nan for text in plain], dtype=float)

    def _fault(self, row: int, column: int, reason: str) -> CatalogueError:
        return CatalogueError(self.file, self.lines[row], f'column "{self.header[column]}": {reason}')


def _hint(text: str, layout: Layout) -> str:
    if layout.decimal == "point" and re.fullmatch(r"[-+]?[0-9]+,[0-9]+", text):
        return '; write 4.5, or set decimal = "comma" in [data] of the method'
    if layout.decimal == "comma" and re.search("[0-9]", text):
        return "; write it as in 4,5 or 1,2E-05, as the method sets a decimal comma"
    if re.search("[0-9]", text):
        return "; write it as in 4.5 or 1.2E-05"
    return (
        "; leave the cell empty where there is no figure, or name the text in missing in [data] of the method"
    )


def _text(path: Path) -> str:
    content = path.read_bytes()
    if content.startswith(_WORKBOOK):
        raise CatalogueError(path.name, 0, "the file is a workbook; save its sheet as CSV in UTF-8")
    encoding = "utf-16" if content.startswith(_UTF16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = len(content[: error.start + 1].splitlines())
        reason = f"the file is not UTF-8 (byte {error.start}); save it as CSV in UTF-8"
        raise CatalogueError(path.name, line, reason) from None
    if "\0" in text:
        line = len(text[: text.index("\0") + 1].splitlines())
        raise CatalogueError(path.name, line, "the file holds zero bytes; save it as CSV in UTF-8")
    return text


def _separator(text: str, wanted: Wanted, declared: Sequence[Column], layout: Layout) -> str:
    """The one named, else the one under which most headings are known (then: the most headings at all)."""
    if layout.separator:
        return SEPARATORS[layout.separator]
    known = {*wanted.codes, *wanted.numbers, *wanted.groups, *(column.heading for column in declared)}

    def worth(separator: str) -> tuple[int, int]:
        try:
            lines = io.StringIO(text, newline="")
            first = next((cells for cells in csv.reader(lines, delimiter=separator) if any(cells)), [])
        except csv.Error:
            return 0, 0
        return len(known.intersection(cell.strip() for cell in first)), len(first)

    return max(SEPARATORS.values(), key=worth)


def _records(file: str, text: str, separator: str) -> tuple[int, list[str], list[list[str]], list[int]]:
    """The header with its line, the rows below it and the line on which each of them starts."""
    csv.field_size_limit(MOST_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: list[str] | None = None
    header_line, end = 1, 0
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        for cells in reader:
            start, end = end + 1, reader.line_num
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if header is None:
                header, header_line = cells, start
                continue
            _check_width(file, start, cells, header)
            rows.append(cells)
            lines.append(start)
    except csv.Error as error:
        raise CatalogueError(file, end + 1, f"the line is not well-formed CSV ({error})") from None
    if header is None:
        raise CatalogueError(file, 0, "the file is empty")
    return header_line, header, rows, lines


def _check_width(file: str, line: int, cells: list[str], header: list[str]) -> None:
    if len(cells) != len(header):
        raise CatalogueError(file, line, f"the line has {len(cells)} cells, the header has {len(header)}")
    for position, heading in enumerate(header):
        if not heading and cells[position]:
            reason = f'column {position + 1} has no heading, but holds "{cells[position]}"'
            raise CatalogueError(file, line, reason)


def _check_ids(file: str, lines: Sequence[int], units: Sequence[str], years: Sequence[str] | None) -> None:
    first: dict[tuple[str, str], int] = {}
    for line, unit, year in zip(lines, units, years or [""] * len(units), strict=True):
        if (unit, year) in first:
            when = f" in {year}" if year else ""
            raise CatalogueError(
                file, line, f'unit "{unit}" stands twice{when}; first on line {first[unit, year]}'
            )
        first[unit, year] = line
