"""The record as a form: what is typed is read as in the workbook, found fault with, explained and settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from actions import house, sign_in
from actions.access import COMPUTER, Actor, NotKeptError
from actions.overview import overview
from actions.record import record, say
from actions.record_choose import MINE, THEIRS, choose
from actions.record_copy import copy, filled_in
from actions.record_form import (
    PROFILE_PART,
    RATINGS_PART,
    Field,
    fields_in,
    form,
    part_of,
)
from actions.record_history import history_rows, nearest_version, versions_said
from actions.record_merge import bring, differences, kept_workbooks, take
from actions.record_progress import progress
from actions.record_words import clock, columns_of
from actions.rooms import begin_assessment, room
from indicators.headers import ANSWER_COLUMNS
from tests.actions.people_at_hand import come_in, make_city
from tests.actions.record_at_hand import JOBLESS, PROFILE, new_room, own_computer, tell

EN, ZH, CORE = "en", "zh", "core"


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        own_computer(tmp_path_factory.mktemp("form"), patch)
        yield


def shown(id: str, field: str, language: str = EN, who: Actor = COMPUTER) -> Field:
    """One field of the form."""
    return next(one for one in form(who, id, part_of(field), CORE, language).fields if one.field == field)


@pytest.mark.parametrize(
    ("field", "said", "understood", "found"),
    [
        ("2.2.1", JOBLESS, "read as 4.9%", []),
        ("2.2.1", {**JOBLESS, "value": "４．９"}, "read as 4.9%", []),
        ("2.2.1", {**JOBLESS, "value": "4.9 or so"}, "not understood yet", [("value", "")]),
        ("2.1.1", {"value": "6.2万", "year": "2024", "source": "s"}, "read as 62,000", [("value", "62000")]),
        ("2.2.1", {"state": "not_collected", "remark": "from 2027"}, "counts as: not collected", []),
        ("2.2.1", {"value": "0.45", "year": "2024", "source": "s"}, "not understood yet", [("value", "45")]),
        ("profile:population", {"entry": "12.3万"}, "read as 123,000", [("entry", "123000")]),
        ("profile:member_since", {"entry": "2019"}, "read as 2019", []),
        ("yeonsu_2021:9", {"rating": "4", "source": "plan"}, "read as 4", []),
    ],
)
def test_what_was_understood_stands_beside_what_was_typed(
    field: str, said: Mapping[str, str], understood: str, found: list[tuple[str, str]]
) -> None:
    id = new_room()
    tell(id, field, said)
    one = shown(id, field)
    assert one.understood.startswith(understood)
    assert [(note.column, note.proposal) for note in one.notes] == found
    assert (one.said, one.version, one.open) == (said, 1, True)


def test_every_field_of_the_record_stands_in_one_part_with_all_its_columns() -> None:
    parts = form(COMPUTER, new_room(), "", CORE, EN).parts
    assert list(parts) == [PROFILE_PART, *map(str, range(1, 13)), RATINGS_PART]
    measured = [one for part in parts for one in fields_in(part) if ":" not in one]
    assert measured == [node.code for node in house.framework().measurements]
    assert columns_of("2.2.1") == ANSWER_COLUMNS
    assert [one.column for one in shown(new_room(), "2.2.1").inputs] == list(ANSWER_COLUMNS)


@pytest.mark.parametrize("language", [EN, ZH])
def test_a_field_says_what_the_workbook_says_of_it(language: str) -> None:
    one, card = shown(new_room(), "2.2.1", language), house.framework().words[language]["2.2.1"]
    assert (one.title, one.definition, one.how) == (f"2.2.1 {card.title}", card.definition, card.how)
    assert one.unit == house.framework().units[language]["percent"]


def test_outside_the_remit_is_offered_where_it_may_be_claimed() -> None:
    id = new_room()
    for node in house.framework().measurements:
        states = next(one for one in shown(id, node.code).inputs if one.column == "state").options
        assert states is not None
        assert node.measurement is not None
        assert ("outside_remit" in states) == node.measurement.outside_remit


def test_last_years_answer_stands_beside() -> None:
    first = new_room({**PROFILE, "2.2.1": JOBLESS})
    second = begin_assessment(COMPUTER, room(COMPUTER, first).city.id, 2026, first)
    assert shown(second, "2.2.1").last_year == (
        "4.9 · 2024 · Extrapolated from a survey or sample · labour office"
    )
    assert shown(second, "2.1.1").last_year == ""


def test_the_score_beside_the_form_is_that_of_the_overview() -> None:
    id = new_room({**PROFILE, "2.2.1": JOBLESS, "1.4.1": {"value": "5210", "year": "2024", "source": "s"}})
    assert (
        form(COMPUTER, id, "2", CORE, EN).score
        == overview(COMPUTER, copy(COMPUTER, id, EN), CORE, EN, dark=False).figures
    )


def test_of_two_the_slower_one_sees_both_and_chooses() -> None:
    id = new_room()
    tell(id, "2.2.1", JOBLESS)
    saved = say(COMPUTER, id, "2.2.1", {**JOBLESS, "value": "5.5", "remark": "mine"}, 0)
    assert saved.clash is not None
    found = form(COMPUTER, id, "2", CORE, EN)
    assert found.waiting == ("2",)
    one = next(one for one in found.fields if one.field == "2.2.1")
    assert [tuple(row.values()) for row in one.clashes[0].rows] == [
        ("Value", "4,9", "5.5"),
        ("Remark", "–", "mine"),
    ]
    # Yet another entry came in: nothing is settled.
    tell(id, "2.2.1", {**JOBLESS, "value": "6"})
    counts = choose(COMPUTER, id, saved.clash.id, MINE, 1)
    assert counts is not None
    assert (counts.said["value"], len(shown(id, "2.2.1").clashes)) == ("6", 1)
    counts = choose(COMPUTER, id, saved.clash.id, MINE, 2)
    assert counts is not None
    assert (counts.said["value"], counts.version, shown(id, "2.2.1").clashes) == ("5.5", 3, ())
    with pytest.raises(NotKeptError):
        choose(COMPUTER, id, saved.clash.id, THEIRS, 3)


def test_the_history_names_every_version_and_what_was_not_taken() -> None:
    id = new_room()
    tell(id, "2.2.1", JOBLESS)
    tell(id, "2.2.1", {**JOBLESS, "value": "5.1"}, why="the yearbook was corrected")
    lost = say(COMPUTER, id, "2.2.1", {**JOBLESS, "value": "7"}, 1)
    assert lost.clash is not None
    choose(COMPUTER, id, lost.clash.id, THEIRS, 2)
    rows = history_rows(COMPUTER, id, "2.2.1", EN)
    told = [(row["Version"], row["What changed"], row["Why"], row["How"]) for row in rows]
    assert told == [
        ("–", "Value: 4,9 → 7", "–", "written meanwhile, not taken"),
        ("2", "Value: 4,9 → 5.1", "the yearbook was corrected", "typed on the page"),
        (
            "1",
            "Value: – → 4,9; Reference year: – → 2024; Evidence grade: – → Extrapolated from a survey or sample; "
            "Source: – → labour office",
            "–",
            "typed on the page",
        ),
    ]
    assert [said.get("value") for said in versions_said(COMPUTER, id, "2.2.1")] == [None, "4,9", "5.1"]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Shanghai", "Mar 5, 2024 22:03:22"),
        ("", "Mar 5, 2024 14:03:22 UTC"),
        ("no/zone", "Mar 5, 2024 14:03:22 UTC"),
    ],
)
def test_the_time_of_saving_is_told_by_the_readers_clock(zone: str, expected: str) -> None:
    assert clock("2024-03-05T14:03:22.123456+00:00", zone, EN) == expected


@pytest.fixture(scope="module")
def people() -> Mapping[str, Actor]:
    city, other = make_city(house.store(), "Sharedville"), make_city(house.store(), "Otherville")
    made = {
        "owner": come_in("owner", "o@example.org", "Ola Owner", city=city),
        "contributor": come_in(
            "contributor", "c@example.org", "Cem Contributor", city=city, areas=("2", "3")
        ),
        "viewer": come_in("viewer", "v@example.org", city=city),
        "mayor": come_in("mayor", "m@example.org", city=city),
        "stranger": come_in("owner", "s@example.org", city=other),
        "juror": come_in("juror", "j@example.org"),
        "secretariat": come_in("secretariat", "sec@example.org"),
    }
    return {role: sign_in.actor(one.person) for role, one in made.items()}


def test_a_contributor_writes_in_her_own_parts(people: Mapping[str, Actor]) -> None:
    owner, contributor = people["owner"], people["contributor"]
    id = begin_assessment(owner, owner.grants[0].city, 2025)
    assert form(contributor, id, "", CORE, EN).part == "2"
    assert {part for part in form(owner, id, "", CORE, EN).parts if all_open(contributor, id, part)} == {
        "2",
        "3",
    }
    assert not any(one.open for one in form(people["viewer"], id, "2", CORE, EN).fields)
    assert [
        form(people[role], id, "2", CORE, EN).closed.partition(".")[0] for role in ("mayor", "contributor")
    ] == [
        "You may read these answers",
        "",
    ]
    for field in ("1.1.1", "profile:name", "yeonsu_2021:9", "nothing", "profile:nothing"):
        with pytest.raises(NotKeptError):
            say(contributor, id, field, {"value": "1"}, 0)
    say(contributor, id, "2.2.1", JOBLESS, 0)
    assert shown(id, "2.2.1", EN, owner).by == "Cem Contributor"
    saved = say(owner, id, "2.2.1", {**JOBLESS, "value": "6"}, 0)
    assert saved.clash is not None
    seen = shown(id, "2.2.1", EN, contributor).clashes[0]
    assert (seen.counts_by, seen.by, seen.mine) == ("Cem Contributor", "Ola Owner", False)


def all_open(who: Actor, id: str, part: str) -> bool:
    return all(one.open for one in form(who, id, part, CORE, EN).fields)


# Everything that reads a record or changes it, by name.
ACTS: Mapping[str, Callable[[Actor, str], object]] = {
    "record": lambda who, id: record(who, id),
    "say": lambda who, id: say(who, id, "2.2.1", JOBLESS, 0),
    "form": lambda who, id: form(who, id, "2", CORE, EN),
    "history_rows": lambda who, id: history_rows(who, id, "2.2.1", EN),
    "versions_said": lambda who, id: versions_said(who, id, "2.2.1"),
    "choose": lambda who, id: choose(who, id, "B" * 22, MINE, 1),
    "copy": lambda who, id: copy(who, id, EN),
    "filled_in": lambda who, id: filled_in(who, id, EN),
    "progress": lambda who, id: progress(who, id, EN),
    "bring": lambda who, id: bring(who, id, "a.xlsx", b"", EN),
    "kept_workbooks": lambda who, id: kept_workbooks(who, id, EN),
    "differences": lambda who, id: differences(who, id, "B" * 22, EN),
    "take": lambda who, id: take(who, id, "B" * 22, {}),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("role", ["stranger", "juror", "secretariat"])
def test_a_draft_is_told_as_what_is_not_there(name: str, role: str, people: Mapping[str, Actor]) -> None:
    owner = people["owner"]
    id = begin_assessment(owner, owner.grants[0].city, 2025)
    for one in (id, "A" * 22):
        with pytest.raises(NotKeptError):
            ACTS[name](people[role], one)


VERSIONS = (
    {},
    {"value": "4"},
    {"value": "4", "year": "2024"},
    {"value": "5", "year": "2024"},
    {"value": "4"},
)


@pytest.mark.parametrize(
    ("said", "since", "expected"),
    [
        ({"value": "4", "year": "2024"}, 0, 2),
        ({"value": "4", "year": "2024", "remark": "r"}, 1, 2),
        ({"value": "4"}, 1, 1),  # the first and the last say so: in doubt the older one
        ({"value": "4"}, 2, 4),
        ({"value": "6", "year": "2024"}, 1, 2),
        ({}, 0, 0),
    ],
)
def test_a_late_text_is_taken_for_one_on_top_of_the_version_it_is_nearest_to(
    said: Mapping[str, str], since: int, expected: int
) -> None:
    assert nearest_version(VERSIONS, said, since) == expected
