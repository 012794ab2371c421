"""Every choice of METHOD.toml, on figures small enough to be worked out by hand."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from tests.actions.desk import FRAMEWORK, NODES, Desk, Outcome, desk_in
from tests.conftest import ROOT


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Three towns; y lacks b, z lacks c."""
    return desk_in(tmp_path, capsys)


def test_left_out_blanks_stand_in_a_bracket(desk: Desk) -> None:
    """x: (15 + 30) / 2. y: (50 + 70) / 2; b could be 0 or 100: (25 + 70) / 2, (75 + 70) / 2. z: 65 without c."""
    got = desk.run()
    assert (got.code, got.told) == (0, "")
    assert got.scores("all") == [22.5, 60.0, 65.0]
    assert got.scores("all", "lower") == got.scores("all", "assured") == [22.5, 47.5, 32.5]
    assert got.scores("all", "upper") == [22.5, 72.5, 82.5]
    assert got.scores("all", "coverage") == [1.0, 0.75, 0.5]
    assert [(row["unit"], row["rank"]) for row in got.rows("ranks.csv")] == [
        ("z", "1"),
        ("y", "2"),
        ("x", "3"),
    ]


# Rule -> b of town y and c of town z: x and z have 20 and 40 in b, x and y 30 and 70 in c; y and z are a group.
FILLS = {
    "mean": (30.0, 50.0),
    "median": (30.0, 50.0),
    "group_mean": (40.0, 70.0),
    "group_median": (40.0, 70.0),
}


@pytest.mark.parametrize("rule", FILLS)
def test_filled_values_are_listed_and_cover_nothing(desk: Desk, rule: str) -> None:
    """y and z are one group: each blank is filled from the other of them, else from both that are there."""
    desk.lay("units.csv", "id,a,b,c,region\nx,10,20,30,north\ny,50,,70,south\nz,90,40,,south\n")
    group = 'group = "region"' if rule.startswith("group") else ""
    b, c = FILLS[rule]
    got = desk.run(f'[missing]\nrule = "{rule}"\n{group}\n')
    assert got.points("b") == [20.0, b, 40.0]
    assert got.points("c") == [30.0, 70.0, c]
    assert [
        (row["step"], row["unit"], row["code"], row["before"], row["after"])
        for row in got.rows("changes.csv")
    ] == [
        ("filled", "y", "b", "", repr(b)),
        ("filled", "z", "c", "", repr(c)),
    ]
    assert got.scores("all") == [22.5, ((50 + b) / 2 + 70) / 2, (65 + c) / 2]
    assert got.scores("all", "coverage") == [1.0, 0.75, 0.5]
    assert got.scores("all", "lower") == [22.5, 47.5, 32.5]


def test_a_blank_at_its_worst(desk: Desk) -> None:
    got = desk.run('[missing]\nrule = "zero"\n')
    assert got.scores("all") == got.scores("all", "assured") == [22.5, 47.5, 32.5]


def test_coverage_is_asked_level_by_level(desk: Desk) -> None:
    """The area "learn" of y (half of it known) has no score, so y's whole is its work alone."""
    got = desk.run('[[levels]]\nname = "area"\ncoverage = 0.6\n')
    assert got.scores("learn") == [15.0, None, 65.0]
    assert got.scores("all") == [22.5, 70.0, 65.0]
    both = desk.run('[[levels]]\nname = "area"\ncoverage = 0.6\n[[levels]]\nname = "index"\ncoverage = 0.7\n')
    assert both.scores("all") == [22.5, 70.0, None]
    assert both.code == 1
    assert both.told == "Without a score, as too little is known: 1 of 3: z.\n"
    assert [row["rank"] for row in both.rows("ranks.csv")] == ["1", "2", ""]


