"""How far has a city come since it joined? A figure of its own, beside its level and never blended with it.

The level is the score of a year. Progress is the change of the comparable part alone: of the measurements that are
answered in both years and that no break in series parts. Both years are scored on these by the same rules, so that
neither a new question answered nor a new definition counts as progress; which share of the weight this is stands
beside it.

A node's points are its reported score (scoring.score) on the comparable part. The method is this tool's own; no
source was found that states one for this network.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.model import FloatArray, Framework, Observation, Panel, Scores
from scoring.panel import assemble
from scoring.score import score
from scoring.trends import EVERYTHING, Breaks

# What the two years are called as units of scores.
FIRST, LATEST = "first", "latest"
# Why a baseline is the one it is.
AT_JOINING, AFTER_JOINING, ONLY_EARLIER, JOINING_UNKNOWN = BASELINES = ("at", "after", "earlier", "unknown")
# Why a measurement is not compared.
BROKEN, FIRST_ONLY, LATEST_ONLY, NEITHER = LEFT_OUT = ("broken", "first_only", "latest_only", "neither")


@dataclass(frozen=True, slots=True)
class Baseline:
    """The year that progress is counted from, and why: of joining, the first after it, or the first one there is."""

    year: int
    kind: str


@dataclass(frozen=True, eq=False)
class Progress:
    """From one year to a later one on what can be compared; arrays run over `nodes`, the whole first.

    `first` and `latest` are points of the comparable part, `change` = latest - first, `share` (0-1) how much of the
    node's weight is comparable. Points are NaN where nothing is. `compared` are the measurements that count,
    `left_out` those that do not, and why (a name of LEFT_OUT).
    """

    nodes: tuple[str, ...]
    first: FloatArray
    latest: FloatArray
    share: FloatArray
    compared: tuple[str, ...]
    left_out: Mapping[str, str]
    scores: Scores  # of the units FIRST and LATEST, on what is compared

    @property
    def change(self) -> FloatArray:
        """Points won since the first year, negative for lost ones."""
        return self.latest - self.first

    def at(self, code: str) -> tuple[float, float]:
        """Change and comparable share of one node; ValueError if the basket has no such node."""
        i = self.nodes.index(code)
        return float(self.change[i]), float(self.share[i])


def baseline(years: Sequence[int], joined: int | None) -> Baseline:
    """From which of some assessments progress is counted: the earliest at or after joining, else the first there is.

    ValueError where there is no assessment.
    """
    if not years:
        raise ValueError("there is no assessment that progress could be counted from")
    if joined is None:
        return Baseline(min(years), JOINING_UNKNOWN)
    since = [year for year in years if year >= joined]
    if not since:
        return Baseline(min(years), ONLY_EARLIER)
    return Baseline(min(since), AT_JOINING if min(since) == joined else AFTER_JOINING)


def broken_between(breaks: Breaks, first: int, latest: int) -> frozenset[str]:
    """What a break parts from the first year: codes of all breaks after it, up to the latest year."""
    return frozenset(code for year, said in breaks.items() if first < year <= latest for code in said)


def progress(
    framework: Framework,
    basket_id: str,
    first: Mapping[str, Observation],
    latest: Mapping[str, Observation],
    broken: Collection[str] = (),
) -> Progress:
    """Progress from the answers of one year to those of a later one (measurement's code -> answer).

    `broken` are the measurements that a break parts, EVERYTHING among them for all. A claim of being outside the
    remit that stands in both years takes the measurement out of both. KeyError for an unknown basket.
    """
    panel = assemble(framework, {FIRST: first, LATEST: latest})
    given = ~np.isnan(panel.values)
    parted = np.array([EVERYTHING in broken or code in broken for code in panel.codes], dtype=bool)
    kept = given.all(axis=0) & ~parted
    # Taken out of both years alike, so that both are judged by the same weights.
    out = np.broadcast_to((panel.out.all(axis=0)) & ~given.any(axis=0), given.shape)
    comparable = Panel(
        panel.units, panel.codes, np.where(kept, panel.values, np.nan), out.copy(), panel.claimed & kept
    )
    scores = score(framework, comparable, basket_id)
    counted = set(scores.nodes)
    return Progress(
        nodes=scores.nodes,
        first=scores.reported[0],
        latest=scores.reported[1],
        share=np.nan_to_num(scores.coverage[0], nan=0.0),
        compared=tuple(
            code for code, is_kept in zip(panel.codes, kept, strict=True) if is_kept and code in counted
        ),
        left_out={
            code: _why(*given[:, i], parted=bool(parted[i]))
            for i, code in enumerate(panel.codes)
            if code in counted and not kept[i] and not out[0, i]
        },
        scores=scores,
    )


def _why(in_first: bool, in_latest: bool, *, parted: bool) -> str:
    if in_first and in_latest and parted:
        return BROKEN
    if in_first:
        return FIRST_ONLY
    return LATEST_ONLY if in_latest else NEITHER
