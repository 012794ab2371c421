"""A round in its marking phase: a reference dossier, two cities, three jurors of whom one is closed out of a city."""

from __future__ import annotations

from dataclasses import dataclass

from actions.access import COMPUTER
from actions.round_conflicts import Declaration, declare
from actions.round_marks import Answer, give_marks
from actions.round_own import given_of
from actions.round_pairs import keep_plan
from actions.round_setup import (
    NewCandidate,
    NewSeat,
    change_settings,
    enter_candidate,
    make_round,
    move_on,
    take_seat,
)
from actions.samples import open_sample
from sample_data.jury import merit

CRITERIA = ("plan", "partners", "resources", "monitoring", "access", "culture", "innovation", "network")


@dataclass(frozen=True)
class AtWork:
    """The round's id, dossiers by the names of their samples, and seats by who sits there."""

    id: str
    dossiers: dict[str, str]
    seats: dict[str, str]


def jury_at_work(*, share: float = 0.2, until: str = "mark", language: str = "en") -> AtWork:
    """Ana and Ben judge both cities, Cai is closed out of Riverbend and judges Wattlemere; chair without cities."""
    made = make_round(COMPUTER, "unesco_2024", "Round of the tests", invented=True)
    change_settings(COMPUTER, made, "", 1, {"second_share": share})
    dossiers = {}
    for name in ("lindenhavn", "riverbend", "wattlemere"):
        reference = name == "lindenhavn"
        new = NewCandidate(
            name=name.title(),
            country="NOR",
            region="europe_north_america",
            upload_id=open_sample(COMPUTER, name, language).upload_id,
            kind="reference" if reference else "candidate",
            expert=merit(name) if reference else {},
        )
        dossiers[name] = enter_candidate(COMPUTER, made, "", new)
    roles = {"ana": "juror", "ben": "juror", "cai": "juror", "chair": "chair", "office": "secretariat"}
    seats = {
        who: take_seat(COMPUTER, made, "", NewSeat(role, who.title(), country="CHE"))
        for who, role in roles.items()
    }
    move_on(COMPUTER, made, "", 0, "declare")
    for who, seat in seats.items():
        said = {
            one: Declaration("family" if (who, name) == ("cai", "riverbend") else "none")
            for name, one in dossiers.items()
        }
        declare(COMPUTER, made, seat, said)
    pairs = [(seats[who], dossiers[name]) for who in ("ana", "ben") for name in ("riverbend", "wattlemere")]
    move_on(COMPUTER, made, "", 1, "assign")
    keep_plan(COMPUTER, made, "", [*pairs, (seats["cai"], dossiers["wattlemere"])])
    phases = ("calibrate", "mark", "discuss")
    for base, phase in enumerate(phases[: phases.index(until) + 1], start=2):
        move_on(COMPUTER, made, "", base, phase)
    return AtWork(made, dossiers, seats)


def answer(candidate: str, criterion: str, choice: str, reason: str = "", base: int = 0) -> Answer:
    """One answer as the page gives it."""
    return Answer(candidate, criterion, base, given_of(choice, reason))


def mark_all(at: AtWork, who: str, city: str, choice: str = "3") -> None:
    """Give one mark on every criterion of a city."""
    answers = [answer(at.dossiers[city], one, choice) for one in CRITERIA]
    give_marks(COMPUTER, at.id, at.seats[who], answers)
