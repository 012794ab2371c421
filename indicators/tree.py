"""The tree of a framework: nodes.csv read, and refused where it is no tree or cannot be judged."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from indicators.rules import Head
from indicators.tables import CatalogueError, Row, label, one_of, read_table, unique
from scoring.model import Measurement, Node

COLUMNS = (
    "code",
    "parent",
    "level",
    "weight",
    "unit",
    "direction",
    "method",
    "basket",
    "scale",
    "lower",
    "upper",
    "goalpost_kind",
    "floor_kind",
    "goalpost_source",
    "goalpost_scope",
    "goalpost_verified",
    "wording_verified",
    "role",
    "outside_remit",
    "plausible_low",
    "plausible_high",
    "sdg",
)
# The columns that only a row of the lowest level fills in.
LEAF_COLUMNS = tuple(
    column
    for column in COLUMNS
    if column not in ("code", "parent", "level", "weight", "wording_verified", "sdg")
)
GOALPOST_COLUMNS = ("lower", "upper", "goalpost_kind", "floor_kind", "goalpost_source")
DIRECTIONS = {"1": 1, "-1": -1, "0": 0}
METHODS = ("official", "survey", "expert")
SCALES = ("linear", "log", "ladder", "none")
KINDS = ("normative", "statistical", "convention")
ROLES = ("scored", "shown", "doubtful")
_SDG = re.compile(r"^(1[0-7]|[1-9])(\.[1-9a-d]\d?)?$")


def read_nodes(folder: Path, head: Head, sources: Collection[str]) -> tuple[Node, ...]:
    """The nodes in the order of the file.

    CatalogueError at the first line that breaks the tree (parents, levels, weights) or whose measurement
    cannot be judged (unit, goalposts, kind, source).
    """
    rows = unique(read_table(folder, "nodes.csv", COLUMNS), "code")
    if not rows:
        raise CatalogueError(label(folder, "nodes.csv"), 0, "the table holds no node")
    depths = {level.name: depth for depth, level in enumerate(head.levels)}
    lowest = head.levels[-1].name
    nodes: dict[str, Node] = {}
    for code, row in rows.items():
        is_leaf = row.choice("level", depths) == lowest
        _check_parent(row, code, rows, nodes, head, depths)
        if not is_leaf:
            _refuse_measurement(row, lowest)
        nodes[code] = Node(
            code=code,
            parent=row.optional("parent"),
            level=row.text("level"),
            weight=_weight(row),
            wording_verified=row.yes("wording_verified"),
            sdg=_goals(row),
            measurement=_measurement(row, head, sources) if is_leaf else None,
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
        raise row.fault(f'the parent "{parent}" stands later, on line {rows[parent].line}; it must come first')
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
    for code, node in nodes.items():
        weights = [child.weight for child in nodes.values() if child.parent == code]
        if node.level != lowest and not weights:
            raise rows[code].fault(f'"{code}" has nothing under it and is not of the lowest level, "{lowest}"')
        if weights and not any(weights):
            raise rows[code].fault(f'no weight under "{code}" is above 0')


def _weight(row: Row) -> float:
    weight = row.number("weight")
    if weight < 0:
        raise row.fault(f'weight is "{row.text("weight")}" and must not be negative')
    return weight


def _goals(row: Row) -> tuple[str, ...]:
    for goal in row.parts("sdg"):
        if not _SDG.match(goal):
            raise row.fault(f'sdg holds "{goal}", which is neither a goal (4) nor a target (4.6)')
    return row.parts("sdg")


def _refuse_measurement(row: Row, lowest: str) -> None:
    for column in LEAF_COLUMNS:
        if row.optional(column):
            raise row.fault(
                f'{column} is "{row.optional(column)}", but only the lowest level, "{lowest}", is measured'
            )


def _measurement(row: Row, head: Head, sources: Collection[str]) -> Measurement:
    baskets = tuple(dict.fromkeys(name for basket in head.baskets for name in basket.includes))
    role = row.choice("role", ROLES)
    scale = row.choice("scale", SCALES)
    direction = DIRECTIONS[row.choice("direction", DIRECTIONS)]
    if role == "scored" and (scale == "none" or direction == 0):
        column = "scale" if scale == "none" else "direction"
        raise row.fault(f'{column} is "{row.text(column)}", so nothing can be scored; role must not be "scored"')
    lower, upper = _goalposts(row, scale, head)
    low, high = row.number("plausible_low"), row.number("plausible_high")
    if low >= high:
        raise row.fault(f"plausible_low is {low:g} and must be below plausible_high, {high:g}")
    return Measurement(
        unit=row.text("unit"),
        direction=direction,
        method=row.choice("method", METHODS),
        basket=row.choice("basket", baskets),
        scale=scale,
        lower=lower,
        upper=upper,
        goalpost_kind=row.optional("goalpost_kind"),
        floor_kind=row.optional("floor_kind"),
        goalpost_source=_sources(row, sources),
        goalpost_scope=row.text("goalpost_scope"),
        goalpost_verified=row.yes("goalpost_verified"),
        role=role,
        outside_remit=row.yes("outside_remit"),
        plausible_low=low,
        plausible_high=high,
    )


def _goalposts(row: Row, scale: str, head: Head) -> tuple[float | None, float | None]:
    if scale == "none":
        for column in GOALPOST_COLUMNS:
            if row.optional(column):
                raise row.fault(f'{column} is "{row.optional(column)}", but scale "none" has no goalposts')
        return None, None
    lower, upper = row.number("lower"), row.number("upper")
    if lower >= upper:
        raise row.fault(f"lower is {lower:g} and must be below upper, {upper:g}")
    if scale == "log" and lower <= 0:
        raise row.fault(f"lower is {lower:g}; a log scale needs goalposts above 0")
    if scale == "ladder" and (lower, upper) != (0, head.rules.ladder_levels):
        raise row.fault(f"a ladder runs from 0 to {head.rules.ladder_levels}, not from {lower:g} to {upper:g}")
    for column in ("goalpost_kind", "floor_kind"):
        row.choice(column, KINDS)
    row.text("goalpost_source")
    return lower, upper


def _sources(row: Row, known: Collection[str]) -> tuple[str, ...]:
    for source in row.parts("goalpost_source"):
        if source not in known:
            raise row.fault(f'the source "{source}" is unknown; sources.csv holds {one_of(known)}')
    return row.parts("goalpost_source")
