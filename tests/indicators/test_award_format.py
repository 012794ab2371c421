"""docs/award-format.md names every file, column, key and allowed value of the award folders, and no other column."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from indicators import award_criteria, award_phases, award_rules, awards, past_awards
from indicators.catalogue import SOURCE_COLUMNS
from scoring.eligibility_kinds import KINDS, NOBODY, OUTCOMES

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "award-format.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", DOCUMENT, flags=re.DOTALL)))
TABLES = (
    SOURCE_COLUMNS,
    award_criteria.CRITERION_COLUMNS,
    award_criteria.CRITERION_WORD_COLUMNS,
    award_criteria.RUBRIC_COLUMNS,
    award_rules.ELIGIBILITY_COLUMNS,
    award_rules.SELECTION_COLUMNS,
    award_rules.TIE_BREAK_COLUMNS,
    award_phases.PHASE_COLUMNS,
    past_awards.WINNER_COLUMNS,
    past_awards.ABSENCE_COLUMNS,
    awards.RULE_COLUMNS,
    awards.QUESTION_COLUMNS,
    awards.TERM_COLUMNS,
)
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for shelf in (awards.AWARDS, ROOT / "tests" / "awards")
    for path in shelf.rglob("*")
    if path.is_file()
)


def headings(path: Path) -> set[str]:
    """The columns of a table, or the keys and sections of the settings, as the document writes them."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as handle:
            return {re.sub(r"_(en|zh)$", "_‹language›", name) for name in next(csv.reader(handle))}
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    sections = {key: value for key, value in read.items() if isinstance(value, dict)}
    inner = {key for section in sections.values() for key in section} - set(read["languages"])
    return (set(read) - set(sections)) | {f"[{key}]" for key in sections} | inner


@pytest.mark.parametrize("path", FILES)
def test_every_file_column_and_key_is_named(path: str) -> None:
    assert Path(path).name in DOCUMENT
    assert headings(ROOT / path) - NAMED == set()


@pytest.mark.parametrize(
    "values",
    [
        *TABLES,
        [key for key in awards.TOP_KEYS if key not in ("names", "notes", "rubric_by", "marks", "dates")],
        awards.MARK_KEYS,
        awards.COUNTS,
        awards.REQUIRED_DATES,
        award_rules.CONFIDENCES,
        award_rules.ELIGIBILITY_KINDS,
        award_rules.SELECTION_KINDS,
        award_rules.TIE_BREAK_KINDS,
        award_phases.PHASE_ACTS,
        award_phases.SEEN,
        award_phases.RESULTS,
        award_rules.GROUPS,
        (award_rules.EVERY, past_awards.BETWEEN_NAMES, NOBODY),
        OUTCOMES,
    ],
)
def test_every_value_that_the_loader_takes_is_named(values: Iterable[str]) -> None:
    assert [value for value in values if value not in NAMED] == []


def test_every_column_of_the_document_is_read() -> None:
    """The second cell of a line of a table with files and columns, the first of one with columns."""
    read = {column for columns in TABLES for column in columns} | {"name_‹language›"}
    told: set[str] = set()
    for block in re.findall(r"(?:^\|.*\n)+", DOCUMENT, flags=re.MULTILINE):
        lines = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines()]
        if "column" in lines[0]:
            place = lines[0].index("column")
            told |= {name for line in lines[2:] for name in re.findall(r"`([^`]+)`", line[place])}
    assert told <= read
    assert read - told <= set(SOURCE_COLUMNS)


def test_every_kind_that_is_read_is_tested_and_the_other_way_round() -> None:
    assert list(award_rules.ELIGIBILITY_KINDS) == list(KINDS)
