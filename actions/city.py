"""Who a city is: the lines above the title of every page about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.figures import size
from actions.standing import upload
from actions.uploads import city_name
from indicators.countries import country_name
from indicators.text import quoted


@dataclass(frozen=True, slots=True)
class Card:
    """A city's name, the context of its upload and its basic facts, in words."""

    name: str
    context: tuple[str, ...]
    facts: str
    invented: bool


def card(actor: Actor, upload_id: str, language: str) -> Card:
    """The card of one upload; NotKeptError if there is no such upload."""
    see(actor, upload_id)
    return _card(upload_id, language)


@lru_cache(maxsize=256)
def _card(upload_id: str, language: str) -> Card:
    kept = upload(upload_id)
    voice, profile = house.voice(language), kept.reading.profile
    say = voice.say
    year = profile.get("assessment_year")
    context = (
        say("Self-assessment {year}", year=int(year))
        if isinstance(year, int | float)
        else say("Self-assessment"),
        say("Key Features of Learning Cities, edition {edition}", edition=kept.edition),
        say("saved {moment}", moment=voice.moment(kept.at)),
    )
    facts = []
    population, since = profile.get("population"), profile.get("member_since")
    if isinstance(population, int | float):
        facts.append(say("{count} inhabitants", count=size(population, language)))
    if profile.get("country"):
        facts.append(country_name(str(profile["country"]), language))
    if isinstance(since, int | float):
        facts.append(say("network member since {year}", year=int(since)))
    return Card(
        city_name(kept.reading) or quoted(kept.name), context, " · ".join(facts), kept.reading.invented
    )
