"""Who of a round may be a candidate, on real stores: days, nominees, exceptions, past winners, and closed cities."""

from __future__ import annotations

import datetime as dt
import io
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actions import passwords, sign_in
from actions.access import COMPUTER, Actor, NotAllowedError, NotKeptError, is_closed
from actions.membership import say_fact as say_of_membership
from actions.people import grant
from actions.record import say as say_in_room
from actions.rooms import begin_assessment, new_room_city
from actions.round_candidate_sheet import RuleRow, Sheet, candidate_sheet
from actions.round_candidates import (
    FactMeanwhileError,
    bring_back,
    grant_exception,
    say_expert,
    say_fact,
    take_back_exception,
    withdraw,
)
from actions.round_candidates_file import candidates_file
from actions.round_candidates_page import Page, candidates_page
from actions.round_conflicts import Declaration, declare
from actions.round_eligibility import dates, eligible, past_winners, standings
from actions.round_enter import (
    change_dossier,
    city_choices,
    enter_by_hand,
    enter_reference,
    enter_uploads,
    offers,
)
from actions.round_facts import NO_CONFLICT, candidates, dossiers, seats
from actions.round_read import seen
from actions.round_rights import ENTER, may_do
from actions.round_setup import (
    NewCandidate,
    NewSeat,
    change_settings,
    enter_candidate,
    make_round,
    move_on,
    take_seat,
)
from actions.round_write import MeanwhileError, RoundError
from actions.samples import open_sample
from scoring.eligibility import ELIGIBLE, NOT_ELIGIBLE, OPEN
from tests.actions.people_at_hand import somebody
from tests.two_cities import DRAFT, HANDED_IN, TwoCities, two_cities

ALL_SAID = {
    "member": "yes",
    "member_since": "2019-05-02",
    "nominated": "yes",
    "mayor_signed": "yes",
    "consent_signed": "yes",
    "progress_report": "filed",
}
# The cities that were awarded on 27 October 2021.
AWARDED_2021 = {
    *("al_wakra", "belfast", "clermont_ferrand", "damietta", "dublin"),
    *("huejotzingo", "jubail", "osan", "shanghai", "wyndham"),
}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def new_round(deadline: str = "2026-05-31", actor: Actor = COMPUTER) -> str:
    made = make_round(actor, "unesco_2024", "Round")
    change_settings(actor, made, "", 1, {"dates": {"deadline": deadline}})
    return made


def city(round_id: str, name: str, country: str = "IRL", actor: Actor = COMPUTER, **facts: str) -> str:
    """A candidate of which everything is answered, its own country's commission too, but for what is said here."""
    said = {**ALL_SAID, "commission": country, **facts}
    new = NewCandidate(name, country, "europe_north_america", facts=said)
    return enter_candidate(actor, round_id, "", new)


def outcome(round_id: str, candidate: str, rule: str, actor: Actor = COMPUTER) -> str:
    return standings(seen(actor, round_id))[candidate].answer(rule).outcome


def verdict(round_id: str, candidate: str) -> str:
    return standings(seen(COMPUTER, round_id))[candidate].verdict


def refused(kind: str, trouble: pytest.ExceptionInfo[RoundError]) -> Mapping[str, object]:
    assert trouble.value.kind == kind
    return trouble.value.facts


# --- past winners


@pytest.mark.parametrize(
    ("deadline", "blocked"), [("2026-05-31", True), ("2027-10-27", True), ("2027-10-28", False)]
)
def test_the_winners_of_2021_are_references_until_27_october_2027(
    data_folder: Path, deadline: str, blocked: bool
) -> None:
    made = new_round(deadline)
    of_2021 = [one for one in past_winners(seen(COMPUTER, made)) if one.award.round == "2021"]
    assert {one.award.city for one in of_2021} == AWARDED_2021
    assert {(one.ends, one.free_from) for one in of_2021} == {(day("2027-10-27"), day("2027-10-28"))}
    assert {one.blocked for one in of_2021} == {blocked}


