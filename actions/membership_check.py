"""What do the rules in force on a day ask of a city, and what is met? Pure: rules, a day and facts in, findings out.

Facts are by name (indicators/membership/facts.csv); one that is not there is not known. Nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indicators.membership_rules import (
    APPLICANT,
    MEMBER,
    Deadline,
    Membership,
    Rule,
    RuleSet,
)

Value = str | float | int | dt.date
Facts = Mapping[str, Value]

# What is found of a rule; `told` asks nothing that a city could answer.
MET, NOT_MET, UNKNOWN, NOT_ASKED, TOLD = STATES = ("met", "not_met", "unknown", "not_asked", "told")
# Why a rule is not asked: it begins later, it was replaced, or it is for members or for applicants alone.
LATER, REPLACED, FOR_MEMBERS, FOR_APPLICANTS = "later", "replaced", "for_members", "for_applicants"
_YES = "yes"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is found of one rule: a state, and the case whose advice is told ("" for none).

    `missing` are facts that are not so or not said, `short` by how much a number stays below; `day` is the day on
    which something ends or begins, and `announced` says that it was not reckoned here.
    """

    rule: Rule
    state: str
    case: str = ""
    missing: tuple[str, ...] = ()
    short: float = 0.0
    day: dt.date | None = None
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """Every rule with what is found of it on a day, those in force first; `member_since` is None for no member."""

    on: dt.date
    rule_set: RuleSet | None
    outcomes: tuple[Outcome, ...]
    member_since: int | None

    def of(self, state: str) -> tuple[Outcome, ...]:
        """The findings of one state."""
        return tuple(one for one in self.outcomes if one.state == state)

    @property
    def asked(self) -> tuple[Outcome, ...]:
        """What the rules ask of the city on that day."""
        return tuple(one for one in self.outcomes if one.state in (MET, NOT_MET, UNKNOWN))

    @property
    def met(self) -> tuple[Outcome, ...]:
        """What of it is met."""
        return self.of(MET)


def evaluate(rules: Membership, on: dt.date, facts: Facts) -> Check:
    """What the rules in force on a day ask of a city with these facts, and what of it is met.

    A city is a member on that day if it joined in that year or before; whoever is no member is taken for one that
    applies.
    """
    joined = facts.get("member_since")
    member = int(joined) if isinstance(joined, int | float) and joined <= on.year else None
    found = [_outcome(rule, rules, on, facts, member) for rule in rules.rules]
    in_force = [one for one in found if one.rule.holds(on)]
    others = [one for one in found if not one.rule.holds(on)]
    return Check(on, rules.set_on(on), (*in_force, *others), member)


def _outcome(rule: Rule, rules: Membership, on: dt.date, facts: Facts, member: int | None) -> Outcome:
    if on < rule.since:
        return Outcome(rule, NOT_ASKED, LATER, day=rule.since, announced=True)
    if not rule.holds(on):
        return Outcome(rule, NOT_ASKED, REPLACED, day=rule.until, announced=True)
    if rule.asked_of == MEMBER and member is None:
        return Outcome(rule, NOT_ASKED, FOR_MEMBERS)
    if rule.asked_of == APPLICANT and member is not None:
        return Outcome(rule, NOT_ASKED, FOR_APPLICANTS)
    return _TESTS[rule.test](rule, rules, on, facts)


# --- one function a kind of test


def _told(rule: Rule, _rules: Membership, _on: dt.date, _facts: Facts) -> Outcome:
    return Outcome(rule, TOLD)


def _at_least(rule: Rule, _rules: Membership, _on: dt.date, facts: Facts) -> Outcome:
    value = facts.get(rule.facts[0])
    if not isinstance(value, int | float):
        return Outcome(rule, UNKNOWN, "unknown", missing=rule.facts[:1])
    if value >= rule.threshold:
        return Outcome(rule, MET)
    return Outcome(rule, NOT_MET, "below", short=rule.threshold - value)


