"""The command of the command line that says what is wrong in a workbook: check."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from actions import house
from actions.reader import READERS
from actions.score_commands import BLOCKING, blocked, read_all, tell
from actions.terminal import (
    BLOCKED,
    CANNOT_READ,
    FINE,
    WRONG_USE,
    print_line,
    reason_of,
)
from actions.understood import understood, unopened


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    language: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command to the parser of the command line."""
    checking = commands.add_parser("check", help="say what is wrong in a workbook, cell by cell")
    checking.add_argument("files", nargs="+", metavar="FILE", type=Path)
    checking.add_argument("--json", action="store_true", help="one JSON object a line for each file")
    checking.set_defaults(run=_check)
    language(checking)


def _check(wanted: argparse.Namespace) -> int:
    if wanted.json:
        return _check_lines(wanted.files, wanted.language)
    judged = read_all(wanted.files, wanted.language)
    if judged is None:
        return WRONG_USE
    say = house.voice(wanted.language).say
    for one in judged:
        tell(one, wanted.language, (*BLOCKING, "question", "note"), sys.stdout)
        if not one.reading.findings:
            print_line(say("{file}: nothing to repair and nothing to check.", file=one.file), sys.stdout)
    return blocked(judged)


def _check_lines(files: Sequence[Path], language: str) -> int:
    """One line for each file, as soon as it is read; a file that no process can read stops none of the others."""
    code = FINE
    for file in files:
        try:
            reading = READERS.read(file.name, file.read_bytes())
        except OSError as trouble:
            reason = house.voice(language).say(CANNOT_READ, file=file, reason=reason_of(trouble, language))
            line, code = unopened(file.name, reason), WRONG_USE
        else:
            line = understood(file.name, reading, language)
            if any(one.severity in BLOCKING for one in reading.findings):
                code = max(code, BLOCKED)
        print(json.dumps(line, ensure_ascii=False, allow_nan=False), flush=True)
    return code
