"""The way of an assessment: every role in every state with every act, what must hold first, and what stays as it was.

states.csv was written by hand. A cell says where an act leads, "no" that it cannot be done from there, nothing that it
is told as what is not there. Every other role is told so in all of them.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from actions import house, passwords, sign_in
from actions.access import COMPUTER, Actor, NotAllowedError, NotKeptError
from actions.evidence import give_evidence_link, to_confirm, withdraw_evidence
from actions.keeping import verify
from actions.needs import NEEDS
from actions.queries import ask_at, questions_at, reopen_query, reply_to, settle_query
from actions.receipts import receipt_file
from actions.record import record, say
from actions.review_list import handed_in_rooms
from actions.room_page import room_page
from actions.room_words import ROOM_TROUBLES
from actions.rooms import RoomError, begin_assessment, new_room_city, room
from actions.standing import is_kept, upload
from actions.state_words import ACT_WORDS, NEXT, STATE_WORDS
from actions.states import LackingError, Spoken, act
from actions.submissions import check_all, judged
from actions.transitions import ACTS, RIGHT_OF, TRANSITIONS
from actions.uploads import receive
from store.acts import Act
from store.assessments import begin
from store.engine import Store
from store.log import head_from
from store.queries import ask
from store.record import put
from store.states import (
    ACCEPTED,
    CHECKED,
    DRAFT,
    OPEN,
    RESUBMITTED,
    RETURNED,
    SIGNED,
    STATES,
    SUBMITTED,
    move,
    trail,
)
from store.submissions import submit_in
from store.verify import verify as verify_store
from tests.actions.people_at_hand import come_in, make_city
from tests.workbooks import filled

EN = "en"
DAYS = {"beijing_declaration": "2024-01-15", "key_features": "2024-03-01"}
SIGNING = Spoken(reason="a wrong figure", signer="Kim Ara", title="Mayor", adopted=DAYS)
ROLES = {
    "owner": ("owner", "own"),
    "contributor": ("contributor", "own"),
    "viewer": ("viewer", "own"),
    "mayor": ("mayor", "own"),
    "commission": ("commission", "KOR"),
    "foreign commission": ("commission", "NOR"),
    "juror": ("juror", ""),
    "chair": ("chair", ""),
    "secretariat": ("secretariat", ""),
    "auditor": ("auditor", ""),
    "other owner": ("owner", "other"),
    "other mayor": ("mayor", "other"),
}
# How a state is reached; what was handed in and returned before is on its second way.
WAYS = {
    "draft": (),
    "checked": (CHECKED,),
    "signed": (CHECKED, SIGNED),
    "submitted": (CHECKED, SIGNED, SUBMITTED),
    "returned": (CHECKED, SIGNED, SUBMITTED, RETURNED),
    "draft again": (CHECKED, SIGNED, SUBMITTED, RETURNED, DRAFT),
    "checked again": (CHECKED, SIGNED, SUBMITTED, RETURNED, DRAFT, CHECKED),
    "signed again": (CHECKED, SIGNED, SUBMITTED, RETURNED, DRAFT, CHECKED, SIGNED),
    "resubmitted": (CHECKED, SIGNED, SUBMITTED, RETURNED, DRAFT, CHECKED, SIGNED, RESUBMITTED),
    "accepted": (CHECKED, SIGNED, SUBMITTED, ACCEPTED),
}
with (Path(__file__).parent / "states.csv").open(encoding="utf-8", newline="") as file:
    EXPECTED = {(row["state"], row["act"]): row for row in csv.DictReader(file)}


class World:
    """A shared installation with two cities, people of every role, and one workbook to sign."""

    def __init__(self) -> None:
        self.cities = {
            "own": make_city(house.store(), "Aton"),
            "other": make_city(house.store(), "Beton", "NOR"),
        }
        self.people = {}
        for name, (role, where) in ROLES.items():
            place = {"city": self.cities[where]} if where in self.cities else {"country": where}
            self.people[name] = come_in(role, f"{name.replace(' ', '')}@example.org", **place).person
        owner = self.actor("owner")
        self.upload = receive(owner, "own.xlsx", filled(), EN, self.cities["own"]).upload_id
        self.scores = judged(upload(self.upload))
        self.years = iter(range(1000, 9999))

    def actor(self, role: str) -> Actor:
        return sign_in.actor(self.people[role])

    def at(self, where: str, question: bool = False) -> str:
        """A new assessment that stands somewhere, with a name and a country, and an open question if one is asked."""
        with house.store().writing(Act(self.people["owner"], "try", "assessment")) as writing:
            made = begin(writing, self.cities["own"], next(self.years)).id
            put(writing, made, "profile:name", {"entry": "Aton"}, base=0)
            put(writing, made, "profile:country", {"entry": "KOR"}, base=0)
            for base, state in enumerate(WAYS[where]):
                handed_in = state in (SUBMITTED, RESUBMITTED)
                submission = submit_in(writing, self.upload, self.scores).id if handed_in else ""
                signed = {"title": "Mayor", **DAYS} if state == SIGNED else {}
                move(
                    writing,
                    made,
                    state,
                    base=base,
                    upload_id=self.upload if handed_in or state == SIGNED else "",
                    submission_id=submission,
                    detail=signed,
                )
            if question:
                ask(writing, made, "2.2.1", "Which survey?")
        return made


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCORECARD_DATA", str(tmp_path_factory.mktemp("states")))
        patch.delenv("DATABASE_URL", raising=False)
        patch.setattr(passwords, "COST", passwords.Cost(n=2**4))
        yield World()


def outcome(who: Actor, one: str, name: str) -> str:
    """Where an act led, "no" where it cannot be done from there, "" where it was told as what is not there."""
    base = len(steps_of(one))
    seen = record(COMPUTER, one).sha256 if name == "sign_off" else ""
    try:
        return act(who, one, name, base, EN, replace(SIGNING, record_sha256=seen)).state
    except NotKeptError:
        return ""
    except RoomError as trouble:
        return {"not_from_here": "no"}.get(trouble.kind, trouble.kind)


def steps_of(one: str) -> tuple[str, ...]:
    with house.store().reading() as reader:
        return tuple(step.state for step in trail(reader, one))


def test_the_table_by_hand_has_every_state_and_every_act() -> None:
    assert set(EXPECTED) == {(state, name) for state in WAYS for name in ACTS}
    assert {state for state in WAYS if " again" not in state} == set(STATES)
    assert set(RIGHT_OF) == set(ACTS) == set(ACT_WORDS)
    assert set(STATE_WORDS) == set(NEXT) == set(STATES)
    assert {need for way in TRANSITIONS for need in way.needs} == set(NEEDS)


@pytest.mark.parametrize("where", WAYS)
def test_every_role_does_in_every_state_what_the_table_by_hand_says(where: str, world: World) -> None:
    stays = {question: world.at(where, question) for question in (False, True)}
    people = {role: world.actor(role) for role in ROLES}
    for name in ACTS:
        for role in ROLES:
            wanted = EXPECTED[where, name].get(role) or ""
            # Only what will be done needs an assessment of its own; what is refused changes none.
            question = name == "return"
            one = world.at(where, question) if wanted in STATES else stays[question]
            before = steps_of(one)
            assert outcome(people[role], one, name) == wanted, (role, name)
            after = (*before, wanted) if wanted in STATES else before
            assert steps_of(one) == after, (role, name)
    assert verify_store(house.store()).whole


@pytest.mark.parametrize("where", WAYS)
def test_on_an_own_computer_one_person_does_it_all(where: str, world: World) -> None:
    for name in ACTS:
        row = EXPECTED[where, name]
        wanted = next((row[role] for role in ("owner", "mayor", "secretariat") if row[role] in STATES), "no")
        assert outcome(COMPUTER, world.at(where, name == "return"), name) == wanted, name


@pytest.mark.parametrize("where", WAYS)
def test_a_record_is_changed_in_a_draft_and_in_the_check_alone(where: str, world: World) -> None:
    one, owner = world.at(where), world.actor("owner")
    state = (WAYS[where] or (DRAFT,))[-1]
    if state in OPEN:
        assert say(owner, one, "2.2.1", {"value": "4,9"}, 0).entry.version == 1
        kept = give_evidence_link(owner, one, "2.2.1", "https://example.org/a.pdf", "page 3")
        withdraw_evidence(owner, kept, "wrong page", 0)
        return
    for change in (
        lambda: say(owner, one, "2.2.1", {"value": "4,9"}, 0),
        lambda: give_evidence_link(owner, one, "2.2.1", "https://example.org/a.pdf", "page 3"),
    ):
        with pytest.raises(RoomError) as told:
            change()
        assert told.value.kind == f"closed_{state}"
        assert ROOM_TROUBLES[told.value.kind]
    assert "2.2.1" not in record(owner, one).entries


def test_who_was_slower_is_told_and_nothing_is_done_twice(world: World) -> None:
    one = world.at("submitted")
    version = room_page(world.actor("commission"), one, EN).version
    assert room_page(world.actor("secretariat"), one, EN).version == version == 3
    act(world.actor("commission"), one, "accept", version, EN)
    with pytest.raises(RoomError) as told:
        act(world.actor("secretariat"), one, "accept", version, EN)
    assert told.value.kind == "moved_meanwhile"
    assert steps_of(one)[2:] == (SUBMITTED, ACCEPTED)


def lacking(who: Actor, one: str, name: str, spoken: Spoken = SIGNING) -> list[str]:
    """What is missing, as the act tells it; the page told the same before."""
    page = room_page(who, one, EN)
    offered = next(offer for offer in page.offers if offer.act == name)
    with pytest.raises(LackingError) as told:
        act(who, one, name, page.version, EN, replace(spoken, record_sha256=page.record_sha256))
    assert told.value.lacks == offered.lacks
    return [lack.text for lack in told.value.lacks]


def test_what_must_hold_is_told_before_the_click_and_held_at_it(world: World) -> None:
    owner, mayor = world.actor("owner"), world.actor("mayor")
    one = world.at("checked again", question=True)
    say(owner, one, "profile:name", {}, 1)
    say(owner, one, "2.2.1", {"value": "about half"}, 0)
    say(owner, one, "2.2.1", {"value": "49"}, 0)
    assert lacking(mayor, one, "sign_off") == [
        "The profile does not name the city.",
        "2 Economy and culture: 1 answer to repair",
        "Two people wrote 1 answer at once: choose which one counts",
        "A question is open: 2.2.1 Unemployment rate",
    ]
    links = next(offer for offer in room_page(mayor, one, EN).offers if offer.act == "sign_off").lacks
    assert [(lack.page, dict(lack.address)) for lack in links] == [
        ("city_record", {"room": one}),
        ("city_record", {"room": one, "area": "2"}),
        ("city_record", {"room": one, "area": "2"}),
        ("city_room", {"room": one}),
    ]


def test_a_reviewer_returns_with_a_question_and_accepts_without_one(world: World) -> None:
    who = world.actor("commission")
    one = world.at("submitted")
    assert lacking(who, one, "return") == [
        "Nothing was asked: ask at least one question before you return it."
    ]
    asked = ask_at(who, one, "", "Which year is this?")
    assert lacking(who, one, "accept") == ["A question is not settled: About the whole assessment"]
    reply_to(world.actor("owner"), asked, "2025")
    # What is answered waits for the reviewer, so there is nothing to return for.
    assert lacking(who, one, "return") == [
        "Nothing was asked: ask at least one question before you return it."
    ]
    settle_query(who, asked)
    assert act(who, one, "accept", 3, EN).state == ACCEPTED
    for late in (lambda: reopen_query(who, asked), lambda: reply_to(world.actor("owner"), asked, "more")):
        with pytest.raises(RoomError) as told:
            late()
        assert told.value.kind == "closed_accepted"


@pytest.mark.parametrize(
    ("spoken", "kind"),
    [
        (replace(SIGNING, adopted=None), "adoption_day_missing"),
        (replace(SIGNING, adopted={**DAYS, "key_features": ""}), "adoption_day_missing"),
        (replace(SIGNING, adopted={**DAYS, "key_features": "1 March 2024"}), "adoption_day_missing"),
        # The conference that adopted both documents began on 21 October 2013.
        (replace(SIGNING, adopted={**DAYS, "key_features": "2013-10-20"}), "adoption_day_early"),
        (replace(SIGNING, adopted={**DAYS, "beijing_declaration": "2999-01-01"}), "adoption_day_ahead"),
        (replace(SIGNING, record_sha256="another"), "changed_meanwhile"),
    ],
)
def test_a_signature_names_both_documents_and_what_was_looked_at(
    spoken: Spoken, kind: str, world: World
) -> None:
    one, mayor = world.at("checked"), world.actor("mayor")
    with pytest.raises(RoomError) as told:
        act(mayor, one, "sign_off", 1, EN, replace(spoken, record_sha256=spoken.record_sha256 or "x"))
    assert told.value.kind == kind
    assert ROOM_TROUBLES[kind]
    assert steps_of(one) == (CHECKED,)


@pytest.mark.parametrize("spoken", [replace(SIGNING, signer=" "), replace(SIGNING, title="")])
def test_on_an_own_computer_the_mayor_is_typed(spoken: Spoken, world: World) -> None:
    with pytest.raises(RoomError) as told:
        act(COMPUTER, world.at("checked"), "sign_off", 1, EN, spoken)
    assert told.value.kind == "signer_missing"


def test_what_was_changed_after_the_mayor_looked_is_not_signed(world: World) -> None:
    one, mayor = world.at("checked"), world.actor("mayor")
    seen = room_page(mayor, one, EN).record_sha256
    say(world.actor("owner"), one, "2.2.1", {"value": "4,9"}, 0)
    with pytest.raises(RoomError) as told:
        act(mayor, one, "sign_off", 1, EN, replace(SIGNING, record_sha256=seen))
    assert told.value.kind == "changed_meanwhile"


def test_taking_a_signature_back_needs_a_reason_and_ends_it(world: World) -> None:
    one, owner = world.at("signed"), world.actor("owner")
    with pytest.raises(RoomError) as told:
        act(owner, one, "take_back", 2, EN, Spoken(reason="  "))
    assert told.value.kind == "reason_missing"
    act(owner, one, "take_back", 2, EN, Spoken(reason="The figure of 2.2.1 is last year's"))
    page = room_page(owner, one, EN)
    assert page.rows[0]["What was said"] == "The figure of 2.2.1 is last year's"
    assert [offer.act for offer in page.offers] == ["check"]
    with pytest.raises(RoomError):
        act(owner, one, "hand_in", 3, EN)


def test_handing_in_gives_a_receipt_that_verify_holds_everything_to(installation: Store) -> None:
    city = new_room_city(COMPUTER, "Aton", "KOR")
    one = begin_assessment(COMPUTER, city, dt.datetime.now(dt.UTC).year)
    for field, text in (("profile:name", "Aton"), ("profile:country", "KOR")):
        say(COMPUTER, one, field, {"entry": text}, 0)
    say(COMPUTER, one, "2.2.1", {"value": "4,9", "year": "2024", "grade": "official", "source": "Office"}, 0)
    act(COMPUTER, one, "check", 0, EN)
    seen = record(COMPUTER, one).sha256
    signed = act(COMPUTER, one, "sign_off", 1, EN, replace(SIGNING, record_sha256=seen))
    assert {**signed.detail} == {"signer": "Kim Ara", "title": "Mayor", **DAYS}
    reading = upload(signed.upload_id).reading
    assert (reading.profile["name"], reading.observations["2.2.1"].value) == ("Aton", 4.9)
    handed_in = act(COMPUTER, one, "hand_in", 2, EN)
    assert handed_in.upload_id == signed.upload_id
    # The state, the submission and the line stand in one transaction: the receipt names that line.
    receipt = room_page(COMPUTER, one, EN).receipt
    assert receipt is not None
    assert receipt.head == str(installation.head())
    assert receipt.submission_id == handed_in.submission_id
    say_so = receipt_file(COMPUTER, one, EN).decode("utf-8-sig")
    for part in ("City: Aton", "Kim Ara, Mayor", "adopted Jan 15, 2024", receipt.head, receipt.scores_sha256):
        assert part in say_so
    assert "adopted Mar 1, 2024" in say_so
    assert verify((head_from(receipt.head),)).whole
    assert [found.found for found in check_all(installation)] == [""]
    # What is added later does not move the receipt.
    ask_at(COMPUTER, one, "2.2.1", "Which survey?")
    act(COMPUTER, one, "return", 3, EN)
    later = room_page(COMPUTER, one, EN).receipt
    assert later == receipt


def test_a_reviewer_sees_what_was_handed_in_and_not_the_draft_that_goes_on(world: World) -> None:
    one, owner, reviewer = (
        world.at("returned", question=True),
        world.actor("owner"),
        world.actor("commission"),
    )
    act(owner, one, "reopen", 4, EN)
    say(owner, one, "2.2.1", {"value": "4,9", "source": "Qzlater"}, 0)
    say(owner, one, "profile:name", {"entry": "Qzlater"}, 1)
    give_evidence_link(owner, one, "2.2.1", "https://qzlater.example.org", "page 1")
    act(owner, one, "check", 5, EN)
    seen = record(reviewer, one)
    assert (seen.said("profile:name"), seen.said("2.2.1")) == ({"entry": "Aton"}, {})
    page = room_page(reviewer, one, EN)
    assert "qzlater" not in repr((seen.entries, page)).casefold()
    assert page.state == "Returned with questions"
    assert [stage.name for stage in page.stages if stage.present] == ["Returned with questions"]
    assert page.offers == ()
    assert [row["State"] for row in page.rows] == ["Returned with questions", "Handed in", "Signed off"]
    assert page.rows[1]["Who"] == "The city"
    assert to_confirm(reviewer, one, EN) == ()
    assert record(owner, one).said("profile:name") == {"entry": "Qzlater"}
    assert [stage.name for stage in room_page(owner, one, EN).stages if stage.present] == ["Internal check"]


def test_names_are_told_to_ones_own_side_and_the_mayor_to_all(world: World) -> None:
    one = world.at("submitted")
    asked = ask_at(world.actor("commission"), one, "2.2.1", "Which survey?")
    reply_to(world.actor("contributor"), asked, "The labour force survey.")
    (thread,) = questions_at(world.actor("owner"), one, "2.2.1", EN)
    assert thread.who.startswith("The reviewer · 2")
    assert thread.said[0].who.startswith("The city · Contributor · ")
    (thread,) = questions_at(world.actor("secretariat"), one, "2.2.1", EN)
    assert thread.who.startswith("The reviewer · Commission · ")
    assert thread.said[0].who.startswith("The city · 2")
    assert thread.state == "answered"


def test_reviewers_have_a_list_of_what_was_handed_in(world: World) -> None:
    one, draft = world.at("submitted"), world.at("signed")
    for role, sees in (
        ("commission", True),
        ("secretariat", True),
        ("foreign commission", False),
        ("juror", False),
        ("owner", False),
    ):
        listed = {found.id for found in handed_in_rooms(world.actor(role), EN)}
        assert (one in listed) is sees, role
        assert draft not in listed


@pytest.mark.parametrize("role", ["viewer", "mayor", "juror", "auditor", "foreign commission", "other owner"])
def test_only_reviewers_ask_and_only_the_city_replies(role: str, world: World) -> None:
    one = world.at("submitted")
    asked = ask_at(world.actor("secretariat"), one, "2.2.1", "Which survey?")
    who = world.actor(role)
    for refused in (
        lambda: ask_at(who, one, "", "And?"),
        lambda: reply_to(who, asked, "So."),
        lambda: settle_query(who, asked),
        lambda: reopen_query(who, asked),
    ):
        with pytest.raises(NotKeptError):
            refused()


def test_a_question_stands_at_a_field_that_there_is_and_says_something(world: World) -> None:
    one, who = world.at("submitted"), world.actor("secretariat")
    with pytest.raises(NotAllowedError):
        ask_at(who, one, "99.9.9", "What?")
    for text, kind in ((" \u200b ", "text_missing"), ("x" * 4001, "text_too_long")):
        with pytest.raises(RoomError) as told:
            ask_at(who, one, "", text)
        assert told.value.kind == kind
    with pytest.raises(RoomError) as told:
        ask_at(who, world.at("returned"), "", "Why?")
    assert told.value.kind == "not_with_reviewers"
    with pytest.raises(NotKeptError):
        reply_to(world.actor("owner"), "A" * 22, "So.")


def test_what_is_signed_is_seen_by_reviewers_only_once_it_is_handed_in(world: World) -> None:
    one = world.at("checked")
    owner, mayor, reviewer = world.actor("owner"), world.actor("mayor"), world.actor("commission")
    seen = record(mayor, one).sha256
    signed = act(mayor, one, "sign_off", 1, EN, replace(SIGNING, record_sha256=seen))
    assert "signer" not in signed.detail
    assert not is_kept(reviewer, signed.upload_id)
    with pytest.raises(NotKeptError):
        room(reviewer, one)
    act(owner, one, "hand_in", 2, EN)
    assert is_kept(reviewer, signed.upload_id)
    page = room_page(reviewer, one, EN)
    assert page.rows[-1]["Who"] == "Mayor, Mayor"
    assert [offer.act for offer in page.offers] == ["accept", "return"]
