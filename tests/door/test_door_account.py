"""One's own account: another password, a second way in, and an invitation for who is here already."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from actions import sign_in
from tests.door.shared_app import COOKIE, PASSWORD, SharedApp, hidden
from tests.door.test_door_oidc import back, there, vouched

NEW = "another sentence that only I know"


@pytest.fixture
def browser_like(oidc_app: SharedApp) -> Iterator[httpx2.Client]:
    """One browser that keeps its cookies, of nobody yet."""
    with oidc_app.client(**{"Accept": "text/html"}) as client:
        yield client


def signed_in(app: SharedApp, client: httpx2.Client, name: str, password: str = PASSWORD) -> httpx2.Response:
    """Sign in with e-mail and password."""
    entered = hidden(client.get("/sign-in").text)
    email = f"{name.lower()}@example.org"
    return client.post("/sign-in", data={**entered, "email": email, "password": password})


def forms(page: str) -> dict[str, dict[str, str]]:
    """The hidden entries of every form of a page, by what it does."""
    parts = [hidden(part + "</form>") for part in page.split("</form>")[:-1]]
    return {one.get("do", one.get("as", "")): one for one in parts}


def test_another_password_ends_all_sessions_and_opens_alone(
    oidc_app: SharedApp, browser_like: httpx2.Client
) -> None:
    other = oidc_app.come_in("Changing")
    assert signed_in(oidc_app, browser_like, "Changing").status_code == 303
    form = forms(browser_like.get("/account").text)["password"]
    wrong = browser_like.post("/account", data={**form, "old": "not it, not it", "new": NEW})
    assert (wrong.status_code, "The password until now is not right." in wrong.text) == (422, True)
    short = browser_like.post("/account", data={**form, "old": PASSWORD, "new": "short"})
    assert (short.status_code, "Use at least 12 characters" in short.text) == (422, True)
    done = browser_like.post("/account", data={**form, "old": PASSWORD, "new": NEW})
    assert done.headers["location"] == "/sign-in?out=password&lang=en"
    assert "Your password is changed." in browser_like.get(done.headers["location"]).text
    with oidc_app.within():
        assert sign_in.person_of(other.token) is None
    assert signed_in(oidc_app, browser_like, "Changing").status_code == 401
    assert signed_in(oidc_app, browser_like, "Changing", NEW).status_code == 303


def test_a_form_of_another_page_changes_nothing(oidc_app: SharedApp) -> None:
    who = oidc_app.come_in("Unforged")
    with oidc_app.client(who) as client:
        sent = {"do": "password", "old": PASSWORD, "new": NEW, "form": "made up"}
        assert client.post("/account", data=sent).status_code == 403
        assert client.post("/account", data={"do": "join", "form": "made up"}).status_code == 403
    with oidc_app.within():
        assert sign_in.person_of(who.token) == who.person


def test_an_account_elsewhere_opens_this_one_once_asked_to(
    oidc_app: SharedApp, browser_like: httpx2.Client
) -> None:
    person = oidc_app.come_in("Joining").person
    signed_in(oidc_app, browser_like, "Joining")
    form = forms(browser_like.get("/account").text)["join"]
    page = browser_like.post("/account", data=form)
    assert page.status_code == 200
    assert "/sign-in/organisation?scorecard_joining=yes" in page.text
    done = back(browser_like, vouched(there(browser_like, scorecard_joining="yes"), "joining"))
    assert done.headers["location"] == "/account?done=joined&lang=en"
    assert "now opens this one" in browser_like.get(done.headers["location"]).text
    with oidc_app.client() as another:
        assert back(another, vouched(there(another), "joining")).status_code == 303
        with oidc_app.within():
            assert sign_in.person_of(another.cookies[COOKIE]) == person


def test_nothing_is_joined_without_asking_on_ones_own_page(
    oidc_app: SharedApp, browser_like: httpx2.Client
) -> None:
    oidc_app.come_in("Unasked")
    signed_in(oidc_app, browser_like, "Unasked")
    answer = back(browser_like, vouched(there(browser_like, scorecard_joining="yes"), "unasked"))
    assert answer.status_code == 403
    with oidc_app.client() as another:
        assert back(another, vouched(there(another), "unasked")).status_code == 403


def test_an_account_elsewhere_opens_one_account_only(
    oidc_app: SharedApp, browser_like: httpx2.Client
) -> None:
    for name in ("Twin1", "Twin2"):
        oidc_app.come_in(name)
        signed_in(oidc_app, browser_like, name)
        browser_like.post("/account", data=forms(browser_like.get("/account").text)["join"])
        last = back(browser_like, vouched(there(browser_like, scorecard_joining="yes"), "twin"))
        browser_like.cookies.delete(COOKIE)
    assert last.status_code == 422
    assert "already another person" in last.text


def test_who_is_signed_in_accepts_an_invitation_as_herself(
    oidc_app: SharedApp, browser_like: httpx2.Client
) -> None:
    person = oidc_app.come_in("Accepting").person
    signed_in(oidc_app, browser_like, "Accepting")
    code = oidc_app.invite("somewhere.else@example.org", "chair")
    page = browser_like.get("/invitation", params={"code": code})
    assert "Accept as Accepting" in page.text
    done = browser_like.post("/invitation", data=forms(page.text)[person])
    assert done.headers["location"] == "/?lang=en"
    with oidc_app.within():
        assert {grant.role for grant in sign_in.actor(person).grants} == {"juror", "chair"}
    assert browser_like.get("/invitation", params={"code": code}).status_code == 404


def test_nobody_accepts_in_anothers_name(oidc_app: SharedApp, browser_like: httpx2.Client) -> None:
    other = oidc_app.come_in("Named").person
    oidc_app.come_in("Naming")
    signed_in(oidc_app, browser_like, "Naming")
    code = oidc_app.invite("third@example.org", "secretariat")
    page = browser_like.get("/invitation", params={"code": code})
    form = next(iter(forms(page.text).values()))
    answer = browser_like.post("/invitation", data={**form, "as": other})
    assert answer.status_code == 422
    with oidc_app.within():
        assert {grant.role for grant in sign_in.actor(other).grants} == {"juror"}
