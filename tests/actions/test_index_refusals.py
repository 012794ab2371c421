"""What is wrong with an index is said in one sentence with its file, line, column and code, and nothing is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from actions import index_files
from actions.__main__ import main
from tests.actions.desk import DATA, FRAMEWORK, NODES, Desk, desk_in

LEAF = "a,learn,leaf,0,100"
HEADER = "code,parent,level,lower,upper"
SCALED = (
    NODES.replace(HEADER, HEADER + ",scale,parameters").replace(",,\n", ",,,,\n").replace("100\n", "100,,\n")
)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return desk_in(tmp_path, capsys)


def data(old: str, new: str) -> dict[str, str]:
    assert old in DATA
    return {"units.csv": DATA.replace(old, new)}


def nodes(old: str, new: str, text: str = NODES) -> dict[str, str]:
    assert old in text
    return {"nodes.csv": text.replace(old, new)}


def framework(old: str, new: str) -> dict[str, str]:
    assert old in FRAMEWORK
    return {"framework.toml": FRAMEWORK.replace(old, new)}


def method(text: str, **files: str) -> dict[str, str]:
    return {"METHOD.toml": text, **{name.replace("_", "."): content for name, content in files.items()}}


def columns(text: str) -> dict[str, str]:
    return {"columns.csv": "column,role,code,denominator,factor\n" + text}


# What somebody did -> the files as they are then, and the sentence.
REFUSALS: dict[str, tuple[Mapping[str, str | bytes], str]] = {
    # the data
    "a text among numbers": (
        data("50,,70", "50,many,70"),
        'units.csv, line 3: column "b": "many" is not a number; leave the cell empty where there is no figure, or '
        "name the text in missing in [data] of the method",
    ),
    "a decimal comma": (
        data("x,10,", 'x,"10,5",'),
        'units.csv, line 2: column "a": "10,5" is not a number; write 4.5, or set decimal = "comma" in [data] of '
        "the method",
    ),
    "a point beside decimal commas, which may be a thousands mark": (
        method('[data]\ndecimal = "comma"\n') | data("x,10,", "x,1.250,"),
        'units.csv, line 2: column "a": "1.250" is not a number; write it as in 4,5 or 1,2E-05, as the method sets a '
        "decimal comma",
    ),
    "a workbook": (
        {"units.csv": b"PK\x03\x04\x14\x00"},
        "units.csv: the file is a workbook; save its sheet as CSV in UTF-8",
    ),
    "two bytes a letter, unmarked": (
        {"units.csv": DATA.encode("utf-16-le")},
        "units.csv, line 1: the file holds zero bytes; save it as CSV in UTF-8",
    ),
    "a Chinese encoding": (
        {"units.csv": DATA.replace("x", "\u5317\u4eac").encode("gb18030")},
        "units.csv, line 2: the file is not UTF-8 (byte 9); save it as CSV in UTF-8",
    ),
    "a framework with semicolons": (
        {"nodes.csv": NODES.replace(",", ";")},
        'towns/nodes.csv, line 1: the column "code" is missing; the line is separated by semicolons, and this table '
        "needs commas",
    ),
    "a framework with an empty column": (
        {"nodes.csv": NODES.replace("\n", ",\n")},
        "towns/nodes.csv, line 1: column 6 has no heading; delete it",
    ),
    "a thousands mark": (
        data("x,10,", 'x,"1,234.5",'),
        'units.csv, line 2: column "a": "1,234.5" is not a number; write it as in 4.5 or 1.2E-05',
    ),
    "a percent sign": (
        data("x,10,", "x,10 %,"),
        'units.csv, line 2: column "a": "10 %" is not a number; write it as in 4.5 or 1.2E-05',
    ),
    "an underscore": (
        data("x,10,", "x,1_0,"),
        'units.csv, line 2: column "a": "1_0" is not a number; write it as in 4.5 or 1.2E-05',
    ),
    "a text that Python takes for a number": (
        data("x,10,", "x,nan,"),
        'units.csv, line 2: column "a": "nan" is not a number; leave the cell empty where there is no figure, or '
        "name the text in missing in [data] of the method",
    ),
    "more than any number": (
        data("x,10,", "x,1e999,"),
        'units.csv, line 2: column "a": "1e999" is not a number; write it as in 4.5 or 1.2E-05',
    ),
    "a unit twice": (data("y,50", "x,50"), 'units.csv, line 3: unit "x" stands twice; first on line 2'),
    "a unit twice in a year": (
        {"units.csv": "id,year,a,b,c\nx,2020,1,1,1\nx,2021,1,1,1\n\nx,2020,1,1,1\n"},
        'units.csv, line 5: unit "x" stands twice in 2020; first on line 2',
    ),
    "no id": (data("y,50", ",50"), 'units.csv, line 3: column "id": is empty'),
    "a cell too many": (data("30\n", "30,\n"), "units.csv, line 2: the line has 5 cells, the header has 4"),
    "a column twice": (
        data("id,a,b,c", "id,a,b,b"),
        'units.csv, line 1: the column "b" stands twice, as column 3 and 4',
    ),
    "a measurement without a column": (
        data("id,a,b,c", "id,a,B,c"),
        'units.csv, line 1: there is no column for measurement "b"; to count it as blank for every unit, set '
        'columns = "blank" in [data] of the method',
    ),
    "no heading": (
        {"units.csv": "id,a,b,c,\nx,10,20,30,oh\n"},
        'units.csv, line 2: column 5 has no heading, but holds "oh"',
    ),
    "no unit": ({"units.csv": "id,a,b,c\n"}, "units.csv: there is no row below the header"),
    "nothing": ({"units.csv": ""}, "units.csv: the file is empty"),
    "no ids": (
        {"units.csv": "a,b,c\n1,2,3\n"},
        'units.csv, line 1: no column holds the ids of the units; head one "id" or give it that role in columns.csv',
    ),
    "an open quote": (
        data("y,50", 'y,"50'),
        "units.csv, line 3: the line is not well-formed CSV (unexpected end of data)",
    ),
    # the framework
    "no such aggregation": (
        framework('name = "index"', 'name = "index"\naggregation = "mode"'),
        'towns/framework.toml, line 4: aggregation is "mode" and must be one of "arithmetic", "geometric", '
        '"harmonic", "power", "median", "minimum", "mazziotta_pareto", "copeland"',
    ),
    "a power mean without its power": (
        framework('name = "index"', 'name = "index"\naggregation = "power"'),
        "towns/framework.toml, line 4: a power mean needs its exponent, such as power = 0.5",
    ),
    "a negative weight": (
        {
            "nodes.csv": "code,parent,level,weight,lower,upper\nall,,index,,,\na,all,leaf,-1,0,9\nb,all,leaf,,0,9\n"
        },
        'towns/nodes.csv, line 3: weight is "-1" and must not be negative',
    ),
    "a parent that is not there": (
        nodes("learn,all", "learn,everything"),
        'towns/nodes.csv, line 3: the parent "everything" is unknown',
    ),
    "a code twice": (
        nodes("b,learn", "a,learn"),
        'towns/nodes.csv, line 5: code "a" stands twice; first on line 4',
    ),
    "no such scale": (
        nodes(LEAF + ",,", LEAF + ",sqrt,", SCALED),
        'towns/nodes.csv, line 4: scale is "sqrt" and must be one of "linear", "log", "ladder", "bands", "categories", '
        '"yes_no", "minmax", "zscore", "percentile", "rank", "borda", "distance_to_maximum", "distance_to_target", '
        '"distance_to_reference", "share_of_maximum", "share_of_reference", "none"',
    ),
    "a parameter that the scale does not take": (
        nodes(LEAF + ",,", LEAF + ",minmax,spread=10", SCALED),
        'towns/nodes.csv, line 4: parameters holds "spread", which scale "minmax" does not take; '
        'it takes "low", "high"',
    ),
    "a parameter that is no number": (
        nodes(LEAF + ",,", LEAF + ",minmax,low=none", SCALED),
        'towns/nodes.csv, line 4: parameters: low is "none"; write a number, as in 4.5',
    ),
    "a parameter that is missing": (
        nodes(LEAF + ",,", LEAF + ",distance_to_target,", SCALED),
        "towns/nodes.csv, line 4: a: normalisation 'distance_to_target' lacks the parameter 'target' (the value "
        "worth full points, in the measurement's unit): give a finite number",
    ),
    "a log scale from 0": (
        nodes(LEAF + ",,", LEAF + ",log,", SCALED),
        "towns/nodes.csv, line 4: a: normalisation 'log': lower (0) must be above 0 on a logarithmic scale",
    ),
    "goalposts the wrong way round": (
        nodes(LEAF, "a,learn,leaf,100,0"),
        "towns/nodes.csv, line 4: lower is 100 and must be below upper, 0",
    ),
    "one goalpost": (
        nodes(LEAF, "a,learn,leaf,0,"),
        'towns/nodes.csv, line 4: measurement "a" has no scale: give lower and upper, or name one of "linear", "log", '
        '"ladder", "bands", "categories", "yes_no", "minmax", "zscore", "percentile", "rank", "borda", '
        '"distance_to_maximum", "distance_to_target", "distance_to_reference", "share_of_maximum", '
        '"share_of_reference" here or in [normalisation] of the method',
    ),
    # columns.csv
    "no such role": (
        columns("a,indicator,,,\n"),
        'towns/columns.csv, line 2: role is "indicator" and must be one of "id", "name", "year", "measurement", '
        '"denominator", "group", "loss", "ignored"',
    ),
    "a measurement that is not there": (
        columns("q,measurement,,,\n"),
        'towns/columns.csv, line 2: there is no measurement "q" in nodes.csv; name it in the column "code"',
    ),
    "a denominator that is not declared": (
        columns("a,measurement,,people,\n"),
        'towns/columns.csv, line 2: the denominator "people" is not among the columns',
    ),
    "a denominator that is not in the data": (
        columns("a,measurement,,people,\npeople,denominator,,,\n"),
        'units.csv, line 1: the column "people" is missing, which the framework or method asks for',
    ),
    # the method
    "a misspelt key": (
        method("decimal = 2\n"),
        'towns/METHOD.toml, line 1: the key "decimal" is unknown here; the keys are "basket", "decimals", "data", '
        '"missing", "screening", "outliers", "normalisation", "uncertainty", "levels", "nodes", '
        '"measurements", "weights"',
    ),
    "an unknown rule for blanks": (
        method('[missing]\nrule = "guess"\n'),
        'towns/METHOD.toml, line 2: rule is "guess" and must be one of "leave_out", "zero", "mean", "median", '
        '"group_mean", "group_median"',
    ),
    "a group that is not named": (
        method('[missing]\nrule = "group_mean"\n'),
        'towns/METHOD.toml, line 2: the rule "group_mean" needs group, the column that names each unit\'s group',
    ),
    "more draws than anybody can read": (
        method("[uncertainty]\ndraws = 2000000\n"),
        "towns/METHOD.toml, line 2: draws is 2000000 and must lie from 1 to 1000000",
    ),
    "a key twice at the end": (
        method("decimals = 1\ndecimals = 2"),
        "towns/METHOD.toml, line 2: the file is not well-formed TOML (Cannot overwrite a value)",
    ),
    "a code that is not there": (
        method('[[measurements]]\ncode = "q"\n'),
        'towns/METHOD.toml, line 2: there is no measurement "q" in nodes.csv',
    ),
    "goalposts in the method the wrong way round": (
        method('[[measurements]]\ncode = "b"\nlower = 200\n'),
        'towns/METHOD.toml, line 2: measurement "b": lower is 200 and must be below upper, 100',
    ),
    "an unknown level to screen": (
        method('[screening]\navailable = 0.5\nlevel = "areas"\n'),
        'towns/METHOD.toml, line 3: the level "areas" is unknown; the levels are "index", "area", "leaf"',
    ),
    "an unknown basket": (
        method('basket = "core"\n'),
        'towns/METHOD.toml, line 1: the basket "core" is unknown; the framework has "all"',
    ),
    "no weight left": (
        method('[[nodes]]\ncode = "c"\nweight = 0\n'),
        'towns/METHOD.toml, line 3: no weight under "work" is above 0',
    ),
    "judgements that contradict each other": (
        method(
            '[[weights]]\nrule = "ahp"\nfile = "p.csv"\n',
            p_csv="code,a,b\na,1,9\nb,9,1\n",
        ),
        "towns/METHOD.toml, line 3: towns/p.csv: a compared with b: 9 and 9 are not reciprocal; write 1/3 beside 3",
    ),
    "an expert who gives nothing": (
        method('[[weights]]\nrule = "budget"\nfile = "e.csv"\n', e_csv="expert,a,b\nAda,1,1\nBo,0,0\n"),
        "towns/METHOD.toml, line 3: towns/e.csv: Bo gave nothing to any child; leave out an expert who did not answer",
    ),
    "a table of weights that is not there": (
        method('[[weights]]\nrule = "budget"\nfile = "e.csv"\n'),
        "towns/e.csv: the file is missing",
    ),
    # figures that a step cannot use
    "a category that nobody knows": (
        nodes(LEAF + ",,", LEAF + ",categories,categories=10;50 points=0;100", SCALED),
        "units.csv, line 4: column \"a\": a: normalisation 'categories': unit 'z' (90) is none of the categories "
        "10, 50; correct it or leave it missing",
    ),
    "a reference that is not there": (
        nodes(LEAF + ",,", LEAF + ",distance_to_reference,reference=w", SCALED),
        "towns/nodes.csv, line 4: a: normalisation 'distance_to_reference': parameter 'reference' is 'w', which is "
        "none of the units; name a unit as it stands in the data",
    ),
    "a reference of the method that is not there": (
        method('[[measurements]]\ncode = "a"\nscale = "share_of_reference"\nparameters = "reference=w"\n'),
        "towns/METHOD.toml, line 4: a: normalisation 'share_of_reference': parameter 'reference' is 'w', which is none "
        "of the units; name a unit as it stands in the data",
    ),
    "a geometric mean of points below 0": (
        framework('name = "area"', 'name = "area"\naggregation = "geometric"')
        | nodes(LEAF + ",,", LEAF + ",zscore,", SCALED),
        "towns/nodes.csv, line 4: a: it has points below 0, which the aggregation 'geometric' of level 'area' cannot "
        "join; choose another, or a normalisation whose points start at 0",
    ),
    "no unit with enough data": (
        method("[screening]\navailable = 1\nzeros = 0\n") | {"units.csv": "id,a,b,c\nx,1,2,\ny,,2,3\n"},
        "units.csv: every unit is left out for lack of data, the last because 2 of 3 of its values are there in all "
        "(66.7%); the limit is 100.0%; ask for less",
    ),
    "points without end": (
        framework('name = "index"', 'name = "index"\naggregation = "power"\npower = 50')
        | nodes(
            "c,work,leaf,0,100",
            "c,work,leaf,0,1,no",
            NODES.replace(HEADER, HEADER + ",cut")
            .replace(",,\n", ",,,\n")
            .replace("100\n", "100,\n")
            .replace("c,work,leaf,0,100,", "c,work,leaf,0,100"),
        )
        | data("50,,70", "50,,1e15"),
        "units.csv, line 3: all: unit 'y' has points too large for a number; cut points at full or choose another "
        "aggregation",
    ),
    "a factor without end": (
        method('[[measurements]]\ncode = "b"\nfactor = 1e300\n') | data("10,20,", "10,2e20,"),
        "units.csv, line 2: column \"b\": b: unit 'x' times 1e+300 is too large for a number; correct one of the two",
    ),
    "a denominator next to nothing": (
        method('[[measurements]]\ncode = "b"\ndenominator = "people"\n')
        | {"units.csv": "id,a,b,c,people\nx,10,20,30,4\ny,50,1e300,70,1e-20\n"},
        "units.csv, line 3: column \"b\": b: unit 'y' divided by 'people' (1e-20) is too large for a number; correct "
        "one of the two",
    ),
    "a loss beyond everything": (
        nodes(
            "learn,all,area,,",
            "learn,all,area,,,gap",
            NODES.replace(HEADER, HEADER + ",loss")
            .replace("index,,", "index,,,")
            .replace("work,all,area,,", "work,all,area,,,")
            .replace("100\n", "100,\n"),
        )
        | {"units.csv": "id,a,b,c,gap\nx,10,20,30,5\ny,50,,70,120\n"},
        "units.csv, line 3: column \"gap\": learn: unit 'y' (120) has a loss that is no per cent from 0 to 100",
    ),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_what_is_wrong_is_said_with_its_place(desk: Desk, what: str) -> None:
    files, sentence = REFUSALS[what]
    for name, content in files.items():
        desk.lay(name, content)
    chosen = files.get("METHOD.toml")
    got = desk.run(chosen if isinstance(chosen, str) else None)
    assert got.told == sentence + "\n"
    assert got.code == 2
    assert not got.out.exists()


def test_a_file_that_is_no_text(desk: Desk) -> None:
    desk.lay("units.csv", "id,a,b,c\nZürich,1,2,3\n".encode("cp1252"))
    assert desk.run().told == "units.csv, line 2: the file is not UTF-8 (byte 10); save it as CSV in UTF-8\n"


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("framework.toml", "towns/framework.toml: the file is missing\n"),
        ("nodes.csv", "towns/nodes.csv: the file is missing\n"),
        ("units.csv", "{folder}/units.csv cannot be read: there is no such file or folder.\n"),
    ],
)
def test_a_file_that_is_not_there(desk: Desk, gone: str, told: str) -> None:
    (desk.folder / gone).unlink()
    got = desk.run()
    assert (got.code, got.told) == (2, told.format(folder=desk.folder))


def test_results_are_not_written_over_the_data(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    (desk.folder / "units.csv").rename(desk.folder / "scores.csv")
    before = (desk.folder / "scores.csv").read_bytes()
    words = ["--framework", desk.folder, "--data", desk.folder / "scores.csv", "--out", desk.folder]
    assert main(["index", *map(str, words)]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert (desk.folder / "scores.csv").read_bytes() == before


def test_results_are_not_written_over_a_method_or_a_table_of_weights(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """A method written by hand says more than what a run spells out; one that a run wrote may be written again."""
    desk.lay("method.toml", '# by hand\n[[weights]]\nrule = "budget"\nfile = "weights.csv"\n')
    desk.lay("weights.csv", "expert,a,b\nAda,1,3\n")
    words = ["--framework", desk.folder, "--data", desk.folder / "units.csv", "--out", desk.folder]
    words += ["--method", desk.folder / "method.toml"]
    before = {path.name: path.read_bytes() for path in desk.folder.iterdir()}
    for name in ("weights.csv", "method.toml"):
        capsys.readouterr()
        assert main(["index", *map(str, words)]) == 2
        assert capsys.readouterr().err.startswith(f"{desk.folder / name} cannot be written: ")
        assert {path.name: path.read_bytes() for path in desk.folder.iterdir()} == before
        if name == "weights.csv":
            desk.lay("experts.csv", before.pop("weights.csv"))
            (desk.folder / "weights.csv").unlink()
            desk.lay("method.toml", before["method.toml"].replace(b"weights.csv", b"experts.csv"))
            before = {path.name: path.read_bytes() for path in desk.folder.iterdir()}
    words[-1] = desk.run().out / "method.toml"
    words[5] = desk.folder.parent / "out"
    assert main(["index", *map(str, words)]) == 0


def test_a_run_that_breaks_off_never_looks_complete(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fails when the last but one file gets its name: no method, no parts, and exit code 2."""
    first = desk.run()
    assert (first.out / "method.toml").exists()
    real: Callable[..., Path] = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if Path(target).name == index_files.RANKS:
            raise OSError(28, os.strerror(28))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    got = desk.run()
    assert got.code == 2
    assert "cannot be written" in got.told
    assert sorted(path.name for path in got.out.iterdir()) == ["normalised.csv", "scores.csv"]
