"""Between which moments may somebody ask why the ranking moved? Those of her own journal at which it could move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise

from actions.round_facts import (
    CANDIDATE,
    DECLARED,
    EXCEPTION,
    MARK,
    PHASE,
    REVIEWED,
    SETTINGS,
)
from actions.round_read import Seen
from actions.round_result_words import Names, names
from store.rounds import Entry

# Kinds of entries from which a ranking follows.
MOVING = (SETTINGS, CANDIDATE, EXCEPTION, DECLARED, REVIEWED, MARK)
# So many moments are offered, the latest; and the beginnings of all phases.
MOST = 40


def moments(found: Seen, language: str) -> Mapping[str, str]:
    """Number of an entry -> what was said then, latest first; marks of one juror for one city stand together."""
    called = names(found, language)
    moving = [one for one, after in pairwise((*found.entries, None)) if one and _offered(one, after)]
    kept = {one.number for one in moving[-MOST:]} | {one.number for one in moving if one.kind == PHASE}
    told = {
        str(one.number): f"{_when(one, called)} · {_what(found, one, called)}"
        for one in reversed(moving)
        if one.number in kept
    }
    if found.entries and str(found.entries[-1].number) not in told:
        last = found.entries[-1]
        told = {str(last.number): f"{called.voice.say('Now')} · {_when(last, called)}", **told}
    return told


def usual(found: Seen) -> int:
    """The moment from which on one asks first: the beginning of the last phase with marks in it, else of the first."""
    begun = [one.number for one in found.entries if one.kind == PHASE]
    marked = [one.number for one in found.entries if one.kind == MARK]
    within = [one for one in begun if marked and one < marked[-1]]
    return within[-1] if within else (begun[0] if begun else 1)


def _offered(one: Entry, after: Entry | None) -> bool:
    """Whether the ranking could move with an entry, and it is the last of its kind about its city in a row."""
    if one.kind == PHASE:
        return True
    alike = after is not None and (after.kind, after.seat, after.about) == (one.kind, one.seat, one.about)
    return one.kind in MOVING and not alike


def _when(one: Entry, called: Names) -> str:
    return called.voice.moment(dt.datetime.fromisoformat(one.at))


def _what(found: Seen, one: Entry, called: Names) -> str:
    say = called.voice.say
    cities = called.voice.series([called.cities.get(candidate, "") for candidate in one.about])
    if one.kind == PHASE:
        words = found.award.phase_words[called.language][str(one.said["phase"])]
        return say("Phase begins: {phase}", phase=words.title)
    if one.kind == MARK:
        return say("Marks for {city} by {juror}", city=cities, juror=called.juror(one.seat))
    if one.kind == SETTINGS:
        return say("Settings of the round")
    if one.kind in (DECLARED, REVIEWED):
        return say("Conflict of interest: {city}", city=cities)
    if one.kind == EXCEPTION:
        return say("Exception for {city}", city=cities)
    return say("Candidate: {city}", city=cities)
