"""Which rows of a workbook speak of which code? Every table is walked once; nothing is judged yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from indicators import findings
from indicators.codes import Codes, looks_like_code
from indicators.headers import ANSWER_COLUMNS, RATING_COLUMNS, Table
from indicators.labels import column_names, columns
from indicators.rows import Row
from indicators.text import fold, quoted, tidy
from scoring.model import Declaration, Finding, Framework, Observation


@dataclass(frozen=True, slots=True)
class Located:
    """The rows of every asked code, in the order of the workbook, and what was found on the way.

    `known` holds every code recognised, those of headings and of rows that could not be taken included;
    `prefix` is put before a code where a finding names it.
    """

    asked: frozenset[str]
    prefix: str = ""
    rows: dict[str, list[Row]] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def take(self, read: Callable[[Row], Observation | None]) -> dict[str, Observation]:
        """The one observation of each code; what `read` finds joins `found`.

        A code that is filled in twice is taken from neither row: which one is meant is not guessed.
        """
        taken: dict[str, Observation] = {}
        for code, rows in self.rows.items():
            read_rows = [(row, observation) for row in rows if (observation := read(row)) is not None]
            if len(read_rows) == 1:
                row, taken[code] = read_rows[0]
                self.found.extend(row.found)
            for _, observation in read_rows[1:]:
                first = read_rows[0][1].place
                self.found.append(
                    findings.make(
                        "duplicate_code",
                        observation.place,
                        rows[0].subject,
                        first=f"{first.sheet}!{first.cell}",
                    )
                )
        return taken


@lru_cache(maxsize=32)
def measurement_codes(framework: Framework) -> Codes:
    """The codes of a measurements table: every node, by its titles in every language."""
    return Codes.of(
        {code: [words[code].title for words in framework.words.values()] for code in framework.by_code}
    )


@lru_cache(maxsize=32)
def theme_codes(declaration: Declaration) -> Codes:
    """The codes of a ratings table: every theme, by its titles in every language."""
    return Codes.of(
        {
            theme.code: [words[theme.code].title for words in declaration.words.values()]
            for theme in declaration.themes
        }
    )


def locate(table: Table, codes: Codes, into: Located) -> None:
    """Adds the rows of a table; `codes` are all that may stand in it, of which some are asked for an answer."""
    main = "rating" if table.is_rating else "value"
    _check_columns(table, main, into.found)
    if "code" not in table.columns:
        return
    for number in table.rows:
        row = Row(table, number, "", "", [])
        if column_names().get(fold(tidy(row.cell("code").value))) != "code":
            _locate_row(row, main, codes, into)


def _check_columns(table: Table, main: str, found: list[Finding]) -> None:
    """Columns that the table needs and lacks, and those that stand twice."""
    answers = RATING_COLUMNS if table.is_rating else ANSWER_COLUMNS
    for column in ("code", main):
        if column not in table.headings:
            place = table.sheet.place(table.header_row, 1)
            heading = columns(table.language)[column].text
            found.append(findings.make("missing_column", place, column=heading))
    for column, (first, second, *_) in table.repeated.items():
        if column in ("code", *answers):
            found.append(
                findings.make(
                    "duplicate_column",
                    table.sheet.place(table.header_row, second),
                    column=columns(table.language)[column].text,
                    first=table.sheet.place(table.header_row, first).cell,
                )
            )


def _locate_row(row: Row, main: str, codes: Codes, into: Located) -> None:
    written = row.cell("code").value
    filled = row.filled(RATING_COLUMNS if row.table.is_rating else ANSWER_COLUMNS)
    if not tidy(written):
        if tidy(row.cell(main).value):
            row.report("row_without_code", main, found=quoted(row.cell(main).value))
        into.found.extend(row.found)
        return
    candidates = codes.candidates(written, row.text("title"))
    if len(candidates) != 1:
        if candidates and filled:
            row.report("ambiguous_code", "code", found=quoted(written), candidates=", ".join(candidates))
        elif filled or looks_like_code(tidy(written)):
            row.report("unknown_code", "code", found=quoted(written))
        into.found.extend(row.found)
        return
    code = candidates[0]
    row = Row(row.table, row.number, code, into.prefix + code, row.found)
    into.known.add(code)
    other = codes.titled_otherwise(code, row.text("title"))
    if code not in into.asked:
        if tidy(row.cell(main).value):
            row.report("value_not_asked", main, found=quoted(row.cell(main).value))
    elif other and filled:
        row.report("title_mismatch", "title", found=quoted(row.text("title")), other=other)
    else:
        into.rows.setdefault(code, []).append(row)
        return
    into.found.extend(row.found)
