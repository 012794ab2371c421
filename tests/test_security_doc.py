"""What docs/security.md says is shown by a test, is: every test that it names is there, and is run."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.source_code import ROOT

TESTS = ROOT / "tests"
ROW = re.compile(
    r"^\| (?P<what>.+?) \| (?P<whom>.+?) \| (?P<how>.+?) \| `(?P<file>[\w/]+\.py)::(?P<test>\w+)` \|$"
)


@cache
def text() -> str:
    """The document."""
    return (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def rows() -> list[re.Match[str]]:
    """The rows of its tables."""
    return [found for line in text().splitlines() if (found := ROW.match(line))]


def test_every_row_of_every_table_names_a_test() -> None:
    lines = [line for line in text().splitlines() if line.startswith("| ")]
    heads = [line for line in lines if line.startswith(("| what |", "| --- |"))]
    assert len(rows()) == len(lines) - len(heads)
    assert len(rows()) > 35


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["test"])
def test_the_test_is_there(row: re.Match[str]) -> None:
    source = ast.parse((TESTS / row["file"]).read_text(encoding="utf-8"))
    assert row["test"].startswith("test_")
    assert row["test"] in {node.name for node in source.body if isinstance(node, ast.FunctionDef)}


def test_no_test_stands_for_two_promises() -> None:
    named = [(row["file"], row["test"]) for row in rows()]
    assert len(set(named)) == len(named)
