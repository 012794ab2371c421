"""In which order a jury's meeting goes through the cities, who leaves the room for which, and which one is called.

Each city has its own entry, so that a city that is closed to somebody takes nothing of the others along. What a member
without an office sees of who leaves is what stood there when the order was kept; those who run the round see it as
conflicts are now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.access import Actor, NotKeptError
from actions.round_facts import AGENDA, Candidate, candidates, conflicted, of_kind, seats
from actions.round_read import Seen, seen
from actions.round_rights import LEAD
from actions.round_write import Saying, keep
from scoring.discussion_order import discussion_order, moves
from store.rounds import Entry

# What an item of the agenda can be.
WAITING, CALLED, DONE = "waiting", "called", "done"
# Behind every city that has a place.
_LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """A city on the agenda: whether it waits, is called or done, and the seats that are outside for it."""

    candidate: Candidate
    state: str
    out: tuple[str, ...]
    version: int


def agenda(found: Seen) -> tuple[Item, ...]:
    """The cities in the order that was kept, without those closed to the viewer; new ones come last."""
    items = []
    at = max((one.number for one in _kept(found) if one.said["state"] == CALLED), default=0)
    for one in candidates(found.now):
        entry = found.now.get((AGENDA, one.id))
        place, state, version = _LAST, WAITING, 0
        if entry is not None:
            # The city called last is the one: whoever called it may not have seen the one before.
            state = DONE if entry.said["state"] == CALLED and entry.number != at else entry.said["state"]
            place, version = int(entry.said["place"]), entry.version
        items.append((place, Item(one, state, outside(found, one.id), version)))
    return tuple(item for _, item in sorted(items, key=lambda one: one[0]))


def _kept(found: Seen) -> tuple[Entry, ...]:
    return of_kind(found.now, AGENDA)


def called(found: Seen) -> Item | None:
    """The city that is being discussed, None where none is, or one that is closed to the viewer."""
    return next((one for one in agenda(found) if one.state == CALLED), None)


def following(found: Seen) -> Item | None:
    """The city that comes next, None after the last one."""
    return next((one for one in agenda(found) if one.state == WAITING), None)


def outside(found: Seen, candidate: str) -> tuple[str, ...]:
    """The seats that are outside while a city is discussed, in the order in which they were made."""
    present = [one.id for one in seats(found.now) if one.active]
    if found.viewer.office:
        return tuple(one for one in present if conflicted(found.now, one, candidate))
    entry: Entry | None = found.now.get((AGENDA, candidate))
    kept = entry.said.get("out", ()) if entry else ()
    return tuple(one for one in present if one in kept)


def told_of(found: Seen, item: Item) -> bool:
    """Whether the viewer knows who is outside for a city: who runs the round does, others once its place is kept."""
    return found.viewer.office or item.version > 0


def proposed_order(found: Seen) -> tuple[str, ...]:
    """The cities in the order in which fewest people leave the room and come back."""
    within = candidates(found.now)
    order = discussion_order([frozenset(outside(found, one.id)) for one in within])
    return tuple(within[place].id for place in order)


def comings_and_goings(found: Seen, order: Sequence[str]) -> int:
    """How often somebody leaves the room or comes back in an order of cities."""
    return moves([frozenset(outside(found, one)) for one in order])


def shifted(order: Sequence[str], candidate: str, by: int) -> tuple[str, ...]:
    """The order with one city further up (-1) or down (1); at the ends it stays."""
    found = list(order)
    place = found.index(candidate)
    found.insert(min(max(place + by, 0), len(found) - 1), found.pop(place))
    return tuple(found)


def keep_order(
    actor: Actor, round_id: str, seat: str, order: Sequence[str], versions: Mapping[str, int]
) -> None:
    """Keep the order of the cities that the actor sees, each on top of the version seen.

    NotAllowedError, NotKeptError, MeanwhileError, StoreError.
    """
    found = seen(actor, round_id, seat)
    present = {one.candidate.id: one for one in agenda(found)}
    if set(order) != set(present):
        raise NotKeptError(round_id)
    sayings = [
        _saying(found, one, place, present[one].state, versions.get(one, 0))
        for place, one in enumerate(order, start=1)
        if _differs(found, one, place)
    ]
    if sayings:
        keep(actor, round_id, seat, LEAD, *sayings)


def call(actor: Actor, round_id: str, seat: str, candidate: str, base: int) -> None:
    """Begin with a city ("" for none), on top of the version seen; the one before it is done.

    NotAllowedError, NotKeptError, MeanwhileError, StoreError.
    """
    found = seen(actor, round_id, seat)
    items = {one.candidate.id: one for one in agenda(found)}
    if candidate and candidate not in items:
        raise NotKeptError(candidate)
    places = {one: place for place, one in enumerate(items, start=1)}
    # Who calls a city does not move it.
    places |= {one.key: int(one.said["place"]) for one in _kept(found) if one.key in items}
    sayings = [
        _saying(found, one, places[one], DONE, item.version)
        for one, item in items.items()
        if item.state == CALLED and one != candidate
    ]
    if candidate:
        sayings.append(_saying(found, candidate, places[candidate], CALLED, base))
    if sayings:
        keep(actor, round_id, seat, LEAD, *sayings)


def _differs(found: Seen, candidate: str, place: int) -> bool:
    entry = found.now.get((AGENDA, candidate))
    if entry is None:
        return True
    return entry.said.get("place") != place or list(entry.said.get("out", ())) != list(
        outside(found, candidate)
    )


def _saying(found: Seen, candidate: str, place: int, state: str, base: int) -> Saying:
    said = {"place": place, "state": state, "out": list(outside(found, candidate))}
    return Saying(AGENDA, candidate, base, said, about=(candidate,))
