"""Giving a city the uploads that are nobody's, because they were made before people signed in."""

from __future__ import annotations

from collections.abc import Sequence

from actions import caches, house
from actions.access import Actor, NotAllowedError, Subject, require
from store import adoption
from store.acts import Act
from store.adoption import Ownerless
from store.cities import uploads_of_city
from store.people import city

__all__ = ["Ownerless", "adopt", "to_adopt"]


def to_adopt(actor: Actor, of: str = "", upload_ids: Sequence[str] = ()) -> tuple[Ownerless, ...]:
    """The uploads that are nobody's among some uploads and those of the city `of`, oldest first. NotAllowedError."""
    require(actor, "adopt", Subject(city=of))
    wanted = (*uploads_of_city(house.store(), of), *upload_ids)
    with house.store().reading() as connection:
        return adoption.ownerless(connection, wanted)


def adopt(actor: Actor, city_id: str, of: str = "", upload_ids: Sequence[str] = ()) -> tuple[Ownerless, ...]:
    """Give a city what `to_adopt` finds; returns it. Whoever takes part in the city sees it from then on.

    NotAllowedError, also where there is no such city; StoreError if it cannot be kept, and then nothing is.
    """
    require(actor, "adopt", Subject(city=city_id))
    wanted = (*uploads_of_city(house.store(), of), *upload_ids)
    with house.store().writing(Act(actor.person, "adopt", "city", city_id)) as writing:
        if city(writing, city_id) is None:
            raise NotAllowedError
        found = adoption.ownerless(writing, wanted)
        adoption.adopt(writing, found, city_id)
        writing.about(city_id, uploads=len(found))
    caches.forget_all()
    return found
