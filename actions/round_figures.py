"""What the marks of a round come to, each figure worked out when it is first asked for and remembered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from actions.access import Actor
from actions.round_bars import still_open
from actions.round_moment import counting, limits_of, moment_of
from actions.round_order import Order, order_of
from actions.round_read import Seen
from actions.round_slate_rules import winners
from actions.round_widths import Widths, widths
from scoring.marks.agreement import Agreement, agreement
from scoring.marks.bands import MarkBands, mark_bands
from scoring.marks.disagreement import Disagreement, disagreement
from scoring.marks.limits import Limits
from scoring.marks.moment import Moment, Standing, Without, standing, without_each
from scoring.marks.severity import Severity, adjusted_marks, severity
from scoring.marks.sheet import Marks
from scoring.marks.summary import Summary, summary
from scoring.model import BoolArray, DrawSettings


@dataclass(frozen=True, eq=False)
class Figures:
    """All figures of one moment; arrays stand in the order of `moment.marks`.

    `unsettled` are the candidates whose eligibility is still open; `widths` how far indicators leave marks open.
    """

    moment: Moment
    limits: Limits
    order: Order
    winners: int
    unsettled: frozenset[str]
    widths: Widths

    @cached_property
    def marks(self) -> Marks:
        """The marks that count."""
        return counting(self.moment)

    @cached_property
    def standing(self) -> Standing:
        """Points and ranks as they count."""
        return standing(self.moment, self.limits)

    @cached_property
    def raw(self) -> Standing:
        """Points and ranks of the marks as they were given."""
        return standing(replace(self.moment, adjust=False), self.limits)

    @cached_property
    def adjusted(self) -> Standing:
        """Points and ranks corrected for severity, where that can be done."""
        return standing(replace(self.moment, adjust=True), self.limits)

    @cached_property
    def summary(self) -> Summary:
        """Mean, median, spread and number of marks."""
        return summary(self.marks)

    @cached_property
    def severity(self) -> Severity:
        """Which juror marks how much lower than the panel."""
        return severity(self.marks, self.limits)

    @cached_property
    def disagreement(self) -> Disagreement:
        """Over which cities the panel quarrels, and which marks stand out."""
        return disagreement(self.marks, self.severity, self.limits)

    @cached_property
    def agreement(self) -> Agreement:
        """How well the jurors agree."""
        return agreement(self.marks, self.limits)

    @cached_property
    def bands(self) -> MarkBands:
        """How sure the ranks are, by jurors, weights and the indicators behind the marks."""
        marks = self.marks
        if self.moment.adjust:
            marks = replace(marks, values=adjusted_marks(marks, self.severity))
        settings = DrawSettings(seed=self.limits.seed)
        return mark_bands(
            marks,
            settings,
            self.widths.table(marks.cities, marks.criteria),
            takes_part=self.standing.rank > 0,
            decimals=self.moment.decimals,
        )

    @cached_property
    def without(self) -> Without:
        """The ranking without each juror and each rule."""
        return without_each(self.moment, self.limits)

    @property
    def ranked(self) -> tuple[int, ...]:
        """The cities that have a rank, in their order."""
        return tuple(i for i in self.order.cities if self.standing.rank[i])

    def first(self, rank: NDArray[np.int64]) -> BoolArray:
        """Which cities would be among as many as win, by their ranks alone."""
        among: BoolArray = (rank > 0) & (rank <= self.winners)
        return among


def figures(actor: Actor, found: Seen) -> Figures | None:
    """The figures that the viewer may see; None where results are not hers to see yet, or no mark is."""
    return _figures(found, widths(actor, found)) if found.sees_results else None


@lru_cache(maxsize=24)
def _figures(found: Seen, of: Widths) -> Figures | None:
    return figures_of(found, of)


def figures_of(found: Seen, of: Widths) -> Figures | None:
    """The figures of a round, with half-widths as given; None where no candidate and no mark is seen."""
    moment = moment_of(found)
    if moment is None:
        return None
    return Figures(moment, limits_of(found), order_of(found, moment), winners(found), still_open(found), of)
