"""Frameworks of any number of measurements and panels for them, made in memory: what large benchmarks judge."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import MappingProxyType

import numpy as np

from scoring.model import FloatArray, Framework, Node, Panel
from tests.scoring.towns import key_features, panel_of, values_between_goalposts

FOCUS_AREAS = 12
FEATURES = 30
# As in the product's own framework: so many of the measurements are expert ratings on a ladder, and core.
LADDERS, CORE = 0.4, 0.65
BLANK, CLAIMED_OUT = 0.15, 0.015


@cache
def framework(leaves: int) -> Framework:
    """The product's framework with so many measurements in its place, on the same levels by the same rules."""
    ours = key_features()
    facts = [node.measurement for node in ours.measurements if node.measurement and node.measurement.scored]
    linear = next(fact for fact in facts if fact.scale == "linear")
    ladder = next(fact for fact in facts if fact.scale == "ladder")
    nodes = [Node("c", "", "city", 1.0, True, ())]
    nodes += [Node(f"g{k}", "c", "group", 1.0 + k, True, ()) for k in range(3)]
    nodes += [Node(f"a{k}", f"g{k % 3}", "focus_area", 1.0, True, ()) for k in range(FOCUS_AREAS)]
    nodes += [Node(f"f{k}", f"a{k % FOCUS_AREAS}", "feature", 1.0 + k % 2, True, ()) for k in range(FEATURES)]
    for k in range(leaves):
        fact = replace(
            ladder if (k * LADDERS) % 1 < LADDERS else linear,
            basket="core" if (k * CORE) % 1 < CORE else "full",
            outside_remit=True,
        )
        nodes.append(Node(f"m{k}", f"f{k % FEATURES}", "measurement", 1.0 + k % 3, True, (), fact))
    below: dict[str, list[str]] = {node.code: [] for node in nodes}
    for node in nodes[1:]:
        below[node.parent].append(node.code)
    return replace(
        ours,
        id=f"grid{leaves}",
        root="c",
        nodes=tuple(nodes),
        by_code=MappingProxyType({node.code: node for node in nodes}),
        children=MappingProxyType({code: tuple(codes) for code, codes in below.items() if codes}),
        checks=(),
    )


def panel(units: int, leaves: int, gaps: bool) -> Panel:
    """Units between the goalposts; with gaps, some answers are blank and some claimed to be outside the remit."""
    random, asked = np.random.default_rng(2021), framework(leaves)
    values: FloatArray = values_between_goalposts(asked, random.random((units, leaves)))
    facts = [node.measurement for node in asked.measurements]
    ladder = np.array([fact is not None and fact.scale == "ladder" for fact in facts])
    values[:, ladder] = np.rint(values[:, ladder])
    out = (random.random(values.shape) < CLAIMED_OUT) & gaps
    values[out] = np.nan
    made = panel_of(asked, values, out)
    return blanks(made) if gaps else made


def blanks(full: Panel) -> Panel:
    """The panel with some answers blank."""
    empty = np.random.default_rng(7).random(full.values.shape) < BLANK
    return replace(full, values=np.where(empty, np.nan, full.values), claimed=full.claimed & ~empty)