# Aggregation of the whole -> scores of three towns with 40 and 90 (one time to three), 0 and 100, 50 and 50.
RULES = {
    'aggregation = "arithmetic"': [(40 + 3 * 90) / 4, 75.0, 50.0],
    'aggregation = "geometric"': [(40 * 90**3) ** 0.25, 0.0, 50.0],
    'aggregation = "harmonic"': [4 / (1 / 40 + 3 / 90), 0.0, 50.0],
    'aggregation = "power"\npower = 2': [((40**2 + 3 * 90**2) / 4) ** 0.5, 7500**0.5, 50.0],
    'aggregation = "median"': [90.0, 100.0, 50.0],
    'aggregation = "minimum"': [40.0, 0.0, 50.0],
    # The mean less variance over mean; 75 - 1875 / 75 = 50.
    'aggregation = "mazziotta_pareto"': [77.5 - 468.75 / 77.5, 50.0, 50.0],
}


@pytest.mark.parametrize("rule", RULES)
def test_rules_of_joining(desk: Desk, rule: str) -> None:
    desk.lay("framework.toml", 'id = "two"\n[[levels]]\nname = "index"\n[[levels]]\nname = "leaf"\n')
    desk.lay(
        "nodes.csv",
        "code,parent,level,weight,lower,upper\nall,,index,,,\na,all,leaf,1,0,100\nb,all,leaf,3,0,100\n",
    )
    desk.lay("units.csv", "id,a,b\nx,40,90\ny,0,100\nz,50,50\n")
    got = desk.run(f'[[levels]]\nname = "index"\n{rule}\n').scores("all")
    assert got == pytest.approx(RULES[rule], abs=1e-9)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("rule", ["geometric", "harmonic", "power"])
def test_a_zero_among_many_wipes_out_the_rest(desk: Desk, rule: str) -> None:
    """Sixty equal measurements, one of them 0: a product with a 0 is 0. All reported is a coverage of exactly 1."""
    codes = [f"m{number}" for number in range(60)]
    tail = "power = -50\n" if rule == "power" else ""
    desk.lay(
        "framework.toml",
        f'id = "x"\n[[levels]]\nname = "i"\naggregation = "{rule}"\n{tail}[[levels]]\nname = "m"\n',
    )
    desk.lay(
        "nodes.csv",
        "code,parent,level,lower,upper\nall,,i,,\n" + "".join(f"{code},all,m,0,100\n" for code in codes),
    )
    rows = ("x,0," + "100," * 59, "y," + "50," * 60)
    desk.lay("units.csv", f"id,{','.join(codes)}\n" + "".join(row[:-1] + "\n" for row in rows))
    got = desk.run()
    assert got.told == ""
    assert got.scores("all") == [0.0, pytest.approx(50, rel=1e-9)]
    assert got.scores("all", "coverage") == [1.0, 1.0]
    drawn = desk.run("[uncertainty]\ndraws = 200\nother_rule = 0\ngoalposts = 0\n")
    assert drawn.told == ""
    intervals = {row["unit"]: (row["score_low"], row["score_high"]) for row in drawn.rows("ranks.csv")}
    assert intervals == {"x": ("0.0", "0.0"), "y": ("50.0", "50.0")}


def test_a_bracket_where_more_counts_as_less(desk: Desk) -> None:
    """Learn is 19 with two thirds of the weight; work is 100 on c and open on d, so 75 to 100.

    Mazziotta-Pareto at 75: mean 113/3, variance 2/9 x 56^2 = 6272/9, so 113/3 - 6272/339 = 19.165; at 100 the
    imbalance leaves the weakest child's 19. Work at its worst is the upper end.
    """
    desk.lay(
        "framework.toml",
        FRAMEWORK.replace('name = "index"', 'name = "index"\naggregation = "mazziotta_pareto"'),
    )
    desk.lay("nodes.csv", NODES + "d,work,leaf,0,100\n")
    desk.lay("units.csv", "id,a,b,c,d\nx,19,19,100,\n")
    weights = (("learn", 2), ("work", 1), ("c", 3), ("d", 1))
    got = desk.run("".join(f'[[nodes]]\ncode = "{code}"\nweight = {weight}\n' for code, weight in weights))
    assert got.scores("all") == [19.0]
    assert got.scores("all", "assured") == got.scores("all", "upper") == [pytest.approx(113 / 3 - 6272 / 339)]
    assert got.scores("all", "lower") == [19.0]


