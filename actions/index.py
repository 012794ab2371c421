"""An index from a framework folder and a table of units: one run, with all that was left out or changed on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from actions.audit import Tables, index_tables
from actions.index_drivers import driver_tables
from actions.index_effective import weight_tables
from actions.index_files import Files, tables
from actions.index_notes import Note, notes
from actions.index_pairs import above_tables, outranking_tables
from actions.index_robust import robust_tables
from actions.index_weights import NAMES, resolved
from actions.index_who import Who
from indicators.index_framework import IndexFramework, load_index_framework
from indicators.method_apply import Applied, apply_method
from indicators.method_file import Method, read_method
from indicators.method_write import method_text
from indicators.tables import CatalogueError
from indicators.units_table import UnitsTable, Wanted, read_units
from indicators.vocabulary import Vocabulary
from scoring.aggregations import AGGREGATIONS
from scoring.denominate import Denominator
from scoring.index import Index, index
from scoring.index_duels import TOP_RULES, duelled, index_plan
from scoring.index_points import check
from scoring.index_prepare import MISSING, Figures, Preparation, Screening
from scoring.normalisations import NORMALISATIONS
from scoring.plan import Plan
from scoring.transforms import TRANSFORMS
from scoring.treat import JRC_RULE, OutlierRule

__all__ = ["CatalogueError", "Extras", "Run", "run", "vocabulary"]


@dataclass(frozen=True, eq=False)
class Run:
    """What a run gives: the files to write, what a person should be told, and how much went in."""

    files: Files
    notes: tuple[Note, ...]
    units: int
    measurements: int
    decimals: int
    inputs: tuple[Path, ...]  # files that it was made from, which results must not be written over


def vocabulary() -> Vocabulary:
    """All that the engine can do, by the names that a framework folder may use."""
    return Vocabulary(
        normalisations={
            name: {parameter.name: parameter.kind for parameter in method.parameters}
            for name, method in NORMALISATIONS.items()
        },
        aggregations=tuple(AGGREGATIONS),
        top_aggregations=tuple(TOP_RULES),
        missing=MISSING,
        weights=NAMES.all,
        weights_from_files=NAMES.from_files,
        transforms=tuple(TRANSFORMS),
        outliers=(
            JRC_RULE.skewness,
            JRC_RULE.kurtosis,
            JRC_RULE.points,
            JRC_RULE.transforms,
            JRC_RULE.shift,
        ),
        check=check,
    )


@dataclass(frozen=True, slots=True)
class Extras:
    """What is asked for besides the scores: an audit, robustness checks, the outranking matrix."""

    audit: bool = False
    robust: bool = False
    outranking: bool = False


def run(folder: Path, data: Path, method_path: Path | None, extras: Extras = Extras()) -> Run:
    """The index of the units of `data` by the framework in `folder`, with what else is asked; nothing is written.

    Raises CatalogueError with file and line for whatever cannot be read or judged, OSError for a file that
    cannot be opened.
    """
    # Messages name files by their folder, which "." would hide.
    folder, method_path = folder.resolve(), method_path.absolute() if method_path else None
    words = vocabulary()
    found = load_index_framework(folder, words)
    method = read_method(method_path, words) if method_path else Method()
    applied = apply_method(method, found, words)
    applied, from_data = resolved(method, applied, method_path.parent if method_path else folder)
    plan = _plan(applied, folder)
    table = read_units(data, found.columns or (), _wanted(applied, method, plan.leaf_codes), method.layout)
    try:
        result = index(
            applied.framework,
            applied.basket,
            _figures(table),
            _preparation(method, applied),
            from_data,
            method.draws,
        )
    except ValueError as error:
        raise _placed(str(error), found, table, method) from None
    text = method_text(method, applied, _in_order(applied, result), from_data)
    told = notes(table, result, from_data, method.missing, extras.outranking)
    extras = replace(extras, outranking=extras.outranking or duelled(result.framework))
    decimals = applied.framework.rules.published_decimals
    more = tuple(_more(table, result, applied, extras))
    files = tables(table, result, text, decimals, more)
    inputs = (data, *_beside(method, method_path))
    return Run(files, told, len(result.score), len(result.codes), decimals, inputs)


def _beside(method: Method, path: Path | None) -> tuple[Path, ...]:
    """The method's file and the tables of weights that it names."""
    if path is None:
        return ()
    return (path, *(path.parent / choice.file for choice in method.weights if choice.file))


def _more(table: UnitsTable, result: Index, applied: Applied, extras: Extras) -> Iterator[Tables]:
    """The tables besides points, scores, ranks and changes."""
    who = Who(table, np.flatnonzero(result.kept).tolist())
    yield weight_tables(result, applied.weight_sources)
    if extras.outranking:
        yield outranking_tables(result, who)
    if result.surety:
        yield above_tables(result.surety, who)
        yield driver_tables(result.surety, who)
    if extras.robust:
        yield robust_tables(result, who)
    if extras.audit:
        yield index_tables(result)


def _plan(applied: Applied, folder: Path) -> Plan:
    try:
        return index_plan(applied.framework, applied.basket)
    except ValueError as error:
        raise CatalogueError(f"{folder.name}/nodes.csv", 0, str(error)) from None


def _wanted(applied: Applied, method: Method, codes: Sequence[str]) -> Wanted:
    framework = applied.framework
    below = [heading for code, (heading, _) in applied.denominators.items() if heading and code in codes]
    losses = [node.loss for node in framework.nodes if node.loss]
    return Wanted(
        codes=tuple(codes),
        other_codes=tuple(node.code for node in framework.measurements if node.code not in codes),
        numbers=tuple(dict.fromkeys((*below, *losses))),
        groups=(method.group,) if method.group else (),
    )


def _figures(table: UnitsTable) -> Figures:
    groups = next(iter(table.groups.values()), None)
    return Figures(table.rows, table.codes, table.values, table.numbers, groups, table.years)


def _preparation(method: Method, applied: Applied) -> Preparation:
    chosen, outliers = method.screening, method.outliers
    return Preparation(
        missing=method.missing,
        denominators={
            code: Denominator(heading, factor) for code, (heading, factor) in applied.denominators.items()
        },
        screening=Screening(chosen.available, chosen.zeros, chosen.level) if chosen else None,
        outliers=OutlierRule(
            outliers.skewness, outliers.kurtosis, outliers.points, outliers.transforms, outliers.shift
        )
        if outliers
        else None,
    )


def _in_order(applied: Applied, result: Index) -> tuple[str, ...]:
    """The nodes that are scored, in the order of nodes.csv."""
    scored = set(result.nodes)
    return tuple(node.code for node in applied.framework.nodes if node.code in scored)


def _placed(message: str, found: IndexFramework, table: UnitsTable, method: Method) -> CatalogueError:
    """The error about figures, with the line and column of the unit and code that it names.

    What concerns a measurement as a whole stands at the method where that says how it is judged.
    """
    code = max((code for code in found.rows if message.startswith(f"{code}:")), key=len, default="")
    for row, line in zip(table.rows, table.lines, strict=True):
        if f"unit {row!r} " in message:
            heading = table.headings.get(code) or found.framework.by_code[code].loss if code else ""
            column = f'column "{heading}": ' if heading else ""
            return CatalogueError(table.file, line, column + message)
    for choice in method.measurements:
        if choice.code == code and (choice.scale, choice.parameters) != (None, None):
            return choice.place.fault("parameters", message)
    return found.rows[code].fault(message) if code else CatalogueError(table.file, 0, message)
