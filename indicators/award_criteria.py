"""Reading what candidates are marked by: criteria with their weights and links, and the rubric in every language."""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path
from types import MappingProxyType

from indicators.award_rules import CONFIDENCES, sources_of
from indicators.tables import CatalogueError, Row, label, read_table, unique
from indicators.wording import word_rows
from scoring.award import Criterion, CriterionWords, Marks
from scoring.model import Declaration, Framework

CRITERIA, RUBRIC = "criteria.csv", "rubric.csv"
CRITERION_COLUMNS = ("id", "weight", "nodes", "themes", "source", "confidence")
CRITERION_WORD_COLUMNS = ("id", "title", "short", "meaning")
RUBRIC_COLUMNS = ("criterion", "level", "anchor")


def read_criteria(
    folder: Path, framework: Framework | None, declaration: Declaration | None, sources: Container[str]
) -> tuple[Criterion, ...]:
    """The criteria in the order of the file; CatalogueError for the first wrong line.

    Weights are shares of their sum; where no line has one, all weigh the same.
    """
    rows = unique(read_table(folder, CRITERIA, CRITERION_COLUMNS), "id")
    if not rows:
        raise CatalogueError(label(folder, CRITERIA), 0, "the table holds no criterion")
    weights = {id: _weight(row) for id, row in rows.items()}
    given = [weight for weight in weights.values() if weight is not None]
    if given and len(given) < len(rows):
        row = next(row for id, row in rows.items() if weights[id] is None)
        raise row.fault("weight is empty, but other criteria have one; give all of them one, or none")
    if given and not sum(given) > 0:
        raise CatalogueError(label(folder, CRITERIA), 0, "no criterion weighs anything")
    whole = sum(given) if given else float(len(rows))
    return tuple(
        Criterion(
            id=id,
            weight=(1.0 if weight is None else weight) / whole,
            nodes=_nodes(row, framework),
            themes=_themes(row, declaration),
            sources=sources_of(row, sources),
            confidence=row.choice("confidence", CONFIDENCES),
        )
        for (id, row), weight in zip(rows.items(), weights.values(), strict=True)
    )


def read_criterion_words(
    folder: Path, language: str, criteria: tuple[Criterion, ...], marks: Marks
) -> Mapping[str, CriterionWords]:
    """Criterion -> its words with an anchor for every level; CatalogueError for one that is missing or unknown."""
    ids = tuple(criterion.id for criterion in criteria)
    rows = word_rows(folder, language, CRITERIA, CRITERION_WORD_COLUMNS, ids)
    anchors = _anchors(folder, language, ids, marks)
    return MappingProxyType(
        {
            id: CriterionWords(row.text("title"), row.text("short"), row.text("meaning"), anchors[id])
            for id, row in rows.items()
        }
    )


def _anchors(
    folder: Path, language: str, ids: tuple[str, ...], marks: Marks
) -> Mapping[str, Mapping[int, str]]:
    name = f"words/{language}/{RUBRIC}"
    levels = {str(level): level for level in range(marks.lowest, marks.highest + 1)}
    found: dict[str, dict[int, str]] = {id: {} for id in ids}
    for row in read_table(folder, name, RUBRIC_COLUMNS):
        id, level = row.choice("criterion", ids), levels[row.choice("level", levels)]
        if level in found[id]:
            raise row.fault(f'level {level} of criterion "{id}" stands twice')
        found[id][level] = row.text("anchor")
    for id, anchors in found.items():
        for level in levels.values():
            if level not in anchors:
                raise CatalogueError(
                    label(folder, name), 0, f'there is no line for level {level} of criterion "{id}"'
                )
    return {id: MappingProxyType(dict(sorted(anchors.items()))) for id, anchors in found.items()}


def _weight(row: Row) -> float | None:
    weight = row.optional_number("weight")
    if weight is not None and weight < 0:
        raise row.fault(f"weight is {weight:g} and must be 0 or more")
    return weight


def _nodes(row: Row, framework: Framework | None) -> tuple[str, ...]:
    for code in row.parts("nodes"):
        if framework is None:
            raise row.fault(f'nodes is "{row.text("nodes")}", but the award names no framework')
        if code not in framework.by_code or framework.by_code[code].measurement is not None:
            raise row.fault(f'there is no feature or focus area "{code}" in {framework.id}')
    return row.parts("nodes")


def _themes(row: Row, declaration: Declaration | None) -> tuple[str, ...]:
    for code in row.parts("themes"):
        if declaration is None:
            raise row.fault(f'themes is "{row.text("themes")}", but the award names no declaration')
        if code not in {theme.code for theme in declaration.themes}:
            raise row.fault(f'there is no theme "{code}" in {declaration.id}')
    return row.parts("themes")
