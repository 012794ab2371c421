"""A record as a workbook: read by the real reading process it says what the record says, to the last finding."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import pytest
from openpyxl import load_workbook

from actions import house, sign_in
from actions.access import COMPUTER, Actor, NotKeptError
from actions.overview import overview
from actions.reader import READERS
from actions.record import record
from actions.record_copy import copy, filled_in
from actions.record_progress import progress, standing_of
from actions.rooms import begin_assessment, room
from actions.standing import standing, upload
from indicators.labels import fields
from indicators.typed import fields_of
from scoring.model import Reading
from store.record_copies import uploads_of_city
from store.uploads import get, original
from tests.actions.people_at_hand import come_in, make_city
from tests.actions.record_at_hand import JOBLESS, PROFILE, new_room, own_computer, tell

EN, ZH = "en", "zh"
# Texts of which the reading alone would not say everything, by field.
ODD: Mapping[str, Mapping[str, str]] = {
    **PROFILE,
    "2.2.1": JOBLESS,
    "2.1.1": {"value": "about 60 thousand", "year": "2025/26", "source": "=1+1"},
    "2.1.2": {"value": "0.3%", "year": "2024", "source": "survey", "series_break": "no"},
    "2.3.1": {"value": "14.6", "grade": "a good guess", "year": "2031", "source": "-"},
    "3.2.1": {"state": "not_applicable"},
    "1.4.1": {"state": "coming_later", "remark": "two\nlines"},
    "4.1.1": {"value": "97", "state": "answered", "link": "https://example.org/a?b=c&d#e"},
    "4.2.1": {"value": "13,6", "state": "what is this"},
    "profile:country": {"entry": "Korea"},
    "profile:population": {"entry": "12.3万"},
    "profile:area_km2": {"entry": "many"},
    "yeonsu_2021:7": {"rating": "3.5", "remark": "half"},
    "yeonsu_2021:9": {"rating": "4", "grade": "survey"},
}


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        own_computer(tmp_path_factory.mktemp("copies"), patch)
        yield


def _told(reading: Reading) -> list[tuple[str, str, str]]:
    return sorted((one.kind, one.code, one.proposal) for one in reading.findings)


@pytest.mark.parametrize("language", [EN, ZH])
def test_a_copy_says_what_the_record_says(language: str) -> None:
    id = new_room(ODD)
    made, own = upload(copy(COMPUTER, id, language)).reading, record(COMPUTER, id).reading
    assert _told(made) == _told(own)
    # A workbook says of itself that it is no sample.
    assert dict(made.profile) == {**own.profile, "invented": "no"}
    said, again = (fields_of(one, house.framework()) for one in (own, made))
    # A state that was refused keeps the name that the workbook's own language has for it.
    assert {code for code in said if said[code] != again[code]} <= {"3.2.1"}
    assert set(again) - set(said) == {"profile:invented"}
    assert standing(copy(COMPUTER, id, language), "core").scores.assured[0, 0] == pytest.approx(
        standing_of(room(COMPUTER, id), own, "core").scores.assured[0, 0], abs=0
    )


def test_the_same_record_has_the_same_copy_which_is_of_its_city_and_of_no_other() -> None:
    id = new_room()
    first = copy(COMPUTER, id, EN)
    assert copy(COMPUTER, id, ZH) == first
    tell(id, "2.2.1", JOBLESS)
    second = copy(COMPUTER, id, EN)
    assert second != first
    tell(id, "2.2.1", {})
    assert copy(COMPUTER, id, EN) == first
    kept = get(house.store(), second)
    assert kept is not None
    assert (kept.city_id, kept.name) == (room(COMPUTER, id).city.id, "Riverton-2025-en.xlsx")
    assert overview(COMPUTER, second, "core", EN, dark=False).city == "Riverton"
    with house.store().reading() as reader:
        assert uploads_of_city(reader, kept.city_id) == ()


def test_a_sheet_names_where_every_answer_came_from() -> None:
    id = new_room({**PROFILE, "2.2.1": JOBLESS})
    data = original(house.store(), copy(COMPUTER, id, EN))
    assert data is not None
    sheet = load_workbook(io.BytesIO(data)).worksheets[-1]
    rows = {str(row[0]): str(row[1]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert set(rows) == {"2.2.1", *(fields(EN)[one].text for one in ("name", "country", "assessment_year"))}
    assert rows["2.2.1"].startswith("whoever uses this computer, typed on the page, 20")


def test_taken_along_it_names_the_record_and_the_state_it_was_made_from() -> None:
    id = new_room()
    reading = READERS.read("taken.xlsx", filled_in(COMPUTER, id, EN))
    assert reading.made_from.split() == [id, reading.made_from.split()[1]]
    before = int(reading.made_from.split()[1])
    tell(id, "2.2.1", JOBLESS)
    again = READERS.read("taken.xlsx", filled_in(COMPUTER, id, EN))
    assert int(again.made_from.split()[1]) == before + 1


@pytest.fixture(scope="module")
def shared() -> Mapping[str, Actor]:
    """People of one city and somebody of another."""
    city, other = make_city(house.store(), "Sharedville"), make_city(house.store(), "Otherville")
    made = {
        "owner": come_in("owner", "o@example.org", "Ola Owner", city=city),
        "contributor": come_in(
            "contributor", "c@example.org", "Cem Contributor", city=city, areas=("2", "3")
        ),
        "viewer": come_in("viewer", "v@example.org", city=city),
        "stranger": come_in("owner", "s@example.org", city=other),
    }
    return {role: sign_in.actor(one.person) for role, one in made.items()}


def test_where_people_sign_in_a_copy_is_their_citys_and_a_part_is_a_contributors(
    shared: Mapping[str, Actor],
) -> None:
    owner, contributor = shared["owner"], shared["contributor"]
    id = begin_assessment(owner, owner.grants[0].city, 2025)
    tell(id, "2.2.1", JOBLESS, contributor)
    made = copy(shared["viewer"], id, EN)
    assert upload(made).reading.observations["2.2.1"].value == 4.9
    assert overview(owner, made, "core", EN, dark=False)
    with pytest.raises(NotKeptError):
        overview(shared["stranger"], made, "core", EN, dark=False)
    with pytest.raises(NotKeptError):
        copy(shared["stranger"], id, EN)
    part = READERS.read("part.xlsx", filled_in(contributor, id, EN))
    assert part.made_from.split()[2:] == ["2", "3"]
    assert part.observations["2.2.1"].value == 4.9


def test_progress_counts_by_area_and_by_person(shared: Mapping[str, Actor]) -> None:
    owner, contributor = shared["owner"], shared["contributor"]
    id = begin_assessment(owner, owner.grants[0].city, 2024)
    empty = progress(owner, id, EN)
    assert (empty.answered, empty.people, empty.areas[1].by) == (0, (), "")
    assert empty.sentence.endswith("the bracket is 0.0 – 100.0 and closes as they come in.")
    tell(id, "2.2.1", JOBLESS, contributor)
    tell(id, "2.1.1", {"value": "abc"}, contributor)
    tell(id, "profile:name", {"entry": "Sharedville"}, owner)
    found = progress(contributor, id, EN)
    area = found.areas[1]
    assert (area.code, area.answered, area.by) == ("2", 1, "Cem Contributor")
    assert area.open == empty.areas[1].open - 1
    assert area.findings >= 1
    assert 0 < area.could_add < empty.areas[1].could_add
    assert [one.mine for one in found.areas[:4]] == [False, True, True, False]
    assert {row["Who"]: row["Entries"] for row in found.people} == {"Cem Contributor": "2", "Ola Owner": "1"}
    assert sum(one.could_add for one in empty.areas) == pytest.approx(100)
    with pytest.raises(NotKeptError):
        progress(shared["stranger"], id, EN)
