"""Conflicts as those who run a round read them: all that are known, and the pairs that a second person looks at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.round_conflict_words import HINTS_OF_ANOTHER, KINDS
from actions.round_conflicts import misses
from actions.round_facts import (
    DECLARED,
    FOUND_BY_REVIEW,
    NO_CONFLICT,
    REVIEWED,
    conflict,
    conflicted,
    dossiers,
    joined,
    seats,
)
from actions.round_read import Seen
from actions.round_rights import REVIEW, may_do
from store.rounds import Entry


@dataclass(frozen=True, slots=True)
class Known:
    """A pair in conflict: who, which city, of which kind, in whose words, since when, and what a second person said."""

    seat: str
    candidate: str
    name: str
    city: str
    kind: str
    note: str
    since: str
    review: str


@dataclass(frozen=True, slots=True)
class ToReview:
    """A pair to look at: why, what was declared, what a second person said so far ("" nothing) and its version."""

    seat: str
    candidate: str
    name: str
    city: str
    why: str
    declared: str
    review: str
    version: int


@dataclass(frozen=True, slots=True)
class Pair:
    """How a seat and a candidate stand to each other now: `closed`, in words, and the version of the last review."""

    closed: bool
    words: str
    review: str
    version: int


def may_review(found: Seen) -> bool:
    """Whether the viewer may look at others' declarations as the second person now."""
    return found.viewer.declared and may_do(found, REVIEW)


def sees_conflicts(found: Seen) -> bool:
    """Whether the viewer reads others' conflicts: those who run the round, once they declared themselves."""
    return found.viewer.office and found.viewer.declared


def known_conflicts(found: Seen, language: str) -> tuple[Known, ...]:
    """All conflicts of the jury with candidates that the viewer sees, person by person."""
    voice, rows = house.voice(language), []
    for seat in seats(found.now):
        for one in dossiers(found.now):
            if not seat.active or one.withdrawn or not conflicted(found.now, seat.id, one.id):
                continue
            key = joined(seat.id, one.id)
            kind = str(conflict(found.now, seat.id, one.id))
            entry = found.now[(REVIEWED if kind == FOUND_BY_REVIEW else DECLARED), key]
            rows.append(
                Known(
                    seat=seat.id,
                    candidate=one.id,
                    name=seat.name,
                    city=one.name,
                    kind=voice.say(KINDS[kind]),
                    note=str(entry.words.get("note", "")),
                    since=voice.moment(dt.datetime.fromisoformat(entry.at)),
                    review=_review(found.now.get((REVIEWED, key)), language),
                )
            )
    return tuple(rows)


def to_review(found: Seen, language: str) -> tuple[ToReview, ...]:
    """Possible conflicts that were declared as none, those that nobody has looked at first.

    Who has not declared yet is not looked at: she is shown the same suggestions when she declares.
    """
    voice, rows = house.voice(language), []
    for one in misses(found):
        if one.declared is None:
            continue
        entry = found.now.get((REVIEWED, joined(one.seat.id, one.candidate.id)))
        rows.append(
            ToReview(
                seat=one.seat.id,
                candidate=one.candidate.id,
                name=one.seat.name,
                city=one.candidate.name,
                why=voice.listing([voice.say(HINTS_OF_ANOTHER[it]) for it in one.suggested]),
                declared=voice.say("declared: no conflict"),
                review=_review(entry, language),
                version=entry.version if entry else 0,
            )
        )
    return tuple(rows)


def others(found: Seen) -> Mapping[str, str]:
    """Whose pairs the viewer may review: all seats but her own."""
    return {one.id: one.name for one in seats(found.now) if one.active and one.id != found.viewer.seat}


def cities_seen(found: Seen) -> Mapping[str, str]:
    """The candidates and reference dossiers that the viewer sees, by name."""
    return {one.id: one.name for one in dossiers(found.now) if not one.withdrawn}


def pair_now(found: Seen, seat: str, candidate: str, language: str) -> Pair:
    """How a seat and a candidate stand to each other."""
    voice = house.voice(language)
    kind = conflict(found.now, seat, candidate)
    entry = found.now.get((REVIEWED, joined(seat, candidate)))
    words = voice.say("not declared yet") if kind is None else voice.say(KINDS[kind])
    closed = kind not in (None, NO_CONFLICT)
    return Pair(closed, words, _review(entry, language), entry.version if entry else 0)


def _review(entry: Entry | None, language: str) -> str:
    """What a second person said last, and why."""
    if entry is None:
        return ""
    voice = house.voice(language)
    facts = {
        "moment": voice.moment(dt.datetime.fromisoformat(entry.at)),
        "why": str(entry.said["why"]),
    }
    if entry.said["conflict"]:
        return voice.say("Closed by a second person on {moment}: {why}", **facts)
    return voice.say("Opened by a second person on {moment}: {why}", **facts)
