"""A juror's marks as a workbook to fill in without a line: her cities, the rubric, and what the dossiers say."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators.jury_book import FORMAT, KEY, KIND, MARK, REASON, STAMP, VERSION
from indicators.lists import SHEET, hinted
from indicators.paper import Paper, at, finish, set_height, set_widths, sheet_name, write, write_text
from reports.sheet import Column, Sheet, write_sheet

_WIDTHS = (24, 34, 12, 60, 50, 4, 4)
_MARK, _REASON, _KEY, _VERSION = 3, 4, 6, 7
_FIRST = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One mark to give: city and criterion by name, what is kept now, the anchors, its key and version."""

    city: str
    criterion: str
    mark: float | str | None
    reason: str
    anchors: str
    key: str
    version: int


@dataclass(frozen=True, slots=True)
class Papers:
    """A juror's workbook: for which round and seat, its lines, further sheets, and all words in her language.

    `words` has "marks", "city", "criterion", "mark", "reason", "anchors", "how", "hint" and "wrong".
    """

    round_id: str
    seat: str
    lines: Sequence[Line]
    options: Sequence[float | str]
    sheets: Sequence[Sheet]
    words: Mapping[str, str]
    footer: tuple[str, str, str]


def jury_book(papers: Papers, language: str) -> bytes:
    """The workbook as the bytes of an .xlsx file; `language` chooses the font."""
    book, paper = Workbook(), Paper(language)
    book.remove(book.worksheets[0])
    _marks(book.create_sheet(sheet_name(papers.words["marks"])), papers, paper)
    for one in papers.sheets:
        write_sheet(book.create_sheet(sheet_name(one.title)), one, paper)
    _hidden(book, papers)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _marks(sheet: Worksheet, papers: Papers, paper: Paper) -> None:
    words = papers.words
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=5)
    paper.label(at(sheet, 1, 1), words["how"])
    sheet.row_dimensions[1].height = 64
    for column, name in ((_MARK, MARK), (_REASON, REASON), (_KEY, KEY), (_VERSION, VERSION)):
        write_text(at(sheet, 2, column), name)
    sheet.row_dimensions[2].hidden = True
    for column, name in enumerate(("city", "criterion", "mark", "reason", "anchors"), start=1):
        paper.header(at(sheet, 3, column), words[name])
    rule = _rule(len(papers.options), words)
    sheet.add_data_validation(rule)
    for row, one in enumerate(papers.lines, start=_FIRST):
        paper.label(at(sheet, row, 1), one.city, paper.bold)
        paper.label(at(sheet, row, 2), one.criterion)
        paper.answer(at(sheet, row, _MARK), one.mark)
        paper.answer(at(sheet, row, _REASON), one.reason)
        paper.label(at(sheet, row, 5), one.anchors, paper.quiet)
        write_text(at(sheet, row, _KEY), one.key)
        write(at(sheet, row, _VERSION), one.version)
        rule.add(f"{get_column_letter(_MARK)}{row}")
        set_height(sheet, row, _WIDTHS)
    set_widths(sheet, _WIDTHS)
    for column in (_KEY, _VERSION):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    finish(sheet, 3, f"C{_FIRST}", papers.footer)


def _rule(count: int, words: Mapping[str, str]) -> DataValidation:
    rule = DataValidation(type="list", formula1=f"'{SHEET}'!$A$1:$A${count}", allow_blank=True)
    return hinted(rule, words["mark"], words["hint"], words["wrong"])


def _hidden(book: Workbook, papers: Papers) -> None:
    """The list of marks, numbers as numbers, and for whom the workbook was made."""
    options, stamp = book.create_sheet(SHEET), book.create_sheet(STAMP)
    for row, one in enumerate(papers.options, start=1):
        write(at(options, row, 1), one)
    said = {"kind": KIND, "format": FORMAT, "round": papers.round_id, "seat": papers.seat}
    for row, (name, value) in enumerate(said.items(), start=1):
        write_text(at(stamp, row, 1), name)
        write_text(at(stamp, row, 2), value)
    options.sheet_state = stamp.sheet_state = "hidden"


def text_sheet(title: str, widths: Sequence[float], rows: Sequence[Mapping[str, str]]) -> Sheet:
    """Rows of texts as a sheet, wrapped; headings are the keys of the first row."""
    names = list(rows[0]) if rows else []
    columns = tuple(Column(name, width) for name, width in zip(names, widths, strict=False))
    return Sheet(title, columns, tuple(tuple(row[name] for name in names) for row in rows), wrapped=True)
