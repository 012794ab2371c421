"""Who takes part in the round of the browser's story: cities, people, conflicts, marks, and what is decided."""

from __future__ import annotations

from collections.abc import Mapping

from actions.round_decisions import AWARD, NONE
from actions.round_setup import NewSeat

# City -> country. Two lie in one country, from which one at most may win.
CITIES: Mapping[str, str] = {"Ardenvik": "KOR", "Bravaport": "KEN", "Corvomere": "NOR", "Deltaheim": "KOR"}
# Name -> role in the installation.
PEOPLE: Mapping[str, str] = {
    "Sera Sand": "secretariat",
    "Cora Chon": "chair",
    "Ana Ames": "juror",
    "Ben Blum": "juror",
    "Cai Cruz": "juror",
    "Sven Stone": "juror",
}
SERA, CORA, ANA, BEN, CAI, SVEN = PEOPLE
MEANS = {"Ardenvik": "4.00", "Deltaheim": "3.50", "Bravaport": "3.00", "Corvomere": "2.50"}
RANKING = tuple(MEANS)
DECIDED = {
    "Ardenvik": (AWARD, "Ahead on every criterion."),
    "Bravaport": (AWARD, "The best of its region."),
    "Corvomere": (NONE, "Too little so far."),
    "Deltaheim": (NONE, "One of its country is ahead."),
}
CLOSED: Mapping[str, str] = {ANA: "Ardenvik", CAI: "Corvomere", CORA: "Bravaport"}
SEATS = {
    ANA: NewSeat("juror", ""),
    BEN: NewSeat("juror", ""),
    CAI: NewSeat("juror", "", country="NOR"),
    SVEN: NewSeat("substitute", ""),
}
# What everybody gives on every criterion. Means: Ardenvik 12/3, Deltaheim 14/4, Bravaport 12/4, Corvomere 7.5/3.
GIVEN: Mapping[str, Mapping[str, float]] = {
    ANA: {"Bravaport": 3.0, "Corvomere": 2.5, "Deltaheim": 3.5},
    BEN: {"Ardenvik": 4.5, "Bravaport": 3.5, "Corvomere": 3.0, "Deltaheim": 4.0},
    CAI: {"Ardenvik": 4.0, "Bravaport": 3.0, "Deltaheim": 3.5},
    SVEN: {"Ardenvik": 3.5, "Bravaport": 2.5, "Corvomere": 2.0, "Deltaheim": 3.0},
}
