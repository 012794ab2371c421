"""The conventions of moves are read as they stand, and a wrong line is refused by file, line and reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indicators import KEY_FEATURES, key_features
from indicators.moves import MoveRule, key_feature_moves, load_moves
from indicators.tables import CatalogueError
from tests.indicators.damage import Damage, add, cell, column, delete, drop

MOVES, EFFORTS, PREREQUISITES = "moves.csv", "efforts.csv", "prerequisites.csv"
LINE = ("10.2.1", "3", "10.1.1", "2", "why", "为何", "2026-11", "tool")


def line(**changes: str) -> tuple[str, ...]:
    """A further prerequisite with one cell changed."""
    names = ("code", "reaches", "needs", "at_least", "reason_en", "reason_zh", "agreed", "source")
    return tuple(changes.get(name, text) for name, text in zip(names, LINE, strict=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KEY_FEATURES, tmp_path / "key"))


def test_the_conventions_of_the_key_features() -> None:
    moves = key_feature_moves()
    assert moves is not None
    assert dict(moves.costs) == {"low": 1, "medium": 2, "high": 3, "none": None}
    assert dict(moves.rules) == {
        "open": MoveRule(1, 1, "low"),
        "ladder": MoveRule(1, 2, "medium"),
        "figure": MoveRule(0.05, 3, "medium"),
    }
    assert moves.efforts["2.1.1"] == "none"
    assert moves.agreed == "2026-11"
    needs = {one.code: (one.reaches, one.needs, one.at_least) for one in moves.prerequisites}
    assert needs["10.3.1"] == (3, "10.2.1", 2)
    assert needs["7.1.2"] == (None, "7.1.1", 50)


def test_no_prerequisite_leads_back_to_itself() -> None:
    moves = key_feature_moves()
    assert moves is not None
    needs = {one.code: one.needs for one in moves.prerequisites}
    for code in needs:
        way = [code]
        while way[-1] in needs:
            way.append(needs[way[-1]])
            assert len(set(way)) == len(way)


def test_a_folder_without_moves_has_no_routes(folder: Path) -> None:
    for name in (MOVES, EFFORTS, PREREQUISITES):
        delete(name)(folder)
    assert load_moves(folder, key_features()) is None


def test_prerequisites_may_be_left_out(folder: Path) -> None:
    delete(PREREQUISITES)(folder)
    moves = load_moves(folder, key_features())
    assert moves is not None
    assert moves.prerequisites == ()


BROKEN: dict[str, tuple[Damage, str, int, str]] = {
    "no efforts": (delete(EFFORTS), EFFORTS, 0, "the file is missing"),
    "an effort missing": (drop(EFFORTS, "high"), EFFORTS, 0, 'there is no line for effort "high"'),
    "an unknown effort": (
        add(EFFORTS, "huge", "9", "2026-11", "tool"),
        EFFORTS,
        6,
        'effort is "huge" and must be one of "low", "medium", "high", "none"',
    ),
    "no cost": (cell(EFFORTS, "low", cost=""), EFFORTS, 2, 'cost is "" and must be a whole number from 1'),
    "half a cost": (
        cell(EFFORTS, "low", cost="0.5"),
        EFFORTS,
        2,
        'cost is "0.5" and must be a whole number from 1',
    ),
    "a cost of the impossible": (
        cell(EFFORTS, "none", cost="9"),
        EFFORTS,
        5,
        "cost must be empty: nothing can be moved",
    ),
    "no ladder": (drop(MOVES, "ladder"), MOVES, 0, 'there is no line for of "ladder"'),
    "no steps": (
        cell(MOVES, "figure", most="0"),
        MOVES,
        4,
        'most is "0" and must be a whole number from 1',
    ),
    "half a level": (
        cell(MOVES, "ladder", step="0.5"),
        MOVES,
        3,
        'step is "0.5" and must be above 0, for the ladder in whole levels',
    ),
    "unknown column": (column(MOVES, "most", "many"), MOVES, 1, 'the column "most" is missing'),
    "no month": (
        cell(MOVES, "open", agreed="2026"),
        MOVES,
        2,
        'agreed is "2026" and must be a month such as 2026-11',
    ),
    "needs itself": (
        add(PREREQUISITES, *line(needs="10.2.1")),
        PREREQUISITES,
        8,
        '"10.2.1" cannot presuppose itself',
    ),
    "impossible value": (
        add(PREREQUISITES, *line(at_least="6")),
        PREREQUISITES,
        8,
        'at_least is "6" and must lie from 0 to 5',
    ),
    "half a level needed": (
        add(PREREQUISITES, *line(reaches="2.5")),
        PREREQUISITES,
        8,
        'reaches is "2.5" and must be a whole level',
    ),
    "no reason": (add(PREREQUISITES, *line(reason_zh="")), PREREQUISITES, 8, "reason_zh is empty"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_wrong_table_is_refused_by_file_line_and_reason(case: str, folder: Path) -> None:
    damage, file, number, reason = BROKEN[case]
    damage(folder)
    with pytest.raises(CatalogueError) as caught:
        load_moves(folder, key_features())
    assert (caught.value.file, caught.value.line, caught.value.reason) == (f"key/{file}", number, reason)


@pytest.mark.parametrize(
    ("name", "row", "start"),
    [
        (MOVES, ("1.4.1", "", "", "low", "2026-11", "tool"), 'of is "1.4.1" and must be one of'),
        (MOVES, ("1.2.1", "", "", "low", "2026-11", "nobody"), 'source is "nobody" and must be one of'),
        (PREREQUISITES, line(needs="1.4.1"), 'needs is "1.4.1" and must be one of'),
    ],
)
def test_what_is_not_known_is_refused(name: str, row: tuple[str, ...], start: str, folder: Path) -> None:
    add(name, *row)(folder)
    with pytest.raises(CatalogueError) as caught:
        load_moves(folder, key_features())
    assert caught.value.reason.startswith(start)
