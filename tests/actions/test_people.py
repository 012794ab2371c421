"""Inviting, granting, withdrawing: one-time codes, two at once, clocks, and rights of this very moment."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable

import pytest

from actions import accepting, invitations, people, sign_in
from actions.accepting import accept, invitation_of
from actions.access import (
    COMPUTER,
    Actor,
    NotAllowedError,
    NotKeptError,
    allowed,
    see,
    subject_of_upload,
    visible,
)
from actions.configuration import read
from actions.invitations import LIFE, RENEWAL_LIFE, InvitationError, invite
from actions.sign_in import RefusedError, person_of
from store.engine import Store
from store.owners import Owner
from store.uploads import Upload, add, get, same_city
from store.verify import verify
from tests.actions.people_at_hand import PASSWORD, PLACE, come_in, make_city, somebody
from tests.store.readings import BOOK, EDITION, FRAMEWORK, reading

SECOND = dt.timedelta(seconds=1)


def fault(act: Callable[[], object]) -> str:
    with pytest.raises(InvitationError) as caught:
        act()
    assert caught.value.told("zh") != caught.value.told("en") != ""
    return caught.value.fault


def keep(store: Store, city: str, person: str, data: bytes = BOOK) -> Upload:
    """An upload for a city by a person."""
    return add(
        store,
        name="city.xlsx",
        data=data,
        reading=reading(),
        framework=FRAMEWORK,
        edition=EDITION,
        actor=person,
        owner=Owner(city, person),
    )


def test_an_invitation_leads_to_its_role_and_to_nothing_else(installation: Store) -> None:
    city = make_city(installation, "Osan")
    link = invite(COMPUTER, "contributor", "ann@example.org", city=city, areas=("10", "2"))
    told = invitation_of(link.code)
    assert told is not None
    assert (told.email, told.role, told.city, told.areas) == (
        "ann@example.org",
        "contributor",
        "Osan",
        ("2", "10"),
    )
    assert not told.known
    assert not told.renewal
    opened = accept(link.code, "  Ann   Lee ", PASSWORD, PLACE)
    ann = sign_in.actor(opened.person)
    assert ann.name == "Ann Lee"
    assert [(one.role, one.city, one.areas) for one in ann.grants] == [("contributor", city, ("2", "10"))]
    assert person_of(opened.token) == opened.person
    assert verify(installation).whole


def test_a_code_works_once(installation: Store) -> None:
    link = invite(COMPUTER, "juror", "ann@example.org")
    accept(link.code, "Ann", PASSWORD, PLACE)
    assert invitation_of(link.code) is None
    assert fault(lambda: accept(link.code, "Eve", PASSWORD, PLACE)) == "gone"
    assert fault(lambda: accepting.accept_by_identity(link.code, "https://id", "eve", "Eve")) == "gone"
    eve = somebody("viewer", "eve@example.org", city=make_city(installation))
    assert fault(lambda: accepting.accept_as(eve, link.code)) == "gone"
    assert [one.role for one in sign_in.actor(eve.person).grants] == ["viewer"]


@pytest.mark.parametrize("turn", range(2))
def test_of_many_who_accept_at_once_one_comes_in(installation: Store, turn: int) -> None:
    code = invite(COMPUTER, "juror", "ann@example.org").code
    start = threading.Barrier(6)
    came: list[str] = []
    stayed: list[str] = []

    def try_it(number: int) -> None:
        start.wait()
        try:
            if number % 2 == turn:
                opened = accept(code, f"Ann {number}", PASSWORD, PLACE)
            else:
                opened = accepting.accept_by_identity(code, "https://id", f"{number}", "Ann")
            came.append(opened.person)
        except (InvitationError, RefusedError) as refused:
            stayed.append(str(refused))

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    # Who came too late finds it gone, or finds an account with this e-mail that is not hers.
    assert (len(came), len(stayed)) == (1, 5)
    assert len(people.everybody(COMPUTER)) == 1
    assert verify(installation).whole


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        (dt.timedelta(), True),
        (LIFE - 60 * SECOND, True),
        (LIFE, False),
        (LIFE + dt.timedelta(days=400), False),
        (-dt.timedelta(hours=1), False),
        (-30 * SECOND, True),
    ],
)
def test_a_code_works_for_a_fortnight_and_for_no_clock_set_back(
    installation: Store, moment: dt.timedelta, works: bool
) -> None:
    link = invite(COMPUTER, "juror", "ann@example.org")
    at = link.expires - LIFE + moment
    assert (invitation_of(link.code, at) is not None) is works
    if works:
        assert accept(link.code, "Ann", PASSWORD, PLACE, at).person
    else:
        assert fault(lambda: accept(link.code, "Ann", PASSWORD, PLACE, at)) == "gone"
        assert fault(lambda: accepting.accept_by_identity(link.code, "i", "s", "Ann", at)) == "gone"


@pytest.mark.parametrize("code", ["", "x", "a" * 43, "\ud800", "' OR 1=1"])
def test_a_code_that_nobody_made_leads_nowhere(installation: Store, code: str) -> None:
    invite(COMPUTER, "juror", "ann@example.org")
    assert invitation_of(code) is None
    assert fault(lambda: accept(code, "Ann", PASSWORD, PLACE)) == "gone"


def test_an_invitation_taken_back_works_no_more(installation: Store) -> None:
    city = make_city(installation)
    ann = somebody("owner", "ann@example.org", city=city)
    other = somebody("owner", "bob@example.org", city=make_city(installation, "Elsewhere"))
    link = invite(ann, "viewer", "cleo@example.org", city=city)
    for who in (other, sign_in.actor(other.person)):
        with pytest.raises(NotAllowedError):
            invitations.take_back(who, link.id)
    with pytest.raises(NotAllowedError):
        invitations.take_back(ann, "a" * 22)
    assert invitation_of(link.code) is not None
    invitations.take_back(ann, link.id)
    invitations.take_back(ann, link.id)
    assert invitation_of(link.code) is None


@pytest.mark.parametrize(
    ("role", "given", "expected"),
    [
        ("king", {}, "role"),
        ("", {}, "role"),
        ("juror", {"areas": ("1",)}, "areas"),
        ("commission", {"country": ""}, "country"),
        ("commission", {"country": "Korea"}, "country"),
        ("commission", {"country": "12A"}, "country"),
    ],
)
def test_what_is_no_role_is_not_invited_to(
    installation: Store, role: str, given: dict[str, object], expected: str
) -> None:
    assert fault(lambda: invite(COMPUTER, role, "ann@example.org", **given)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("areas", [("13",), ("",), ("1.1",), ("2", "x")])
def test_focus_areas_are_those_of_the_framework(installation: Store, areas: tuple[str, ...]) -> None:
    city = make_city(installation)
    assert (
        fault(lambda: invite(COMPUTER, "contributor", "ann@example.org", city=city, areas=areas)) == "areas"
    )
    assert fault(lambda: invite(COMPUTER, "owner", "ann@example.org", city=city, areas=("1",))) == "areas"


@pytest.mark.parametrize("email", ["", "ann", "ann@", "@example.org", "a b@example.org", "a@b.org,c@d.org"])
def test_only_one_e_mail_address_is_invited(installation: Store, email: str) -> None:
    assert fault(lambda: invite(COMPUTER, "juror", email)) == "email"
    assert fault(lambda: invitations.invite_new_city(COMPUTER, email, name="Osan", country="KOR")) == "email"


@pytest.mark.parametrize(
    ("name", "password", "expected"),
    [("", PASSWORD, "name"), ("  ", PASSWORD, "name"), ("Ann", "short", "password"), ("Ann", "", "password")],
)
def test_accepting_asks_for_a_name_and_a_good_password_and_then_still_works(
    installation: Store, name: str, password: str, expected: str
) -> None:
    link = invite(COMPUTER, "juror", "ann@example.org")
    assert fault(lambda: accept(link.code, name, password, PLACE)) == expected
    assert accept(link.code, "Ann", PASSWORD, PLACE).person


def test_who_is_here_already_needs_her_own_password_for_a_second_role(installation: Store) -> None:
    ann = come_in("juror", "ann@example.org", "Ann Lee")
    city = make_city(installation)
    link = invite(COMPUTER, "owner", "Ann@Example.org", city=city)
    told = invitation_of(link.code)
    assert told is not None
    assert told.known
    with pytest.raises(RefusedError):
        accept(link.code, "Eve", "the password of somebody else", PLACE)
    assert accept(link.code, "ignored", PASSWORD, PLACE).person == ann.person
    known = sign_in.actor(ann.person)
    assert known.name == "Ann Lee"
    assert sorted(one.role for one in known.grants) == ["juror", "owner"]


def test_an_account_elsewhere_does_not_take_over_an_account_here(installation: Store) -> None:
    ann = come_in("juror", "ann@example.org")
    link = invite(COMPUTER, "chair", "ann@example.org")
    assert (
        fault(lambda: accepting.accept_by_identity(link.code, "https://id", "eve", "Eve")) == "sign_in_first"
    )
    # Signed in, she binds it herself and accepts; then either way leads to her.
    me = sign_in.actor(ann.person)
    accepting.add_identity_to(me, "https://id", "ann")
    assert accepting.accept_by_identity(link.code, "https://id", "ann", "").person == ann.person
    assert sorted(one.role for one in sign_in.actor(ann.person).grants) == ["chair", "juror"]
    bob = somebody("juror", "bob@example.org")
    assert fault(lambda: accepting.add_identity_to(bob, "https://id", "ann")) == "other_account"


def test_a_lost_password_is_set_anew_by_a_link_of_the_secretariat(installation: Store) -> None:
    ann = come_in("juror", "ann@example.org")
    cleo = somebody("secretariat", "cleo@example.org")
    with pytest.raises(NotAllowedError):
        invitations.renew_password(sign_in.actor(ann.person), ann.person)
    link = invitations.renew_password(cleo, ann.person)
    told = invitation_of(link.code)
    assert told is not None
    assert told.renewal
    assert not told.known
    assert invitation_of(link.code, link.expires - RENEWAL_LIFE + dt.timedelta(hours=25)) is None
    assert fault(lambda: accepting.accept_as(cleo, link.code)) == "gone"
    assert fault(lambda: accepting.accept_by_identity(link.code, "i", "s", "Eve")) == "gone"
    opened = accept(link.code, "", "another sentence with herons", PLACE)
    assert opened.person == ann.person
    assert person_of(ann.token) is None
    assert fault(lambda: accept(link.code, "", "a third sentence with herons", PLACE)) == "gone"
    with pytest.raises(RefusedError):
        sign_in.by_password("ann@example.org", PASSWORD, PLACE)
    assert sign_in.by_password("ann@example.org", "another sentence with herons", PLACE).person == ann.person
    assert [one.role for one in sign_in.actor(ann.person).grants] == ["juror"]


def test_an_owner_invites_to_her_own_city_and_to_no_other(installation: Store) -> None:
    city, other = make_city(installation), make_city(installation, "Elsewhere")
    ann = somebody("owner", "ann@example.org", city=city)
    for role in ("owner", "contributor", "viewer", "mayor"):
        assert invite(ann, role, f"{role}@example.org", city=city).code
        for elsewhere in (other, "", "a" * 22):
            with pytest.raises(NotAllowedError):
                invite(ann, role, "bob@example.org", city=elsewhere)
    for role in ("commission", "juror", "chair", "secretariat", "auditor"):
        with pytest.raises(NotAllowedError):
            invite(ann, role, "bob@example.org", country="KOR")
    with pytest.raises(NotAllowedError):
        invitations.invite_new_city(ann, "bob@example.org", name="New", country="KOR")
    told = people.members(ann, city)
    assert [(one.email, one.role, bool(one.invitation)) for one in told] == [
        ("ann@example.org", "owner", False),
        ("owner@example.org", "owner", True),
        ("contributor@example.org", "contributor", True),
        ("viewer@example.org", "viewer", True),
        ("mayor@example.org", "mayor", True),
    ]


@pytest.mark.parametrize("role", ["contributor", "viewer", "mayor", "juror", "chair", "auditor"])
def test_nobody_else_invites_or_sees_who_is_in_a_city(installation: Store, role: str) -> None:
    city = make_city(installation)
    in_city = role in ("contributor", "viewer", "mayor")
    ann = somebody(role, "ann@example.org", **({"city": city} if in_city else {}))
    with pytest.raises(NotAllowedError):
        invite(ann, "viewer", "bob@example.org", city=city)
    with pytest.raises(NotAllowedError):
        people.members(ann, city)
    with pytest.raises(NotAllowedError):
        people.everybody(ann)


def test_the_secretariat_makes_a_city_by_inviting_its_owner(installation: Store) -> None:
    cleo = somebody("secretariat", "cleo@example.org")
    city, link = invitations.invite_new_city(cleo, "ann@example.org", name=" New  Town ", country="kor")
    told = invitation_of(link.code)
    assert told is not None
    assert (told.city, told.country, told.role) == ("New Town", "KOR", "owner")
    ann = sign_in.actor(accept(link.code, "Ann", PASSWORD, PLACE).person)
    kept = keep(installation, city, ann.person)
    assert allowed(ann, "submit", kept.id)
    subject = subject_of_upload(kept.id)
    assert (subject.city, subject.country, subject.person, subject.submitted) == (
        city,
        "KOR",
        ann.person,
        False,
    )


def test_a_withdrawn_role_is_refused_at_the_next_action_and_leaves_no_door_open(installation: Store) -> None:
    city = make_city(installation)
    ann = somebody("owner", "ann@example.org", city=city)
    bob = somebody("owner", "bob@example.org", city=city)
    upload = keep(installation, city, ann.person)
    back_door = invite(bob, "owner", "bob.again@example.org", city=city)
    anns = invite(ann, "viewer", "cleo@example.org", city=city)
    see(sign_in.actor(bob.person), upload.id)
    grant = next(one.grant for one in people.members(ann, city) if one.person == bob.person)
    people.withdraw(ann, grant)
    with pytest.raises(NotKeptError):
        see(sign_in.actor(bob.person), upload.id)
    assert invitation_of(back_door.code) is None
    assert invitation_of(anns.code) is not None
    with pytest.raises(NotAllowedError):
        people.withdraw(ann, grant)
    assert person_of(sign_in.begin(bob.person, sign_in.PASSWORD).token) == bob.person
    assert verify(installation).whole


def test_who_is_disabled_leaves_no_invitation_behind(installation: Store) -> None:
    city = make_city(installation)
    bob = somebody("owner", "bob@example.org", city=city)
    back_door = invite(bob, "owner", "bob.again@example.org", city=city)
    people.disable(COMPUTER, bob.person)
    assert invitation_of(back_door.code) is None


def test_roles_are_granted_to_who_is_here_by_who_may(installation: Store) -> None:
    city = make_city(installation)
    ann = somebody("owner", "ann@example.org", city=city)
    bob = somebody("juror", "bob@example.org")
    cleo = somebody("secretariat", "cleo@example.org")
    first = people.grant(ann, bob.person, "viewer", city=city)
    assert people.grant(ann, bob.person, "viewer", city=city) == first
    for role, where in [("juror", {}), ("chair", {}), ("commission", {"country": "KOR"})]:
        with pytest.raises(NotAllowedError):
            people.grant(ann, bob.person, role, **where)
    for nobody in ("", "a" * 22):
        with pytest.raises(NotAllowedError):
            people.grant(cleo, nobody, "juror")
    people.grant(cleo, ann.person, "commission", country="kor")
    assert [(one.role, one.city, one.country) for one in sign_in.actor(ann.person).grants] == [
        ("owner", city, ""),
        ("commission", "", "KOR"),
    ]
    juror = next(one for one in sign_in.actor(bob.person).grants if one.role == "juror")
    assert juror.city == ""


def test_the_same_bytes_for_two_cities_are_two_uploads_and_neither_sees_the_other(
    installation: Store,
) -> None:
    first, second = make_city(installation), make_city(installation, "Elsewhere")
    ann = somebody("owner", "ann@example.org", city=first)
    bob = somebody("owner", "bob@example.org", city=second)
    hers, his = keep(installation, first, ann.person), keep(installation, second, bob.person)
    assert hers.id != his.id
    assert keep(installation, first, ann.person).id == hers.id
    assert visible(ann, (hers.id, his.id, "a" * 22)) == (hers.id,)
    assert visible(bob, (his.id, hers.id)) == (his.id,)
    assert [one.city_id for one in (hers, his)] == [first, second]
    for who, what in ((ann, his.id), (bob, hers.id), (ann, "a" * 22), (ann, ""), (ann, "\ud800")):
        with pytest.raises(NotKeptError) as caught:
            see(who, what)
        assert caught.value.args == (what,)


def test_a_sample_is_its_openers_alone(installation: Store) -> None:
    ann = somebody("juror", "ann@example.org")
    bob = somebody("secretariat", "bob@example.org")
    hers, his = keep(installation, "", ann.person), keep(installation, "", bob.person)
    assert hers.id != his.id
    assert (hers.city_id, subject_of_upload(hers.id).person) == ("", ann.person)
    assert visible(ann, (hers.id, his.id)) == (hers.id,)
    assert visible(bob, (hers.id, his.id)) == (his.id,)


def test_a_decided_reading_stays_with_its_city(installation: Store) -> None:
    city = make_city(installation)
    ann = somebody("contributor", "ann@example.org", city=city)
    first = keep(installation, city, ann.person)
    decided = add(
        installation,
        name=first.name,
        data=BOOK,
        reading=reading("Demoville decided"),
        framework=FRAMEWORK,
        edition=EDITION,
        decided_from=first.id,
        actor=ann.person,
    )
    assert decided.id != first.id
    assert subject_of_upload(decided.id).city == city
    assert decided.city_id == city
    assert verify(installation).whole


def test_what_was_uploaded_on_ones_own_computer_is_nobodys_once_it_is_shared(installation: Store) -> None:
    kept = add(installation, name="x", data=BOOK, reading=reading(), framework=FRAMEWORK, edition=EDITION)
    found = get(installation, kept.id)
    assert found is not None
    subject = subject_of_upload(kept.id)
    assert (subject.city, subject.person) == ("", "")
    for role in ("juror", "chair", "secretariat", "auditor"):
        who = somebody(role, f"{role}@example.org")
        assert visible(who, (kept.id,)) == ()
    assert visible(Actor("", "", ()), (kept.id,)) == ()
    assert visible(COMPUTER, (kept.id,)) == (kept.id,)
    assert same_city(installation, "KOR", "demoville") == ()


def test_a_person_takes_away_everything_about_her_and_nobody_else_does(installation: Store) -> None:
    city = make_city(installation)
    ann = somebody("owner", "ann@example.org", "Ann Lee", city=city)
    bob = somebody("chair", "bob@example.org", "Bob Kim")
    upload = keep(installation, city, ann.person)
    data = json.loads(people.export_person(ann, ann.person))
    assert data["person"]["name"] == "Ann Lee"
    assert data["person"]["email"] == "ann@example.org"
    assert [(one["role"], one["city_id"]) for one in data["roles"]] == [("owner", city)]
    assert [one["id"] for one in data["uploads"]] == [upload.id]
    assert [one["role"] for one in data["invitations"]] == ["owner"]
    assert len(data["sessions"]) == 1
    assert {"sign_in", "add"} <= {one["act"] for one in data["log"]}
    assert "Bob" not in json.dumps(data)
    with pytest.raises(NotAllowedError):
        people.export_person(bob, ann.person)
    cleo = somebody("secretariat", "cleo@example.org")
    assert json.loads(people.export_person(cleo, ann.person))["person"] == data["person"]
    with pytest.raises(NotAllowedError):
        people.export_person(cleo, "a" * 22)


def test_the_first_person_of_a_shared_installation_gets_one_link_that_counts(installation: Store) -> None:
    settings = read(
        {
            "SCORECARD_MODE": "shared",
            "SCORECARD_ADDRESS": "https://scores.example.org/",
            "SCORECARD_AUDIT_KEY": "TheKeyOfTheLog-0123456789abcdefgh",
            "STREAMLIT_SERVER_COOKIE_SECRET": "TheSecretOfCookies-0123456789abcd",
            "SCORECARD_FIRST_PERSON": "cleo@example.org",
        }
    )
    first, second = invitations.first_link(settings), invitations.first_link(settings)
    start = "https://scores.example.org/invitation?code="
    assert first.startswith(start)
    assert invitation_of(first.removeprefix(start)) is None
    code = second.removeprefix(start)
    told = invitation_of(code)
    assert told is not None
    assert (told.role, told.email) == ("secretariat", "cleo@example.org")
    opened = accept(code, "Cleo", PASSWORD, PLACE)
    assert invitations.first_link(settings) == ""
    # Where the only one may come in no more, whoever runs the installation gets a way in again.
    people.disable(COMPUTER, opened.person)
    assert invitations.first_link(settings).startswith(start)


def test_on_ones_own_computer_nobody_is_invited_by_starting_it(installation: Store) -> None:
    assert invitations.first_link(read({"SCORECARD_FIRST_PERSON": "cleo@example.org"})) == ""
