"""What-ifs kept under a name: saved, found by their id, compared side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.figures import band_name, bracket, points
from actions.outcome import Asked, Outcome, outcome
from actions.scenario_text import decode, encode
from actions.whatif import interval_words, rank_words, signed
from scoring.scenario import UNCHANGED, Scenario
from store.scenarios import SavedScenario, get_scenario, save_scenario, scenarios_of

# A longer name is cut: it stands in a table.
NAME_LENGTH = 80


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


def save(asked: Asked, scenario: Scenario, name: str) -> str:
    """Keep a what-if under a name (a blank one is named by its moment); returns its id. StoreError if it cannot be."""
    saved = save_scenario(
        house.store(),
        name=" ".join(name.split())[:NAME_LENGTH],
        basket=asked.basket,
        content=encode(scenario),
        upload_ids=asked.upload_ids,
    )
    return saved.id


def kept(scenario_id: str, language: str) -> Kept | None:
    """The saved what-if of an id from an address; None if none is kept."""
    found = get_scenario(house.store(), scenario_id)
    return None if found is None else _kept(found, found.name, language)


def kept_of(upload_id: str, language: str) -> tuple[Kept, ...]:
    """The saved what-ifs of one city's upload, newest first; names that stand twice carry their moment."""
    found = scenarios_of(house.store(), upload_id)
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


def comparison(asked: Asked, rows: tuple[Kept, ...], language: str) -> tuple[Mapping[str, str], ...]:
    """The city as it is and its saved what-ifs in the basket in view, one row each."""
    say = house.voice(language).say
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
