"""The commands of the command line for workbooks: score and template; and how files are read for a command."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from actions import house
from actions.figures import band_name, bracket, points, share
from actions.output import Judged, as_data, as_table, judge
from actions.tell import tell_all
from actions.template import blank_workbook
from actions.terminal import (
    BLOCKED,
    CANNOT_READ,
    FINE,
    WRONG_USE,
    cannot_write,
    is_workbook,
    message,
    print_line,
    reason_of,
    written,
)
from actions.uploads import city_name
from indicators.workbook import read

BLOCKING = ("refuses", "blocks")


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    language: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the commands to the parser of the command line."""
    scoring = commands.add_parser("score", help="score filled workbooks")
    scoring.add_argument("files", nargs="+", metavar="FILE", type=Path)
    form = scoring.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object on standard output")
    form.add_argument("--csv", metavar="OUT", type=Path, help="one table with every node, written to OUT")
    scoring.set_defaults(run=_score)

    template = commands.add_parser("template", help="write a blank workbook")
    template.add_argument("out", metavar="OUT.xlsx", type=Path)
    template.set_defaults(run=_template)

    for one in (scoring, template):
        language(one)


def read_all(files: Sequence[Path], language: str) -> list[Judged] | None:
    """Read and judge every file; None, with a message for each, if any cannot be opened at all."""
    contents: list[tuple[str, bytes]] = []
    for file in files:
        try:
            contents.append((file.name, file.read_bytes()))
        except OSError as trouble:
            message(house.voice(language).say(CANNOT_READ, file=file, reason=reason_of(trouble, language)))
    if len(contents) < len(files):
        return None
    return [
        judge(name, read(name, data, house.framework(), (house.declaration(),), house.today()))
        for name, data in contents
    ]


def blocked(judged: Sequence[Judged]) -> int:
    """The exit code for what was found in some workbooks."""
    found = (finding.severity for one in judged for finding in one.reading.findings)
    return BLOCKED if any(severity in BLOCKING for severity in found) else FINE


def tell(one: Judged, language: str, severities: Sequence[str], stream: TextIO) -> None:
    """One line for each finding of the named severities."""
    for told in tell_all(one.reading.findings, language):
        if told.severity in severities:
            where = f"{told.where}: " if told.where else ""
            print_line(
                f"{one.file}: {where}{told.severity_words}: {told.sentence} {told.rule} {told.advice}", stream
            )


def _score(wanted: argparse.Namespace) -> int:
    if wanted.csv and wanted.csv.is_file() and is_workbook(wanted.csv, wanted.files):
        cannot_write(wanted.csv, FileExistsError(), wanted.language)
        return WRONG_USE
    judged = read_all(wanted.files, wanted.language)
    if judged is None:
        return WRONG_USE
    for one in judged:
        tell(one, wanted.language, BLOCKING, sys.stderr)
    if wanted.json:
        # Escaped where the receiver may not know all scripts: the same JSON.
        plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        print(json.dumps(as_data(judged), ensure_ascii=plain, indent=1))
    elif wanted.csv:
        if not written(wanted.csv, as_table(judged).encode("utf-8-sig", "replace"), wanted.language):
            return WRONG_USE
    else:
        for one in judged:
            _summary(one, wanted.language)
    return blocked(judged)


def _summary(one: Judged, language: str) -> None:
    say, terms = house.voice(language).say, house.terms(language)
    for basket, scores in one.scores.items():
        assured = float(scores.assured[0, 0])
        level = band_name(assured, language) if scores.ranked[0] else say("Profile only")
        print_line(
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


def _template(wanted: argparse.Namespace) -> int:
    # Mode "x": a workbook that somebody has filled in is never written over.
    done = written(wanted.out, blank_workbook(wanted.language), wanted.language, mode="xb")
    return FINE if done else WRONG_USE
