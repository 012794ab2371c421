"""A session ends by itself, by signing out, and when its person may no longer come in: at the next thing done."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from actions import house, people, sign_in
from actions.access import COMPUTER
from actions.sign_in import ABSOLUTE, IDLE, Opened
from store.acts import Act
from store.sessions import see_session, session_by_token
from tests.door.shared_app import PASSWORD, Line, SharedApp, hidden, texts

SIGNED_OUT = "You are signed out: your session has ended."


def lets_in(app: SharedApp, token: str) -> bool:
    """Whether a cookie opens the start page."""
    with app.client(token) as client:
        return client.get("/", headers={"Accept": "text/html"}).status_code == 200


def begun(app: SharedApp, person: str, ago: dt.timedelta) -> Opened:
    """A session that began some time ago and was not used since."""
    with app.within():
        return sign_in.begin(person, sign_in.PASSWORD, sign_in.moment() - ago)


def used_now(app: SharedApp, token: str) -> None:
    """A session was used just now, whenever it began."""
    with app.within():
        store = house.store()
        with store.writing(Act("test", "see", "session")) as writing:
            found = session_by_token(writing, sign_in.hash_of(token))
            assert found is not None
            see_session(writing, found.id, sign_in.moment())


def leads_to_sign_in(answers: str) -> bool:
    """Whether the page that came is nothing but the way to signing in."""
    return SIGNED_OUT in answers and 'url: "/sign-in?next=' in answers and "Signed in as" not in answers


@pytest.mark.parametrize(
    ("ago", "open_"),
    [
        (dt.timedelta(0), True),
        (IDLE - dt.timedelta(minutes=2), True),
        (IDLE + dt.timedelta(seconds=5), False),
        (ABSOLUTE + dt.timedelta(seconds=5), False),
    ],
)
def test_a_session_ends_for_want_of_use(shared_app: SharedApp, ago: dt.timedelta, open_: bool) -> None:
    person = shared_app.come_in(f"Idle{ago.total_seconds():.0f}").person
    assert lets_in(shared_app, begun(shared_app, person, ago).token) is open_


@pytest.mark.parametrize(("left", "open_"), [(60, True), (-1, False)])
def test_a_session_ends_after_half_a_day_of_use(shared_app: SharedApp, left: int, open_: bool) -> None:
    person = shared_app.come_in(f"Absolute{left}").person
    opened = begun(shared_app, person, ABSOLUTE - dt.timedelta(seconds=left))
    used_now(shared_app, opened.token)
    assert lets_in(shared_app, opened.token) is open_


def test_an_open_page_ends_with_its_session(shared_app: SharedApp) -> None:
    person = shared_app.come_in("Ending").person
    opened = begun(shared_app, person, ABSOLUTE - dt.timedelta(seconds=8))
    used_now(shared_app, opened.token)
    line = Line(shared_app, opened.token)
    assert "Signed in as Ending" in texts(line.run())
    wait = (opened.ends - sign_in.moment()).total_seconds()
    time.sleep(max(0.0, wait) + 0.2)
    assert leads_to_sign_in(texts(line.run(query="lang=en")))
    line.close()


def test_signing_out_everywhere_ends_the_other_browsers_next_action(shared_app: SharedApp) -> None:
    here = shared_app.come_in("Everywhere")
    there = begun(shared_app, here.person, dt.timedelta(0))
    line = Line(shared_app, there.token)
    assert "Signed in as Everywhere" in texts(line.run())
    with shared_app.client(here) as client:
        page = client.get("/sign-out")
        cookie = page.headers["set-cookie"].partition(";")[0]
        entered = {**hidden(page.text.partition("</form>")[2]), "all": "yes"}
        left = client.post(
            "/sign-out", data=entered, headers={"Cookie": f"{cookie}; scorecard_session={here.token}"}
        )
    assert left.status_code == 303
    assert left.headers["location"] == "/sign-in?out=yes&lang=en"
    assert 'scorecard_session=""; expires=' in " ".join(left.headers.get_list("set-cookie"))
    assert not lets_in(shared_app, here.token)
    assert not lets_in(shared_app, there.token)
    assert leads_to_sign_in(texts(line.run(query="lang=en")))
    line.close()


def test_signing_out_here_leaves_the_other_browser(shared_app: SharedApp) -> None:
    here = shared_app.come_in("Onlyhere")
    there = begun(shared_app, here.person, dt.timedelta(0))
    with shared_app.client(here) as client:
        page = client.get("/sign-out")
        cookie = page.headers["set-cookie"].partition(";")[0]
        client.post(
            "/sign-out",
            data=hidden(page.text),
            headers={"Cookie": f"{cookie}; scorecard_session={here.token}"},
        )
    assert not lets_in(shared_app, here.token)
    assert lets_in(shared_app, there.token)


def test_a_sign_out_that_another_page_sent_is_none(shared_app: SharedApp) -> None:
    who = shared_app.come_in("Forged")
    with shared_app.client(who) as client:
        assert client.post("/sign-out", data={"form": "made up"}).headers["location"] == "/sign-out"
        elsewhere = {"Origin": "http://evil.example"}
        assert client.post("/sign-out", headers=elsewhere).status_code == 403
    assert lets_in(shared_app, who.token)


def test_whoever_is_disabled_does_nothing_more_on_an_open_page(shared_app: SharedApp) -> None:
    who = shared_app.come_in("Disabled")
    line = Line(shared_app, who.token)
    assert "Signed in as Disabled" in texts(line.run())
    with shared_app.within():
        people.disable(COMPUTER, who.person)
    assert leads_to_sign_in(texts(line.run(query="lang=en")))
    assert not lets_in(shared_app, who.token)
    line.close()
    with shared_app.client() as client:
        page = client.get("/sign-in")
        entered = {**hidden(page.text), "email": "disabled@example.org", "password": PASSWORD}
        cookie = page.headers["set-cookie"].partition(";")[0]
        answer = client.post("/sign-in", data=entered, headers={"Cookie": cookie})
    assert answer.status_code == 401
    assert "E-mail address or password is not right." in answer.text


def test_what_was_clicked_after_the_end_does_nothing(shared_app: SharedApp) -> None:
    who = shared_app.come_in("Clicked")
    line = Line(shared_app, who.token)
    answers = line.run(query="lang=en")
    buttons = [one.delta.new_element.button for one in answers if one.delta.new_element.HasField("button")]
    out = next(one for one in buttons if one.label == "Sign out")
    with shared_app.within():
        sign_in.sign_out(who.token)
    line.click(out.id, query="lang=en")
    told = texts(line.until_finished())
    assert leads_to_sign_in(told)
    assert "/sign-out" not in told
    line.close()
