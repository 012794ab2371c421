"""What the marks say: ranking, small cells, recusals, severity, sureness, and why it moved, with every figure known."""

from __future__ import annotations

import numpy as np
import pytest

from actions.access import COMPUTER
from actions.round_facts import MARK, PHASE
from actions.round_figures import figures
from actions.round_moment import moment_of, moments_of, standing
from actions.round_result_moments import moments, usual
from actions.round_result_moves import why_moved
from actions.round_result_panel import agreed, quarrels, severe
from actions.round_result_sure import how_sure, otherwise
from actions.round_result_table import by_criterion, ranking
from store.engine import Store
from tests.actions.round_marked import MARKS, Marked, marked


@pytest.fixture
def at(data_folder: object) -> Marked:
    return marked()


def points(at: Marked, who: str = "") -> dict[str, float]:
    """City -> its points as somebody sees them, those without any left out."""
    found = at.seen(who)
    moment, stands = moment_of(found), standing(found)
    assert moment is not None
    assert stands is not None
    named = at.named(*moment.marks.cities)
    return {name: float(one) for name, one in zip(named, stands.points, strict=True) if not np.isnan(one)}


def test_means_and_ranks_are_those_of_the_marks_on_both_databases(installation: Store) -> None:
    at = marked()
    assert points(at) == {"Alba": 4.17, "Brixen": 3.83, "Corvo": 3.0, "Dakra": 2.33}
    stands = standing(at.seen())
    assert stands is not None
    assert stands.rank.tolist() == [1, 2, 3, 4]


def test_the_ranking_is_told_with_its_first_band_and_every_figure(at: Marked) -> None:
    found = at.seen()
    of = figures(COMPUTER, found)
    assert of is not None
    shown = ranking(found, of, "en")
    assert shown.summary.startswith(
        "By the marks so far the order begins with Alba (4.17); Brixen (3.83); Corvo (3.00)."
    )
    first = shown.rows[0]
    # Marks of 4, 4 and 4.5: their middle is 4, and they spread by the root of 1/12.
    assert (first["Rank"], first["City"], first["Mean mark"]) == ("1", "Alba", "4.17")
    assert (first["Median"], first["Spread"], first["Marked by"]) == ("4.00", "0.29", "3")
    assert shown.remarks == ()
    assert by_criterion(found, of, "count", "en", False).table[0]["Plan"] == "3"
    assert by_criterion(found, of, "mean", "en", False).table[3]["Access"] == "2.33"


def test_results_are_kept_from_who_may_not_see_them_yet(data_folder: object) -> None:
    at = marked(phases=())
    assert figures(COMPUTER, at.seen("Ben")) is None
    office = figures(COMPUTER, at.seen())
    assert office is not None
    assert office.ranked == (0, 1, 2, 3)


def test_fewer_than_three_marks_without_names_are_neither_told_nor_counted(data_folder: object) -> None:
    marks = {name: dict(its.items()) for name, its in MARKS.items()}
    del marks["Cleo"]["Dakra"]
    at = marked(marks)
    # Ben has marked all four and sees the others' marks of them, without names.
    assert points(at, "Ben") == {"Alba": 4.17, "Brixen": 3.83, "Corvo": 3.0}
    # Who is shown marks by name, sees all.
    assert points(at) == {"Alba": 4.17, "Brixen": 3.83, "Corvo": 3.0, "Dakra": 2.0}
    found = at.seen("Ben")
    of = figures(COMPUTER, found)
    assert of is not None
    assert any("Dakra" in note for note in ranking(found, of, "en").notes)
    told = severe(found, of, "en")
    assert told.jurors == ()
    assert told.summary.startswith("Severity can be told once jurors are shown by name")
    at.move("meet")
    assert points(at, "Ben")["Dakra"] == 2.0


def test_without_names_nobody_is_told_what_the_ranking_would_be_without_one_mark(at: Marked) -> None:
    found = at.seen("Ben")
    of = figures(COMPUTER, found)
    assert of is not None
    assert {row["Without"] for row in otherwise(found, of, "en").rows} <= {"Ben"}


def test_a_recused_jurors_marks_count_for_nobody_and_are_seen_by_no_juror(at: Marked) -> None:
    at.mark("Dov", "Alba", 1)
    # 4, 4, 4.5 and 1: 13.5 / 4.
    assert points(at)["Alba"] == 3.38
    at.conflict("Dov", "Alba")
    assert points(at)["Alba"] == 4.17
    at.move("meet")
    assert points(at, "Ben")["Alba"] == 4.17
    kept = [one for one in at.seen("Ben").entries if (one.kind, one.seat) == (MARK, at.seats["Dov"])]
    assert kept == []


def test_a_recusal_is_a_cause_of_its_own_and_the_parts_add_up(at: Marked) -> None:
    at.mark("Dov", "Alba", 1)
    before = len(at.seen().entries)
    at.conflict("Dov", "Alba")
    told = why_moved(at.seen(), before, len(at.seen().entries), "en")
    assert told.summary == "2 cities moved between these two moments."
    assert [(row["City"], row["Rank before"], row["Rank after"]) for row in told.cities] == [
        ("Alba", "2", "1"),
        ("Brixen", "1", "2"),
    ]
    assert told.causes["Alba"] == (
        {"Cause": "Recusal of Dov", "In points": "+0.79", "In places": "+1.00"},
        {"Cause": "Together", "In points": "+0.79", "In places": "+1.00"},
    )
    assert told.causes["Brixen"][0] == {"Cause": "Recusal of Dov", "In points": "0.00", "In places": "−1.00"}