def test_a_blocked_winner_comes_in_as_a_reference_and_never_as_a_candidate(data_folder: Path) -> None:
    made = new_round("2027-10-27")
    with pytest.raises(RoundError) as trouble:
        enter_by_hand(COMPUTER, made, "", "DUBLIN", "IRL")
    assert refused("past_winner", trouble) == {"day": "2027-10-27"}
    enter_reference(COMPUTER, made, "", "", {"access": 4.5}, winner="dublin")
    found = seen(COMPUTER, made)
    (reference,) = dossiers(found.now)
    assert (reference.name, reference.country, reference.kind) == ("Dublin", "IRL", "reference")
    assert candidates(found.now) == ()
    assert [one.award.city for one in past_winners(found) if one.entered] == ["dublin"]
    assert candidates_page(found, "en").references[0].marks == {"access": 4.5}


def test_on_the_day_after_its_block_it_is_a_candidate_like_any_other(data_folder: Path) -> None:
    made = new_round("2027-10-28")
    dublin = city(made, "Dublin")
    assert verdict(made, dublin) == ELIGIBLE
    answer = standings(seen(COMPUTER, made))[dublin].answer("six_years_after_award")
    assert (answer.outcome, answer.found.ends, answer.found.value) == ("holds", day("2027-10-27"), "dublin")


def test_of_a_name_that_is_only_alike_a_person_says_who_it_is(data_folder: Path) -> None:
    made = new_round()
    alike = city(made, "Dublin Docklands")
    assert verdict(made, alike) == OPEN
    row = row_of(made, alike, "six_years_after_award")
    assert row.found == "Past winners who may be meant: Dublin."
    assert row.asked is not None
    assert dict(row.asked.options) == {
        "": "nobody has looked yet",
        "none": "none of them",
        "dublin": "Dublin",
    }
    say_fact(COMPUTER, made, "", alike, "name", "none", "")
    assert verdict(made, alike) == ELIGIBLE
    say_fact(COMPUTER, made, "", alike, "name", "dublin", "none")
    standing = standings(seen(COMPUTER, made))[alike]
    assert (standing.verdict, standing.free_from) == (NOT_ELIGIBLE, day("2027-10-28"))
    assert row_of(made, alike, "six_years_after_award").found == (
        "Dublin was awarded on Oct 27, 2021; its block ends on Oct 27, 2027."
    )
    with pytest.raises(RoundError) as trouble:
        say_fact(COMPUTER, made, "", alike, "name", "atlantis", "dublin")
    refused("winner_unknown", trouble)


def test_no_exception_is_made_of_a_past_winners_block(data_folder: Path) -> None:
    made = new_round()
    alike = city(made, "Dublin Docklands")
    with pytest.raises(RoundError) as trouble:
        grant_exception(COMPUTER, made, "", alike, "six_years_after_award", 0, "It is a great city.")
    refused("winner_first", trouble)
    say_fact(COMPUTER, made, "", alike, "name", "dublin", "")
    with pytest.raises(RoundError) as trouble:
        grant_exception(COMPUTER, made, "", alike, "six_years_after_award", 0, "It is a great city.")
    assert refused("exception_of_block", trouble) == {"day": "2027-10-27"}
    assert not row_of(made, alike, "six_years_after_award").may_except


def test_a_candidate_whose_name_is_a_winners_needs_another_name_first(data_folder: Path) -> None:
    made = new_round("2027-10-28")
    dublin = city(made, "Dublin")
    change_settings(COMPUTER, made, "", 2, {"dates": {"deadline": "2027-10-27"}})
    assert verdict(made, dublin) == NOT_ELIGIBLE
    with pytest.raises(RoundError) as trouble:
        say_fact(COMPUTER, made, "", dublin, "name", "none", "")
    refused("winner_certain", trouble)
    withdraw(COMPUTER, made, "", dublin, 1, "The deadline was moved.")
    with pytest.raises(RoundError) as trouble:
        bring_back(COMPUTER, made, "", dublin, 2)
    assert refused("past_winner", trouble) == {"day": "2027-10-27"}


# --- rules and days


def row_of(round_id: str, candidate: str, rule: str, language: str = "en") -> RuleRow:
    sheet = candidate_sheet(COMPUTER, seen(COMPUTER, round_id), candidate, language)
    assert sheet is not None
    return next(one for one in sheet.rows if one.rule == rule)


