"""Saying something in a round: who may is asked within the transaction that writes, and a slower one is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from actions import house
from actions.access import Actor, NotAllowedError
from actions.round_facts import CANDIDATE, dossiers
from actions.round_read import Seen, seen_while_writing
from actions.round_rights import require_act
from store.acts import Act
from store.rounds import SaidMeanwhileError, say
from store.writing import Writing


class RoundError(ValueError):
    """What was asked cannot be done as it is; `kind` says why (actions/round_words.py has its sentence)."""

    def __init__(self, kind: str, **facts: str | int | float) -> None:
        super().__init__(kind)
        self.kind, self.facts = kind, facts


class MeanwhileError(RoundError):
    """Somebody else said something of the same since; `.version` is that of what counts now."""

    def __init__(self, version: int) -> None:
        super().__init__("meanwhile")
        self.version = version


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing to say: kind and key, on which version, about which candidates, as whose seat, with which words."""

    kind: str
    key: str
    base: int
    said: Mapping[str, Any]
    about: Collection[str] = ()
    seat: str = ""
    words: Mapping[str, str | int] = field(default_factory=dict)


@contextmanager
def writing_in(actor: Actor, round_id: str, seat: str) -> Iterator[tuple[Writing, Seen]]:
    """A transaction that writes in a round, and the round as it is seen within: what is asked of it holds when kept.

    NotKeptError, StoreError.
    """
    with house.store().writing(Act(actor.person, "say", "round", round_id)) as writing:
        yield writing, seen_while_writing(writing, actor, round_id, seat)


def keep(actor: Actor, round_id: str, seat: str, act: str, *sayings: Saying) -> Seen:
    """Keep what is said, all of it or nothing; returns the round as it was seen within the transaction, before.

    NotKeptError and NotAllowedError, MeanwhileError, StoreError.
    """
    with writing_in(actor, round_id, seat) as (writing, found):
        keep_in(writing, found, act, *sayings)
    return found


def keep_in(writing: Writing, found: Seen, act: str, *sayings: Saying) -> None:
    """The same within a transaction that is open, on top of what was seen in it."""
    cities = {one.id: one.city_id for one in dossiers(found.now)}
    for one in sayings:
        for candidate in one.about or ("",):
            # Only a new candidate is not there yet; whatever else is not seen may not be spoken of.
            new = one.kind == CANDIDATE and one.base == 0 and candidate == one.key
            if candidate and candidate not in cities and not new:
                raise NotAllowedError
            require_act(found, act, "" if new else candidate)
        try:
            say(
                writing,
                found.round.id,
                one.kind,
                one.key,
                one.base,
                one.said,
                about=one.about,
                seat=one.seat,
                words=dict(one.words) or None,
            )
        except SaidMeanwhileError as trouble:
            raise MeanwhileError(trouble.version) from None
    # A line of the log is of the city that it speaks of, so that it is closed to whom the city is closed.
    of = {cities.get(candidate, "") for one in sayings for candidate in one.about} - {""}
    if len(of) == 1:
        writing.detail(city=of.pop())
