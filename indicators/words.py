"""The words of a framework in one language: every name and sentence, refused if one is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from indicators.rules import Head
from indicators.tables import Row, found, read_table, unique
from scoring.model import STATES, LadderLevel, Node, Words

NODE_COLUMNS = ("code", "title", "short", "definition", "how", "example")
UNIT_COLUMNS = ("unit", "name")
LADDER_COLUMNS = ("level", "title", "description")
TERM_COLUMNS = ("key", "text")
# Words every node needs; `how` and `example` are asked of measurements alone.
NODE_WORDS = ("title", "short", "definition")
LEAF_WORDS = ("title", "short", "definition", "how", "example")


def read_node_words(folder: Path, language: str, nodes: Sequence[Node]) -> dict[str, Words]:
    """Code -> words; CatalogueError for a node without words, an empty word or words for no node."""
    name = f"words/{language}/nodes.csv"
    rows = unique(read_table(folder, name, NODE_COLUMNS), "code")
    codes = {node.code for node in nodes}
    for code, row in rows.items():
        if code not in codes:
            raise row.fault(f'there is no node "{code}" in nodes.csv')
    return {node.code: _words(found(folder, name, rows, node.code, "code"), node) for node in nodes}


def _words(row: Row, node: Node) -> Words:
    for column in LEAF_WORDS if node.measurement else NODE_WORDS:
        row.text(column)
    return Words(*(row.optional(column) for column in LEAF_WORDS))


def read_units(folder: Path, language: str, nodes: Sequence[Node]) -> dict[str, str]:
    """Unit -> name; CatalogueError for a unit in use that has none."""
    name = f"words/{language}/units.csv"
    rows = unique(read_table(folder, name, UNIT_COLUMNS), "unit")
    for node in nodes:
        if node.measurement:
            found(folder, name, rows, node.measurement.unit, "unit")
    return {unit: row.text("name") for unit, row in rows.items()}


def read_ladder(folder: Path, language: str, head: Head, nodes: Sequence[Node]) -> tuple[LadderLevel, ...]:
    """The described levels from 0, none where nothing is rated on a ladder; CatalogueError for a gap."""
    if not any(node.measurement and node.measurement.scale == "ladder" for node in nodes):
        return ()
    name = f"words/{language}/ladder.csv"
    rows = unique(read_table(folder, name, LADDER_COLUMNS), "level")
    wanted = tuple(str(level) for level in range(head.rules.ladder_levels + 1))
    for level in wanted:
        found(folder, name, rows, level, "level")
    for level, row in rows.items():
        if level not in wanted:
            raise row.fault(f'level is "{level}"; the ladder runs from 0 to {head.rules.ladder_levels}')
    return tuple(
        LadderLevel(number, rows[level].text("title"), rows[level].text("description"))
        for number, level in enumerate(wanted)
    )


def read_terms(folder: Path, language: str, head: Head, nodes: Sequence[Node]) -> dict[str, str]:
    """Key ("band.A", "state.answered", …) -> text; CatalogueError for an id in use that has no text."""
    name = f"words/{language}/terms.csv"
    rows = unique(read_table(folder, name, TERM_COLUMNS), "key")
    for key in _used_terms(head, nodes):
        found(folder, name, rows, key, "key")
    return {key: row.text("text") for key, row in rows.items()}


def _used_terms(head: Head, nodes: Sequence[Node]) -> Iterator[str]:
    yield from (f"level.{level.name}" for level in head.levels)
    yield from (f"basket.{basket.id}" for basket in head.baskets)
    yield from (f"band.{band.id}" for band in head.rules.bands)
    yield from (f"grade.{grade.id}" for grade in head.rules.evidence_grades)
    yield from (f"state.{state}" for state in STATES)
    for node in nodes:
        if node.measurement:
            asked = node.measurement
            yield f"method.{asked.method}"
            yield f"role.{asked.role}"
            yield f"scope.{asked.goalpost_scope}"
            yield from (f"kind.{kind}" for kind in (asked.goalpost_kind, asked.floor_kind) if kind)
