"""The files of an index: points, scores, ranks, changes and the method, as text and then into a folder."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from actions import audit, index_drivers, index_effective, index_pairs, index_robust
from actions.index_who import Who
from indicators.units_table import UnitsTable
from scoring.index import Index
from scoring.index_surety import Surety
from scoring.model import FloatArray
from scoring.ranks import ranks
from scoring.rounding import published

NORMALISED, SCORES, RANKS, CHANGES, METHOD = (
    "normalised.csv",
    "scores.csv",
    "ranks.csv",
    "changes.csv",
    "method.toml",
)
# The method comes last: a folder without it is not complete.
NAMES = (
    *(NORMALISED, SCORES, RANKS, index_effective.FILE, CHANGES, index_pairs.OUTRANKING),
    *(index_pairs.ABOVE, index_drivers.FILE, *index_robust.COLUMNS, *audit.COLUMNS, METHOD),
)
SCORE_COLUMNS = ("node", "score", "coverage", "assured", "lower", "upper")
RANK_COLUMNS = ("rank", "score", "decimals", "coverage", "lower", "upper")
# Only where draws were asked for.
SURE_COLUMNS = ("band", "rank_low", "rank_median", "rank_high", "score_low", "score_high")
CHANGE_COLUMNS = ("step", "code", "before", "after", "reason")

Files = Mapping[str, str]
Line = Sequence[float | str]


def tables(
    table: UnitsTable, result: Index, method: str, decimals: int, more: Sequence[audit.Tables] = ()
) -> Files:
    """The text of each file by its name; changes.csv only where there is any, then `more` tables as they come."""
    who = Who(table, np.flatnonzero(result.kept).tolist())
    sure = SURE_COLUMNS if result.surety else ()
    files = {
        NORMALISED: _csv((*who.columns, *result.codes), _normalised(who, result)),
        SCORES: _csv((*who.columns, *SCORE_COLUMNS), _scores(who, result)),
        RANKS: _csv((*who.named_columns, *RANK_COLUMNS, *sure), _ranks(who, result, decimals)),
    }
    if result.changes:
        files[CHANGES] = _csv(
            (*who.columns, *CHANGE_COLUMNS), _changes(Who(table, range(len(table.units))), result)
        )
    for name, (columns, lines) in (pair for one in more for pair in one.items()):
        files[name] = _csv(columns, ([_cell(cell) for cell in line] for line in lines))
    return {**files, METHOD: method}


def written_over(files: Files, folder: Path, inputs: Iterable[Path]) -> Path | None:
    """The first of `inputs` that `write` would change or take away; None where all stay as they are."""
    for name in NAMES:
        target = folder / name
        for given in inputs:
            same = target.exists() and target.samefile(given)
            if same and target.read_bytes() != files.get(name, "").encode():
                return given
    return None


def write(files: Files, folder: Path) -> None:
    """Writes all files or none that could be taken for a complete set; OSError where that fails.

    Everything is written under other names first; what a former run left goes, and the method, by which a
    set is known to be complete, comes last.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = {name: folder / f".{name}.{os.getpid()}.part" for name in files}
    try:
        for name, part in parts.items():
            part.write_text(files[name], encoding="utf-8", newline="")
        for name in reversed(NAMES):
            (folder / name).unlink(missing_ok=True)
        for name in NAMES:
            if name in parts:
                parts[name].replace(folder / name)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _normalised(who: Who, result: Index) -> Iterator[Line]:
    for name, points in zip(who.rows, _cells(result.points), strict=True):
        yield (*name, *points)


def _scores(who: Who, result: Index) -> Iterator[Line]:
    order = [result.nodes.index(node.code) for node in result.framework.nodes if node.code in result.nodes]
    codes = [result.nodes[column] for column in order]
    figures = (result.score, result.coverage, result.assured, result.lower, result.upper)
    texts = [_cells(array[:, order]) for array in figures]
    for name, *columns in zip(who.rows, *texts, strict=True):
        for code, *cells in zip(codes, *columns, strict=True):
            yield (*name, code, *cells)


def _ranks(who: Who, result: Index, decimals: int) -> Iterator[Sequence[str]]:
    """By year in the order of the table, then by rank; units without one come last."""
    whole = result.nodes.index(result.framework.root)
    score, coverage = result.score[:, whole], result.coverage[:, whole]
    shown, low, high = (
        published(array[:, whole], decimals) for array in (result.score, result.lower, result.upper)
    )
    place = np.zeros(len(score), dtype=np.int64)
    years = np.array(who.years)
    for year in dict.fromkeys(who.years):
        here = years == year
        place[here] = ranks(score[here], np.ones(int(here.sum()), dtype=bool), decimals)
    order_of_year = {year: number for number, year in enumerate(dict.fromkeys(who.years))}

    def position(row: int) -> tuple[int, bool, int, int]:
        return order_of_year[who.years[row]], place[row] == 0, int(place[row]), row

    for row in sorted(range(len(score)), key=position):
        rank = str(place[row]) if place[row] else ""
        figures = (shown[row], None, coverage[row], low[row], high[row])
        cells = [str(decimals) if value is None else _number(float(value)) for value in figures]
        yield (*who.named_rows[row], rank, *cells, *_sure(result.surety, row, decimals))


def _sure(surety: Surety | None, row: int, decimals: int) -> Sequence[str]:
    if surety is None:
        return ()
    band, rank = int(surety.band[row]), surety.rank[row]
    score = published(surety.score[row, [0, 2]], decimals)
    ranks = ["" if np.isnan(one) else str(int(one)) for one in rank]
    return (str(band) if band else "", *ranks, *map(_number, score.tolist()))


def _changes(who: Who, result: Index) -> Iterator[Sequence[str]]:
    for one in result.changes:
        yield (*who.rows[one.row], one.step, one.code, _number(one.before), _number(one.after), one.reason)


def _number(value: float) -> str:
    """To the last digit, no digits for no number, no minus before a zero."""
    return "" if value != value else repr(value + 0.0)


def _cells(figures: FloatArray) -> Sequence[Sequence[float | str]]:
    """The same as `_number`, but for the digits, which the writer of the table makes faster."""
    cells = (figures + 0.0).astype(object)
    cells[np.isnan(figures)] = ""
    rows: Sequence[Sequence[float | str]] = cells.tolist()
    return rows


def _cell(cell: audit.Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell) if isinstance(cell, int) else _number(cell)


def _csv(columns: Sequence[str], rows: Iterable[Line]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
