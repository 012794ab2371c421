"""Who judges whom: proposed by the engine, looked at, changed by hand, kept pair by pair."""

from __future__ import annotations

from collections.abc import Iterable
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
    made = assign(present.closed, present.reads, found.settings.least, most, found.settings.seed, fixed=fixed)
    return plan(found, made.assigned), made


def keep_plan(actor: Actor, round_id: str, seat: str, wanted: Iterable[tuple[str, str]]) -> int:
    """Keep who judges whom, for the cities that the actor sees; returns how many pairs changed.

    A pair in conflict is refused. NotAllowedError, RoundError (`pair_in_conflict`), MeanwhileError, StoreError.
    """
    found = seen(actor, round_id, seat)
    present, wished = plan(found), set(wanted)
    sayings = []
    for j, juror in enumerate(present.jurors):
        for i, city in enumerate(present.cities):
            want, has = (juror.id, city.id) in wished, bool(present.assigned[j, i])
            if want and present.closed[j, i]:
                raise RoundError("pair_in_conflict")
            if want != has:
                key = joined(juror.id, city.id)
                known = found.now.get((PAIR, key))
                base = known.version if known else 0
                said = {"assigned": want}
                sayings.append(Saying(PAIR, key, base, said, about=(city.id,), seat=juror.id))
    if sayings:
        keep(actor, round_id, seat, ASSIGN, *sayings)
    return len(sayings)
