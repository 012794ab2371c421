"""Marking: a juror's answer on one criterion of one city, kept as it is given, with a reason where one is due."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from actions.access import Actor, NotKeptError
from actions.judging_limits import number
from actions.round_facts import (
    MARK,
    MARKED,
    NOT_ENOUGH,
    REFERENCE_KIND,
    Mark,
    candidates,
    dossiers,
    joined,
    mark_of,
    marks,
    seats,
)
from actions.round_read import Seen, seen_while_writing
from actions.round_rights import CALIBRATE, GIVE_MARK
from actions.round_write import RoundError, Saying, keep_in, writing_in
from indicators.text import tidy
from scoring.award import Award
from scoring.marks.sheet import Marks, marks_of

LETTERS = 2000


@dataclass(frozen=True, slots=True)
class Given:
    """A mark as somebody gives it: MARKED with a value, or NOT_ENOUGH evidence for one; and why."""

    answer: str
    value: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A juror's answer on one criterion of one city, on top of the version that she saw."""

    candidate: str
    criterion: str
    base: int
    given: Given


def give_mark(actor: Actor, round_id: str, seat: str, answer: Answer) -> Mark:
    """Keep one answer; returns it as it is kept. Errors as `give_marks`."""
    return give_marks(actor, round_id, seat, (answer,))[0]


def give_marks(actor: Actor, round_id: str, seat: str, answers: Sequence[Answer]) -> tuple[Mark, ...]:
    """Keep answers, all or none; returns them as they are kept.

    NotKeptError and NotAllowedError; RoundError: `criterion_unknown`, `mark_wrong` (with least, most and step),
    `reason_missing`; MeanwhileError where another tab was faster; StoreError.
    """
    with writing_in(actor, round_id, seat) as (writing, found):
        own, of = found.viewer.seat, {one.id: one for one in dossiers(found.now)}
        in_hand = {(one.candidate, one.criterion): one.value for one in marks(found.now) if one.seat == own}
        in_hand |= {(one.candidate, one.criterion): one.given.value for one in answers}
        for one in answers:
            _check(found.award, one, of, in_hand)
        for act, reference in ((CALIBRATE, True), (GIVE_MARK, False)):
            some = (one for one in answers if (of[one.candidate].kind == REFERENCE_KIND) is reference)
            keep_in(writing, found, act, *(_saying(found, one) for one in some))
        kept = seen_while_writing(writing, actor, round_id, seat).now
    return tuple(
        mark_of(kept[MARK, joined(own, one.candidate, one.criterion)], own, one.candidate, one.criterion)
        for one in answers
    )


def _check(
    award: Award,
    one: Answer,
    of: Collection[str],
    in_hand: Mapping[tuple[str, str], float | None],
) -> None:
    """Whether one answer may be kept beside all others in hand."""
    if one.criterion not in {criterion.id for criterion in award.criteria}:
        raise RoundError("criterion_unknown")
    if one.candidate not in of:
        raise NotKeptError(one.candidate)
    checked(award, one.given)
    others = [
        value
        for (candidate, criterion), value in in_hand.items()
        if candidate == one.candidate and criterion != one.criterion and value is not None
    ]
    if not tidy(one.given.reason) and reason_due(award, one.given, others):
        raise RoundError("reason_missing")


def _saying(found: Seen, one: Answer) -> Saying:
    given = one.given
    value = "" if given.value is None or given.answer == NOT_ENOUGH else f"{given.value:g}"
    reason = tidy(given.reason)[:LETTERS]
    said = {"answer": given.answer, "value": value, "reason": reason, "phase": found.phase.id}
    key = joined(found.viewer.seat, one.candidate, one.criterion)
    return Saying(MARK, key, one.base, said, about=(one.candidate,), seat=found.viewer.seat)


def checked(award: Award, given: Given) -> None:
    """RoundError unless a mark is one of the award's levels or half levels, or honestly none."""
    scale = award.marks
    if given.answer == NOT_ENOUGH:
        return
    steps = (given.value - scale.lowest) / scale.step if given.value is not None else float("nan")
    if (
        given.answer != MARKED
        or given.value is None
        or not scale.lowest <= given.value <= scale.highest
        or steps != int(steps)
    ):
        raise RoundError("mark_wrong", least=scale.lowest, most=scale.highest, step=scale.step)


def reason_due(award: Award, given: Given, others: list[float]) -> bool:
    """Whether a mark needs a reason: the highest, the lowest, no mark at all, or far from the juror's other marks."""
    if given.answer == NOT_ENOUGH or given.value is None:
        return True
    if given.value in (award.marks.lowest, award.marks.highest):
        return True
    return bool(others) and abs(given.value - float(np.median(others))) > number("reasons", "outlying")


def sheet(found: Seen, kind: str = "candidate") -> Marks | None:
    """The marks that the viewer sees as the engine takes them, None where there are none.

    Jurors are the seats (or signs, where names are not shown), cities the candidates; weights those set for the round.
    """
    cities = [one.id for one in candidates(found.now, kind)]
    seen_marks = [one for one in marks(found.now) if one.candidate in cities]
    named = [one.id for one in seats(found.now)]
    jurors = [one for one in named if any(mark.seat == one for mark in seen_marks)]
    jurors += sorted({one.seat for one in seen_marks} - set(jurors))
    criteria = [one.id for one in found.award.criteria]
    if not cities or not jurors:
        return None
    values = np.full((len(jurors), len(cities), len(criteria)), np.nan)
    row, column = {name: n for n, name in enumerate(jurors)}, {name: n for n, name in enumerate(cities)}
    layer = {name: n for n, name in enumerate(criteria)}
    for one in seen_marks:
        if one.value is not None:
            values[row[one.seat], column[one.candidate], layer[one.criterion]] = one.value
    return marks_of(jurors, cities, criteria, values, weights(found))


def weights(found: Seen) -> list[float]:
    """What each criterion weighs: as set for the round, else as the award says; any sum."""
    chosen = found.settings.weights
    return [float(chosen.get(one.id, 0.0)) if chosen else one.weight for one in found.award.criteria]
