"""A record as sheets in memory: what people typed by field and column, read by the workbook's own reader.

A field is a measurement's code, "declaration:theme" for a rating, "profile:entry" for the profile. Its texts stand by
the names of the workbook's columns, a rating's level under "rating", a profile's entry under "entry".
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cached_property

from indicators.book import Book, Cell, Sheet
from indicators.headers import ANSWER_COLUMNS, RATING_COLUMNS
from indicators.labels import LANGUAGES, columns
from indicators.letters import row_and_column
from indicators.merge import PROFILE
from indicators.numbers import PERCENT
from indicators.profile import profile_fields
from indicators.ratings import rated_themes, rating_key
from indicators.workbook import read_typed
from scoring.model import Declaration, Finding, Framework, Observation, Reading

Said = Mapping[str, str]

# What was written where it was not understood, by kind of finding: its column, and the fact that holds it.
UNREAD: Mapping[str, tuple[str, str]] = {
    "value_and_state": ("state", "state"),
    "unknown_state": ("state", "found"),
    "remit_not_allowed": ("state", "state"),
    "reason_missing": ("state", "state"),
    "grade_unknown": ("grade", "found"),
    "year_unclear": ("year", "found"),
}
_CODE = "code"
_ENTRY = ("entry",)
_PROFILE_SHEET, _ANSWERS_SHEET = "profile", "answers"


class _TypedSheet(Sheet):
    """Headings in the first row, then what was typed; nothing is merged, and nothing is a formula."""

    def __init__(self, book: _TypedBook, name: str, rows: Sequence[Sequence[str]]) -> None:
        self.book, self.name = book, name
        self._cells = {
            (row, column): Cell(text)
            for row, texts in enumerate(rows, start=1)
            for column, text in enumerate(texts, start=1)
            if text.strip()
        }
        self._merges = ()
        self.characters = sum(len(text) for texts in rows for text in texts)


class _TypedBook(Book):
    """Sheets without a file."""

    def __init__(self, sheets: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self.sheets = tuple(_TypedSheet(self, name, rows) for name, rows in sheets.items())

    @cached_property
    def uncalculated(self) -> frozenset[tuple[str, int, int]]:
        """None: what is typed is no formula."""
        return frozenset()


def read_record(
    fields: Mapping[str, Said],
    framework: Framework,
    declarations: Sequence[Declaration],
    today: datetime.date,
) -> Reading:
    """All that is understood from a record, with every finding; `today` is the present day in UTC.

    Fields and columns that the framework does not know say nothing. A finding's field is `field_of`, its column
    `column_of`.
    """
    labels = columns(LANGUAGES[0])

    def table(names: Sequence[str], rows: Mapping[str, str], key: str = _CODE) -> list[list[str]]:
        heading = [labels[name].text for name in (key, *names)]
        return [
            heading,
            *(
                [shown, *(fields.get(field, {}).get(name, "") for name in names)]
                for field, shown in rows.items()
            ),
        ]

    sheets = {
        _PROFILE_SHEET: table(_ENTRY, {PROFILE + id: id for id in profile_fields()}, "field"),
        _ANSWERS_SHEET: table(ANSWER_COLUMNS, {node.code: node.code for node in framework.measurements}),
    }
    for one in declarations:
        if themes := rated_themes(one):
            sheet = table(RATING_COLUMNS, {rating_key(one, theme.code): theme.code for theme in themes})
            sheets[one.id] = [[one.names[LANGUAGES[0]]], *sheet]
    return read_typed(_TypedBook(sheets), framework, declarations, today)


def field_of(finding: Finding) -> str:
    """The field of a record that a finding is about, "" for one about the whole."""
    if finding.place is not None and finding.place.sheet == _PROFILE_SHEET:
        return PROFILE + finding.code
    return finding.code


def column_of(finding: Finding) -> str:
    """The column of a record's field at which a finding stands, "" for one about the whole."""
    if finding.place is None:
        return ""
    _, column = row_and_column(finding.place.cell)
    names = {_PROFILE_SHEET: _ENTRY, _ANSWERS_SHEET: ANSWER_COLUMNS}.get(finding.place.sheet, RATING_COLUMNS)
    return ("", *names)[column - 1]


def fields_of(reading: Reading, framework: Framework) -> Mapping[str, Said]:
    """What a workbook says, as the fields of a record: values as they were understood, else as they were written."""
    found: dict[str, Said] = {
        PROFILE + id: {"entry": _plain(value)}
        for id, value in reading.profile.items()
        if id in profile_fields()
    }
    for id, entry in reading.entries.items():
        if id not in reading.profile and entry.raw:
            found[PROFILE + id] = {"entry": entry.raw}
    for code, row in reading.observations.items():
        found[code] = _said(row, "value", framework)
    for key, row in reading.ratings.items():
        found[key] = _said(row, "rating", framework)
    for finding in reading.findings:
        if finding.kind in UNREAD and finding.code in found:
            column, fact = UNREAD[finding.kind]
            written = str(finding.facts.get(fact, ""))
            # What was not understood stays as it was written, so that nothing is settled by taking it over.
            found[finding.code] = {**found[finding.code], **({column: written} if written else {})}
    return {field: said for field, said in found.items() if said}


def _said(row: Observation, main: str, framework: Framework) -> Said:
    value = row.raw if row.value is None else _number(row, framework)
    texts = {
        main: value,
        "year": "" if row.year is None else str(row.year),
        # A value says by itself that the row is answered.
        "state": "" if row.value is not None else row.state,
        "grade": row.grade,
        "source": row.source,
        "link": row.link,
        "remark": row.remark,
        "series_break": row.series_break,
    }
    return {name: text for name, text in texts.items() if text}


def _number(row: Observation, framework: Framework) -> str:
    """A value as it is read back: a percentage of at most one would be taken for a fraction without its sign."""
    value = row.value or 0.0
    node = framework.by_code.get(row.code)
    percent = node is not None and node.measurement is not None and node.measurement.unit == PERCENT
    return f"{_plain(value)}%" if percent and 0 < value <= 1 else _plain(value)


def _plain(value: str | float | int) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
