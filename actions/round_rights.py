"""Who may do what in a round: a table of acts, each with who may, and which act of the phase lets it happen.

What depends on a city depends on what the viewer sees of the round: a city that is closed to her is not there, so that
nothing can be done about it. Where the chair is closed out of a city, the substitute acts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions.access import NotAllowedError
from actions.round_facts import (
    CHAIR,
    JUROR,
    MARKING,
    SECRETARIAT,
    SUBSTITUTE,
    conflicted,
    dossier_of,
    dossiers,
    pairs,
    seats,
)
from actions.round_read import COMPUTER, Seen

Holds = Callable[[Seen, str], bool]

# Acts.
ENTER, DECLARE, REVIEW, ASSIGN, MOVE, END = ("enter", "declare", "review", "assign", "move", "end")
WITHDRAW = "withdraw"
CALIBRATE, GIVE_MARK, VERIFY, ASK = ("calibrate", "mark", "verify", "ask")
LEAD, CAST, DECIDE, DISSENT_ACT, RELEASE = ("lead", "cast", "decide", "dissent", "release")


def _one_of(*roles: str) -> Holds:
    def holds(seen: Seen, _candidate: str) -> bool:
        return seen.viewer.role in (*roles, COMPUTER)

    return holds


def _seated(seen: Seen, _candidate: str) -> bool:
    return seen.viewer.seat != ""


def _judge(seen: Seen, candidate: str) -> bool:
    """Whether the viewer is to mark this candidate; a reference dossier is everybody's who marks."""
    if seen.viewer.role not in MARKING:
        return False
    of = dossier_of(seen.now, candidate)
    if of is None or of.withdrawn:
        return False
    return of.kind == "reference" or (seen.viewer.seat, candidate) in pairs(seen.now)


def _chairs(seen: Seen, candidate: str) -> bool:
    """The chair; and the substitute for a city that every chair is closed out of, or where there is no chair."""
    if seen.viewer.role in (CHAIR, COMPUTER):
        return True
    if seen.viewer.role != SUBSTITUTE:
        return False
    chairs = [one.id for one in seats(seen.now) if one.role == CHAIR and one.active]
    return all(conflicted(seen.now, one, candidate) for one in chairs)


def _free_chair(seen: Seen, _candidate: str) -> bool:
    """Who ends a round sees all of it: a chair or substitute without a single conflict."""
    return (
        seen.viewer.role in (CHAIR, SUBSTITUTE, COMPUTER) and seen.viewer.declared and not seen.viewer.recused
    )


# Act -> the act of a phase that lets it happen ("" for any phase), and who may.
RIGHTS: Mapping[str, tuple[str, Holds]] = {
    ENTER: ("enter", _one_of(SECRETARIAT)),
    # A city may leave until the round is closed, at any time.
    WITHDRAW: ("enter declare", _one_of(SECRETARIAT)),
    DECLARE: ("declare", _seated),
    REVIEW: ("review", _one_of(SECRETARIAT, CHAIR, SUBSTITUTE)),
    ASSIGN: ("assign", _one_of(SECRETARIAT, CHAIR, SUBSTITUTE)),
    MOVE: ("", _one_of(SECRETARIAT, CHAIR, SUBSTITUTE)),
    END: ("", _free_chair),
    CALIBRATE: ("calibrate", _judge),
    # A mark that is in may be changed for as long as marks may be given or revised.
    GIVE_MARK: ("mark revise", _judge),
    VERIFY: ("verify", _one_of(*MARKING, SECRETARIAT)),
    ASK: ("discuss", _one_of(*MARKING, SECRETARIAT)),
    LEAD: ("discuss", _one_of(CHAIR, SUBSTITUTE, SECRETARIAT)),
    CAST: ("vote", _one_of(JUROR, CHAIR, SUBSTITUTE)),
    DECIDE: ("decide", _chairs),
    DISSENT_ACT: ("decide", _one_of(*MARKING)),
    RELEASE: ("release", _chairs),
}


def may_do(seen: Seen, act: str, candidate: str = "") -> bool:
    """Whether the viewer may do an act now, about a candidate or ("") about none; KeyError for what is no act."""
    needed, holds = RIGHTS[act]
    if needed and seen.phase.acts.isdisjoint(needed.split()):
        return False
    if candidate and not any(one.id == candidate for one in dossiers(seen.now)):
        return False
    return holds(seen, candidate)


def require_act(seen: Seen, act: str, candidate: str = "") -> None:
    """NotAllowedError unless the viewer may do it, told as what is not there."""
    if not may_do(seen, act, candidate):
        raise NotAllowedError


def ending(seen: Seen, phase: str) -> bool:
    """Whether going to a phase ends the deciding, or makes the results public: for one who sees the whole round."""
    to = seen.award.phase(phase)
    return to.open or ("decide" in seen.phase.acts and "release" in to.acts)
