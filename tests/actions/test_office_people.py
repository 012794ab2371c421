"""One's own account, and what the secretariat does about people: by right alone, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions import house, office_people, sign_in
from actions.accepting import accept
from actions.access import COMPUTER, Actor, NotAllowedError
from actions.invitations import InvitationError, renew_password
from actions.own_account import own_account, sign_out_elsewhere
from actions.people import disable
from actions.sign_in import open_sessions, person_of
from store.engine import Store
from tests.actions.people_at_hand import PASSWORD, PLACE, come_in, make_city, somebody

EN, CODE = "en", "/invitation?code="


@pytest.fixture(autouse=True)
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links need an address."""
    for name, value in {
        "SCORECARD_MODE": "shared",
        "SCORECARD_AUDIT_KEY": "a key of the tests, long enough to be one",
        "STREAMLIT_SERVER_COOKIE_SECRET": "q2w9GzP0vJ7kYtC5rXo3LmB8dHs6NfAe1UiVx4KyTgE=",
        "SCORECARD_ADDRESS": "https://scorecard.example.org",
        "SCORECARD_FIRST_PERSON": "first@example.org",
    }.items():
        monkeypatch.setenv(name, value)


def rows(actor: Actor) -> dict[str, tuple[str, str]]:
    """Name -> role and state."""
    return {
        one.cells["Person"]: (one.cells["Role"], one.cells["State"])
        for one in office_people.office_of(actor, EN)
    }


def key_of(actor: Actor, name: str) -> str:
    return next(one.key for one in office_people.office_of(actor, EN) if one.cells["Person"] == name)


@pytest.mark.usefixtures("installation")
def test_the_secretariat_invites_sees_and_withdraws_roles_of_no_city() -> None:
    who = somebody("secretariat", "sara@example.org", "Sara")
    link = office_people.invite(who, "commission", "nina@example.org", "kor")
    assert link.startswith(f"https://scorecard.example.org{CODE}")
    office_people.invite(who, "juror", "jun@example.org", "left out")
    opened = accept(link.partition(CODE)[2], "Nina", PASSWORD, PLACE)
    # A link for a new password is no invitation to a role.
    renew_password(who, opened.person)
    assert rows(who) == {
        "Sara": ("secretariat", "takes part"),
        "Nina": ("National Commission (KOR)", "takes part"),
        "jun@example.org": ("juror", "invited"),
    }
    office_people.take_away(who, key_of(who, "Nina"))
    office_people.take_away(who, key_of(who, "jun@example.org"))
    assert rows(who) == {"Sara": ("secretariat", "takes part")}
    assert sign_in.actor(opened.person).grants == ()
    with pytest.raises(InvitationError):
        office_people.invite(who, "commission", "nina@example.org", "Korea")


@pytest.mark.usefixtures("installation")
def test_nobody_locks_herself_out_by_a_slip() -> None:
    who = somebody("secretariat", "sara@example.org", "Sara")
    other = somebody("secretariat", "sven@example.org", "Sven")
    assert key_of(who, "Sara") == ""
    own = key_of(other, "Sara")
    office_people.take_away(who, own)
    assert rows(who)["Sara"] == ("secretariat", "takes part")
    with pytest.raises(NotAllowedError):
        office_people.let_in_no_more(who, who.person)
    office_people.take_away(other, own)
    assert "Sara" not in rows(other)


@pytest.mark.usefixtures("installation")
def test_somebody_is_let_in_no_more_and_again_with_her_roles() -> None:
    city = make_city(house.store(), "Osan")
    who = somebody("secretariat", "sara@example.org", "Sara")
    opened = come_in("owner", "olga@example.org", "Olga", city=city)
    olga = next(one for one in office_people.everybody(who, EN) if one.key == opened.person)
    assert (olga.cells["Roles"], olga.active, olga.own) == (
        "owner of the city's assessment (Osan)",
        True,
        False,
    )
    assert office_people.sessions_of(who, opened.person) == 1
    office_people.let_in_no_more(who, opened.person)
    assert person_of(opened.token) is None
    assert office_people.sessions_of(who, opened.person) == 0
    assert [one.active for one in office_people.everybody(who, EN)] == [True, False]
    with pytest.raises(LookupError):
        office_people.new_password_link(who, opened.person)
    office_people.let_in_again(who, opened.person)
    code = office_people.new_password_link(who, opened.person).partition(CODE)[2]
    again = accept(code, "", "another sentence that only I know", PLACE)
    assert [one.role for one in sign_in.actor(again.person).grants] == ["owner"]
    assert office_people.end_sessions(who, opened.person) == 1
    assert person_of(again.token) is None


@pytest.mark.parametrize(
    "role", ["owner", "contributor", "viewer", "mayor", "commission", "juror", "chair", "auditor"]
)
def test_nobody_else_does_any_of_it(installation: Store, role: str) -> None:
    city = make_city(installation, "Osan")
    where = {"city": city} if role in ("owner", "contributor", "viewer", "mayor") else {}
    who = somebody(role, "who@example.org", **(where or ({"country": "KOR"} if role == "commission" else {})))
    other = come_in("juror", "jun@example.org", "Jun").person
    assert not office_people.may_lead_office(who)
    acts: tuple[Callable[[], object], ...] = (
        lambda: office_people.office_of(who, EN),
        lambda: office_people.everybody(who, EN),
        lambda: office_people.invite(who, "juror", "new@example.org", ""),
        lambda: office_people.take_away(who, "anything"),
        lambda: office_people.let_in_no_more(who, other),
        lambda: office_people.let_in_again(who, other),
        lambda: office_people.sessions_of(who, other),
        lambda: office_people.end_sessions(who, other),
        lambda: office_people.new_password_link(who, other),
    )
    for act in acts:
        with pytest.raises(NotAllowedError):
            act()


@pytest.mark.usefixtures("installation")
def test_ones_own_account_shows_roles_and_sessions_and_ends_the_others() -> None:
    city = make_city(house.store(), "Osan")
    here = come_in("contributor", "cora@example.org", "Cora", city=city, areas=("2", "10"))
    there = sign_in.begin(here.person, sign_in.IDENTITY)
    stranger = come_in("juror", "jun@example.org", "Jun")
    who = sign_in.actor(here.person)
    mine = own_account(who, here.token, EN)
    assert (mine.name, mine.email, mine.elsewhere) == ("Cora", "cora@example.org", 1)
    assert [tuple(row.values()) for row in mine.roles] == [("contributor", "Osan", "2; 10")]
    assert [(row["Way in"], row["Last used"] == "now, in this browser") for row in mine.sessions] == [
        ("with your organisation's account", False),
        ("with a password", True),
    ]
    # Not by a session of somebody else, nor by none: then all would end.
    for token in (stranger.token, "made up", ""):
        with pytest.raises(NotAllowedError):
            sign_out_elsewhere(who, token)
    assert sign_out_elsewhere(who, here.token) == 1
    assert [person_of(one.token) for one in (here, there, stranger)] == [here.person, None, stranger.person]
    assert [one.this for one in open_sessions(who, here.token)] == [True]
    assert (
        own_account(sign_in.actor(stranger.person), stranger.token, EN).roles[0]["Holds for"] == "everywhere"
    )
    disable(COMPUTER, here.person)
    assert open_sessions(who, here.token) == ()
