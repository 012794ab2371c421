"""What every command says and writes: lines that the terminal takes, files that are never written over.

Exit codes are those of actions/__main__.py.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from actions import house
from locales import mark

FINE, BLOCKED, WRONG_USE = 0, 1, 2
CANNOT_READ = mark("{file} cannot be read: {reason}.")
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


def reason_of(trouble: OSError, language: str) -> str:
    """Why a file cannot be opened or written, in words."""
    known = next((_REASONS[kind] for kind in type(trouble).__mro__ if kind in _REASONS), None)
    return house.voice(language).say(known) if known else str(trouble.strerror or trouble)


def message(text: str) -> None:
    """One line for the person who runs the command, apart from results."""
    print_line(text, sys.stderr)


def print_line(text: str, stream: TextIO) -> None:
    """One line: names of files and cities bring no line breaks or terminal commands along."""
    print("".join(sign if unicodedata.category(sign) != "Cc" else "\ufffd" for sign in text), file=stream)


def written(out: Path, data: bytes, language: str, mode: str = "wb") -> bool:
    """Write a file; False, with a message, where that cannot be done."""
    try:
        if out.is_dir():
            raise IsADirectoryError
        with out.open(mode) as file:
            file.write(data)
    except OSError as trouble:
        cannot_write(out, trouble, language)
        return False
    return True


def cannot_write(out: Path, trouble: OSError, language: str) -> None:
    """Say that a file cannot be written, and why."""
    message(house.voice(language).say(_CANNOT_WRITE, file=out, reason=reason_of(trouble, language)))


def is_workbook(out: Path, files: Sequence[Path]) -> bool:
    """Whether a file that is there already is one of those to be scored, or by its name of their kind."""
    return out.suffix.lower() in _WORKBOOKS or any(out.resolve() == file.resolve() for file in files)
