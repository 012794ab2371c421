"""What a jury decides about each city, with reasons and dissent; and whether all is decided, so that it may close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions.access import Actor, NotAllowedError
from actions.round_facts import AWARD as AWARD
from actions.round_facts import BALLOT, DECISION, DISSENT, Candidate, candidates, joined, of_kind
from actions.round_read import Seen, seen
from actions.round_rights import DECIDE, DISSENT_ACT, LEAD, may_do
from actions.round_slate_rules import winners as slate_winners
from actions.round_write import RoundError, Saying, keep
from indicators.text import tidy

_LETTERS = 2000
# What can be decided: an award, none this time, or that the jury comes back to it.
NONE, LATER = "none", "later"
DECISIONS = (AWARD, NONE, LATER)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a city, why, and when."""

    candidate: str
    decision: str
    reason: str
    version: int
    at: str


@dataclass(frozen=True, slots=True)
class Dissent:
    """Somebody who does not agree with a decision, and why."""

    seat: str
    candidate: str
    text: str
    version: int


def decisions(found: Seen) -> Mapping[str, Decision]:
    """What was decided about each city that anything was decided about."""
    return {
        one.key: Decision(one.key, str(one.said["decision"]), str(one.said["reason"]), one.version, one.at)
        for one in of_kind(found.now, DECISION)
    }


def dissents(found: Seen, candidate: str = "") -> tuple[Dissent, ...]:
    """Who dissents about a city, or ("") about any; what was taken back is not there."""
    every = (
        Dissent(one.seat, one.about[0], str(one.said["text"]), one.version)
        for one in of_kind(found.now, DISSENT)
        if one.said["text"]
    )
    return tuple(one for one in every if candidate in ("", one.candidate))


def winners(found: Seen) -> tuple[Candidate, ...]:
    """The cities to which the award is given, in the order in which they came into the round."""
    made = decisions(found)
    return tuple(one for one in candidates(found.now) if one.id in made and made[one.id].decision == AWARD)


def undecided(found: Seen) -> tuple[Candidate, ...]:
    """The cities about which nothing final is decided."""
    made = decisions(found)
    return tuple(one for one in candidates(found.now) if one.id not in made or made[one.id].decision == LATER)


def decide(
    actor: Actor, round_id: str, seat: str, candidate: str, base: int, decision: str, reason: str
) -> None:
    """Decide about a city on top of the version seen, with a reason.

    NotAllowedError, RoundError (`decision_unknown`, `reason_missing`), MeanwhileError, StoreError.
    """
    keep(actor, round_id, seat, DECIDE, _saying(candidate, base, decision, reason))


def decide_rest(actor: Actor, round_id: str, seat: str, reason: str) -> int:
    """No award for all cities about which nothing was said yet, with one reason; returns how many.

    Cities for which the actor is not in the chair stay open. Errors as `decide`.
    """
    found = seen(actor, round_id, seat)
    made = decisions(found)
    open_ones = [
        one.id for one in candidates(found.now) if one.id not in made and may_do(found, DECIDE, one.id)
    ]
    sayings = [_saying(one, 0, NONE, reason) for one in open_ones]
    if sayings:
        keep(actor, round_id, seat, DECIDE, *sayings)
    return len(sayings)


def _saying(candidate: str, base: int, decision: str, reason: str) -> Saying:
    if decision not in DECISIONS:
        raise RoundError("decision_unknown")
    if not tidy(reason):
        raise RoundError("reason_missing")
    said = {"decision": decision, "reason": tidy(reason)[:_LETTERS]}
    return Saying(DECISION, candidate, base, said, about=(candidate,))


def dissent(actor: Actor, round_id: str, seat: str, candidate: str, base: int, text: str) -> None:
    """Dissent from a decision in one's own name, on top of the version seen; "" takes it back.

    NotAllowedError, RoundError (`nothing_decided`), MeanwhileError, StoreError.
    """
    found = seen(actor, round_id, seat)
    own = found.viewer.seat
    if not own:
        raise NotAllowedError
    if candidate not in decisions(found):
        raise RoundError("nothing_decided")
    said = {"text": tidy(text)[:_LETTERS]}
    saying = Saying(DISSENT, joined(own, candidate), base, said, about=(candidate,), seat=own)
    keep(actor, round_id, seat, DISSENT_ACT, saying)


def require_decided(found: Seen) -> None:
    """RoundError unless a round can be closed as it is.

    `ballot_still_open`, `undecided` (with cities), `winners_too_many` (count, most), `country_twice` (cities).
    """
    if any(not one.said["closed"] for one in of_kind(found.now, BALLOT)):
        raise RoundError("ballot_still_open")
    if left := undecided(found):
        raise RoundError("undecided", cities=", ".join(one.name for one in left))
    won, most = winners(found), slate_winners(found)
    if most and len(won) > most:
        raise RoundError("winners_too_many", count=len(won), most=most)
    for rule in found.award.selection:
        if rule.kind == "at_most_per" and rule.of == "country" and rule.binding:
            for one in won:
                same = [other.name for other in won if other.country == one.country]
                if len(same) > rule.number:
                    raise RoundError("country_twice", cities=", ".join(same))


def may_lead(found: Seen) -> bool:
    """Whether the viewer leads the meeting: order, calling, ballots."""
    return may_do(found, LEAD)
