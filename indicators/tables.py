"""Reading the flat tables of a catalogue folder, so that every fault can be named by file and line."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

YES_NO: Mapping[str, bool] = {"yes": True, "no": False}
# Plain decimals only: Python would also take 1_000, 1e3, nan and digits of other scripts.
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
# As spreadsheets and statistics programs write very small or large numbers.
_EXPONENT = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")


class CatalogueError(ValueError):
    """A catalogue folder is wrong: in which file, on which line (0: the file as a whole), and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(file, line, reason)
        self.file = file
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.reason}"


def one_of(allowed: Iterable[str]) -> str:
    """How a message lists the values that would have been right."""
    return ", ".join(f'"{value}"' for value in allowed)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells as text without outer blanks, by column."""

    file: str
    line: int
    cells: Mapping[str, str]
    exponents: bool = False  # whether numbers such as 1.2E-05 are read

    def fault(self, reason: str) -> CatalogueError:
        """The error to raise about this line."""
        return CatalogueError(self.file, self.line, reason)

    def text(self, column: str) -> str:
        """The cell's text; CatalogueError if it is empty."""
        if not self.cells[column]:
            raise self.fault(f"{column} is empty")
        return self.cells[column]

    def optional(self, column: str) -> str:
        """The cell's text, "" if it is empty."""
        return self.cells[column]

    def parts(self, column: str) -> tuple[str, ...]:
        """The words of a cell that holds a list separated by blanks."""
        return tuple(self.cells[column].split())

    def choice(self, column: str, allowed: Iterable[str]) -> str:
        """The cell's text; CatalogueError if it is none of `allowed`."""
        options = tuple(allowed)
        if self.cells[column] not in options:
            raise self.fault(f'{column} is "{self.cells[column]}" and must be one of {one_of(options)}')
        return self.cells[column]

    def yes(self, column: str) -> bool:
        """Whether the cell says yes; CatalogueError if it says neither yes nor no."""
        return YES_NO[self.choice(column, YES_NO)]

    def number(self, column: str) -> float:
        """The cell as a number, digits with at most one decimal point; CatalogueError otherwise."""
        pattern = _EXPONENT if self.exponents else _NUMBER
        if not pattern.fullmatch(self.text(column)) or math.isinf(float(self.cells[column])):
            raise self.fault(f'{column} is "{self.cells[column]}", which is not a number; write it as in 4.5')
        return float(self.cells[column])

    def optional_number(self, column: str) -> float | None:
        """The cell as a number, None if it is empty."""
        return self.number(column) if self.cells[column] else None


def label(folder: Path, name: str) -> str:
    """How a file is called in messages: the folder's name and the path inside it."""
    return f"{folder.name}/{name}"


def read_text(folder: Path, name: str) -> str:
    """The text of one file; a byte order mark is tolerated. CatalogueError if it is missing or not UTF-8."""
    try:
        content = (folder / name).read_bytes()
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        raise CatalogueError(label(folder, name), 0, "the file is missing") from None
    except UnicodeDecodeError as error:
        line = len(content[: error.start + 1].splitlines())
        reason = f"the file is not UTF-8 (byte {error.start}); save it in UTF-8"
        raise CatalogueError(label(folder, name), line, reason) from None


def read_table(
    folder: Path, name: str, columns: Sequence[str], optional: Sequence[str] = (), *, exponents: bool = False
) -> tuple[Row, ...]:
    """The rows of a CSV file whose header holds all of `columns` and none but these and `optional`, in any order.

    Blank lines are skipped; an optional column that is not there has empty cells. CatalogueError for a missing
    file, a missing, unknown or repeated column and a line with too few or too many cells.
    """
    file = label(folder, name)
    reader = csv.reader(io.StringIO(read_text(folder, name), newline=""), strict=True)
    header: tuple[str, ...] | None = None
    absent: dict[str, str] = {}
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            cells = [cell.strip() for cell in cells]
            if header is None:
                if not any(cells):
                    continue
                header = tuple(cells)
                _check_header(file, start, header, columns, optional)
                absent = dict.fromkeys((name for name in optional if name not in header), "")
            elif any(cells):
                if len(cells) != len(header):
                    raise CatalogueError(
                        file, start, f"the line has {len(cells)} cells, the header has {len(header)}"
                    )
                rows.append(Row(file, start, dict(zip(header, cells, strict=True)) | absent, exponents))
    except csv.Error as error:
        raise CatalogueError(file, line, f"the line is not well-formed CSV ({error})") from None
    if header is None:
        raise CatalogueError(file, 0, "the file is empty")
    return tuple(rows)


def read_columns_of(folder: Path, name: str) -> tuple[str, tuple[str, ...]]:
    """How a CSV file is called in messages, and the columns of its header, whatever they are."""
    reader = csv.reader(io.StringIO(read_text(folder, name), newline=""))
    header = next((cells for cells in reader if any(cell.strip() for cell in cells)), [])
    return label(folder, name), tuple(cell.strip() for cell in header)


def found(folder: Path, name: str, rows: Mapping[str, Row], key: str, column: str) -> Row:
    """The row of that key; CatalogueError about the whole file if it has none."""
    if key not in rows:
        raise CatalogueError(label(folder, name), 0, f'there is no line for {column} "{key}"')
    return rows[key]


def _check_header(
    file: str, line: int, header: Sequence[str], columns: Sequence[str], optional: Sequence[str]
) -> None:
    for column in columns:
        if column not in header:
            raise CatalogueError(file, line, f'the column "{column}" is missing{_otherwise_cut(header)}')
    for position, column in enumerate(header):
        if not column:
            raise CatalogueError(file, line, f"column {position + 1} has no heading; delete it")
        if column not in columns and column not in optional:
            known = one_of((*columns, *optional))
            raise CatalogueError(file, line, f'the column "{column}" is unknown; the columns are {known}')
        if column in header[:position]:
            raise CatalogueError(file, line, f'the column "{column}" stands twice')


def _otherwise_cut(header: Sequence[str]) -> str:
    """What to add where a spreadsheet saved a table with other separators, as it does in half of Europe."""
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            return f"; the line is separated by {name}, and this table needs commas"
    return ""


def unique(rows: Iterable[Row], column: str) -> dict[str, Row]:
    """The rows by the text of `column`; CatalogueError where it is empty or stands a second time."""
    known: dict[str, Row] = {}
    for row in rows:
        key = row.text(column)
        if key in known:
            raise row.fault(f'{column} "{key}" stands twice; first on line {known[key].line}')
        known[key] = row
    return known
