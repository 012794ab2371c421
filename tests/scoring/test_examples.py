"""Every worked example of tests/examples comes out as it was worked on paper."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from scoring.levels import levels
from scoring.model import Declaration, Link, Panel, Scores, Theme
from scoring.panel import assemble
from scoring.score import score
from scoring.themes import score_themes
from tests.scoring.towns import observation, small

EXAMPLES = Path(__file__).parents[1] / "examples"
FIGURES = ("assured", "reported", "upper", "coverage", "claimed", "without_claims", "refused_remit")


def rows(name: str) -> list[dict[str, str]]:
    with (EXAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float:
    return math.nan if text in ("none", "outside") else float(text)


def panel(example: str) -> Panel:
    answers = [row for row in rows(f"{example}.csv") if small().by_code[row["code"]].measurement]
    return assemble(
        small(),
        {
            "town": {
                row["code"]: observation(
                    row["code"], float(row["answer"]) if row["answer"] else None, row["state"]
                )
                for row in answers
            }
        },
    )


def scores(example: str) -> Scores:
    return score(small(), panel(example), example.rpartition(".")[2])


TOWNS = sorted(path.stem for path in EXAMPLES.glob("[0-9]*.csv"))


def test_there_is_a_line_for_every_town() -> None:
    assert [row["example"] for row in rows("towns.csv")] == [town.rpartition(".")[0] for town in TOWNS]


@pytest.mark.parametrize("example", TOWNS)
def test_every_node_of_the_example(example: str) -> None:
    got = scores(example)
    table = rows(f"{example}.csv")
    assert {row["code"] for row in table} == set(got.nodes)
    for row in table:
        column = got.column(row["code"])
        for figure in FIGURES:
            value = float(getattr(got, figure)[0, column])
            assert value == pytest.approx(number(row[figure]), abs=1e-9, nan_ok=True), (row["code"], figure)
        assert got.in_basket[0, column] == (row["assured"] != "outside")


@pytest.mark.parametrize("row", rows("towns.csv"), ids=lambda row: row["example"])
def test_the_town_as_a_whole(row: dict[str, str]) -> None:
    (example,) = (town for town in TOWNS if town.startswith(row["example"] + "."))
    got = scores(example)
    assert got.geometric[0] == pytest.approx(float(row["geometric"]), abs=1e-6)
    assert got.balance_loss[0] == pytest.approx(float(row["balance_loss"]), abs=1e-6)
    assert got.ranked[0] == (row["ranked"] == "yes")
    assert levels(small(), got) == (row["level"],)


@pytest.mark.parametrize("row", rows("themes.csv"), ids=lambda row: row["working"])
def test_theme(row: dict[str, str]) -> None:
    links = tuple(
        Link(feature, "primary", float(weight), {})
        for feature, weight in (link.split(":") for link in row["links"].split())
    )
    theme = Theme("7", row["role"], float(row["feature_share"]), False, links, ())
    declaration = Declaration("d", "1", "small", {}, (), ("en",), (theme,), {})
    rating = float(row["rating"]) if row["rating"] else None
    got = score_themes(declaration, small(), scores(row["example"]), {"town": {"7": rating}})
    assert got.themes == ("7",)
    for figure in ("assured", "reported", "upper", "coverage", "features_assured"):
        value = float(getattr(got, figure)[0, 0])
        assert value == pytest.approx(number(row[figure]), abs=1e-6, nan_ok=True), figure
    assert got.rating[0, 0] == pytest.approx(number(row["rating_points"]), nan_ok=True)
    assert got.feature_share[0, 0] == pytest.approx(number(row["share"]), nan_ok=True)
    assert got.rests_on_rating[0, 0] == (row["rests_on_rating"] == "yes")
