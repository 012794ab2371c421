"""Which rounds somebody may see, and for whose seat one may work: what stands in the head of a round's every page."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor
from actions.round_facts import seats
from actions.round_read import COMPUTER, Seen, rounds, seen
from actions.round_words import ROLES, phase_title


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list: what it is called, by which award, in which phase, since when, and whether it is invented."""

    id: str
    name: str
    award: str
    phase: str
    made: str
    invented: bool


def round_lines(actor: Actor, language: str) -> tuple[RoundLine, ...]:
    """The rounds that the actor may see anything of, the newest first; those of one name are numbered by age."""
    voice = house.voice(language)
    every = [(one, seen(actor, one.id)) for one in rounds(actor)]
    called = Counter(its.settings.name for _, its in every)
    found = []
    left = Counter(called)
    for one, its in every:
        name = its.settings.name
        number = voice.number(left[name])
        left[name] -= 1
        found.append(
            RoundLine(
                id=one.id,
                name=name if called[name] == 1 else f"{name} ({number})",
                award=its.award.names[language],
                phase=phase_title(its, its.phase.id, language),
                made=voice.moment(dt.datetime.fromisoformat(one.at)),
                invented=one.invented,
            )
        )
    return tuple(found)


def seat_choices(actor: Actor, round_id: str, language: str) -> Mapping[str, str]:
    """For whom somebody on her own computer may work in a round: seat -> name and role, "" for the computer itself.

    Nothing where people sign in: there each has her own seat.
    """
    if not actor.everything:
        return {}
    say = house.voice(language).say
    own = {"": say(ROLES[COMPUTER])}
    return own | {
        one.id: f"{one.name} · {say(ROLES[one.role])}"
        for one in seats(seen(actor, round_id).now)
        if one.active
    }


def place_in_round(found: Seen, language: str) -> str:
    """The phase that the round is in, and its place among all phases."""
    voice = house.voice(language)
    ids = [one.id for one in found.award.phases]
    return voice.say(
        "Phase {number} of {count}: {phase}",
        number=voice.number(ids.index(found.phase.id) + 1),
        count=voice.number(len(ids)),
        phase=phase_title(found, found.phase.id, language),
    )
