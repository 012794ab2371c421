"""What does a what-if come to? Scores, and the intervals of score and rank, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from actions import house
from actions.standing import WITH_CLAIMS, standings, upload
from actions.ways import seen
from scoring.model import DrawSettings, FloatArray, Framework, Panel, Scores
from scoring.scenario import Scenario, changed
from scoring.score import score
from scoring.start import half_widths
from scoring.uncertainty import uncertainty

# Draws times units: beyond so many a page with many candidates would no longer answer at once.
_WORK = 160_000
_DRAWS_LEAST = 1_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom a what-if is asked: the city's upload, the candidates beside it, the basket, with or without claims."""

    upload_id: str
    basket: str
    claims: str = WITH_CLAIMS
    beside: tuple[str, ...] = ()

    @property
    def upload_ids(self) -> tuple[str, ...]:
        """The city first, then the others."""
        return (self.upload_id, *(one for one in self.beside if one != self.upload_id))


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a scenario comes to for its city, in numbers; intervals are low, median, high, NaN where there is none."""

    scores: Scores
    score_interval: FloatArray
    rank_interval: FloatArray
    others: int  # candidates beside the city that are ranked


@lru_cache(maxsize=512)
def outcome(asked: Asked, scenario: Scenario) -> Outcome:
    """What a scenario comes to; ValueError for changes that cannot be, NotKeptError for an unknown upload."""
    where = standings(asked.upload_ids, asked.basket)
    framework, panel = changed(house.framework(), where.panel, asked.upload_id, scenario)
    panel = seen(panel, asked.claims)
    scores = score(framework, panel, asked.basket)
    sure = uncertainty(
        framework,
        # Named as for How sure?, so that an unchanged city has the same interval there and here.
        replace(panel, units=tuple(one.sha256 for one in where.uploads)),
        asked.basket,
        _widths(framework, panel, asked, scenario),
        scores.ranked,
        _settings(len(panel.units)),
    )
    others = int(scores.ranked[1:].sum())
    rank = sure.rank[0] if others and scores.ranked[0] else np.full(3, np.nan)
    return Outcome(scores, sure.score[0], rank, others)


def _settings(units: int) -> DrawSettings:
    usual = house.framework().rules.uncertainty
    return replace(usual, draws=min(usual.draws, max(_DRAWS_LEAST, _WORK // units)))


def _widths(framework: Framework, panel: Panel, asked: Asked, scenario: Scenario) -> FloatArray:
    """How far each value may be wrong; an answer that is only supposed is taken as the weakest grade."""
    observations = {one: upload(one).reading.observations for one in asked.upload_ids}
    widths = half_widths(framework, panel, observations)
    worst = framework.rules.evidence_grades[-1].half_width if framework.rules.evidence_grades else 0.0
    for code, _ in scenario.answers:
        if code not in observations[asked.upload_id]:
            widths[0, panel.codes.index(code)] = worst
    return widths
