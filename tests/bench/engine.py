"""How long does the engine take for large panels, for one city's why and what next, and for a published index?"""

from __future__ import annotations

import numpy as np

from actions.index import run
from scoring.audit import audit
from scoring.differences import difference, difference_from
from scoring.moves import Way, steps
from scoring.route import alternatives
from scoring.score import score
from tests.bench.grid import framework, panel
from tests.bench.row import Row
from tests.bench.scoring import BASKETS, as_if_serving, bare_pass, best
from tests.bench.surety import LARGE, cpu_in_turn, in_turn
from tests.bench.visitor import ROOT
from tests.scoring.towns import key_features, panel_of, scored_codes, values_between_goalposts

HDI = ROOT / "tests" / "frameworks" / "hdi"


def rows() -> list[Row]:
    """The figures of this benchmark; takes some ten seconds."""
    as_if_serving()
    return [*_scored(), *_told(), _audited(), _published()]


def _scored() -> list[Row]:
    units, leaves = LARGE
    asked = framework(leaves)
    few, many = panel(units, leaves, gaps=True), panel(10 * units, leaves, gaps=True)
    ours, bare = in_turn(
        lambda: [score(asked, few, basket) for basket in BASKETS],
        bare_pass(few, every_node=True, framework=asked),
        rounds=100,
    )
    less, more = cpu_in_turn(
        lambda: [score(asked, few, basket) for basket in BASKETS],
        lambda: [score(asked, many, basket) for basket in BASKETS],
        rounds=40,
    )
    name = f"{units} x {leaves} with gaps, both baskets, all nodes"
    beside = f"{10 * units:,} x {leaves} scored, CPU"
    return [
        Row(name, ours * 1e3, "ms", bare * 1e3, 30, 5),
        Row(beside, more * 1e3, "ms", less * 1e3, 12, note=f"beside {units} x {leaves}"),
    ]


def _told() -> list[Row]:
    units, leaves = LARGE
    asked = framework(leaves)
    scores = score(asked, panel(units, leaves, gaps=True), "full")
    where = best(lambda: difference_from(asked, scores, "u1"), seconds=0.5)
    why = best(lambda: difference(asked, scores, "u1", "u2"), seconds=0.5)
    routes = best(_routes, seconds=1)
    return [
        Row("where one city's score comes from, every node", where * 1e3, "ms", most=2),
        Row("why it is not another's, every node", why * 1e3, "ms", most=2),
        Row("its route to the next level, and another one", routes * 1e3, "ms"),
    ]


def _routes() -> object:
    """Three steps of a twentieth, or two levels, of every measurement of a city half-way to the highest level."""
    ours = key_features()
    codes = scored_codes(ours)
    share = np.random.default_rng(4).uniform(0.3, 0.7, (1, len(codes)))
    values = values_between_goalposts(ours, share)
    ways = []
    for k, code in enumerate(codes):
        facts = ours.by_code[code].measurement
        ladder = facts is not None and facts.scale == "ladder"
        values[0, k] = np.rint(values[0, k]) if ladder else values[0, k]
        reached = steps(ours, code, float(values[0, k]), 1.0 if ladder else 0.05, 2 if ladder else 3)
        if reached:
            ways.append(Way(code, reached, (1 + k % 3,) * len(reached)))
    found = alternatives(ours, panel_of(ours, values), "u0", "full", ways, 60.0)
    if len(found) != 2 or not all(route.reached for route in found):
        raise RuntimeError("no two routes were found, so this measures something else")
    return found


def _audited() -> Row:
    units, leaves = LARGE
    asked, seen = framework(leaves), panel(units, leaves, gaps=True)
    (seconds,) = in_turn(lambda: audit(asked, seen, "full"), rounds=3)
    return Row(f"audit of {units} x {leaves}", seconds, "s", most=1)


def _published() -> Row:
    data = HDI / "hdi_1990_2022.csv"
    (seconds,) = in_turn(lambda: run(HDI, data, HDI / "method.toml"), rounds=2)
    return Row("index of 5,808 country-years and more from files", seconds, "s")