def _one_of(rule: Rule, _rules: Membership, _on: dt.date, facts: Facts) -> Outcome:
    value = facts.get(rule.facts[0])
    if value is None:
        return Outcome(rule, UNKNOWN, "unknown", missing=rule.facts[:1])
    if value in rule.meets:
        return Outcome(rule, MET)
    # Where the rule itself leaves it open, nobody here may say no.
    return Outcome(rule, UNKNOWN, "ask") if value in rule.to_ask else Outcome(rule, NOT_MET, "no")


def _all_yes(rule: Rule, _rules: Membership, _on: dt.date, facts: Facts) -> Outcome:
    if no := tuple(one for one in rule.facts if facts.get(one, _YES) != _YES):
        return Outcome(rule, NOT_MET, "missing", missing=no)
    if silent := tuple(one for one in rule.facts if one not in facts):
        return Outcome(rule, UNKNOWN, "unknown", missing=silent)
    return Outcome(rule, MET)


def _places(rule: Rule, _rules: Membership, on: dt.date, facts: Facts) -> Outcome:
    others = facts.get(rule.facts[0])
    if not isinstance(others, int | float):
        return Outcome(rule, UNKNOWN, "unknown", missing=rule.facts)
    if others < rule.threshold:
        return Outcome(rule, MET)
    return Outcome(rule, NOT_MET, "full", day=dt.date(on.year + 1, 1, 1))


def _months(rule: Rule, _rules: Membership, on: dt.date, _facts: Facts) -> Outcome:
    months = sorted(int(one) for one in rule.meets)
    day = on
    if on.month in months:
        while day.month in months:
            day += dt.timedelta(days=1)
        return Outcome(rule, MET, "open", day=day - dt.timedelta(days=1), announced=True)
    while day.month not in months:
        day += dt.timedelta(days=1)
    return Outcome(rule, NOT_MET, "closed", day=day, announced=True)


def _calls(rule: Rule, rules: Membership, on: dt.date, _facts: Facts) -> Outcome:
    for call in rules.calls:
        if call.opens <= on <= call.closes:
            return Outcome(rule, MET, "open", day=call.closes, announced=True)
        if on < call.opens:
            return Outcome(rule, NOT_MET, "closed", day=call.opens, announced=True)
    last = rules.calls[-1].closes if rules.calls else None
    return Outcome(rule, UNKNOWN, "unknown", day=last, announced=True)


def _reports(rule: Rule, rules: Membership, on: dt.date, facts: Facts) -> Outcome:
    joined, last = facts.get(rule.facts[0]), facts.get(rule.facts[1])
    if not isinstance(joined, int | float):
        return Outcome(rule, UNKNOWN, "unknown", missing=rule.facts[:1])
    reported = last if isinstance(last, dt.date) and last <= on else None
    due, announced = next_report(rules.deadlines, int(joined), reported, int(rule.threshold))
    if on <= due:
        return Outcome(rule, MET, "due", day=due, announced=announced)
    if last is None:
        return Outcome(rule, UNKNOWN, "unknown", missing=rule.facts[1:], day=due, announced=announced)
    return Outcome(rule, NOT_MET, "overdue", day=due, announced=announced)


def next_report(
    deadlines: tuple[Deadline, ...], joined: int, last: dt.date | None, years: int
) -> tuple[dt.date, bool]:
    """The day by which a member's next report is due, and whether that day was announced.

    The first announced deadline of those who joined in that year whose report is not handed in; else `years` after the
    last report, or the end of the year that is `years` after joining.
    """
    for one in deadlines:
        if one.joined_from <= joined <= one.joined_to and (
            last is None or (one.covers_to is not None and last <= one.covers_to)
        ):
            return one.due, True
    if last is None:
        return dt.date(joined + years, 12, 31), False
    # A report of 29 February is two years on due on the last of February.
    day = last.day if (last.month, last.day) != (2, 29) else 28
    return dt.date(last.year + years, last.month, day), False


_TESTS: Mapping[str, Callable[[Rule, Membership, dt.date, Facts], Outcome]] = {
    "at_least": _at_least,
    "one_of": _one_of,
    "all_yes": _all_yes,
    "places": _places,
    "months": _months,
    "calls": _calls,
    "reports": _reports,
    "told": _told,
}
