"""What the rules of membership are made of: dated rules, calls, deadlines and papers, as frozen types.

A rule set is no thing of its own: it is the rules that are in force on the day from which it is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from indicators.labels import Label

# Of whom a rule asks something: of every city, of one that is not a member yet, of a member.
EVERYONE, APPLICANT, MEMBER = ASKED_OF = ("everyone", "applicant", "member")
# What a rule is about: the city itself, its application, staying a member, or something to know.
CITY, APPLICATION, STAYING, KNOWING = ABOUT = ("city", "application", "staying", "knowing")
# Whether a rule was seen in its publisher's own words, with something left open, or nowhere for sure.
CONFIRMED = ("yes", "partly", "no")
# How a fact is asked for: a choice, a whole number, or the day of a report (NO_REPORT for none yet).
CHOICE, WHOLE, REPORT = FACT_KINDS = ("choice", "whole", "report")
NO_REPORT = "none"
# Whence a fact comes: from the city's profile, or it is asked for the check alone.
PROFILE, HERE = FROM = ("profile", "here")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of test: how many facts it looks at (`most` None: any number), what it needs, what it may find.

    `cases` are the findings that have a sentence of advice, each with the facts that the sentence may name.
    """

    facts: int
    most: int | None
    needs: tuple[str, ...]
    cases: Mapping[str, frozenset[str]]


def _names(*names: str) -> frozenset[str]:
    return frozenset(names)


# Kind of test -> what it takes. `threshold` is a number, `meets` and `to_ask` are choices (of months: their numbers).
KINDS: Mapping[str, Kind] = {
    # A number that must be reached, and its year.
    "at_least": Kind(
        2, 2, ("threshold",), {"below": _names("found", "threshold", "short"), "unknown": _names("threshold")}
    ),
    # A choice: one that meets the rule, one about which somebody must be asked, or neither. A second fact is shown.
    "one_of": Kind(1, 2, ("meets",), {"no": _names(), "ask": _names(), "unknown": _names()}),
    # Several things that must all be so.
    "all_yes": Kind(1, None, (), {"missing": _names("missing"), "unknown": _names("missing")}),
    # Fewer others than there are places in the year.
    "places": Kind(
        1, 1, ("threshold",), {"full": _names("threshold", "year", "day"), "unknown": _names("threshold")}
    ),
    # A day in certain months of every year.
    "months": Kind(0, 0, ("meets",), {"open": _names("day"), "closed": _names("day")}),
    # A day within one of the calls.
    "calls": Kind(0, 0, (), {"open": _names("day"), "closed": _names("day"), "unknown": _names("day")}),
    # Year of joining and day of the last report: the next one is due `threshold` years on, or as announced.
    "reports": Kind(
        2,
        2,
        ("threshold",),
        {"due": _names("day"), "overdue": _names("day"), "unknown": _names("day")},
    ),
    # Something to know, which asks nothing that a city could answer.
    "told": Kind(0, 0, (), {}),
}


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule in one language: its title, the rule, what is not confirmed ("" for nothing), advice by case.

    `things` names what is missing where a fact is not so.
    """

    title: str
    rule: str
    caveat: str
    advice: Mapping[str, str]
    things: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: in force from `since` up to the day before `until` (None: still), then replaced by others."""

    id: str
    since: dt.date
    until: dt.date | None
    replaced_by: tuple[str, ...]
    about: str
    asked_of: str
    test: str
    facts: tuple[str, ...]
    threshold: float
    meets: tuple[str, ...]
    to_ask: tuple[str, ...]
    sources: tuple[str, ...]
    confirmed: str
    words: Mapping[str, RuleWords]

    def holds(self, day: dt.date) -> bool:
        """Whether the rule is in force on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A day on which rules changed, with the name and a note of what holds from then on, by language."""

    id: str
    since: dt.date
    source: str
    names: Mapping[str, str]
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact about a city: whence it comes, and how it is asked for. `low` and `high` bound a whole number."""

    id: str
    origin: str  # one of FROM
    kind: str  # one of FACT_KINDS; "" for a fact of the profile
    choices: tuple[str, ...]
    low: int
    high: int
    names: Mapping[str, str]
    hints: Mapping[str, str]
    choice_names: Mapping[str, Mapping[str, str]]  # language -> choice -> its name


@dataclass(frozen=True, slots=True)
class Call:
    """The first and the last day of one call for applications."""

    opens: dt.date
    closes: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A report's last day as announced, for cities that joined in certain years.

    `covers_to` is the last day that the report tells of (None: not said): one handed in earlier is another report.
    """

    joined_from: int
    joined_to: int
    covers_to: dt.date | None
    due: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to be signed or attached, and the rule that tells whether it is done ("" for none)."""

    id: str
    rule: str
    asked_of: str
    source: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Where a rule is written down: its year ("" where undated) and address; by language what it is called in short,

    its publisher, its title and a note.
    """

    id: str
    year: str
    url: str
    shorts: Mapping[str, str]
    publishers: Mapping[str, str]
    titles: Mapping[str, str]
    notes: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Membership:
    """All of it: rules in the order of the file, sets and calls by their days; `looked` is the month of the search."""

    languages: tuple[str, ...]
    looked: str
    rules: tuple[Rule, ...]
    sets: tuple[RuleSet, ...]
    facts: Mapping[str, Fact]
    calls: tuple[Call, ...]
    deadlines: tuple[Deadline, ...]
    papers: tuple[Paper, ...]
    sources: Mapping[str, RuleSource]
    known_not: Mapping[str, tuple[str, ...]]  # language -> sentences on what nobody has confirmed

    def set_on(self, day: dt.date) -> RuleSet | None:
        """The rule set of a day, None before the first one."""
        found = [one for one in self.sets if one.since <= day]
        return found[-1] if found else None

    def rule(self, id: str) -> Rule:
        """The rule of that id; KeyError."""
        for one in self.rules:
            if one.id == id:
                return one
        raise KeyError(id)


def texts_of(labels: Mapping[str, Label]) -> Mapping[str, str]:
    """The printed names of a drop-down list by id."""
    return {id: label.text for id, label in labels.items()}
