"""Next year's assessment takes over what can be taken over, and nothing in it looks newly measured."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from actions import house
from actions.access import COMPUTER, Actor, Grant, NotAllowedError, NotKeptError
from actions.evidence import give_evidence_link, to_confirm
from actions.next_year import begin_next, carried, confirm, next_years, went_on_from
from actions.record import record, say
from actions.record_copy import filled_in
from actions.rooms import RoomError, rooms_of
from indicators.typed import Said
from store.engine import Store
from store.record import CONFIRMED, FORM, LAST_YEAR, history
from tests.actions.people_at_hand import somebody
from tests.actions.years_of_a_town import figure, fill, town, year_of

EN = "en"
SAID = {
    "1.1.1": figure("87.5", 2019, series_break="Another census", remark="of the census"),
    "1.2.1": figure("61", 2024),
    "2.2.1": {"value": "4.9", "source": "Survey without a year"},
    "2.1.1": {"state": "not collected", "remark": "from 2028 on"},
    "2.1.2": {"state": "coming later", "source": "Survey under way"},
    "8.3.1": {"state": "outside the city's remit", "remark": "The county decides."},
    "3.1.1": {"value": "about five or so", "year": "2023", "source": "Guess"},
    "5.3.1": {"value": "3", "year": "2025", "grade": "estimate of a person"},
    "yeonsu_2021:7": {"rating": "3", "source": "Plan of 2024"},
    "yeonsu_2021:8": {"rating": "2"},
    "1.3.1": {},
}


@pytest.fixture
def last(installation: Store) -> str:
    """A town's assessment of 2025 with one of every kind of answer."""
    return year_of(town(), 2025, SAID)


def _said(assessment: str) -> dict[str, Said]:
    return {field: one.said for field, one in record(COMPUTER, assessment).entries.items()}


def test_what_is_carried_over_and_what_is_left_behind(last: str) -> None:
    said = _said(begin_next(COMPUTER, last, 2026))
    # Figures with their own old years; a break is one with the years before.
    assert said["1.1.1"] == figure("87.5", 2019, remark="of the census")
    assert said["1.2.1"] == SAID["1.2.1"]
    assert said["5.3.1"] == SAID["5.3.1"]
    # Without a year, or not understood, a figure would look like one of this year.
    assert said["2.2.1"] == {"source": "Survey without a year"}
    assert said["3.1.1"] == {"source": "Guess"}
    # States with their reasons; a promise was one of last year.
    assert said["2.1.1"] == SAID["2.1.1"]
    assert said["8.3.1"] == SAID["8.3.1"]
    assert said["2.1.2"] == {"source": "Survey under way"}
    # Ratings have no year.
    assert said["yeonsu_2021:7"] == {"source": "Plan of 2024"}
    assert "yeonsu_2021:8" not in said
    assert "1.3.1" not in said
    assert said["profile:assessment_year"] == {"entry": "2026"}
    assert said["profile:population_year"] == {"entry": "2024"}
    assert said["profile:name"] == {"entry": "Demoville"}


def test_a_carried_figure_ages_by_the_rules(last: str) -> None:
    before = record(COMPUTER, last).reading
    after = record(COMPUTER, begin_next(COMPUTER, last, 2026)).reading
    assert (after.observations["1.1.1"].value, after.observations["1.1.1"].year) == (87.5, 2019)
    old = {one.code for one in after.findings if one.kind == "year_old"}
    assert old >= {one.code for one in before.findings if one.kind == "year_old"}
    ages = {one.code: one.facts["age"] for one in after.findings if one.kind == "year_old"}
    assert ages["1.1.1"] == 7


def test_it_goes_on_from_its_year_and_twice_is_once(last: str) -> None:
    made = begin_next(COMPUTER, last, 2026)
    assert went_on_from(COMPUTER, made) == (last, "2025")
    assert went_on_from(COMPUTER, last) == ()
    fill(made, {"1.2.1": figure("64", 2025)})
    assert begin_next(COMPUTER, last, 2026) == made
    assert _said(made)["1.2.1"]["value"] == "64"
    years = {one.id: one.year for one in rooms_of(COMPUTER, record(COMPUTER, made).room.city.id)}
    assert years == {made: 2026, last: 2025}


def test_years_that_may_follow(last: str) -> None:
    ahead = house.today().year + 1
    assert next_years(COMPUTER, last) == tuple(range(2026, ahead + 1))
    begin_next(COMPUTER, last, 2026)
    assert next_years(COMPUTER, last) == tuple(range(2027, ahead + 1))
    for year in (2025, 2024, ahead + 1):
        with pytest.raises(RoomError, match="year_beyond"):
            begin_next(COMPUTER, last, year)


