"""Who judges whom: proposed by the engine, looked at, changed by hand, kept pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from actions.access import Actor
from actions.round_facts import (
    MARKING,
    NO_CONFLICT,
    PAIR,
    Candidate,
    Seat,
    candidates,
    conflict,
    joined,
    pairs,
    seats,
    version_of,
)
from actions.round_read import Seen, seen
from actions.round_rights import ASSIGN
from actions.round_write import RoundError, Saying, keep
from scoring.marks.assignment import Assignment, assign
from scoring.marks.design import Design, design


@dataclass(frozen=True, eq=False)
class Plan:
    """Pairs of some jurors (rows) and cities (columns) with what they are worth; `closed` are conflicts.

    Cities and jurors are those that the viewer sees; a city that is closed to her keeps its jurors whatever she does.
    """

    jurors: tuple[Seat, ...]
    cities: tuple[Candidate, ...]
    closed: np.ndarray
    reads: np.ndarray
    assigned: np.ndarray
    design: Design


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody is to judge a city, or no more, on top of the version of that pair which was seen."""

    seat: str
    candidate: str
    assigned: bool
    base: int


def judges(found: Seen) -> tuple[Seat, ...]:
    """Who may be given cities: who marks, and has declared."""
    return tuple(one for one in seats(found.now) if one.active and one.role in MARKING and one.most > 0)


def plan(found: Seen, assigned: np.ndarray | None = None) -> Plan:
    """The pairs as they are, or as `assigned` (jurors x cities) would have them."""
    jurors, cities = judges(found), candidates(found.now)
    closed = np.array(
        [[conflict(found.now, j.id, i.id) != NO_CONFLICT for i in cities] for j in jurors], dtype=bool
    ).reshape(len(jurors), len(cities))
    reads = np.array(
        [[not i.languages or bool(set(j.languages) & set(i.languages)) for i in cities] for j in jurors],
        dtype=bool,
    ).reshape(closed.shape)
    if assigned is None:
        kept = set(pairs(found.now))
        assigned = np.array([[(j.id, i.id) in kept for i in cities] for j in jurors], dtype=bool).reshape(
            closed.shape
        )
    return Plan(jurors, cities, closed, reads, assigned, design(assigned))


def proposed(found: Seen, *, keep_present: bool) -> tuple[Plan, Assignment]:
    """The engine's proposal: least load, languages and a connected design. RoundError without jurors or cities."""
    present = plan(found)
    if not present.jurors or not present.cities:
        raise RoundError("nobody_to_assign")
    most = np.array([one.most for one in present.jurors], dtype=np.int64)
    fixed = present.assigned if keep_present else None
    if fixed is not None:
        # Who was given more by hand keeps it.
        most = np.maximum(most, fixed.sum(axis=1))
    made = assign(present.closed, present.reads, found.settings.least, most, found.settings.seed, fixed=fixed)
    return plan(found, made.assigned), made


def keep_plan(actor: Actor, round_id: str, seat: str, wanted: Iterable[tuple[str, str]]) -> int:
    """Keep who judges whom, for the cities that the actor sees; returns how many pairs changed.

    Errors as `keep_pairs`.
    """
    found = seen(actor, round_id, seat)
    present, wished = plan(found), set(wanted)
    changes = []
    for j, juror in enumerate(present.jurors):
        for i, city in enumerate(present.cities):
            want, has = (juror.id, city.id) in wished, bool(present.assigned[j, i])
            if want != has or (want and present.closed[j, i]):
                changes.append(Change(juror.id, city.id, want, pair_version(found, juror.id, city.id)))
    return keep_pairs(actor, round_id, seat, changes)


def keep_pairs(actor: Actor, round_id: str, seat: str, changes: Sequence[Change]) -> int:
    """Keep some pairs and leave all others as they are, whoever changed those since; returns how many changed.

    A pair in conflict, or of somebody who has not declared, is refused. NotAllowedError, RoundError
    (`pair_in_conflict`), MeanwhileError where one of these pairs was changed since, StoreError.
    """
    found = seen(actor, round_id, seat)
    free = {one.id for one in judges(found)}
    sayings = []
    for one in changes:
        if one.assigned and (
            one.seat not in free or conflict(found.now, one.seat, one.candidate) != NO_CONFLICT
        ):
            raise RoundError("pair_in_conflict")
        key, said = joined(one.seat, one.candidate), {"assigned": one.assigned}
        sayings.append(Saying(PAIR, key, one.base, said, about=(one.candidate,), seat=one.seat))
    if sayings:
        keep(actor, round_id, seat, ASSIGN, *sayings)
    return len(sayings)


def pair_version(found: Seen, seat: str, candidate: str) -> int:
    """Which version of a pair counts now; 0 where nothing was said of it."""
    return version_of(found.now, PAIR, seat, candidate)
