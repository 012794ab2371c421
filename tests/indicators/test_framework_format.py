"""docs/framework-format.md names every file, column, key and allowed value of the folders that are read."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from actions import (
    audit,
    index_drivers,
    index_effective,
    index_files,
    index_pairs,
    index_robust,
    index_weights,
)
from indicators import (
    KEY_FEATURES,
    columns,
    index_framework,
    leaves,
    method_file,
    rules,
    tree,
    units_table,
    weight_files,
    words,
)
from scoring.aggregations import AGGREGATIONS
from scoring.audit.notes import NOTES
from scoring.index_duels import TOP_RULES
from scoring.index_prepare import MISSING, STEPS
from scoring.model import STATES
from scoring.normalisations import NORMALISATIONS
from scoring.transforms import TRANSFORMS

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "framework-format.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", DOCUMENT, flags=re.DOTALL)))
FOLDERS = (
    KEY_FEATURES,
    ROOT / "tests" / "frameworks" / "hdi",
    ROOT / "tests" / "frameworks" / "ihdi",
    *sorted((ROOT / "indicators" / "declarations").iterdir()),
    ROOT / "indicators" / "references",
)
# Published figures that lie beside a framework; no part of the format.
DATA = ("hdi_2022.csv", "hdi_1990_2022.csv", "ihdi_2022.csv")
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in FOLDERS
    for path in folder.rglob("*")
    if path.suffix in (".csv", ".toml") and path.name not in DATA
)


def keys(table: dict[str, object]) -> set[str]:
    """Every key of a settings file, in sections as well."""
    found: set[str] = set()
    for key, value in table.items():
        found.add(key)
        for section in value if isinstance(value, list) else [value]:
            found |= keys(section) if isinstance(section, dict) else set()
    return found


def headings(path: Path) -> set[str]:
    """The columns of a table, or the keys and sections of a settings file, as the document writes them."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return {re.sub(r"_(en|zh)$", "_‹language›", name) for name in next(csv.reader(handle))}
    with path.open("rb") as handle:
        read = tomllib.load(handle)
    sections = {
        key: f"[[{key}]]" if isinstance(value[0], dict) else key
        for key, value in read.items()
        if isinstance(value, list)
    }
    sections |= {key: f"[{key}]" for key, value in read.items() if isinstance(value, dict)}
    languages = {str(code) for code in read.get("languages", ())}
    return {sections.get(key, key) for key in keys(read) - languages}


@pytest.mark.parametrize("path", FILES)
def test_every_column_and_key_is_named(path: str) -> None:
    assert headings(ROOT / path) - NAMED == set()


@pytest.mark.parametrize("name", sorted({Path(path).name for path in FILES}))
def test_every_file_is_named(name: str) -> None:
    assert name in DOCUMENT


@pytest.mark.parametrize(
    "values",
    [
        rules.TOP_KEYS[:5],
        *rules.SECTION_KEYS.values(),
        rules.AGGREGATIONS,
        rules.TEXT_STATUSES,
        tree.COLUMNS,
        leaves.DIRECTIONS,
        leaves.METHODS,
        leaves.SCALES,
        leaves.KINDS,
        leaves.ROLES,
        words.NODE_COLUMNS,
        words.UNIT_COLUMNS,
        words.LADDER_COLUMNS,
        words.TERM_COLUMNS,
        STATES,
        rules.INDEX_LEVEL_KEYS,
        index_framework.REQUIRED_COLUMNS,
        index_framework.OPTIONAL_COLUMNS,
        (*columns.COLUMNS, *columns.OPTIONAL_COLUMNS),
        columns.ROLES,
        columns.TELLING,
        method_file.TOP_KEYS,
        [f"[{name}]" for name in method_file.SINGLE_KEYS],
        *method_file.SINGLE_KEYS.values(),
        [f"[[{name}]]" for name in method_file.REPEATED_KEYS],
        *method_file.REPEATED_KEYS.values(),
        method_file.ABSENT_COLUMNS,
        units_table.SEPARATORS,
        units_table.DECIMALS,
        (weight_files.EXPERT, weight_files.COMPARED),
        NORMALISATIONS,
        *([p.name for p in method.parameters] for method in NORMALISATIONS.values()),
        *(p.choices for method in NORMALISATIONS.values() for p in method.parameters),
        AGGREGATIONS,
        MISSING,
        STEPS,
        TRANSFORMS,
        index_weights.NAMES.all,
        index_files.NAMES,
        TOP_RULES,
        index_effective.COLUMNS,
        index_pairs.OUTRANKING_COLUMNS,
        index_pairs.ABOVE_COLUMNS,
        index_drivers.COLUMNS,
        (index_drivers.WIDE,),
        *index_robust.COLUMNS.values(),
        index_files.SCORE_COLUMNS,
        index_files.RANK_COLUMNS,
        index_files.SURE_COLUMNS,
        index_files.CHANGE_COLUMNS,
        *audit.COLUMNS.values(),
        NOTES,
    ],
)
def test_every_key_and_value_that_the_loader_takes_is_named(values: Iterable[str]) -> None:
    assert [value for value in values if value not in NAMED] == []
