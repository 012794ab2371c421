"""How sure is an index: who is above whom, what drives it, and a loss among the draws; with figures by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.desk import Desk, Outcome, desk_in

TWO = 'id = "two"\n[[levels]]\nname = "index"\n[[levels]]\nname = "leaf"\n'
LEAVES = "code,parent,level,lower,upper\nall,,index,,\na,all,leaf,0,100\nb,all,leaf,0,100\n"
STILL = "[uncertainty]\nweights = 0\ngoalposts = 0\nother_rule = 0\ndraws = 200\n"
WEIGHTS = "[uncertainty]\ngoalposts = 0\nother_rule = 0\n"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    made = desk_in(tmp_path, capsys)
    made.lay("framework.toml", TWO)
    made.lay("nodes.csv", LEAVES)
    return made


def above(got: Outcome) -> dict[tuple[str, str], float]:
    return {(row["unit"], row["other"]): float(row["above"]) for row in got.rows("above.csv")}


def test_who_is_above_whom_when_nothing_varies(desk: Desk) -> None:
    """x and y are equal as published, z is below both, and w has nothing: no pair of it is told."""
    desk.lay("units.csv", "id,a,b\nx,60,60\ny,60,60.02\nz,10,10\nw,,\n")
    got = desk.run(STILL)
    assert above(got) == {
        ("x", "y"): 0.0,
        ("x", "z"): 1.0,
        ("y", "x"): 0.0,
        ("y", "z"): 1.0,
        ("z", "x"): 0.0,
        ("z", "y"): 0.0,
    }
    desk.lay("units.csv", "id,a,b\nx,60,60\nz,10,10\n")
    assert desk.run(STILL).rows("sensitivity.csv") == []


def test_how_often_one_is_above_another(desk: Desk) -> None:
    """x is above y where b weighs more than 20 / 20.4 of a, both evenly from 0.75 to 1.25: in 53.88 % of the square,
    half of it and the area between both lines (0.0097 of 0.25).
    """
    desk.lay("units.csv", "id,a,b\nx,40,60.4\ny,60,40\n")
    found = above(desk.run("decimals = 4\n" + WEIGHTS + "draws = 50000\n"))
    assert found["x", "y"] == pytest.approx(0.5388, abs=0.008)
    assert 0.999 < found["x", "y"] + found["y", "x"] <= 1


def test_a_blank_in_every_place_of_its_bracket(desk: Desk) -> None:
    """y is from 25 to 75, evenly, beside x at 40: below it in 30 % of the draws."""
    desk.lay("units.csv", "id,a,b\nx,40,40\ny,50,\n")
    got = desk.run(STILL.replace("200", "4000"))
    assert above(got)["x", "y"] == pytest.approx(0.3, abs=0.02)
    (line,) = got.rows("sensitivity.csv")
    assert line["choice"] == "missing"


def test_what_drives_a_ranking(desk: Desk) -> None:
    """Where weights alone vary they bring about all of it, alone and in all."""
    desk.lay("units.csv", "id,a,b\nx,40,60.4\ny,60,40\nz,48,52.2\n")
    (line,) = desk.run(WEIGHTS).rows("sensitivity.csv")
    assert (line["choice"], line["note"]) == ("weights", "")
    for index in ("first", "total"):
        low, middle, high = (float(line[name]) for name in (f"{index}_low", index, f"{index}_high"))
        assert low <= middle <= high <= low + 0.1
        assert middle == pytest.approx(1.0, abs=0.05)


def test_indices_with_wide_limits_are_not_told(desk: Desk) -> None:
    """Ten draws, so sixty runs, say next to nothing."""
    desk.lay("units.csv", "id,a,b\nx,40,60.4\ny,60,40\nz,48,52.2\n")
    lines = desk.run("[uncertainty]\ndraws = 10\n").rows("sensitivity.csv")
    assert [line["choice"] for line in lines] == ["weights", "goalposts", "other_rule"]
    for line in lines:
        assert list(line.values())[1:] == [""] * 6 + ["wide"]


def test_years_are_told_apart(desk: Desk) -> None:
    """x is above y in one year and below in the next; the third year has x alone."""
    desk.lay("units.csv", "id,year,a,b\nx,1,60,60\ny,1,50,50\nx,2,40,40\ny,2,50,50\nx,3,1,1\n")
    got = desk.run(STILL)
    assert [tuple(row.values()) for row in got.rows("above.csv")] == [
        ("x", "1", "y", "1.0"),
        ("y", "1", "x", "0.0"),
        ("x", "2", "y", "0.0"),
        ("y", "2", "x", "1.0"),
    ]
    desk.lay("units.csv", "id,year,a,b\nx,1,40,60.4\ny,1,60,40\nx,2,40,60.4\ny,2,60,40\nx,3,1,1\n")
    lines = desk.run(WEIGHTS).rows("sensitivity.csv")
    assert [(line["year"], line["choice"]) for line in lines] == [("1", "weights"), ("2", "weights")]


def test_too_many_units_for_a_table_of_pairs(desk: Desk) -> None:
    desk.lay("units.csv", "id,a,b\n" + "".join(f"t{n},{n / 2},{n / 2}\n" for n in range(121)))
    got = desk.run(STILL)
    assert not (got.out / "above.csv").exists()
    assert len(got.rows("ranks.csv")) == 121


def test_a_loss_is_taken_off_in_every_draw(desk: Desk) -> None:
    """a and b are one, so that weights change nothing: 60 less a quarter is 45 in every draw, of the leaf a alone
    52.5 where both weigh the same. Without its loss y may be anything from 0, all lost, to its 80.
    """
    for code, score in (("all", "45.0"), ("a", "52.5")):
        table = LEAVES.replace("upper", "upper,loss").replace(",,\n", ",,,\n").replace("100\n", "100,\n")
        line = next(line for line in table.splitlines() if line.startswith(f"{code},"))
        desk.lay("nodes.csv", table.replace(line, f"{line}gap"))
        desk.lay("units.csv", "id,a,b,gap\nx,60,60,25\n")
        (row,) = desk.run(STILL).rows("ranks.csv")
        assert [row[name] for name in ("score", "score_low", "score_high")] == [score] * 3
    desk.lay(
        "nodes.csv",
        LEAVES.replace("upper", "upper,loss")
        .replace("all,,index,,", "all,,index,,,gap")
        .replace("100\n", "100,\n"),
    )
    desk.lay("units.csv", "id,a,b,gap\nx,60,60,25\ny,80,80,\n")
    rows = {row["unit"]: row for row in desk.run(STILL.replace("200", "4000")).rows("ranks.csv")}
    assert [rows["y"][name] for name in ("score", "lower", "upper", "rank", "score_low")] == [
        "",
        "0.0",
        "80.0",
        "",
        "",
    ]
    weights = desk.run(WEIGHTS)
    (row, _) = weights.rows("ranks.csv")
    assert [row[name] for name in ("score", "score_low", "score_high", "rank_low", "rank_high")] == [
        *["45.0"] * 3,
        *["1"] * 2,
    ]
