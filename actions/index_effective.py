"""What weight has each node of an index, by what is set and by what it does? One table, always written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from actions.audit import Cell, Tables
from scoring.effective import effective_weights
from scoring.index import Index

FILE = "weights.csv"
COLUMNS = (
    *("node", "parent", "share_of_parent", "share_of_whole"),
    *("correlation", "main_effect", "effective", "units", "source"),
)
FROM_DATA = "{rule}, from the data: for robustness checks alone"


def weight_tables(result: Index, sources: Mapping[str, str]) -> Tables:
    """The table of weights, in the order of nodes.csv; `sources` says of a node where its weight comes from."""
    return {FILE: (COLUMNS, _rows(result, sources))}


def _rows(result: Index, sources: Mapping[str, str]) -> Iterator[Sequence[Cell]]:
    plan, nothing = result.plan, float("nan")
    told = {
        one.code: (one.correlation, one.main_effect, one.effective, one.units)
        for one in effective_weights(result.nodes, result.score, result.framework.children, plan.nominal)
    }
    place = {code: row for row, code in enumerate(plan.codes)}
    for node in result.framework.nodes:
        if node.code not in place:
            continue
        row = place[node.code]
        rule = result.families.get(node.parent, ("", ()))[0]
        source = FROM_DATA.format(rule=rule) if rule else sources.get(node.code, "")
        shares = float(plan.share[row]), float(plan.nominal[row])
        yield (node.code, node.parent, *shares, *told.get(node.code, (nothing,) * 4), source)
