"""Whom the award goes to and why, for everybody once results are published; from what the viewer sees alone."""

from __future__ import annotations

from dataclasses import dataclass

from actions import house
from actions.room_countries import country_name
from actions.round_decisions import decisions, winners
from actions.round_read import Seen


@dataclass(frozen=True, slots=True)
class Winner:
    """A city that the award goes to: its name, its country and region in words, and the jury's reason."""

    name: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round led to: a sentence, and the winners in the order in which they came into the round."""

    summary: str
    winners: tuple[Winner, ...]


def outcome(found: Seen, language: str) -> Outcome | None:
    """The outcome of a round; None before its results are everybody's."""
    if found.phase.results != "everybody":
        return None
    voice, award, made = house.voice(language), found.award, decisions(found)
    terms = award.terms[language]
    told = tuple(
        Winner(
            name=one.name,
            place=" · ".join(
                (
                    country_name(one.country, language),
                    terms.get(f"region.{one.region}", one.region),
                )
            ),
            reason=made[one.id].reason,
        )
        for one in winners(found)
    )
    if not told:
        return Outcome(voice.say("The jury gave no award in this round."), ())
    cities = voice.series([one.name for one in told])
    if found.round.invented:
        # Nobody may read of an award that was never given.
        return Outcome(voice.say("In this invented round the award goes to {cities}.", cities=cities), told)
    return Outcome(
        voice.say("The {award} goes to {cities}.", award=award.names[language], cities=cities), told
    )
