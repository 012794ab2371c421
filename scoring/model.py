"""The frozen types that every room shares.

Codes are text everywhere: "1.10" is not "1.1". Points and percentages run 0-100,
weights, coverage and shares 0-1. Nothing here computes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
# What may be set of a method: a number, yes or no, a text, or a list of numbers.
Parameter = float | bool | str | tuple[float, ...]

# What a city may say about a measurement, in the order of the workbook's drop-down list.
STATES = (
    "answered",
    "not_applicable",
    "outside_remit",
    "not_collected",
    "confidential",
    "coming_later",
)
# The states that take a measurement out of the basket (as a claim, up to a cap).
CLAIMED_OUT_STATES = ("not_applicable", "outside_remit")
# How much a finding matters, most first.
SEVERITIES = ("refuses", "blocks", "question", "note")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a workbook: the sheet's name as written and a cell such as "F12"."""

    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """What is asked and how it is judged; the columns of nodes.csv (docs/framework-format.md).

    `lower` < `upper` are goalposts in the measurement's unit, None where it is not scored;
    `direction` says which of them earns the points: 1 the upper, -1 the lower, 0 neither.
    """

    unit: str
    direction: int
    method: str  # official | survey | expert
    basket: str
    scale: str  # linear | log | ladder | none
    lower: float | None
    upper: float | None
    goalpost_kind: str  # normative | statistical | convention, of the end worth full points
    floor_kind: str  # the same, of the end worth none
    goalpost_source: tuple[str, ...]  # ids in sources.csv
    goalpost_scope: str
    goalpost_verified: bool
    role: str  # scored | shown | doubtful
    outside_remit: bool
    plausible_low: float
    plausible_high: float
    # For index use: what a normalisation asks for, and whether its points are cut (None: as is usual for it).
    parameters: Mapping[str, Parameter] = field(default_factory=dict, hash=False)
    cut: bool | None = None

    @property
    def scored(self) -> bool:
        return self.role == "scored"


@dataclass(frozen=True, slots=True)
class Node:
    """One row of the framework's tree; `measurement` is set on the leaves only."""

    code: str
    parent: str  # "" at the root
    level: str
    weight: float
    wording_verified: bool
    sdg: tuple[str, ...]
    measurement: Measurement | None = None
    loss: str = ""  # for index use: the column with the per cent that is taken off the node's points


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the tree, its rule for joining children and the coverage it asks for (0-1 or None)."""

    name: str
    aggregation: str  # a name of scoring.aggregations; "" on the lowest level
    coverage: float | None
    power: float = 1.0  # the exponent of a power mean


@dataclass(frozen=True, slots=True)
class Basket:
    """A choice of measurements: those whose own basket is among `includes`."""

    id: str
    includes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A level of achievement of this tool, from `start` points upwards."""

    id: str
    start: float


@dataclass(frozen=True, slots=True)
class EvidenceGrade:
    """One class of data quality; `weak` ones are counted beside every score.

    A value of this class is taken to lie within `half_width` times the distance of the goalposts.
    """

    id: str
    weak: bool
    half_width: float = 0.0


@dataclass(frozen=True, slots=True)
class DrawSettings:
    """What an uncertainty analysis varies and by how much (docs/decisions/0012).

    `weights` is the share of itself by which a weight may differ, `goalposts` the share of their distance by
    which goalposts may move, `other_rule` how often the whole is joined by the other rule; `missing` and
    `evidence` say whether blanks and the errors of values take part. `low` and `high` are the quantiles shown.
    """

    draws: int = 10_000
    seed: int = 2021
    weights: float = 0.25
    goalposts: float = 0.10
    other_rule: float = 0.5
    missing: bool = True
    evidence: bool = True
    low: float = 0.05
    high: float = 0.95


@dataclass(frozen=True, slots=True)
class Rules:
    """The judging numbers of a framework that belong to no single node (framework.toml)."""

    points_maximum: float
    ladder_levels: int
    ladder_step: float
    geometric_floor: float
    geometric_level: str | None
    published_decimals: int
    remit_level: str | None
    remit_cap_level: float
    remit_cap_overall: float
    badge_age: int
    refused_age: int
    bands: tuple[Band, ...]
    evidence_grades: tuple[EvidenceGrade, ...]
    uncertainty: DrawSettings = DrawSettings()


