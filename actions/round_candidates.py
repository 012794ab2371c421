"""The secretariat's work on candidates: their facts, who of them was awarded before, exceptions, and withdrawals."""

from __future__ import annotations

from collections.abc import Mapping

from actions.access import Actor, NotAllowedError, NotKeptError
from actions.round_eligibility import AFTER_AWARD, block_rule, blocked_winner, standings, unreadable
from actions.round_facts import CANDIDATE, EXCEPTION, EXPERT, MARKED, REFERENCE_KIND, joined
from actions.round_known import TYPED
from actions.round_marks import Given, checked
from actions.round_read import Seen, seen
from actions.round_rights import ENTER, WITHDRAW
from actions.round_setup import require_candidate
from actions.round_write import MeanwhileError, RoundError, Saying, keep
from indicators.text import tidy
from scoring.eligibility import Standing
from scoring.eligibility_kinds import ENDS_ON, NOT_KNOWN
from store.rounds import Entry

_LINE, _LETTERS = 200, 500
# What is said of past awards: nobody has looked, or a person found that it is none of those who may be meant.
NOT_LOOKED, NONE_OF_THEM = "", "none"
# How often a fact is said again where somebody said another one of the same candidate at that moment.
_TRIES = 5


class FactMeanwhileError(RoundError):
    """Somebody else said something of the same fact since; `.counts` is what counts now."""

    def __init__(self, counts: str) -> None:
        super().__init__("fact_meanwhile")
        self.counts = counts


def fact_text(entry: Entry, fact: str, award_fact: str) -> str:
    """What an entry says of a fact, as text; `award_fact` is the one that asks about past awards."""
    if fact == award_fact:
        as_whom = entry.said.get("awarded_as")
        return NOT_LOOKED if as_whom is None else (as_whom or NONE_OF_THEM)
    return str(entry.said.get("facts", {}).get(fact, ""))


def say_fact(
    actor: Actor,
    round_id: str,
    seat: str,
    candidate: str,
    fact: str,
    text: str,
    before: str,
    source: str = TYPED,
) -> None:
    """Say one fact of a candidate ("" takes it back), where the writer saw that it was `before`.

    FactMeanwhileError where somebody else said something else of it since; who says another fact of the same candidate
    is in nobody's way. NotAllowedError, RoundError (`fact_unreadable`, `winner_unknown`), StoreError.
    """
    text = tidy(text)[:_LINE]
    for left in range(_TRIES, 0, -1):
        found = seen(actor, round_id, seat)
        entry = _entry(found, candidate)
        asks_of_past = _asks_of_past(found, fact)
        now = fact_text(entry, fact, fact if asks_of_past else "")
        if now == text:
            return
        if now != before:
            raise FactMeanwhileError(now)
        said = (
            _with_past(found, entry, text) if asks_of_past else _with_fact(found, entry, fact, text, source)
        )
        try:
            saying = Saying(CANDIDATE, candidate, entry.version, said, about=(candidate,))
            keep(actor, round_id, seat, ENTER, saying)
            return
        except MeanwhileError:
            if left == 1:
                raise


def _asks_of_past(found: Seen, fact: str) -> bool:
    rules = [one for one in found.award.eligibility if one.fact == fact]
    if not rules:
        raise NotKeptError(fact)
    return any(one.kind == AFTER_AWARD for one in rules)


def _entry(found: Seen, candidate: str) -> Entry:
    entry = found.now.get((CANDIDATE, candidate))
    if entry is None:
        raise NotKeptError(candidate)
    return entry


def _with_fact(found: Seen, entry: Entry, fact: str, text: str, source: str) -> Mapping[str, object]:
    if text and any(unreadable(one, text) for one in found.award.eligibility if one.fact == fact):
        raise RoundError("fact_unreadable", typed=text)
    facts, sources = dict(entry.said.get("facts", {})), dict(entry.said.get("sources", {}))
    facts.pop(fact, None)
    sources.pop(fact, None)
    if text:
        facts[fact], sources[fact] = text, source
    return {**entry.said, "facts": facts, "sources": sources}


def _with_past(found: Seen, entry: Entry, text: str) -> Mapping[str, object]:
    if text not in (NOT_LOOKED, NONE_OF_THEM, *(one.city for one in found.award.past)):
        raise RoundError("winner_unknown")
    # Who is a past winner by name and country is one: that is no question.
    if blocked_winner(found, str(entry.said["name"]), str(entry.said.get("country", ""))):
        raise RoundError("winner_certain")
    as_whom = None if text == NOT_LOOKED else "" if text == NONE_OF_THEM else text
    return {**entry.said, "awarded_as": as_whom}


# --- exceptions


