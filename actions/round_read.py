"""A round as one viewer may see it: the one way to it, for every page, count, average, chart, file, list and title.

Cities that the viewer has a conflict with are taken out before anything is counted; others' marks as the phase says.
What is left is numbered anew, so that no gap tells of what was taken out. Everything that is shown of a round is worked
out from `Seen` alone; nothing reads around it (tests/actions/test_round_no_way_around.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from actions import house
from actions.access import Actor, NotKeptError
from actions.round_facts import JUROR, Now, Settings, latest, phase_id, settings
from actions.round_journal import Whole, all_journals, is_remembered, journal, journal_while_writing
from actions.round_rules import award_of
from actions.round_sight import Sight
from actions.round_viewer import CITY, COMPUTER, OFFICE, PUBLIC, Viewer, viewer_of
from scoring.award import Award, Phase
from store.rounds import Entry, Round, all_rounds, round_of
from store.words import Reader
from store.writing import Writing

__all__ = [
    "CITY",
    "COMPUTER",
    "OFFICE",
    "PUBLIC",
    "Seen",
    "Viewer",
    "every_seen",
    "rounds",
    "seen",
    "seen_while_writing",
]


@dataclass(frozen=True, eq=False)
class Seen:
    """A round as one viewer may see it now: `entries` in order, numbered from 1 on without gaps."""

    round: Round
    award: Award
    viewer: Viewer
    entries: tuple[Entry, ...]

    @cached_property
    def now(self) -> Now:
        """What counts of each thing."""
        return latest(self.entries)

    @cached_property
    def phase(self) -> Phase:
        """The phase that the round is in."""
        return self.award.phase(phase_id(self.now, self.award.phases[0].id))

    @cached_property
    def settings(self) -> Settings:
        """What was set for the round."""
        return settings(self.now)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        """Two looks at one round that show the same are the same, whatever was said beyond them meanwhile."""
        return isinstance(other, Seen) and self.digest == other.digest

    @cached_property
    def digest(self) -> str:
        """A name for all of this: another one as soon as anything more is said of what the viewer sees."""
        told = "\n".join(f"{one.kind} {one.key} {one.version} {one.at}" for one in self.entries)
        return hashlib.sha256(f"{self.round.id} {self.viewer}\n{told}".encode()).hexdigest()

    def at(self, number: int) -> Seen:
        """The round as it was after an entry, of what may be seen today."""
        return replace(self, entries=self.entries[:number])

    @property
    def sees_results(self) -> bool:
        """Whether the viewer may see what the marks come to."""
        order = {"nobody": (), "office": OFFICE, "jury": (*OFFICE, JUROR), "everybody": None}
        allowed = order[self.phase.results]
        return self.viewer.declared and (allowed is None or self.viewer.role in allowed)


def rounds(actor: Actor) -> tuple[Round, ...]:
    """The rounds that the actor may see anything of, the newest first."""
    with house.store().reading() as reader:
        every, journals = all_rounds(reader), all_journals(reader)
    return tuple(
        one for one in every if one.id in journals and viewer_of(actor, journals[one.id].now, "", one)
    )


def every_seen(actor: Actor) -> tuple[Seen, ...]:
    """The same rounds as the actor sees each of them, without choosing a seat: read at one moment."""
    with house.store().reading() as reader:
        journals = all_journals(reader)
        every = [(one, journals[one.id]) for one in all_rounds(reader) if one.id in journals]
    found = [(one, whole, viewer_of(actor, whole.now, "", one)) for one, whole in every]
    return tuple(_remembered(one, whole, _Look.of(viewer)) for one, whole, viewer in found if viewer)


def seen(actor: Actor, round_id: str, seat: str = "") -> Seen:
    """A round as the actor may see it; NotKeptError where she may see nothing of it, and where there is none.

    `seat` is the seat that somebody on one's own computer works for; where people sign in, it is the actor's own.
    """
    with house.store().reading() as reader:
        found, whole, viewer = _who(actor, round_id, seat, reader, lambda id: journal(reader, id))
    return _remembered(found, whole, _Look.of(viewer))


def seen_while_writing(writing: Writing, actor: Actor, round_id: str, seat: str = "") -> Seen:
    """The same within the transaction that writes next, so that what is asked first holds when it is written."""
    found, whole, viewer = _who(actor, round_id, seat, writing, lambda id: journal_while_writing(writing, id))
    return (
        _remembered(found, whole, _Look.of(viewer)) if is_remembered(whole) else _look(found, whole, viewer)
    )


def _who(
    actor: Actor, round_id: str, seat: str, reader: Reader, read: Callable[[str], Whole]
) -> tuple[Round, Whole, Viewer]:
    """The round, all of it, and what the actor is in it; NotKeptError where it is nothing to her."""
    found = round_of(reader, round_id)
    if found is None:
        raise NotKeptError(round_id)
    whole = read(round_id)
    viewer = viewer_of(actor, whole.now, seat, found)
    if viewer is None:
        raise NotKeptError(round_id)
    return found, whole, viewer


def _look(found: Round, whole: Whole, viewer: Viewer) -> Seen:
    """What a viewer sees of a round."""
    award = award_of(found)
    phase = award.phase(phase_id(whole.now, award.phases[0].id))
    kept = Sight(found, award, phase, whole.now, viewer).left(whole.entries)
    return Seen(found, award, viewer, tuple(replace(one, number=n) for n, one in enumerate(kept, start=1)))


@dataclass(frozen=True, slots=True)
class _Look:
    """A viewer, to be told from others by all that decides about what she sees."""

    key: tuple[object, ...]
    viewer: Viewer = field(compare=False)

    @classmethod
    def of(cls, viewer: Viewer) -> _Look:
        recused = tuple(sorted(viewer.recused.items()))
        return cls(
            (viewer.seat, viewer.role, viewer.declared, viewer.undeclared, recused, viewer.city), viewer
        )


@lru_cache(maxsize=64)
def _remembered(found: Round, whole: Whole, look: _Look) -> Seen:
    """The same for as long as nothing more is said in the round."""
    return _look(found, whole, look.viewer)
