"""What a round's entries say now: candidates, seats, conflicts, who judges whom, marks. Pure; asks nobody's rights.

Every function takes entries, of a whole journal or of what somebody may see of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from actions.judging_limits import number
from store.rounds import Entry

# Kinds of entries.
SETTINGS, PHASE, CANDIDATE, EXCEPTION, EXPERT = "settings", "phase", "candidate", "exception", "expert"
SEAT, DECLARED, REVIEWED, PAIR = "seat", "declared", "reviewed", "pair"
MARK, VERDICT = "mark", "verdict"
QUESTION, AGENDA, BALLOT, VOTE, DECISION, DISSENT = (
    *("question", "agenda", "ballot", "vote", "decision", "dissent"),
)
FEEDBACK = "feedback"
# The one thing of a round that has no key of its own.
ONE = ""
# What stands for a name that was erased.
NAMELESS = "–"
# What members of a round are.
JUROR, CHAIR, SUBSTITUTE, SECRETARIAT, AUDITOR = SEAT_ROLES = (
    *("juror", "chair", "substitute", "secretariat", "auditor"),
)
# Who marks.
MARKING = (JUROR, CHAIR, SUBSTITUTE)
# What a conflict can be, besides none; the last one is what a second person found.
NO_CONFLICT = "none"
CONFLICTS = ("city", "country", "employer", "family", "paid_work", "past_visit", "other")
FOUND_BY_REVIEW = "review"
# A candidate, or a dossier on which all mark alike before the real ones.
CANDIDATE_KIND, REFERENCE_KIND = "candidate", "reference"
# What a mark can be: a mark, or that there is not enough evidence for one.
MARKED, NOT_ENOUGH = "mark", "not_enough"
# The decision by which a city is a winner.
AWARD = "award"

Now = Mapping[tuple[str, str], Entry]


class Latest(dict[tuple[str, str], Entry]):
    """What counts of each thing, once all is read; a round has thousands of marks and few of anything else."""

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        """The same by kind, in order."""
        found: dict[str, list[Entry]] = {}
        for (kind, _), one in self.items():
            found.setdefault(kind, []).append(one)
        return {kind: tuple(some) for kind, some in found.items()}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a round is called and what was set for it; where nothing was, the award's own rules hold.

    `weights` by criterion (none: the award's), `winners` 0 for the award's number, `minimum` the mark that each
    criterion of a winner should reach (None: the award's), `adjust` whether marks count as corrected for severity,
    `least` jurors a city, `second_share` of evidence checks that a second person repeats blindly, `seed` of draws.
    """

    name: str
    dates: Mapping[str, str]
    weights: Mapping[str, float]
    winners: int
    minimum: float | None
    adjust: bool
    least: int
    second_share: float
    seed: int
    version: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A city in a round; `upload_id` is its dossier ("" while it may not be opened), `facts` what eligibility asks.

    `awarded_as` is the past winner that it is, "" for none of them, None where nobody has looked.
    """

    id: str
    kind: str
    name: str
    country: str
    region: str
    city_id: str
    upload_id: str
    languages: tuple[str, ...]
    facts: Mapping[str, str]
    sources: Mapping[str, str]
    awarded_as: str | None
    withdrawn: bool
    version: int


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in a round: what she is there, what she reads, where she is from, how many cities she takes."""

    id: str
    person: str
    role: str
    name: str
    employer: str
    country: str
    languages: tuple[str, ...]
    most: int
    active: bool
    version: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What a juror gave a city on a criterion: `value` None where she found too little evidence for a mark."""

    seat: str
    candidate: str
    criterion: str
    value: float | None
    reason: str
    phase: str
    version: int
    at: str


def latest(entries: Iterable[Entry]) -> Now:
    """What counts of each thing: its last version."""
    return Latest(((one.kind, one.key), one) for one in entries)


def joined(*parts: str) -> str:
    """The key of what hangs on several things."""
    return ":".join(parts)


def settings(now: Now) -> Settings:
    """What was set for the round last."""
    found = now.get((SETTINGS, ONE))
    said: Mapping[str, Any] = found.said if found else {}
    return Settings(
        name=str(said.get("name", "")),
        dates=said.get("dates", {}),
        weights=said.get("weights", {}),
        winners=int(said.get("winners", 0)),
        minimum=said.get("minimum"),
        adjust=bool(said.get("adjust", False)),
        least=int(said.get("least", number("round", "least_jurors"))),
        second_share=float(said.get("second_share", number("round", "second_share"))),
        seed=int(said.get("seed", number("round", "seed"))),
        version=found.version if found else 0,
    )


def phase_id(now: Now, first: str) -> str:
    """In which phase the round is; it begins in the first one."""
    found = now.get((PHASE, ONE))
    return str(found.said["phase"]) if found else first


def candidates(now: Now, kind: str = CANDIDATE_KIND) -> tuple[Candidate, ...]:
    """Those who are in the round, in the order in which they came; withdrawn ones are left out."""
    every = (_candidate(one) for one in of_kind(now, CANDIDATE))
    return tuple(one for one in every if one.kind == kind and not one.withdrawn)


def dossiers(now: Now) -> tuple[Candidate, ...]:
    """Candidates and reference dossiers, the withdrawn ones too."""
    return tuple(_candidate(one) for one in of_kind(now, CANDIDATE))


def dossier_of(now: Now, id: str) -> Candidate | None:
    """A candidate or reference dossier by its id, withdrawn or not; None for what is not there."""
    one = now.get((CANDIDATE, id))
    return None if one is None else _candidate(one)


def _candidate(one: Entry) -> Candidate:
    said = one.said
    return Candidate(
        id=one.key,
        kind=str(said.get("kind", CANDIDATE_KIND)),
        name=str(said["name"]),
        country=str(said.get("country", "")),
        region=str(said.get("region", "")),
        city_id=str(said.get("city_id", "")),
        upload_id=str(said.get("upload_id", "")),
        languages=tuple(said.get("languages", ())),
        facts=said.get("facts", {}),
        sources=said.get("sources", {}),
        awarded_as=said.get("awarded_as"),
        withdrawn=bool(said.get("withdrawn", False)),
        version=one.version,
    )


def seats(now: Now) -> tuple[Seat, ...]:
    """Every place in the round, in the order in which they were made; those given up are inactive."""
    return tuple(_seat(one) for one in of_kind(now, SEAT))


def seat_of(now: Now, id: str) -> Seat | None:
    """A seat by its id, given up or not; None for what is not there."""
    one = now.get((SEAT, id))
    return None if one is None else _seat(one)


def _seat(one: Entry) -> Seat:
    return Seat(
        id=one.key,
        person=str(one.said.get("person", "")),
        role=str(one.said["role"]),
        # Of somebody who was erased there is a seat and no name.
        name=str(one.words.get("name") or NAMELESS),
        employer=str(one.words.get("employer", "")),
        country=str(one.said.get("country", "")),
        languages=tuple(one.said.get("languages", ())),
        most=int(one.said.get("most", 0)),
        active=bool(one.said.get("active", True)),
        version=one.version,
    )


def conflict(now: Now, seat: str, candidate: str) -> str | None:
    """What stands between a seat and a candidate: NO_CONFLICT, one of CONFLICTS, FOUND_BY_REVIEW; None: not declared.

    Who declared and who looked at it after her: the later one counts.
    """
    key = joined(seat, candidate)
    declared, reviewed = now.get((DECLARED, key)), now.get((REVIEWED, key))
    if declared is None:
        return FOUND_BY_REVIEW if reviewed and reviewed.said["conflict"] else None
    if reviewed is not None and reviewed.number > declared.number:
        found = (
            FOUND_BY_REVIEW if declared.said["conflict"] == NO_CONFLICT else str(declared.said["conflict"])
        )
        return found if reviewed.said["conflict"] else NO_CONFLICT
    return str(declared.said["conflict"])


def conflicted(now: Now, seat: str, candidate: str) -> bool:
    """Whether a candidate is closed to a seat by a conflict."""
    return conflict(now, seat, candidate) not in (None, NO_CONFLICT)


def undeclared(now: Now, seat: str) -> tuple[str, ...]:
    """The candidates of which a seat has not said yet whether there is a conflict."""
    within = (one for one in dossiers(now) if not one.withdrawn)
    return tuple(one.id for one in within if conflict(now, seat, one.id) is None)


def pairs(now: Now) -> tuple[tuple[str, str], ...]:
    """Who judges whom: seat and candidate, of active seats and candidates that are in the round, without conflicts."""
    active = {one.id for one in seats(now) if one.active}
    within = {one.id for one in dossiers(now) if not one.withdrawn}
    found = (tuple(one.key.split(":")) for one in of_kind(now, PAIR) if one.said["assigned"])
    return tuple((s, c) for s, c in found if s in active and c in within and not conflicted(now, s, c))


def marks(now: Now) -> tuple[Mark, ...]:
    """The marks that count, in the order in which they were first given; those of recused jurors do not."""
    every = given(now)
    recused = {pair: conflicted(now, *pair) for pair in {(one.seat, one.candidate) for one in every}}
    return tuple(one for one in every if not recused[one.seat, one.candidate])


def given(now: Now) -> tuple[Mark, ...]:
    """Every mark that is in, of recused jurors too, in the order in which they were first given."""
    return tuple(mark_of(one, *one.key.split(":")) for one in of_kind(now, MARK) if one.said["answer"])


def mark_of(one: Entry, seat: str, candidate: str, criterion: str) -> Mark:
    """A mark as its entry says it."""
    value = float(one.said["value"]) if one.said["answer"] == MARKED else None
    return Mark(
        seat=seat,
        candidate=candidate,
        criterion=criterion,
        value=value,
        reason=str(one.said.get("reason", "")),
        phase=str(one.said.get("phase", "")),
        version=one.version,
        at=one.at,
    )


def all_in(now: Now, seat: str, candidate: str, criteria: Iterable[str]) -> bool:
    """Whether a seat has answered every criterion for a candidate."""
    return all(
        (found := now.get((MARK, joined(seat, candidate, one)))) is not None and found.said["answer"]
        for one in criteria
    )


def checked_twice(round_id: str, candidate: str, field: str, share: float) -> bool:
    """Whether an answer's evidence is to be checked by a second person who does not see the first one's verdict.

    Drawn by a hash of the answer itself, so that no other city's answers have a part in it.
    """
    digest = hashlib.sha256(f"{round_id} {candidate} {field}".encode()).digest()
    return int.from_bytes(digest[:4], "big") < share * 2**32


def version_of(now: Now, kind: str, *key: str) -> int:
    """The version of one thing that counts now, 0 where nothing was said of it: on top of it the next one is said."""
    one = now.get((kind, joined(*key)))
    return one.version if one else 0


def of_kind(now: Now, kind: str) -> tuple[Entry, ...]:
    """What counts of one kind, in the order in which each thing came in."""
    if isinstance(now, Latest):
        return now.by_kind.get(kind, ())
    return tuple(one for (its, _), one in now.items() if its == kind)
