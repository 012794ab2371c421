"""How sure is what we know of some cities? The draws, counted once for the same cities and kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from actions import house
from actions.candidates import city_ranks, gather
from actions.standing import WITH_CLAIMS, Standing
from scoring.bands import rank_bands
from scoring.model import Panel
from scoring.sensitivity import Sensitivity, sensitivity
from scoring.start import half_widths, start_of
from scoring.uncertainty import Uncertainty, uncertainty

# So many runs tell indices apart by a few hundredths; fewer would often be too unsure to print.
DRIVER_RUNS = 60_000


@dataclass(frozen=True, eq=False)
class Surety:
    """Several cities, the draws of their scores and ranks, and each city's rank band (0 without a rank)."""

    where: Standing
    sure: Uncertainty
    bands: NDArray[np.int64]


@lru_cache(maxsize=128)
def surety(upload_ids: tuple[str, ...], basket: str, claims: str = WITH_CLAIMS) -> Surety:
    """Intervals and bands of some uploads; NotKeptError if one is not kept."""
    where = gather(upload_ids, basket, claims)
    sure = uncertainty(
        house.framework(),
        _panel(where),
        basket,
        _widths(where),
        where.scores.ranked,
        house.framework().rules.uncertainty,
    )
    return Surety(where, sure, rank_bands(sure))


@lru_cache(maxsize=64)
def drivers(upload_ids: tuple[str, ...], basket: str, claims: str = WITH_CLAIMS) -> Sensitivity:
    """What moves the order of some uploads, and the score of one that stands alone."""
    where = gather(upload_ids, basket, claims)
    framework, panel = house.framework(), _panel(where)
    how = replace(framework.rules.uncertainty, draws=DRIVER_RUNS)
    start = start_of(framework, panel, basket, _widths(where), how)
    usual = np.array(city_ranks(where), dtype=float)
    alone = panel.units if len(panel.units) == 1 else ()
    return sensitivity(start, usual, where.scores.ranked, framework.rules.published_decimals, how, alone)


def _panel(where: Standing) -> Panel:
    """The panel with each city called by its workbook's hash, so that the same file has the same draws anywhere."""
    return replace(where.panel, units=tuple(one.sha256 for one in where.uploads))


def _widths(where: Standing) -> NDArray[np.float64]:
    answers = {one.id: one.reading.observations for one in where.uploads}
    return half_widths(house.framework(), where.panel, answers)
