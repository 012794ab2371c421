"""Open questions of a jury about a city: asked before or in the meeting, answered there."""

from __future__ import annotations

from dataclasses import dataclass

from actions.access import Actor, NotKeptError
from actions.round_facts import QUESTION, of_kind
from actions.round_read import Seen, seen
from actions.round_rights import ASK
from actions.round_write import RoundError, Saying, keep
from indicators.text import tidy
from store.ids import new_id

_LETTERS = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a city, by the seat that asked it ("" for the round's own); open until it has an answer."""

    id: str
    candidate: str
    seat: str
    text: str
    answer: str
    version: int

    @property
    def open(self) -> bool:
        """Whether nobody has answered it."""
        return not self.answer


def questions(found: Seen, candidate: str = "") -> tuple[Question, ...]:
    """The questions about a city, or ("") about all, in the order in which they were asked."""
    every = (
        Question(
            one.key,
            one.about[0],
            one.seat,
            str(one.said["text"]),
            str(one.said.get("answer", "")),
            one.version,
        )
        for one in of_kind(found.now, QUESTION)
    )
    return tuple(one for one in every if candidate in ("", one.candidate))


def ask(actor: Actor, round_id: str, seat: str, candidate: str, text: str) -> str:
    """Ask something about a city; returns the question's id. NotAllowedError, RoundError, StoreError."""
    if not tidy(text):
        raise RoundError("text_missing")
    found, made = seen(actor, round_id, seat), new_id()
    for one in questions(found, candidate):
        # Clicked twice: it is asked already.
        if one.open and (one.seat, one.text) == (found.viewer.seat, tidy(text)[:_LETTERS]):
            return one.id
    said = {"text": tidy(text)[:_LETTERS], "answer": ""}
    keep(
        actor,
        round_id,
        seat,
        ASK,
        Saying(QUESTION, made, 0, said, about=(candidate,), seat=found.viewer.seat),
    )
    return made


def answer(actor: Actor, round_id: str, seat: str, kept_id: str, base: int, text: str) -> None:
    """Answer a question, on top of the version seen; its asker stays its asker.

    NotAllowedError, NotKeptError, RoundError (`text_missing`), MeanwhileError, StoreError.
    """
    if not tidy(text):
        raise RoundError("text_missing")
    entry = seen(actor, round_id, seat).now.get((QUESTION, kept_id))
    if entry is None:
        raise NotKeptError(kept_id)
    said = {**entry.said, "answer": tidy(text)[:_LETTERS]}
    keep(actor, round_id, seat, ASK, Saying(QUESTION, kept_id, base, said, entry.about, entry.seat))
