"""A round at its meeting: four cities, a chair, a substitute, a secretary and three jurors; two of them in conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions.access import COMPUTER
from actions.round_conflicts import Declaration, declare
from actions.round_facts import MARKED, NO_CONFLICT
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

# Name, country, region.
CITIES = {
    "Aberton": ("GBR", "europe_north_america"),
    "Bellavista": ("CHL", "latin_america_caribbean"),
    "Castel": ("FRA", "europe_north_america"),
    "Dunmere": ("GBR", "europe_north_america"),
}
SEATS = {
    "Chair Cho": "chair",
    "Sub Stone": "substitute",
    "Secretary Sand": "secretariat",
    "Juror Ames": "juror",
    "Juror Blum": "juror",
    "Juror Cruz": "juror",
}
CONFLICTS = {"Chair Cho": ("Bellavista",), "Juror Ames": ("Bellavista", "Dunmere")}
# Juror -> city -> the mark on every criterion. By hand: Aberton (4 + 4 + 5 + 3) / 4 = 4; Castel 3; Bellavista
# (2 + 3 + 4) / 3 = 3; Dunmere (2 + 2 + 2) / 3 = 2.
MARKS = {
    "Chair Cho": {"Aberton": 4.0, "Castel": 3.0, "Dunmere": 2.0},
    "Sub Stone": {"Bellavista": 2.0},
    "Juror Ames": {"Aberton": 4.0, "Castel": 3.0},
    "Juror Blum": {"Aberton": 5.0, "Bellavista": 3.0, "Castel": 3.0, "Dunmere": 2.0},
    "Juror Cruz": {"Aberton": 3.0, "Bellavista": 4.0, "Castel": 3.0, "Dunmere": 2.0},
}


@dataclass(frozen=True)
class AtHand:
    """A round with the ids of its cities and seats by their names."""

    id: str
    city: Mapping[str, str]
    seat: Mapping[str, str]

    def seen(self, who: str = "") -> Seen:
        """The round as somebody sees it ("" for the computer itself)."""
        return seen(COMPUTER, self.id, self.seat[who] if who else "")

    def name(self, id: str) -> str:
        """The name of a city or a seat."""
        return next(name for name, its in {**self.city, **self.seat}.items() if its == id)


# A fifth city and its marks, where asked for: (1 + 2 + 1.5) / 3 = 1.5.
FIFTH = ("Eastvale", ("KEN", "africa"))
FIFTH_MARKS = {"Sub Stone": 1.0, "Juror Blum": 2.0, "Juror Cruz": 1.5}


def at_hand(
    phase: str = "meet",
    *,
    conflicts: Mapping[str, tuple[str, ...]] = CONFLICTS,
    settings: Mapping[str, object] | None = None,
    fifth: bool = False,
) -> AtHand:
    """A new round in a phase, with everything said that belongs before it; a city's own id is its name in small."""
    cities = {**CITIES, FIFTH[0]: FIFTH[1]} if fifth else CITIES
    marks = {
        who: {**given, FIFTH[0]: FIFTH_MARKS[who]} if fifth and who in FIFTH_MARKS else given
        for who, given in MARKS.items()
    }
    made = make_round(COMPUTER, "unesco_2024", "Round at hand")
    change_settings(COMPUTER, made, "", 1, {"winners": 2, **(settings or {})})
    facts = {
        "member": "yes",
        "member_since": "2015",
        "nominated": "yes",
        "mayor_signed": "yes",
        "consent_signed": "yes",
        "progress_report": "filed",
    }
    city = {
        name: enter_candidate(
            COMPUTER,
            made,
            "",
            NewCandidate(name, country, region, city_id=name.lower(), facts={**facts, "commission": country}),
        )
        for name, (country, region) in cities.items()
    }
    seat = {
        name: take_seat(
            COMPUTER, made, "", NewSeat(role, name, languages=("en",), most=0 if role == "secretariat" else 9)
        )
        for name, role in SEATS.items()
    }
    steps = ["declare", "assign", "mark", "discuss", "meet"]
    for base, step in enumerate(steps):
        move_on(COMPUTER, made, "", base, step)
        if step == "declare":
            for name, its in seat.items():
                said = {
                    city[one]: Declaration("employer" if one in conflicts.get(name, ()) else NO_CONFLICT)
                    for one in city
                }
                declare(COMPUTER, made, its, said)
        if step == "assign":
            keep_plan(
                COMPUTER, made, "", [(seat[who], city[one]) for who, given in marks.items() for one in given]
            )
        if step == "mark":
            for who, given in marks.items():
                criteria = [one.id for one in seen(COMPUTER, made).award.criteria]
                give_marks(
                    COMPUTER,
                    made,
                    seat[who],
                    [
                        Answer(city[one], criterion, 0, Given(MARKED, value, "Because."))
                        for one, value in given.items()
                        for criterion in criteria
                    ],
                )
        if step == phase:
            break
    return AtHand(made, city, seat)
