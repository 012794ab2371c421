"""In what order is a basket worked out? A framework compiled to arrays, once per basket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from scoring import remit
from scoring.aggregate import IntArray, Rows, Tier, shares
from scoring.aggregations import rule
from scoring.model import FloatArray, Framework, Measurement, Node
from scoring.normalise import Goalposts, ScaleGroup


@dataclass(frozen=True, eq=False)
class Plan:
    """A basket of a framework as arrays; nodes level by level from the root, siblings side by side.

    `share` is the nominal share of the parent, `nominal` of the whole. `lineage` of a choice of rows are
    the rows of their parents, grandparents and so on up to the root.
    """

    codes: tuple[str, ...]
    leaves: IntArray  # rows of the leaves
    leaf_rows: Rows  # the same, as a slice where that will do
    leaf_codes: tuple[str, ...]
    parent: IntArray  # row of each node's parent; the root is its own
    share: FloatArray
    nominal: FloatArray
    tiers: tuple[Tier, ...]  # from the leaves up
    scales: tuple[ScaleGroup, ...]
    caps: remit.Caps
    thresholds: tuple[tuple[IntArray, float], ...]  # rows of a level and the coverage they need
    balance_rows: IntArray  # nodes of rules.geometric_level
    maximum: float
    floor: float

    def lineage(self, rows: IntArray) -> tuple[IntArray, ...]:
        """The ancestors of each row, nearest first, as long as any lies below the root."""
        steps: list[IntArray] = []
        while rows.any():
            rows = self.parent[rows]
            steps.append(rows)
        return tuple(steps)


def whole_share(plan: Plan, share: FloatArray, rows: IntArray) -> FloatArray:
    """Share of the whole of some rows (rows x units), from shares of the parents (nodes x units)."""
    result: FloatArray = share[rows].copy()
    for ancestors in plan.lineage(rows):
        result *= share[ancestors]
    return result


@lru_cache(maxsize=32)
def compile_plan(framework: Framework, basket_id: str) -> Plan:
    """The plan of one basket; kept for that framework object, so that scoring costs array work only.

    Raises KeyError for an unknown basket, ValueError for a basket without any scored measurement and
    for a rule of joining that is not in AGGREGATIONS.
    """
    includes = set(framework.basket(basket_id).includes)
    codes = _nodes_in_basket(framework, includes)
    if not codes:
        raise ValueError(f"basket {basket_id!r} of {framework.id} has no scored measurement")
    row = {code: i for i, code in enumerate(codes)}
    nodes = [framework.by_code[code] for code in codes]
    parent = np.array([row.get(node.parent, 0) for node in nodes], dtype=np.intp)
    leaves = np.array([i for i, node in enumerate(nodes) if node.measurement is not None], dtype=np.intp)
    tiers = _tiers(framework, nodes, row)
    share = shares(tiers, leaves, len(codes), np.ones((len(leaves), 1), dtype=bool))[0][:, 0]
    nominal = share.copy()
    for i in range(1, len(codes)):
        nominal[i] *= nominal[parent[i]]
    rules = framework.rules
    leaf_codes = tuple(codes[i] for i in leaves)
    areas = tuple(_ancestor_at(framework, code, rules.remit_level) for code in leaf_codes)
    return Plan(
        codes=codes,
        leaves=leaves,
        leaf_rows=_rows(leaves.tolist()),
        leaf_codes=leaf_codes,
        parent=parent,
        share=share,
        nominal=nominal,
        tiers=tiers,
        scales=_scales(framework, leaf_codes),
        caps=remit.caps(leaf_codes, nominal[leaves], areas, rules.remit_cap_level, rules.remit_cap_overall),
        thresholds=tuple(
            (_rows_at(nodes, level.name), level.coverage)
            for level in framework.levels
            if level.coverage is not None
        ),
        balance_rows=_rows_at(nodes, rules.geometric_level),
        maximum=rules.points_maximum,
        floor=rules.geometric_floor,
    )


def _nodes_in_basket(framework: Framework, includes: set[str]) -> tuple[str, ...]:
    """Codes of all nodes with weight from a scored measurement of the basket, breadth first."""
    alive: set[str] = set()
    for node in reversed(framework.nodes):  # children before parents
        facts = node.measurement
        if facts is not None and facts.scored and facts.basket in includes:
            alive.add(node.code)
        if node.code in alive and node.weight > 0 and node.parent:
            alive.add(node.parent)
    rank = [framework.root] if framework.root in alive else []
    codes: list[str] = []
    while rank:
        codes += rank
        rank = [child for code in rank for child in framework.children.get(code, ()) if child in alive]
    return tuple(codes)


def _tiers(framework: Framework, nodes: Sequence[Node], row: dict[str, int]) -> tuple[Tier, ...]:
    levels = {level.name: level for level in framework.levels}
    depth: list[int] = []
    groups: dict[tuple[int, str, float], list[int]] = {}
    for i, node in enumerate(nodes):
        depth.append(depth[row[node.parent]] + 1 if i else 0)
        if node.measurement is None:
            level = levels[node.level]
            try:
                rule(level.aggregation, level.power)
            except ValueError as error:
                raise ValueError(f"level {node.level!r}: {error}") from None
            groups.setdefault((depth[i], level.aggregation, level.power), []).append(i)
    tiers = []
    for (_, aggregation, power), parents in sorted(groups.items(), reverse=True):
        families = [[row[c] for c in framework.children[nodes[i].code] if c in row] for i in parents]
        children = [child for family in families for child in family]
        start = np.cumsum([0] + [len(family) for family in families])
        turns = []
        for k in range(max(map(len, families))):
            having = [p for p, family in enumerate(families) if len(family) > k]
            turns.append((_rows(having), _rows([int(start[p]) + k for p in having])))
        tiers.append(
            Tier(
                rule=rule(aggregation, power),
                parents=_rows(parents),
                children=_rows(children),
                parent_of=np.repeat(np.arange(len(parents)), [len(family) for family in families]),
                turns=tuple(turns),
                families=tuple(slice(int(a), int(b)) for a, b in pairwise(start)),
                weight=np.array([[nodes[child].weight] for child in children], dtype=float),
            )
        )
    return tuple(tiers)


def _rows(indices: Sequence[int]) -> Rows:
    """A slice where the indices are consecutive (a view, no copy), else an index array."""
    if list(indices) == list(range(indices[0], indices[0] + len(indices))):
        return slice(indices[0], indices[0] + len(indices))
    return np.array(indices, dtype=np.intp)


def _rows_at(nodes: Sequence[Node], level: str | None) -> IntArray:
    return np.array([i for i, node in enumerate(nodes) if node.level == level], dtype=np.intp)


def _ancestor_at(framework: Framework, code: str, level: str | None) -> str:
    while code and framework.by_code[code].level != level:
        code = framework.by_code[code].parent
    return code


def _scales(framework: Framework, leaf_codes: tuple[str, ...]) -> tuple[ScaleGroup, ...]:
    facts = [_measurement(framework, code) for code in leaf_codes]
    groups = []
    for scale in dict.fromkeys(fact.scale for fact in facts):
        rows = [i for i, fact in enumerate(facts) if fact.scale == scale]
        groups.append(
            ScaleGroup(
                scale=scale,
                codes=tuple(leaf_codes[i] for i in rows),
                rows=np.array(rows, dtype=np.intp),
                goalposts=goalposts(framework, [facts[i] for i in rows]),
            )
        )
    return tuple(groups)


def goalposts(framework: Framework, facts: Sequence[Measurement]) -> Goalposts:
    """The goalposts of some measurements of one scale, as columns."""

    def column(values: list[float | None]) -> FloatArray:
        return np.array([[np.nan if value is None else value] for value in values], dtype=float)

    return Goalposts(
        lower=column([fact.lower for fact in facts]),
        upper=column([fact.upper for fact in facts]),
        direction=column([fact.direction for fact in facts]),
        step=framework.rules.ladder_step,
        maximum=framework.rules.points_maximum,
    )


def _measurement(framework: Framework, code: str) -> Measurement:
    measurement = framework.by_code[code].measurement
    assert measurement is not None  # leaf codes are chosen by it
    return measurement
