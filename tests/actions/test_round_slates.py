"""Winners: the best slate, costs of rules, wishes that cannot all be kept, tie-breaks and votes, with known figures."""

from __future__ import annotations

import pytest

from actions.access import COMPUTER
from actions.round_facts import BALLOT, VOTE, joined
from actions.round_figures import figures
from actions.round_moment import least_marks
from actions.round_order import order_of
from actions.round_rights import CAST, LEAD
from actions.round_slates import ShownWinners, shown_winners
from actions.round_winners import Winners, chosen
from actions.round_write import Saying, keep
from store.engine import Store
from tests.actions.round_marked import Marked, marked


@pytest.fixture
def at(data_folder: object) -> Marked:
    return marked()


def slates_of(at: Marked, *, wishes: bool = False, who: str = "") -> tuple[Winners, ShownWinners]:
    found = at.seen(who)
    of = figures(COMPUTER, found)
    won = chosen(found, of, wishes=wishes)
    assert of is not None
    assert won is not None
    return won, shown_winners(found, of, won, "en")


def test_the_best_slate_and_what_one_winner_a_country_costs_on_both_databases(installation: Store) -> None:
    _, shown = slates_of(marked())
    # Alba 4.17 and Corvo 3.00; Brixen (3.83) lies in Alba's country. Brixen and Corvo have 6.83.
    assert shown.summary == (
        "By the marks so far the best 2 winners are Alba; Corvo: 7.17 points together. "
        "The next slate is 0.34 points behind."
    )
    assert [row["City"] for row in shown.best] == ["Alba", "Corvo"]
    assert shown.costs == (
        {
            "Rule": "At most so many winners of one country",
            "Keeps out": "Brixen",
            "Lets in instead": "Corvo",
            "Costs in points": "0.83",
        },
    )
    assert [(row["Points together"], row["Comes in"], row["Goes out"]) for row in shown.further] == [
        ("7.17", "–", "–"),
        ("6.83", "Brixen", "Alba"),
        ("6.50", "Dakra", "Corvo"),
        ("6.16", "Brixen; Dakra", "Alba; Corvo"),
        ("5.33", "Dakra", "Alba"),
    ]
    assert shown.trouble == ""
    assert shown.loosened == ()


def test_wishes_that_cannot_all_be_kept_are_given_up_one_by_one(at: Marked) -> None:
    won, shown = slates_of(at, wishes=True)
    # Two winners, three regions with candidates: the wish that costs least is given up.
    assert [one.name for one in won.given_up] == ["africa"]
    assert shown.trouble.endswith("without these wishes: A winner of the region Africa (wish).") or (
        shown.trouble.endswith("without these wishes: A winner of the region Africa.")
    )
    assert [row["City"] for row in shown.best] == ["Alba", "Corvo"]
    assert shown.loosened[0] == {
        "Give up": "The number of winners",
        "Places broken by": "1",
        "Best slate then": "Alba; Corvo; Dakra",
        "Points together": "9.50",
    }
    assert shown.notes[0].startswith("No candidate with marks comes from Arab States; Asia and the Pacific")


def test_the_least_mark_is_a_wish_of_this_award(data_folder: object) -> None:
    at = marked()
    assert set(least_marks(at.seen(), binding=False).values()) == {2.0}
    assert least_marks(at.seen(), binding=True) == {}
    at = marked(minimum=3.5)
    _, shown = slates_of(at, wishes=False)
    assert [row["City"] for row in shown.best] == ["Alba", "Corvo"]
    assert shown.best[1]["To be known"].startswith("under the least mark: Plan; Partners")  # type: ignore[attr-defined]


def test_nobody_outside_of_the_jury_chooses_before_results_are_seen(data_folder: object) -> None:
    at = marked(phases=())
    assert chosen(at.seen("Ben"), figures(COMPUTER, at.seen("Ben")), wishes=False) is None


def test_a_city_in_conflict_takes_no_part_and_the_viewer_is_told_so(at: Marked) -> None:
    at.move("meet")
    at.conflict("Ben", "Alba")
    _, shown = slates_of(at, who="Ben")
    assert [row["City"] for row in shown.best] == ["Brixen", "Corvo"]
    assert "Alba" not in repr(shown)
    assert "Cities that are closed to you take no part here; the jury's slate may be another." in shown.notes


def tied(**lower: float) -> Marked:
    """Brixen, Corvo and Dakra with the same mean of 3, all of Brixen's marks as asked."""
    base = {"Alba": 4.0, "Corvo": 3.0, "Dakra": 3.0}
    at = marked({name: dict(base) for name in ("Ada", "Ben", "Cleo")}, phases=())
    for name in ("Ada", "Ben", "Cleo"):
        at.mark(name, "Brixen", 3.0, **lower)
    at.move("discuss")
    return at


def names_in_order(at: Marked) -> list[str]:
    found = at.seen()
    of = figures(COMPUTER, found)
    assert of is not None
    return at.named(*(of.moment.marks.cities[i] for i in of.order.cities))


def test_of_equals_the_higher_lowest_mark_goes_first_then_a_region_without_a_winner(
    data_folder: object,
) -> None:
    at = tied(plan=2.0, culture=4.0)
    order = order_of(at.seen())
    assert names_in_order(at)[0] == "Alba"
    assert names_in_order(at)[3] == "Brixen"
    # Corvo and Dakra are equal in everything, both of regions without a winner.
    assert len(order.undecided) == 1
    assert len(order.undecided[0]) == 2
    _, shown = slates_of(at)
    assert shown.tied == ("Equal at 3.00 points: Corvo; Dakra; Brixen. A vote of the jury is due.",)
    # Without a lower mark of its own Brixen comes last because Alba is of its region.
    even = tied()
    assert names_in_order(even)[3] == "Brixen"
    placed = order_of(even.seen())
    assert set(placed.by.values()) == {"region_without_winner"}


def test_a_closed_ballot_decides_and_the_chair_between_equal_numbers(data_folder: object) -> None:
    at = tied(plan=2.0, culture=4.0)
    at.move("meet")
    two = [at.cities["Corvo"], at.cities["Dakra"]]
    voters = [at.seats[name] for name in ("Ada", "Ben")]
    said = {"question": "", "closed": True, "voters": voters, "counts": {two[0]: 1, two[1]: 1}}
    keep(COMPUTER, at.id, "", LEAD, Saying(BALLOT, "ballot1", 0, said, about=tuple(two)))
    key = joined("ballot1", at.seats["Ada"])
    vote = Saying(VOTE, key, 0, {"choice": two[1]}, about=tuple(two), seat=at.seats["Ada"])
    keep(COMPUTER, at.id, at.seats["Ada"], CAST, vote)
    assert names_in_order(at) == ["Alba", "Dakra", "Corvo", "Brixen"]
    assert order_of(at.seen()).undecided == ()
    _, shown = slates_of(at)
    assert [row["City"] for row in shown.best] == ["Alba", "Dakra"]
    assert shown.summary.endswith("The next slate has as many points: the tie-breaks decide.")