@dataclass(frozen=True, slots=True)
class Words:
    """What a node is called and how it is explained, in one language."""

    title: str
    short: str
    definition: str
    how: str
    example: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a judging number or a figure comes from."""

    id: str
    publisher: str
    title: str
    year: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class LadderLevel:
    """One described step of the ladder for expert-review measurements."""

    level: int
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """A rule between two fields of one city's answers (docs/framework-format.md, checks.csv)."""

    relation: str  # part_of | not_after | ratio
    left: str  # a measurement's code, or "profile:" and a field's id
    right: str
    low: float | None
    high: float | None


@dataclass(frozen=True, eq=False)
class Framework:
    """What is measured: the whole catalogue of one edition. Compared and cached by `id` and `edition`."""

    id: str
    edition: str
    root: str
    languages: tuple[str, ...]
    text_status: str
    levels: tuple[Level, ...]
    baskets: tuple[Basket, ...]
    rules: Rules
    nodes: tuple[Node, ...]  # parents before children, siblings in the order of the file
    sources: Mapping[str, Source]  # as in sources.csv, in the first language
    sources_in: Mapping[str, Mapping[str, Source]]  # language -> id -> source, in that language
    words: Mapping[str, Mapping[str, Words]]  # language -> code -> words
    units: Mapping[str, Mapping[str, str]]  # language -> unit id -> text
    ladder: Mapping[str, tuple[LadderLevel, ...]]  # language -> levels from 0; empty without a ladder
    terms: Mapping[str, Mapping[str, str]]  # language -> "band.A", "state.answered", ... -> text
    by_code: Mapping[str, Node] = field(repr=False)
    children: Mapping[str, tuple[str, ...]] = field(repr=False)
    checks: tuple[FieldCheck, ...] = ()
    # Older edition -> old code -> today's code, "" where an answer cannot be carried over.
    editions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def measurements(self) -> tuple[Node, ...]:
        """All leaves, scored or not, in the order of the file."""
        return tuple(node for node in self.nodes if node.measurement is not None)

    def at_level(self, level: str) -> tuple[Node, ...]:
        """The nodes of one level, in the order of the file."""
        return tuple(node for node in self.nodes if node.level == level)

    def basket(self, basket_id: str) -> Basket:
        """The basket of that id; KeyError if the framework has none such."""
        for basket in self.baskets:
            if basket.id == basket_id:
                return basket
        raise KeyError(basket_id)


@dataclass(frozen=True, slots=True)
class Link:
    """That a feature speaks to a theme, how strongly, and why (reason by language)."""

    feature: str
    kind: str  # primary | secondary
    weight: float
    reason: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Theme:
    """One paragraph of a declaration."""

    code: str  # the paragraph's number as text
    role: str  # scored | duty | shown
    feature_share: float  # share of the score that comes from linked features; the rest from the rating
    thin: bool
    links: tuple[Link, ...]
    sdg: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Declaration:
    """An outcome document as themes linked to a framework's features."""

    id: str
    edition: str
    framework: str
    names: Mapping[str, str]  # language -> title as printed
    other_names: tuple[str, ...]  # spellings that a search must find as well
    languages: tuple[str, ...]
    themes: tuple[Theme, ...]
    words: Mapping[str, Mapping[str, Words]]
    text_status: str = ""  # how far numbers and wording were checked against the printed document


