"""Cities: found by id or name, and the uploads that are of one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from store.engine import Store
from store.ids import fit, is_id
from store.tables import CITIES, CITY_LINKS, UPLOADS


@dataclass(frozen=True, slots=True)
class City:
    """One city that uploads were confirmed to be of."""

    id: str
    country: str
    name: str


def find_cities(store: Store, text: str) -> tuple[City, ...]:
    """The cities of an id, or of a name as it was written in a workbook; empty if there is none."""
    given = fit(text)
    query = (
        select(CITIES.c.id, CITIES.c.country, CITIES.c.name)
        .where(or_(CITIES.c.id == given, CITIES.c.name == given))
        .order_by(CITIES.c.sequence)
    )
    with store.reading() as connection:
        return tuple(City(*row) for row in connection.execute(query))


def all_cities(store: Store) -> tuple[City, ...]:
    """Every city, by name."""
    query = select(CITIES.c.id, CITIES.c.country, CITIES.c.name).order_by(CITIES.c.name, CITIES.c.sequence)
    with store.reading() as connection:
        return tuple(City(*row) for row in connection.execute(query))


def uploads_of_city(store: Store, city_id: str) -> tuple[str, ...]:
    """The ids of a city's uploads as people last confirmed it, oldest first."""
    if not is_id(city_id):
        return ()
    newest = select(func.max(CITY_LINKS.c.sequence)).group_by(CITY_LINKS.c.upload_id)
    query = (
        select(UPLOADS.c.id)
        .join(CITY_LINKS, CITY_LINKS.c.upload_id == UPLOADS.c.id)
        .where(CITY_LINKS.c.sequence.in_(newest), CITY_LINKS.c.city_id == city_id)
        .order_by(UPLOADS.c.sequence)
    )
    with store.reading() as connection:
        return tuple(connection.execute(query).scalars())
