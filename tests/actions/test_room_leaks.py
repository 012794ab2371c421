"""Nobody learns of another city's room but by right: texts, names, counts and files, refusals included."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator, Mapping

import pytest

from actions import (
    evidence,
    queries,
    receipts,
    record,
    record_progress,
    review_list,
    room_page,
    rooms,
    states,
)
from actions.access import Actor, NotKeptError
from actions.states import Spoken
from actions.transitions import ACTS
from tests.source_code import ROOT
from tests.two_cities import (
    CITY_PEOPLE,
    DRAFT,
    EVERYBODY,
    HANDED_IN,
    JURY,
    UNKNOWN,
    OtherRoom,
    TwoCities,
    other_room,
    two_cities,
    words_in,
)

EN = "en"
# Everything that reads an assessment, by the function's module and name.
READING: Mapping[str, Callable[[Actor, str], object]] = {
    "evidence.all_evidence": lambda who, one: evidence.all_evidence(who, one, EN),
    "evidence.evidence_at": lambda who, one: evidence.evidence_at(who, one, "2.2.1", EN),
    "evidence.may_give": lambda who, one: evidence.may_give(who, one, "2.2.1"),
    "evidence.to_confirm": lambda who, one: evidence.to_confirm(who, one, EN),
    "queries.all_questions": lambda who, one: queries.all_questions(who, one, EN),
    "queries.may_ask": lambda who, one: queries.may_ask(who, one),
    "queries.questions_at": lambda who, one: queries.questions_at(who, one, "2.2.1", EN),
    "record.record": lambda who, one: record.record(who, one),
    "room_page.room_page": lambda who, one: room_page.room_page(who, one, EN),
    "receipts.receipt_name": lambda who, one: receipts.receipt_name(who, one),
}
WITH_RECEIPT: Mapping[str, Callable[[Actor, str], object]] = {
    "receipts.receipt_file": lambda who, one: receipts.receipt_file(who, one, EN).decode("utf-8-sig"),
}
CHANGING: Mapping[str, Callable[[Actor, str], object]] = {
    "evidence.give_evidence_file": lambda who, one: evidence.give_evidence_file(
        who, one, "2.2.1", "a.pdf", b"%PDF-1.4", "page 1"
    ),
    "evidence.give_evidence_link": lambda who, one: evidence.give_evidence_link(
        who, one, "2.2.1", "https://example.org", "page 1"
    ),
    **{
        f"states.act {name}": lambda who, one, name=name: states.act(who, one, name, 0, EN, Spoken())  # type: ignore[misc]
        for name in ACTS
    },
}
OF_EVIDENCE: Mapping[str, Callable[[Actor, str], object]] = {
    "evidence.confirm_evidence": lambda who, one: evidence.confirm_evidence(who, one, 0),
    "evidence.evidence_file": evidence.evidence_file,
    "evidence.withdraw_evidence": lambda who, one: evidence.withdraw_evidence(who, one, "why", 0),
}
OF_QUERIES: Mapping[str, Callable[[Actor, str], object]] = {
    "queries.remark_on": lambda who, one: queries.remark_on(who, one, "more"),
    "queries.reopen_query": lambda who, one: queries.reopen_query(who, one),
    "queries.reply_to": lambda who, one: queries.reply_to(who, one, "so"),
    "queries.settle_query": lambda who, one: queries.settle_query(who, one),
}
MODULES = ("evidence", "queries", "receipts", "review_list", "room_page", "rooms", "states")
# What takes an id and asks nobody, and why it may.
UNASKED = {"rooms.require_open": "below the actions: asked within a transaction that asked for rights"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TwoCities, OtherRoom]]:
    with two_cities(tmp_path_factory.mktemp("rooms")) as made:
        yield made, other_room(made)


def refused(act: Callable[[], object]) -> type[BaseException]:
    with pytest.raises(NotKeptError) as raised:
        act()
    # Told in the same words as what is not there: the id that was asked for, or nothing.
    assert words_in(str(raised.value)) == set()
    return NotKeptError


def test_the_other_citys_owner_reads_all_of_it(world: tuple[TwoCities, OtherRoom]) -> None:
    made, room = world
    theirs = made.actor("other owner")
    found = {name: words_in(repr(read(theirs, room.draft))) for name, read in READING.items()}
    assert {name for name, words in found.items() if DRAFT in words} >= {
        "evidence.all_evidence",
        "evidence.evidence_at",
        "record.record",
        "room_page.room_page",
    }
    assert words_in(_without_names(repr(queries.all_questions(theirs, room.returned, EN)))) == {HANDED_IN}
    assert words_in(evidence.evidence_file(theirs, room.later_evidence).decode("latin-1")) == {DRAFT}


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_draft_of_another_citys_room_is_told_as_one_that_is_not_there(
    role: str, world: tuple[TwoCities, OtherRoom]
) -> None:
    made, room = world
    who = made.actor(role)
    for read in (*READING.values(), *WITH_RECEIPT.values(), *CHANGING.values()):
        assert refused(lambda read=read: read(who, room.draft)) is refused(
            lambda read=read: read(who, UNKNOWN)
        )  # type: ignore[misc]
    for read in OF_EVIDENCE.values():
        refused(lambda read=read: read(who, room.draft_evidence))  # type: ignore[misc]
        # Given after it was handed in: nobody else sees it, or that it is there.
        refused(lambda read=read: read(who, room.later_evidence))  # type: ignore[misc]
        refused(lambda read=read: read(who, UNKNOWN))  # type: ignore[misc]


@pytest.mark.parametrize("role", EVERYBODY)
def test_what_was_handed_in_is_read_by_those_who_judge_and_never_the_draft_after_it(
    role: str, world: tuple[TwoCities, OtherRoom]
) -> None:
    made, room = world
    who = made.actor(role)
    if role not in JURY:
        for read in (*READING.values(), *WITH_RECEIPT.values()):
            refused(lambda read=read: read(who, room.returned))  # type: ignore[misc]
        refused(lambda: evidence.evidence_file(who, room.returned_evidence))
        return
    for name, read in (READING | WITH_RECEIPT).items():
        assert DRAFT not in words_in(_without_names(repr(read(who, room.returned)))), name
    assert [one.label for one in evidence.all_evidence(who, room.returned, EN)] == [f"{HANDED_IN} report.pdf"]
    assert words_in(evidence.evidence_file(who, room.returned_evidence).decode("latin-1")) == {HANDED_IN}
    assert record.record(who, room.returned).said("2.2.1") == {
        "value": "4.9",
        "source": f"{HANDED_IN} office",
    }


def _without_names(text: str) -> str:
    # The city itself is called by both words, and so is who signed.
    return text.replace(f"{DRAFT}{HANDED_IN}", "").replace(f"{DRAFT} {HANDED_IN}", "")


@pytest.mark.parametrize("role", EVERYBODY)
def test_only_the_citys_own_people_and_reviewers_write_in_a_thread(
    role: str, world: tuple[TwoCities, OtherRoom]
) -> None:
    made, room = world
    who = made.actor(role)
    for name, act in OF_QUERIES.items():
        if name != "queries.reply_to" and role in ("commission", "secretariat"):
            continue
        refused(lambda act=act: act(who, room.query))  # type: ignore[misc]
        refused(lambda act=act: act(who, UNKNOWN))  # type: ignore[misc]


@pytest.mark.parametrize("role", EVERYBODY)
def test_lists_and_counts_hold_what_may_be_seen(role: str, world: tuple[TwoCities, OtherRoom]) -> None:
    made, room = world
    who = made.actor(role)
    listed = review_list.handed_in_rooms(who, EN)
    assert [one.id for one in listed] == ([room.returned] if role in ("commission", "secretariat") else [])
    assert {one.row["State"] for one in listed} <= {"Returned with questions"}
    cities = rooms.room_cities(who)
    assert (made.other_city in cities) is (role in JURY)
    seen = [one.id for one in rooms.rooms_of(who, made.other_city)]
    assert seen == ([room.returned] if role in JURY else [])
    assert rooms.city_of(who, room.draft) == ""
    assert rooms.city_of(who, room.returned) == (made.other_city if role in JURY else "")
    assert not rooms.may_lead(who, made.other_city)
    with pytest.raises(NotKeptError):
        rooms.begin_assessment(who, made.other_city, 2020)
    with pytest.raises(NotKeptError):
        rooms.new_room_city(who, "A", "KOR")


@pytest.mark.parametrize("role", [*CITY_PEOPLE, "guest", "foreign commission", "juror", "auditor"])
def test_how_far_another_city_is_stays_its_own_affair(role: str, world: tuple[TwoCities, OtherRoom]) -> None:
    made, room = world
    refused(lambda: record_progress.progress(made.actor(role), room.draft, EN))


def test_every_action_on_a_room_is_tried_here_and_asks_who_acts_first() -> None:
    ids = {"assessment_id", "evidence_id", "query_id", "city_id"}
    tried = {
        name.partition(" ")[0] for name in (*READING, *WITH_RECEIPT, *CHANGING, *OF_EVIDENCE, *OF_QUERIES)
    }
    elsewhere = {
        *("rooms.begin_assessment", "rooms.city_of", "rooms.may_lead", "rooms.room", "rooms.rooms_of"),
        *("room_page.begin_years", "queries.ask_at"),
    }
    taking = {}
    for stem in MODULES:
        module = importlib.import_module(f"actions.{stem}")
        for name, found in vars(module).items():
            own = inspect.isfunction(found) and found.__module__ == module.__name__
            if own and not name.startswith("_") and ids & set(inspect.signature(found).parameters):
                taking[f"{stem}.{name}"] = next(iter(inspect.signature(found).parameters))
    assert {name for name, first in taking.items() if first != "actor"} == set(UNASKED)
    assert set(taking) - set(UNASKED) == tried - {"record.record"} | elsewhere


def test_no_page_reaches_below_the_actions() -> None:
    for path in sorted((ROOT / "views").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert "require_open" not in {one.name for one in node.names}, path
