"""A workbook beside the record: real files through the real reading process, field by field, nothing silently."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import pytest
from openpyxl import load_workbook

from actions import house, sign_in
from actions.access import COMPUTER, Actor, NotKeptError
from actions.record import record, say
from actions.record_copy import copy, filled_in
from actions.record_history import history_rows
from actions.record_merge import (
    IN_BOTH,
    IN_FILE,
    Differences,
    Taken,
    bring,
    differences,
    kept_workbooks,
    take,
)
from actions.rooms import begin_assessment
from actions.template import blank_workbook
from actions.uploads import receive
from store.record import WORKBOOK
from tests.actions.people_at_hand import come_in, make_city
from tests.actions.record_at_hand import JOBLESS, PROFILE, cell_in, new_room, own_computer, tell, typed_into

EN, ZH = "en", "zh"
SAID = {
    **PROFILE,
    "2.1.1": {"value": "62400", "year": "2024", "grade": "measured", "source": "accounts"},
    "2.2.1": JOBLESS,
    "2.3.1": {"value": "14.6", "year": "2024", "source": "register"},
    "3.2.1": {"state": "not_applicable"},
    "4.1.1": {"value": "about 97", "remark": "to be checked"},
    "yeonsu_2021:9": {"rating": "4", "grade": "survey", "source": "plan"},
}


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        own_computer(tmp_path_factory.mktemp("merge"), patch)
        yield


def compared(id: str, data: bytes, who: Actor = COMPUTER) -> tuple[str, Differences]:
    """A workbook brought back, and its differences."""
    made, refused = bring(who, id, "back.xlsx", data, EN)
    assert refused is None
    return made, differences(who, id, made, EN)


def fields(found: Differences, changed: str) -> list[str]:
    return [one.field for one in found.of(changed)]


@pytest.mark.parametrize("language", [EN, ZH])
def test_a_workbook_brought_back_as_it_was_says_nothing_new(language: str) -> None:
    id = new_room(SAID)
    _, found = compared(id, filled_in(COMPUTER, id, language))
    assert (found.made_from_record, found.open, found.kept) == (True, (), ())


def test_three_sides_are_told_apart_field_by_field() -> None:
    id = new_room(SAID)
    data = typed_into(
        filled_in(COMPUTER, id, EN),
        {
            ("2.2.1", "Value"): "5,2",  # in the file alone
            ("2.4.1", "Value"): 1.5,  # new in the file
            ("2.3.1", "Value"): None,  # emptied in the file, and so are its other entries
            ("2.3.1", "Reference year"): None,
            ("2.3.1", "Answer state"): None,
            ("2.3.1", "Source"): None,
            ("2.1.1", "Value"): 63000,  # in both
            ("4.1.1", "Remark"): "checked",  # the same in both
        },
    )
    tell(id, "2.1.1", {**SAID["2.1.1"], "value": "61000"})
    tell(id, "4.1.1", {**SAID["4.1.1"], "remark": "checked"})
    tell(id, "5.1.1", {"value": "12", "source": "list"})  # in the record alone
    upload_id, found = compared(id, data)
    assert sorted(fields(found, IN_FILE)) == ["2.2.1", "2.3.1", "2.4.1"]
    assert fields(found, IN_BOTH) == ["2.1.1"]
    assert [one.field for one in found.kept] == ["5.1.1"]
    both = found.of(IN_BOTH)[0]
    assert both.rows == (
        {
            "Column": "Value",
            "When the workbook was made": "62400",
            "In the record": "61000",
            "In the workbook": "63000",
        },
    )
    sheet, cell, _ = cell_in(data, "2.1.1", "Value")
    assert both.where == f"{sheet}!{cell}"
    # Nothing was taken over so far.
    assert record(COMPUTER, id).said("2.2.1") == JOBLESS

    taken = take(COMPUTER, id, upload_id, {one.field: one.version for one in found.of(IN_FILE)})
    assert taken == Taken(3, ())
    now = record(COMPUTER, id)
    assert (now.said("2.2.1")["value"], now.said("2.3.1"), now.said("2.4.1")["value"]) == ("5.2", {}, "1.5")
    entry = now.entries["2.2.1"]
    assert (entry.way, entry.upload_id, (entry.sheet, entry.cell)) == (
        WORKBOOK,
        upload_id,
        cell_in(data, "2.2.1", "Value")[:2],
    )
    assert history_rows(COMPUTER, id, "2.2.1", EN)[0]["How"] == f"from back.xlsx, {entry.sheet}!{entry.cell}"
    assert [one.field for one in differences(COMPUTER, id, upload_id, EN).open] == ["2.1.1"]


def test_what_changed_while_the_page_was_looked_at_is_left_and_told() -> None:
    id = new_room(SAID)
    data = typed_into(filled_in(COMPUTER, id, EN), {("2.2.1", "Value"): 5.2, ("2.1.1", "Value"): 63000})
    upload_id, found = compared(id, data)
    tell(id, "2.2.1", {**JOBLESS, "value": "6"})
    taken = take(COMPUTER, id, upload_id, {one.field: one.version for one in found.open})
    assert taken == Taken(1, ("2.2.1",))
    assert record(COMPUTER, id).said("2.2.1")["value"] == "6"
    assert fields(differences(COMPUTER, id, upload_id, EN), IN_BOTH) == ["2.2.1"]


def test_of_another_workbook_of_the_city_nobody_knows_who_changed_what() -> None:
    id = new_room(SAID)
    blank = typed_into(
        blank_workbook(EN),
        {("2.2.1", "Value"): 5.5, ("2.4.1", "Value"): 1.5, ("2.4.1", "Reference year"): 2024},
    )
    _, found = compared(id, blank)
    assert not found.made_from_record
    assert (fields(found, IN_FILE), fields(found, IN_BOTH)) == (["2.4.1"], ["2.2.1"])
    # What the blank workbook leaves open is not taken for emptied.
    assert {one.field for one in found.kept} >= {"2.1.1", "2.3.1", "yeonsu_2021:9"}


def test_a_row_or_sheet_that_is_gone_says_nothing() -> None:
    id = new_room(SAID)
    book = load_workbook(io.BytesIO(filled_in(COMPUTER, id, EN)))
    for sheet in list(book.worksheets):
        if sheet.title.startswith("4 "):
            book.remove(sheet)
        for row in sheet.iter_rows(max_col=1):
            if str(row[0].value) in ("2.3.1", "§9"):
                sheet.delete_rows(row[0].row)
                break
    out = io.BytesIO()
    book.save(out)
    _, found = compared(id, out.getvalue())
    # Of ratings no row is told to be gone, so that somebody is asked.
    assert (fields(found, IN_FILE), fields(found, IN_BOTH)) == ([], ["yeonsu_2021:9"])


def test_an_answer_that_stands_there_twice_goes_by_nobodys_click_alone() -> None:
    id = new_room(SAID)
    book = load_workbook(io.BytesIO(filled_in(COMPUTER, id, EN)))
    sheet = next(one for one in book.worksheets if one.title.startswith("2 "))
    row = next(one for one in sheet.iter_rows() if str(one[0].value) == "2.2.1")
    number = sheet.max_row + 1
    for cell in row:
        sheet.cell(number, cell.column).value = cell.value
    sheet.cell(number, 6).value = 7.7
    out = io.BytesIO()
    book.save(out)
    _, found = compared(id, out.getvalue())
    assert (fields(found, IN_FILE), fields(found, IN_BOTH)) == ([], ["2.2.1"])


def test_a_copy_is_compared_too_and_kept_workbooks_are_offered() -> None:
    id = new_room(SAID)
    made = copy(COMPUTER, id, EN)
    tell(id, "2.2.1", {**JOBLESS, "value": "6"})
    assert [one.field for one in differences(COMPUTER, id, made, EN).kept] == ["2.2.1"]
    assert kept_workbooks(COMPUTER, id, EN) == {}
    brought, _ = compared(id, blank_workbook(EN))
    assert list(kept_workbooks(COMPUTER, id, EN)) == [brought]


def test_what_is_no_workbook_is_refused_with_the_way_out() -> None:
    made, refused = bring(COMPUTER, new_room(), "photo.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, EN)
    assert made == ""
    assert refused is not None
    assert refused.severity == "refuses"


@pytest.fixture(scope="module")
def shared() -> Mapping[str, Actor]:
    city, other = make_city(house.store(), "Sharedville"), make_city(house.store(), "Otherville")
    made = {
        "owner": come_in("owner", "o@example.org", "Ola Owner", city=city),
        "contributor": come_in("contributor", "c@example.org", "Cem Contributor", city=city, areas=("2",)),
        "viewer": come_in("viewer", "v@example.org", city=city),
        "stranger": come_in("owner", "s@example.org", city=other),
    }
    return {role: sign_in.actor(one.person) for role, one in made.items()}


def test_a_contributors_file_counts_for_her_areas_alone(shared: Mapping[str, Actor]) -> None:
    owner, contributor = shared["owner"], shared["contributor"]
    id = begin_assessment(owner, owner.grants[0].city, 2025)
    for field, said in SAID.items():
        say(owner, id, field, said, 0)
    whole = filled_in(owner, id, EN)
    data = typed_into(whole, {("2.2.1", "Value"): 5.2, ("3.1.1", "Value"): 4.4, ("§9", "Rating 0–5"): 1})
    upload_id, found = compared(id, data, contributor)
    assert [one.field for one in found.open] == ["2.2.1"]
    assert found.counted == ("2",)
    with pytest.raises(NotKeptError):
        take(contributor, id, upload_id, {"3.1.1": 0})
    assert take(contributor, id, upload_id, {"2.2.1": 1}) == Taken(1, ())
    # The owner brings the same file: it counts for all.
    assert {one.field for one in compared(id, data, owner)[1].open} == {"3.1.1", "yeonsu_2021:9"}
    # Her own part, brought back as it was.
    part = filled_in(contributor, id, EN)
    assert compared(id, part, contributor)[1].open == ()
    assert compared(id, part, owner)[1].open == ()


def test_nobody_compares_with_anothers_workbook(shared: Mapping[str, Actor]) -> None:
    owner, stranger = shared["owner"], shared["stranger"]
    id = begin_assessment(owner, owner.grants[0].city, 2024)
    theirs = begin_assessment(stranger, stranger.grants[0].city, 2024)
    foreign = receive(stranger, "theirs.xlsx", blank_workbook(EN), EN, stranger.grants[0].city).upload_id
    own = receive(owner, "own.xlsx", blank_workbook(ZH), EN, owner.grants[0].city).upload_id
    for who, room, upload_id in (
        (owner, id, foreign),
        (owner, theirs, own),
        (stranger, id, foreign),
        (stranger, theirs, own),
        (shared["viewer"], id, own),
    ):
        with pytest.raises(NotKeptError):
            differences(who, room, upload_id, EN)
        with pytest.raises(NotKeptError):
            take(who, room, upload_id, {"2.2.1": 0})
    with pytest.raises(NotKeptError):
        bring(shared["viewer"], id, "own.xlsx", blank_workbook(EN), EN)
    assert set(kept_workbooks(owner, id, EN)) >= {own}
    assert foreign not in kept_workbooks(owner, id, EN)


def test_a_stamp_of_another_record_is_no_ground() -> None:
    first, second = new_room(SAID), new_room(PROFILE)
    _, found = compared(second, filled_in(COMPUTER, first, EN))
    assert not found.made_from_record
    assert "2.2.1" in fields(found, IN_FILE)
