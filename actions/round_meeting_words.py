"""The words of a jury's meeting: what cities, ballots and decisions are called, and people by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from actions import house
from actions.round_agenda import CALLED, DONE, WAITING
from actions.round_ballots import ABSTAIN, CARRIED, CHOSEN, EMPTY, LOST, NO, TIED, YES, Ballot
from actions.round_decisions import AWARD, LATER, NONE
from actions.round_facts import dossier_of, seats
from actions.round_read import Seen
from actions.round_words import ROLES
from locales import Speaker, mark

STATES: Mapping[str, str] = {
    WAITING: mark("Waiting"),
    CALLED: mark("Being discussed"),
    DONE: mark("Discussed"),
}
DECIDED: Mapping[str, str] = {
    AWARD: mark("Receives the award"),
    NONE: mark("No award this time"),
    LATER: mark("The jury comes back to it"),
}
CHOICES: Mapping[str, str] = {YES: mark("For"), NO: mark("Against"), ABSTAIN: mark("Abstains")}
_OUTCOMES: Mapping[str, str] = {
    CARRIED: mark("Carried: {counts}."),
    LOST: mark("Not carried: {counts}."),
    TIED: mark("Equal votes: {counts}. The award's list for equal cities comes next, then the chair."),
    CHOSEN: mark("Chosen: {chosen}. Votes: {counts}."),
    EMPTY: mark("Nobody chose: {counts}."),
}


def names(found: Seen, wanted: Iterable[str]) -> tuple[str, ...]:
    """Seats by their people's names; by what they are in the round where no name is kept any more."""
    say = house.voice("en").say
    of = {one.id: one.name or say(ROLES[one.role]) for one in seats(found.now)}
    return tuple(of[one] for one in wanted if one in of)


def city_name(found: Seen, candidate: str) -> str:
    """What a city of the round is called, "" for one that the viewer does not see."""
    one = dossier_of(found.now, candidate)
    return one.name if one else ""


def choice_word(found: Seen, choice: str, voice: Speaker) -> str:
    """A vote in words: for, against, abstains, or the city that was chosen."""
    return voice.say(CHOICES[choice]) if choice in CHOICES else city_name(found, choice)


def ballot_title(found: Seen, one: Ballot, voice: Speaker) -> str:
    """What a ballot asks: as its opener put it, else what follows from its cities."""
    if one.question:
        return one.question
    cities = voice.series([city_name(found, candidate) for candidate in one.about])
    if len(one.about) == 1:
        return voice.say("Does {city} receive the award?", city=cities)
    return voice.say("Which goes first: {cities}?", cities=cities)


def ballot_outcome(found: Seen, one: Ballot, voice: Speaker) -> str:
    """How a closed ballot came out, with its counts."""
    counts = voice.listing(
        [f"{choice_word(found, name, voice)} {voice.number(one.counts.get(name, 0))}" for name in one.choices]
    )
    chosen = voice.series([choice_word(found, name, voice) for name in one.leading])
    outcome = one.outcome
    if outcome == CHOSEN:
        return voice.say(_OUTCOMES[outcome], chosen=chosen, counts=counts)
    return voice.say(_OUTCOMES[outcome], counts=counts)
