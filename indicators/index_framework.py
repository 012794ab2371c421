"""What is an index made of? A framework folder of two files, with defaults for all that concerns asking cities.

The same tables and rules as `indicators.catalogue` reads for the city pages; which columns and keys may be left
out stands in docs/framework-format.md. Words, checks and older editions are not read: a code stands for its title.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from indicators.catalogue import children_of, read_sources
from indicators.columns import Column, read_columns
from indicators.index_leaves import fill_inner, read_index_measurement
from indicators.leaves import INDEX_LEAF_COLUMNS
from indicators.rules import ALL, Head, Manner, read_head
from indicators.settings import read_settings
from indicators.tables import CatalogueError, Row, label, one_of, read_table
from indicators.tree import COLUMNS, grow
from indicators.vocabulary import Vocabulary
from scoring.model import Basket, Framework, Node, Source, Words

REQUIRED_COLUMNS = ("code", "parent", "level")
INDEX_COLUMNS = (*INDEX_LEAF_COLUMNS, "loss")
OPTIONAL_COLUMNS = (*(name for name in COLUMNS if name not in REQUIRED_COLUMNS), *INDEX_COLUMNS)


@dataclass(frozen=True, eq=False)
class IndexFramework:
    """A framework as an index needs it: the tree, the roles of the data's columns (None: told by their headings).

    `rows` holds the line of nodes.csv for each code, so that whatever fails later can be told with its place.
    """

    framework: Framework
    columns: tuple[Column, ...] | None
    rows: MappingProxyType[str, Row]


def load_index_framework(folder: Path, vocabulary: Vocabulary) -> IndexFramework:
    """The framework that a folder holds, for an index; `vocabulary` names what the engine can do.

    Files are read in one fixed order: framework.toml, sources.csv if it is there, nodes.csv, columns.csv if it
    is there. Raises CatalogueError for the first fault.
    """
    settings = read_settings(folder, "framework.toml")
    head = read_head(settings, Manner(vocabulary.aggregations, vocabulary.top_aggregations, loose=True))
    named = (folder / "sources.csv").exists()
    sources = read_sources(folder) if named else MappingProxyType({})
    table = tuple(
        map(fill_inner, read_table(folder, "nodes.csv", REQUIRED_COLUMNS, OPTIONAL_COLUMNS, exponents=True))
    )
    head = replace(head, root=head.root or _root(folder, table))

    file = label(folder, "nodes.csv")
    nodes = grow(file, table, head, lambda row: read_index_measurement(row, head, vocabulary))
    rows = MappingProxyType({row.text("code"): row for row in table})
    if named:
        _check_sources(nodes, rows, sources)
    framework = _framework(head, nodes, sources)
    columns = read_columns(folder, framework) if (folder / "columns.csv").exists() else None
    return IndexFramework(framework, columns, rows)


def _root(folder: Path, table: tuple[Row, ...]) -> str:
    """The code of the first row without a parent."""
    for row in table:
        if not row.optional("parent"):
            return row.text("code")
    raise CatalogueError(
        label(folder, "nodes.csv"), 0, "no node stands without a parent, so there is no whole"
    )


def _check_sources(
    nodes: tuple[Node, ...], rows: MappingProxyType[str, Row], sources: Mapping[str, Source]
) -> None:
    for node in nodes:
        for source in node.measurement.goalpost_source if node.measurement else ():
            if source not in sources:
                raise rows[node.code].fault(
                    f'the source "{source}" is unknown; sources.csv holds {one_of(sources)}'
                )


def _framework(head: Head, nodes: tuple[Node, ...], sources: Mapping[str, Source]) -> Framework:
    baskets = head.baskets or (
        Basket(ALL, tuple(dict.fromkeys(n.measurement.basket for n in nodes if n.measurement))),
    )
    words = MappingProxyType({node.code: Words(node.code, node.code, "", "", "") for node in nodes})
    nothing: MappingProxyType[str, str] = MappingProxyType({})
    return Framework(
        id=head.id,
        edition=head.edition,
        root=head.root,
        languages=head.languages,
        text_status=head.text_status,
        levels=head.levels,
        baskets=baskets,
        rules=head.rules,
        nodes=nodes,
        sources=sources,
        sources_in=MappingProxyType(dict.fromkeys(head.languages, sources)),
        words=MappingProxyType(dict.fromkeys(head.languages, words)),
        units=MappingProxyType(dict.fromkeys(head.languages, nothing)),
        ladder=MappingProxyType(dict.fromkeys(head.languages, ())),
        terms=MappingProxyType(dict.fromkeys(head.languages, nothing)),
        by_code=MappingProxyType({node.code: node for node in nodes}),
        children=MappingProxyType(children_of(nodes)),
    )
