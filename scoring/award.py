"""The frozen types of an award: who may be a candidate, by what a candidate is marked, and how winners are chosen.

What each column means stands in docs/award-format.md. Nothing here computes.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.model import Source
from scoring.periods import Span


@dataclass(frozen=True, slots=True)
class EligibilityRule:
    """One condition: of which fact, by which kind of test, against what, on which of the round's dates.

    `accepted` are the values that satisfy `one_of`, `options` all that may be answered (none: any); `number` is the
    threshold of the other kinds, `months` that of a period.
    """

    id: str
    kind: str  # scoring.eligibility_kinds.KINDS
    fact: str
    accepted: tuple[str, ...]
    options: tuple[str, ...]
    number: float | None
    months: int | None
    asked_on: str  # a key of Award.dates
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class PastAward:
    """One award in one round: to whom, under which names, and on which day (or between which days)."""

    round: str
    city: str
    country: str  # ISO 3166-1, three letters
    region: str
    names: Mapping[str, str]
    other_names: tuple[str, ...]
    awarded: Span
    source: str

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name that the city may be called by."""
        return (*self.names.values(), *self.other_names)


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a state does not belong to the organisation; None where no day of beginning or end is known."""

    first: datetime.date | None
    last: datetime.date | None
    source: str


@dataclass(frozen=True, slots=True)
class States:
    """The states that are known, and the absences of those that are not members throughout."""

    known: frozenset[str] = frozenset()
    absences: Mapping[str, tuple[Absence, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marks:
    """The levels of the rubric, and the step between two marks."""

    lowest: int
    highest: int
    step: float


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is marked: its weight, and the nodes and themes whose answers speak to it (none: any may)."""

    id: str
    weight: float
    nodes: tuple[str, ...]
    themes: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class CriterionWords:
    """A criterion in one language; `anchors` says what each level of the rubric looks like."""

    title: str
    short: str
    meaning: str
    anchors: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class SelectionRule:
    """A bound on the winners taken together; a wish may be broken and then says so."""

    id: str
    kind: str  # winners | at_most_per | at_least_of | minimum
    of: str  # at_most_per: country or region; at_least_of: a region; minimum: a criterion, or "every"
    number: float
    binding: bool
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class TieBreak:
    """What decides between equal candidates, after those before it have not."""

    id: str
    kind: str  # lowest_mark | criterion | region_without_winner | vote
    of: str  # criterion: its id; otherwise ""
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a round: what may be done in it, which phases may follow, and who sees what.

    `jurors_see` is none, after_own or all: whose marks and reasons besides one's own; `office_sees` none or all, for
    chair, substitute and secretariat; `names` whether others' marks bear names; `results` nobody, office, jury or
    everybody; `open` that conflicts hide nothing any more.
    """

    id: str
    acts: frozenset[str]
    next: tuple[str, ...]
    jurors_see: str
    office_sees: str
    names: bool
    results: str
    open: bool


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule in one language: its name, and the rule as a sentence."""

    title: str
    text: str


@dataclass(frozen=True, eq=False)
class Award:
    """An award folder: rules, criteria and words in every language, with the past awards of its series."""

    id: str
    series: str
    edition: str
    confirmed: bool  # whether the rules were checked against the organiser's own text of this round
    counts: str  # progress_since_joining | level
    languages: tuple[str, ...]
    names: Mapping[str, str]
    notes: Mapping[str, str]
    rubric_by: Mapping[str, str]  # whose rubric it is, by language
    dates: Mapping[str, datetime.date]
    marks: Marks
    regions: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    eligibility: tuple[EligibilityRule, ...]
    selection: tuple[SelectionRule, ...]
    tie_breaks: tuple[TieBreak, ...]
    phases: tuple[Phase, ...]
    past: tuple[PastAward, ...]
    states: States
    sources: Mapping[str, Source]
    sources_in: Mapping[str, Mapping[str, Source]]
    criterion_words: Mapping[str, Mapping[str, CriterionWords]]
    rule_words: Mapping[str, Mapping[str, RuleWords]]
    phase_words: Mapping[str, Mapping[str, RuleWords]]
    questions: Mapping[str, Mapping[str, str]]  # language -> fact -> the question by which it is asked
    terms: Mapping[str, Mapping[str, str]]

    def phase(self, id: str) -> Phase:
        """The phase of that id; KeyError if there is none."""
        for phase in self.phases:
            if phase.id == id:
                return phase
        raise KeyError(id)

    def rule(self, id: str) -> EligibilityRule:
        """The eligibility rule of that id; KeyError if there is none."""
        for rule in self.eligibility:
            if rule.id == id:
                return rule
        raise KeyError(id)