def test_amounts_become_rates(desk: Desk) -> None:
    desk.lay(
        "units.csv",
        "id,name,a,visits,people,c\nx,Xanten,10,20,1000,30\ny,Ystad,50,30,0,70\nz,Zug,90,40,500,\n",
    )
    desk.lay(
        "columns.csv",
        "column,role,code,denominator,factor\nvisits,measurement,b,people,1000\npeople,denominator,,,\n",
    )
    got = desk.run()
    assert got.points("b") == [20.0, None, 80.0]
    assert [list(row.values()) for row in got.rows("changes.csv")] == [
        ["y", "left_out", "b", "30.0", "", "its denominator people is 0"],
        ["x", "denominated", "b", "20.0", "20.0", "divided by people, times 1000"],
        ["z", "denominated", "b", "40.0", "80.0", "divided by people, times 1000"],
    ]
    assert (got.code, got.told) == (1, "Values left out: 1; changes.csv says which and why.\n")
    assert [row["name"] for row in got.rows("ranks.csv")] == ["Zug", "Ystad", "Xanten"]


def test_a_method_divides_and_takes_away(desk: Desk) -> None:
    desk.lay("units.csv", "id,a,b,c,people\nx,10,20,30,2\ny,50,,70,2\nz,90,40,,4\n")
    got = desk.run('[[measurements]]\ncode = "b"\ndenominator = "people"\nfactor = 0.5\n')
    assert got.points("b") == [5.0, None, 5.0]
    assert got.code == 0
    half = desk.run('[[measurements]]\ncode = "b"\nfactor = 0.5\n')
    assert half.points("b") == [10.0, None, 20.0]
    assert half.told == "These columns are not used, as nothing says what they hold: people.\n"


def test_implausible_values_are_left_out(desk: Desk) -> None:
    desk.lay(
        "nodes.csv",
        NODES.replace("lower,upper", "lower,upper,plausible_low,plausible_high")
        .replace(",,\n", ",,,,\n")
        .replace("100\n", "100,,\n")
        .replace("b,learn,leaf,0,100,,", "b,learn,leaf,0,100,,30"),
    )
    got = desk.run()
    assert got.points("b") == [20.0, None, None]
    assert [row["reason"] for row in got.rows("changes.csv")] == ["outside the plausible -inf to 30"]
    assert got.code == 1


def test_units_with_too_little_are_screened(desk: Desk) -> None:
    got = desk.run('[screening]\navailable = 0.6\nlevel = "area"\n')
    assert [row["unit"] for row in got.rows("normalised.csv")] == ["x"]
    assert [(row["unit"], row["code"], row["reason"]) for row in got.rows("changes.csv")] == [
        ("y", "", "1 of 2 of its values are there in learn (50.0%); the limit is 60.0%"),
        ("z", "", "0 of 1 of its values are there in work (0.0%); the limit is 60.0%"),
    ]
    assert got.told == "Left out for lack of data: 2; changes.csv says why: y, z.\n"


def test_outliers_of_relative_measurements_are_moved(desk: Desk) -> None:
    """Nine towns from 1 to 9 and one at 1,000: it is moved to 9, and only where points come from the sample."""
    lines = "".join(f"t{n},{n},{n},{n}\n" for n in range(1, 10))
    desk.lay("units.csv", f"id,a,b,c\n{lines}t10,1000,1000,1000\n")
    got = desk.run('[outliers]\n[[measurements]]\ncode = "a"\nscale = "minmax"\n')
    assert got.points("a") == pytest.approx([100 * (n - 1) / 8 for n in range(1, 10)] + [100.0])
    assert got.points("b") == pytest.approx([*range(1, 10), 100])
    assert [
        (row["step"], row["unit"], row["code"], row["before"], row["after"])
        for row in got.rows("changes.csv")
    ] == [("moved", "t10", "a", "1000.0", "9.0")]


