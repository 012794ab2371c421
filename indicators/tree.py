"""The tree of a framework: nodes.csv read, and refused where it is no tree or cannot be judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from indicators.leaves import LEAF_COLUMNS, read_measurement, refuse_measurement
from indicators.rules import Head
from indicators.tables import CatalogueError, Row, label, read_table, unique
from scoring.model import Measurement, Node

COLUMNS = ("code", "parent", "level", "weight", *LEAF_COLUMNS, "wording_verified", "sdg")
_SDG = re.compile(r"(1[0-7]|[1-9])(\.([1-9]|1[0-9]|[a-d]))?")


def read_nodes(folder: Path, head: Head, sources: Collection[str]) -> tuple[Node, ...]:
    """The nodes in the order of the file.

    CatalogueError at the first line that breaks the tree (parents, levels, weights) or whose measurement
    cannot be judged (unit, goalposts, kind, source).
    """
    table = read_table(folder, "nodes.csv", COLUMNS)
    return grow(label(folder, "nodes.csv"), table, head, lambda row: read_measurement(row, head, sources))


def grow(
    file: str, table: Sequence[Row], head: Head, measurement: Callable[[Row], Measurement]
) -> tuple[Node, ...]:
    """The nodes of a table's rows, in their order; `measurement` reads those of the lowest level.

    CatalogueError as `read_nodes`.
    """
    rows = unique(table, "code")
    if not rows:
        raise CatalogueError(file, 0, "the table holds no node")
    depths = {level.name: depth for depth, level in enumerate(head.levels)}
    lowest = head.levels[-1].name
    nodes: dict[str, Node] = {}
    for code, row in rows.items():
        is_leaf = row.choice("level", depths) == lowest
        _check_parent(row, code, rows, nodes, head, depths)
        if not is_leaf:
            refuse_measurement(row, lowest)
        nodes[code] = Node(
            code=code,
            parent=row.optional("parent"),
            level=row.text("level"),
            weight=_weight(row),
            wording_verified=row.yes("wording_verified"),
            sdg=_goals(row),
            measurement=measurement(row) if is_leaf else None,
            loss=row.cells.get("loss", ""),
        )
    _check_families(rows, nodes, lowest)
    return tuple(nodes.values())


def _check_parent(
    row: Row,
    code: str,
    rows: Mapping[str, Row],
    above: Mapping[str, Node],
    head: Head,
    depths: Mapping[str, int],
) -> None:
    parent = row.optional("parent")
    if not parent:
        if code != head.root:
            raise row.fault(f'"{code}" has no parent; only the root "{head.root}" stands without one')
        if depths[row.text("level")]:
            raise row.fault(f'the root "{code}" must be of the first level, "{head.levels[0].name}"')
        return
    if code == head.root:
        raise row.fault(f'the root "{code}" must have no parent, not "{parent}"')
    if parent not in rows:
        raise row.fault(f'the parent "{parent}" is unknown')
    if parent not in above:
        circle = _circle(code, rows)
        if circle:
            raise row.fault(f"the parents run in a circle: {' → '.join(circle)}")
        later = rows[parent].line
        raise row.fault(f'the parent "{parent}" stands later, on line {later}; it must come first')
    if depths[row.text("level")] <= depths[above[parent].level]:
        raise row.fault(
            f'"{code}" is of level "{row.text("level")}" and its parent "{parent}" of level '
            f'"{above[parent].level}"; a parent must be of a higher level'
        )


def _circle(code: str, rows: Mapping[str, Row]) -> tuple[str, ...]:
    """The way from `code` over its parents back to itself, empty if it leads elsewhere."""
    way = [code]
    while (parent := rows[way[-1]].optional("parent")) in rows and parent not in way:
        way.append(parent)
    return (*way, code) if parent == code else ()


def _check_families(rows: Mapping[str, Row], nodes: Mapping[str, Node], lowest: str) -> None:
    families: dict[str, list[float]] = {code: [] for code in nodes}
    for node in nodes.values():
        if node.parent:
            families[node.parent].append(node.weight)
    for code, weights in families.items():
        if nodes[code].level != lowest and not weights:
            raise rows[code].fault(f'nothing stands under "{code}", yet only level "{lowest}" is measured')
        if weights and not any(weights):
            raise rows[code].fault(f'no weight under "{code}" is above 0')


def _weight(row: Row) -> float:
    weight = row.number("weight")
    if weight < 0:
        raise row.fault(f'weight is "{row.text("weight")}" and must not be negative')
    return weight


def _goals(row: Row) -> tuple[str, ...]:
    for goal in row.parts("sdg"):
        if not _SDG.fullmatch(goal):
            raise row.fault(f'sdg holds "{goal}", which is neither a goal (4) nor a target (4.6)')
    return row.parts("sdg")
