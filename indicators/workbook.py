"""How is a workbook read? Sheets are found by their headings and rows by their codes, never by position."""

from __future__ import annotations

import datetime
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from indicators import findings, guard
from indicators.accepted import ACCEPT, accepted_ids, accepted_texts, put_in, remembered, told
from indicators.answers import Setting, read_answer
from indicators.areas import areas
from indicators.book import Book
from indicators.delimited import open_text
from indicators.field_checks import check_fields
from indicators.headers import Table, find_table
from indicators.labels import LANGUAGES
from indicators.letters import row_and_column
from indicators.located import Located, locate, measurement_codes, theme_codes
from indicators.older_workbook import migrate
from indicators.profile import read_profile
from indicators.ratings import rated_themes, rating_key, read_rating
from indicators.remarks import check_remarks
from indicators.stamp import Stamp, read_stamp, refused_stamp
from indicators.text import fold, quoted
from scoring.model import Declaration, Finding, Framework, Observation, Place, Reading

_LOG = logging.getLogger(__name__)
# A message names the first sheets only.
SHEETS_NAMED = 6
# What the guard calls bytes that may be a table saved as text; in two-byte characters without a mark they look binary.
MAYBE_TEXT = ("text_file", "not_a_workbook")


def read(
    name: str,
    data: bytes,
    framework: Framework,
    declarations: Sequence[Declaration],
    today: datetime.date,
    answers: Mapping[str, str] | None = None,
) -> Reading:
    """All that is understood from a file's bytes, with every finding at once; never raises.

    `name` is what the sender called the file, `today` the present day in UTC, `answers` what was said about
    whole columns (`indicators.questions`: question id -> option). A file that is no workbook of this
    framework gives a reading whose only content is the finding that refuses it.
    """
    try:
        return _read(name, data, framework, declarations, today, answers or {})
    except MemoryError:
        return _refused(framework, findings.make("too_heavy", file=name))
    except Exception:
        # Whatever a file does to the reader, its sender gets an answer; the cause goes to the log.
        _LOG.warning("a workbook could not be read", exc_info=True)
        return _refused(framework, findings.make("unreadable", file=name))


def _read(
    name: str,
    data: bytes,
    framework: Framework,
    declarations: Sequence[Declaration],
    today: datetime.date,
    column_answers: Mapping[str, str],
    accepted: Mapping[Place, Finding] = MappingProxyType({}),
) -> Reading:
    inspection = guard.inspect(name, data)
    note = inspection.finding
    book: Book
    if note and note.kind in MAYBE_TEXT and (text := open_text(data, name)):
        book, layout = text
        note = findings.make("text_table", None, "", file=name, **layout.facts())
    elif note and note.severity == "refuses":
        return _refused(framework, note)
    else:
        book = Book(data, inspection.formulas)
    put_in(book, accepted)
    stamp = read_stamp(book)
    refusal = refused_stamp(stamp, framework, name) if stamp else None
    if refusal:
        return _refused(framework, refusal)
    made = _understood(book, stamp, framework, declarations, today, column_answers, name)
    if made.refused:
        return made
    found = [*([note] if note else []), *made.findings]
    if not accepted and (more := accepted_texts(found, accepted_ids(column_answers, book))):
        # Read once more, as if the cells held what was accepted; nothing is accepted of what that reading proposes.
        return _read(name, data, framework, declarations, today, column_answers, more)
    found += told(list(accepted.values()))
    return replace(
        made,
        findings=_in_order(found, book),
        answers=MappingProxyType(_kept(column_answers) | remembered(accepted.values())),
    )


def read_typed(
    book: Book, framework: Framework, declarations: Sequence[Declaration], today: datetime.date
) -> Reading:
    """All that is understood from sheets that are no file: read as a workbook is, in the order of its findings."""
    made = _understood(book, None, framework, declarations, today, {}, "")
    return replace(made, findings=_in_order(made.findings, book))


