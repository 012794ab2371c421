"""A small round for tests: three candidates, a reference dossier and a jury of four, brought as far as wanted."""

from __future__ import annotations

from dataclasses import dataclass, field

from actions.access import COMPUTER
from actions.round_conflicts import Declaration, declare
from actions.round_decisions import decide_rest
from actions.round_facts import NO_CONFLICT, REFERENCE_KIND, dossiers
from actions.round_marks import Answer, Given, give_marks
from actions.round_pairs import keep_plan
from actions.round_read import Seen, seen
from actions.round_setup import NewCandidate, NewSeat, enter_candidate, make_round, move_on, take_seat

CITIES = {"Alba": "ITA", "Brixen": "ITA", "Corvo": "PRT"}
JURY = {"Ada": "chair", "Ben": "substitute", "Cleo": "juror", "Dov": "juror"}
ORDER = ("declare", "assign", "calibrate", "mark", "discuss", "meet", "closed", "published")


@dataclass
class Begun:
    """Ids by name: of the round, its cities and its seats."""

    id: str
    cities: dict[str, str] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)

    def seen(self, name: str = "") -> Seen:
        """The round as somebody of the jury sees it, "" as the computer does."""
        return seen(COMPUTER, self.id, self.seats.get(name, ""))

    def move(self, *phases: str) -> None:
        """Move it on through phases, one after the other; before it is closed nobody gets the award."""
        for phase in phases:
            if phase == "closed":
                # Nobody closes a round in which a city was left open.
                decide_rest(COMPUTER, self.id, "", "not this time")
            found = self.seen()
            entry = found.now.get(("phase", ""))
            move_on(COMPUTER, self.id, "", entry.version if entry else 0, phase)

    def declare(self, name: str, **conflicts: str) -> None:
        """Somebody declares for all: no conflict but those that are named."""
        named = {one.id: one.name for one in dossiers(self.seen(name).now)}
        declare(
            COMPUTER,
            self.id,
            self.seats[name],
            {one: Declaration(conflicts.get(city, NO_CONFLICT)) for one, city in named.items()},
        )

    def mark(self, name: str, city: str, value: float = 3.0, criteria: int = 8) -> None:
        """Somebody marks a city on the first of the criteria, all alike."""
        ids = [one.id for one in self.seen().award.criteria][:criteria]
        answers = [Answer(self.cities[city], one, 0, Given("mark", value)) for one in ids]
        give_marks(COMPUTER, self.id, self.seats[name], answers)


def begun() -> Begun:
    """A round in preparation with its cities and its jury."""
    made = Begun(make_round(COMPUTER, "unesco_2024", "Round of tests"))
    for name, country in CITIES.items():
        made.cities[name] = enter_candidate(
            COMPUTER, made.id, "", NewCandidate(name, country, "europe_north_america")
        )
    made.cities["Dale"] = enter_candidate(
        COMPUTER, made.id, "", NewCandidate("Dale", "NOR", "europe_north_america", kind=REFERENCE_KIND)
    )
    for name, role in JURY.items():
        made.seats[name] = take_seat(COMPUTER, made.id, "", NewSeat(role, name, country="KOR", most=5))
    return made


def assigned() -> Begun:
    """All have declared, the chair a conflict with Corvo; Ada, Cleo and Dov judge Alba, all but Ada Corvo."""
    made = begun()
    made.move("declare")
    made.declare("Ada", Corvo="family")
    for name in ("Ben", "Cleo", "Dov"):
        made.declare(name)
    made.move("assign")
    wanted = {"Alba": ("Ada", "Cleo", "Dov"), "Brixen": ("Cleo", "Dov"), "Corvo": ("Ben", "Cleo", "Dov")}
    keep_plan(
        COMPUTER,
        made.id,
        "",
        [(made.seats[who], made.cities[city]) for city, jury in wanted.items() for who in jury],
    )
    return made
