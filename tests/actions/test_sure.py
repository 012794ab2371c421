"""How sure? in words: chances that are never rounded to certainty, and what is too unsure to be told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from actions.access import COMPUTER
from actions.samples import open_sample
from actions.sure_candidates import sure_about
from actions.sure_city import sure_one
from actions.sure_drivers import _told, driven
from actions.sure_words import probability
from actions.surety import surety
from scoring.sensitivity import Sensitivity
from scoring.sobol import Sobol

RANKED = ("lindenhavn", "yunlan", "wattlemere", "riverbend", "kijani_mpya")


@pytest.fixture(scope="module")
def ids(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    patch = pytest.MonkeyPatch()
    patch.setenv("SCORECARD_DATA", str(tmp_path_factory.mktemp("sure")))
    return tuple(open_sample(COMPUTER, city, "en").upload_id for city in RANKED)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0%"),
        (0.0001, "< 1%"),
        (0.0049, "< 1%"),
        (0.005, "1%"),
        (0.5, "50%"),
        (0.9949, "99%"),
        (0.995, "> 99%"),
        (0.99999, "> 99%"),
        (1.0, "100%"),
    ],
)
def test_a_chance_is_certain_only_where_it_is(share: float, text: str) -> None:
    assert probability(share, "en") == text


def test_a_city_is_above_another_as_often_as_the_other_is_below(ids: tuple[str, ...]) -> None:
    above = surety(ids, "core").sure.above
    assert above is not None
    assert (above + above.T <= 1 + 1e-12).all()
    # Lindenhavn has 88.9 points, Kijani Mpya 51.9: no draw turns them round.
    assert above[0, 4] == 1.0
    assert above[4, 0] == 0.0


@pytest.mark.parametrize(("top", "title"), [(1, "Chance to be first"), (3, "Chance to be among the first 3")])
def test_the_chance_of_a_place_is_told_for_the_places_asked_for(
    top: int, title: str, ids: tuple[str, ...]
) -> None:
    shown = sure_about(COMPUTER, ids, "core", "with", top, "en", False)
    assert shown.ranks is not None
    chances = [row[title] for row in shown.ranks.table]
    assert (chances[0], chances[-1]) == ("100%", "0%")


def test_chances_of_levels_add_up_to_all_draws(ids: tuple[str, ...]) -> None:
    reached = surety(ids[:1], "core").sure.at_least[0]
    assert reached[0] == 1.0
    shown = sure_one(COMPUTER, ids[0], "core", "with", "en", False)
    assert [row["Level"].split(" ")[0] for row in shown.levels] == ["A", "B", "C", "D"]
    assert shown.figures[2][1] == "A"


def test_the_same_workbooks_give_the_same_numbers_on_another_installation(
    ids: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = surety(ids, "core").sure.score.tolist()
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    there = tuple(open_sample(COMPUTER, city, "en").upload_id for city in RANKED)
    assert not set(there) & set(ids)
    assert surety(there, "core").sure.score.tolist() == here


def test_drivers_are_told_with_the_strongest_first(ids: tuple[str, ...]) -> None:
    found = driven(COMPUTER, ids, "core", "with", "en", False)
    assert found.shown is not None
    totals = [int(row["With others"].rstrip("%")) for row in found.shown.table]
    assert totals == sorted(totals, reverse=True)
    assert found.unsure == ()


def test_what_is_too_unsure_is_named_and_not_printed() -> None:
    limits = np.array([[0.2, 0.4], [0.50, 0.55]])
    sobol = Sobol(
        np.array([0.3, 0.52]), np.array([0.35, 0.6]), limits, np.array([[0.3, 0.4], [0.58, 0.62]]), 2.0
    )
    found = _told(Sensitivity(("weights", "missing"), 70, None, {}), sobol, False, "en", False)
    assert found.unsure == ("Weights",)
    assert found.shown is not None
    assert [row["Choice"] for row in found.shown.table] == ["Open answers"]
    assert "Open answers" in found.sentence
