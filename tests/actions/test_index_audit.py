"""An index with --audit: three units by hand, and what stands in a folder after the next run."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from actions.__main__ import main
from actions.audit import COLUMNS
from tests.actions.desk import Desk, desk_in


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return desk_in(tmp_path, capsys)


def run(desk: Desk, *more: str) -> Path:
    out = desk.folder.parent / "out"
    words = ["--framework", desk.folder, "--data", desk.folder / "units.csv", "--out", out]
    assert main(["index", *map(str, words), *more]) == 0
    return out


def rows(out: Path, name: str) -> list[dict[str, str]]:
    with (out / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_three_units_by_hand(desk: Desk) -> None:
    """Learn is 15, 50 and 65, work 30, 70 and blank: the whole is 22.5, 60 and 65."""
    out = run(desk, "--audit")
    assert [(row["better"], row["worse"], row["common"]) for row in rows(out, "audit_dominance.csv")] == [
        ("y", "x", "2"),
        ("z", "x", "2"),
    ]
    # Without a: learn is 20, blank and 40, the whole 25, 70 and 40.
    without = [row for row in rows(out, "audit_without.csv") if row["without"] == "a"]
    assert [
        (row["unit"], *(float(row[name]) for name in ("score", "rank", "score_change", "rank_change")))
        for row in without
    ] == [("x", 25, 3, 2.5, 0), ("y", 70, 1, 10, -1), ("z", 40, 2, -25, 1)]
    shifts = {row["without"]: row for row in rows(out, "audit_shifts.csv")}
    assert float(shifts["a"]["mean_shift"]) == pytest.approx(2 / 3)
    assert (shifts["a"]["enters"], shifts["a"]["leaves"]) == ("", "")
    covered = {(row["of"], row["name"]): row for row in rows(out, "audit_coverage.csv")}
    assert covered["unit", "y"]["share"] == repr(2 / 3)
    assert covered["unit", "y"]["weight"] == "0.75"
    assert covered["measurement", "b"]["thin"] == "no"
    assert covered["node", "work"]["weight"] == repr(2 / 3)
    assert covered["node", "work"]["lowest"] == "0.0"
    assert covered["node", "work"]["thin"] == "yes"
    idle = {row["code"]: row for row in rows(out, "audit_idle.csv")}
    assert idle["c"]["nominal"] == "0.5"
    assert idle["a"]["reasons"] == ""
    values = {row["code"]: row for row in rows(out, "audit_values.csv")}
    assert (values["a"]["units"], values["a"]["median"], values["a"]["note"]) == ("3", "50.0", "")
    assert values["b"]["note"] == "few_units"


def test_every_table_is_written_and_has_its_columns(desk: Desk) -> None:
    out = run(desk, "--audit")
    for name, columns in COLUMNS.items():
        with (out / name).open(encoding="utf-8", newline="") as file:
            assert tuple(next(csv.reader(file))) == columns
    assert "nan" not in "".join((out / name).read_text(encoding="utf-8") for name in COLUMNS)


def test_a_run_without_it_leaves_no_older_audit_behind(desk: Desk) -> None:
    run(desk, "--audit")
    out = run(desk)
    assert [path.name for path in out.iterdir() if path.name in COLUMNS] == []
    assert (out / "method.toml").exists()


LOSS = "code,parent,level,lower,upper,loss\nall,,index,,,\nlearn,all,area,,,lost\n"
LOSS += "a,learn,leaf,0,100,\nb,learn,leaf,0,100,\nwork,all,area,,,\nc,work,leaf,0,100,\n"


@pytest.mark.parametrize(
    "method",
    [
        "",
        '[missing]\nrule = "zero"\n',
        '[missing]\nrule = "median"\n',
        '[[levels]]\nname = "area"\ncoverage = 0.6\n[[levels]]\nname = "index"\ncoverage = 0.7\n',
        '[[levels]]\nname = "index"\naggregation = "geometric"\n',
    ],
)
@pytest.mark.parametrize("losing", [False, True])
def test_an_audit_starts_from_the_scores_of_the_index(desk: Desk, method: str, losing: bool) -> None:
    """Whatever is left out: what it changes comes on top of the score in scores.csv."""
    desk.lay("METHOD.toml", method)
    if losing:
        desk.lay("nodes.csv", LOSS)
        desk.lay("units.csv", "id,a,b,c,lost\nx,10,20,30,20\ny,50,,70,\nz,90,40,,10\n")
    out = desk.folder.parent / "out"
    words = ["--framework", desk.folder, "--data", desk.folder / "units.csv", "--out", out, "--audit"]
    assert main(["index", *map(str, words), "--method", str(desk.folder / "METHOD.toml")]) in (0, 1)
    whole = {row["unit"]: row["score"] for row in rows(out, "scores.csv") if row["node"] == "all"}
    told = [row for row in rows(out, "audit_without.csv") if row["score_change"]]
    assert told
    for row in told:
        assert float(row["score"]) - float(row["score_change"]) == pytest.approx(float(whole[row["unit"]]))
