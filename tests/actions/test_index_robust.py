"""An index made otherwise with --robust: other rules, one node less, one unit more; three units by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from actions.__main__ import main
from tests.actions.desk import Desk, desk_in

FLAT = 'id = "two"\n[[levels]]\nname = "index"\n[[levels]]\nname = "leaf"\n'
TWO = "code,parent,level,scale,lower,upper\nall,,index,,,\na,all,leaf,{0}\nb,all,leaf,{0}\n"
GOALPOSTS, SAMPLE = "linear,0,10", "minmax,,"
# Both leaves run from 0 to 10: x stands at 45, y at 50 and z at 100.
CLOSE = "id,a,b\nx,9,0\ny,0,10\nz,10,10\n"

Rows = list[dict[str, str]]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return desk_in(tmp_path, capsys)


def made(desk: Desk, *more: str, method: str | None = None) -> Path:
    out = desk.folder.parent / "out"
    words = ["--framework", desk.folder, "--data", desk.folder / "units.csv", "--out", out]
    if method is not None:
        desk.lay("METHOD.toml", method)
        words += ["--method", desk.folder / "METHOD.toml"]
    main(["index", *map(str, words), *more])
    return out


def rows(out: Path, name: str) -> Rows:
    with (out / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures(found: Rows, key: str, name: str, column: str) -> list[float | None]:
    """A column of the lines of one alternative or node, unit by unit."""
    return [float(row[column]) if row[column] else None for row in found if row[key] == name]


# Learn is 15 (10, 20), 50 (50 and a blank) and 65 (90, 40); work 30, 70 and a blank. As it is: 22.5, 60 and 65.
OTHERWISE = {
    "geometric_top": [450**0.5, 3500**0.5, 65.0],
    "copeland_top": [0.0, 50.0, 100.0],
    "geometric_all": [(200**0.5 * 30) ** 0.5, 3500**0.5, 60.0],
    "harmonic_all": [240 / 13, 350 / 6, 720 / 13],
    "equal_siblings": [22.5, 60.0, 65.0],
    "equal_measurements": [20.0, 170 / 3, 65.0],
    "assured": [22.5, 47.5, 32.5],
}


def test_alternatives_by_hand(desk: Desk) -> None:
    found = rows(made(desk, "--robust"), "alternatives.csv")
    names = list(dict.fromkeys(row["alternative"] for row in found))
    assert set(names) == set(OTHERWISE)
    for name, scores in OTHERWISE.items():
        assert figures(found, "alternative", name, "score") == pytest.approx(scores)
    # y before z where a low value counts more, and where z has nothing in work.
    assert figures(found, "alternative", "harmonic_all", "rank") == [3, 1, 2]
    assert figures(found, "alternative", "harmonic_all", "rank_change") == [0, -1, 1]
    assert figures(found, "alternative", "assured", "score_change") == [0.0, -12.5, -32.5]
    harmonic = next(row for row in found if row["alternative"] == "harmonic_all")
    assert float(harmonic["mean_shift"]) == pytest.approx(2 / 3)
    assert float(harmonic["largest_shift"]) == 1
    # The orders 1 2 3 and 1 3 2: one of three pairs is turned round.
    assert float(harmonic["spearman"]) == pytest.approx(0.5)
    assert float(harmonic["kendall"]) == pytest.approx(1 / 3)


def test_what_the_index_does_already_is_not_told_again(desk: Desk) -> None:
    """Under geometric means, with blanks at their worst: the other figure is that of what was reported."""
    method = '[missing]\nrule = "zero"\n[[levels]]\nname = "index"\naggregation = "geometric"\n'
    found = rows(made(desk, "--robust", method=method), "alternatives.csv")
    names = {row["alternative"] for row in found}
    assert {"arithmetic_top", "reported"} <= names
    assert not {"geometric_top", "assured"} & names
    assert figures(found, "alternative", "reported", "score") == pytest.approx([450**0.5, 3500**0.5, 65.0])
    assert figures(found, "alternative", "arithmetic_top", "score") == [22.5, 47.5, 32.5]


def test_points_below_0_allow_no_geometric_mean(desk: Desk) -> None:
    found = rows(made(desk, "--robust", method='[normalisation]\nscale = "zscore"\n'), "alternatives.csv")
    assert {row["alternative"] for row in found} == {
        "copeland_top",
        "equal_siblings",
        "equal_measurements",
        "assured",
    }


def test_removals_by_hand(desk: Desk) -> None:
    """Without a, learn is 20, blank and 40; without learn, z has nothing left."""
    found = rows(made(desk, "--robust"), "removals.csv")
    assert figures(found, "without", "a", "score") == [25.0, 70.0, 40.0]
    assert figures(found, "without", "a", "rank") == [3, 1, 2]
    assert figures(found, "without", "a", "score_change") == [2.5, 10.0, -25.0]
    assert figures(found, "without", "a", "rank_change") == [0, -1, 1]
    assert figures(found, "without", "a", "mean_shift") == pytest.approx([2 / 3] * 3)
    assert figures(found, "without", "learn", "score") == [30.0, 70.0, None]
    assert figures(found, "without", "learn", "rank") == [2, 1, None]
    assert figures(found, "without", "work", "score") == [15.0, 50.0, 65.0]


def test_who_joins_reverses_what_rests_on_the_sample(desk: Desk) -> None:
    """With 12.5 in b the way from 0 is longer: y gets 80 there and stands at 40, below the 45 of x. With -2.5 it
    starts lower: x gets 20 there and stands at 55, above y.
    """
    desk.lay("framework.toml", FLAT)
    desk.lay("units.csv", CLOSE)
    desk.lay("nodes.csv", TWO.format(SAMPLE))
    found = {row["added"]: row for row in rows(made(desk, "--robust"), "reversals.csv")}
    assert {name for name, row in found.items() if row["reversed"] != "0"} >= {"low:b", "high:b"}
    assert list(found["high:b"].values()) == ["high:b", "3", "1", "0", "0", "10.0", "y", "x", "5.0", "-5.0"]
    assert list(found["low:b"].values()) == ["low:b", "3", "1", "0", "0", "10.0", "y", "x", "5.0", "-5.0"]
    assert {found[name]["largest_change"] for name in ("best", "worst", "dominated")} == {"0.0"}


def test_who_joins_reverses_nobody_between_fixed_goalposts(desk: Desk) -> None:
    desk.lay("framework.toml", FLAT)
    desk.lay("units.csv", CLOSE)
    desk.lay("nodes.csv", TWO.format(GOALPOSTS))
    found = rows(made(desk, "--robust"), "reversals.csv")
    assert len(found) == 17
    assert {(row["reversed"], row["largest_change"]) for row in found} == {("0", "0.0")}


def test_who_joins_a_duel(desk: Desk) -> None:
    """x beats y on a, y beats z on b, z beats x on c: all equal. A copy of one of them parts them."""
    desk.lay("framework.toml", FLAT.replace("index", 'index"\naggregation = "copeland', 1))
    desk.lay("nodes.csv", TWO.format(GOALPOSTS) + "c,all,leaf,linear,0,10\n")
    desk.lay("units.csv", "id,a,b,c\nx,3,1,2\ny,2,3,1\nz,1,2,3\n")
    out = made(desk, "--robust", "--audit")
    found = {row["added"]: row for row in rows(out, "reversals.csv")}
    # The copy (of x) draws with x, beats y and loses to z: 50, 33.3 and 66.7.
    assert (found["best"]["parted"], found["best"]["reversed"]) == ("3", "0")
    assert float(found["best"]["largest_change"]) == pytest.approx(50 / 3)
    # Without c: x beats y on a half of the weight only, y and z are equal in turn.
    removed = rows(out, "removals.csv")
    assert figures(removed, "without", "c", "score") == [50.0, 75.0, 25.0]
    assert [row["score"] for row in rows(out, "audit_without.csv") if row["without"] == "c"] == [
        "50.0",
        "75.0",
        "25.0",
    ]


def test_weights_that_the_data_set_are_found_anew(desk: Desk) -> None:
    """Both leaves at the same spread: entropy gives each a half until a newcomer's b lies far off."""
    desk.lay("framework.toml", FLAT)
    desk.lay("nodes.csv", TWO.format(GOALPOSTS))
    desk.lay("units.csv", "id,a,b\nx,1,2\ny,2,1\nz,9,9\n")
    out = made(desk, "--robust", method='[[weights]]\nrule = "entropy"\n')
    found = {row["added"]: row for row in rows(out, "reversals.csv")}
    assert float(found["high:b"]["largest_change"]) > 0.01
    assert found["best"]["largest_change"] == "0.0"