def test_a_curve_lists_every_value_of_the_measurement(desk: Desk) -> None:
    """Powers of 4, of which none may be moved: each becomes the logarithm of its distance from the lowest plus a
    hundredth of the range.
    """
    desk.lay("units.csv", "id,a,b,c\n" + "".join(f"t{n},{4**n},1,1\n" for n in range(10)))
    got = desk.run('[outliers]\npoints = 0\n[[measurements]]\ncode = "a"\nscale = "minmax"\n')
    changes = got.rows("changes.csv")
    assert {(row["step"], row["code"]) for row in changes} == {("transformed", "a")}
    assert [(row["unit"], float(row["before"])) for row in changes] == [(f"t{n}", 4**n) for n in range(10)]
    assert [float(row["after"]) for row in changes] == pytest.approx(
        [math.log(4**n - 1 + 0.01 * (4**9 - 1)) for n in range(10)]
    )


def test_units_of_zeros_are_screened(desk: Desk) -> None:
    """Two of three values of x are 0, one of two of z."""
    desk.lay("units.csv", "id,a,b,c\nx,0,0,30\ny,50,,70\nz,0,40,\n")
    got = desk.run("[screening]\nzeros = 0.5\n")
    assert [row["unit"] for row in got.rows("normalised.csv")] == ["y", "z"]
    assert [(row["step"], row["unit"], row["reason"]) for row in got.rows("changes.csv")] == [
        ("left_out", "x", "2 of 3 of its values are 0 in all (66.7%); the limit is 50.0%")
    ]


def test_one_normalisation_for_all_and_another_for_one(desk: Desk) -> None:
    got = desk.run(
        '[normalisation]\nscale = "minmax"\nparameters = "low=10 high=90"\n'
        '[[measurements]]\ncode = "c"\nscale = "distance_to_reference"\nparameters = "reference=y"\ndirection = 1\n'
    )
    assert got.points("a") == [10.0, 50.0, 90.0]
    assert got.points("b") == [10.0, None, 90.0]
    assert got.points("c") == [0.0, 100.0, None]


def test_a_column_that_tells_nothing_is_named(desk: Desk) -> None:
    desk.lay("units.csv", "id,a,b,c\nx,10,20,30\ny,50,20,70\n")
    got = desk.run('[normalisation]\nscale = "minmax"\n')
    assert got.points("b") == [50.0, 50.0]
    assert got.told == "These measurements have one value throughout and tell no unit from another: b.\n"


def test_a_column_without_any_value_is_named(desk: Desk) -> None:
    desk.lay("units.csv", "id,a,b,c\nx,10,,30\ny,50,,70\n")
    got = desk.run()
    assert got.told == "These measurements have no value that counts for any unit, and are blank: b.\n"
    assert got.scores("all") == [20.0, 60.0]
    assert got.code == 1


def test_several_years_are_one_sample(desk: Desk) -> None:
    desk.lay(
        "units.csv", "unit,Year,a,b,c\nx,2020,0,10,10\ny,2020,30,10,10\nx,2021,40,10,10\ny,2021,100,10,10\n"
    )
    got = desk.run('[[measurements]]\ncode = "a"\nscale = "minmax"\n')
    assert got.points("a") == [0.0, 30.0, 40.0, 100.0]
    assert [(row["year"], row["unit"], row["rank"]) for row in got.rows("ranks.csv")] == [
        ("2020", "y", "1"),
        ("2020", "x", "2"),
        ("2021", "y", "1"),
        ("2021", "x", "2"),
    ]


def test_a_loss_is_taken_off_and_an_unknown_one_is_a_blank(desk: Desk) -> None:
    """x: learn 15 less 20 %. y has no loss: its learning counts as blank, at best 75 (b full) with nothing lost."""
    desk.lay(
        "nodes.csv",
        NODES.replace("lower,upper", "lower,upper,loss")
        .replace(",,\n", ",,,\n")
        .replace("100\n", "100,\n")
        .replace("learn,all,area,,,", "learn,all,area,,,gap"),
    )
    desk.lay("units.csv", "id,a,b,c,gap\nx,10,20,30,20\ny,50,,70,\nz,90,40,50,100\n")
    got = desk.run()
    assert got.scores("learn") == [12.0, None, 0.0]
    assert got.scores("all") == [21.0, 70.0, 25.0]
    assert got.scores("all", "lower") == [21.0, 35.0, 25.0]
    assert got.scores("all", "upper") == [21.0, 72.5, 25.0]
    assert got.scores("all", "coverage") == [1.0, 0.5, 1.0]


