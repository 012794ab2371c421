"""People with roles for tests, each invited and come in by the front door."""

from __future__ import annotations

from actions import accepting, invitations, sign_in
from actions.access import COMPUTER, Actor
from store.acts import PROGRAM, Act
from store.engine import Store
from store.people import add_city

PASSWORD = "seven herons over the river"
PLACE = "198.51.100.7"


def make_city(store: Store, name: str = "Demoville", country: str = "KOR") -> str:
    """A new city; returns its id."""
    with store.writing(Act(PROGRAM, "make_city", "city")) as writing:
        return add_city(writing, name=name, folded_name=name.lower(), country=country)


def come_in(
    role: str, email: str, name: str = "", *, city: str = "", country: str = "", areas: tuple[str, ...] = ()
) -> sign_in.Opened:
    """Somebody is invited to a role, accepts and is signed in."""
    link = invitations.invite(COMPUTER, role, email, city=city, country=country, areas=areas)
    return accepting.accept(link.code, name or email.partition("@")[0].title(), PASSWORD, PLACE)


def somebody(role: str, email: str, name: str = "", **where: str) -> Actor:
    """The same, as who acts."""
    return sign_in.actor(come_in(role, email, name, **where).person)  # type: ignore[arg-type]