def test_a_commission_nominates_two_and_no_third(data_folder: Path) -> None:
    made = new_round()
    galway, sligo = city(made, "Galway"), city(made, "Sligo")
    assert eligible(seen(COMPUTER, made)) == {galway, sligo}
    third = city(made, "Tralee", commission="")
    assert [outcome(made, one, "two_per_commission") for one in (galway, sligo, third)] == ["not_known"] * 3
    assert row_of(made, galway, "two_per_commission").found == (
        "Ireland: Galway, Sligo. Others of that country have not said who nominated them."
    )
    say_fact(COMPUTER, made, "", third, "commission", "IRL", "")
    assert [outcome(made, one, "two_per_commission") for one in (galway, sligo, third)] == [
        "does_not_hold"
    ] * 3
    row = row_of(made, third, "two_per_commission", "zh")
    assert row.found == "爱尔兰提名过多：Galway、Sligo、Tralee。最多可提名 2 座城市。"
    withdraw(COMPUTER, made, "", sligo, 1, "The commission stands by the two others.")
    assert eligible(seen(COMPUTER, made)) == {galway, third}


@pytest.mark.parametrize(
    ("since", "expected", "told"),
    [
        ("2025-05-30", "holds", "Since May 30, 2025; the period was over after May 30, 2026."),
        (
            "2025-05-31",
            "ends_on",
            "Since May 31, 2025; this stands in the way up to and including May 31, 2026.",
        ),
        (
            "2025",
            "not_known",
            "Since 2025: whether the period is over hangs on the day. It ends on Dec 31, 2026 at the latest.",
        ),
    ],
)
def test_twelve_months_of_membership_are_counted_to_the_day(
    data_folder: Path, since: str, expected: str, told: str
) -> None:
    made = new_round()
    one = city(made, "Galway", member_since=since)
    assert outcome(made, one, "member_over_12_months") == expected
    assert row_of(made, one, "member_over_12_months").found == told


def test_without_a_deadline_of_its_own_the_round_says_whose_it_takes(data_folder: Path) -> None:
    made = make_round(COMPUTER, "unesco_2024", "Round")
    found = seen(COMPUTER, made)
    assert dates(found)["deadline"] == day("2024-05-31")
    assert candidates_page(found, "en").note == (
        "No deadline is set for this round: rules are asked as of May 31, 2024, that of the award's own round. "
        "Set it with the round's other days."
    )
    assert candidates_page(seen(COMPUTER, new_round()), "en").note == ""


def test_what_is_open_stands_first_and_the_answer_counts_all(data_folder: Path) -> None:
    made = new_round()
    fine = city(made, "Athlone")
    out = city(made, "Bray", consent_signed="no", commission="none")
    open_one = city(made, "Clonmel", member="", mayor_signed="", nominated="", commission="none")
    page = candidates_page(seen(COMPUTER, made), "en")
    assert [(one.id, one.verdict) for one in page.lines] == [
        (open_one, OPEN),
        (out, NOT_ELIGIBLE),
        (fine, ELIGIBLE),
    ]
    assert [one.hindering for one in page.lines] == ["3 answers are waited for", "Consent signed", ""]
    assert (
        page.answer
        == "3 candidates: 1 eligible, 1 not, 1 still open. Asked as of the deadline, May 31, 2026."
    )
    assert (
        candidates_page(seen(COMPUTER, made), "zh").answer
        == "3 座候选城市：1 座符合资格，1 座不符合，1 座待定。以截止日 2026年5月31日 为准。"
    )


def test_a_fact_that_cannot_be_read_is_not_known_and_never_kept(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "Galway", member_since="next spring", member="perhaps")
    assert [outcome(made, one, rule) for rule in ("member", "member_over_12_months")] == ["not_known"] * 2
    for fact, text in (("member_since", "2019-02-30"), ("member", "maybe")):
        with pytest.raises(RoundError) as trouble:
            say_fact(COMPUTER, made, "", one, fact, text, seen_fact(made, one, fact))
        assert refused("fact_unreadable", trouble) == {"typed": text}
    say_fact(COMPUTER, made, "", one, "member_since", "2019-02", "next spring")
    assert outcome(made, one, "member_over_12_months") == "holds"
    with pytest.raises(NotKeptError):
        say_fact(COMPUTER, made, "", one, "shoe_size", "44", "")


