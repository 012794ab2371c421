"""What a juror's workbook says when it comes back: whose it is, and every row of marks by its key.

Rows are found by their keys and columns by their names in a hidden row, never by position: somebody may have sorted the
sheet, or put a column in between.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass

from indicators import findings, guard
from indicators.book import Book, Sheet
from scoring.model import Finding

_LOG = logging.getLogger(__name__)
# The hidden sheet, the format of the whole, and the names of columns in the hidden row of the sheet of marks.
STAMP, KIND, FORMAT = "_round", "learning-city-award-marks", "1"
KEY, VERSION, MARK, REASON = COLUMNS = ("_key", "_version", "_mark", "_reason")
# No more rows are looked at: twenty cities on eight criteria have 160.
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One row of marks: its key "candidate:criterion", the version it was made on, and what stands in its two cells."""

    key: str
    version: str
    mark: str
    reason: str
    mark_cell: str
    reason_cell: str
    row: int


@dataclass(frozen=True, slots=True)
class JuryBook:
    """What was found in a file: for which round and seat it was made ("" where it is no such workbook), and its rows.

    `refused` says why the file could not be read at all.
    """

    refused: Finding | None
    round_id: str = ""
    seat: str = ""
    sheet: str = ""
    rows: tuple[MarkRow, ...] = ()


def read_jury_book(name: str, data: bytes) -> JuryBook:
    """All that is read from a file's bytes; never raises."""
    inspection = guard.inspect(name, data)
    if inspection.finding and inspection.finding.severity == "refuses":
        return JuryBook(inspection.finding)
    try:
        book = Book(data, inspection.formulas)
    except MemoryError:
        return JuryBook(findings.make("too_heavy", file=name))
    except Exception:
        # Whatever a file does to the reader, its sender gets an answer; the cause goes to the log.
        _LOG.warning("a juror's workbook could not be read", exc_info=True)
        return JuryBook(findings.make("unreadable", file=name))
    said = next((_pairs(one) for one in book.sheets if one.cell(1, 1).value == "kind"), {})
    if said.get("kind") != KIND or said.get("format") != FORMAT:
        return JuryBook(None)
    for sheet in book.sheets:
        if columns := _columns(sheet):
            rows = tuple(_rows(sheet, *columns))
            return JuryBook(None, said.get("round", ""), said.get("seat", ""), sheet.name, rows)
    return JuryBook(None, said.get("round", ""), said.get("seat", ""))


def _pairs(sheet: Sheet) -> dict[str, str]:
    return {_text(sheet.cell(row, 1).value): _text(sheet.cell(row, 2).value) for row in sheet.rows}


def _columns(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The hidden row of names and where each column lies; None on any other sheet."""
    for row, columns in sheet.rows.items():
        named = {_text(sheet.cell(row, one).value): one for one in columns}
        if set(COLUMNS) <= set(named):
            return row, {name: named[name] for name in COLUMNS}
    return None


def _rows(sheet: Sheet, names: int, at: dict[str, int]) -> list[MarkRow]:
    found = []
    for row in list(sheet.rows)[:MOST_ROWS]:
        key = _text(sheet.cell(row, at[KEY]).value)
        if row > names and key:
            version, mark, reason = (
                _text(sheet.cell(row, at[name]).value) for name in (VERSION, MARK, REASON)
            )
            places = sheet.place(row, at[MARK]).cell, sheet.place(row, at[REASON]).cell
            found.append(MarkRow(key, version, mark, reason, *places, row))
    return found


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value).strip()


def as_plain(book: JuryBook) -> dict[str, object]:
    """The book as plain values, to be sent from the process that reads."""
    return asdict(book)


def from_plain(told: dict[str, object]) -> JuryBook:
    """The book of plain values again."""
    refused, rows = told["refused"], told["rows"]
    assert isinstance(rows, list)
    return JuryBook(
        Finding(**{**refused, "place": None}) if isinstance(refused, dict) else None,
        str(told["round_id"]),
        str(told["seat"]),
        str(told["sheet"]),
        tuple(MarkRow(**one) for one in rows),
    )
