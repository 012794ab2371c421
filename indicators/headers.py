"""Where on a sheet is the table, and which column is which? Found by the words of the header row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from indicators.book import Sheet
from indicators.labels import LANGUAGES, column_names, columns
from indicators.repair_answers import is_findings_sheet
from indicators.text import fold

# A row is a header if it names this many of the table's columns.
LEAST_HEADINGS = 3
LONGEST_HEADING = 80
# What is filled in beside a measurement; the other columns explain it.
ANSWER_COLUMNS = ("value", "year", "state", "grade", "source", "link", "remark", "series_break")
RATING_COLUMNS = ("rating", "grade", "source", "link", "remark")
PROFILE_COLUMNS = ("field", "entry")


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet: the row of its headings and the number of each known column.

    `repeated` holds the columns that stand twice or more, with every number; they are in `columns` no more.
    """

    sheet: Sheet
    header_row: int
    columns: Mapping[str, int]
    repeated: Mapping[str, tuple[int, ...]]
    language: str

    @property
    def headings(self) -> set[str]:
        """Every column that the table has, those that stand twice included."""
        return {*self.columns, *self.repeated}

    @property
    def is_rating(self) -> bool:
        """Whether commitments are rated here (a table with "rating" and no "value")."""
        return "rating" in self.headings and "value" not in self.headings

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows below the header in which anything stands."""
        return tuple(row for row in self.sheet.rows if row > self.header_row)


def find_table(sheet: Sheet) -> Table | None:
    """The measurements or ratings table of a sheet: below the row that names most of its columns."""
    known = {*ANSWER_COLUMNS, *RATING_COLUMNS, "code", "title", "unit"}
    return _find(sheet, known, LEAST_HEADINGS)


def find_profile(sheet: Sheet) -> Table | None:
    """The profile table of a sheet, by its two headings."""
    return _find(sheet, set(PROFILE_COLUMNS), len(PROFILE_COLUMNS))


def _find(sheet: Sheet, known: set[str], least: int) -> Table | None:
    if is_findings_sheet(sheet):
        # Ours: what a city answers there concerns findings, whatever words it uses.
        return None
    names = column_names()
    best: tuple[int, int] | None = None
    for row, filled in sheet.rows.items():
        named = {names.get(_heading(sheet, row, column), "") for column in filled}
        if len(named & known) >= least and (best is None or len(named & known) > best[1]):
            best = (row, len(named & known))
    return None if best is None else _table(sheet, best[0], names)


def _table(sheet: Sheet, row: int, names: Mapping[str, str]) -> Table:
    found: dict[str, list[int]] = {}
    for column in sheet.rows[row]:
        name = names.get(_heading(sheet, row, column))
        if name is not None:
            found.setdefault(name, []).append(column)
    return Table(
        sheet,
        row,
        {name: places[0] for name, places in found.items() if len(places) == 1},
        {name: tuple(places) for name, places in found.items() if len(places) > 1},
        _language(_heading(sheet, row, column) for column in sheet.rows[row]),
    )


def _heading(sheet: Sheet, row: int, column: int) -> str:
    """The cell as a heading is compared, "" for what is no heading anyway."""
    value = sheet.cell(row, column).value
    return fold(value) if isinstance(value, str) and len(value) <= LONGEST_HEADING else ""


def _language(headings: Iterable[str]) -> str:
    """The language in which most of the headings are known; the first one if none is."""
    count = Counter(dict.fromkeys(LANGUAGES, 0))
    for heading in headings:
        for language in LANGUAGES:
            count[language] += heading in _known(language)
    return count.most_common(1)[0][0]


@cache
def _known(language: str) -> frozenset[str]:
    return frozenset(name for label in columns(language).values() for name in label.names)