def seen_fact(round_id: str, candidate: str, fact: str) -> str:
    return next(
        one.facts.get(fact, "") for one in dossiers(seen(COMPUTER, round_id).now) if one.id == candidate
    )


# --- two at once


def test_people_who_answer_different_questions_at_once_are_all_kept(data_folder: Path) -> None:
    made = new_round()
    facts = ("member", "nominated", "mayor_signed", "consent_signed")
    one = city(made, "Galway", **dict.fromkeys(facts, ""))
    begin = threading.Barrier(len(facts))

    def answer(fact: str) -> None:
        begin.wait()
        say_fact(COMPUTER, made, "", one, fact, "yes", "")

    with ThreadPoolExecutor(len(facts)) as pool:
        list(pool.map(answer, facts))
    assert verdict(made, one) == ELIGIBLE


def test_the_slower_of_two_answers_to_one_question_is_told_what_counts(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "Galway", mayor_signed="")
    say_fact(COMPUTER, made, "", one, "mayor_signed", "no", "")
    with pytest.raises(FactMeanwhileError) as trouble:
        say_fact(COMPUTER, made, "", one, "mayor_signed", "yes", "")
    assert trouble.value.counts == "no"
    # The same answer twice is no quarrel.
    say_fact(COMPUTER, made, "", one, "mayor_signed", "no", "")
    say_fact(COMPUTER, made, "", one, "mayor_signed", "yes", "no")
    assert seen_fact(made, one, "mayor_signed") == "yes"


# --- exceptions


def test_an_exception_has_a_reason_is_told_and_is_taken_back_with_one(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "Galway", consent_signed="no")
    with pytest.raises(RoundError) as trouble:
        grant_exception(COMPUTER, made, "", one, "consent_signed", 0, "  ")
    refused("reason_missing", trouble)
    grant_exception(COMPUTER, made, "", one, "consent_signed", 0, "The form was lost in the post.")
    assert (verdict(made, one), outcome(made, one, "consent_signed")) == (ELIGIBLE, "does_not_hold")
    row = row_of(made, one, "consent_signed")
    assert (row.look.word, row.passes, row.version) == ("Exception", True, 1)
    assert row.exception.endswith("whoever uses this computer: The form was lost in the post.")
    with pytest.raises(MeanwhileError):
        grant_exception(COMPUTER, made, "", one, "consent_signed", 0, "Seen by the slower one.")
    take_back_exception(COMPUTER, made, "", one, "consent_signed", 1, "It never arrived.")
    assert verdict(made, one) == NOT_ELIGIBLE
    sheet = candidate_sheet(COMPUTER, seen(COMPUTER, made), one, "en")
    assert sheet is not None
    assert [(row["What happened"], row["Rule"], row["Reason"]) for row in sheet.history] == [
        ("taken back", "Consent signed", "It never arrived."),
        ("granted", "Consent signed", "The form was lost in the post."),
    ]


def test_nothing_is_excepted_that_holds_and_no_rule_that_is_none(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "Galway")
    with pytest.raises(RoundError) as trouble:
        grant_exception(COMPUTER, made, "", one, "consent_signed", 0, "To be sure.")
    refused("exception_needless", trouble)
    with pytest.raises(RoundError) as trouble:
        take_back_exception(COMPUTER, made, "", one, "consent_signed", 0, "There is none.")
    refused("exception_needless", trouble)
    with pytest.raises(NotKeptError):
        grant_exception(COMPUTER, made, "", one, "beauty", 0, "It is pretty.")


# --- leaving


def test_a_city_may_leave_late_and_comes_back_only_while_cities_are_entered(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "Galway", consent_signed="no")
    for base, phase in enumerate(("declare", "assign", "mark")):
        move_on(COMPUTER, made, "", base, phase)
    with pytest.raises(NotAllowedError):
        say_fact(COMPUTER, made, "", one, "member", "no", "yes")
    with pytest.raises(NotAllowedError):
        grant_exception(COMPUTER, made, "", one, "consent_signed", 0, "Late.")
    with pytest.raises(RoundError) as trouble:
        withdraw(COMPUTER, made, "", one, 1, "")
    refused("reason_missing", trouble)
    withdraw(COMPUTER, made, "", one, 1, "The mayor asked for it.")
    assert candidates(seen(COMPUTER, made).now) == ()
    sheet = candidate_sheet(COMPUTER, seen(COMPUTER, made), one, "en")
    assert sheet is not None
    assert (sheet.withdrawn_why, sheet.rows) == ("The mayor asked for it.", ())
    with pytest.raises(NotAllowedError):
        bring_back(COMPUTER, made, "", one, 2)
    move_on(COMPUTER, made, "", 3, "assign")
    bring_back(COMPUTER, made, "", one, 2)
    assert [each.id for each in candidates(seen(COMPUTER, made).now)] == [one]


