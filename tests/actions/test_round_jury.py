"""The jury: seats, declarations before anything opens, the second person, and what a conflict closes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actions import sign_in
from actions.access import COMPUTER, NotAllowedError
from actions.people import grant
from actions.round_conflict_file import conflicts_file
from actions.round_conflicts import Declaration, declare, homes, review
from actions.round_declaring import Asked, Closed, announced, own_declarations, undecided
from actions.round_facts import (
    CANDIDATE,
    FOUND_BY_REVIEW,
    NO_CONFLICT,
    conflict,
    dossiers,
    marks,
    pairs,
    seats,
)
from actions.round_marks import Answer, Given, give_marks
from actions.round_pairs import keep_plan
from actions.round_read import seen
from actions.round_reviewing import known_conflicts, others, pair_now, to_review
from actions.round_seats import (
    decided_by_substitutes,
    jury_answer,
    lacking,
    members,
    people_to_seat,
    seat_somebody,
)
from actions.round_setup import (
    NewCandidate,
    NewSeat,
    change_seat,
    enter_candidate,
    make_round,
    move_on,
    take_seat,
)
from actions.round_write import MeanwhileError, RoundError
from store.engine import Store
from tests.actions.people_at_hand import make_city, somebody
from tests.actions.round_seated import declared, seated


def test_a_juror_is_asked_of_every_candidate_with_what_might_tie_her(data_folder: Path) -> None:
    found = seated()
    own = own_declarations(found.seen("Ana"), "en")
    assert own is not None
    assert [(one.name, one.place, one.hints) for one in own.open] == [
        ("Arden", "United Kingdom of Great Britain and Northern Ireland", ("is named in your employer",)),
        ("Beluna", "Spain", ("is in the country that your seat names",)),
        ("Cidra", "Brazil", ()),
        ("Enyi", "China", ()),
    ]
    assert (own.free, own.closed, own.may_declare) == ((), (), True)
    assert jury_answer(found.seen("Ana"), "en") == "You still have to declare for 4 candidates."
    # Without a seat there is nothing to declare.
    assert own_declarations(found.seen(), "en") is None


def test_what_will_be_declared_is_told_first() -> None:
    rows = tuple(
        Asked(id, name, "", hints)
        for id, name, hints in (("a", "Arden", ("x",)), ("b", "Bo", ()), ("c", "Ci", ()))
    )
    said = {"a": Declaration("employer", "I teach there.")}
    assert announced(rows, {}, "en") == ""
    assert announced(rows, said, "en") == "A conflict with Arden: Employer. 2 candidates stay open."
    assert (
        announced(rows, said | {"b": Declaration(NO_CONFLICT)}, "en")
        == "A conflict with Arden: Employer. No conflict with 1 candidate. 1 candidate stays open."
    )
    # What is suggested is answered one by one.
    assert undecided(rows, {}) == ("b", "c")
    assert undecided(rows, {"b": Declaration(NO_CONFLICT)}) == ("c",)


def test_a_declared_conflict_closes_the_city_and_stays_told_to_her(data_folder: Path) -> None:
    found = seated()
    found.declare("Dov", Cidra="paid_work")
    own = own_declarations(found.seen("Dov"), "en")
    assert own is not None
    assert [one.name for one in own.free] == ["Arden", "Beluna", "Enyi"]
    assert [(one.name, one.kind, one.note) for one in own.closed] == [("Cidra", "Paid work", "About Cidra.")]
    assert jury_answer(found.seen("Dov"), "en") == "You have declared for every candidate."
    # She does not open it again alone.
    with pytest.raises(NotAllowedError):
        declare(COMPUTER, found.id, found.seats["Dov"], {found.cities["Cidra"]: Declaration(NO_CONFLICT)})


def test_another_conflict_needs_a_word(data_folder: Path) -> None:
    found = seated()
    with pytest.raises(RoundError) as trouble:
        declare(COMPUTER, found.id, found.seats["Bo"], {found.cities["Enyi"]: Declaration("other", " ")})
    assert trouble.value.kind == "note_missing"


def test_who_sits_here_is_told_as_far_as_it_is_ones_own_to_know(data_folder: Path) -> None:
    found = declared()
    rows = {one.name: one.cells for one in members(found.seen(), "en")}
    assert rows["Dov"] == {
        "Name": "Dov",
        "Role": "Juror",
        "Employer": "–",
        "Country": "New Zealand",
        "Reads": "English, Chinese",
        "Cities at most": "2",
        "Declared": "all",
        "Conflicts": "1",
    }
    assert members(found.seen("Cleo"), "en")[3].cells == {"Name": "Dov", "Role": "Juror"}
    # The chair has a conflict with Enyi: of nobody she learns anything about it.
    assert {one.name: one.cells["Conflicts"] for one in members(found.seen("Ana"), "en")} == {
        "Ana": "0",
        "Bo": "0",
        "Cleo": "0",
        "Dov": "1",
        "Eva": "0",
        "Sami": "0",
    }


def test_what_the_jury_lacks(data_folder: Path) -> None:
    found = seated()
    assert lacking(found.seen(), "en") == ("Still to declare: Ana, Bo, Cleo, Dov, Eva, Sami.",)
    found = declared()
    assert lacking(found.seen(), "en") == (
        # Ana: Arden by her employer, Beluna by her country; Bo: Enyi by his country.
        "3 possible conflicts have not been looked at by a second person.",
    )
    declare(COMPUTER, found.id, found.seats["Eva"], {found.cities["Enyi"]: Declaration("city")})
    declare(COMPUTER, found.id, found.seats["Cleo"], {found.cities["Enyi"]: Declaration("city")})
    assert lacking(found.seen(), "en")[0] == (
        "Chair and substitutes are all closed out of Enyi. Seat a substitute who is free to decide there."
    )
    assert lacking(found.seen(), "en")[2] == "Fewer than 3 jurors are free to judge Enyi. Seat more jurors."
    # The chair is told nothing of the city that is closed to her, and jurors run nothing.
    assert lacking(found.seen("Ana"), "en") == (
        "2 possible conflicts have not been looked at by a second person.",
    )
    assert lacking(found.seen("Cleo"), "en") == ()


def test_where_the_chair_is_closed_out_the_substitute_decides(data_folder: Path) -> None:
    found = declared()
    assert decided_by_substitutes(found.seen(), "en") == (
        "Closed to the chair, so that the substitute decides: Enyi (Eva)."
    )
    # It is not the chair's to know.
    assert decided_by_substitutes(found.seen("Ana"), "en") == ""
    declare(COMPUTER, found.id, found.seats["Eva"], {found.cities["Enyi"]: Declaration("city")})
    assert decided_by_substitutes(found.seen(), "en") == ""


def test_the_second_person_looks_at_what_was_not_declared(data_folder: Path) -> None:
    found = declared()
    rows = to_review(found.seen("Sami"), "en")
    assert [(one.name, one.city, one.why, one.declared, one.review) for one in rows] == [
        ("Ana", "Arden", "the employer's name holds the city's", "declared: no conflict", ""),
        ("Ana", "Beluna", "same country", "declared: no conflict", ""),
        ("Bo", "Enyi", "same country", "declared: no conflict", ""),
    ]
    sami = found.seats["Sami"]
    with pytest.raises(RoundError) as trouble:
        review(COMPUTER, found.id, sami, *found.pair("Ana", "Arden"), closed=True, why=" ", base=0)
    assert trouble.value.kind == "reason_missing"
    review(
        COMPUTER,
        found.id,
        sami,
        *found.pair("Ana", "Arden"),
        closed=True,
        why="A member of its board.",
        base=0,
    )
    review(COMPUTER, found.id, sami, *found.pair("Bo", "Enyi"), closed=False, why="Lives abroad.", base=0)
    assert conflict(found.seen().now, *found.pair("Ana", "Arden")) == FOUND_BY_REVIEW
    # The city is gone from the chair's round; she is told its name, and that somebody else found it.
    assert [one.name for one in dossiers(found.seen("Ana").now)] == ["Beluna", "Cidra"]
    own = own_declarations(found.seen("Ana"), "en")
    assert own is not None
    assert own.closed[0] == Closed("Arden", "Found by a second person", "", "")
    assert [(one.name, one.city) for one in to_review(found.seen("Sami"), "en") if not one.review] == [
        ("Ana", "Beluna")
    ]
    kinds = {(one.name, one.city): one.kind for one in known_conflicts(found.seen("Sami"), "en")}
    assert kinds == {
        ("Ana", "Arden"): "Found by a second person",
        ("Ana", "Enyi"): "Family or close friend",
        ("Dov", "Cidra"): "Paid work",
    }
    # One's own declarations are somebody else's to look at.
    assert found.seats["Sami"] not in others(found.seen("Sami"))
    with pytest.raises(NotAllowedError):
        review(COMPUTER, found.id, sami, *found.pair("Sami", "Arden"), closed=True, why="x")


def test_what_a_second_person_opens_is_open_to_her_again(data_folder: Path) -> None:
    found = declared()
    review(COMPUTER, found.id, "", *found.pair("Dov", "Cidra"), closed=False, why="Ended in 2012.", base=0)
    keep_plan(COMPUTER, found.id, "", [found.pair("Dov", "Cidra")])
    mine = found.seen("Dov")
    assert [one.name for one in dossiers(mine.now)] == ["Arden", "Beluna", "Cidra", "Enyi"]
    # Also to what her own pages work out: she judges it.
    assert pairs(mine.now) == (found.pair("Dov", "Cidra"),)
    own = own_declarations(mine, "en")
    assert own is not None
    assert (len(own.free), own.closed) == (4, ())
    pair = pair_now(found.seen(), *found.pair("Dov", "Cidra"), "en")
    assert (pair.closed, pair.words, pair.version) == (False, "No conflict", 1)
    assert pair.review.endswith("UTC: Ended in 2012.")


def test_of_two_second_persons_the_slower_is_told(installation: Store) -> None:
    found = declared()
    review(COMPUTER, found.id, "", *found.pair("Bo", "Enyi"), closed=False, why="Lives abroad.", base=0)
    with pytest.raises(MeanwhileError) as trouble:
        review(COMPUTER, found.id, "", *found.pair("Bo", "Enyi"), closed=True, why="Compatriot.", base=0)
    assert trouble.value.version == 1
    assert conflict(found.seen().now, *found.pair("Bo", "Enyi")) == NO_CONFLICT


def test_marks_of_whoever_learned_of_a_conflict_count_for_nobody(data_folder: Path) -> None:
    found = declared()
    for name in ("Bo", "Cleo"):
        keep_plan(COMPUTER, found.id, "", {*pairs(found.seen().now), found.pair(name, "Arden")})
    move_on(COMPUTER, found.id, "", 2, "mark")
    for name in ("Bo", "Cleo"):
        city = found.cities["Arden"]
        answers = [Answer(city, one.id, 0, Given("mark", 3.0)) for one in found.seen().award.criteria]
        give_marks(COMPUTER, found.id, found.seats[name], answers)
    move_on(COMPUTER, found.id, "", 3, "discuss")
    assert len(marks(found.seen("Bo").now)) == 16
    declare(COMPUTER, found.id, found.seats["Cleo"], {found.cities["Arden"]: Declaration("employer")})
    # Bo is not told why; but what is worked out of his round is what the others' is.
    assert len(marks(found.seen("Bo").now)) == len(marks(found.seen().now)) == 8
    assert marks(found.seen("Cleo").now) == ()


def test_of_two_who_change_a_seat_the_slower_is_told(installation: Store) -> None:
    found = seated()
    change_seat(COMPUTER, found.id, "", found.seats["Bo"], 1, NewSeat("juror", "Bo", country="CHN", most=7))
    with pytest.raises(MeanwhileError):
        change_seat(COMPUTER, found.id, "", found.seats["Bo"], 1, NewSeat("juror", "Bo", country="KOR"))
    assert next(one for one in seats(found.seen().now) if one.name == "Bo").most == 7


def test_a_seat_that_is_given_up_is_listed_no_more(data_folder: Path) -> None:
    found = seated()
    change_seat(COMPUTER, found.id, "", found.seats["Dov"], 1, NewSeat("juror", "Dov"), active=False)
    assert [one.name for one in members(found.seen(), "en")] == ["Ana", "Bo", "Cleo", "Eva", "Sami"]


def test_a_seat_is_not_left_without_a_name_or_role(data_folder: Path) -> None:
    found = seated()
    for new, kind in ((NewSeat("juror", "  "), "name_missing"), (NewSeat("king", "Bo"), "role_unknown")):
        with pytest.raises(RoundError, match=kind):
            change_seat(COMPUTER, found.id, "", found.seats["Bo"], 1, new)


def test_nobody_sits_in_a_round_twice(installation: Store) -> None:
    office = somebody("secretariat", "office@example.org", "Sami Sato")
    juror = somebody("juror", "bo@example.org", "Bo Berg")
    made = make_round(office, "unesco_2024", "Award 2026")
    new = NewSeat("juror", "Bo Berg", person=juror.person)
    first = take_seat(office, made, "", new)
    change_seat(office, made, "", first, 1, new, active=False)
    second = take_seat(office, made, "", new)
    # Neither by a seat that was given up and is taken again, nor by another one.
    with pytest.raises(RoundError, match="seated_already"):
        change_seat(office, made, "", first, 2, new)
    with pytest.raises(RoundError, match="seated_already"):
        take_seat(office, made, "", new)
    assert [one.id for one in seats(seen(office, made).now) if one.active][1:] == [second]


def test_where_people_sign_in_those_with_a_jury_role_are_seated(installation: Store) -> None:
    office = somebody("secretariat", "office@example.org", "Sami Sato")
    juror = somebody("juror", "bo@example.org", "Bo Berg")
    owner = somebody("owner", "owner@example.org", city=make_city(installation))
    made = make_round(office, "unesco_2024", "Award 2026")
    offered = people_to_seat(office, seen(office, made))
    assert {one: (it.name, it.label, it.role) for one, it in offered.items()} == {
        juror.person: ("Bo Berg", "Bo Berg · bo@example.org", "juror")
    }
    # She is called what she is called here, whatever was typed.
    seat = seat_somebody(office, made, "", NewSeat("juror", "Somebody else", person=juror.person))
    assert [(one.id, one.name) for one in seats(seen(office, made).now)][1] == (seat, "Bo Berg")
    assert people_to_seat(office, seen(office, made)) == {}
    for person in (owner.person, "", "AAAAAAAAAAAAAAAAAAAAAA"):
        with pytest.raises(NotAllowedError):
            seat_somebody(office, made, "", NewSeat("juror", "Nobody", person=person))
    with pytest.raises(NotAllowedError):
        seat_somebody(juror, made, "", NewSeat("juror", "Nobody", person=owner.person))


def test_a_role_in_a_citys_room_suggests_a_conflict(installation: Store) -> None:
    office = somebody("secretariat", "office@example.org", "Sami")
    city = make_city(installation, "Hometown")
    juror = somebody("juror", "bo@example.org", "Bo")
    made = make_round(office, "unesco_2024", "Award 2026")
    take_seat(office, made, "", NewSeat("juror", "Bo", person=juror.person))
    candidate = enter_candidate(
        office, made, "", NewCandidate("Hometown", "KOR", "asia_pacific", city_id=city)
    )
    assert set(homes(seen(office, made)).values()) == {frozenset()}
    grant(COMPUTER, juror.person, "viewer", city=city)
    move_on(office, made, "", 0, "declare")
    declare(office, made, "", {candidate: Declaration(NO_CONFLICT)})
    own = own_declarations(seen(sign_in.actor(juror.person), made), "en")
    assert own is not None
    assert own.open[0].hints == ("you have a role in its room here",)
    declare(sign_in.actor(juror.person), made, "", {candidate: Declaration(NO_CONFLICT)})
    assert [one.why for one in to_review(seen(office, made), "en")] == ["has a role in the city's room here"]


def test_the_offices_workbook_of_conflicts(data_folder: Path) -> None:
    found = declared()
    book = load_workbook(io.BytesIO(conflicts_file(COMPUTER, found.id, "", "en")))
    assert book.sheetnames == ["Conflicts", "Declarations", "For the second person"]
    rows = [[cell.value for cell in row] for row in book["Conflicts"].iter_rows()]
    assert [row[:4] for row in rows] == [
        ["Name", "City", "Kind of conflict", "What was said of it"],
        ["Ana", "Enyi", "Family or close friend", "About Enyi."],
        ["Dov", "Cidra", "Paid work", "About Cidra."],
    ]
    said = [[cell.value for cell in row] for row in book["Declarations"].iter_rows()]
    assert said[0] == ["City", "Ana", "Bo", "Cleo", "Dov", "Eva", "Sami"]
    assert said[3] == ["Cidra", *["No conflict"] * 3, "Paid work", *["No conflict"] * 2]
    # The chair's has not a line about the city that is closed to her; a juror has none.
    chairs = load_workbook(io.BytesIO(conflicts_file(COMPUTER, found.id, found.seats["Ana"], "en")))
    texts = [str(cell.value) for sheet in chairs for row in sheet.iter_rows() for cell in row]
    assert not [one for one in texts if "Enyi" in one]
    with pytest.raises(NotAllowedError):
        conflicts_file(COMPUTER, found.id, found.seats["Cleo"], "en")


def test_nothing_is_declared_of_what_is_not_there(data_folder: Path) -> None:
    found = seated()
    assert (CANDIDATE, found.cities["Arden"]) in found.seen("Bo").now
    with pytest.raises(NotAllowedError):
        declare(COMPUTER, found.id, found.seats["Bo"], {"AAAAAAAAAAAAAAAAAAAAAA": Declaration(NO_CONFLICT)})