@dataclass(frozen=True, slots=True)
class Observation:
    """One answered (or explicitly unanswered) row of a workbook, as it was understood.

    `value` is in the measurement's unit, ladder levels 0-5; None where there is no usable number.
    `state` is one of STATES, or "" where the row says nothing. `reason` explains a state other
    than answered (taken from the remark). `rule` names the ways of reading applied to `raw`, joined by
    blanks (indicators/number_rules.csv), `confidence` is certain, read or doubtful ("" where nothing was
    read), and `candidates` are the values of a doubtful text, which were not taken. `series_break` is why this
    year's value cannot be compared with those of earlier years, "" where it can be.
    """

    code: str
    value: float | None
    state: str
    year: int | None
    grade: str
    source: str
    link: str
    remark: str
    place: Place
    raw: str
    rule: str = ""
    confidence: str = ""
    candidates: tuple[float, ...] = ()
    series_break: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One filled entry of the city's profile, as it was understood; fields as those of an observation."""

    field: str
    value: str | float | int | None
    place: Place
    raw: str
    rule: str = ""
    confidence: str = ""
    candidates: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a file that a person should look at.

    `kind` is a row of indicators/findings.csv; `facts` fill its sentence in the reader's language
    (always text or numbers, never markup). `code` is the measurement or profile field concerned;
    `proposal` is the text that would be right in the cell, where there is exactly one sensible one.
    """

    kind: str
    severity: str
    place: Place | None = None
    code: str = ""
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
    proposal: str = ""


@dataclass(frozen=True, eq=False)
class Reading:
    """All that was understood from one workbook.

    `observations` by measurement code and `ratings` by "declaration:theme" hold at most one row a code;
    `profile` holds the city's fields by the ids of indicators/profile.csv, as text or numbers, and
    `entries` how each was read. `answers` are those given to questions about whole columns, by question id.
    `made_from` names the record that the workbook was made from, and the parts of it ("" for any other workbook).
    """

    framework: str
    edition: str
    language: str
    invented: bool
    profile: Mapping[str, str | float | int]
    observations: Mapping[str, Observation]
    ratings: Mapping[str, Observation]
    findings: tuple[Finding, ...]
    entries: Mapping[str, Entry] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    made_from: str = ""

    @property
    def refused(self) -> Finding | None:
        """The finding for which the file was refused as a whole, if it was."""
        for finding in self.findings:
            if finding.severity == "refuses":
                return finding
        return None


@dataclass(frozen=True, eq=False)
class Panel:
    """Answers of several units as arrays, units x leaves in the order of `codes`.

    `values` is NaN where nothing usable was answered; `out` marks claims that a measurement is not
    the unit's business; `claimed` marks values that the unit rated itself and nobody has verified.
    """

    units: tuple[str, ...]
    codes: tuple[str, ...]
    values: FloatArray
    out: BoolArray
    claimed: BoolArray


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of several units on every node of a basket; arrays are units x nodes unless said otherwise.

    NaN stands where a node is outside the unit's basket, and in `reported` where nothing is answered;
    `weight` is 0 there, and the two figures without claims stay numbers, since refusing a claim
    brings its node back.
    """

    basket: str
    units: tuple[str, ...]
    nodes: tuple[str, ...]  # codes; leaves included
    assured: FloatArray  # blank counts 0
    reported: FloatArray  # mean of what is answered
    upper: FloatArray  # blank counts 100; assured..upper is the bracket
    coverage: FloatArray  # share of the node's basket weight that is answered
    claimed: FloatArray  # share of the node's basket weight rated by the unit itself
    without_claims: FloatArray  # assured, if every claim (rating or remit) counted as blank
    refused_remit: FloatArray  # assured, if every claim of being outside the remit were refused
    nominal: FloatArray  # weight of the node in the whole before anything leaves the basket; nodes
    weight: FloatArray  # share of the parent's weight after re-sharing, units x nodes
    in_basket: BoolArray
    out: BoolArray  # leaves x units that left the basket by an accepted claim, units x nodes
    out_over_cap: BoolArray  # claims beyond the cap, which count as blank, units x nodes
    geometric: FloatArray  # mean over the nodes of rules.geometric_level, at most assured; units
    balance_loss: FloatArray  # assured minus geometric; units
    ranked: BoolArray  # coverage suffices for level and rank; units

    def column(self, code: str) -> int:
        """The position of a node in the arrays; ValueError if the basket has no such node."""
        return self.nodes.index(code)


@dataclass(frozen=True, eq=False)
class ThemeScores:
    """Scores on the themes of a declaration; arrays are units x themes, NaN where not scored."""

    units: tuple[str, ...]
    themes: tuple[str, ...]
    assured: FloatArray
    reported: FloatArray
    upper: FloatArray
    coverage: FloatArray
    features_assured: FloatArray  # the part from linked features, 0-100
    features_reported: FloatArray
    rating: FloatArray  # the city's own rating as points, NaN where blank
    feature_share: FloatArray  # units x themes, after features outside the unit's basket have left
    rests_on_rating: BoolArray  # more than half of the weight behind the assured score is self-rated


@dataclass(frozen=True, slots=True)
class Step:
    """One line of working: from a child to its contribution to the parent.

    points 0-100 (None if blank), share of the parent's weight 0-1, contribution in the parent's points.
    """

    code: str
    status: str  # answered | blank | out | over_cap | outside_basket
    points: float | None
    share: float
    contribution: float