# --- coming in


def test_assessments_come_in_with_what_is_known_and_its_source(data_folder: Path) -> None:
    made = new_round()
    upload = open_sample(COMPUTER, "yunlan", "zh").upload_id
    assert [one.upload_id for one in offers(COMPUTER, seen(COMPUTER, made), "zh")] == [upload]
    entered = enter_uploads(COMPUTER, made, "", (upload,))
    (one,) = candidates(seen(COMPUTER, made).now)
    assert entered.ids == (one.id,)
    assert (one.country, one.region, one.upload_id, one.languages) == ("CHN", "asia_pacific", upload, ("zh",))
    assert dict(one.sources) == {"member": "workbook", "member_since": "workbook"}
    assert one.facts["member"] == "yes"
    assert offers(COMPUTER, seen(COMPUTER, made), "zh") == ()
    again = enter_uploads(COMPUTER, made, "", (upload,))
    assert (again.ids, [trouble.kind for _, trouble in again.refused]) == ((), ["candidate_twice"])


def test_facts_of_a_room_and_its_membership_check_are_taken_over(data_folder: Path) -> None:
    of = new_room_city(COMPUTER, "Riverton", "NOR")
    room = begin_assessment(COMPUTER, of, 2026)
    say_in_room(COMPUTER, room, "profile:member_since", {"entry": "2019"}, 0)
    say_of_membership(COMPUTER, of, "last_report", "2025-11-03", 0)
    made = new_round()
    assert dict(city_choices(COMPUTER, seen(COMPUTER, made))) == {of: "Riverton"}
    one = enter_by_hand(COMPUTER, made, "", "", "", city_id=of)
    (found,) = candidates(seen(COMPUTER, made).now)
    assert (found.id, found.name, found.country, found.city_id) == (one, "Riverton", "NOR", of)
    assert dict(found.facts) == {"member": "yes", "member_since": "2019", "progress_report": "filed"}
    assert dict(found.sources) == {"member": "room", "member_since": "room", "progress_report": "membership"}
    say_fact(COMPUTER, made, "", one, "member_since", "2019-03-01", "2019")
    row = row_of(made, one, "member_over_12_months")
    assert row.asked is not None
    assert (row.asked.source, row.asked.known_text) == ("entered by hand", "2019, from the city's room")


def test_a_reference_bears_an_experts_marks_of_the_rubric_alone(data_folder: Path) -> None:
    made = new_round()
    upload = open_sample(COMPUTER, "lindenhavn", "en").upload_id
    for marks, kind in (
        ({"access": 5.5}, "mark_wrong"),
        ({"access": 3.3}, "mark_wrong"),
        ({"charm": 3.0}, "criterion_unknown"),
    ):
        with pytest.raises(RoundError) as trouble:
            enter_reference(COMPUTER, made, "", upload, marks)
        refused(kind, trouble)
    one = enter_reference(COMPUTER, made, "", upload, {"access": 4.0, "plan": 3.5})
    say_expert(COMPUTER, made, "", one, 1, {"access": 4.5})
    reference = candidates_page(seen(COMPUTER, made), "en").references[0]
    assert (reference.name, reference.marks, reference.expert_version) == ("Lindenhavn", {"access": 4.5}, 2)
    with pytest.raises(NotAllowedError):
        say_expert(COMPUTER, made, "", city(made, "Galway"), 0, {"access": 4.5})


# --- a shared installation


@pytest.fixture
def world(tmp_path: Path) -> Iterator[TwoCities]:
    with two_cities(tmp_path) as made:
        yield made


