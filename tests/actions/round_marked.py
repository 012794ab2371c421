"""A round for tests whose marks are known: four cities, a chair and three jurors, every mark as it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from actions.access import COMPUTER
from actions.round_conflicts import Declaration, declare
from actions.round_facts import NO_CONFLICT, candidates
from actions.round_marks import Answer, Given, give_marks
from actions.round_pairs import keep_plan
from actions.round_read import Seen, seen
from actions.round_setup import (
    NewCandidate,
    NewSeat,
    change_settings,
    enter_candidate,
    make_round,
    move_on,
    take_seat,
)

CITIES = {
    "Alba": ("ITA", "europe_north_america"),
    "Brixen": ("ITA", "europe_north_america"),
    "Corvo": ("BRA", "latin_america_caribbean"),
    "Dakra": ("KEN", "africa"),
}
JURY = {"Ada": "chair", "Ben": "juror", "Cleo": "juror", "Dov": "juror"}
# On every criterion alike. Means: 12.5 / 3, 11.5 / 3, 3 and 7 / 3.
MARKS: Mapping[str, Mapping[str, float]] = {
    "Ada": {"Alba": 4, "Brixen": 4, "Corvo": 3, "Dakra": 2},
    "Ben": {"Alba": 4, "Brixen": 3.5, "Corvo": 3, "Dakra": 2},
    "Cleo": {"Alba": 4.5, "Brixen": 4, "Corvo": 3, "Dakra": 3},
}
# As of a city that meets every rule of eligibility.
FACTS = {
    "member": "yes",
    "member_since": "2015",
    "nominated": "yes",
    "mayor_signed": "yes",
    "consent_signed": "yes",
    "progress_report": "filed",
}


@dataclass
class Marked:
    """Ids by name: of the round, its cities and its seats."""

    id: str
    cities: dict[str, str] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)

    def seen(self, name: str = "") -> Seen:
        """The round as somebody of the jury sees it, "" as the computer does."""
        return seen(COMPUTER, self.id, self.seats.get(name, ""))

    def named(self, *ids: str) -> list[str]:
        """What some cities are called."""
        called = {id: name for name, id in self.cities.items()}
        return [called[one] for one in ids]

    def move(self, *phases: str) -> None:
        """Move it on through phases, one after the other."""
        for phase in phases:
            entry = self.seen().now.get(("phase", ""))
            move_on(COMPUTER, self.id, "", entry.version if entry else 0, phase)

    def set(self, **changes: object) -> None:
        """Set something of the round."""
        change_settings(COMPUTER, self.id, "", self.seen().settings.version, changes)

    def mark(self, name: str, city: str, value: float, **criteria: float) -> None:
        """Somebody marks a city: all criteria alike, but for those that are named."""
        found = self.seen()
        seat, answers = self.seats[name], []
        for one in found.award.criteria:
            entry = found.now.get(("mark", f"{seat}:{self.cities[city]}:{one.id}"))
            given = Given("mark", criteria.get(one.id, value), "A reason of the tests.")
            answers.append(Answer(self.cities[city], one.id, entry.version if entry else 0, given))
        give_marks(COMPUTER, self.id, seat, answers)

    def conflict(self, name: str, city: str) -> None:
        """Somebody declares a conflict with a city after all."""
        declare(COMPUTER, self.id, self.seats[name], {self.cities[city]: Declaration("employer", "Tests.")})


def marked(
    marks: Mapping[str, Mapping[str, float]] = MARKS,
    phases: tuple[str, ...] = ("discuss",),
    facts: Mapping[str, str] | None = None,
    uploads: Mapping[str, str] | None = None,
    **changes: object,
) -> Marked:
    """A round with two winners in which these marks are in, brought through some phases after the marking.

    `changes` are settings of the round, `facts` what eligibility asks of every city, `uploads` dossiers by city.
    """
    made = Marked(make_round(COMPUTER, "unesco_2024", "Round of marks"))
    made.set(**{"winners": 2, **changes})
    for name, (country, region) in CITIES.items():
        its = {**FACTS, "commission": country, **(facts or {})}
        new = NewCandidate(name, country, region, facts=its, upload_id=(uploads or {}).get(name, ""))
        made.cities[name] = enter_candidate(COMPUTER, made.id, "", new)
    for name, role in JURY.items():
        made.seats[name] = take_seat(COMPUTER, made.id, "", NewSeat(role, name))
    made.move("declare")
    every = [one.id for one in candidates(made.seen().now)]
    for seat in made.seats.values():
        declare(COMPUTER, made.id, seat, {one: Declaration(NO_CONFLICT) for one in every})
    made.move("assign")
    keep_plan(COMPUTER, made.id, "", [(seat, city) for seat in made.seats.values() for city in every])
    made.move("mark")
    for name, its in marks.items():
        for city, value in its.items():
            made.mark(name, city, value)
    made.move(*phases)
    return made