def ranked(got: Outcome) -> dict[str, float | None]:
    return dict(zip(("x", "y", "z"), got.scores("all"), strict=True))


def test_weights_by_experts_and_by_comparison(desk: Desk) -> None:
    """Experts give a 75 and 50 %, so 62.5 %; learning matters three times as much as work, so 75 %."""
    desk.lay("units.csv", "id,a,b,c\nx,10,20,30\ny,50,0,70\nz,90,40,0\n")
    desk.lay("experts.csv", "expert,a,b\nAda,75,25\nBo,1,1\n")
    desk.lay("pairs.csv", "code,work,learn\nwork,1,1/3\nlearn,3,1\n")
    method = (
        '[[weights]]\nrule = "budget"\nfile = "experts.csv"\n[[weights]]\nrule = "ahp"\nfile = "pairs.csv"\n'
    )
    got = desk.run(method)
    assert got.scores("learn") == pytest.approx([13.75, 31.25, 71.25])
    assert got.scores("all") == pytest.approx([0.75 * 13.75 + 7.5, 0.75 * 31.25 + 17.5, 0.75 * 71.25])
    text = (got.out / "method.toml").read_text(encoding="utf-8")
    assert 'weight_source = "budget of 2, experts.csv, from 50.0% to 75.0%, standard deviation 17.7%"' in text
    assert 'weight_source = "comparisons two by two, pairs.csv, consistency ratio 0.000"' in text
    kept = {path.name: path.read_bytes() for path in got.out.iterdir()}
    again = desk.run(text)
    assert {path.name: path.read_bytes() for path in again.out.iterdir()} == kept


@pytest.mark.parametrize("rule", ["pca", "entropy", "critic", "benefit_of_the_doubt"])
def test_weights_from_the_data_say_what_they_are_for(desk: Desk, rule: str) -> None:
    """Nothing tells a and b apart, so they share equally; the run says that this is for checks alone."""
    desk.lay("units.csv", "id,a,b,c\nx,10,10,30\ny,50,50,70\nz,90,90,20\nw,20,20,40\n")
    method = f'[[weights]]\nrule = "equal"\n[[weights]]\nrule = "{rule}"\nunder = "learn"\n'
    got = desk.run(method)
    assert got.scores("learn") == pytest.approx([10.0, 50.0, 90.0, 20.0])
    assert f"learn ({rule})" in got.told
    assert got.code == 1
    kept = {path.name: path.read_bytes() for path in got.out.iterdir()}
    again = desk.run(kept["method.toml"].decode())
    assert {path.name: path.read_bytes() for path in again.out.iterdir()} == kept
    assert again.told == got.told


def test_weights_by_hand(desk: Desk) -> None:
    got = desk.run('[[nodes]]\ncode = "b"\nweight = 3\n[[nodes]]\ncode = "work"\nweight = 0\n')
    assert got.scores("all") == [17.5, 50.0, 52.5]


def test_another_basket_and_more_decimals(desk: Desk) -> None:
    desk.lay(
        "framework.toml",
        FRAMEWORK + '[[baskets]]\nid = "core"\nincludes = ["core"]\n'
        '[[baskets]]\nid = "full"\nincludes = ["core", "more"]\n',
    )
    desk.lay(
        "nodes.csv",
        NODES.replace("upper", "upper,basket")
        .replace(",,\n", ",,,\n")
        .replace("100\n", "100,\n")
        .replace("c,work,leaf,0,100,", "c,work,leaf,0,100,more"),
    )
    assert ranked(desk.run()) == {"x": 15.0, "y": 50.0, "z": 65.0}
    full = desk.run('basket = "full"\ndecimals = 3\n')
    assert ranked(full) == {"x": 22.5, "y": 60.0, "z": 65.0}
    assert {row["decimals"] for row in full.rows("ranks.csv")} == {"3"}


