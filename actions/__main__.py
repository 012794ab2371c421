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
import os
import sys
from collections.abc import Sequence

from actions import (
    adopt_command,
    check_command,
    index_command,
    keeping_commands,
    panel_command,
    people_commands,
    score_commands,
)
from actions.terminal import FINE, WRONG_USE, message
from locales import LANGUAGES

# As shells have it: 128 and the number of the signal.
INTERRUPTED = 130
# In the order in which help lists them.
_PARTS = (
    score_commands,
    panel_command,
    index_command,
    check_command,
    keeping_commands,
    people_commands,
    adopt_command,
)


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
    for part in _PARTS:
        part.add(commands, _language)
    return parser


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language",
        choices=tuple(LANGUAGES),
        default="en",
        help="language of words and messages (default: en)",
    )


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
        message(f"{trouble.strerror or trouble}.")
        code = WRONG_USE
    else:
        return code
    # Python must not complain about what is left in the stream when it closes it.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


if __name__ == "__main__":
    sys.exit(run())
