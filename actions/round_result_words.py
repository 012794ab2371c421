"""What results are said with: names of cities, jurors, criteria and rules, and marks as they are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from actions import house
from actions.figures import NOTHING
from actions.round_bars import WITHDRAWN
from actions.round_facts import dossiers, seats
from actions.round_read import Seen
from locales import Speaker, mark
from scoring.marks.moment import BAR, MINIMA, ROUNDING, SEVERITY
from scoring.slate_problem import COUNTRY, CRITERION, REGION_LEAST, REGION_MOST, Rule

Rows = Sequence[Mapping[str, object]]
# Marks are printed with so many decimals.
DECIMALS = 2
_OWN_RULES = {
    MINIMA: mark("The least mark of each criterion"),
    SEVERITY: mark("The correction for severity"),
    ROUNDING: mark("The rounding of points"),
    WITHDRAWN: mark("Withdrawn from the round"),
}


@dataclass(frozen=True, eq=False)
class Names:
    """What everything in a round is called in one language."""

    language: str
    cities: Mapping[str, str]
    jurors: Mapping[str, str]
    criteria: Mapping[str, str]
    rules: Mapping[str, str]
    regions: Mapping[str, str]

    @property
    def voice(self) -> Speaker:
        """Who says it."""
        return house.voice(self.language)

    def juror(self, seat: str) -> str:
        """A juror's name; where names are not shown, that it is another juror."""
        return self.jurors.get(seat) or self.voice.say("Another juror")

    def rule(self, name: str) -> str:
        """What a rule of the award or of the ranking is called."""
        return self.voice.say(_OWN_RULES[name]) if name in _OWN_RULES else self.rules.get(name, name)

    def slate_rule(self, rule: Rule) -> str:
        """What a rule of choosing winners is called, with the region or criterion that it is about."""
        say = self.voice.say
        if rule.kind == COUNTRY:
            return say("At most so many winners of one country")
        if rule.kind == REGION_LEAST:
            return say("A winner of the region {region}", region=self.regions[rule.name])
        if rule.kind == REGION_MOST:
            return say("At most so many winners of the region {region}", region=self.regions[rule.name])
        if rule.kind == CRITERION:
            return say("The least mark for {criterion}", criterion=self.criteria[rule.name])
        return self.rule(rule.name) if rule.kind == BAR else say("The number of winners")


def names(found: Seen, language: str) -> Names:
    """What everything that the viewer sees of a round is called."""
    award = found.award
    return Names(
        language=language,
        cities={one.id: one.name for one in dossiers(found.now)},
        jurors={one.id: one.name for one in seats(found.now)},
        criteria={one.id: award.criterion_words[language][one.id].short for one in award.criteria},
        rules={name: words.title for name, words in award.rule_words[language].items()},
        regions={name: award.terms[language][f"region.{name}"] for name in award.regions},
    )


def points(value: float, language: str) -> str:
    """A mean of marks as it is published; a dash where there is none."""
    return NOTHING if np.isnan(value) else house.voice(language).number(float(value), DECIMALS)


def change(value: float, language: str, digits: int = DECIMALS) -> str:
    """By how much, with its sign; a dash where it cannot be told."""
    if np.isnan(value):
        return NOTHING
    text = house.voice(language).number(abs(float(value)), digits)
    if not any(sign in text for sign in "123456789"):
        return text
    return f"+{text}" if value > 0 else f"−{text}"
