"""Signing in: limits, ends, clocks, and that nobody learns whether an e-mail is known."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from actions import accepting, house, invitations, passwords, people, sign_in
from actions.access import COMPUTER, NotAllowedError
from actions.sign_in import ABSOLUTE, IDLE, TOO_MANY, UNKNOWN, WRONG, RefusedError, by_password, person_of
from store.backup import backup, restore
from store.engine import Store
from store.people_tables import PASSING, PEOPLE
from store.verify import verify
from tests.actions.people_at_hand import PASSWORD, PLACE, come_in, make_city, somebody

MINUTE = dt.timedelta(minutes=1)


def refused(email: str, password: str, place: str = PLACE, at: dt.datetime | None = None) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        by_password(email, password, place, at)
    return caught.value


def test_the_right_password_opens_a_session_whichever_way_the_e_mail_is_written(installation: Store) -> None:
    ann = come_in("juror", "ann@example.org")
    opened = by_password(" ANN@Example.org ", PASSWORD, PLACE)
    assert opened.person == ann.person
    assert person_of(opened.token) == person_of(ann.token) == ann.person
    assert opened.token != ann.token
    assert verify(installation).whole


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ann@example.org", PASSWORD + "!"),
        ("ann@example.org", ""),
        ("ann@example.org", PASSWORD[:-1]),
        ("ann@example.org", "x" * 100_000),
        ("ann@example.org", "\ud800\0"),
        ("bob@example.org", PASSWORD),
        ("", PASSWORD),
        ("'; DROP TABLE persons; --", PASSWORD),
    ],
)
def test_anything_else_is_wrong_in_the_same_words(installation: Store, email: str, password: str) -> None:
    come_in("juror", "ann@example.org")
    told = refused(email, password)
    assert (told.reason, told.seconds, str(told)) == (WRONG, 0, WRONG)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is asked of the database meanwhile, without what it is asked about."""
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_an_unknown_e_mail_takes_the_same_work_as_a_wrong_password(
    installation: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work itself is compared: every question to the store, and every call of the costly hash."""
    come_in("juror", "ann@example.org")
    disabled = come_in("juror", "eve@example.org")
    people.disable(COMPUTER, disabled.person)
    link = invitations.invite(COMPUTER, "juror", "odile@example.org")
    accepting.accept_by_identity(link.code, "https://id.example.org", "odile", "Odile")
    hashed: list[tuple[Any, ...]] = []
    real = hashlib.scrypt

    def counted(password: bytes, **cost: Any) -> bytes:  # noqa: ANN401
        hashed.append((cost["n"], cost["r"], cost["p"], cost["dklen"], len(cost["salt"])))
        return real(password, **cost)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    work = {}
    for email in ("ann@example.org", "nobody@example.org", "eve@example.org", "odile@example.org"):
        hashed.clear()
        with statements(installation.engine) as asked:
            refused(email, "not the right password", place=email)
        work[email] = (tuple(asked), tuple(hashed))
    assert len(set(work.values())) == 1
    asked, done = work["nobody@example.org"]
    assert len(done) == 1
    assert done[0][:3] == (passwords.COST.n, passwords.COST.r, passwords.COST.p)
    assert len(asked) > 5


def test_the_cost_of_a_password_is_what_the_cheat_sheet_asks_for() -> None:
    cost = passwords.Cost()
    assert (cost.n, cost.r, cost.p) == (32768, 8, 3)


def test_five_wrong_tries_from_one_place_are_enough_for_a_quarter_of_an_hour(installation: Store) -> None:
    come_in("juror", "ann@example.org")
    start = sign_in.moment()
    for _ in range(5):
        assert refused("ann@example.org", "wrong", at=start).reason == WRONG
    told = refused("ann@example.org", PASSWORD, at=start + MINUTE)
    assert (told.reason, told.seconds) == (TOO_MANY, 14 * 60)
    assert refused("ANN@example.org ", "wrong", at=start + 14.9 * MINUTE).reason == TOO_MANY
    # From elsewhere she herself still comes in.
    assert by_password("ann@example.org", PASSWORD, "203.0.113.9", start + MINUTE).person
    assert by_password("ann@example.org", PASSWORD, PLACE, start + 15.1 * MINUTE).person


def test_an_unknown_e_mail_is_held_back_in_the_same_way(installation: Store) -> None:
    come_in("juror", "ann@example.org")
    start = sign_in.moment()
    told = {}
    for email in ("ann@example.org", "nobody@example.org"):
        told[email] = [
            (one.reason, one.seconds) for one in (refused(email, "wrong", email, start) for _ in range(7))
        ]
    assert told["ann@example.org"] == told["nobody@example.org"] == [(WRONG, 0)] * 5 + [(TOO_MANY, 900)] * 2


def test_guessing_from_many_places_stops_at_twenty(installation: Store) -> None:
    come_in("juror", "ann@example.org")
    start = sign_in.moment()
    for number in range(20):
        assert refused("ann@example.org", "wrong", f"192.0.2.{number}", start).reason == WRONG
    assert refused("ann@example.org", PASSWORD, "192.0.2.200", start).reason == TOO_MANY


def test_one_place_that_tries_a_hundred_e_mails_is_stopped(installation: Store) -> None:
    start = sign_in.moment()
    for number in range(100):
        assert refused(f"somebody{number}@example.org", "wrong", at=start).reason == WRONG
    assert refused("somebody@example.org", "wrong", at=start).reason == TOO_MANY


def test_coming_in_clears_ones_own_tries_from_that_place(installation: Store) -> None:
    come_in("juror", "ann@example.org")
    for _ in range(3):
        for _ in range(4):
            refused("ann@example.org", "wrong")
        by_password("ann@example.org", PASSWORD, PLACE)


def test_a_clock_set_back_gives_no_new_tries(installation: Store) -> None:
    come_in("juror", "ann@example.org")
    start = sign_in.moment()
    for _ in range(5):
        refused("ann@example.org", "wrong", at=start)
    told = refused("ann@example.org", PASSWORD, at=start - 60 * MINUTE)
    assert (told.reason, told.seconds) == (TOO_MANY, 900)


def test_a_session_ends_after_an_hour_without_use(installation: Store) -> None:
    opened = come_in("juror", "ann@example.org")
    start = opened.ends - ABSOLUTE
    assert person_of(opened.token, start + IDLE - MINUTE) == opened.person
    # That was a use, so the hour begins anew.
    assert person_of(opened.token, start + 2 * IDLE - 2 * MINUTE) == opened.person
    assert person_of(opened.token, start + 3 * IDLE - 2 * MINUTE) is None
    assert person_of(opened.token, start + 3 * IDLE) is None


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(installation: Store) -> None:
    opened = come_in("juror", "ann@example.org")
    start = opened.ends - ABSOLUTE
    for half_hours in range(24):
        assert person_of(opened.token, start + half_hours * 30 * MINUTE) == opened.person
    assert person_of(opened.token, start + ABSOLUTE - MINUTE) == opened.person
    assert person_of(opened.token, start + ABSOLUTE) is None


def test_a_clock_set_back_prolongs_no_session(installation: Store) -> None:
    opened = come_in("juror", "ann@example.org")
    start = opened.ends - ABSOLUTE
    assert person_of(opened.token, start + 30 * MINUTE) == opened.person
    assert person_of(opened.token, start - 60 * MINUTE) is None
    assert person_of(opened.token, start) is None
    # Small differences between machines are no matter, and they do not move the last use back.
    assert person_of(opened.token, start + 29.5 * MINUTE) == opened.person
    assert person_of(opened.token, start + 30 * MINUTE + IDLE) is None


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "\ud800", "é" * 1000])
def test_a_token_that_nobody_was_given_opens_nothing(installation: Store, token: str) -> None:
    come_in("juror", "ann@example.org")
    assert person_of(token) is None


def test_signing_out_ends_this_session_and_no_other(installation: Store) -> None:
    first = come_in("juror", "ann@example.org")
    second = by_password("ann@example.org", PASSWORD, PLACE)
    sign_in.sign_out(first.token)
    sign_in.sign_out(first.token)
    sign_in.sign_out("of nobody")
    assert person_of(first.token) is None
    assert person_of(second.token) == first.person
    assert verify(installation).whole


def test_signing_out_everywhere_ends_all_of_ones_own(installation: Store) -> None:
    first = come_in("juror", "ann@example.org")
    second = by_password("ann@example.org", PASSWORD, PLACE)
    other = come_in("juror", "bob@example.org")
    ann = sign_in.actor(first.person)
    assert len(sign_in.open_sessions(ann)) == 2
    assert sign_in.sign_out_everywhere(ann) == 2
    assert person_of(first.token) is person_of(second.token) is None
    assert person_of(other.token) == other.person
    assert sign_in.open_sessions(ann) == ()


def test_a_new_password_of_ones_own_ends_all_sessions(installation: Store) -> None:
    opened = come_in("juror", "ann@example.org")
    ann = sign_in.actor(opened.person)
    new = "nine otters under the bridge"
    with pytest.raises(RefusedError):
        sign_in.change_password(ann, "not the old one", new, PLACE)
    assert sign_in.change_password(ann, PASSWORD, "too short", PLACE) == passwords.TOO_SHORT
    assert person_of(opened.token) == opened.person
    assert sign_in.change_password(ann, PASSWORD, new, PLACE) == ""
    assert person_of(opened.token) is None
    assert refused("ann@example.org", PASSWORD).reason == WRONG
    assert by_password("ann@example.org", new, PLACE).person == opened.person


def test_only_the_secretariat_ends_the_sessions_of_others(installation: Store) -> None:
    ann = come_in("juror", "ann@example.org")
    bob = somebody("chair", "bob@example.org")
    cleo = somebody("secretariat", "cleo@example.org")
    with pytest.raises(NotAllowedError):
        sign_in.end_sessions(bob, ann.person)
    assert person_of(ann.token) == ann.person
    assert sign_in.end_sessions(cleo, ann.person) == 1
    assert person_of(ann.token) is None


def test_a_disabled_person_is_out_at_once_and_back_with_her_roles_when_let_in(installation: Store) -> None:
    opened = come_in("juror", "ann@example.org")
    people.disable(COMPUTER, opened.person)
    assert person_of(opened.token) is None
    assert refused("ann@example.org", PASSWORD).reason == WRONG
    with pytest.raises(NotAllowedError):
        sign_in.actor(opened.person)
    people.enable(COMPUTER, opened.person)
    assert person_of(opened.token) is None
    again = by_password("ann@example.org", PASSWORD, PLACE)
    assert [one.role for one in sign_in.actor(again.person).grants] == ["juror"]


def test_an_actor_has_the_rights_of_this_moment(installation: Store) -> None:
    city = make_city(installation)
    opened = come_in("owner", "ann@example.org", "Ann Lee", city=city)
    before = sign_in.actor(opened.person)
    assert before.name == "Ann Lee"
    assert [(one.role, one.city) for one in before.grants] == [("owner", city)]
    member = people.members(before, city)[0]
    people.withdraw(COMPUTER, member.grant)
    assert sign_in.actor(opened.person).grants == ()


@pytest.mark.parametrize("person", ["", "nobody", "a" * 22])
def test_nobody_acts_under_an_id_that_is_nobodys(installation: Store, person: str) -> None:
    with pytest.raises(NotAllowedError):
        sign_in.actor(person)


def test_an_identity_signs_in_whom_it_was_bound_to_and_nobody_else(installation: Store) -> None:
    link = invitations.invite(COMPUTER, "juror", "ann@example.org")
    first = accepting.accept_by_identity(link.code, "https://id.example.org", "4711", "Ann Lee")
    again = sign_in.by_identity("https://id.example.org", "4711")
    assert again.person == first.person
    for issuer, subject in [
        ("https://id.example.org", "4712"),
        ("https://other.example.org", "4711"),
        ("", ""),
    ]:
        with pytest.raises(RefusedError) as caught:
            sign_in.by_identity(issuer, subject)
        assert caught.value.reason == UNKNOWN
    people.disable(COMPUTER, first.person)
    with pytest.raises(RefusedError):
        sign_in.by_identity("https://id.example.org", "4711")


def test_nothing_that_opens_a_door_is_kept(installation: Store) -> None:
    link = invitations.invite(COMPUTER, "juror", "ann@example.org")
    opened = accepting.accept(link.code, "Ann", PASSWORD, PLACE)
    refused("bob@example.org", "another secret that is wrong")
    with installation.reading() as connection:
        kept = "\n".join(
            str(row) for table in (*PEOPLE, *PASSING) for row in connection.execute(table.select()).all()
        )
        kept += "\n".join(
            bytes(row[0]).decode() for row in connection.exec_driver_sql("SELECT content FROM contents").all()
        )
        kept += "\n".join(str(row) for row in connection.exec_driver_sql("SELECT * FROM log").all())
    for secret in (link.code, opened.token, PASSWORD, "another secret", "bob@example.org", PLACE):
        assert secret not in kept
    assert "ann@example.org" in kept


def test_no_name_and_no_e_mail_stands_outside_the_words_that_can_go(installation: Store) -> None:
    city = make_city(installation)
    come_in("owner", "ann.lee@example.org", "Ann Lee", city=city)
    with installation.reading() as connection:
        kept = str([connection.execute(table.select()).all() for table in (*PEOPLE, *PASSING)])
        kept += str(connection.exec_driver_sql("SELECT * FROM log").all())
    assert "lee" not in kept.lower()


def test_after_a_restore_people_sign_in_again_and_no_old_session_is_open(
    installation: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = come_in("juror", "ann@example.org")
    signed_out = by_password("ann@example.org", PASSWORD, PLACE)
    link = invitations.invite(COMPUTER, "chair", "bob@example.org")
    accepting.accept_by_identity(link.code, "https://id.example.org", "bob", "Bob")
    backup(installation, tmp_path / "backup.zip")
    sign_in.sign_out(signed_out.token)
    monkeypatch.setenv("SCORECARD_AUDIT_KEY", installation.key.decode())
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path / "elsewhere"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert restore(house.store(), tmp_path / "backup.zip").whole
    assert person_of(opened.token) is person_of(signed_out.token) is None
    assert by_password("ann@example.org", PASSWORD, PLACE).person == opened.person
    assert sign_in.by_identity("https://id.example.org", "bob").person
    assert verify(house.store()).whole


def test_an_older_and_cheaper_password_is_kept_anew_at_the_next_sign_in(
    installation: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = come_in("juror", "ann@example.org")
    monkeypatch.setattr(passwords, "COST", passwords.Cost(n=2**6))
    by_password("ann@example.org", PASSWORD, PLACE)
    with installation.reading() as connection:
        kept = sign_in.password_of(connection, opened.person)
    assert kept is not None
    assert kept["n"] == 2**6
    assert by_password("ann@example.org", PASSWORD, PLACE).person == opened.person


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("seven herons over the river", ""),
        ("七只苍鹭飞过宽阔的汉江水面上", ""),
        ("elevenchars", passwords.TOO_SHORT),
        ("x" * 201, passwords.TOO_LONG),
        ("aaaaaaaaaaaaaaaa", passwords.TOO_PLAIN),
        ("Ann.Lee@example.org", passwords.TOLD),
        ("LeeAnn Lee-Lee 17", passwords.TOLD),
        ("annlee-herons-over", ""),
    ],
)
def test_which_passwords_will_do(password: str, fault: str) -> None:
    assert passwords.fault(password, "Ann Lee", "ann.lee@example.org") == fault
