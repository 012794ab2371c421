"""Nothing reads an award round but through what its viewer may see: held to the source of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source_code import files, tree

READERS = {"entries", "round_of", "all_rounds"}
# Who may read a round whole: the read path itself, and what closes cities in the rest of the program.
READ_PATH = {"actions/round_read.py", "actions/round_closed.py"}
# What lies below the read path, what lists all tables, and what carries away what one person said herself.
BELOW = {"actions/round_journal.py", "store/rounds.py", "store/schema.py", "store/room_rows.py"}


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of everything that a file imports; (module, "") for a module as a whole."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, name.name) for name in node.names)
        elif isinstance(node, ast.Import):
            yield from ((name.name, "") for name in node.names)


def reads_whole(module: str, name: str) -> bool:
    """Whether an import gives a way to a round past its read path."""
    if f"{module}.{name}" in ("actions.round_journal", "store.round_tables", "store.rounds"):
        return True
    if module in ("actions.round_journal", "store.round_tables"):
        return True
    return module == "store.rounds" and name in {*READERS, "", "*"}


@pytest.mark.parametrize(
    "wrong", [("store.rounds", "entries"), ("store", "rounds"), ("actions.round_journal", "")]
)
def test_every_way_past_the_read_path_is_known_as_one(wrong: tuple[str, str]) -> None:
    assert reads_whole(*wrong)


def test_only_the_read_path_reads_a_round_whole() -> None:
    found = {str(path) for path in files() if any(reads_whole(*one) for one in imported(path))}
    assert found == READ_PATH | BELOW


def test_only_signing_in_asks_which_cities_are_closed() -> None:
    found = {str(path) for path in files() if any(one[0] == "actions.round_closed" for one in imported(path))}
    assert found == {"actions/sign_in.py"}
