"""Whose practice is looked for: one city by its workbook, by its assessment in a room, or by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from actions import house
from actions.access import Actor, NotKeptError, Subject, may, see, subject_of_upload
from actions.alike import Place, place, place_of
from actions.record import record
from actions.standing import Standing, stand, standing, upload
from actions.uploads import city_name, fold
from indicators.text import quoted
from sample_data.make import city, city_ids
from scoring.model import Reading
from store.cities import uploads_of_city
from store.people import City
from store.people import city as kept_city
from store.uploads import Upload, get

_SAMPLE, _CITY = "sample:", "city:"


@dataclass(frozen=True, eq=False)
class OwnCity:
    """A city as practice is looked for: its name, who it is among others (`key`), and what it is compared by.

    `city_id` is its room's, "" where it has none; `standing` is None where it has answered nothing yet; `context` says
    which assessment is meant.
    """

    name: str
    context: str
    invented: bool
    key: str
    city_id: str
    place: Place
    standing: Standing | None


def of_upload(actor: Actor, upload_id: str, basket: str, language: str) -> OwnCity:
    """The city of a kept workbook; NotKeptError where it is not there, or may not be seen."""
    see(actor, upload_id)
    kept = upload(upload_id)
    if kept.reading.refused is not None:
        raise NotKeptError(upload_id)
    city_id = _city_of_upload(actor, upload_id)
    return OwnCity(
        name=city_name(kept.reading) or quoted(kept.name),
        context=_context(kept.reading, language),
        invented=kept.reading.invented,
        key=key_of(kept, city_id),
        city_id=city_id,
        place=place_of(kept.reading),
        standing=standing(upload_id, basket),
    )


def of_room(actor: Actor, room_id: str, basket: str, language: str) -> OwnCity:
    """The city of an assessment, as its record is at this moment; NotKeptError."""
    found = record(actor, room_id)
    here, reading = found.room, found.reading
    framework = house.framework()
    # A record is scored as a workbook is, without being kept as one.
    as_upload = Upload(
        id=here.id,
        at=dt.datetime.now(dt.UTC),
        name=here.city.name,
        sha256=found.sha256,
        size=0,
        framework=framework.id,
        edition=framework.edition,
        reading=reading,
        city_id=here.city.id,
    )
    known = place_of(reading)
    key, invented = key_of_city(actor, here.city)
    return OwnCity(
        name=here.city.name,
        context=house.voice(language).say("Assessment {year}", year=str(here.assessment.year)),
        invented=invented,
        key=key,
        city_id=here.city.id,
        place=known if known.country else place(here.city.country, known.town.population, known.town.product),
        standing=stand((as_upload,), basket),
    )


def of_city(actor: Actor, city_id: str) -> OwnCity:
    """A city in whose room the actor takes part, without any answers; NotKeptError."""
    with house.store().reading() as reader:
        found = kept_city(reader, city_id)
    if found is None or not may(actor, "see_record", Subject(city=found.id, country=found.country)):
        raise NotKeptError(city_id)
    key, invented = key_of_city(actor, found)
    return OwnCity(
        name=found.name,
        context="",
        invented=invented,
        key=key,
        city_id=found.id,
        place=place(found.country, None),
        standing=None,
    )


def key_of(kept: Upload, city_id: str) -> str:
    """Which city an upload is of, told apart from all others: an invented one in whatever language it was opened."""
    if kept.reading.invented:
        sample = sample_names().get(city_name(kept.reading))
        if sample:
            return _SAMPLE + sample
    if city_id:
        return _CITY + city_id
    name = fold(city_name(kept.reading))
    return f"name:{kept.reading.profile.get('country', '')}:{name}" if name else f"upload:{kept.id}"


def sample_key(sample_id: str) -> str:
    """The key of an invented city."""
    return _SAMPLE + sample_id


@cache
def sample_names() -> Mapping[str, str]:
    """The invented cities' names in every language -> id."""
    return {name: one for one in city_ids() for name in city(one).names.values()}


def is_invented(actor: Actor, city_id: str) -> bool:
    """Whether a city is a sample: on one's own computer these are cities like any other."""
    if not actor.everything:
        return False
    known = uploads_of_city(house.store(), city_id)
    return bool(known) and upload(known[-1]).reading.invented


def key_of_city(actor: Actor, of: City) -> tuple[str, bool]:
    """The key of a city of this installation, and whether it is a sample."""
    invented = is_invented(actor, of.id)
    if invented and of.name in sample_names():
        return sample_key(sample_names()[of.name]), True
    return _CITY + of.id, invented


def _city_of_upload(actor: Actor, upload_id: str) -> str:
    """For which city a file was uploaded; on one's own computer, of which city people said it is."""
    if not actor.everything:
        return subject_of_upload(upload_id).city
    if known := upload(upload_id).city_id:
        return known
    # The upload in memory may be older than the decision.
    fresh = get(house.store(), upload_id)
    return fresh.city_id if fresh else ""


def _context(reading: Reading, language: str) -> str:
    say, year = house.voice(language).say, reading.profile.get("assessment_year")
    if isinstance(year, int | float):
        return say("Self-assessment {year}", year=int(year))
    return say("Self-assessment")
