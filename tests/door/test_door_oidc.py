"""Signing in with an account elsewhere, against a real OpenID Connect server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc.jwk import RSAKey

from actions import people, sign_in
from actions.access import COMPUTER
from tests.door.lying_provider import LyingProvider, lying_provider
from tests.door.shared_app import COOKIE, PASSWORD, Line, SharedApp, texts

BACK = "/sign-in/organisation/back"


@pytest.fixture
def browser_like(oidc_app: SharedApp) -> Iterator[httpx2.Client]:
    """One browser that keeps its cookies."""
    with oidc_app.client(**{"Accept": "text/html"}) as client:
        yield client


def there(client: httpx2.Client, **query: str) -> str:
    """The address at the other server to which signing in there leads."""
    answer = client.get("/sign-in/organisation", params=query)
    assert answer.status_code == 302
    return answer.headers["location"]


def vouched(address: str, subject: str) -> str:
    """The address with which the other server sends somebody back, after she has said who she is there."""
    answer = httpx2.post(address, data={"sub": subject})
    assert answer.status_code == 302
    return answer.headers["location"]


def back(client: httpx2.Client, address: str) -> httpx2.Response:
    """Come back from there."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def accept(app: SharedApp, client: httpx2.Client, subject: str, role: str = "juror") -> httpx2.Response:
    """Open an invitation, and go on with an account elsewhere."""
    code = app.invite(f"{subject}@invited.example", role)
    page = client.get("/invitation", params={"code": code})
    assert "Go on with your organisation&#x27;s account" in page.text
    return back(client, vouched(there(client, code=code, next="/city_overview?x=1"), subject))


