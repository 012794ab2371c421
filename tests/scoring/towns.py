"""What the scoring tests share: the frameworks they judge by and panels made from plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np

from indicators.catalogue import load_framework
from scoring.model import BoolArray, FloatArray, Framework, Observation, Panel, Place, Scores

ROOT = Path(__file__).parents[2]


@cache
def small() -> Framework:
    """The framework that the worked examples are judged by."""
    return load_framework(ROOT / "tests" / "frameworks" / "small")


@cache
def key_features() -> Framework:
    """The product's own framework."""
    return load_framework(ROOT / "indicators" / "key_features_2013")


def observation(code: str, value: float | None, state: str = "") -> Observation:
    """A row of a workbook with an answer or a state and nothing else to say."""
    return Observation(code, value, state, 2025, "", "", "", "", Place("Sheet", "A1"), "")


def scored_codes(framework: Framework) -> tuple[str, ...]:
    """All scored measurements, in the order of the file."""
    return tuple(n.code for n in framework.measurements if n.measurement is not None and n.measurement.scored)


def values_between_goalposts(framework: Framework, way: FloatArray) -> FloatArray:
    """Values that stand `way` (0 to 1) from the lower to the upper goalpost; last axis the scored leaves."""
    facts = [framework.by_code[code].measurement for code in scored_codes(framework)]
    lower = np.array([fact.lower for fact in facts], dtype=float)
    upper = np.array([fact.upper for fact in facts], dtype=float)
    return lower + way * (upper - lower)


def panel_of(framework: Framework, values: FloatArray, out: BoolArray | None = None) -> Panel:
    """A panel of units u0, u1, ...; expert ratings count as the units' own."""
    codes = scored_codes(framework)
    out = np.zeros(values.shape, dtype=bool) if out is None else out
    own = np.array([framework.by_code[code].measurement.method == "expert" for code in codes])
    return Panel(tuple(f"u{i}" for i in range(len(values))), codes, values, out, own & ~np.isnan(values))


def with_weights(framework: Framework, weights: Mapping[str, float]) -> Framework:
    """The framework with other weights on some nodes."""
    nodes = tuple(replace(n, weight=weights.get(n.code, n.weight)) for n in framework.nodes)
    return replace(framework, nodes=nodes, by_code=MappingProxyType({n.code: n for n in nodes}))


def with_geometric_top(framework: Framework) -> Framework:
    """The same framework with geometric means on its two upper levels."""
    levels = tuple(
        replace(level, aggregation="geometric") if i < 2 else level
        for i, level in enumerate(framework.levels)
    )
    return replace(framework, levels=levels)


def at(scores: Scores, figure: str, code: str, unit: int = 0) -> float:
    """One figure of one node and unit."""
    return float(getattr(scores, figure)[unit, scores.column(code)])
