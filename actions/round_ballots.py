"""Ballots of a jury: opened with the list of who may vote, one vote a seat, counted when they are closed.

A ballot speaks of one city or of several; whoever is in conflict with any of them neither sees it nor votes. Votes
stand by name once it is closed, and a closed one stays closed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.access import Actor, NotAllowedError, NotKeptError
from actions.round_agenda import outside
from actions.round_facts import BALLOT, MARKING, VOTE, candidates, joined, of_kind, seats, version_of
from actions.round_read import COMPUTER, Seen
from actions.round_rights import CAST, LEAD
from actions.round_write import RoundError, Saying, keep_in, writing_in
from indicators.text import tidy
from store.ids import new_id
from store.rounds import Entry

_LETTERS = 300
# What can be voted about one city; of several one is chosen, or none of them (an abstention, too).
YES, NO, ABSTAIN = "yes", "no", "abstain"
# How a ballot came out.
CARRIED, LOST, TIED, CHOSEN, EMPTY = "carried", "lost", "tied", "chosen", "empty"


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot: about which cities, asking what, who may vote, and the votes that the viewer may see, by seat."""

    id: str
    about: tuple[str, ...]
    question: str
    choices: tuple[str, ...]
    voters: tuple[str, ...]
    closed: bool
    votes: Mapping[str, str]
    counts: Mapping[str, int]
    version: int

    @property
    def leading(self) -> tuple[str, ...]:
        """The choices that have most votes, without abstentions; () where nobody chose."""
        counted = {one: self.counts.get(one, 0) for one in self.choices if one != ABSTAIN}
        most = max(counted.values(), default=0)
        return tuple(one for one, count in counted.items() if count == most) if most else ()

    @property
    def outcome(self) -> str:
        """How it came out, by most votes; equal ones are a tie, for which the award has its list."""
        if not self.leading:
            return EMPTY
        if len(self.leading) > 1:
            return TIED
        return {YES: CARRIED, NO: LOST}.get(self.leading[0], CHOSEN)


def ballots(found: Seen, candidate: str = "") -> tuple[Ballot, ...]:
    """The ballots about a city, or ("") all of them, in the order in which they were opened."""
    every = (_ballot(found, one) for one in of_kind(found.now, BALLOT))
    return tuple(one for one in every if not candidate or candidate in one.about)


def _ballot(found: Seen, entry: Entry) -> Ballot:
    said = entry.said
    voters = tuple(str(one) for one in said["voters"])
    votes = {
        seat: str(vote.said["choice"])
        for seat in voters
        if (vote := found.now.get((VOTE, joined(entry.key, seat)))) is not None
    }
    return Ballot(
        id=entry.key,
        about=entry.about,
        question=str(said.get("question", "")),
        choices=(YES, NO, ABSTAIN) if len(entry.about) == 1 else (*entry.about, ABSTAIN),
        voters=voters,
        closed=bool(said["closed"]),
        votes=votes,
        counts={str(name): int(count) for name, count in said.get("counts", {}).items()},
        version=entry.version,
    )


def may_vote(found: Seen, about: Sequence[str]) -> tuple[str, ...]:
    """The seats that vote about some cities: those that mark, and are outside for none of them."""
    out = {seat for one in about for seat in outside(found, one)}
    return tuple(
        one.id for one in seats(found.now) if one.active and one.role in MARKING and one.id not in out
    )


def open_ballot(actor: Actor, round_id: str, seat: str, about: Sequence[str], wording: str = "") -> str:
    """Open a ballot about one city (to award it or not) or several (which goes first); returns its id.

    NotAllowedError, NotKeptError, RoundError (`ballot_open`, `nobody_votes`), StoreError.
    """
    made = new_id()
    with writing_in(actor, round_id, seat) as (writing, found):
        within = [one.id for one in candidates(found.now)]
        if not about or set(about) - set(within):
            raise NotKeptError(round_id)
        if "vote" not in found.phase.acts:
            raise NotAllowedError
        ordered = tuple(one for one in within if one in about)
        if any(one.about == ordered and not one.closed for one in ballots(found)):
            raise RoundError("ballot_open")
        voters = may_vote(found, ordered)
        if not voters:
            raise RoundError("nobody_votes")
        said = {"question": tidy(wording)[:_LETTERS], "closed": False, "voters": list(voters)}
        keep_in(writing, found, LEAD, Saying(BALLOT, made, 0, said, about=ordered))
    return made


def cast(
    actor: Actor, round_id: str, seat: str, ballot: str, choice: str, base: int = 0, voter: str = ""
) -> None:
    """Vote, or vote otherwise, on top of the version seen; on one's own computer for the seat named as `voter`.

    NotAllowedError, NotKeptError, RoundError (`ballot_closed`, `choice_unknown`), MeanwhileError, StoreError.
    """
    with writing_in(actor, round_id, seat) as (writing, found):
        one = _known(found, ballot)
        own = voter if found.viewer.role == COMPUTER else found.viewer.seat
        if one.closed:
            raise RoundError("ballot_closed")
        if own not in one.voters:
            raise NotAllowedError
        if choice not in one.choices:
            raise RoundError("choice_unknown")
        vote = Saying(VOTE, joined(ballot, own), base, {"choice": choice}, about=one.about, seat=own)
        keep_in(writing, found, CAST, vote)


def vote_version(found: Seen, ballot: str, seat: str) -> int:
    """On top of which version a seat votes: 0 where it has not voted yet."""
    return version_of(found.now, VOTE, ballot, seat)


def close_ballot(actor: Actor, round_id: str, seat: str, ballot: str, base: int) -> None:
    """Close a ballot on top of the version seen, and count it: who is in conflict by now has no vote.

    NotAllowedError, NotKeptError, RoundError (`ballot_closed`), MeanwhileError, StoreError.
    """
    with writing_in(actor, round_id, seat) as (writing, found):
        one = _known(found, ballot)
        if one.closed and base == one.version:
            raise RoundError("ballot_closed")
        left = [voter for voter in one.voters if voter in may_vote(found, one.about)]
        given = [one.votes[voter] for voter in left if voter in one.votes]
        counts = {choice: given.count(choice) for choice in one.choices}
        said = {"question": one.question, "closed": True, "voters": left, "counts": counts}
        keep_in(writing, found, LEAD, Saying(BALLOT, ballot, base, said, about=one.about))


def _known(found: Seen, ballot: str) -> Ballot:
    entry = found.now.get((BALLOT, ballot))
    if entry is None:
        raise NotKeptError(ballot)
    return _ballot(found, entry)
