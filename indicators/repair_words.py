"""The words of a repair workbook: its sheet of findings, its comments, and what a city may answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators.labels import LANGUAGES
from indicators.tables import read_table, unique
from indicators.text import fold

FOLDER = Path(__file__).parent
# The columns of the sheet from the left; the last one is hidden.
COLUMNS = ("id", "where", "severity", "found", "proposal", "choice", "reason", "before")
# What a city may answer to a finding, in the order of the drop-down list.
CHOICES = ("accept", "keep", "later")


@cache
def repair_words(language: str) -> Mapping[str, str]:
    """Every word in a language by its key; some name facts in braces."""
    rows = unique(read_table(FOLDER, f"words/{language}/repair.csv", ("key", "text")), "key")
    return MappingProxyType({key: row.text("text") for key, row in rows.items()})


@cache
def heading_names() -> Mapping[str, str]:
    """Heading in any language, as it is written -> column."""
    return MappingProxyType(
        {repair_words(language)[f"column_{key}"]: key for language in LANGUAGES for key in COLUMNS}
    )


@cache
def choice_names() -> Mapping[str, str]:
    """Comparable answer in any language -> choice."""
    return MappingProxyType(
        {fold(repair_words(language)[f"choice_{key}"]): key for language in LANGUAGES for key in CHOICES}
    )
