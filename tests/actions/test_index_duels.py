"""Duels at the top of an index, by hand: who beats whom, within which limits, and where duels are refused."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from actions.__main__ import main
from indicators import KEY_FEATURES
from indicators.catalogue import load_framework
from indicators.tables import CatalogueError
from tests.actions.desk import DATA, FRAMEWORK, NODES, Desk, desk_in

FLAT = 'id = "three"\n[[levels]]\nname = "index"\naggregation = "copeland"\n[[levels]]\nname = "leaf"\n'
LEAVES = """code,parent,level,weight,lower,upper
all,,index,,,
a,all,leaf,2,0,100
b,all,leaf,1,0,100
c,all,leaf,2,0,100
"""
# Only x lacks anything: c, which weighs 2 of 5.
UNITS = "id,a,b,c\nx,50,60,\ny,40,70,20\nz,30,50,90\n"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    made = desk_in(tmp_path, capsys)
    made.lay("framework.toml", FLAT)
    made.lay("nodes.csv", LEAVES)
    made.lay("units.csv", UNITS)
    return made


def pairs(got_rows: list[dict[str, str]]) -> dict[tuple[str, str], float | None]:
    return {(row["unit"], row["other"]): float(row["share"]) if row["share"] else None for row in got_rows}


def test_duels_by_hand(desk: Desk) -> None:
    """x beats y on a (2 of the 3 that both have) and z on a and b; y beats z on a and b (3 of 5)."""
    got = desk.run()
    assert (got.code, got.told) == (0, "")
    assert got.scores("all") == [100.0, 50.0, 0.0]
    assert got.scores("all", "coverage") == pytest.approx([0.6, 1.0, 1.0])
    # x with nothing in c loses to y (2 of 5) and beats z (3 of 5); with everything it beats both.
    # y loses to x at its best and beats x at its worst (3 of 5), and z either way. z beats nobody.
    assert got.scores("all", "lower") == got.scores("all", "assured") == [50.0, 50.0, 0.0]
    assert got.scores("all", "upper") == [100.0, 100.0, 0.0]
    assert [(row["unit"], row["rank"]) for row in got.rows("ranks.csv")] == [
        ("x", "1"),
        ("y", "2"),
        ("z", "3"),
    ]
    shares = {
        ("x", "y"): 2 / 3,
        ("x", "z"): 1.0,
        ("y", "x"): 1 / 3,
        ("y", "z"): 0.6,
        ("z", "x"): 0.0,
        ("z", "y"): 0.4,
    }
    assert pairs(got.rows("outranking.csv")) == pytest.approx(shares)


def test_blanks_at_their_worst_meet_each_other_so(desk: Desk) -> None:
    """With nothing in c, x loses to y: y beats both."""
    assert desk.run('[missing]\nrule = "zero"\n').scores("all") == [50.0, 100.0, 0.0]


def test_filled_blanks_take_part(desk: Desk) -> None:
    """c of x is 55, the mean: x beats y on a and c, and z on a and b. The bracket is that of a blank."""
    got = desk.run('[missing]\nrule = "mean"\n')
    assert got.scores("all") == [100.0, 50.0, 0.0]
    assert pairs(got.rows("outranking.csv"))["x", "y"] == pytest.approx(0.8)
    assert got.scores("all", "lower") == [50.0, 50.0, 0.0]


def test_an_equal_duel_counts_half_and_points_run_to_the_maximum(desk: Desk) -> None:
    """x and y split the weight of a and c (b weighs nothing here): a draw; both beat z. Full points are 1."""
    desk.lay("framework.toml", FLAT + "[points]\nmaximum = 1\n")
    desk.lay("units.csv", "id,a,b,c\nx,50,10,20\ny,40,90,30\nz,30,99,10\n")
    got = desk.run('[[nodes]]\ncode = "b"\nweight = 0\n')
    assert got.scores("all") == [0.75, 0.75, 0.0]


def test_units_meet_within_their_year(desk: Desk) -> None:
    """The year 2 has y alone, who meets nobody and has no score; in year 1 both meet."""
    desk.lay("units.csv", "id,year,a,b,c\nx,1,50,60,10\ny,1,40,70,20\ny,2,90,90,90\n")
    got = desk.run()
    assert got.scores("all") == [0.0, 100.0, None]
    assert got.told == "Without a score, as too little is known: 1 of 3: y 2.\n"
    assert {row["year"] for row in got.rows("outranking.csv")} == {"1"}
    assert pairs(got.rows("outranking.csv")) == pytest.approx({("x", "y"): 0.4, ("y", "x"): 0.6})


def test_below_the_top_points_are_joined_as_ever(desk: Desk) -> None:
    """Learn is 15, 50 and 65, work 30, 70 and blank: z meets the others on learning alone."""
    for name, content in (("framework.toml", FRAMEWORK), ("nodes.csv", NODES), ("units.csv", DATA)):
        desk.lay(name, content)
    got = desk.run('[[levels]]\nname = "index"\naggregation = "copeland"\n')
    assert got.scores("learn") == [15.0, 50.0, 65.0]
    assert got.scores("all") == [0.0, 50.0, 100.0]
    again = desk.run((got.out / "method.toml").read_text(encoding="utf-8"))
    assert again.scores("all") == [0.0, 50.0, 100.0]


def test_the_matrix_stands_beside_any_index(desk: Desk) -> None:
    """On a mean nothing else changes; without being asked for the file is not there."""
    desk.lay("framework.toml", FLAT.replace("copeland", "arithmetic"))
    out = desk.folder.parent / "out"
    words = [
        "index",
        "--framework",
        str(desk.folder),
        "--data",
        str(desk.folder / "units.csv"),
        "--out",
        str(out),
    ]
    assert main([*words, "--outranking"]) == 0
    assert (out / "outranking.csv").read_text(encoding="utf-8").splitlines()[:2] == [
        "unit,other,share",
        "x,y,0.6666666666666666",
    ]
    assert main(words) == 0
    assert not (out / "outranking.csv").exists()


@pytest.mark.parametrize(
    ("method", "told"),
    [
        (
            '[[levels]]\nname = "area"\naggregation = "copeland"\n',
            'METHOD.toml, line 3: the aggregation "copeland" compares units with each other, so it can stand on the '
            "highest level alone\n",
        ),
        (
            '[[levels]]\nname = "index"\naggregation = "copeland"\n[uncertainty]\n',
            'the aggregation "copeland" of level "index" is not drawn anew: choose another one, or take [uncertainty] '
            "away\n",
        ),
    ],
)
def test_where_duels_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], method: str, told: str
) -> None:
    got = desk_in(tmp_path, capsys).run(method)
    assert got.code == 2
    assert got.told.endswith(told)


def test_in_a_framework_as_well(desk: Desk) -> None:
    desk.lay(
        "framework.toml",
        FLAT.replace('"leaf"', '"area"\naggregation = "copeland"\n[[levels]]\nname = "leaf"'),
    )
    assert desk.run().told == (
        'towns/framework.toml, line 7: the aggregation "copeland" compares units with each other, so it can stand on '
        "the highest level alone\n"
    )


def test_nothing_is_taken_off_duels(desk: Desk) -> None:
    desk.lay(
        "nodes.csv",
        LEAVES.replace("upper", "upper,loss").replace(",,\na", ",,,gap\na").replace("100\n", "100,\n"),
    )
    desk.lay("units.csv", "id,a,b,c,gap\nx,50,60,1,20\ny,40,70,20,0\n")
    got = desk.run()
    assert got.code == 2
    assert "no per cent can be taken off duels" in got.told


def test_a_city_framework_has_no_duels(tmp_path: Path) -> None:
    copytree(KEY_FEATURES, tmp_path / "cities")
    settings = tmp_path / "cities" / "framework.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('aggregation = "arithmetic"', 'aggregation = "copeland"', 1), encoding="utf-8"
    )
    with pytest.raises(CatalogueError, match='aggregation is "copeland" and must be one of "arithmetic"'):
        load_framework(tmp_path / "cities")
