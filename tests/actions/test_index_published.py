"""Published indices by the command line: the Human Development Index and its inequality-adjusted form.

Figures and results: UNDP, Human Development Report 2023/24 (tests/frameworks/hdi and ihdi, README.md).
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from actions.__main__ import main
from scoring.rounding import published
from tests.conftest import ROOT

FRAMEWORKS = ROOT / "tests" / "frameworks"
HDI, IHDI = FRAMEWORKS / "hdi", FRAMEWORKS / "ihdi"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def made(tmp_path: Path, folder: Path, data: str, method: Path | None = None) -> tuple[int, Path]:
    """The exit code and the folder of a run."""
    out = tmp_path / "out"
    choice = ["--method", str(method)] if method else []
    code = main(
        ["index", "--framework", str(folder), "--data", str(folder / data), *choice, "--out", str(out)]
    )
    return code, out


def whole(out: Path, root: str) -> dict[tuple[str, str], str]:
    """(unit, year) -> score of the whole, as text."""
    return {
        (row["unit"], row.get("year", "")): row["score"]
        for row in rows(out / "scores.csv")
        if row["node"] == root
    }


def test_all_5808_country_years_to_three_decimals(tmp_path: Path) -> None:
    _, out = made(tmp_path, HDI, "hdi_1990_2022.csv", HDI / "method.toml")
    told = [row for row in rows(HDI / "hdi_1990_2022.csv") if row["hdi"]]
    scores = whole(out, "index")
    assert len(told) == 5808
    got = published([float(scores[row["iso3"], row["year"]]) / 100 for row in told], 3)
    assert got.tolist() == [float(row["hdi"]) for row in told]


def test_all_193_ranks_of_2022(tmp_path: Path) -> None:
    """The two countries that lack an indicator have no score and no rank, and this is told."""
    code, out = made(tmp_path, HDI, "hdi_2022.csv", HDI / "method.toml")
    ranked = {row["unit"]: row["rank"] for row in rows(out / "ranks.csv")}
    told = {row["iso3"]: row["hdi_rank"].removesuffix(".0") for row in rows(HDI / "hdi_2022.csv")}
    assert ranked == told
    assert len([rank for rank in ranked.values() if rank]) == 193
    assert code == 1


def test_ranks_are_within_a_year(tmp_path: Path) -> None:
    """The years run from 1990 to 2022, and each has its own first."""
    _, out = made(tmp_path, HDI, "hdi_1990_2022.csv", HDI / "method.toml")
    firsts = [row for row in rows(out / "ranks.csv") if row["rank"] == "1"]
    assert {row["year"] for row in firsts} == {str(year) for year in range(1990, 2023)}
    assert [row["name"] for row in firsts if row["year"] == "2022"] == ["Switzerland"]


def test_all_165_values_with_inequality(tmp_path: Path) -> None:
    code, out = made(tmp_path, IHDI, "ihdi_2022.csv")
    told = rows(IHDI / "ihdi_2022.csv")
    scores = whole(out, "ihdi")
    assert (code, len(told)) == (0, 165)
    got = published([float(scores[row["iso3"], ""]) / 100 for row in told], 3)
    assert got.tolist() == [float(row["ihdi"]) for row in told]


@pytest.mark.parametrize(
    ("folder", "data", "method"),
    [(HDI, "hdi_2022.csv", HDI / "method.toml"), (IHDI, "ihdi_2022.csv", None)],
)
def test_the_written_method_repeats_the_run(
    tmp_path: Path, folder: Path, data: str, method: Path | None
) -> None:
    _, first = made(tmp_path / "first", folder, data, method)
    _, again = made(tmp_path / "again", folder, data, first / "method.toml")
    names = sorted(path.name for path in first.iterdir())
    assert names == ["method.toml", "normalised.csv", "ranks.csv", "scores.csv", "weights.csv"]
    assert sorted(path.name for path in again.iterdir()) == names
    for name in names:
        assert (again / name).read_bytes() == (first / name).read_bytes(), name