def test_the_secretariat_is_offered_what_was_handed_in_and_no_draft(world: TwoCities) -> None:
    office = world.actor("secretariat")
    made = make_round(office, "unesco_2024", "Round")
    offered = offers(office, seen(office, made), "en")
    assert [one.upload_id for one in offered] == [world.handed_in]
    with pytest.raises(NotKeptError):
        enter_uploads(office, made, "", (world.draft,))
    with pytest.raises(NotKeptError):
        enter_uploads(world.actor("juror"), made, "", (world.handed_in,))
    entered = enter_uploads(office, made, "", (world.handed_in,))
    (one,) = candidates(seen(office, made).now)
    assert (one.id, one.city_id, one.country) == (entered.ids[0], world.other_city, "KOR")
    own = somebody("secretariat", "second@example.org")
    with pytest.raises(NotKeptError):
        change_dossier(own, made, "", one.id, 1, world.draft)


@dataclass(frozen=True)
class View:
    """All that the part of the program under test gives one viewer of a round."""

    page: Page
    sheets: list[Sheet | None]
    cells: list[list[object]]
    offered: list[str]
    cities: dict[str, str]


def test_a_conflicted_secretariat_never_sees_the_city(
    world: TwoCities, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "COST", passwords.Cost(n=2**4))
    office, second = world.actor("secretariat"), somebody("secretariat", "second@example.org")
    made = make_round(office, "unesco_2024", "Round")
    take_seat(office, made, "", NewSeat("secretariat", "Second", person=second.person))
    said = {**ALL_SAID, "commission": "KOR"}
    hidden = enter_uploads(office, made, "", (world.handed_in,)).ids[0]
    open_ones = [
        enter_candidate(office, made, "", NewCandidate(name, "KOR", "asia_pacific", facts=said))
        for name in ("Aan", "Bok")
    ]
    move_on(office, made, "", 0, "declare")
    every = [hidden, *open_ones]
    declare(office, made, "", {one: Declaration(NO_CONFLICT) for one in every})
    declare(
        second,
        made,
        "",
        {hidden: Declaration("employer"), **{one: Declaration(NO_CONFLICT) for one in open_ones}},
    )
    second = sign_in.actor(second.person)

    def view() -> View:
        found = seen(second, made)
        book = load_workbook(io.BytesIO(candidates_file(second, made, "", "en")))
        cells = [[cell.value for row in sheet.iter_rows() for cell in row] for sheet in book.worksheets]
        sheets = [candidate_sheet(second, found, one, "en") for one in every]
        return View(
            candidates_page(found, "en"),
            sheets,
            cells,
            [one.upload_id for one in offers(second, found, "en")],
            dict(city_choices(second, found)),
        )

    say_fact(office, made, "", hidden, "commission", "KOR", "")
    before = view()
    assert [one.id for one in before.page.lines] == open_ones
    assert before.sheets[0] is None
    assert HANDED_IN not in str(before)
    assert DRAFT not in str(before)
    # All three are of one commission; who sees two of them is told of two.
    assert outcome(made, open_ones[0], "two_per_commission", office) == "does_not_hold"
    assert outcome(made, open_ones[0], "two_per_commission", second) == "holds"
    for fact, text in (("nominated", "no"), ("member_since", "2018"), ("name", "")):
        was = "" if fact != "member_since" else seen_as(office, made, hidden, fact)
        say_fact(office, made, "", hidden, fact, text, was)
    grant_exception(office, made, "", hidden, "nominated", 0, "The letter comes.")
    assert view() == before
    withdraw(office, made, "", hidden, version_seen(office, made, hidden), "It leaves.")
    assert view() == before
    for act in (
        lambda: say_fact(second, made, "", hidden, "member", "no", "yes"),
        lambda: withdraw(second, made, "", hidden, 1, "Away with it."),
        lambda: grant_exception(second, made, "", hidden, "member", 0, "For fun."),
        lambda: change_dossier(second, made, "", hidden, 1, world.handed_in),
    ):
        with pytest.raises(NotKeptError):
            act()


