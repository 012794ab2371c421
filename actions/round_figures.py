"""What the marks of a round come to, each figure worked out when it is first asked for and remembered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from actions import house
from actions.access import Actor
from actions.round_bars import still_open
from actions.round_moment import counting, limits_of, moment_of
from actions.round_order import Order, order_of
from actions.round_read import Seen
from actions.round_slate_rules import winners
from actions.round_widths import NO_WIDTHS, Widths, widths
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


class Looked:
    """A round as somebody sees it, the same as long as nobody has said anything of it; beside it its figures.

    `of` are half-widths, or figures, which have theirs: whose dossiers may be opened is asked anew every time.
    """

    def __init__(self, found: Seen, of: Figures | Widths = NO_WIDTHS) -> None:
        self._held: tuple[Seen, Figures | Widths] | None = (found, of)
        self.key = (house.store().place, found.digest, of.widths if isinstance(of, Figures) else of)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Looked) and self.key == other.key

    def seen(self) -> Seen:
        """The round, once: what is remembered holds no words about people."""
        held, self._held = self._held, None
        assert held is not None  # a key is worked out once
        return held[0]

    def taken(self) -> tuple[Seen, Figures]:
        """The round and its figures, once."""
        held, self._held = self._held, None
        assert held is not None  # a key is worked out once
        found, of = held
        assert isinstance(of, Figures)
        return found, of


def figures(actor: Actor, found: Seen) -> Figures | None:
    """The figures that the viewer may see; None where results are not hers to see yet, or no mark is."""
    return _figures(Looked(found, widths(actor, found))) if found.sees_results else None


@lru_cache(maxsize=24)
def _figures(looked: Looked) -> Figures | None:
    return figures_of(looked.seen(), looked.key[-1])


def figures_of(found: Seen, of: Widths) -> Figures | None:
    """The figures of a round, with half-widths as given; None where no candidate and no mark is seen."""
    moment = moment_of(found)
    if moment is None:
        return None
    return Figures(moment, limits_of(found), order_of(found, moment), winners(found), still_open(found), of)
