"""An award round: opening its results with 60 candidates and 12 jurors, bands, severity, and slates of 100."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np

from tests.bench.pages import EMPTY_PAGE, _cpu_of_rerun, _script
from tests.bench.row import Row
from tests.bench.surety import cpu_in_turn
from tests.bench.visitor import ROOT

JURORS, CITIES = 12, 60
FEW, CANDIDATES = 3, 100
# Several countries a region: with one winner a country, ten winners must be possible.
COUNTRIES = {
    "europe_north_america": ("CAN", "NOR", "ITA", "FRA"),
    "africa": ("KEN", "GHA", "SEN", "ZMB"),
    "asia_pacific": ("CHN", "KOR", "JPN", "IND"),
    "arab_states": ("EGY", "JOR", "MAR", "TUN"),
    "latin_america_caribbean": ("PER", "BRA", "CHL", "MEX"),
}
PLACES = [(country, region) for region, some in COUNTRIES.items() for country in some]


def rows() -> list[Row]:
    """All figures of this file; takes about two minutes, most of it for giving the marks."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        place, empty = Path(folder), Path(other)
        os.environ["SCORECARD_DATA"] = folder
        many, wide = _round(JURORS, CITIES), _round(FEW, CANDIDATES)
        unmarked = _round(JURORS, CITIES, marked=False)
        return [*_opening(place, empty, many, unmarked), *_figures(many, wide)]


def _opening(place: Path, empty: Path, full: str, bare: str) -> list[Row]:
    """The results table beside the same page of an equal round before the first mark: equal heads, and no table.

    The head (which round, as whom, which phase) stands on every page of a round, so it is on both sides.
    """
    page, script = "round_results", ROOT / "app.py"
    blank = _cpu_of_rerun(_script(place, EMPTY_PAGE), place, "", "")
    none = _cpu_of_rerun(script, empty, "lang=en", page)
    without = _cpu_of_rerun(script, place, f"lang=en&round={bare}", page)
    ours = _cpu_of_rerun(script, place, f"lang=en&round={full}", page)
    note = f"beside the page of an equal round without marks; of no round {none:.3g} ms, blank script {blank:.3g} ms"
    name = f"rerun of results, {CITIES} candidates x {JURORS} jurors, CPU"
    return [Row(name, ours, "ms", without, 2.0, note=note)]


def _figures(many: str, wide: str) -> list[Row]:
    from actions.access import COMPUTER
    from actions.round_facts import candidates
    from actions.round_figures import figures, figures_of
    from actions.round_moment import limits_of
    from actions.round_read import seen
    from actions.round_slate_rules import choice
    from actions.round_widths import Widths
    from scoring.marks.severity import severity
    from scoring.slates import slates

    def fresh() -> None:
        found = figures_of(here, open_by)
        assert found is not None
        assert found.bands is not None

    def severe() -> None:
        severity(of.marks, limits_of(seen(COMPUTER, many)))

    here = seen(COMPUTER, many)
    criteria = tuple(one.id for one in here.award.criteria)
    # As if every candidate had a dossier with open answers.
    open_by = Widths(criteria, tuple((one.id, (0.2,) * len(criteria)) for one in candidates(here.now)))
    of, broad = figures(COMPUTER, seen(COMPUTER, many)), figures(COMPUTER, seen(COMPUTER, wide))
    assert of is not None
    assert broad is not None
    asked = choice(seen(COMPUTER, wide), broad.moment, broad.order.places, wishes=True)
    bands, strict = cpu_in_turn(fresh, severe, rounds=4)
    six, _ = cpu_in_turn(lambda: slates(asked.candidates, asked.rules), severe, rounds=2)
    size = f"{CITIES} x {JURORS}"
    return [
        Row(f"order and bands of a round, {size}, CPU", bands, "s", most=0.5),
        Row(f"severity of a round, {size}, CPU", strict, "s", most=0.2),
        Row(f"six slates and all rules' costs, {CANDIDATES} candidates, CPU", six, "s", most=3),
    ]


def _round(jurors: int, cities: int, *, marked: bool = True) -> str:
    """An invented round up to the discussion, every juror's marks of every city in it, or none."""
    from actions.access import COMPUTER
    from actions.round_conflicts import Declaration, declare
    from actions.round_facts import MARKED, NO_CONFLICT
    from actions.round_marks import Answer, Given, give_marks
    from actions.round_pairs import keep_plan
    from actions.round_read import seen
    from actions.round_setup import NewCandidate, NewSeat, enter_candidate, make_round, move_on, take_seat

    made = make_round(COMPUTER, "unesco_2024", f"Round of {cities}", invented=True)
    entered = [
        enter_candidate(COMPUTER, made, "", NewCandidate(f"City {k}", *PLACES[k % len(PLACES)]))
        for k in range(cities)
    ]
    seated = [
        take_seat(COMPUTER, made, "", NewSeat("juror" if k else "chair", f"Juror {k}", most=cities))
        for k in range(jurors)
    ]
    move_on(COMPUTER, made, "", 0, "declare")
    for seat in seated:
        declare(COMPUTER, made, seat, {one: Declaration(NO_CONFLICT) for one in entered})
    move_on(COMPUTER, made, "", 1, "assign")
    keep_plan(COMPUTER, made, "", [(seat, one) for seat in seated for one in entered])
    move_on(COMPUTER, made, "", 2, "mark")
    criteria = [one.id for one in seen(COMPUTER, made).award.criteria]
    rng = np.random.default_rng(7)
    quality, strict = rng.normal(3, 0.6, (cities, len(criteria))), rng.normal(0, 0.4, jurors)
    for j, seat in enumerate(seated if marked else ()):
        given = np.clip(np.round(2 * (quality + strict[j] + rng.normal(0, 0.5, quality.shape))) / 2, 1, 5)
        answers = [
            Answer(one, criterion, 0, Given(MARKED, float(given[i, k]), "Invented."))
            for i, one in enumerate(entered)
            for k, criterion in enumerate(criteria)
        ]
        give_marks(COMPUTER, made, seat, answers)
    move_on(COMPUTER, made, "", 3, "discuss")
    return made
