"""How sure are the scores and the ranks? What they come to when every choice is drawn anew (scoring.draws)."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.draws import Start
from scoring.model import BoolArray, DrawSettings, FloatArray, Framework, Panel
from scoring.runs import runs
from scoring.start import start_of
from scoring.tally import PAIRS_MOST, Scale, Tally

CHUNKS_AHEAD = 3


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """Scores and ranks over all draws; intervals are units x (low, median, high) in the settings' quantiles.

    Ranks are of scores as published, ties sharing the best, among the units that take part; NaN for others.
    `rank_counts` is units x ranks 1, 2, ...: in how many draws a unit has that rank. `above` is
    units x units: the share of draws in which the row's published score is higher than the column's.
    """

    basket: str
    units: tuple[str, ...]
    settings: DrawSettings
    takes_part: BoolArray
    score: FloatArray
    rank: FloatArray
    rank_counts: NDArray[np.int32]
    above: FloatArray | None  # None for more than PAIRS_MOST units
    at_least: FloatArray  # units x bands: the share of draws in which the score reaches a band's start

    @property
    def rank_shares(self) -> FloatArray:
        """Units x ranks 1, 2, ...: the share of draws in which a unit has that rank; made when it is asked for."""
        return self.rank_counts / self.settings.draws

    def top(self, k: int) -> FloatArray:
        """Each unit's share of draws in which it is among the best `k`."""
        share: FloatArray = self.rank_counts[:, :k].sum(axis=1) / self.settings.draws
        return share


def uncertainty(
    framework: Framework,
    panel: Panel,
    basket_id: str,
    widths: FloatArray,
    takes_part: BoolArray,
    settings: DrawSettings,
) -> Uncertainty:
    """Intervals, rank shares and who is above whom, for every unit of a panel.

    `widths` is as from scoring.start.half_widths, `takes_part` says who is ranked (units). Raises what
    scoring.start.start_of raises, and ValueError for settings that cannot be drawn.
    """
    check(settings)
    start = start_of(framework, panel, basket_id, widths, settings)
    starts = tuple(band.start for band in framework.rules.bands)
    return observe(start, basket_id, takes_part, framework.rules.published_decimals, starts, settings)


def check(settings: DrawSettings) -> None:
    """ValueError for settings that cannot be drawn, naming the one that is wrong."""
    if settings.draws < 1:
        raise ValueError(f"draws is {settings.draws}; at least one is needed")
    if not 0 <= settings.weights < 1:
        raise ValueError(f"weights may differ by 0 to below 1 of themselves, not by {settings.weights:g}")
    if not 0 <= settings.goalposts < 0.5:
        raise ValueError(
            f"goalposts may move by 0 to below 0.5 of their distance, not by {settings.goalposts:g}"
        )
    if not 0 <= settings.other_rule <= 1:
        raise ValueError(f"other_rule is a share of draws from 0 to 1, not {settings.other_rule:g}")
    if not 0 <= settings.low < 0.5 < settings.high <= 1:
        raise ValueError(f"quantiles must lie around 0.5, not be {settings.low:g} and {settings.high:g}")


def observe(
    start: Start,
    basket_id: str,
    takes_part: BoolArray,
    decimals: int,
    bands: tuple[float, ...],
    settings: DrawSettings,
) -> Uncertainty:
    """Counts what happens in all draws; nothing is checked."""
    tally = Tally(start.units, Scale.of(start, decimals), takes_part, bands)
    # Counting a chunk goes on beside the drawing of the next one; the sums do not depend on the order.
    with ThreadPoolExecutor(2) as pool:
        ahead: deque[Future[None]] = deque()
        for whole in runs(start, settings):
            ahead.append(pool.submit(tally.take, whole))
            if len(ahead) > CHUNKS_AHEAD:
                ahead.popleft().result()
        for done in ahead:
            done.result()
    quantiles = (settings.low, 0.5, settings.high)
    return Uncertainty(
        basket=basket_id,
        units=start.units,
        settings=settings,
        takes_part=takes_part,
        score=tally.score_quantiles(quantiles),
        rank=tally.rank_quantiles(quantiles),
        rank_counts=tally.rank_counts(),
        above=tally.above / settings.draws if len(start.units) <= PAIRS_MOST else None,
        at_least=tally.reached / settings.draws,
    )
