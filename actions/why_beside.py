"""Beside what is a score explained? Nothing, the same city at another time, another city, or an award city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from actions import house
from actions.access import Actor, see
from actions.candidates import gather, members, unit_labels
from actions.compare import FITS
from actions.listing import in_short
from actions.samples import open_sample, samples
from actions.standing import UPLOADED, Standing, is_kept, standing, upload
from actions.unusual import Links, known_cities
from actions.uploads import city_name, fold
from locales import mark
from scoring.model import Panel, Scores
from scoring.score import score
from store.uploads import linked

ALONE = "nothing"
ASSURED, REPORTED = FIGURES = ("assured", "reported")
FIGURE_NAMES: Mapping[str, str] = {ASSURED: mark("Assured score"), REPORTED: mark("Reported score")}
_SAMPLE = "sample-"
# Uploads looked through for further ones of the same city.
_LOOKED_THROUGH = 200


@dataclass(frozen=True, eq=False)
class Pair:
    """Two sides of a comparison in one set of scores; `there` is "" where a score is explained by itself.

    `basis` says on what both are compared, `common` on how many measurements where it is not the whole basket.
    """

    scores: Scores
    here: str
    there: str
    name: str
    other: str
    figure: str
    common: int | None = None

    def number(self, unit: str) -> float:
        """The whole's score of one side; NaN where it has none."""
        return float(getattr(self.scores, self.figure)[self.scores.units.index(unit), 0])


def besides(actor: Actor, upload_id: str, set_id: str, language: str) -> dict[str, str]:
    """What a score can be set beside: id -> name. NotKeptError if there is no such upload."""
    see(actor, upload_id)
    say = house.voice(language).say
    offered = {ALONE: say("nothing: the score by itself")}
    offered |= _other_times(upload_id, known_cities(actor, upload_id, _LOOKED_THROUGH), language)
    others = tuple(one for one in members(actor, set_id) if one != upload_id)
    called = unit_labels(others, language)
    offered |= {UPLOADED + one: called[one] for one in others if UPLOADED + one not in offered}
    offered |= {
        city.id: say(
            "{city} · award {years}",
            city=city.words[language].name,
            years=", ".join(str(year) for year in city.award_years),
        )
        for city in house.references().cities
    }
    # An invented city that stands among the candidates is not offered a second time.
    known = {fold(city_name(upload(one).reading)) for one in (upload_id, *others)}
    offered |= {
        _SAMPLE + one.id: say("{city} (invented)", city=one.name)
        for one in samples(language)
        if fold(one.name) not in known
    }
    return offered


def _other_times(upload_id: str, known: Links, language: str) -> Mapping[str, str]:
    """Further uploads that a person or the same bytes linked to this city, newest first."""
    voice = house.voice(language)
    own = dict(known).get(upload_id)
    found = {}
    for one in in_short([each for each, city in known if own and city == own and each != upload_id]):
        moment = voice.moment(one.at)
        found[UPLOADED + one.id] = (
            voice.say("this city, self-assessment {year}, saved {moment}", year=one.year, moment=moment)
            if one.year is not None
            else voice.say("this city, saved {moment}", moment=moment)
        )
    return found


# Person, sample and language -> the upload that it was opened as.
_OPENED: dict[tuple[str, str, str], str] = {}


def settled(actor: Actor, beside: str, language: str) -> str:
    """The same choice with an invented city opened as an upload; StoreError if it cannot be kept."""
    if not beside.startswith(_SAMPLE):
        return beside
    key = (actor.person, beside.removeprefix(_SAMPLE), language)
    if not is_kept(actor, _OPENED.get(key, "")):
        _OPENED[key] = open_sample(actor, *key[1:]).upload_id
    return UPLOADED + _OPENED[key]


def pair(upload_id: str, beside: str, figure: str, basket: str, claims: str, language: str) -> Pair:
    """Both sides scored alike; NotKeptError for an unknown upload, KeyError for an unknown award city."""
    where = standing(upload_id, basket, claims)
    name = city_name(where.reading()) or where.uploads[0].name
    if beside == ALONE:
        return Pair(where.scores, upload_id, "", name, "", figure)
    if beside.startswith(UPLOADED):
        other = beside.removeprefix(UPLOADED)
        both = gather((upload_id, other), basket, claims)
        theirs = {**unit_labels((other,), language), **_named_other_times(upload_id, language)}
        return Pair(both.scores, upload_id, other, name, theirs[other], figure)
    city = house.references().city(beside)
    shared, common = _common(where, beside)
    scores = score(house.framework(), shared, basket)
    inside = sum(code in scores.nodes for code in common)
    return Pair(scores, upload_id, beside, name, city.words[language].name, REPORTED, inside)


def _named_other_times(upload_id: str, language: str) -> dict[str, str]:
    known = linked(house.store(), _LOOKED_THROUGH)
    return {
        key.removeprefix(UPLOADED): text for key, text in _other_times(upload_id, known, language).items()
    }


def _common(where: Standing, city_id: str) -> tuple[Panel, list[str]]:
    """The measurements that both have, as a panel of the two, and their codes."""
    oldest = house.today().year - house.framework().rules.refused_age
    theirs = {
        code: figure.value
        for code in where.panel.codes
        for figure in house.references().beside(code)
        if figure.city == city_id and figure.fit in FITS and figure.year is not None and figure.year >= oldest
    }
    own = np.where(where.panel.out[0], np.nan, where.panel.values[0])
    other = np.array(
        [np.nan if theirs.get(code) is None else theirs[code] for code in where.panel.codes], float
    )
    both = ~(np.isnan(own) | np.isnan(other))
    values = np.where(both, np.vstack([own, other]), np.nan)
    nothing = np.zeros(values.shape, dtype=bool)
    codes = where.panel.codes
    shared = Panel((where.uploads[0].id, city_id), codes, values, nothing, nothing)
    return shared, [code for code, there in zip(codes, both, strict=True) if there]


def always_reported(beside: str) -> bool:
    """Whether only the mean of what both have answered can be compared: award cities have few figures."""
    return beside != ALONE and not beside.startswith((UPLOADED, _SAMPLE))
