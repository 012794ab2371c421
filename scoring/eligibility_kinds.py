"""How is a rule of eligibility tested? One function a kind; rules name theirs."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from scoring.award import Absence, EligibilityRule, PastAward, States
from scoring.city_names import alike, same
from scoring.periods import Span, end_of_period, span

# What at_most_per takes for "shares it with nobody", such as a candidate that no commission has nominated.
NOBODY = "none"
# What a rule can say; ENDS_ON: it does not hold, and what stands in the way ends by itself on a known day.
HOLDS, DOES_NOT_HOLD, NOT_KNOWN, ENDS_ON = OUTCOMES = ("holds", "does_not_hold", "not_known", "ends_on")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who is nominated: every name that is used, the country (ISO 3166-1, three letters) and the facts asked, as text.

    A fact that is missing or "" is not known. `awarded_as` is what the secretariat found about past awards: the city
    of the past award that this is, "" for none of them, None as long as nobody has looked. `sources` says where a
    fact comes from.
    """

    id: str
    names: tuple[str, ...]
    country: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    awarded_as: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    def fact(self, name: str) -> str:
        """A fact's text, "" where it is not known; the country is one of the facts."""
        return (self.country if name == "country" else self.facts.get(name, "")).strip()


@dataclass(frozen=True, slots=True)
class Field:
    """What is known besides the candidate: the whole field, the awards given, and the states."""

    candidates: tuple[Candidate, ...]
    past: tuple[PastAward, ...]
    states: States


@dataclass(frozen=True, slots=True)
class Found:
    """What an answer rests on: the fact's text, the days it stands for, the last day on which it stands in the way.

    `award` is the past award concerned; `cities` are past winners who may be meant, `candidates` the nominees that
    are counted together. `ends` is the latest possible day where the date is known in part.
    """

    value: str = ""
    since: Span | None = None
    ends: datetime.date | None = None
    award: PastAward | None = None
    cities: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    source: str = ""


Tested = tuple[str, Found]
Kind = Callable[[EligibilityRule, Candidate, datetime.date, Field], Tested]


def one_of(rule: EligibilityRule, candidate: Candidate, on: datetime.date, whole: Field) -> Tested:
    """Whether the fact is one of the accepted values; ValueError for one that may not be answered."""
    value = candidate.fact(rule.fact)
    if not value:
        return NOT_KNOWN, Found()
    if rule.options and value not in rule.options:
        raise ValueError(f'{rule.fact} is "{value}" and must be one of {", ".join(rule.options)}')
    return (HOLDS if value in rule.accepted else DOES_NOT_HOLD), Found(value)


def at_least(rule: EligibilityRule, candidate: Candidate, on: datetime.date, whole: Field) -> Tested:
    """Whether the fact, a number, reaches the threshold."""
    value = candidate.fact(rule.fact)
    if not value:
        return NOT_KNOWN, Found()
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f'{rule.fact} is "{value}", which is not a number; write it as in 12500')
    return (HOLDS if number >= _number(rule) else DOES_NOT_HOLD), Found(value)


def longer_than(rule: EligibilityRule, candidate: Candidate, on: datetime.date, whole: Field) -> Tested:
    """Whether more than the period lies between the fact, a date, and the day: from the day after its end."""
    value = candidate.fact(rule.fact)
    if not value:
        return NOT_KNOWN, Found()
    since = span(value)
    outcome, ends = _period(since, _months(rule), on)
    return outcome, Found(value, since, ends)


def free_after_award(rule: EligibilityRule, candidate: Candidate, on: datetime.date, whole: Field) -> Tested:
    """Whether the period after the candidate's latest past award is over; an award later than the day is none yet.

    A candidate is a past winner of its country with the same name, folded. Where names are only alike, or the country
    is not known, it is not known either, until the secretariat says who it is.
    """
    given = tuple(award for award in whole.past if award.awarded.first <= on)
    if candidate.awarded_as is not None:
        if candidate.awarded_as and candidate.awarded_as not in {award.city for award in whole.past}:
            raise ValueError(f'"{candidate.awarded_as}" is no past winner')
        own = tuple(award for award in given if award.city == candidate.awarded_as)
    else:
        near = tuple(award for award in given if candidate.country in ("", award.country))
        own = tuple(award for award in near if candidate.country and same(candidate.names, award.all_names))
        doubtful = () if own else tuple(award for award in near if alike(candidate.names, award.all_names))
        blocking = {a.city: a for a in doubtful if on <= end_of_period(a.awarded.last, _months(rule))}
        if blocking:
            return NOT_KNOWN, Found(cities=tuple(blocking))
    if not own:
        return HOLDS, Found()
    latest = max(own, key=lambda award: award.awarded.last)
    outcome, ends = _period(latest.awarded, _months(rule), on)
    return outcome, Found(latest.city, latest.awarded, ends, latest)


def member_state(rule: EligibilityRule, candidate: Candidate, on: datetime.date, whole: Field) -> Tested:
    """Whether the country belongs to the organisation on the day."""
    value = candidate.fact(rule.fact)
    if value not in whole.states.known:
        return NOT_KNOWN, Found(value)
    for absence in whole.states.absences.get(value, ()):
        if (absence.first is None or absence.first <= on) and (absence.last is None or on <= absence.last):
            return (DOES_NOT_HOLD if absence.last is None else ENDS_ON), Found(
                value, _began(absence), absence.last
            )
    return HOLDS, Found(value)


def at_most_per(rule: EligibilityRule, candidate: Candidate, on: datetime.date, whole: Field) -> Tested:
    """Whether no more candidates than the threshold share the fact; all of them are told where there are more.

    Candidates of the same country whose fact is not known may share it, so they can leave the answer open; those
    whose fact is NOBODY do not.
    """
    value = candidate.fact(rule.fact)
    if not value:
        return NOT_KNOWN, Found()
    if value == NOBODY:
        return HOLDS, Found(value)
    sharing = tuple(one.id for one in whole.candidates if one.fact(rule.fact) == value)
    if len(sharing) > _number(rule):
        return DOES_NOT_HOLD, Found(value, candidates=sharing)
    perhaps = tuple(
        one.id
        for one in whole.candidates
        if not one.fact(rule.fact) and (not one.country or one.country == candidate.country)
    )
    outcome = NOT_KNOWN if len(sharing) + len(perhaps) > _number(rule) else HOLDS
    return outcome, Found(value, candidates=sharing)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "one_of": one_of,
        "at_least": at_least,
        "longer_than": longer_than,
        "free_after_award": free_after_award,
        "member_state": member_state,
        "at_most_per": at_most_per,
    }
)


def _period(since: Span, months: int, on: datetime.date) -> tuple[str, datetime.date]:
    """What a period says on a day, and its latest possible end; unknown between the earliest and the latest."""
    earliest, latest = end_of_period(since.first, months), end_of_period(since.last, months)
    if on > latest:
        return HOLDS, latest
    return (ENDS_ON if on <= earliest else NOT_KNOWN), latest


def _began(absence: Absence) -> Span | None:
    return None if absence.first is None else Span(absence.first, absence.first)


def _number(rule: EligibilityRule) -> float:
    if rule.number is None:
        raise ValueError(f'the kind "{rule.kind}" needs a number')
    return rule.number


def _months(rule: EligibilityRule) -> int:
    if rule.months is None:
        raise ValueError(f'the kind "{rule.kind}" needs a period')
    return rule.months
