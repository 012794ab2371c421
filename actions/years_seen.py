"""A city's years judged by a choice of rules: scores, breaks, progress and lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from actions.figures import NOTHING, points, share
from actions.years import (
    OWN,
    Break,
    CityYear,
    YearScore,
    answers_for,
    breaks,
    score_by_rules,
    score_handed_in,
)
from actions.years_words import break_reason, signed_points
from scoring.model import Framework
from scoring.plan import compile_plan
from scoring.progress import Baseline, Progress, baseline, broken_between, progress
from scoring.trends import Trend, cuts_of, trend


@dataclass(frozen=True, eq=False)
class Seen:
    """A city's years, the earliest first, judged by a choice of rules."""

    years: Sequence[CityYear]
    choice: str
    framework: Framework
    basket: str
    language: str

    @property
    def latest(self) -> CityYear:
        """The last assessment there is."""
        return self.years[-1]

    @property
    def joined(self) -> int | None:
        """When the city joined, as its profile said last."""
        said = [one.reading.profile.get("member_since") for one in reversed(self.years)]
        return next((int(one) for one in said if isinstance(one, int | float)), None)

    @property
    def baseline(self) -> Baseline:
        """The year from which progress since joining is counted."""
        return baseline([one.year for one in self.years], self.joined)

    @property
    def comparable(self) -> bool:
        """Whether all years are judged by the same rules, as each year's own need not be."""
        return self.choice != OWN or len({one.rules for one in self.years}) == 1

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Every break of the years."""
        return breaks(self.years, self.choice, self.framework)

    @cached_property
    def said_breaks(self) -> Mapping[int, Mapping[str, str]]:
        """Year -> what breaks -> why, in words."""
        found: dict[int, dict[str, str]] = {}
        for one in self.breaks:
            said = found.setdefault(one.year, {})
            said[one.code] = " · ".join(
                filter(None, (said.get(one.code, ""), break_reason(one, self.language)))
            )
        return found

    def score(self, one: CityYear, code: str) -> YearScore:
        """A node's score in a year by the chosen rules."""
        if self.choice == OWN:
            return score_handed_in(one, self.basket, code)
        return score_by_rules(self.framework, one, self.basket, code)

    def progress(self, first: CityYear, latest: CityYear) -> Progress:
        """From one year to a later one, without what a break between them parts."""
        broken = broken_between(self.said_breaks, first.year, latest.year)
        before, after = (answers_for(self.framework, one.reading) for one in (first, latest))
        return progress(self.framework, self.basket, before, after, broken)

    def since_joining(self, latest: CityYear) -> Progress | None:
        """Progress from the baseline to a year; None for a year before it, and where rules differ."""
        start = self.baseline.year
        if not self.comparable or latest.year < start:
            return None
        return self.progress(next(one for one in self.years if one.year == start), latest)

    def trend(self, code: str) -> Trend:
        """A node's assured scores over the years, cut where they cannot be compared."""
        counted = set(compile_plan(self.framework, self.basket).leaf_codes)
        found = {one.year: self.score(one, code).assured for one in self.years}
        return trend(code, found, cuts_of(self.framework, code, found, self.said_breaks, counted))


def number_text(value: float | None, language: str) -> str:
    """Points at the published rounding; a dash where there is no score."""
    return NOTHING if value is None else points(value, language)


def change_text(found: Progress | None, language: str) -> tuple[str, str]:
    """Progress and the comparable share in words; dashes where there is none."""
    if found is None or np.isnan(found.change[0]):
        return NOTHING, NOTHING if found is None else share(float(found.share[0]), language)
    return signed_points(float(found.change[0]), language), share(float(found.share[0]), language)