def grant_exception(
    actor: Actor, round_id: str, seat: str, candidate: str, rule: str, base: int, reason: str
) -> None:
    """Let a candidate pass a rule that it does not meet, for a reason; on top of the version seen.

    NotAllowedError, RoundError (`reason_missing`, `exception_needless`, `exception_of_block`), MeanwhileError.
    """
    found = seen(actor, round_id, seat)
    _say_exception(actor, found, candidate, rule, base, reason, granted=True)


def take_back_exception(
    actor: Actor, round_id: str, seat: str, candidate: str, rule: str, base: int, reason: str
) -> None:
    """Take an exception back, for a reason; on top of the version seen. The same errors."""
    found = seen(actor, round_id, seat)
    _say_exception(actor, found, candidate, rule, base, reason, granted=False)


def _say_exception(
    actor: Actor, found: Seen, candidate: str, rule: str, base: int, reason: str, *, granted: bool
) -> None:
    _entry(found, candidate)
    key, why = joined(candidate, rule), tidy(reason)[:_LETTERS]
    if rule not in {one.id for one in found.award.eligibility}:
        raise NotKeptError(rule)
    if not why:
        raise RoundError("reason_missing")
    known = found.now.get((EXCEPTION, key))
    if (known.version if known else 0) == base:
        _require_sense(found, candidate, rule, known, granted=granted)
    said = {"rule": rule, "granted": granted, "reason": why}
    saying = Saying(EXCEPTION, key, base, said, about=(candidate,))
    keep(actor, found.round.id, found.viewer.seat, ENTER, saying)


def _require_sense(found: Seen, candidate: str, rule: str, known: Entry | None, *, granted: bool) -> None:
    holds = known is not None and bool(known.said["granted"])
    standing: Standing | None = standings(found).get(candidate)
    if standing is None or holds == granted:
        raise RoundError("exception_needless")
    answer, block = standing.answer(rule), block_rule(found.award)
    if granted and answer.passes:
        raise RoundError("exception_needless")
    if granted and block is not None and rule == block.id and answer.outcome == ENDS_ON:
        raise RoundError("exception_of_block", day=str(answer.found.ends))
    if granted and block is not None and rule == block.id and answer.outcome == NOT_KNOWN:
        raise RoundError("winner_first")


# --- leaving and coming back


def withdraw(actor: Actor, round_id: str, seat: str, candidate: str, base: int, reason: str) -> None:
    """Take a candidate or a reference dossier out of the round, for a reason; all that was said of it stays kept.

    NotAllowedError, RoundError (`reason_missing`), MeanwhileError, StoreError.
    """
    found = seen(actor, round_id, seat)
    entry, why = _entry(found, candidate), tidy(reason)[:_LETTERS]
    if not why:
        raise RoundError("reason_missing")
    said = {**entry.said, "withdrawn": True, "withdrawn_why": why}
    keep(actor, round_id, seat, WITHDRAW, Saying(CANDIDATE, candidate, base, said, about=(candidate,)))


def bring_back(actor: Actor, round_id: str, seat: str, candidate: str, base: int) -> None:
    """Take a candidate that was withdrawn into the round again. NotAllowedError, RoundError, MeanwhileError."""
    found = seen(actor, round_id, seat)
    entry = _entry(found, candidate)
    if not entry.said.get("withdrawn"):
        raise RoundError("not_withdrawn")
    require_candidate(found, str(entry.said["name"]), str(entry.said["country"]), str(entry.said["kind"]))
    said = {**entry.said, "withdrawn": False, "withdrawn_why": ""}
    keep(actor, round_id, seat, ENTER, Saying(CANDIDATE, candidate, base, said, about=(candidate,)))


# --- what an expert gave


def say_expert(
    actor: Actor, round_id: str, seat: str, candidate: str, base: int, marks: Mapping[str, float]
) -> None:
    """Say which marks an expert gave a reference dossier, on top of the version seen.

    NotAllowedError where it is no reference, RoundError (`mark_wrong`, `criterion_unknown`), MeanwhileError.
    """
    found = seen(actor, round_id, seat)
    if _entry(found, candidate).said.get("kind") != REFERENCE_KIND:
        raise NotAllowedError
    said = {"marks": {name: f"{value:g}" for name, value in checked_marks(found, marks).items()}}
    keep(actor, round_id, seat, ENTER, Saying(EXPERT, candidate, base, said, about=(candidate,)))


def checked_marks(found: Seen, marks: Mapping[str, float]) -> Mapping[str, float]:
    """An expert's marks by criterion as they came; RoundError for one that the rubric does not have."""
    for name, value in marks.items():
        if name not in {one.id for one in found.award.criteria}:
            raise RoundError("criterion_unknown")
        checked(found.award, Given(MARKED, value))
    return marks
