"""From which state an assessment comes to which, by which act, whose right that is, and what must hold first: a table.

A need is a name; actions/needs.py says whether it holds. Whoever adds a step adds a row here and its words there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from store.states import ACCEPTED, CHECKED, DRAFT, RESUBMITTED, RETURNED, SIGNED, SUBMITTED

# The acts.
CHECK, REOPEN, SIGN_OFF, TAKE_BACK, HAND_IN, RETURN, ACCEPT = ACTS = (
    *("check", "reopen", "sign_off", "take_back", "hand_in", "return", "accept"),
)
# Whether an assessment is handed in for the first time, or again after it came back.
FIRST, AGAIN = "first", "again"
# What is said with an act.
REASON, SIGNATURE = "reason", "signature"

_WHOLE = ("name", "country", "repaired", "clashes_settled", "questions_answered", "evidence_confirmed")


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from a state to another: the act and whose right it is, what must hold, and what is said with it.

    `when` tells two ways of one act apart: the first time ("first") and later ones ("again").
    """

    start: str
    act: str
    end: str
    right: str
    needs: tuple[str, ...] = ()
    says: str = ""
    when: str = ""


# What leads on stands before what leads back.
TRANSITIONS: tuple[Transition, ...] = (
    Transition(DRAFT, CHECK, CHECKED, "lead"),
    Transition(CHECKED, SIGN_OFF, SIGNED, "sign_off", _WHOLE, SIGNATURE),
    Transition(CHECKED, REOPEN, DRAFT, "lead"),
    Transition(SIGNED, HAND_IN, SUBMITTED, "submit", _WHOLE, when=FIRST),
    Transition(SIGNED, HAND_IN, RESUBMITTED, "submit", _WHOLE, when=AGAIN),
    Transition(SIGNED, TAKE_BACK, DRAFT, "lead", (), REASON),
    Transition(SUBMITTED, ACCEPT, ACCEPTED, "review", ("questions_settled",)),
    Transition(SUBMITTED, RETURN, RETURNED, "review", ("question_open",)),
    Transition(RETURNED, REOPEN, DRAFT, "lead"),
    Transition(RESUBMITTED, ACCEPT, ACCEPTED, "review", ("questions_settled",)),
    Transition(RESUBMITTED, RETURN, RETURNED, "review", ("question_open",)),
)
# What cannot be taken back is asked twice.
FINAL = (HAND_IN, ACCEPT)
# Act -> whose right it is, whatever the state.
RIGHT_OF: Mapping[str, str] = {one.act: one.right for one in TRANSITIONS}


def transition(state: str, act: str, *, again: bool) -> Transition | None:
    """The way that an act leads from a state, None if it leads nowhere; `again` once it was handed in before."""
    return next((one for one in ways_from(state, again=again) if one.act == act), None)


def ways_from(state: str, *, again: bool) -> tuple[Transition, ...]:
    """All ways that lead from a state, in the order of the table."""
    when = ("", AGAIN if again else FIRST)
    return tuple(one for one in TRANSITIONS if one.start == state and one.when in when)
