"""The command line, for people who never open the page: `python -m actions --help`.

Exit codes: 0 fine, 1 findings that block a score (or a refused file), 2 wrong use (also: a file that cannot be
opened or written; then nothing is scored). Results go to standard output, messages to standard error. Nothing
is kept, and no workbook is ever written over. What is kept has commands of its own: where, backup, restore,
verify, export (actions/keeping_commands.py); so have people: invite, erase, rights (actions/people_commands.py)
and adopt (actions/adopt_command.py).
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from actions import adopt_command, house, index, index_files, keeping_commands, people_commands
from actions.figures import band_name, bracket, points, share
from actions.index_notes import SENTENCES
from actions.output import Judged, as_data, as_panel_table, as_table, judge
from actions.reader import READERS
from actions.tell import tell_all
from actions.template import blank_workbook
from actions.understood import understood, unopened
from actions.uploads import city_name
from indicators.panel_sheet import (
    NO_CITY_COLUMN,
    NO_MEASUREMENT,
    NO_WORKBOOK,
    PanelSheetError,
    read_panel_sheet,
)
from indicators.workbook import read
from locales import LANGUAGES, mark

FINE, BLOCKED, WRONG_USE = 0, 1, 2
# As shells have it: 128 and the number of the signal.
INTERRUPTED = 130
_BLOCKING = ("refuses", "blocks")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    wanted = _parser().parse_args(arguments)
    return int(wanted.run(wanted))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m actions",
        description="Learning City Scorecard: check and score indicator workbooks. "
        "Exit codes: 0 fine, 1 findings that block a score, 2 wrong use.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    scoring = commands.add_parser("score", help="score filled workbooks")
    scoring.add_argument("files", nargs="+", metavar="FILE", type=Path)
    form = scoring.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object on standard output")
    form.add_argument("--csv", metavar="OUT", type=Path, help="one table with every node, written to OUT")
    _language(scoring)
    scoring.set_defaults(run=_score)

    template = commands.add_parser("template", help="write a blank workbook")
    template.add_argument("out", metavar="OUT.xlsx", type=Path)
    _language(template)
    template.set_defaults(run=_template)

    panel = commands.add_parser("panel", help="score a sheet that has one row for each city")
    panel.add_argument("file", metavar="FILE", type=Path)
    panel.add_argument("--csv", metavar="OUT", type=Path, required=True, help="the table to write")
    baskets = tuple(one.id for one in house.framework().baskets)
    panel.add_argument("--basket", choices=baskets, help="one basket only (default: all)")
    _language(panel)
    panel.set_defaults(run=_panel)

    indexing = commands.add_parser(
        "index", help="make an index of any units by a framework folder of your own"
    )
    indexing.add_argument(
        "--framework", metavar="FOLDER", type=Path, required=True, help="the framework's folder"
    )
    indexing.add_argument("--data", metavar="UNITS.csv", type=Path, required=True, help="one row a unit")
    indexing.add_argument(
        "--method", metavar="METHOD.toml", type=Path, help="choices that go before the framework"
    )
    indexing.add_argument(
        "--out", metavar="FOLDER", type=Path, required=True, help="where the tables are written"
    )
    indexing.add_argument(
        "--audit", action="store_true", help="also look at the data set as a whole, in tables of their own"
    )
    indexing.add_argument(
        "--robust",
        action="store_true",
        help="also make it otherwise: other rules, one node less, one unit more",
    )
    indexing.add_argument(
        "--outranking",
        action="store_true",
        help="also say on how much of the weight each unit is ahead of each",
    )
    _language(indexing)
    indexing.set_defaults(run=_index)

    checking = commands.add_parser("check", help="say what is wrong in a workbook, cell by cell")
    checking.add_argument("files", nargs="+", metavar="FILE", type=Path)
    checking.add_argument("--json", action="store_true", help="one JSON object a line for each file")
    _language(checking)
    checking.set_defaults(run=_check)
    keeping_commands.add(commands, _language)
    people_commands.add(commands, _language)
    adopt_command.add(commands, _language)
    return parser


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language",
        choices=tuple(LANGUAGES),
        default="en",
        help="language of words and messages (default: en)",
    )


def _read_all(files: Sequence[Path], language: str) -> list[Judged] | None:
    """Read and judge every file; None, with a message for each, if any cannot be opened at all."""
    contents: list[tuple[str, bytes]] = []
    for file in files:
        try:
            contents.append((file.name, file.read_bytes()))
        except OSError as trouble:
            _message(house.voice(language).say(_CANNOT_READ, file=file, reason=_reason(trouble, language)))
    if len(contents) < len(files):
        return None
    return [
        judge(name, read(name, data, house.framework(), (house.declaration(),), house.today()))
        for name, data in contents
    ]


_CANNOT_READ = mark("{file} cannot be read: {reason}.")
_CANNOT_WRITE = mark("{file} cannot be written: {reason}.")
_REASONS: Mapping[type[OSError], str] = {
    FileNotFoundError: mark("there is no such file or folder"),
    IsADirectoryError: mark("it is a folder"),
    NotADirectoryError: mark("a part of its path is no folder"),
    PermissionError: mark("it may not be opened"),
    FileExistsError: mark("there is a file of this name already; it may hold answers"),
}
# Files of these kinds hold answers: no table is written over them.
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


def _reason(trouble: OSError, language: str) -> str:
    known = next((_REASONS[kind] for kind in type(trouble).__mro__ if kind in _REASONS), None)
    return house.voice(language).say(known) if known else str(trouble.strerror or trouble)


def _message(text: str) -> None:
    _print(text, sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    """One line: names of files and cities bring no line breaks or terminal commands along."""
    print("".join(sign if unicodedata.category(sign) != "Cc" else "\ufffd" for sign in text), file=stream)


def _blocked(judged: Sequence[Judged]) -> int:
    found = (finding.severity for one in judged for finding in one.reading.findings)
    return BLOCKED if any(severity in _BLOCKING for severity in found) else FINE


def _tell(one: Judged, language: str, severities: Sequence[str], stream: TextIO) -> None:
    for told in tell_all(one.reading.findings, language):
        if told.severity in severities:
            where = f"{told.where}: " if told.where else ""
            _print(
                f"{one.file}: {where}{told.severity_words}: {told.sentence} {told.rule} {told.advice}", stream
            )


def _score(wanted: argparse.Namespace) -> int:
    if wanted.csv and wanted.csv.is_file() and _is_workbook(wanted.csv, wanted.files):
        _cannot_write(wanted.csv, FileExistsError(), wanted.language)
        return WRONG_USE
    judged = _read_all(wanted.files, wanted.language)
    if judged is None:
        return WRONG_USE
    for one in judged:
        _tell(one, wanted.language, _BLOCKING, sys.stderr)
    if wanted.json:
        # Escaped where the receiver may not know all scripts: the same JSON.
        plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        print(json.dumps(as_data(judged), ensure_ascii=plain, indent=1))
    elif wanted.csv:
        if not _written(wanted.csv, as_table(judged).encode("utf-8-sig", "replace"), wanted.language):
            return WRONG_USE
    else:
        for one in judged:
            _summary(one, wanted.language)
    return _blocked(judged)


def _summary(one: Judged, language: str) -> None:
    say, terms = house.voice(language).say, house.terms(language)
    for basket, scores in one.scores.items():
        assured = float(scores.assured[0, 0])
        level = band_name(assured, language) if scores.ranked[0] else say("Profile only")
        _print(
            say(
                "{city} · {basket}: assured {assured}, reported {reported}, bracket {bracket}, answered {coverage}, "
                "{level}",
                city=city_name(one.reading) or one.file,
                basket=terms[f"basket.{basket}"],
                assured=points(assured, language),
                reported=points(float(scores.reported[0, 0]), language),
                bracket=bracket(assured, float(scores.upper[0, 0]), language),
                coverage=share(float(scores.coverage[0, 0]), language),
                level=level,
            ),
            sys.stdout,
        )


def _panel(wanted: argparse.Namespace) -> int:
    say = house.voice(wanted.language).say
    if wanted.csv.is_file() and _is_workbook(wanted.csv, [wanted.file]):
        _cannot_write(wanted.csv, FileExistsError(), wanted.language)
        return WRONG_USE
    try:
        sheet = read_panel_sheet(wanted.file.read_bytes(), house.framework())
    except OSError as trouble:
        reason = _reason(trouble, wanted.language)
        _message(say(_CANNOT_READ, file=wanted.file, reason=reason))
        return WRONG_USE
    except PanelSheetError as trouble:
        _message(say(_CANNOT_READ, file=wanted.file, reason=say(_NO_PANEL[trouble.reason])))
        return WRONG_USE
    if sheet.passed_over:
        names = " · ".join(sheet.passed_over)
        _message(
            say("{file}: these columns are no measurements: {names}.", file=wanted.file.name, names=names)
        )
    for fault in sheet.faults:
        where = " · ".join(filter(None, (fault.cell, fault.city, fault.code)))
        told = say(_PANEL_FAULTS[fault.kind], found=fault.found)
        _message(f"{wanted.file.name}: {where}: {told}")
    baskets = [one.id for one in house.framework().baskets if wanted.basket in (None, one.id)]
    table = as_panel_table(wanted.file.name, sheet, baskets)
    if not _written(wanted.csv, table.encode("utf-8-sig", "replace"), wanted.language):
        return WRONG_USE
    return BLOCKED if sheet.faults else FINE


_NO_PANEL: Mapping[str, str] = {
    NO_WORKBOOK: mark("it is no workbook (.xlsx), or it is damaged"),
    NO_CITY_COLUMN: mark("no row at the top of its first sheet names a column “city”"),
    NO_MEASUREMENT: mark("no column is headed by the code of a measurement, such as 1.1.1"),
}
_PANEL_FAULTS: Mapping[str, str] = {
    "not_a_number": mark("“{found}” is no number that can be read without doubt; it counts as blank."),
    "out_of_range": mark("{found} is impossible here; it counts as blank."),
    "ladder_not_whole": mark("{found} is no whole level; it counts as blank."),
    "fraction_percent": mark(
        "{found} may be a fraction of 1 or a percentage; it counts as blank. Write 45, not 0.45."
    ),
    "no_city": mark("the row has values and no city; it was left out."),
    "column_twice": mark("the code {found} heads two columns; neither counts."),
}


def _index(wanted: argparse.Namespace) -> int:
    say = house.voice(wanted.language).say
    try:
        extras = index.Extras(wanted.audit, wanted.robust, wanted.outranking)
        made = index.run(wanted.framework, wanted.data, wanted.method, extras)
    except index.CatalogueError as trouble:
        _message(str(trouble))
        return WRONG_USE
    except OSError as trouble:
        file = trouble.filename or wanted.data
        _message(say(_CANNOT_READ, file=file, reason=_reason(trouble, wanted.language)))
        return WRONG_USE
    try:
        if given := index_files.written_over(made.files, wanted.out, made.inputs):
            _cannot_write(given, FileExistsError(), wanted.language)
            return WRONG_USE
        index_files.write(made.files, wanted.out)
    except OSError as trouble:
        _cannot_write(wanted.out, trouble, wanted.language)
        return WRONG_USE
    for note in made.notes:
        _message(say(SENTENCES[note.sentence], **note.facts))
    _print(
        say(
            "{out}: {units} × {measurements} (units × measurements). Ranks follow the score as published "
            "(decimals: {decimals}); equal scores share the best rank.",
            out=wanted.out,
            units=made.units,
            measurements=made.measurements,
            decimals=made.decimals,
        ),
        sys.stdout,
    )
    return BLOCKED if made.notes else FINE


def _template(wanted: argparse.Namespace) -> int:
    # Mode "x": a workbook that somebody has filled in is never written over.
    written = _written(wanted.out, blank_workbook(wanted.language), wanted.language, mode="xb")
    return FINE if written else WRONG_USE


def _written(out: Path, data: bytes, language: str, mode: str = "wb") -> bool:
    try:
        if out.is_dir():
            raise IsADirectoryError
        with out.open(mode) as file:
            file.write(data)
    except OSError as trouble:
        _cannot_write(out, trouble, language)
        return False
    return True


def _cannot_write(out: Path, trouble: OSError, language: str) -> None:
    _message(house.voice(language).say(_CANNOT_WRITE, file=out, reason=_reason(trouble, language)))


def _is_workbook(out: Path, files: Sequence[Path]) -> bool:
    """Whether a file that is there already is one of those to be scored, or by its name of their kind."""
    return out.suffix.lower() in _WORKBOOKS or any(out.resolve() == file.resolve() for file in files)


def _check(wanted: argparse.Namespace) -> int:
    if wanted.json:
        return _check_lines(wanted.files, wanted.language)
    judged = _read_all(wanted.files, wanted.language)
    if judged is None:
        return WRONG_USE
    say = house.voice(wanted.language).say
    for one in judged:
        _tell(one, wanted.language, (*_BLOCKING, "question", "note"), sys.stdout)
        if not one.reading.findings:
            _print(say("{file}: nothing to repair and nothing to check.", file=one.file), sys.stdout)
    return _blocked(judged)


def _check_lines(files: Sequence[Path], language: str) -> int:
    """One line for each file, as soon as it is read; a file that no process can read stops none of the others."""
    code = FINE
    for file in files:
        try:
            reading = READERS.read(file.name, file.read_bytes())
        except OSError as trouble:
            reason = house.voice(language).say(_CANNOT_READ, file=file, reason=_reason(trouble, language))
            line, code = unopened(file.name, reason), WRONG_USE
        else:
            line = understood(file.name, reading, language)
            if any(one.severity in _BLOCKING for one in reading.findings):
                code = max(code, BLOCKED)
        print(json.dumps(line, ensure_ascii=False, allow_nan=False), flush=True)
    return code


def run() -> int:
    """Run the command of this process: whatever its terminal, pipe or disk can take, no traceback comes out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Signs that the terminal cannot show are written as their numbers.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has enough.
        code = FINE
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as trouble:
        _message(f"{trouble.strerror or trouble}.")
        code = WRONG_USE
    else:
        return code
    # Python must not complain about what is left in the stream when it closes it.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


if __name__ == "__main__":
    sys.exit(run())
