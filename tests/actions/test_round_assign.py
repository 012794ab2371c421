"""Assignment: what is proposed, what a change would come to, and two who change the plan at once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actions.access import COMPUTER, NotAllowedError
from actions.round_assign import (
    as_changes,
    assigning,
    held,
    may_assign,
    own_cities,
    sees_plan,
    why_not,
    wish,
    wish_proposal,
)
from actions.round_assign_file import assignment_file
from actions.round_conflicts import Declaration, declare, review
from actions.round_declaring import own_declarations
from actions.round_facts import pairs
from actions.round_pairs import Change, keep_pairs, keep_plan, plan
from actions.round_reviewing import known_conflicts, to_review
from actions.round_seats import jury_answer, lacking, languages_offered, members
from actions.round_setup import change_candidate
from actions.round_write import MeanwhileError, RoundError
from store.engine import Store
from tests.actions.round_seated import Seated, declared, seated


def figures(
    found: Seated, wishes: dict[tuple[str, str], tuple[bool, int]]
) -> dict[str, tuple[str, str, str]]:
    shown = assigning(found.seen(), wishes, "en")
    return {one.title: (one.kept, one.wished, one.word) for one in shown.quality.figures}


def two_groups() -> Seated:
    """Ana and Bo judge Arden and Beluna, Cleo and Eva judge Cidra and Enyi: nothing joins them."""
    found = declared()
    keep_plan(
        COMPUTER,
        found.id,
        "",
        [
            *(found.pair(name, city) for name in ("Ana", "Bo") for city in ("Arden", "Beluna")),
            *(found.pair(name, city) for name in ("Cleo", "Eva") for city in ("Cidra", "Enyi")),
        ],
    )
    return found


def test_who_may_be_chosen_for_a_city(data_folder: Path) -> None:
    found = declared()
    rows = {one.name: one for one in assigning(found.seen(), {}, "en").rows}
    assert list(rows["Cidra"].options.values()) == ["Ana 0/4", "Bo 0/4", "Cleo 0/4", "Eva 0/4"]
    assert rows["Cidra"].closed == ("Dov: conflict",)
    assert list(rows["Enyi"].options.values()) == [
        "Bo 0/4",
        "Cleo 0/4, not this language",
        "Dov 0/2",
        "Eva 0/4, not this language",
    ]
    assert (rows["Enyi"].state, rows["Enyi"].short, rows["Enyi"].place) == ("0 of 3", True, "China · Chinese")
    # The secretariat marks nothing, so nobody finds her among the jurors.
    assert [one.name for one in plan(found.seen()).jurors] == ["Ana", "Bo", "Cleo", "Dov", "Eva"]


def test_whoever_has_not_declared_cannot_be_chosen(data_folder: Path) -> None:
    found = seated()
    for name in ("Ana", "Cleo"):
        found.declare(name)
    row = assigning(found.seen(), {}, "en").rows[0]
    assert row.closed == ("Bo: not declared yet", "Dov: not declared yet", "Eva: not declared yet")
    assert wish(found.seen(), {}, found.cities["Arden"], (found.seats["Bo"],)) == {}


def test_two_groups_are_named_and_one_more_pair_joins_them(data_folder: Path) -> None:
    found = two_groups()
    shown = assigning(found.seen(), {}, "en")
    assert shown.answer == "0 of 4 cities have at least 3 jurors. A juror has 0 to 2 cities."
    assert shown.quality.severity == (
        "Strict jurors cannot be told from weak cities between these groups, which share no city: Ana, Bo; "
        "Cleo, Eva. Give one juror a city of another group."
    )
    assert not shown.quality.told_apart
    wishes = wish(
        found.seen(), {}, found.cities["Cidra"], tuple(found.seats[one] for one in ("Cleo", "Eva", "Bo"))
    )
    assert wishes == {found.pair("Bo", "Cidra"): (True, 0)}
    after = assigning(found.seen(), wishes, "en")
    assert after.changes == ("Bo judges Cidra",)
    # Pairs 9, cities 4, jurors 4: 9 - 4 - 4 + 1 = 2 marks to spare of the 5 that are needed.
    assert after.quality.severity == (
        "All jurors can be compared, but there are too few pairs to tell strictness from quality: marks will "
        "stay as given."
    )
    assert figures(found, dict(wishes)) == {
        "Cities covered": ("0 of 4", "1 of 4", "▲ better"),
        "Load difference": ("2", "3", "▼ worse"),
        "Over the limit": ("0", "0", ""),
        # Beluna's dossier is in Spanish, which Bo does not read; Enyi's in Chinese: neither Cleo nor Eva does.
        "Wrong language": ("3", "3", ""),
        "Groups": ("2", "1", "▲ better"),
        "Firmness": ("0.0", "0.5", "▲ better"),
    }


def test_two_jurors_of_the_same_four_cities_are_as_firm_as_four_cities(data_folder: Path) -> None:
    found = declared()
    keep_plan(
        COMPUTER,
        found.id,
        "",
        [found.pair(name, city) for name in ("Bo", "Cleo") for city in found.cities],
    )
    # C = 4 (I - J/2) has the eigenvalues 0 and 4.
    assert figures(found, {})["Firmness"] == ("4.0", "4.0", "")
    assert assigning(found.seen(), {}, "en").quality.missing == (
        "Jurors missing: Arden (1), Beluna (1), Cidra (1), Enyi (1).",
        "Does not read the dossier's language: Bo for Beluna, Cleo for Beluna, Cleo for Enyi.",
    )


def test_the_proposal_gives_every_city_enough_jurors(data_folder: Path) -> None:
    found = declared()
    wishes = wish_proposal(found.seen(), keep_present=False)
    assert len(wishes) == 12
    after = assigning(found.seen(), wishes, "en")
    assert after.answer == "4 of 4 cities have at least 3 jurors. A juror has 2 to 3 cities."
    assert all(not one.short and one.changed for one in after.rows)
    # 12 pairs, 4 cities, 5 jurors: 4 marks to spare.
    assert not after.quality.told_apart
    assert found.pair("Dov", "Cidra") not in wishes
    assert found.pair("Ana", "Enyi") not in wishes
    assert keep_pairs(COMPUTER, found.id, "", as_changes(wishes)) == 12
    assert set(pairs(found.seen().now)) == set(wishes)
    # What is so already is no wish any more.
    assert held(found.seen(), wishes) == {}
    assert assigning(found.seen(), {}, "en").changes == ()


def test_a_proposal_of_what_is_missing_leaves_the_rest(data_folder: Path) -> None:
    found = two_groups()
    before = set(pairs(found.seen().now))
    wishes = wish_proposal(found.seen(), keep_present=True)
    assert all(want for want, _ in wishes.values())
    assert not before & set(wishes)
    assert assigning(found.seen(), wishes, "en").answer.startswith("4 of 4 cities")


def test_more_than_the_limit_by_hand_is_told_and_stays_when_the_rest_is_proposed(data_folder: Path) -> None:
    found = declared()
    keep_plan(COMPUTER, found.id, "", [found.pair("Dov", city) for city in ("Arden", "Beluna", "Enyi")])
    shown = assigning(found.seen(), {}, "en")
    assert "More cities than their seats allow: Dov." in shown.quality.missing
    assert figures(found, {})["Over the limit"] == ("1", "1", "")
    assert not {
        pair for pair in wish_proposal(found.seen(), keep_present=True) if pair[0] == found.seats["Dov"]
    }


def test_a_conflict_is_never_kept(data_folder: Path) -> None:
    found = declared()
    seat, city = found.pair("Dov", "Cidra")
    assert held(found.seen(), {(seat, city): (True, 0)}) == {}
    with pytest.raises(RoundError) as trouble:
        keep_pairs(COMPUTER, found.id, "", [Change(seat, city, True, 0)])
    assert trouble.value.kind == "pair_in_conflict"
    assert pairs(found.seen().now) == ()


def test_two_change_other_pairs_at_once_and_both_are_kept(installation: Store) -> None:
    found = two_groups()
    mine = wish(
        found.seen(), {}, found.cities["Cidra"], tuple(found.seats[one] for one in ("Cleo", "Eva", "Bo"))
    )
    theirs = wish(found.seen(), {}, found.cities["Arden"], (found.seats["Ana"],))
    keep_pairs(COMPUTER, found.id, "", as_changes(theirs))
    assert keep_pairs(COMPUTER, found.id, "", as_changes(mine)) == 1
    now = pairs(found.seen().now)
    assert found.pair("Bo", "Cidra") in now
    assert found.pair("Bo", "Arden") not in now


def test_two_change_the_same_pair_and_the_slower_chooses(installation: Store) -> None:
    found = two_groups()
    pair = found.pair("Bo", "Arden")
    wishes = wish(found.seen(), {}, found.cities["Arden"], (found.seats["Ana"],))
    assert wishes == {pair: (False, 1)}
    # Somebody takes Bo away and gives him the city again.
    keep_pairs(COMPUTER, found.id, "", [Change(*pair, False, 1)])
    keep_pairs(COMPUTER, found.id, "", [Change(*pair, True, 2)])
    with pytest.raises(MeanwhileError):
        keep_pairs(COMPUTER, found.id, "", as_changes(wishes))
    stale = assigning(found.seen(), wishes, "en").stale
    assert [(one.told, one.version) for one in stale] == [
        ("Bo judges Arden: somebody else changed this since. You do not want it.", 3)
    ]
    assert keep_pairs(COMPUTER, found.id, "", as_changes({pair: (False, stale[0].version)})) == 1
    assert pair not in pairs(found.seen().now)


def test_a_city_that_is_closed_to_the_chair_is_in_none_of_her_figures(data_folder: Path) -> None:
    found = two_groups()
    chair = found.seen("Ana")
    shown = assigning(chair, {}, "en")
    assert [one.name for one in shown.rows] == ["Arden", "Beluna", "Cidra"]
    assert {row["Name"]: row["Cities"] for row in shown.loads} == {
        "Ana": "2",
        "Bo": "2",
        "Cleo": "1",
        "Dov": "0",
        "Eva": "1",
    }
    with pytest.raises(NotAllowedError):
        keep_pairs(COMPUTER, found.id, found.seats["Ana"], [Change(*found.pair("Bo", "Enyi"), False, 0)])
    # What she keeps leaves its jurors alone.
    keep_pairs(COMPUTER, found.id, found.seats["Ana"], as_changes(wish_proposal(chair, keep_present=False)))
    now = pairs(found.seen().now)
    assert {found.pair("Cleo", "Enyi"), found.pair("Eva", "Enyi")} <= set(now)


def test_who_sees_the_plan_and_who_changes_it(data_folder: Path) -> None:
    found = two_groups()
    assert [
        (name, sees_plan(found.seen(name)), may_assign(found.seen(name)))
        for name in ("", "Sami", "Ana", "Eva", "Bo")
    ] == [
        ("", True, True),
        ("Sami", True, True),
        ("Ana", True, True),
        ("Eva", True, True),
        ("Bo", False, False),
    ]
    assert own_cities(found.seen("Bo"), "en") == (
        "Arden (United Kingdom of Great Britain and Northern Ireland)",
        "Beluna (Spain)",
    )
    with pytest.raises(NotAllowedError):
        keep_pairs(COMPUTER, found.id, found.seats["Bo"], [Change(*found.pair("Bo", "Cidra"), True, 0)])
    early = seated()
    assert why_not(early.seen(), "en") == (
        "Jurors are assigned from the phase “Assignment” on. Once everybody has declared, bring the round there."
    )


def test_a_conflict_that_comes_up_later_takes_the_pair_away(data_folder: Path) -> None:
    found = two_groups()
    declare(COMPUTER, found.id, found.seats["Bo"], {found.cities["Arden"]: Declaration("past_visit")})
    row = assigning(found.seen(), {}, "en").rows[0]
    assert (row.name, row.chosen, row.closed) == ("Arden", (found.seats["Ana"],), ("Bo: conflict",))


def test_the_plan_as_a_workbook(data_folder: Path) -> None:
    found = two_groups()
    book = load_workbook(io.BytesIO(assignment_file(COMPUTER, found.id, "", "en")))
    assert [[cell.value for cell in row] for row in book["Assignment"].iter_rows()] == [
        ["City", "Ana", "Bo", "Cleo", "Dov", "Eva"],
        ["Arden", "●", "●", "·", "·", "·"],
        ["Beluna", "●", "●", "·", "·", "·"],
        ["Cidra", "·", "·", "●", "✕", "●"],
        ["Enyi", "✕", "·", "●", "·", "●"],
    ]
    assert book.sheetnames == ["Assignment", "Jurors", "Quality"]
    with pytest.raises(NotAllowedError):
        assignment_file(COMPUTER, found.id, found.seats["Bo"], "en")


def all_told(found: Seated, name: str) -> tuple[object, ...]:
    """Everything that the pages of jury and assignment tell a member."""
    mine = found.seen(name)
    wishes = wish_proposal(mine, keep_present=False)
    shown = assigning(mine, wishes, "en")
    return (
        members(mine, "en"),
        lacking(mine, "en"),
        jury_answer(mine, "en"),
        own_declarations(mine, "en"),
        known_conflicts(mine, "en"),
        to_review(mine, "en"),
        tuple(languages_offered(mine, "en")),
        (shown.answer, shown.rows, shown.changes, shown.quality, shown.matrix, shown.loads, shown.stale),
        as_changes(wishes),
    )


def test_whatever_happens_to_the_city_that_is_closed_to_her_nothing_changes_for_the_chair(
    data_folder: Path,
) -> None:
    found = two_groups()
    enyi = found.cities["Enyi"]
    before = all_told(found, "Ana")
    others = all_told(found, "Sami")
    declare(COMPUTER, found.id, found.seats["Cleo"], {enyi: Declaration("employer", "Qzhidden")})
    review(COMPUTER, found.id, "", *found.pair("Bo", "Enyi"), closed=True, why="Qzhidden")
    keep_pairs(COMPUTER, found.id, "", [Change(*found.pair("Dov", "Enyi"), True, 0)])
    changes = {"name": "Qzhidden", "country": "ESP", "languages": ["th"], "city_id": "x", "withdrawn": True}
    change_candidate(COMPUTER, found.id, "", enyi, 1, {"name": "Qzhidden", "languages": ["th"]})
    assert all_told(found, "Ana") == before
    change_candidate(COMPUTER, found.id, "", enyi, 2, changes)
    assert all_told(found, "Ana") == before
    assert all_told(found, "Sami") != others
