"""Conflicts of the jury: everybody declares for every candidate before any dossier opens, and a second person looks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, NotAllowedError
from actions.round_facts import (
    CONFLICTS,
    DECLARED,
    NO_CONFLICT,
    REVIEWED,
    Candidate,
    Seat,
    conflict,
    dossiers,
    joined,
    seats,
    version_of,
)
from actions.round_read import Seen, seen
from actions.round_rights import DECLARE, REVIEW
from actions.round_write import RoundError, Saying, keep
from actions.uploads import fold
from indicators.text import tidy
from store.people import every_grant

_LETTERS = 500
# Why a conflict is suggested.
SAME_COUNTRY, EMPLOYER_NAMES_CITY, OWN_CITY = "same_country", "employer_names_city", "own_city"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a juror says of one candidate: NO_CONFLICT or one of CONFLICTS, and a few words about it."""

    conflict: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """A pair that a second person should look at: suggested, and declared as no conflict or not declared yet."""

    seat: Seat
    candidate: Candidate
    declared: str | None
    suggested: tuple[str, ...]
    reviewed: bool


def declare(actor: Actor, round_id: str, seat: str, said: Mapping[str, Declaration]) -> None:
    """Declare for some candidates, each once: who said that there is a conflict may not take it back alone.

    NotAllowedError, RoundError (`conflict_unknown`, `note_missing`), MeanwhileError, StoreError.
    """
    found = seen(actor, round_id, seat)
    own = found.viewer.seat
    sayings = []
    for candidate, one in said.items():
        if one.conflict not in (NO_CONFLICT, *CONFLICTS):
            raise RoundError("conflict_unknown")
        note = tidy(one.note)[:_LETTERS]
        if one.conflict == "other" and not note:
            raise RoundError("note_missing")
        key = joined(own, candidate)
        known = found.now.get((DECLARED, key))
        if known is not None and known.said["conflict"] != NO_CONFLICT:
            raise NotAllowedError
        if known is not None and known.said["conflict"] == one.conflict:
            continue
        words = {"note": note} if note else {}
        base = known.version if known else 0
        fact = {"conflict": one.conflict}
        sayings.append(Saying(DECLARED, key, base, fact, about=(candidate,), seat=own, words=words))
    if sayings:
        keep(actor, round_id, seat, DECLARE, *sayings)


def review(
    actor: Actor,
    round_id: str,
    seat: str,
    judged: str,
    candidate: str,
    closed: bool,
    why: str,
    base: int | None = None,
) -> None:
    """A second person says whether a candidate is closed to a seat; not her own, and with a reason.

    `base` is the version of what a second person said that she saw; None: whatever counts now.
    NotAllowedError, RoundError (`reason_missing`), MeanwhileError, StoreError.
    """
    found = seen(actor, round_id, seat)
    if judged == found.viewer.seat or not any(one.id == judged for one in seats(found.now)):
        raise NotAllowedError
    if not tidy(why):
        raise RoundError("reason_missing")
    key = joined(judged, candidate)
    said = {"conflict": closed, "why": tidy(why)[:_LETTERS]}
    if base is None:
        base = version_of(found.now, REVIEWED, key)
    # Of the reviewer's own saying nothing is the judged one's: it bears no seat.
    keep(actor, round_id, seat, REVIEW, Saying(REVIEWED, key, base, said, about=(candidate,)))


def suggested(seat: Seat, candidate: Candidate, at_home: Collection[str] = ()) -> tuple[str, ...]:
    """Why somebody might have a conflict with a candidate: country, employer, a role in one of the cities `at_home`."""
    found = []
    if seat.country and seat.country == candidate.country:
        found.append(SAME_COUNTRY)
    if fold(candidate.name) and fold(candidate.name) in fold(seat.employer):
        found.append(EMPLOYER_NAMES_CITY)
    if candidate.city_id and candidate.city_id in at_home:
        found.append(OWN_CITY)
    return tuple(found)


def homes(found: Seen) -> Mapping[str, frozenset[str]]:
    """In which cities' rooms the members of the jury have a role: seat -> ids of cities."""
    with house.store().reading() as reader:
        granted = [(one.person_id, one.city_id) for one in every_grant(reader) if one.city_id]
    return {
        seat.id: frozenset(city for person, city in granted if person == seat.person)
        for seat in seats(found.now)
    }


def misses(found: Seen) -> tuple[Miss, ...]:
    """The pairs with a suggestion in which no conflict is declared, those that nobody has reviewed first."""
    every, at_home = [], homes(found)
    for seat in seats(found.now):
        for candidate in dossiers(found.now):
            why = suggested(seat, candidate, at_home[seat.id])
            said = conflict(found.now, seat.id, candidate.id)
            if why and said in (None, NO_CONFLICT) and seat.active and not candidate.withdrawn:
                looked = (REVIEWED, joined(seat.id, candidate.id)) in found.now
                every.append(Miss(seat, candidate, said, why, looked))
    return tuple(sorted(every, key=lambda one: one.reviewed))
