"""Between which moments may somebody ask why the ranking moved? Those of her own journal at which it could move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

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
# So many single entries are offered, the latest; before them the beginnings of phases.
MOST = 40


def moments(found: Seen, language: str) -> Mapping[str, str]:
    """Number of an entry -> what was said then, latest first; "0" for the time before everything."""
    called = names(found, language)
    moving = [one for one in found.entries if one.kind in MOVING]
    chosen = {one.number for one in found.entries if one.kind == PHASE}
    chosen |= {one.number for one in moving[-MOST:]}
    told = {
        str(one.number): _told(found, one, called) for one in reversed(found.entries) if one.number in chosen
    }
    if found.entries and str(found.entries[-1].number) not in told:
        last = found.entries[-1]
        told = {str(last.number): f"{called.voice.say('Now')} · {_when(last, called)}", **told}
    return told


def _told(found: Seen, one: Entry, called: Names) -> str:
    return f"{_when(one, called)} · {_what(found, one, called)}"


def _when(one: Entry, called: Names) -> str:
    return called.voice.moment(dt.datetime.fromisoformat(one.at))


def _what(found: Seen, one: Entry, called: Names) -> str:
    say = called.voice.say
    cities = called.voice.series([called.cities.get(candidate, "") for candidate in one.about])
    if one.kind == PHASE:
        words = found.award.phase_words[called.language][str(one.said["phase"])]
        return say("Phase begins: {phase}", phase=words.title)
    if one.kind == MARK:
        criterion = called.criteria.get(one.key.split(":")[2], "")
        return say("Mark for {city}: {criterion}", city=cities, criterion=criterion)
    if one.kind == SETTINGS:
        return say("Settings of the round")
    if one.kind in (DECLARED, REVIEWED):
        return say("Conflict of interest: {city}", city=cities)
    if one.kind == EXCEPTION:
        return say("Exception for {city}", city=cities)
    return say("Candidate: {city}", city=cities)
