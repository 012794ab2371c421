"""What may a city realistically move, at what effort, and what presupposes what? Conventions in three tables.

The tables are optional files of a framework folder and are written down in docs/framework-format.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators import KEY_FEATURES, key_features
from indicators.tables import CatalogueError, Row, found, label, read_table, unique
from scoring.model import Framework, Node

EFFORT_COSTS, MOVES, PREREQUISITES = "efforts.csv", "moves.csv", "prerequisites.csv"
EFFORT_COLUMNS = ("effort", "cost", "agreed", "source")
MOVE_COLUMNS = ("of", "step", "most", "effort", "agreed", "source")
PREREQUISITE_COLUMNS = ("code", "reaches", "needs", "at_least", "agreed", "source")
# What a rule can be of, beside a single measurement: an answer that is open, a ladder, any other scale.
OPEN, LADDER, FIGURE = KINDS = ("open", "ladder", "figure")
# How hard a move is for a city; NOT_POSSIBLE has no cost and is never proposed.
NOT_POSSIBLE = "none"
EFFORTS = ("low", "medium", "high", NOT_POSSIBLE)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class MoveRule:
    """How large a step is (levels; else a share of the goalposts' distance), how many, and at which effort."""

    step: float
    most: int
    effort: str


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """That `code` comes to `reaches` (None: moves at all) only with `needs` at `at_least`; why, by language."""

    code: str
    reaches: float | None
    needs: str
    at_least: float
    reason: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Moves:
    """The conventions of one framework: `costs` by effort (None: cannot be moved), `rules` by kind, `efforts` by code.

    `agreed` is the latest month in which any of them was set.
    """

    costs: Mapping[str, int | None]
    rules: Mapping[str, MoveRule]
    efforts: Mapping[str, str]
    prerequisites: tuple[Prerequisite, ...]
    agreed: str


def load_moves(folder: Path, framework: Framework) -> Moves | None:
    """The conventions in a framework's folder; None where it has no moves.csv. CatalogueError for a wrong row."""
    if not (folder / MOVES).exists():
        return None
    months: set[str] = set()
    costs = _costs(folder, framework, months)
    rules: dict[str, MoveRule] = {}
    efforts: dict[str, str] = {}
    scored = _scored(framework)
    for of, row in unique(read_table(folder, MOVES, MOVE_COLUMNS), "of").items():
        row.choice("of", (*KINDS, *scored))
        _sourced(row, framework, months)
        effort = row.choice("effort", EFFORTS)
        if of not in KINDS:
            efforts[of] = effort
            continue
        most = row.number("most")
        step = 1.0 if of == OPEN else row.number("step")
        if most < 1 or not most.is_integer():
            raise row.fault(f'most is "{row.text("most")}" and must be a whole number from 1')
        if step <= 0 or (of == LADDER and not step.is_integer()):
            raise row.fault(
                f'step is "{row.text("step")}" and must be above 0, for the ladder in whole levels'
            )
        rules[of] = MoveRule(step, int(most), effort)
    for kind in KINDS:
        if kind not in rules:
            raise CatalogueError(label(folder, MOVES), 0, f'there is no line for of "{kind}"')
    return Moves(
        MappingProxyType(costs),
        MappingProxyType(rules),
        MappingProxyType(efforts),
        _prerequisites(folder, framework, months),
        max(months),
    )


@cache
def key_feature_moves() -> Moves | None:
    """The conventions for the Key Features; read once a process and shared."""
    return load_moves(KEY_FEATURES, key_features())


def _scored(framework: Framework) -> dict[str, Node]:
    return {
        node.code: node
        for node in framework.measurements
        if node.measurement is not None and node.measurement.scored
    }


def _costs(folder: Path, framework: Framework, months: set[str]) -> dict[str, int | None]:
    rows = unique(read_table(folder, EFFORT_COSTS, EFFORT_COLUMNS), "effort")
    costs: dict[str, int | None] = {}
    for effort in EFFORTS:
        row = found(folder, EFFORT_COSTS, rows, effort, "effort")
        _sourced(row, framework, months)
        cost = row.optional_number("cost")
        if effort == NOT_POSSIBLE and cost is not None:
            raise row.fault("cost must be empty: nothing can be moved")
        if effort != NOT_POSSIBLE and (cost is None or cost < 1 or not cost.is_integer()):
            raise row.fault(f'cost is "{row.optional("cost")}" and must be a whole number from 1')
        costs[effort] = None if cost is None else int(cost)
    for effort in set(rows) - set(EFFORTS):
        rows[effort].choice("effort", EFFORTS)
    return costs


def _prerequisites(folder: Path, framework: Framework, months: set[str]) -> tuple[Prerequisite, ...]:
    if not (folder / PREREQUISITES).exists():
        return ()
    reasons = tuple(f"reason_{language}" for language in framework.languages)
    scored, made = _scored(framework), []
    for row in read_table(folder, PREREQUISITES, (*PREREQUISITE_COLUMNS, *reasons)):
        _sourced(row, framework, months)
        code, needs = row.choice("code", scored), row.choice("needs", scored)
        if code == needs:
            raise row.fault(f'"{code}" cannot presuppose itself')
        reaches = _possible(row, "reaches", scored[code]) if row.optional("reaches") else None
        at_least = _possible(row, "at_least", scored[needs])
        reason = {language: row.text(f"reason_{language}") for language in framework.languages}
        made.append(Prerequisite(code, reaches, needs, at_least, MappingProxyType(reason)))
    return tuple(made)


def _possible(row: Row, column: str, node: Node) -> float:
    """A value that the measurement can have, on the ladder a whole level."""
    value, facts = row.number(column), node.measurement
    assert facts is not None
    if not facts.plausible_low <= value <= facts.plausible_high:
        raise row.fault(
            f'{column} is "{row.text(column)}" and must lie from {facts.plausible_low:g} to {facts.plausible_high:g}'
        )
    if facts.scale == "ladder" and not value.is_integer():
        raise row.fault(f'{column} is "{row.text(column)}" and must be a whole level')
    return value


def _sourced(row: Row, framework: Framework, months: set[str]) -> None:
    if not _MONTH.fullmatch(row.text("agreed")):
        raise row.fault(f'agreed is "{row.text("agreed")}" and must be a month such as 2026-11')
    row.choice("source", framework.sources)
    months.add(row.text("agreed"))