def test_each_year_is_ranked_by_itself(desk: Desk) -> None:
    """Two years that hold the same figures say the same, line by line."""
    desk.lay(
        "units.csv",
        "id,year,a,b,c\n"
        + "".join(
            f"{unit},{year},{cells}\n"
            for year in (1, 2)
            for unit, cells in (("x", "10,20,30"), ("y", "50,,70"), ("z", "90,40,"))
        ),
    )
    out = made(desk, "--robust", "--outranking")
    for name in ("alternatives.csv", "removals.csv", "reversals.csv", "outranking.csv"):
        found = rows(out, name)
        years = [[{**row, "year": ""} for row in found if row["year"] == year] for year in ("1", "2")]
        assert years[0] == years[1] != []
    assert figures(rows(out, "alternatives.csv"), "alternative", "harmonic_all", "rank") == [3, 1, 2, 3, 1, 2]


def test_without_any_score_nothing_is_told(desk: Desk) -> None:
    desk.lay("units.csv", "id,a,b,c\nx,,,\ny,,,\n")
    out = made(desk, "--robust", "--outranking")
    assert rows(out, "reversals.csv") == []
    assert {row["share"] for row in rows(out, "outranking.csv")} == {""}
    assert {row["rank"] for row in rows(out, "alternatives.csv")} == {""}


def test_what_a_former_run_said_goes(desk: Desk) -> None:
    made(desk, "--robust", "--outranking")
    out = made(desk)
    assert not [
        name
        for name in ("alternatives.csv", "removals.csv", "reversals.csv", "outranking.csv")
        if (out / name).exists()
    ]


def test_a_branch_without_weight_stays_without(desk: Desk) -> None:
    """Work has no weight, so learn is the whole, whatever is done to the weights of what counts."""
    method = '[[nodes]]\ncode = "work"\nweight = 0\n'
    found = rows(made(desk, "--robust", method=method), "alternatives.csv")
    assert figures(found, "alternative", "equal_measurements", "score") == [15.0, 50.0, 65.0]
