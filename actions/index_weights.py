"""Which weights does a method ask for? Families of children, each with numbers or with a rule for the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indicators.method_apply import Applied
from indicators.method_file import Method, WeightsChoice
from indicators.tables import one_of
from indicators.weight_files import WeightTable, read_budgets, read_comparisons
from scoring.index_duels import index_plan
from scoring.index_weights import FROM_DATA, with_weights
from scoring.weightings.ahp import consistent_weights, priorities
from scoring.weightings.budget import Budget, allocate

GIVEN, EQUAL, BUDGET, AHP = "given", "equal", "budget", "ahp"


@dataclass(frozen=True, slots=True)
class Names:
    """The rules by which weights are found, and those of them that read a file."""

    all: tuple[str, ...]
    from_files: tuple[str, ...]


NAMES = Names((GIVEN, EQUAL, BUDGET, AHP, *FROM_DATA), (BUDGET, AHP))


@dataclass(frozen=True, slots=True)
class Found:
    """Weights of some nodes as numbers, and in a few words where each comes from."""

    weights: Mapping[str, float]
    sources: Mapping[str, str]


def resolved(method: Method, applied: Applied, folder: Path) -> tuple[Applied, Mapping[str, str]]:
    """The framework with the weights that people set, and by parent the rule where the data are to set them.

    Later sections of the method go before earlier ones. CatalogueError for a node or level that is not
    there, and for a file that cannot be read or does not fit the children; files lie in `folder`.
    """
    if not method.weights:
        return applied, {}
    children = _children(applied)
    from_data: dict[str, str] = {}
    weights: dict[str, float] = {}
    sources = dict(applied.weight_sources)
    for choice in method.weights:
        parents = _parents(choice, applied, children)
        if choice.rule in FROM_DATA:
            from_data |= dict.fromkeys(parents, choice.rule)
            continue
        found = _FINDERS[choice.rule](choice, {code: children[code] for code in parents}, folder)
        for code in parents:
            if choice.rule == GIVEN or set(children[code]) & set(found.weights):
                from_data.pop(code, None)
        weights |= found.weights
        sources |= found.sources
    framework = with_weights(applied.framework, weights)
    ordered = {code: from_data[code] for code in children if code in from_data}
    return replace(applied, framework=framework, weight_sources=sources), ordered


def _children(applied: Applied) -> dict[str, tuple[str, ...]]:
    """Parent -> its children that are scored, in the order of the file."""
    alive = set(index_plan(applied.framework, applied.basket).codes)
    families = {
        node.code: tuple(child for child in applied.framework.children[node.code] if child in alive)
        for node in applied.framework.nodes
        if node.code in alive
    }
    return {code: held for code, held in families.items() if held}


def _parents(
    choice: WeightsChoice, applied: Applied, children: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    if choice.under:
        if choice.under not in children:
            raise choice.place.fault("under", f'nothing that is scored stands under "{choice.under}"')
        return (choice.under,)
    names = [level.name for level in applied.framework.levels]
    if choice.level and choice.level not in names[:-1]:
        raise choice.place.fault(
            "level", f'level is "{choice.level}" and must be one of {one_of(names[:-1])}'
        )
    by_code = applied.framework.by_code
    return tuple(code for code in children if choice.level in ("", by_code[code].level))


Families = Mapping[str, tuple[str, ...]]


def _given(choice: WeightsChoice, families: Families, folder: Path) -> Found:
    return Found({}, {})


def _equal(choice: WeightsChoice, families: Families, folder: Path) -> Found:
    every = [child for children in families.values() for child in children]
    return Found(dict.fromkeys(every, 1.0), dict.fromkeys(every, "equal"))


def _budget(choice: WeightsChoice, families: Families, folder: Path) -> Found:
    """Every family whose children all have a column; at least one must."""
    table = read_budgets(folder, choice.file)
    weights: dict[str, float] = {}
    sources: dict[str, str] = {}
    used: set[str] = set()
    for parent, children in families.items():
        there = [child for child in children if child in table.codes]
        if not there:
            continue
        if len(there) < len(children):
            lacking = next(child for child in children if child not in table.codes)
            raise _at(choice, table, f'the column "{lacking}" is missing among those under "{parent}"')
        columns = [table.codes.index(child) for child in children]
        try:
            found = allocate(children, table.names, table.numbers[:, columns])
        except ValueError as error:
            raise _at(choice, table, str(error)) from None
        weights |= dict(zip(children, found.weights.tolist(), strict=True))
        sources |= {
            child: f"budget of {len(table.names)}, {choice.file}{_spread(found, place)}"
            for place, child in enumerate(children)
        }
        used |= set(children)
    stray = [code for code in table.codes if code not in used]
    if stray:
        raise _at(choice, table, f'the column "{stray[0]}" is none of the nodes that get weights here')
    return Found(weights, sources)


def _spread(found: Budget, child: int) -> str:
    """How far the experts were apart about one child; nothing of a single one."""
    if len(found.shares) < 2:
        return ""
    lowest, highest, spread = (float(part[child]) for part in (found.lowest, found.highest, found.spread))
    return f", from {lowest:.1%} to {highest:.1%}, standard deviation {spread:.1%}"


def _ahp(choice: WeightsChoice, families: Families, folder: Path) -> Found:
    """The one family whose children are the codes of the table."""
    table = read_comparisons(folder, choice.file)
    for children in families.values():
        if set(children) == set(table.codes):
            try:
                weights = consistent_weights(table.codes, table.numbers)
            except ValueError as error:
                raise _at(choice, table, str(error)) from None
            ratio = priorities(table.codes, table.numbers).consistency_ratio
            source = f"comparisons two by two, {choice.file}, consistency ratio {ratio:.3f}"
            return Found(
                dict(zip(table.codes, weights.tolist(), strict=True)), dict.fromkeys(table.codes, source)
            )
    raise _at(choice, table, f"the codes {one_of(table.codes)} are not all children of one node")


def _at(choice: WeightsChoice, table: WeightTable, reason: str) -> Exception:
    return choice.place.fault("file", f"{table.file}: {reason}")


_FINDERS: Mapping[str, Callable[[WeightsChoice, Families, Path], Found]] = {
    GIVEN: _given,
    EQUAL: _equal,
    BUDGET: _budget,
    AHP: _ahp,
}