def _understood(
    book: Book,
    stamp: Stamp | None,
    framework: Framework,
    declarations: Sequence[Declaration],
    today: datetime.date,
    column_answers: Mapping[str, str],
    name: str,
) -> Reading:
    """What the sheets of an open book say, with findings in the order in which they were made."""
    tables = [table for table in map(find_table, book.sheets) if table]
    migrated = migrate(stamp, framework, tables)
    language = _language(stamp, tables)
    answers = Located(frozenset(node.code for node in framework.measurements))
    rated = tuple(declaration for declaration in declarations if rated_themes(declaration))
    ratings = {
        one.id: Located(frozenset(theme.code for theme in rated_themes(one)), rating_key(one, ""))
        for one in rated
    }
    for table in tables:
        if table.is_rating and rated:
            declaration = _declaration_of(table, rated)
            locate(table, theme_codes(declaration), ratings[declaration.id])
        else:
            locate(table, measurement_codes(framework), answers)
    if not any(located.known for located in (answers, *ratings.values())) and not (stamp and tables):
        sheets = ", ".join(quoted(sheet.name) for sheet in book.sheets[:SHEETS_NAMED])
        return _refused(framework, findings.make("not_our_workbook", file=name, sheets=sheets))
    entries, found = read_profile(book.sheets, today.year, column_answers)
    profile = {id: entry.value for id, entry in entries.items() if entry.value is not None}
    found += migrated
    setting = Setting(framework, int(profile.get("assessment_year", today.year)), today.year, column_answers)
    observations = answers.take(lambda row: read_answer(row, framework.by_code[row.code], setting))
    levels: dict[str, Observation] = {}
    for declaration in rated:
        taken = ratings[declaration.id].take(lambda row: read_rating(row, setting))
        levels |= {rating_key(declaration, code): rating for code, rating in taken.items()}
    found += check_fields(framework.checks, profile, observations, {})
    found += check_remarks(framework, observations)
    found += [finding for located in (answers, *ratings.values()) for finding in located.found]
    part = stamp.part if stamp else ()
    found += _missing(framework, answers, part)
    found += [
        findings.make("missing_ratings", code=declaration.id, declaration=declaration.names[language])
        for declaration in rated
        if not ratings[declaration.id].known and (not part or "ratings" in part)
    ]
    return Reading(
        framework=framework.id,
        edition=framework.edition,
        language=language,
        invented=bool(stamp and stamp.invented) or profile.get("invented") == "yes",
        profile=MappingProxyType(profile),
        observations=MappingProxyType(observations),
        ratings=MappingProxyType(levels),
        findings=tuple(found),
        entries=MappingProxyType(entries),
        made_from=" ".join((stamp.made_from, *part)) if stamp and stamp.made_from else "",
    )


def _kept(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers about columns; which proposals were accepted is remembered only where they were found again."""
    return {key: answer for key, answer in answers.items() if not key.startswith(ACCEPT)}


def _refused(framework: Framework, finding: Finding) -> Reading:
    nothing: MappingProxyType[str, Observation] = MappingProxyType({})
    return Reading(
        framework.id,
        framework.edition,
        LANGUAGES[0],
        False,
        MappingProxyType({}),
        nothing,
        nothing,
        (finding,),
    )


def _declaration_of(table: Table, declarations: Sequence[Declaration]) -> Declaration:
    """The declaration named above the table; the first one where none is."""
    above = " ".join(
        fold(table.sheet.cell(row, column).value)
        for row, columns in table.sheet.rows.items()
        if row < table.header_row
        for column in columns
    )
    named = (
        declaration
        for declaration in declarations
        if any(fold(name) in above for name in declaration.names.values())
    )
    return next(named, declarations[0])


def _missing(framework: Framework, answers: Located, part: Sequence[str]) -> Iterator[Finding]:
    """Focus areas of which no row is there, and single rows that are gone from the others.

    Of a department's `part` only what it was given can be missing.
    """
    for area in areas(framework):
        if part and area.node.code not in part:
            continue
        gone = [node.code for node in area.measurements if node.code not in answers.known]
        if len(gone) == len(area.measurements):
            yield findings.make("missing_area", code=area.node.code)
        elif gone:
            yield findings.make("missing_rows", code=area.node.code, codes=", ".join(gone))


def _language(stamp: Stamp | None, tables: Sequence[Table]) -> str:
    if stamp:
        return stamp.language
    return Counter(table.language for table in tables).most_common(1)[0][0] if tables else LANGUAGES[0]


def _in_order(found: Sequence[Finding], book: Book) -> tuple[Finding, ...]:
    """Findings in the order of the workbook; those about the file or a missing thing come last."""
    order = {sheet.name: position for position, sheet in enumerate(book.sheets)}

    def position(finding: Finding) -> tuple[int, int, int]:
        if finding.place is None:
            return len(order), 0, 0
        row, column = row_and_column(finding.place.cell)
        return order[finding.place.sheet], row, column

    return tuple(sorted(found, key=position))