def test_what_was_carried_waits_until_it_is_changed_or_confirmed(last: str) -> None:
    made = begin_next(COMPUTER, last, 2026)
    parts = {one.area: [row.field for row in one.rows] for one in carried(COMPUTER, made, EN).parts}
    assert set(parts) == {"", "1", "2", "3", "5", "8"}
    assert parts["1"] == ["1.1.1", "1.2.1"]
    assert "profile:assessment_year" not in parts[""]
    assert set(parts[""]) >= {"profile:name", "profile:population", "yeonsu_2021:7"}
    # Changed.
    say(COMPUTER, made, "1.2.1", figure("64", 2025), 1)
    # Confirmed; and left alone where it was changed meanwhile.
    assert confirm(COMPUTER, made, {"1.1.1": 1, "1.2.1": 1}) == 1
    assert "1" not in {one.area for one in carried(COMPUTER, made, EN).parts}
    with house.store().reading() as reader:
        assert [(one.way, one.said) for one in history(reader, made, "1.1.1")] == [
            (LAST_YEAR, figure("87.5", 2019, remark="of the census")),
            (CONFIRMED, figure("87.5", 2019, remark="of the census")),
        ]
        assert [one.way for one in history(reader, made, "1.2.1")] == [LAST_YEAR, FORM]
    # Once is enough.
    assert confirm(COMPUTER, made, {"1.1.1": 2}) == 0


def test_a_whole_area_is_confirmed_at_once(last: str) -> None:
    made = begin_next(COMPUTER, last, 2026)
    (area,) = [one for one in carried(COMPUTER, made, EN).parts if one.area == "2"]
    assert area.title.startswith("2 ")
    assert {row.field for row in area.rows} == {"2.1.1", "2.1.2", "2.2.1"}
    assert confirm(COMPUTER, made, {row.field: row.version for row in area.rows}) == 3
    assert "2" not in {one.area for one in carried(COMPUTER, made, EN).parts}


def test_saying_the_same_again_confirms_nothing(last: str) -> None:
    made = begin_next(COMPUTER, last, 2026)
    say(COMPUTER, made, "1.2.1", SAID["1.2.1"], 1)
    assert "1.2.1" in {row.field for one in carried(COMPUTER, made, EN).parts for row in one.rows}


def test_the_workbook_of_the_new_year_is_filled_in_from_the_last_one(last: str) -> None:
    made = begin_next(COMPUTER, last, 2026)
    book = load_workbook(io.BytesIO(filled_in(COMPUTER, made, EN)))
    rows = {
        str(row[0].value): [cell.value for cell in row]
        for sheet in book.worksheets
        for row in sheet.iter_rows(min_row=4)
    }
    assert rows["1.2.1"][5:7] == [61, 2024]
    # What something was found about stands as it was typed.
    assert rows["1.1.1"][5:7] == [87.5, "2019"]
    assert rows["2.2.1"][5] is None
    assert rows["2.2.1"][9] == "Survey without a year"
    assert rows["8.3.1"][11] == "The county decides."


def test_evidence_goes_along_to_be_confirmed(last: str) -> None:
    give_evidence_link(COMPUTER, last, "1.1.1", "https://census.example.org/2019", "page 4")
    made = begin_next(COMPUTER, last, 2026)
    assert [(one.field, one.link) for one in to_confirm(COMPUTER, made, EN)] == [
        ("1.1.1", "https://census.example.org/2019")
    ]


def test_who_may_begin_and_confirm(installation: Store) -> None:
    city = town()
    last = year_of(city, 2025, SAID)
    owner = somebody("owner", "owner@example.org", city=city)
    other = somebody("contributor", "other@example.org", city=city, areas=("2",))  # type: ignore[arg-type]
    viewer = somebody("viewer", "viewer@example.org", city=city)
    stranger = Actor("nobody", "", (Grant("owner", "another"),))
    for who in (other, viewer, stranger):
        with pytest.raises(NotKeptError):
            begin_next(who, last, 2026)
        with pytest.raises(NotKeptError):
            next_years(who, last)
    made = begin_next(owner, last, 2026)
    assert confirm(other, made, {"2.2.1": 1}) == 1
    may = {row.field: row.may_confirm for one in carried(other, made, EN).parts for row in one.rows}
    assert {field for field, allowed in may.items() if allowed} == {"2.1.1", "2.1.2"}
    for who, field in ((other, "1.1.1"), (other, "profile:name"), (viewer, "2.1.1")):
        with pytest.raises(NotAllowedError):
            confirm(who, made, {field: 1})
    with pytest.raises(NotKeptError):
        carried(stranger, made, EN)
    assert not any(row.may_confirm for one in carried(viewer, made, EN).parts for row in one.rows)