@pytest.mark.parametrize(("kind", "offered"), [(NO_CONFLICT, True), ("employer", False)])
def test_a_secretary_is_not_offered_her_own_city_where_it_is_closed_to_her(
    world: TwoCities, monkeypatch: pytest.MonkeyPatch, kind: str, offered: bool
) -> None:
    """What is hers stays open to her elsewhere; here a list with it would tell that it left the round."""
    monkeypatch.setattr(passwords, "COST", passwords.Cost(n=2**4))
    office, second = world.actor("secretariat"), somebody("secretariat", "second@example.org")
    grant(COMPUTER, second.person, "owner", city=world.other_city)
    made = make_round(office, "unesco_2024", "Round")
    take_seat(office, made, "", NewSeat("secretariat", "Second", person=second.person))
    one = enter_uploads(office, made, "", (world.handed_in,)).ids[0]
    move_on(office, made, "", 0, "declare")
    declare(second, made, "", {one: Declaration(kind)})
    second = sign_in.actor(second.person)
    withdraw(office, made, "", one, 1, "It leaves.")
    move_on(office, made, "", 1, "prepare")

    found = seen(second, made)
    assert may_do(found, ENTER)
    assert not is_closed(second, world.other_city)
    assert (world.other_city in city_choices(second, found)) is offered


def seen_as(actor: Actor, round_id: str, candidate: str, fact: str) -> str:
    return next(one.facts.get(fact, "") for one in dossiers(seen(actor, round_id).now) if one.id == candidate)


def version_seen(actor: Actor, round_id: str, candidate: str) -> int:
    return next(one.version for one in dossiers(seen(actor, round_id).now) if one.id == candidate)


def test_a_seat_with_a_conflict_on_ones_own_computer_gets_no_list_of_workbooks(data_folder: Path) -> None:
    made = new_round()
    upload = open_sample(COMPUTER, "yunlan", "en").upload_id
    one = enter_uploads(COMPUTER, made, "", (upload,)).ids[0]
    open_sample(COMPUTER, "riverbend", "en")
    seat = take_seat(COMPUTER, made, "", NewSeat("secretariat", "Second"))
    move_on(COMPUTER, made, "", 0, "declare")
    assert len(offers(COMPUTER, seen(COMPUTER, made, seat), "en")) == 1
    declare(COMPUTER, made, seat, {one: Declaration("family")})
    found = seen(COMPUTER, made, seat)
    assert offers(COMPUTER, found, "en") == ()
    assert dict(city_choices(COMPUTER, found)) == {}
    assert candidates_page(found, "en").lines == ()


def test_a_juror_reads_who_is_in_the_round_and_no_standing(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "Galway")
    seat = take_seat(COMPUTER, made, "", NewSeat("juror", "Juror"))
    move_on(COMPUTER, made, "", 0, "declare")
    declare(COMPUTER, made, seat, {one: Declaration(NO_CONFLICT)})
    page = candidates_page(seen(COMPUTER, made, seat), "en")
    assert (page.shown, page.answer, page.winners) == (False, "", ())
    assert [line.name for line in page.lines] == ["Galway"]
    assert candidate_sheet(COMPUTER, seen(COMPUTER, made, seat), one, "en") is None
    with pytest.raises(NotAllowedError):
        say_fact(COMPUTER, made, seat, one, "member", "no", "yes")
    assert [one.role for one in seats(seen(COMPUTER, made, seat).now)] == ["juror"]


def test_the_workbook_holds_standing_rules_exceptions_and_past_winners(data_folder: Path) -> None:
    made = new_round()
    one = city(made, "Galway", consent_signed="no")
    grant_exception(COMPUTER, made, "", one, "consent_signed", 0, "The form was lost in the post.")
    book = load_workbook(io.BytesIO(candidates_file(COMPUTER, made, "", "en")))
    assert book.sheetnames == ["Candidates", "Rule by rule", "Exceptions", "Past winners"]
    rows = {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] for sheet in book
    }
    assert rows["Candidates"] == [
        [
            *("Galway", "Ireland", "Europe and North America", "● Eligible", None),
            *("Consent signed", "missing", None),
        ]
    ]
    assert len(rows["Rule by rule"]) == 9
    assert [row[3:5] for row in rows["Exceptions"]] == [["granted", "The form was lost in the post."]]
    assert ["Dublin", "Ireland", "Oct 27, 2021", "Oct 27, 2027"] in [row[:4] for row in rows["Past winners"]]
