"""The phases of a round in a line, where it can go from here, what that means, and going there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions import house
from actions.access import Actor
from actions.round_debts import BY_ACT, others_debts, own_debts
from actions.round_decisions import require_decided
from actions.round_facts import ONE, PHASE, version_of
from actions.round_read import OFFICE, Seen, seen
from actions.round_rights import END, MOVE, ending, may_do
from actions.round_setup import move_on
from actions.round_tasks import owed_texts
from actions.round_words import phase_title, sentence
from actions.round_write import MeanwhileError, RoundError
from locales import Speaker, mark
from scoring.award import Award

PAST, PRESENT, AHEAD = "past", "present", "ahead"
STATES = {PAST: mark("done"), PRESENT: mark("now"), AHEAD: mark("ahead")}


@dataclass(frozen=True, slots=True)
class PhaseShown:
    """A phase in the line: its name, what it means, and whether it is past, present or ahead (as a word, too)."""

    id: str
    title: str
    text: str
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class Move:
    """A phase that the round can go to: `warnings` say what that ends; with any of them it is asked twice.

    `why_not` says why the viewer cannot bring it there ("" where she can).
    """

    phase: str
    label: str
    text: str
    back: bool
    warnings: tuple[str, ...]
    why_not: str


def phase_line(found: Seen, language: str) -> tuple[PhaseShown, ...]:
    """Every phase of the round in order."""
    ids = [one.id for one in found.award.phases]
    here = ids.index(found.phase.id)
    say, words = house.voice(language).say, found.award.phase_words[language]
    states = [PAST if n < here else PRESENT if n == here else AHEAD for n in range(len(ids))]
    return tuple(
        PhaseShown(one, words[one].title, words[one].text, state, say(STATES[state]))
        for one, state in zip(ids, states, strict=True)
    )


def phase_version(found: Seen) -> int:
    """On top of which version of the phase a move would be said."""
    return version_of(found.now, PHASE, ONE)


def moves(found: Seen, language: str) -> tuple[Move, ...]:
    """Where the round can go from here, forward first; nothing for those who do not run it."""
    if found.viewer.role not in OFFICE or not (may_do(found, MOVE) or may_do(found, END)):
        return ()
    ids = [one.id for one in found.award.phases]
    here = ids.index(found.phase.id)
    every = [_move(found, one, language, back=ids.index(one) < here) for one in found.phase.next]
    return tuple(sorted(every, key=lambda one: one.back))


def _move(found: Seen, phase: str, language: str, *, back: bool) -> Move:
    voice = house.voice(language)
    title = phase_title(found, phase, language)
    ends = ending(found, phase)
    why_not = ""
    if not may_do(found, END if ends else MOVE):
        why_not = voice.say(
            "Going to “{phase}” ends something for the whole round. "
            "It is for a chair or substitute who has declared and is closed out of no city.",
            phase=title,
        )
    elif ends and not found.award.phase(phase).open:
        why_not = _not_decided(found, voice)
    return Move(
        phase=phase,
        label=voice.say("Back to: {phase}", phase=title)
        if back
        else voice.say("Go on to: {phase}", phase=title),
        text=found.award.phase_words[language][phase].text,
        back=back,
        warnings=() if back else _warnings(found, phase, language),
        why_not=why_not,
    )


def _not_decided(found: Seen, voice: Speaker) -> str:
    """What is still to be decided before the deciding can end, "" where nothing is."""
    try:
        require_decided(found)
    except RoundError as trouble:
        return sentence(trouble, voice.say)
    return ""


def _warnings(found: Seen, phase: str, language: str) -> tuple[str, ...]:
    """What going to a phase ends: what is owed still and can be done no more there, and that there is no way back."""
    voice = house.voice(language)
    to = found.award.phase(phase)
    told = []
    lost = [one for one in own_debts(found) if BY_ACT[one.kind] not in to.acts]
    if lost:
        told.append(
            voice.say(
                "Not done yet, and not to be done there any more: {tasks}",
                tasks=voice.series(owed_texts(found, lost, language)),
            )
        )
    others = [
        seat.name
        for seat, debts in others_debts(found)
        if any(BY_ACT[one.kind] not in to.acts for one in debts)
    ]
    if others:
        told.append(
            voice.say(
                "These owe something that they cannot do there any more: {names}", names=voice.series(others)
            )
        )
    if found.phase.id not in _within_reach(found.award, phase):
        told.append(voice.say("There is no way back from there."))
    if to.open:
        told.append(
            voice.say("From then on everybody sees the results, and conflicts hide nothing any more.")
        )
    return tuple(told)


def _within_reach(award: Award, phase: str) -> frozenset[str]:
    """The phases that a round can come to from a phase."""
    found: set[str] = set()
    ahead: Sequence[str] = award.phase(phase).next
    while new := set(ahead) - found:
        found |= new
        ahead = [after for one in new for after in award.phase(one).next]
    return frozenset(found)


def go_to(actor: Actor, found: Seen, base: int, phase: str, language: str) -> None:
    """Bring the round to a phase, on top of the version that was shown; a slower one is told where it is now.

    NotAllowedError, RoundError (`not_from_here`, `moved_meanwhile` with the phase), StoreError.
    """
    try:
        move_on(actor, found.round.id, found.viewer.seat, base, phase)
    except MeanwhileError:
        now = seen(actor, found.round.id, found.viewer.seat)
        raise RoundError("moved_meanwhile", phase=phase_title(now, now.phase.id, language)) from None
