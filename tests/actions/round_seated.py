"""A small round on one's own computer: four cities, a jury of five, and a secretary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions.access import COMPUTER
from actions.round_conflicts import Declaration, declare
from actions.round_facts import NO_CONFLICT
from actions.round_read import Seen, seen
from actions.round_setup import NewCandidate, NewSeat, enter_candidate, make_round, move_on, take_seat

CITIES = (
    ("Arden", "GBR", "europe_north_america", ("en",)),
    ("Beluna", "ESP", "europe_north_america", ("es",)),
    ("Cidra", "BRA", "latin_america_caribbean", ("en",)),
    ("Enyi", "CHN", "asia_pacific", ("zh",)),
)
JURY = (
    ("Ana", "chair", "University of Arden", "ESP", ("en", "es"), 4),
    ("Bo", "juror", "Academy", "CHN", ("en", "zh"), 4),
    ("Cleo", "juror", "", "", ("en",), 4),
    ("Dov", "juror", "", "NZL", ("en", "zh"), 2),
    ("Eva", "substitute", "", "", ("en",), 4),
    ("Sami", "secretariat", "", "", ("en",), 0),
)


@dataclass(frozen=True)
class Seated:
    """The round's id, its seats by name and its candidates by name."""

    id: str
    seats: Mapping[str, str]
    cities: Mapping[str, str]

    def seen(self, name: str = "") -> Seen:
        """The round as a member sees it, or as the computer itself does."""
        return seen(COMPUTER, self.id, self.seats.get(name, ""))

    def declare(self, name: str, **conflicts: str) -> None:
        """Somebody declares for all cities that are open to her: no conflict but those named."""
        said = {
            id: Declaration(conflicts.get(city, NO_CONFLICT), f"About {city}." if city in conflicts else "")
            for city, id in self.cities.items()
        }
        declare(COMPUTER, self.id, self.seats[name], said)

    def pair(self, name: str, city: str) -> tuple[str, str]:
        """A seat and a candidate by their names."""
        return self.seats[name], self.cities[city]


def seated() -> Seated:
    """The round in the phase in which everybody declares."""
    made = make_round(COMPUTER, "unesco_2024", "Award 2026")
    cities = {
        name: enter_candidate(COMPUTER, made, "", NewCandidate(name, country, region, languages=languages))
        for name, country, region, languages in CITIES
    }
    seats = {
        name: take_seat(COMPUTER, made, "", NewSeat(role, name, "", employer, country, languages, most))
        for name, role, employer, country, languages, most in JURY
    }
    move_on(COMPUTER, made, "", 0, "declare")
    return Seated(made, seats, cities)


def declared() -> Seated:
    """The same where everybody has declared: Dov worked for Cidra, the chair's brother works for Enyi."""
    found = seated()
    found.declare("Ana", Enyi="family")
    found.declare("Dov", Cidra="paid_work")
    for name in ("Bo", "Cleo", "Eva", "Sami"):
        found.declare(name)
    move_on(COMPUTER, found.id, "", 1, "assign")
    return found
