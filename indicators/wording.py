"""Words that stand beside coded data: one table a language, one line an id, none missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from indicators.tables import CatalogueError, Row, label, read_table, unique


def word_rows(
    folder: Path, language: str, table: str, columns: Sequence[str], wanted: Iterable[str]
) -> Mapping[str, Row]:
    """The rows of words/<language>/<table> by their first column, in the order of `wanted`.

    CatalogueError for an id that is not wanted, for a wanted id without a line and for an empty cell.
    """
    name, key = f"words/{language}/{table}", columns[0]
    rows = unique(read_table(folder, name, columns), key)
    ids = tuple(wanted)
    for id, row in rows.items():
        if id not in ids:
            raise row.fault(f'{key} "{id}" is not in {table}')
        for column in columns:
            row.text(column)
    for id in ids:
        if id not in rows:
            raise CatalogueError(label(folder, name), 0, f'there is no line for {key} "{id}"')
    return MappingProxyType({id: rows[id] for id in ids})


def per_language(stem: str, languages: Iterable[str]) -> tuple[str, ...]:
    """The columns that hold one thing in each language: "note" -> "note_en", "note_zh"."""
    return tuple(f"{stem}_{language}" for language in languages)


def in_languages(row: Row, stem: str, languages: Iterable[str]) -> Mapping[str, str]:
    """Language -> text of the columns of `stem`; CatalogueError for an empty one."""
    return MappingProxyType({language: row.text(f"{stem}_{language}") for language in languages})
