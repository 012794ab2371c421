"""Who may be a candidate? Every rule asked of every candidate, with what was found and the days that matter.

Plain facts in, answers out; nothing is looked up. A rule that the facts cannot settle is not known, never guessed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scoring.award import EligibilityRule, PastAward, States
from scoring.eligibility_kinds import ENDS_ON, HOLDS, KINDS, NOT_KNOWN, OUTCOMES, Candidate, Field, Found

__all__ = [
    "ELIGIBLE",
    "NOT_ELIGIBLE",
    "OPEN",
    "OUTCOMES",
    "Answer",
    "Candidate",
    "GrantedException",
    "Standing",
    "evaluate",
]

# What all the answers of a candidate come to.
ELIGIBLE, NOT_ELIGIBLE, OPEN = "eligible", "not_eligible", "open"


@dataclass(frozen=True, slots=True)
class GrantedException:
    """That a rule shall not keep a candidate out: which rule, why, who decided it and when."""

    rule: str
    reason: str
    by: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What one rule says of one candidate on the day on which it is asked.

    `outcome` is one of OUTCOMES: holds, does_not_hold, not_known, ends_on (does not hold, and by itself no longer
    stands in the way after `found.ends`). An exception leaves the outcome as it is and lets the candidate pass.
    """

    rule: str
    outcome: str
    on: datetime.date
    found: Found
    exception: GrantedException | None = None

    @property
    def passes(self) -> bool:
        """Whether the rule does not keep the candidate out."""
        return self.outcome == HOLDS or self.exception is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """All answers about one candidate, in the order of the rules."""

    candidate: str
    answers: tuple[Answer, ...]

    def answer(self, rule: str) -> Answer:
        """What the rule of that id says; KeyError if there is none."""
        for answer in self.answers:
            if answer.rule == rule:
                return answer
        raise KeyError(rule)

    @property
    def verdict(self) -> str:
        """ELIGIBLE if every rule lets the candidate pass, OPEN if only unknown facts stand in the way."""
        open_ones = [answer for answer in self.answers if not answer.passes]
        if not open_ones:
            return ELIGIBLE
        return OPEN if all(answer.outcome == NOT_KNOWN for answer in open_ones) else NOT_ELIGIBLE

    @property
    def free_from(self) -> datetime.date | None:
        """The first day on which no rule keeps the candidate out, where all that do end by themselves; else None."""
        in_the_way = [answer for answer in self.answers if not answer.passes]
        ends = [one.found.ends for one in in_the_way if one.outcome == ENDS_ON and one.found.ends is not None]
        if not ends or len(ends) < len(in_the_way):
            return None
        return max(ends) + datetime.timedelta(days=1)


def evaluate(
    rules: Sequence[EligibilityRule],
    candidates: Sequence[Candidate],
    dates: Mapping[str, datetime.date],
    past: Sequence[PastAward] = (),
    states: States | None = None,
    exceptions: Mapping[str, Sequence[GrantedException]] | None = None,
) -> tuple[Standing, ...]:
    """The standing of every candidate, in their order; rules over the whole field count all of `candidates`.

    Each rule is asked on `dates[rule.asked_on]`. `past` are the awards that the series has given, `states` the states
    of its organisation, `exceptions` those granted, by candidate. Raises ValueError naming candidate, rule and value
    for two candidates of one id, a fact that cannot be read, a date that is missing and an exception from no rule.
    """
    ids = [candidate.id for candidate in candidates]
    for id in ids:
        if ids.count(id) > 1:
            raise ValueError(f'two candidates have the id "{id}"; each needs one of its own')
    for rule in rules:
        if rule.asked_on not in dates:
            raise ValueError(f'rule "{rule.id}" is asked on "{rule.asked_on}", a date that the round lacks')
    granted = _granted(rules, ids, exceptions or {})
    whole = Field(tuple(candidates), tuple(past), states or States())
    return tuple(
        Standing(
            candidate.id,
            tuple(
                _answer(rule, candidate, dates[rule.asked_on], whole, granted.get((candidate.id, rule.id)))
                for rule in rules
            ),
        )
        for candidate in candidates
    )


def _answer(
    rule: EligibilityRule,
    candidate: Candidate,
    on: datetime.date,
    whole: Field,
    exception: GrantedException | None,
) -> Answer:
    if rule.kind not in KINDS:
        raise ValueError(f'rule "{rule.id}" is of the kind "{rule.kind}"; the kinds are {", ".join(KINDS)}')
    try:
        outcome, found = KINDS[rule.kind](rule, candidate, on, whole)
    except ValueError as error:
        raise ValueError(f'candidate "{candidate.id}", rule "{rule.id}": {error}') from None
    source = candidate.sources.get(rule.fact, "")
    return Answer(rule.id, outcome, on, replace(found, source=source), exception)


def _granted(
    rules: Sequence[EligibilityRule],
    ids: Sequence[str],
    exceptions: Mapping[str, Sequence[GrantedException]],
) -> Mapping[tuple[str, str], GrantedException]:
    """(candidate, rule) -> the exception granted last."""
    known = {rule.id for rule in rules}
    granted: dict[tuple[str, str], GrantedException] = {}
    for id, several in exceptions.items():
        if id not in ids:
            raise ValueError(f'an exception is granted to "{id}", who is no candidate')
        for one in sorted(several, key=lambda exception: exception.at):
            if one.rule not in known:
                raise ValueError(f'candidate "{id}" has an exception from "{one.rule}", which is no rule')
            if not one.reason.strip():
                raise ValueError(f'the exception of candidate "{id}" from "{one.rule}" needs a reason')
            granted[id, one.rule] = one
    return granted