def test_marks_and_weights_share_a_move_without_a_remainder(at: Marked) -> None:
    found = at.seen()
    before = len(found.entries)
    # 2.5, 4 and 4.5 on all criteria: 3.67, behind Brixen's 3.83.
    at.mark("Ada", "Alba", 2.5)
    at.move("mark", "assign")
    at.set(weights={one.id: 2.0 if one.id == "plan" else 1.0 for one in found.award.criteria})
    at.move("mark", "discuss")
    told = why_moved(at.seen(), before, len(at.seen().entries), "en")
    # Alba is alike on all criteria, so that weights move nothing.
    assert told.causes["Alba"] == (
        {"Cause": "Marks of Ada", "In points": "−0.50", "In places": "−1.00"},
        {"Cause": "Together", "In points": "−0.50", "In places": "−1.00"},
    )
    both = moments_of(at.seen().at(before), at.seen())
    assert both is not None
    assert both[0].marks.jurors == both[1].marks.jurors


def test_moments_are_those_of_the_viewers_own_journal(at: Marked) -> None:
    offered = moments(at.seen(), "en")
    assert any("Phase begins: Discussion" in one for one in offered.values())
    # The marks of one juror for one city stand together: three jurors, four cities.
    assert sum("Marks for" in one for one in offered.values()) == 12
    begun = [one.number for one in at.seen().entries if one.kind == PHASE]
    # Nothing was marked since the discussion began: asked from the beginning of the marking on.
    assert usual(at.seen()) == begun[-2]
    assert why_moved(at.seen(), begun[-1], len(at.seen().entries), "en").summary == (
        "Nothing moved between these two moments."
    )


def test_nothing_about_a_city_in_conflict_changes_what_is_told(at: Marked) -> None:
    at.move("meet")
    at.conflict("Ben", "Brixen")

    def everything() -> list[object]:
        found = at.seen("Ben")
        of = figures(COMPUTER, found)
        assert of is not None
        last = len(found.entries)
        return [
            ranking(found, of, "en"),
            by_criterion(found, of, "mean", "en", False),
            how_sure(found, of, "en", False),
            otherwise(found, of, "en"),
            agreed(found, of, "en"),
            quarrels(found, of, "en"),
            severe(found, of, "en"),
            moments(found, "en"),
            why_moved(found, 1, last, "en"),
        ]

    before = everything()
    assert "Brixen" not in repr(before)
    at.mark("Dov", "Brixen", 1)
    at.mark("Ada", "Brixen", 5)
    assert repr(everything()) == repr(before)


def test_a_rule_of_eligibility_keeps_out_of_the_ranking_and_says_so(data_folder: object) -> None:
    at = marked(facts={"consent_signed": "no"})
    found = at.seen()
    of = figures(COMPUTER, found)
    assert of is not None
    assert of.ranked == ()
    told = ranking(found, of, "en")
    assert told.summary == "No city is ranked yet: there is no mark that counts."
    assert told.remarks[0] == ("Alba", "kept out: Consent signed")


def test_severity_needs_enough_cities_and_is_told_raw_beside_corrected(data_folder: object) -> None:
    # Cleo marks everything one level higher than Ada and Ben do.
    base = {"Alba": 4.0, "Brixen": 3.5, "Corvo": 3.0, "Dakra": 2.0}
    marks = {"Ada": base, "Ben": base, "Cleo": {city: value + 1 for city, value in base.items()}}
    at = marked(marks)
    found = at.seen()
    of = figures(COMPUTER, found)
    assert of is not None
    told = severe(found, of, "en")
    assert told.summary == "Correcting for severity would leave the first 2 as they are."
    rows = {row["Juror"]: row["Severity in points"] for row in told.jurors}
    # All jurors marked all cities and nothing is left over: 1/3 below and 2/3 above the mean of the jury.
    assert rows == {"Ada": "+0.33", "Ben": "+0.33", "Cleo": "−0.67"}
    # Everybody marked every city: what is added to one is added to all.
    assert {row["Difference"] for row in told.cities} == {"0.00"}
    two = marked({"Ada": {"Alba": 4}, "Ben": {"Alba": 3}})
    thin = figures(COMPUTER, two.seen())
    assert thin is not None
    assert severe(two.seen(), thin, "en").summary.startswith("Too thin to correct: ")


def test_how_sure_says_bands_and_chances(at: Marked) -> None:
    found = at.seen()
    of = figures(COMPUTER, found)
    assert of is not None
    told = how_sure(found, of, "en", False)
    assert told.ranks is not None
    assert told.pairs is not None
    # Corvo was given 3 by everybody, Dakra 2, 2 and 3: no draw puts Dakra above Corvo's level.
    chances = {row["City"]: row for row in told.pairs.table}
    assert chances["Alba"]["Dakra"] == "100%"
    assert chances["Dakra"]["Alba"] == "0%"
    assert told.ranks.table[0]["City"] == "Alba"


def test_chinese_says_the_same(at: Marked) -> None:
    found = at.seen()
    of = figures(COMPUTER, found)
    assert of is not None
    assert ranking(found, of, "zh").summary.startswith(
        "按目前的评分，排在最前的是Alba (4.17)；Brixen (3.83)；Corvo (3.00)。"
    )
