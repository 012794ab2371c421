"""A published index as an example: the Human Development Index of 2022, country by country."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from indicators.catalogue import load_framework
from scoring.explain import steps
from scoring.model import Framework, Scores
from scoring.panel import assemble
from scoring.ranks import ranks
from scoring.rounding import published
from scoring.score import score
from tests.scoring.towns import ROOT, observation

FOLDER = Path(ROOT) / "tests" / "frameworks" / "hdi"
INDICATORS = ("le", "eys", "mys", "gnipc")


@cache
def framework() -> Framework:
    return load_framework(FOLDER)


@cache
def countries() -> tuple[dict[str, str], ...]:
    """All countries of the report; the index is empty for the two that lack an indicator."""
    with (FOLDER / "hdi_2022.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def scores() -> Scores:
    answers = {
        row["iso3"]: {code: observation(code, float(row[code])) for code in INDICATORS if row[code]}
        for row in countries()
    }
    return score(framework(), assemble(framework(), answers), "all")


def test_all_193_published_values_to_three_decimals() -> None:
    judged = [i for i, row in enumerate(countries()) if row["hdi"]]
    assert len(judged) == 193
    expected = [float(countries()[i]["hdi"]) for i in judged]
    index = scores().assured[judged, scores().column("index")] / 100
    np.testing.assert_array_equal(published(index, 3), expected)


def test_all_193_published_ranks() -> None:
    """The report ranks by the published value, so that equal values share a rank."""
    judged = np.array([bool(row["hdi"]) for row in countries()])
    expected = [int(float(row["hdi_rank"])) if row["hdi"] else 0 for row in countries()]
    place = ranks(scores().assured[:, scores().column("index")], judged, decimals=1)
    assert place.tolist() == expected


def test_countries_without_an_index_are_not_fully_covered() -> None:
    whole = scores().coverage[:, scores().column("index")] > 1 - 1e-9
    assert [row["iso3"] for row, full in zip(countries(), whole, strict=True) if not full] == [
        row["iso3"] for row in countries() if not row["hdi"]
    ]


@pytest.mark.parametrize("iso3", ["CHE", "ALB", "SOM"])
def test_the_working_of_a_geometric_mean_adds_up(iso3: str) -> None:
    unit = scores().units.index(iso3)
    lines = steps(framework(), scores(), iso3, "index")
    assert [line.code for line in lines] == ["health", "education", "income"]
    total = sum(line.contribution for line in lines)
    assert total == pytest.approx(scores().assured[unit, 0], abs=1e-9)


def test_a_missing_dimension_leaves_the_reported_geometric_mean() -> None:
    """Life of 68.75 years is 75 points, no schooling known, income of 7,500 dollars is ln 75 / ln 750."""
    answers = {"le": observation("le", 68.75), "gnipc": observation("gnipc", 7500.0)}
    got = score(framework(), assemble(framework(), {"x": answers}), "all")
    income = 100 * np.log(75) / np.log(750)
    assert got.reported[0, 0] == pytest.approx(np.sqrt(75 * income))
    assert got.coverage[0, 0] == pytest.approx(2 / 3)
    assert got.upper[0, 0] == pytest.approx(np.cbrt(75 * income * 100))
