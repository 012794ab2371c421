"""What-ifs kept under a name: saved, found by their id, compared side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from actions import house
from actions.access import Actor, see, seen_of
from actions.figures import band_name, bracket, points
from actions.outcome import Asked, Outcome, outcome
from actions.scenario_text import decode, encode
from actions.whatif import interval_words, rank_words, signed
from scoring.scenario import UNCHANGED, Scenario
from store.scenarios import SavedScenario, get_scenario, save_scenario, saved_by, scenarios_of

# A longer name is cut: it stands in a table.
NAME_LENGTH = 80
# Many people may save what-ifs of the same assessment.
_LOOKED_THROUGH = 1_000


@dataclass(frozen=True, slots=True)
class Kept:
    """One saved what-if: its id, its name with the moment where the name is taken twice, its city and basket."""

    id: str
    name: str
    upload_id: str
    basket: str
    scenario: Scenario
    lost: int  # changes that this edition of the framework no longer allows
    upload_ids: tuple[str, ...]


def save(actor: Actor, asked: Asked, scenario: Scenario, name: str) -> str:
    """Keep a what-if under a name (a blank one is named by its moment); returns its id. StoreError if it cannot be."""
    see(actor, *asked.upload_ids, right="save_scenario")
    saved = save_scenario(
        house.store(),
        name=" ".join(name.split())[:NAME_LENGTH],
        basket=asked.basket,
        content=encode(scenario),
        upload_ids=asked.upload_ids,
        actor=actor.person,
    )
    return saved.id


def kept(actor: Actor, scenario_id: str, language: str) -> Kept | None:
    """The saved what-if of an id from an address; None if none is kept of a city that the actor may see.

    Of the cities that it stood beside, those that the actor may not see are left out.
    """
    found = get_scenario(house.store(), scenario_id)
    if found is None:
        return None
    seen = seen_of(actor, found.upload_ids)
    if found.upload_ids[0] not in seen:
        return None
    return _kept(replace(found, upload_ids=seen), found.name, language)


def kept_of(actor: Actor, upload_id: str, language: str) -> tuple[Kept, ...]:
    """The saved what-ifs of one city's upload, newest first; names that stand twice carry their moment.

    In a shared installation those that the actor saved: others send her the link.
    """
    see(actor, upload_id)
    found = scenarios_of(house.store(), upload_id, _LOOKED_THROUGH)
    if not actor.everything:
        own = saved_by(house.store(), actor.person, [one.id for one in found])
        found = tuple(one for one in found if one.id in own)
    names = [one.name for one in found]
    voice = house.voice(language)
    return tuple(
        _kept(
            one,
            voice.say("{name} · {moment}", name=one.name, moment=voice.moment(one.at))
            if names.count(one.name) > 1
            else one.name,
            language,
        )
        for one in found
    )


def _kept(found: SavedScenario, name: str, language: str) -> Kept:
    scenario, lost = decode(house.framework(), found.content)
    return Kept(
        id=found.id,
        name=name or house.voice(language).moment(found.at),
        upload_id=found.upload_ids[0],
        basket=found.basket,
        scenario=scenario,
        lost=lost,
        upload_ids=found.upload_ids,
    )


def comparison(
    actor: Actor, asked: Asked, rows: tuple[Kept, ...], language: str
) -> tuple[Mapping[str, str], ...]:
    """The city as it is and its saved what-ifs in the basket in view, one row each."""
    say = house.voice(language).say
    see(actor, *asked.upload_ids)
    now = outcome(asked, UNCHANGED)
    lines = [_line(say("As it is"), now, now, language)]
    lines += [_line(one.name, outcome(asked, one.scenario), now, language) for one in rows]
    return tuple(lines)


def _line(name: str, made: Outcome, now: Outcome, language: str) -> Mapping[str, str]:
    say = house.voice(language).say
    assured, upper = float(made.scores.assured[0, 0]), float(made.scores.upper[0, 0])
    return {
        say("What-if"): name,
        say("Assured"): points(assured, language),
        say("Difference"): "" if made is now else signed(float(now.scores.assured[0, 0]), assured, language),
        say("Level"): band_name(assured, language) if made.scores.ranked[0] else say("Profile only"),
        say("Bracket"): bracket(assured, upper, language),
        say("Score interval"): interval_words(made, language),
        say("Rank interval"): rank_words(made, language),
    }
