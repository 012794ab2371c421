"""A stranger's framework: four levels, a hundred measurements, odd names, gaps, and many ways of normalising.

`folder` writes it as files; `expected` works the index out once more with pandas, from the formulas in the
OECD and JRC handbook (2008), without any of the product's code.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

AREAS, THEMES, LEAVES = 4, 5, 5
UNITS = 60
# Blanks inside, other scripts, quotes, commas, a code beside its look-alike, signs of spreadsheets and of TOML.
ODD = (
    "1.1",
    "1.10",
    "01",
    "学习 率",
    "a, b",
    'the "good" one',
    "naïve – x",
    "=SUM(A1)",
    "a;b",
    "50 % [x]",
    "#1",
    "'s",
)
KINDS = ("linear", "log", "minmax", "zscore", "percentile", "distance_to_maximum", "bands", "uncut", "min01")


@dataclass(frozen=True)
class Leaf:
    """One measurement of the stranger."""

    code: str
    parent: str
    weight: float
    kind: str
    direction: int


def tree() -> tuple[list[tuple[str, str, str, float]], list[Leaf]]:
    """Inner nodes as (code, parent, level, weight), parents first, and the leaves."""
    inner = [("Ganzes / 全体", "", "whole", 1.0)]
    leaves: list[Leaf] = []
    for area in range(AREAS):
        name = f"Area {area + 1}, é"
        inner.append((name, inner[0][0], "area", 1.0 + area))
        for theme in range(THEMES):
            below = f"{area + 1}.{theme + 1}"  # 1.1 is a theme here: its leaf has another code
            below = below if below not in ODD else f"{below} theme"
            inner.append((below, name, "theme", 1.0 + 0.5 * theme))
            for leaf in range(LEAVES):
                number = len(leaves)
                code = ODD[number] if number < len(ODD) else f"{area + 1}.{theme + 1}.{leaf + 1}0"
                kind = KINDS[number % len(KINDS)]
                leaves.append(Leaf(code, below, 0.5 + leaf, kind, 1 if number % 3 else -1))
    return inner, leaves


def values() -> pd.DataFrame:
    """Figures above 0 of sixty units with a tenth of them missing; every unit knows something of every theme."""
    random = np.random.default_rng(20241121)
    _, leaves = tree()
    units = [f"{number:03d}" if number % 7 else f"Ünit {number}, “x”" for number in range(UNITS)]
    table = pd.DataFrame(
        np.round(random.lognormal(1.0, 0.6, (UNITS, len(leaves))), 6), units, [leaf.code for leaf in leaves]
    )
    return table.mask(random.random(table.shape) < 0.1)


def cells(leaf: Leaf) -> dict[str, str]:
    """What nodes.csv says of a measurement."""
    return {
        "linear": {"lower": "1", "upper": "6"},
        "log": {"scale": "log", "lower": "0.5", "upper": "2E1"},
        "minmax": {"scale": "minmax"},
        "zscore": {"scale": "zscore", "parameters": "mean=50 spread=10"},
        "percentile": {"scale": "percentile"},
        "distance_to_maximum": {"scale": "distance_to_maximum"},
        "bands": {"scale": "bands", "parameters": "edges=1;2;4 points=10;20;50;90"},
        "uncut": {"scale": "linear", "lower": "0", "upper": "60", "cut": "no"},
        "min01": {"scale": "minmax", "parameters": "low=1 high=100"},
    }[leaf.kind] | {"direction": str(leaf.direction)}


def folder(where: Path) -> Path:
    """Writes the framework and its data; the folder."""
    inner, leaves = tree()
    where.mkdir(parents=True)
    (where / "framework.toml").write_text(
        'id = "stranger"\n'
        '[[levels]]\nname = "whole"\naggregation = "geometric"\n'
        '[[levels]]\nname = "area"\naggregation = "power"\npower = 0.5\n'
        '[[levels]]\nname = "theme"\naggregation = "arithmetic"\n'
        '[[levels]]\nname = "leaf"\n',
        encoding="utf-8",
    )
    columns = (
        "code",
        "parent",
        "level",
        "weight",
        "scale",
        "direction",
        "lower",
        "upper",
        "parameters",
        "cut",
    )
    with (where / "nodes.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        for code, parent, level, weight in inner:
            writer.writerow({"code": code, "parent": parent, "level": level, "weight": repr(weight)})
        for leaf in leaves:
            told = {"code": leaf.code, "parent": leaf.parent, "level": "leaf", "weight": repr(leaf.weight)}
            writer.writerow(told | cells(leaf))
    values().to_csv(where / "units.csv", index_label="Kommune", lineterminator="\r\n", encoding="utf-8-sig")
    return where


def points_of(column: pd.Series, leaf: Leaf) -> pd.Series:
    """Points of one measurement for all units."""
    sign = leaf.direction
    better = sign * column
    if leaf.kind in ("linear", "log", "uncut"):
        lower, upper = {"linear": (1.0, 6.0), "log": (0.5, 20.0), "uncut": (0.0, 60.0)}[leaf.kind]
        height = np.log(column) if leaf.kind == "log" else column
        ends = (np.log(lower), np.log(upper)) if leaf.kind == "log" else (lower, upper)
        way = (height - ends[0]) / (ends[1] - ends[0])
        share = way if sign > 0 else 1 - way
        return 100 * (share if leaf.kind == "uncut" else share.clip(0, 1))
    if leaf.kind in ("minmax", "min01"):
        low = 1.0 if leaf.kind == "min01" else 0.0
        return low + (100 - low) * (better - better.min()) / (better.max() - better.min())
    if leaf.kind == "zscore":
        return 50 + 10 * (better - better.mean()) / better.std(ddof=1)
    if leaf.kind == "percentile":
        return 100 * (better.rank() - 1) / (better.count() - 1)
    if leaf.kind == "distance_to_maximum":
        return 100 * (better - better.min()) / (better.max() - better.min())
    return band_points(column, sign)


def band_points(column: pd.Series, sign: int) -> pd.Series:
    """10, 20, 50, 90 by the edges 1, 2, 4; an edge belongs to the better side."""
    edges = [edge <= column if sign > 0 else column <= edge for edge in (1.0, 2.0, 4.0)]
    reached = sum(edge.astype(int) for edge in edges)
    return pd.Series(np.array([10.0, 20.0, 50.0, 90.0])[reached], column.index).where(column.notna())


def joined(points: pd.DataFrame, weights: pd.Series, rule: str) -> pd.Series:
    """A weighted mean over what is there, row by row."""
    power = {"arithmetic": 1.0, "power": 0.5, "geometric": 0.0}[rule]
    here = points.notna() * weights
    share = here.div(here.sum(axis=1), axis=0)
    if power == 0:
        return np.exp((share * np.log(points)).sum(axis=1))
    return (share * points**power).sum(axis=1) ** (1 / power)


def expected() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Points of every measurement, and scores of every node; units x codes."""
    inner, leaves = tree()
    table = values()
    points = pd.DataFrame({leaf.code: points_of(table[leaf.code], leaf) for leaf in leaves})
    scores = points.copy()
    families = [(leaf.code, leaf.parent, leaf.weight) for leaf in leaves]
    families += [(code, parent, weight) for code, parent, _, weight in inner]
    rules = {"theme": "arithmetic", "area": "power", "whole": "geometric"}
    for code, _, level, _ in reversed(inner):
        children = [(child, weight) for child, parent, weight in families if parent == code]
        weights = pd.Series(dict(children))
        scores[code] = joined(scores[weights.index], weights, rules[level])
    return points, scores
