"""What is asked: a framework folder, read as a whole or refused with file, line and reason.

The folder's files, columns and types are written down in docs/framework-format.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from indicators.editions import read_editions
from indicators.field_checks import read_checks
from indicators.rules import read_head
from indicators.settings import read_settings
from indicators.tables import CatalogueError, Row, found, read_table, unique
from indicators.tree import read_nodes
from indicators.words import read_ladder, read_node_words, read_terms, read_units
from scoring.model import Framework, Node, Source

__all__ = ["CatalogueError", "children_of", "load_framework", "read_sources", "sources_in"]

SOURCE_COLUMNS = ("id", "publisher", "title", "year", "url", "note")
SOURCE_WORD_COLUMNS = ("id", "publisher", "title", "note")


def load_framework(folder: Path) -> Framework:
    """The framework that a folder holds, with its words in every language it names.

    Files are read in one fixed order (framework.toml, sources.csv, nodes.csv, then the words of each
    language), so the first fault is always the same one. Raises CatalogueError for it.
    """
    head = read_head(read_settings(folder, "framework.toml"))
    sources = read_sources(folder)
    nodes = read_nodes(folder, head, sources)
    languages = head.languages
    return Framework(
        id=head.id,
        edition=head.edition,
        root=head.root,
        languages=languages,
        text_status=head.text_status,
        levels=head.levels,
        baskets=head.baskets,
        rules=head.rules,
        nodes=nodes,
        sources=sources,
        sources_in=MappingProxyType(
            {
                language: sources if language == languages[0] else sources_in(folder, language, sources)
                for language in languages
            }
        ),
        words=MappingProxyType(
            {language: MappingProxyType(read_node_words(folder, language, nodes)) for language in languages}
        ),
        units=MappingProxyType(
            {language: MappingProxyType(read_units(folder, language, nodes)) for language in languages}
        ),
        ladder=MappingProxyType(
            {language: read_ladder(folder, language, head, nodes) for language in languages}
        ),
        terms=MappingProxyType(
            {language: MappingProxyType(read_terms(folder, language, head, nodes)) for language in languages}
        ),
        by_code=MappingProxyType({node.code: node for node in nodes}),
        children=MappingProxyType(children_of(nodes)),
        checks=read_checks(folder, nodes),
        editions=read_editions(folder, head.edition, nodes),
    )


def read_sources(folder: Path) -> Mapping[str, Source]:
    """The sources of a folder by id; CatalogueError for one without publisher or title."""
    rows = unique(read_table(folder, "sources.csv", SOURCE_COLUMNS), "id")
    return MappingProxyType({key: _source(row) for key, row in rows.items()})


def sources_in(folder: Path, language: str, sources: Mapping[str, Source]) -> Mapping[str, Source]:
    """The sources with publisher, title and note in another language than the first."""
    name = f"words/{language}/sources.csv"
    rows = unique(read_table(folder, name, SOURCE_WORD_COLUMNS), "id")
    told: dict[str, Source] = {}
    for key, source in sources.items():
        row = found(folder, name, rows, key, "id")
        note = row.text("note") if source.note else row.optional("note")
        told[key] = replace(source, publisher=row.text("publisher"), title=row.text("title"), note=note)
    return MappingProxyType(told)


def _source(row: Row) -> Source:
    url = row.optional("url")
    if url and not url.startswith(("https://", "http://")):
        raise row.fault(f'url is "{url}" and must start with https:// or http://')
    return Source(
        id=row.text("id"),
        publisher=row.text("publisher"),
        title=row.text("title"),
        year=row.optional("year"),
        url=url,
        note=row.optional("note"),
    )


def children_of(nodes: tuple[Node, ...]) -> dict[str, tuple[str, ...]]:
    """Code -> codes of its children in the order of the file; every node has an entry."""
    families: dict[str, list[str]] = {node.code: [] for node in nodes}
    for node in nodes:
        if node.parent:
            families[node.parent].append(node.code)
    return {code: tuple(codes) for code, codes in families.items()}
