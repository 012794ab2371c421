"""Questions of reviewers at the answers of an assessment: asking, replying in a thread, settling and reopening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, NotAllowedError, NotKeptError, may
from actions.record import known_fields, may_fill
from actions.record_words import moment, names_of, title
from actions.rooms import Room, RoomError, room
from indicators.text import tidy
from locales import mark
from store.acts import Act
from store.queries import ANSWERED, OPEN, REMARK, REOPENED, REPLY, SETTLED, Query, ask, queries, query, say_to
from store.states import ACCEPTED, RESUBMITTED, SUBMITTED, state_of

LETTERS = 4000
# While an assessment lies with the reviewers they may ask; what was asked may be talked about until it is accepted.
_ASKED_IN = (SUBMITTED, RESUBMITTED)
STATE_WORDS: Mapping[str, str] = {
    OPEN: mark("open: waits for the city"),
    ANSWERED: mark("answered: waits for the reviewer"),
    SETTLED: mark("settled"),
}
_SIDES: Mapping[str, str] = {
    REPLY: mark("The city"),
    REMARK: mark("The reviewer"),
    SETTLED: mark("The reviewer settled this"),
    REOPENED: mark("The reviewer opened this again"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said in a thread: which side, who (to those of her own side) and when, and the text."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """One question in words, how it stands, what was said to it, and what the actor may do with it."""

    id: str
    field: str
    title: str
    text: str
    who: str
    state: str
    state_words: str
    said: tuple[Said, ...]
    may_reply: bool
    may_review: bool


def ask_at(actor: Actor, assessment_id: str, field: str, text: str) -> str:
    """A reviewer asks at an answer, or with "" about the whole; returns the question's id.

    NotKeptError, NotAllowedError, RoomError where nothing is said or the assessment is not with the reviewers.
    """
    here = room(actor, assessment_id, "review")
    if field and field not in known_fields():
        raise NotAllowedError
    said = _text(text)
    with house.store().writing(_act(actor, here, "ask")) as writing:
        if state_of(writing, assessment_id).state not in _ASKED_IN:
            raise RoomError("not_with_reviewers")
        made = ask(writing, assessment_id, field, said)
        writing.about(made.id)
    return made.id


def reply_to(actor: Actor, query_id: str, text: str) -> None:
    """The city says something to a question; several may at once, and all of it stays. The same errors."""
    _say(actor, query_id, "fill", REPLY, _text(text))


def remark_on(actor: Actor, query_id: str, text: str) -> None:
    """A reviewer says more to a question, which then waits for the city again. The same errors."""
    _say(actor, query_id, "review", REMARK, _text(text))


def settle_query(actor: Actor, query_id: str, text: str = "") -> None:
    """A reviewer is content with what was said. The same errors."""
    _say(actor, query_id, "review", SETTLED, tidy(text)[:LETTERS])


def reopen_query(actor: Actor, query_id: str, text: str = "") -> None:
    """A reviewer opens a settled question again. The same errors."""
    _say(actor, query_id, "review", REOPENED, tidy(text)[:LETTERS])


def _say(actor: Actor, query_id: str, right: str, kind: str, text: str) -> None:
    with house.store().reading() as reader:
        found = query(reader, query_id)
    if found is None:
        raise NotKeptError(query_id)
    here = room(actor, found.assessment_id, right)
    if kind == REPLY and not _may_answer(here, found.field):
        raise NotAllowedError
    with house.store().writing(_act(actor, here, kind, query_id)) as writing:
        if state_of(writing, here.id).state == ACCEPTED:
            raise RoomError("closed_accepted")
        now = query(writing, query_id)
        settled = now is not None and now.state == SETTLED
        if kind in (SETTLED, REOPENED) and settled == (kind == SETTLED):
            # Two reviewers who decide the same say it once.
            return
        say_to(writing, query_id, kind, text)


def _may_answer(here: Room, field: str) -> bool:
    """Whether the actor's focus areas hold what is asked; about the whole answers who answers for all."""
    return may_fill(here, field) if field else here.areas is None


def _text(text: str) -> str:
    said = tidy(text)
    if not said:
        raise RoomError("text_missing")
    if len(said) > LETTERS:
        raise RoomError("text_too_long")
    return said


def _act(actor: Actor, here: Room, act: str, object_id: str = "") -> Act:
    return Act(actor.person, act, "query", object_id, {"assessment": here.id, "city": here.city.id})


def questions_at(actor: Actor, assessment_id: str, field: str, language: str) -> tuple[Thread, ...]:
    """The questions at one answer ("" for those about the whole), open ones first; NotKeptError."""
    return tuple(one for one in all_questions(actor, assessment_id, language) if one.field == field)


def all_questions(actor: Actor, assessment_id: str, language: str) -> tuple[Thread, ...]:
    """All questions of an assessment, those first that wait for the city, then for a reviewer; NotKeptError.

    None for whoever sees the record alone because its city opened it to others.
    """
    here = room(actor, assessment_id)
    if not may(actor, "see_papers", here.subject):
        return ()
    with house.store().reading() as reader:
        found = queries(reader, assessment_id)
        people = names_of(reader, _own_side(actor, here, found), language)
    order = (OPEN, ANSWERED, SETTLED)
    told = [_told(actor, one, here, people, language) for one in found]
    return tuple(sorted(told, key=lambda one: order.index(one.state)))


def may_ask(actor: Actor, assessment_id: str) -> bool:
    """Whether the actor may ask something about an assessment now; NotKeptError."""
    here = room(actor, assessment_id)
    return may(actor, "review", here.subject) and here.state.state in _ASKED_IN


def _own_side(actor: Actor, here: Room, found: tuple[Query, ...]) -> list[str]:
    """Whose names the actor may read: her own city's people, or the other reviewers."""
    replies = [word.by for one in found for word in one.words if word.kind == REPLY]
    others = [one.by for one in found] + [
        word.by for one in found for word in one.words if word.kind != REPLY
    ]
    return (replies if here.sees_draft else []) + (others if may(actor, "review", here.subject) else [])


def _told(actor: Actor, one: Query, here: Room, people: Mapping[str, str], language: str) -> Thread:
    say = house.voice(language).say

    def who(kind: str, by: str, at: str) -> str:
        shown = here.sees_draft if kind == REPLY else may(actor, "review", here.subject)
        name = people.get(by, "") if shown else ""
        return " · ".join(part for part in (say(_SIDES[kind]), name, moment(at, language)) if part)

    alive = here.state.state != ACCEPTED
    return Thread(
        one.id,
        one.field,
        title(one.field, language) if one.field else say("About the whole assessment"),
        one.text,
        who(REMARK, one.by, one.at),
        one.state,
        say(STATE_WORDS[one.state]),
        tuple(Said(who(word.kind, word.by, word.at), word.text) for word in one.words),
        alive and one.state != SETTLED and may(actor, "fill", here.subject) and _may_answer(here, one.field),
        alive and may(actor, "review", here.subject),
    )
