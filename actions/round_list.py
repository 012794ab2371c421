"""Which rounds somebody may see, and for whose seat one may work: what stands in the head of a round's every page."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions import house
from actions.access import Actor
from actions.round_facts import seats
from actions.round_read import COMPUTER, Seen, every_seen
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
    return lines_of(every_seen(actor), language)


def lines_of(every: Sequence[Seen], language: str) -> tuple[RoundLine, ...]:
    """The same for rounds as somebody sees them."""
    voice = house.voice(language)
    called = Counter(its.settings.name for its in every)
    found = []
    left = Counter(called)
    for its in every:
        one, name = its.round, its.settings.name
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


def seat_choices(actor: Actor, found: Seen, language: str) -> Mapping[str, str]:
    """For whom somebody on her own computer may work in a round: seat -> name and role, "" for the computer itself.

    Nothing where people sign in: there each has her own seat.
    """
    if not actor.everything:
        return {}
    say = house.voice(language).say
    own = {"": say(ROLES[COMPUTER])}
    return own | {one.id: f"{one.name} · {say(ROLES[one.role])}" for one in seats(found.now) if one.active}


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