# How the same three towns may be written.
SAME = {
    "byte order mark and Windows": "\ufeffid,a,b,c\r\nx,10,20,30\r\n\r\ny,50,,70\r\nz,90,40,\r\n",
    "semicolons": "id;a;b;c\nx;10;20;30\ny;50;;70\nz;90;40;\n",
    "tabs": "id\ta\tb\tc\nx\t10\t20\t30\ny\t50\t\t70\nz\t90\t40\t\n",
    "exponents": "id,a,b,c\nx,1E+01,2.0e1,.3E2\ny,+50,,70.\nz,9E1,40,\n",
    "blanks and quotes": 'id, a ,b,"c"\n"x",10, 20 ,30\ny ,50,"",70\nz,90,40,\n',
    "columns in another order": "c,id,b,a\n30,x,20,10\n70,y,,50\n,z,40,90\n",
    "an empty column at the end": "id,a,b,c,\nx,10,20,30,\ny,50,,70,\nz,90,40,,\n",
}


def test_the_same_table_as_spreadsheets_save_unicode_text(desk: Desk) -> None:
    desk.lay("units.csv", SAME["tabs"].replace("x", "北京").encode("utf-16"))
    got = desk.run()
    assert (got.code, got.told) == (0, "")
    assert [row["unit"] for row in got.rows("normalised.csv")] == ["北京", "y", "z"]
    assert got.scores("all") == [22.5, 60.0, 65.0]


@pytest.mark.parametrize("way", SAME)
def test_the_same_table_written_otherwise(desk: Desk, way: str) -> None:
    desk.lay("units.csv", SAME[way])
    got = desk.run()
    assert (got.code, got.told) == (0, "")
    assert ranked(got) == {"x": 22.5, "y": 60.0, "z": 65.0}


def test_decimal_commas_and_texts_for_nothing(desk: Desk) -> None:
    desk.lay("units.csv", "id;a;b;c\nx;10,5;20;30\ny;50;NA;70\nz;90;40;..\n")
    got = desk.run('[data]\ndecimal = "comma"\nmissing = ["NA", ".."]\n')
    assert got.points("a") == [10.5, 50.0, 90.0]
    assert got.points("b") == [20.0, None, 40.0]


def test_a_measurement_without_a_column_may_be_blank_for_all(desk: Desk) -> None:
    desk.lay("units.csv", "id,a,b\nx,10,20\ny,50,\n")
    got = desk.run('[data]\ncolumns = "blank"\n')
    assert got.scores("all") == [15.0, 50.0]
    assert got.scores("all", "coverage") == [0.5, 0.25]
    assert got.told == "These measurements have no column and count as blank for every unit: c.\n"


def test_ids_stay_as_they_are_written(desk: Desk) -> None:
    desk.lay("units.csv", 'id,a,b,c\n007,1,1,1\n7,1,1,1\n1.10,1,1,1\n1.1,1,1,1\n"Sankt, Gallen",1,1,1\n')
    got = desk.run()
    assert [row["unit"] for row in got.rows("normalised.csv")] == ["007", "7", "1.10", "1.1", "Sankt, Gallen"]
    assert {row["rank"] for row in got.rows("ranks.csv")} == {"1"}


