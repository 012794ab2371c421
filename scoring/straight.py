"""Which leaves lie under which of some nodes, so that sums of products lead straight from one to the other?

Where every mean is arithmetic, the points of a node are those of its leaves times their shares of it, whatever
stands between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from scoring.aggregate import IntArray, Rows
from scoring.aggregations import ARITHMETIC
from scoring.plan import Plan


@dataclass(frozen=True, eq=False)
class Branch:
    """One node and the leaves under it, as rows among the nodes and as positions among the leaves."""

    node: int
    rows: Rows
    leaves: Rows


@dataclass(frozen=True, eq=False)
class Straight:
    """All branches, and step by step each leaf's ancestors below its branch's node (the root where there is none)."""

    branches: tuple[Branch, ...]
    between: tuple[IntArray, ...]


@lru_cache(maxsize=32)
def straight(plan: Plan, nodes: tuple[int, ...]) -> Straight | None:
    """The way from the leaves to `nodes` (rows of the plan); None unless all means are arithmetic and every leaf
    lies under one of them."""
    wanted = set(nodes) - {0}
    above = [_ancestor(plan, int(leaf), wanted) for leaf in plan.leaves]
    if any(tier.rule is not ARITHMETIC for tier in plan.tiers) or 0 in above or 0 in nodes:
        return None
    branches = []
    for node in nodes:
        leaves = [k for k, found in enumerate(above) if found == node]
        # A leaf that is joined at the top itself has nothing under it.
        if node not in plan.leaves:
            branches.append(Branch(node, as_rows(plan.leaves[leaves]), as_rows(np.array(leaves))))
    between = []
    at = plan.leaves
    while at.any():
        at = np.where(np.isin(at, nodes), 0, plan.parent[at])
        at = np.where(np.isin(at, nodes), 0, at)
        if at.any():
            between.append(at)
    return Straight(tuple(branches), tuple(between))


def as_rows(rows: IntArray) -> Rows:
    """A slice where the rows stand side by side (a view, no copy), else as they are."""
    if rows.size and (np.diff(rows) == 1).all():
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def _ancestor(plan: Plan, row: int, wanted: set[int]) -> int:
    """The nearest row of `wanted` from a row upwards, itself included; the root, 0, where there is none."""
    while row and row not in wanted:
        row = int(plan.parent[row])
    return row
