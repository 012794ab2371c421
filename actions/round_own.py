"""A juror's own mark on one criterion of one city: what counts, how it came about, and what others gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.record_words import moment
from actions.round_facts import MARK, MARKED, NOT_ENOUGH, REFERENCE_KIND, dossiers, joined, marks, seats
from actions.round_marks import Given, reason_due
from actions.round_read import Seen
from actions.round_rights import CALIBRATE, GIVE_MARK, may_do
from locales import Speaker, mark
from scoring.award import Award
from store.rounds import Entry

NOT_ENOUGH_WORDS = mark("Not enough evidence")


@dataclass(frozen=True, slots=True)
class Own:
    """One version of one's own mark: `choice` is a level, NOT_ENOUGH, or "" for none yet; `at` when it was kept."""

    version: int
    choice: str = ""
    reason: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """What somebody else gave: who (a name, or a number where names are not shown), what, why and since when."""

    who: str
    choice: str
    before: str
    reason: str


def choices(award: Award) -> tuple[str, ...]:
    """All that may be answered on a criterion: levels and half levels from the lowest on, then too little evidence."""
    scale = award.marks
    steps = round((scale.highest - scale.lowest) / scale.step)
    return (*(f"{scale.lowest + scale.step * n:g}" for n in range(steps + 1)), NOT_ENOUGH)


def given_of(choice: str, reason: str) -> Given:
    """A choice as the mark that it is."""
    if choice == NOT_ENOUGH:
        return Given(NOT_ENOUGH, None, reason)
    return Given(MARKED, float(choice) if choice else None, reason)


def choice_text(choice: str, voice: Speaker) -> str:
    """A choice as its reader writes it."""
    if choice == NOT_ENOUGH:
        return voice.say(NOT_ENOUGH_WORDS)
    return voice.number(float(choice), 1, fixed=False) if choice else "–"


def own_mark(found: Seen, candidate: str, criterion: str) -> Own:
    """One's own mark that counts now; version 0 where there is none."""
    return own_versions(found, candidate, criterion)[-1]


def own_versions(found: Seen, candidate: str, criterion: str) -> tuple[Own, ...]:
    """Every version of one's own mark, from "none yet" (version 0) on."""
    key = joined(found.viewer.seat, candidate, criterion)
    return (
        Own(0),
        *(
            Own(one.version, _choice(one), str(one.said.get("reason", "")), one.at)
            for one in found.entries
            if one.kind == MARK and one.key == key
        ),
    )


def _choice(one: Entry) -> str:
    return NOT_ENOUGH if one.said["answer"] == NOT_ENOUGH else str(one.said.get("value", ""))


def may_mark(found: Seen, candidate: str) -> bool:
    """Whether the viewer may give or change a mark of a city or reference dossier now."""
    kinds = {one.id: one.kind for one in dossiers(found.now)}
    act = CALIBRATE if kinds.get(candidate) == REFERENCE_KIND else GIVE_MARK
    return found.viewer.seat != "" and may_do(found, act, candidate)


def due(found: Seen, candidate: str, criterion: str, choice: str) -> bool:
    """Whether a choice would need a reason, beside one's other marks of the city."""
    others = [
        one.value
        for one in marks(found.now)
        if one.seat == found.viewer.seat and one.candidate == candidate and one.criterion != criterion
    ]
    return bool(choice) and reason_due(
        found.award, given_of(choice, ""), [one for one in others if one is not None]
    )


def history(found: Seen, candidate: str, criterion: str, language: str) -> tuple[Mapping[str, str], ...]:
    """How one's own mark came about, the first one first: what, in which phase, when and why."""
    voice = house.voice(language)
    key = joined(found.viewer.seat, candidate, criterion)
    return tuple(
        {
            voice.say("When"): moment(one.at, language),
            voice.say("Phase"): _phase(found, str(one.said.get("phase", "")), language),
            voice.say("Mark"): choice_text(_choice(one), voice),
            voice.say("Reason"): str(one.said.get("reason", "")),
        }
        for one in found.entries
        if one.kind == MARK and one.key == key
    )


def _phase(found: Seen, phase: str, language: str) -> str:
    words = found.award.phase_words[language]
    return words[phase].title if phase in words else phase


def before_discussion(found: Seen, seat: str, candidate: str, criterion: str) -> str:
    """What a seat had given before marks could be revised; "" where nothing was, or it never changed since."""
    key = joined(seat, candidate, criterion)
    every = [one for one in found.entries if one.kind == MARK and one.key == key]
    earlier = [one for one in every if "revise" not in found.award.phase(str(one.said["phase"])).acts]
    if not earlier or _choice(earlier[-1]) == _choice(every[-1]):
        return ""
    return _choice(earlier[-1])


def others(found: Seen, candidate: str, criterion: str, language: str) -> tuple[Other, ...]:
    """What others gave a city on a criterion, of what the viewer may see; without names where the phase says so."""
    voice, names = house.voice(language), {one.id: one.name for one in seats(found.now)}
    given = [
        one
        for one in marks(found.now)
        if one.candidate == candidate and one.criterion == criterion and one.seat != found.viewer.seat
    ]
    told = []
    for number, one in enumerate(sorted(given, key=lambda other: other.seat), start=1):
        before = before_discussion(found, one.seat, candidate, criterion)
        value = NOT_ENOUGH if one.value is None else f"{one.value:g}"
        told.append(
            Other(
                names.get(one.seat) or voice.say("Another juror ({number})", number=number),
                choice_text(value, voice),
                choice_text(before, voice) if before else "",
                one.reason,
            )
        )
    return tuple(told)
