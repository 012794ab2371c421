"""The command of the command line for an index of any units: index."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from actions import house, index, index_files
from actions.index_notes import SENTENCES
from actions.terminal import (
    BLOCKED,
    CANNOT_READ,
    FINE,
    WRONG_USE,
    cannot_write,
    message,
    print_line,
    reason_of,
)


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    language: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command to the parser of the command line."""
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
    indexing.set_defaults(run=_index)
    language(indexing)


def _index(wanted: argparse.Namespace) -> int:
    say = house.voice(wanted.language).say
    try:
        extras = index.Extras(wanted.audit, wanted.robust, wanted.outranking)
        made = index.run(wanted.framework, wanted.data, wanted.method, extras)
    except index.CatalogueError as trouble:
        message(str(trouble))
        return WRONG_USE
    except OSError as trouble:
        file = trouble.filename or wanted.data
        message(say(CANNOT_READ, file=file, reason=reason_of(trouble, wanted.language)))
        return WRONG_USE
    try:
        if given := index_files.written_over(made.files, wanted.out, made.inputs):
            cannot_write(given, FileExistsError(), wanted.language)
            return WRONG_USE
        index_files.write(made.files, wanted.out)
    except OSError as trouble:
        cannot_write(wanted.out, trouble, wanted.language)
        return WRONG_USE
    for note in made.notes:
        message(say(SENTENCES[note.sentence], **note.facts))
    print_line(
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
