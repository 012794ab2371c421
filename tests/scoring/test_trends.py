"""Lines over the years are cut where a measurement below says so, and nothing is compared over a cut."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.panel import assemble
from scoring.score import score
from scoring.trends import EVERYTHING, Cut, Trend, cuts_of, measurements_below, trend
from tests.scoring.three_years import A_BREAKS, A, Answers, B, C
from tests.scoring.towns import scored_codes, small

COUNTED = frozenset(("1.2.1", "1.10.1", "1.10.2", "2.1.1", "2.2.1"))
NEW_ACCOUNTS = Cut(2022, (("2.1.1", "New accounts"),))


def line(town: Mapping[int, Answers], code: str, breaks: Mapping[int, Mapping[str, str]]) -> Trend:
    """The assured score of a node over the years."""
    scores = score(small(), assemble(small(), {str(year): one for year, one in town.items()}), "core")
    values = {year: float(scores.assured[i, scores.column(code)]) for i, year in enumerate(town)}
    return trend(code, values, cuts_of(small(), code, town, breaks, COUNTED))


@pytest.mark.parametrize(
    ("town", "code", "values", "changes", "stretches", "cuts"),
    [
        (A, "town", [47.5, 66.25, 84.375], [None, None, 18.125], [0, 1, 1], (NEW_ACCOUNTS,)),
        (A, "1", [42.5, 57.5, 73.75], [None, 15.0, 16.25], [0, 0, 0], ()),
        (A, "2", [52.5, 75.0, 95.0], [None, None, 20.0], [0, 1, 1], (NEW_ACCOUNTS,)),
        (A, "2.2", [60.0, 0.0, 80.0], [None, -60.0, 80.0], [0, 0, 0], ()),
        (A, "2.1.1", [50.0, 100.0, 100.0], [None, None, 0.0], [0, 1, 1], (NEW_ACCOUNTS,)),
    ],
)
def test_a_town_with_a_break(
    town: Mapping[int, Answers],
    code: str,
    values: list[float],
    changes: list[float | None],
    stretches: list[int],
    cuts: tuple[Cut, ...],
) -> None:
    found = line(town, code, A_BREAKS)
    assert found.cuts == cuts
    assert [one.value for one in found.dots] == pytest.approx(values, abs=1e-9)
    assert [one.stretch for one in found.dots] == stretches
    assert [one.change is None for one in found.dots] == [one is None for one in changes]
    assert [one.change for one in found.dots if one.change is not None] == pytest.approx(
        [one for one in changes if one is not None], abs=1e-9
    )


def test_towns_without_a_break() -> None:
    b, c = line(B, "town", {}), line(C, "town", {})
    assert [one.value for one in b.dots] == pytest.approx([32.5, 28.75], abs=1e-9)
    assert b.dots[1].change == pytest.approx(-3.75, abs=1e-9)
    assert [one.value for one in c.dots] == pytest.approx([31.25] * 3, abs=1e-9)
    assert [one.change for one in c.dots] == [None, 0.0, 0.0]
    assert b.cuts == c.cuts == ()


def test_what_concerns_everything_cuts_every_line() -> None:
    other = {2024: {EVERYTHING: "Edition 2"}}
    cut = Cut(2024, ((EVERYTHING, "Edition 2"),))
    for code in small().by_code:
        assert cuts_of(small(), code, A, other, COUNTED) == (cut,)


def test_a_break_that_the_basket_does_not_count_cuts_nothing() -> None:
    for breaks in ({2022: {"1.2.2": "New survey"}}, {2020: {"2.1.1": "New accounts"}}, {2022: {}}):
        assert cuts_of(small(), "town", A, breaks, COUNTED) == ()
    assert cuts_of(small(), "1", A, {2022: {"1.2.2": "New survey"}}, {*COUNTED, "1.2.2"}) == (
        Cut(2022, (("1.2.2", "New survey"),)),
    )


def test_breaks_in_one_year_stand_in_the_order_of_the_framework() -> None:
    said = {2022: {"2.1.1": "c", "1.10.2": "b", EVERYTHING: "a"}}
    (cut,) = cuts_of(small(), "town", A, said, COUNTED)
    assert cut.by == ((EVERYTHING, "a"), ("1.10.2", "b"), ("2.1.1", "c"))


def test_breaks_of_a_year_that_is_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match=r"breaks are said for \[2023\]"):
        cuts_of(small(), "town", A, {2023: {"2.1.1": "x"}}, COUNTED)


def test_a_cut_holds_although_its_year_has_no_value() -> None:
    found = trend("2.1.1", {2020: 1.0, 2021: None, 2022: 3.0, 2023: 4.5}, (Cut(2021, (("2.1.1", "x"),)),))
    assert [(one.stretch, one.change) for one in found.dots] == [(0, None), (1, None), (1, None), (1, 1.5)]


def test_a_year_without_a_value_is_stepped_over_where_nothing_is_cut() -> None:
    found = trend("2.1.1", {2020: 1.0, 2021: None, 2022: 3.0}, ())
    assert [one.change for one in found.dots] == [None, None, 2.0]


def test_measurements_below_a_node() -> None:
    assert measurements_below(small(), "1.10") == ("1.10.1", "1.10.2")
    assert measurements_below(small(), "1.2.1") == ("1.2.1",)
    assert set(scored_codes(small())) <= set(measurements_below(small(), "town"))


years = st.lists(st.integers(2000, 2030), min_size=1, max_size=7, unique=True)
values = st.one_of(st.none(), st.floats(0, 100))


@given(st.data(), years)
def test_a_break_never_adds_a_difference(data: st.DataObject, when: list[int]) -> None:
    known = {year: data.draw(values) for year in when}
    cuts = [Cut(year, (("x", "y"),)) for year in data.draw(st.lists(st.sampled_from(when), unique=True))]
    without, with_cuts = trend("x", known, ()), trend("x", known, cuts)
    for one, other in zip(without.dots, with_cuts.dots, strict=True):
        assert (one.year, one.value) == (other.year, other.value)
        assert other.change is None or other.change == one.change
    # Two dots of one stretch have no cut between them.
    assert [one.stretch for one in with_cuts.dots] == [
        sum(cut.year <= year for cut in cuts) for year in sorted(when)
    ]
