"""Who of a round may be a candidate: every rule asked of everybody, the days on which blocks end, and past winners.

Worked out from what a viewer sees alone: a city that is closed to her is counted in no rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from actions.round_facts import CANDIDATE_KIND, EXCEPTION, Candidate, candidates, dossiers, of_kind, settings
from actions.round_read import COMPUTER, Seen
from actions.uploads import fold
from scoring import eligibility, eligibility_kinds
from scoring.award import Award, EligibilityRule, PastAward
from scoring.city_names import same
from scoring.eligibility import ELIGIBLE, GrantedException, Standing
from scoring.periods import end_of_period, span

# Kinds of rules whose facts are no free text.
ONE_OF, AT_LEAST, LONGER_THAN, AFTER_AWARD = ("one_of", "at_least", "longer_than", "free_after_award")
MEMBER_STATE, AT_MOST_PER = ("member_state", "at_most_per")
# Who enters facts, and so sees them before declaring.
_ENTERING = ("secretariat", COMPUTER)


@dataclass(frozen=True, slots=True)
class PastWinner:
    """A city that has received the award: its latest award, the last day of the block, the first day after it.

    `blocked` says that the block still runs on the day on which the rule is asked; `entered` that the city is in the
    round as a reference already.
    """

    award: PastAward
    ends: dt.date
    free_from: dt.date
    blocked: bool
    entered: bool


def dates(found: Seen) -> Mapping[str, dt.date]:
    """The days that rules are asked on: the round's own where they are set, else those of the award."""
    made = dict(found.award.dates)
    for name, text in settings(found.now).dates.items():
        try:
            made[name] = dt.date.fromisoformat(str(text))
        except ValueError:
            continue
    return made


def sees_facts(found: Seen) -> bool:
    """Whether the viewer sees what eligibility is told from: those who run the round, once they have declared.

    Who enters the facts sees them before.
    """
    return found.viewer.role in _ENTERING or (found.viewer.office and found.viewer.declared)


def standings(found: Seen) -> Mapping[str, Standing]:
    """What every rule says of every candidate that is in the round, by candidate."""
    award = found.award
    within = candidates(found.now)
    asked = [_asked(award, one) for one in within]
    granted = {one.id: tuple(exceptions(found, one.id).values()) for one in within}
    answered = eligibility.evaluate(
        award.eligibility,
        asked,
        dates(found),
        award.past,
        award.states,
        {k: v for k, v in granted.items() if v},
    )
    return {one.candidate: one for one in answered}


def eligible(found: Seen) -> frozenset[str]:
    """The candidates that no rule keeps out."""
    return frozenset(id for id, one in standings(found).items() if one.verdict == ELIGIBLE)


def exceptions(found: Seen, candidate: str) -> Mapping[str, GrantedException]:
    """The exceptions of a candidate that hold now, by rule."""
    rules = {one.id for one in found.award.eligibility}
    return {
        entry.said["rule"]: GrantedException(
            entry.said["rule"], entry.said["reason"], entry.by, dt.datetime.fromisoformat(entry.at)
        )
        for entry in of_kind(found.now, EXCEPTION)
        if entry.about == (candidate,) and entry.said["granted"] and entry.said["rule"] in rules
    }


def _asked(award: Award, one: Candidate) -> eligibility_kinds.Candidate:
    """A candidate as the rules ask it: what cannot be read is not known."""
    readable = {
        rule.fact: text
        for rule in award.eligibility
        if (text := one.facts.get(rule.fact, "")) and not unreadable(rule, text)
    }
    winners = {past.city for past in award.past}
    awarded_as = one.awarded_as if not one.awarded_as or one.awarded_as in winners else None
    return eligibility_kinds.Candidate(one.id, (one.name,), one.country, readable, awarded_as, one.sources)


def unreadable(rule: EligibilityRule, text: str) -> bool:
    """Whether a text is no answer to the question of a rule."""
    if rule.kind == ONE_OF:
        return bool(rule.options) and text not in rule.options
    try:
        if rule.kind == LONGER_THAN:
            span(text)
        if rule.kind == AT_LEAST:
            float(text)
    except ValueError:
        return True
    return False


def block_rule(award: Award) -> EligibilityRule | None:
    """The rule that blocks past winners for a time; None where an award has none."""
    return next((one for one in award.eligibility if one.kind == AFTER_AWARD and one.months), None)


def past_winners(found: Seen) -> tuple[PastWinner, ...]:
    """Every city that has the award on the day asked, those whose block ends last first, then by name."""
    rule = block_rule(found.award)
    if rule is None:
        return ()
    on, references = dates(found)[rule.asked_on], dossiers(found.now)
    latest: dict[str, PastAward] = {}
    for one in found.award.past:
        known = latest.get(one.city)
        if one.awarded.first <= on and (known is None or one.awarded.last > known.awarded.last):
            latest[one.city] = one
    made = [_winner(one, rule, on, references) for one in latest.values()]
    return tuple(sorted(made, key=lambda one: (-one.ends.toordinal(), fold(one.award.names["en"]))))


def _winner(
    one: PastAward, rule: EligibilityRule, on: dt.date, references: tuple[Candidate, ...]
) -> PastWinner:
    ends = end_of_period(one.awarded.last, rule.months or 0)
    entered = any(
        each.kind != CANDIDATE_KIND
        and not each.withdrawn
        and each.country == one.country
        and same((each.name,), one.all_names)
        for each in references
    )
    return PastWinner(one, ends, ends + dt.timedelta(days=1), blocked=on <= ends, entered=entered)


def blocked_winner(found: Seen, name: str, country: str) -> PastWinner | None:
    """The past winner that a city of this name and country is, while its block runs; None for anybody else."""
    return next(
        (
            one
            for one in past_winners(found)
            if one.blocked and one.award.country == country and same((name,), one.award.all_names)
        ),
        None,
    )
