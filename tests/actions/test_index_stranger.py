"""A framework that nobody here has seen: the command line against the same formulas worked out with pandas."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from actions.__main__ import main
from tests.actions import stranger


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a run writes; nothing was left out, so the run says that all is fine."""
    where = tmp_path_factory.mktemp("stranger's desk")
    folder = stranger.folder(where / "rahmen 框架")
    arguments = [
        "--framework",
        str(folder),
        "--data",
        str(folder / "units.csv"),
        "--out",
        str(where / "aus gabe"),
    ]
    assert main(["index", *arguments]) == 0
    return where / "aus gabe"


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype={"unit": str, "node": str}, keep_default_na=False, na_values=[""])


def test_points_of_every_unit_on_every_measurement(out: Path) -> None:
    points, _ = stranger.expected()
    got = read(out / "normalised.csv").set_index("unit")
    assert list(got.columns) == list(points.columns)
    assert list(got.index) == list(points.index)
    np.testing.assert_allclose(got.to_numpy(), points.to_numpy(), rtol=0, atol=1e-9)


def test_scores_of_every_unit_on_every_node(out: Path) -> None:
    _, scores = stranger.expected()
    got = read(out / "scores.csv").pivot(index="unit", columns="node", values="score")
    assert set(got.columns) == set(scores.columns)
    np.testing.assert_allclose(
        got.loc[scores.index, scores.columns].to_numpy(), scores.to_numpy(), rtol=0, atol=1e-9
    )


def test_coverage_is_the_weight_that_was_reported(out: Path) -> None:
    inner, leaves = stranger.tree()
    here = stranger.values().notna()
    parent = {code: above for code, above, _, _ in inner}
    weight = {code: own for code, _, _, own in inner}
    siblings = {code: sum(w for c, p, _, w in inner if p == parent[code]) for code in parent}
    share = {}
    for leaf in leaves:
        own = leaf.weight / sum(other.weight for other in leaves if other.parent == leaf.parent)
        above = leaf.parent
        while parent[above]:
            own *= weight[above] / siblings[above]
            above = parent[above]
        share[leaf.code] = own
    whole = read(out / "scores.csv").query("node == 'Ganzes / 全体'").set_index("unit")["coverage"]
    expected = (here * pd.Series(share)).sum(axis=1)
    np.testing.assert_allclose(whole[expected.index], expected, rtol=0, atol=1e-9)


def test_the_bracket_contains_every_score(out: Path) -> None:
    scores = read(out / "scores.csv")
    assert (scores["lower"] <= scores["score"].fillna(np.inf) + 1e-9).all()
    assert (scores["score"].fillna(-np.inf) <= scores["upper"] + 1e-9).all()
    full = scores[scores["coverage"] > 1 - 1e-12]
    np.testing.assert_allclose(full["lower"], full["upper"], rtol=0, atol=1e-9)


def test_ranks_are_those_of_the_published_score(out: Path) -> None:
    _, scores = stranger.expected()
    shown = (scores["Ganzes / 全体"] * 10).round() / 10
    expected = shown.rank(ascending=False, method="min").astype(int)
    got = read(out / "ranks.csv").set_index("unit")["rank"]
    assert got.to_dict() == expected.to_dict()
    assert list(got) == sorted(expected)


def test_another_order_of_the_units_gives_the_same(out: Path, tmp_path: Path) -> None:
    folder = stranger.folder(tmp_path / "turned")
    turned = stranger.values().iloc[::-1, ::-1]
    turned.to_csv(folder / "units.csv", index_label="id", sep=";")
    main(
        [
            "index",
            "--framework",
            str(folder),
            "--data",
            str(folder / "units.csv"),
            "--out",
            str(tmp_path / "o"),
        ]
    )
    before = read(out / "scores.csv").set_index(["unit", "node"]).sort_index()
    after = read(tmp_path / "o" / "scores.csv").set_index(["unit", "node"]).sort_index()
    pd.testing.assert_frame_equal(after, before, rtol=0, atol=1e-12)


def test_the_written_method_repeats_the_run(out: Path, tmp_path: Path) -> None:
    folder = stranger.folder(tmp_path / "again")
    code = main(
        [
            "index",
            "--framework",
            str(folder),
            "--data",
            str(folder / "units.csv"),
            "--out",
            str(tmp_path / "o"),
            "--method",
            str(out / "method.toml"),
        ]
    )
    assert code == 0
    for path in out.iterdir():
        assert (tmp_path / "o" / path.name).read_bytes() == path.read_bytes(), path.name


DUELS = '[[levels]]\nname = "whole"\naggregation = "copeland"\n'
# Ways of making the same index, each with blanks that count otherwise or another rule on top.
WAYS = {
    "as it is": "",
    "duels with blanks at their worst": '[missing]\nrule = "zero"\n' + DUELS,
    "filled duels": '[missing]\nrule = "median"\n' + DUELS,
    "filled": '[missing]\nrule = "mean"\n',
    "coverage asked": '[[levels]]\nname = "theme"\ncoverage = 0.7\n',
}


@pytest.mark.parametrize("way", WAYS)
def test_checks_start_from_the_scores_themselves(tmp_path: Path, way: str) -> None:
    """Every alternative, and every node left out, is told against the score that stands in scores.csv, which lies
    within its bracket.
    """
    folder = stranger.folder(tmp_path / "rahmen")
    (tmp_path / "way.toml").write_text(WAYS[way], encoding="utf-8")
    words = ["--framework", folder, "--data", folder / "units.csv", "--method", tmp_path / "way.toml"]
    assert main(["index", *map(str, words), "--out", str(tmp_path / "out"), "--robust"]) == 0
    scores = read(tmp_path / "out" / "scores.csv")
    whole = scores[scores["node"] == "Ganzes / 全体"].set_index("unit")
    assert (whole["lower"] <= whole["score"] + 1e-9).all()
    assert (whole["score"] <= whole["upper"] + 1e-9).all()
    for name, key in (("alternatives.csv", "alternative"), ("removals.csv", "without")):
        found = read(tmp_path / "out" / name)
        was = found["score"] - found["score_change"]
        np.testing.assert_allclose(was, whole.loc[found["unit"], "score"], rtol=0, atol=1e-9)
        assert found.groupby(key).size().eq(stranger.UNITS).all()