def test_an_invited_person_comes_in_and_lands_where_she_wanted(
    oidc_app: SharedApp, browser_like: httpx2.Client
) -> None:
    answer = accept(oidc_app, browser_like, "olga-1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/city_overview?x=1&lang=en"
    token = browser_like.cookies[COOKIE]
    assert "Signed in as Olga Organised" in texts(Line(oidc_app, token).run())


def test_she_comes_again_without_an_invitation(oidc_app: SharedApp) -> None:
    with oidc_app.client() as first:
        accept(oidc_app, first, "again")
    with oidc_app.client() as client:
        answer = back(client, vouched(there(client, next="/jury_candidates", lang="zh"), "again"))
        assert answer.headers["location"] == "/jury_candidates?lang=zh"
        assert client.cookies[COOKIE] != first.cookies[COOKIE]


def test_whom_nobody_invited_stays_outside(browser_like: httpx2.Client) -> None:
    answer = back(browser_like, vouched(there(browser_like), "uninvited"))
    assert answer.status_code == 403
    assert "Nobody has invited this account yet." in answer.text
    assert COOKIE not in browser_like.cookies


def test_an_invitation_works_once(oidc_app: SharedApp, browser_like: httpx2.Client) -> None:
    code = oidc_app.invite("once@invited.example")
    assert back(browser_like, vouched(there(browser_like, code=code), "once-a")).status_code == 303
    with oidc_app.client() as other:
        answer = back(other, vouched(there(other, code=code), "once-b"))
        assert answer.status_code == 422
        assert "This invitation cannot be used" in answer.text
        assert COOKIE not in other.cookies


def test_what_leads_there_is_guarded_by_state_nonce_and_pkce(
    provider: str, oidc_app: SharedApp, browser_like: httpx2.Client
) -> None:
    address = there(browser_like)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{provider}/oauth2/authorize?")
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == oidc_app.url + BACK
    assert set(asked["scope"].split()) == {"openid", "email", "profile"}
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 20
    again = parse_qs(urlsplit(there(browser_like)).query)
    assert all(again[name][0] != asked[name] for name in ("state", "nonce", "code_challenge"))


@pytest.mark.parametrize("change", ["state=x", "code=x", "state=", "error=access_denied"])
def test_a_changed_way_back_leads_nowhere(browser_like: httpx2.Client, change: str) -> None:
    parts = urlsplit(vouched(there(browser_like), "olga-1"))
    name, _, value = change.partition("=")
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    answer = browser_like.get(parts.path, params={**query, name: value})
    assert answer.status_code == 403
    assert "did not answer as it should" in answer.text
    assert COOKIE not in browser_like.cookies


def test_another_browser_cannot_come_back_in_ones_place(
    oidc_app: SharedApp, browser_like: httpx2.Client
) -> None:
    address = vouched(there(browser_like), "olga-1")
    with oidc_app.client() as thief:
        assert back(thief, address).status_code == 403
        there(thief)
        assert back(thief, address).status_code == 403


def test_a_way_back_works_once(oidc_app: SharedApp, browser_like: httpx2.Client) -> None:
    with oidc_app.client() as first:
        accept(oidc_app, first, "replay")
    address = vouched(there(browser_like), "replay")
    assert back(browser_like, address).status_code == 303
    browser_like.cookies.delete(COOKIE)
    assert back(browser_like, address).status_code == 403


def test_the_same_end_holds_for_those_who_come_from_elsewhere(
    oidc_app: SharedApp, browser_like: httpx2.Client
) -> None:
    accept(oidc_app, browser_like, "ending")
    token = browser_like.cookies[COOKIE]
    with oidc_app.within():
        person = sign_in.person_of(token)
        assert person is not None
        people.disable(COMPUTER, person)
    assert browser_like.get("/").status_code == 303
    answer = back(browser_like, vouched(there(browser_like), "ending"))
    assert answer.status_code == 403


def test_the_code_of_an_invitation_is_not_sent_there(
    oidc_app: SharedApp, browser_like: httpx2.Client
) -> None:
    code = oidc_app.invite("quiet@invited.example")
    address = there(browser_like, code=code, next="/city_overview?secret=1")
    assert code not in address
    assert "secret" not in address


def test_a_server_that_is_down_is_told_plainly(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = SharedApp(
        tmp_path_factory.mktemp("down"),
        settings={
            "SCORECARD_OIDC_ISSUER": "http://localhost:9",
            "SCORECARD_OIDC_CLIENT_ID": "scorecard",
            "SCORECARD_OIDC_CLIENT_SECRET": PASSWORD,
        },
    )
    app.start()
    try:
        with app.client() as client:
            answer = client.get("/sign-in/organisation")
            assert answer.status_code == 502
            assert "did not answer as it should" in answer.text
            assert 'name="password"' in answer.text
    finally:
        app.stop()
    assert PASSWORD not in app.said


@pytest.fixture(scope="module")
def liar() -> Iterator[LyingProvider]:
    """A sign-in server that says what it is told."""
    with lying_provider() as told:
        yield told


def trusting(liar: LyingProvider, folder: Path) -> SharedApp:
    """An installation that trusts it, not yet started."""
    return SharedApp(
        folder,
        settings={
            "SCORECARD_OIDC_ISSUER": liar.issuer,
            "SCORECARD_OIDC_CLIENT_ID": "scorecard",
            "SCORECARD_OIDC_CLIENT_SECRET": "secret",
        },
    )


@pytest.fixture(scope="module")
def misled_app(liar: LyingProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    """A running installation that trusts it, and believes what is true."""
    app = trusting(liar, tmp_path_factory.mktemp("misled"))
    app.start()
    # Whom nobody has invited is told so: the token itself was believed.
    answer = came_back(app, liar)
    assert answer.status_code == 403
    assert "Nobody has invited this account yet." in answer.text
    yield app
    app.stop()


def came_back(app: SharedApp, liar: LyingProvider, **lies: object) -> httpx2.Response:
    """The answer to whoever comes back with a token that holds some lies; None takes a claim out."""
    with app.client() as client:
        asked = parse_qs(urlsplit(there(client)).query)
        honest = {**liar.honest(asked["nonce"][0]), **lies}
        liar.claims = {name: value for name, value in honest.items() if value is not None}
        return client.get(BACK, params={"code": "x", "state": asked["state"][0]})


def test_a_server_under_another_name_is_not_trusted(liar: LyingProvider, tmp_path: Path) -> None:
    app = trusting(liar, tmp_path)
    liar.calls_itself = "https://accounts.example.org"
    app.start()
    try:
        with app.client() as client:
            assert client.get("/sign-in/organisation").status_code == 502
    finally:
        liar.calls_itself = ""
        app.stop()


@pytest.mark.parametrize(
    "lies",
    [
        {"iss": "https://accounts.example.org"},
        {"aud": "another program"},
        {"aud": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"iat": None},
    ],
    ids=str,
)
def test_a_token_with_one_wrong_claim_is_not_believed(
    misled_app: SharedApp, liar: LyingProvider, lies: dict[str, object]
) -> None:
    answer = came_back(misled_app, liar, **lies)
    assert answer.status_code == 403
    assert "did not answer as it should" in answer.text


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_a_token_that_is_not_signed_by_the_servers_key_is_not_believed(
    misled_app: SharedApp, liar: LyingProvider, algorithm: str
) -> None:
    liar.algorithm = algorithm
    try:
        assert liar.token().count(".") == 2
        assert "did not answer as it should" in came_back(misled_app, liar).text
    finally:
        liar.algorithm = "RS256"


def test_another_key_and_no_token_are_not_believed(misled_app: SharedApp, liar: LyingProvider) -> None:
    own = liar.key
    liar.key = RSAKey.generate_key(2048, {"kid": "one"})
    try:
        assert "did not answer as it should" in came_back(misled_app, liar).text
    finally:
        liar.key = own
    liar.with_token = False
    try:
        assert "did not answer as it should" in came_back(misled_app, liar).text
    finally:
        liar.with_token = True
    assert "Nobody has invited" in came_back(misled_app, liar).text
