"""The command line, for people who never open the page: `python -m actions --help`.

Exit codes: 0 fine, 1 findings that block a score (or a refused file), 2 wrong use. Results go to standard
output, messages to standard error. Nothing is kept.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from actions import house
from actions.figures import band_name, bracket, points, share
from actions.output import Judged, as_data, as_table, judge
from actions.tell import tell_all
from actions.template import blank_workbook
from actions.uploads import city_name
from indicators.workbook import read
from locales import LANGUAGES, mark

FINE, BLOCKED, WRONG_USE = 0, 1, 2
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

    checking = commands.add_parser("check", help="say what is wrong in a workbook, cell by cell")
    checking.add_argument("files", nargs="+", metavar="FILE", type=Path)
    _language(checking)
    checking.set_defaults(run=_check)
    return parser


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language",
        choices=tuple(LANGUAGES),
        default="en",
        help="language of words and messages (default: en)",
    )


def _read_all(files: Sequence[Path], language: str) -> list[Judged] | None:
    """Read and judge every file; None, with a message, if one cannot be opened at all."""
    judged = []
    for file in files:
        try:
            data = file.read_bytes()
        except OSError as trouble:
            _message(house.voice(language).say(_CANNOT_READ, file=file, reason=trouble.strerror))
            return None
        reading = read(file.name, data, house.framework(), (house.declaration(),), house.today())
        judged.append(judge(file.name, reading))
    return judged


_CANNOT_READ = mark("{file} cannot be read: {reason}.")
_CANNOT_WRITE = mark("{file} cannot be written: {reason}.")


def _message(text: str) -> None:
    print(text, file=sys.stderr)


def _blocked(judged: Sequence[Judged]) -> int:
    found = (finding.severity for one in judged for finding in one.reading.findings)
    return BLOCKED if any(severity in _BLOCKING for severity in found) else FINE


def _tell(one: Judged, language: str, severities: Sequence[str], stream: TextIO) -> None:
    for told in tell_all(one.reading.findings, language):
        if told.severity in severities:
            where = f"{told.where}: " if told.where else ""
            print(
                f"{one.file}: {where}{told.severity_words}: {told.sentence} {told.rule} {told.advice}",
                file=stream,
            )


def _score(wanted: argparse.Namespace) -> int:
    judged = _read_all(wanted.files, wanted.language)
    if judged is None:
        return WRONG_USE
    for one in judged:
        _tell(one, wanted.language, _BLOCKING, sys.stderr)
    if wanted.json:
        print(json.dumps(as_data(judged), ensure_ascii=False, indent=1))
    elif wanted.csv:
        if not _written(wanted.csv, as_table(judged).encode("utf-8-sig"), wanted.language):
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
        print(
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
            )
        )


def _template(wanted: argparse.Namespace) -> int:
    return FINE if _written(wanted.out, blank_workbook(wanted.language), wanted.language) else WRONG_USE


def _written(out: Path, data: bytes, language: str) -> bool:
    try:
        out.write_bytes(data)
    except OSError as trouble:
        _message(house.voice(language).say(_CANNOT_WRITE, file=out, reason=trouble.strerror))
        return False
    return True


def _check(wanted: argparse.Namespace) -> int:
    judged = _read_all(wanted.files, wanted.language)
    if judged is None:
        return WRONG_USE
    say = house.voice(wanted.language).say
    for one in judged:
        _tell(one, wanted.language, (*_BLOCKING, "question", "note"), sys.stdout)
        if not one.reading.findings:
            print(say("{file}: nothing to repair and nothing to check.", file=one.file))
    return _blocked(judged)


if __name__ == "__main__":
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has enough; Python must not complain about it when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FINE
    sys.exit(code)
