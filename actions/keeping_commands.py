"""The commands of the command line for what is kept: where, backup, restore, verify, export.

Exit codes: 0 fine, 1 something kept is damaged, 2 wrong use or a store that cannot be used.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from actions import house, keeping
from actions.house import StoreError
from actions.round_verify import verify_package
from actions.store_words import STORE_TROUBLES
from locales import mark
from store.log import Head, head_from

FINE, DAMAGED, WRONG_USE = 0, 1, 2
_KEY_APART = mark(
    "The key of the log is not in it: keep a copy of audit.key (or SCORECARD_AUDIT_KEY) elsewhere, "
    "for without it nothing can be verified."
)
_CANNOT = mark("{file} cannot be used: {reason}.")


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    language: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the commands to the parser of the command line."""
    where = commands.add_parser("where", help="check the store and say where data are kept")
    where.set_defaults(run=_told(_where))

    backup = commands.add_parser("backup", help="write everything that is kept to one new file")
    backup.add_argument("file", metavar="FILE", type=Path)
    backup.add_argument("--with-key", action="store_true", help="put the key of the log into it as well")
    backup.set_defaults(run=_told(_backup))

    restore = commands.add_parser("restore", help="fill an empty store with a backup, and verify it")
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.set_defaults(run=_told(_restore))

    verify = commands.add_parser(
        "verify",
        help="find whatever is not as it was written; with FILE, work out an award round's package anew",
    )
    verify.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        nargs="?",
        help="a package of an award round (.zip); nothing but the file is read then",
    )
    verify.add_argument(
        "--head",
        metavar="HEAD",
        type=_head,
        action="append",
        default=[],
        help="the head that a receipt or a backup names, such as 42-0123456789abcdef (may be given several times)",
    )
    verify.set_defaults(run=_told(_verify))

    export = commands.add_parser("export", help="write everything about a city to a zip file")
    export.add_argument("city", metavar="CITY", help="its id, or its name as in its workbook")
    export.add_argument("out", metavar="OUT.zip", type=Path, nargs="?", help="default: CITY's id.zip")
    export.set_defaults(run=_told(_export))
    for one in (where, backup, restore, verify, export):
        language(one)


def _head(text: str) -> Head:
    try:
        return head_from(text)
    except ValueError as trouble:
        raise argparse.ArgumentTypeError(str(trouble)) from None


def _told(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Run a command; what is wrong with store or file is one sentence."""

    def run(wanted: argparse.Namespace) -> int:
        say = house.voice(wanted.language).say
        try:
            return command(wanted)
        except StoreError as trouble:
            print(say(STORE_TROUBLES[trouble.kind]), file=sys.stderr)
        except FileExistsError:
            print(_file_told(wanted, say(mark("there is a file of this name already"))), file=sys.stderr)
        except OSError as trouble:
            print(_file_told(wanted, str(trouble.strerror or trouble)), file=sys.stderr)
        return WRONG_USE

    return run


def _file_told(wanted: argparse.Namespace, reason: str) -> str:
    file = getattr(wanted, "file", None) or getattr(wanted, "out", None) or ""
    return house.voice(wanted.language).say(_CANNOT, file=file, reason=reason)


def _where(wanted: argparse.Namespace) -> int:
    kind, place, head = keeping.place()
    say = house.voice(wanted.language).say
    print(
        say("What is uploaded is kept in {place} ({kind}, log at {head}).", place=place, kind=kind, head=head)
    )
    return FINE


def _backup(wanted: argparse.Namespace) -> int:
    say = house.voice(wanted.language).say
    made = keeping.backup(wanted.file, with_key=wanted.with_key)
    print(
        say(
            "{file}: {rows} rows, {size} bytes, log at {head}.",
            file=wanted.file,
            rows=made.rows,
            size=made.size,
            head=str(made.head),
        )
    )
    if not wanted.with_key:
        print(say(_KEY_APART), file=sys.stderr)
    return FINE


def _restore(wanted: argparse.Namespace) -> int:
    report = keeping.restore(wanted.file)
    say = house.voice(wanted.language).say
    print(say("Restored and verified: {rows} rows, log at {head}.", rows=report.rows, head=str(report.head)))
    return FINE


def _verify(wanted: argparse.Namespace) -> int:
    if wanted.file:
        return verify_package(wanted.file, wanted.language)
    found = keeping.verify(wanted.head)
    say = house.voice(wanted.language).say
    damage, notes = found.told(wanted.language)
    for sentence in (*damage, *notes):
        print(sentence, file=sys.stderr)
    report = found.report
    print(
        say(
            "{lines} lines, {rows} rows, {submissions} submissions, {erased} erased; log at {head}.",
            lines=report.lines,
            rows=report.rows,
            submissions=len(found.submissions),
            erased=report.erased,
            head=str(report.head),
        )
    )
    print(say("Everything is as it was written.") if found.whole else say("Something is damaged."))
    return FINE if found.whole else DAMAGED


def _export(wanted: argparse.Namespace) -> int:
    say = house.voice(wanted.language).say
    cities = keeping.cities(wanted.city)
    if len(cities) != 1:
        for city in cities:
            print(f"{city.id} {city.name} ({city.country})")
        print(
            say("Several cities have this name; give the id of one.")
            if cities
            else say("No city of this id or name is kept."),
            file=sys.stderr,
        )
        return WRONG_USE
    out = wanted.out or Path(f"{cities[0].id}.zip")
    wanted.out = out
    data = keeping.export(cities[0])
    with out.open("xb") as file:
        file.write(data)
    print(out)
    return FINE