def test_draws_give_intervals_and_bands(desk: Desk) -> None:
    """a and b are one measurement twice, so their weights change nothing, and nor does their mean.

    w leads by far and v is last; x and y lie 0.2 apart, so that neither is above the other in all draws. With
    nothing to draw every interval is the score or rank itself.
    """
    desk.lay("framework.toml", 'id = "two"\n[[levels]]\nname = "index"\n[[levels]]\nname = "leaf"\n')
    desk.lay("nodes.csv", "code,parent,level,lower,upper\nall,,index,,\na,all,leaf,0,100\nb,all,leaf,0,100\n")
    desk.lay("units.csv", "id,year,a,b\nv,1,5,5\nw,1,95,95\nx,1,40,60.4\ny,1,60,40\nz,1,,\nw,2,95,95\n")
    weights = desk.run("[uncertainty]\ngoalposts = 0\nother_rule = 0\n")
    rows = {(row["unit"], row["year"]): row for row in weights.rows("ranks.csv")}
    first = ("band", "rank_low", "rank_median", "rank_high", "score_low", "score_high")
    assert [rows["w", "1"][name] for name in first] == ["1", "1", "1", "1", "95.0", "95.0"]
    assert [rows["v", "1"][name] for name in first] == ["3", "4", "4", "4", "5.0", "5.0"]
    assert [rows["w", "2"][name] for name in first] == ["1", "1", "1", "1", "95.0", "95.0"]
    assert [rows["z", "1"][name] for name in first] == [""] * 6
    for unit in ("x", "y"):
        assert (rows[unit, "1"]["rank_low"], rows[unit, "1"]["rank_high"], rows[unit, "1"]["band"]) == (
            "2",
            "3",
            "2",
        )
        # Shares of a from 0.375 to 0.625: scores from 47.6 to 52.8, and from 47.5 to 52.5.
        assert (
            47.4
            < float(rows[unit, "1"]["score_low"])
            < 49.5
            < 50.5
            < float(rows[unit, "1"]["score_high"])
            < 52.9
        )
    kept = {path.name: path.read_bytes() for path in weights.out.iterdir()}
    again = desk.run(kept["method.toml"].decode())
    assert {path.name: path.read_bytes() for path in again.out.iterdir()} == kept
    moved = {
        (row["unit"], row["year"]): row for row in desk.run("[uncertainty]\nweights = 0\n").rows("ranks.csv")
    }
    # A goalpost at 0 that moves by 10 at most either way, and one at 100: 5 becomes anything from 0 to about 14.
    assert float(moved["v", "1"]["score_low"]) < 2 < 8 < float(moved["v", "1"]["score_high"]) < 15
    still = desk.run("[uncertainty]\nweights = 0\ngoalposts = 0\nother_rule = 0\ndraws = 10\n").rows(
        "ranks.csv"
    )
    for row in still[:4]:
        assert row["rank_low"] == row["rank_median"] == row["rank_high"] == row["rank"]
        assert row["score_low"] == row["score_high"] == row["score"]


@pytest.mark.parametrize("scale", ["log", "zscore", "minmax"])
def test_draws_around_any_normalisation_contain_the_score(desk: Desk, scale: str) -> None:
    """Where nothing is blank the score lies within its interval, whatever its normalisation, and so does its rank."""
    desk.lay(
        "nodes.csv",
        NODES.replace("lower,upper", "lower,upper,loss")
        .replace(",,\n", ",,,\n")
        .replace("0,100\n", "1,100,\n")
        .replace("learn,all,area,,,", "learn,all,area,,,gap" if scale == "log" else "learn,all,area,,,"),
    )
    desk.lay("columns.csv", "column,role\ngap,loss\n")
    desk.lay(
        "units.csv",
        "id,a,b,c,gap\n" + "".join(f"t{n},{n * 9},{99 - n},{50 + n * n % 40},{n}\n" for n in range(1, 10)),
    )
    got = desk.run(f'[normalisation]\nscale = "{scale}"\n[uncertainty]\ndraws = 2000\nlow = 0\nhigh = 1\n')
    rows = got.rows("ranks.csv")
    assert len(rows) == 9
    for row in rows:
        assert int(row["rank_low"]) <= int(row["rank"]) <= int(row["rank_high"])
        assert float(row["score_low"]) <= float(row["score"]) <= float(row["score_high"])


def test_what_a_former_run_left_goes(desk: Desk) -> None:
    desk.run('[missing]\nrule = "mean"\n')
    got = desk.run()
    assert sorted(path.name for path in got.out.iterdir()) == [
        "method.toml",
        "normalised.csv",
        "ranks.csv",
        "scores.csv",
        "weights.csv",
    ]


def test_the_example_of_the_document_runs(desk: Desk) -> None:
    """docs/framework-format.md prints three files and what becomes of them."""
    text = (
        (ROOT / "docs" / "framework-format.md")
        .read_text(encoding="utf-8")
        .split("## An index of your own")[1]
    )
    blocks = re.findall(r"```(?:toml|csv)\n(.*?)```", text, flags=re.DOTALL)
    assert len(blocks) == 4
    for name, content in zip(("framework.toml", "nodes.csv", "units.csv"), blocks, strict=False):
        desk.lay(name, content)
    got = desk.run()
    assert (got.out / "ranks.csv").read_text(encoding="utf-8") == blocks[3]
    assert len((blocks[0] + blocks[1]).splitlines()) == 10
