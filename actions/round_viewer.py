"""Who looks at a round: what she is in it, and which of its cities are closed to her."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from actions.access import Actor
from actions.round_facts import (
    AUDITOR,
    CANDIDATE,
    CHAIR,
    SECRETARIAT,
    SUBSTITUTE,
    Now,
    Seat,
    conflicted,
    of_kind,
    phase_id,
    seats,
    undeclared,
)
from actions.round_rules import award_of
from store.rounds import Round

# Whoever runs a round on one's own computer, without a seat: she enters everybody's papers.
COMPUTER = "computer"
# Who reads her own city's feedback, and what everybody reads in the end.
CITY, PUBLIC = "city", "public"
OFFICE = (CHAIR, SUBSTITUTE, SECRETARIAT, AUDITOR, COMPUTER)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: the seat ("" without one), what she is in the round, and what is closed to her.

    `declared` says that she has declared for every candidate, `undeclared` for which not yet; `recused` are the
    candidates that she has a conflict with, by the names under which they came into the round.
    """

    seat: str
    role: str
    declared: bool
    undeclared: tuple[str, ...] = ()
    recused: Mapping[str, str] = field(default_factory=dict)
    city: str = ""

    @property
    def office(self) -> bool:
        """Whether she runs the round: chair, substitute, secretariat, auditor."""
        return self.role in OFFICE


def viewer_of(actor: Actor, now: Now, seat: str, found: Round) -> Viewer | None:
    """What the actor is in a round, None where it is nothing to her."""
    every = seats(now)
    if actor.everything:
        own = next((one for one in every if one.id == seat and one.active), None)
        return _seated(own, now, found) if own else Viewer("", COMPUTER, declared=True)
    own = next((one for one in every if one.person == actor.person and one.active), None)
    if own is not None:
        return _seated(own, now, found)
    roles = {one.role for one in actor.grants}
    missing = tuple(one.key for one in of_kind(now, CANDIDATE))
    for role in (SECRETARIAT, AUDITOR):
        if role in roles:
            # Who runs the installation enters candidates before she has a seat, and declares like everybody.
            return Viewer("", role, declared=is_open(now, found), undeclared=missing)
    cities = {one.city for one in actor.grants if one.city}
    if is_open(now, found) and actor.person:
        inside = next(
            (one.key for one in of_kind(now, CANDIDATE) if one.said["city_id"] in cities),
            "",
        )
        return Viewer("", CITY if inside else PUBLIC, declared=True, city=inside)
    return None


def is_open(now: Now, found: Round) -> bool:
    award = award_of(found)
    return award.phase(phase_id(now, award.phases[0].id)).open


def _seated(own: Seat, now: Now, found: Round) -> Viewer:
    if is_open(now, found):
        return Viewer(own.id, own.role, declared=True)
    missing = undeclared(now, own.id)
    recused = {key: name for key, name in first_names(now).items() if conflicted(now, own.id, key)}
    return Viewer(own.id, own.role, declared=not missing, undeclared=missing, recused=recused)


def first_names(now: Now) -> Mapping[str, str]:
    """Every candidate by the name under which it came into the round: what was said of it later tells nothing here."""
    return {one.key: str(one.said.get("entered_as", one.said["name"])) for one in of_kind(now, CANDIDATE)}
