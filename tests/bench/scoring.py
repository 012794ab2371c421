"""How long does judging take? 400 cities on every level of both baskets and every theme."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from indicators.declarations import load_declaration
from scoring.explain import steps
from scoring.model import FloatArray, Framework, Panel
from scoring.plan import compile_plan
from scoring.score import score
from scoring.themes import score_themes
from tests.bench.row import Row
from tests.scoring.towns import ROOT, key_features, panel_of, scored_codes, values_between_goalposts

BASKETS = ("core", "full")


def best(work: Callable[[], object], seconds: float = 1.5) -> float:
    """The fastest of many runs in seconds: on a shared machine the others measure the neighbours."""
    work()
    fastest, until = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < until:
        start = time.perf_counter()
        work()
        fastest = min(fastest, time.perf_counter() - start)
    return fastest


def panel(cities: int) -> Panel:
    """Cities with gaps as real ones have them, claims where the framework foresees them."""
    random = np.random.default_rng(2021)
    codes = scored_codes(key_features())
    facts = [key_features().by_code[code].measurement for code in codes]
    values = values_between_goalposts(key_features(), random.random((cities, len(codes))))
    out = (random.random(values.shape) < 0.1) & np.array([bool(f and f.outside_remit) for f in facts])
    values[out | (random.random(values.shape) < 0.15)] = np.nan
    return panel_of(key_features(), values, out)


def bare_pass(
    asked: Panel, every_node: bool, framework: Framework | None = None
) -> Callable[[], list[FloatArray]]:
    """What one would write down in NumPy alone: goalposts, cut, and a weighted mean of what is answered.

    One figure a basket, of every node or of the whole only: no remit, no caps, no blanks as 0 or 100.
    """
    framework = framework or key_features()
    facts = [framework.by_code[code].measurement for code in asked.codes]
    lower = np.array([fact.lower for fact in facts if fact])
    span = np.array([fact.upper for fact in facts if fact]) - lower
    plans = [compile_plan(framework, basket) for basket in BASKETS]
    random = np.random.default_rng(1)
    weights = [random.random((len(facts), len(plan.codes) if every_node else 1)) for plan in plans]

    def work() -> list[FloatArray]:
        means = []
        for weight in weights:
            points = np.clip((asked.values - lower) / span * 100, 0, 100)
            there = ~np.isnan(points)
            means.append((np.where(there, points, 0) @ weight) / (there @ weight))
        return means

    return work


def everything(asked: Panel) -> Callable[[], None]:
    """Every figure of every node of both baskets, and every theme of the declaration."""
    declaration = load_declaration(ROOT / "indicators" / "declarations" / "yeonsu_2021", key_features())
    random = np.random.default_rng(7)
    ratings = {
        unit: {
            theme.code: float(random.integers(0, 6)) for theme in declaration.themes if random.random() < 0.8
        }
        for unit in asked.units
    }

    def work() -> None:
        for basket in BASKETS:
            scores = score(key_features(), asked, basket)
            score_themes(declaration, key_features(), scores, ratings)

    return work


def as_if_serving() -> None:
    """Bring the allocator into the state of a server that has read an upload of the greatest size.

    Until something large was given back, the C library fetches every result's pages from the system anew.
    """
    upload = bytes(10 * 2**20)
    del upload


def rows() -> list[Row]:
    """The figures of this benchmark."""
    as_if_serving()
    usual = panel(400)
    every_node, whole = best(bare_pass(usual, True)), best(bare_pass(usual, False))
    ours = best(everything(usual))
    few, many = best(everything(panel(40))), best(everything(panel(4000)))
    scores = score(key_features(), usual, "full")
    inner = [code for code in scores.nodes if key_features().by_code[code].measurement is None]
    explained = best(lambda: [steps(key_features(), scores, "u7", code) for code in inner], seconds=0.5)
    return [
        Row("400 cities, both baskets, all nodes and themes", ours * 1e3, "ms", every_node * 1e3, 30, 5),
        Row("the same beside bare means of the whole alone", ours * 1e3, "ms", whole * 1e3),
        Row(
            "per city, 4,000 cities beside 40",
            many / 4000 * 1e6,
            "us",
            few / 40 * 1e6,
            1,
            None,
            "linear is 1",
        ),
        Row("every step of one city", explained * 1e3, "ms", None, None, 2),
    ]
