"""Moving an assessment from state to state: each act by its right, from where it stands, with what must hold first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, may, require
from actions.evidence import pieces_in
from actions.needs import Facts, Lack, lacks
from actions.record import record_in
from actions.record_copy import copy
from actions.rooms import Room, RoomError, room
from actions.rule_sets import keep_rules
from actions.standing import upload
from actions.submissions import judged
from actions.transitions import (
    HAND_IN,
    REASON,
    RIGHT_OF,
    SIGN_OFF,
    SIGNATURE,
    Transition,
    transition,
    ways_from,
)
from indicators.guiding import guiding_documents
from indicators.text import tidy
from store.acts import Act
from store.queries import queries
from store.record import clashes
from store.record_copies import copy_of
from store.states import MovedMeanwhileError, State, move, state_of
from store.submissions import Judged, submit_in
from store.words import Reader
from store.writing import Writing

_LETTERS = 500
_LINE = 120


class LackingError(RoomError):
    """Something must hold first: `.lacks` says what."""

    def __init__(self, found: tuple[Lack, ...]) -> None:
        super().__init__("lacking")
        self.lacks = found


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said with an act: a reason, or the signature.

    The signature is the mayor's name and title as typed, the day on which each guiding document was adopted, by its
    id, and the hash of the record that was looked at.
    """

    reason: str = ""
    signer: str = ""
    title: str = ""
    adopted: Mapping[str, str] | None = None
    record_sha256: str = ""


@dataclass(frozen=True, slots=True)
class _Made:
    """What is made before the act is kept: the workbook that is signed or handed in, and its scores."""

    upload_id: str = ""
    scores: Judged | None = None


def act(
    actor: Actor, assessment_id: str, name: str, base: int, language: str, spoken: Spoken = Spoken()
) -> State:
    """Do one act on top of version `base` of the state; kept, with its line in the log, when this returns.

    NotKeptError and NotAllowedError; RoomError where the assessment was moved meanwhile, stands elsewhere, or something
    is missing (LackingError); StoreError.
    """
    here = room(actor, assessment_id)
    require(actor, RIGHT_OF[name], here.subject)
    way = _way(here, name, base)
    detail = _SAYS[way.says](actor, spoken)
    made = _MAKES.get(name, _nothing)(actor, here, language)
    told: dict[str, str | int] = {"city": here.city.id, "version": base + 1}
    with house.store().writing(Act(actor.person, name, "assessment", assessment_id, told)) as writing:
        if state_of(writing, assessment_id).version != base:
            raise RoomError("moved_meanwhile")
        facts = facts_in(writing, here)
        if missing := lacks(way.needs, facts, language):
            raise LackingError(missing)
        if way.says == SIGNATURE:
            _require_unchanged(writing, facts, made, spoken)
        submission = _handed_in(writing, made)
        try:
            return move(
                writing,
                assessment_id,
                way.end,
                base=base,
                upload_id=made.upload_id,
                submission_id=submission,
                detail=detail,
            )
        except MovedMeanwhileError:
            raise RoomError("moved_meanwhile") from None


def facts_in(reader: Reader, here: Room) -> Facts:
    """What needs are asked of, within a transaction that is open."""
    unsettled = clashes(reader, here.id) if here.sees_draft else ()
    return Facts(record_in(reader, here), unsettled, pieces_in(reader, here), queries(reader, here.id))


def _require_unchanged(reader: Reader, facts: Facts, made: _Made, spoken: Spoken) -> None:
    """RoomError unless what is signed is what the mayor looked at, and the workbook shows it."""
    counts = facts.record.sha256
    if spoken.record_sha256 != counts or copy_of(reader, facts.record.room.id, counts) != made.upload_id:
        raise RoomError("changed_meanwhile")


def open_ways(actor: Actor, here: Room) -> tuple[Transition, ...]:
    """The ways that lead from where an assessment stands and that the actor may go."""
    if not here.sees_draft and here.handed_in is not None and here.state.version > here.handed_in.version:
        # What the city does after a return is its own affair until it hands in again.
        return ()
    return tuple(
        one
        for one in ways_from(here.state.state, again=here.handed_in is not None)
        if may(actor, one.right, here.subject)
    )


def _way(here: Room, name: str, base: int) -> Transition:
    if here.state.version != base:
        raise RoomError("moved_meanwhile")
    found = transition(here.state.state, name, again=here.handed_in is not None)
    if found is None:
        raise RoomError("not_from_here")
    return found


def _signed(actor: Actor, spoken: Spoken) -> Mapping[str, str]:
    """The signature in words; where people sign in, who acts is who signs."""
    signer, signer_title = tidy(spoken.signer)[:_LINE], tidy(spoken.title)[:_LINE]
    if actor.everything and not (signer and signer_title):
        raise RoomError("signer_missing")
    days = {
        one.id: _day((spoken.adopted or {}).get(one.id, ""), one.since)
        for one in guiding_documents().values()
    }
    return {**({"signer": signer} if actor.everything else {}), "title": signer_title, **days}


def _day(text: str, since: dt.date) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise RoomError("adoption_day_missing") from None
    if day < since:
        raise RoomError("adoption_day_early")
    if day > house.today():
        raise RoomError("adoption_day_ahead")
    return day.isoformat()


def _reason(_actor: Actor, spoken: Spoken) -> Mapping[str, str]:
    reason = tidy(spoken.reason)[:_LETTERS]
    if not reason:
        raise RoomError("reason_missing")
    return {"reason": reason}


# What is said with an act -> how it is checked and kept.
_SAYS: Mapping[str, Callable[[Actor, Spoken], Mapping[str, str]]] = {
    "": lambda _actor, _spoken: {},
    REASON: _reason,
    SIGNATURE: _signed,
}


def _nothing(_actor: Actor, _here: Room, _language: str) -> _Made:
    return _Made()


def _copied(actor: Actor, here: Room, language: str) -> _Made:
    """The record as a workbook, which is what is signed."""
    return _Made(copy(actor, here.id, language))


def _judged(_actor: Actor, here: Room, _language: str) -> _Made:
    """The workbook that was signed, with its scores."""
    return _Made(here.state.upload_id, judged(upload(here.state.upload_id)))


# Act -> what is made before it is kept.
_MAKES: Mapping[str, Callable[[Actor, Room, str], _Made]] = {SIGN_OFF: _copied, HAND_IN: _judged}


def _handed_in(writing: Writing, made: _Made) -> str:
    if made.scores is None:
        return ""
    # With the rules it was judged by, so that later years can be judged by them as well.
    keep_rules(writing)
    return submit_in(writing, made.upload_id, made.scores).id
