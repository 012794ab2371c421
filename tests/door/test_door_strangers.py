"""Who is not signed in gets nothing, from any route of the running server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time

import pytest
from websockets.exceptions import InvalidStatus

from tests.conftest import ROOT
from tests.door.shared_app import Line, SharedApp

OPEN = {"/health", "/_stcore/health", "/sign-in", "/sign-in/door.css", "/invitation"}
REFUSED = {303, 401, 403}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Streamlit's own pages of its parts, and what is found by trying.
MORE = (
    "/",
    "/city_overview",
    "/index.html",
    "/favicon.png",
    "/static/js/index.js",
    "/static/css/index.css",
    "/_stcore/metrics",
    "/_stcore/host-config",
    "/_stcore/script-health-check",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/_stcore/agent/mcp",
    "/_stcore/bidi-components/x/y",
    "/component/x/index.html",
    "/app/static/x",
    "/media/0123456789abcdef.csv",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
    "/sign-out",
    "/sign-in/organisation",
    "/sign-in/",
    "/sign-in/x",
    "/SIGN-IN",
    "//sign-in",
    "/sign-in/../media/x",
    "/sign-in/%2e%2e/media/x",
    "/health/../_stcore/metrics",
    "/health;x",
    "/.streamlit/config.toml",
    "/app.py",
)


@pytest.fixture(scope="module")
def every_path(shared_app: SharedApp) -> list[str]:
    """Every route of the server as it is built, its parts filled in, and more."""
    listing = (
        "import json, serve\n"
        "def walk(routes, before=''):\n"
        "    for one in routes:\n"
        "        yield before + one.path\n"
        "        yield from walk(getattr(one, 'routes', None) or [], before + one.path)\n"
        "print(json.dumps(sorted(set(walk(serve.app._build_starlette_app().routes)))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", listing],
        cwd=ROOT,
        env={**os.environ, **shared_app.environment, "SCORECARD_FIRST_PERSON": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert {"/_stcore/stream", "/_stcore/health", "/sign-in", "/sign-out", "/health"} <= set(found)
    assert any("upload_file" in one for one in found)
    filled = [re.sub(r"\{[^}]*\}", "abc", one) or "/" for one in found]
    return sorted({*filled, *MORE})


def test_every_route_without_a_cookie_is_refused(shared_app: SharedApp, every_path: list[str]) -> None:
    assert len(every_path) > 40
    wrong = []
    with shared_app.client(**{"Accept": "text/html"}) as stranger:
        for path in every_path:
            for method in METHODS:
                if path in OPEN:
                    continue
                answer = stranger.request(method, path)
                if answer.status_code == 429:  # asked too fast: what is looked for here is behind it
                    time.sleep(int(answer.headers["retry-after"]))
                    answer = stranger.request(method, path)
                if answer.status_code not in REFUSED:
                    wrong.append((method, path, answer.status_code))
    assert wrong == []


def test_only_what_must_be_open_is(shared_app: SharedApp) -> None:
    with shared_app.client() as stranger:
        codes = {path: stranger.get(path).status_code for path in sorted(OPEN)}
    assert codes == {
        "/_stcore/health": 200,
        "/health": 200,
        "/invitation": 404,
        "/sign-in": 200,
        "/sign-in/door.css": 200,
    }


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 5000, "%00", '"; DROP TABLE persons; --'])
def test_a_made_up_cookie_is_none(shared_app: SharedApp, token: str) -> None:
    with shared_app.client(token) as stranger:
        assert stranger.get("/", headers={"Accept": "text/html"}).status_code == 303
        assert stranger.get("/_stcore/host-config").status_code == 401
    with pytest.raises(InvalidStatus, match="403"):
        Line(shared_app, token.replace('"', ""))


@pytest.mark.parametrize("name", ["X-Scorecard-Person", "x-scorecard-visit", "X-SCORECARD-PERSON"])
def test_a_header_that_names_a_person_lets_nobody_in(shared_app: SharedApp, name: str) -> None:
    person = shared_app.come_in(f"Headed{name[-8:].replace('-', '')}{name.isupper()}").person
    with shared_app.client(**{name: person, "Accept": "text/html"}) as stranger:
        assert stranger.get("/").status_code == 303
    with pytest.raises(InvalidStatus, match="403"):
        Line(shared_app, headers={name: person})


def test_a_header_names_nobody_else_for_whoever_is_signed_in(shared_app: SharedApp) -> None:
    ann, bea = shared_app.come_in("Header Ann".replace(" ", "")), shared_app.come_in("HeaderBea")
    line = Line(shared_app, ann.token, headers={"X-Scorecard-Person": bea.person, "X-Scorecard-Visit": "x"})
    told = str(line.run())
    assert "Signed in as HeaderAnn" in told
    assert "HeaderBea" not in told


def test_signing_in_leads_to_where_one_wanted_to_go(shared_app: SharedApp) -> None:
    with shared_app.client(**{"Accept": "text/html"}) as stranger:
        answer = stranger.get("/city_overview?upload=abc&lang=zh")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fcity_overview%3Fupload%3Dabc%26lang%3Dzh"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=y",
        "/%0d%0aSet-Cookie:x=y" + "a" * 3000,
        "/sign-out",
        "evil",
        "",
    ],
)
def test_nobody_is_led_elsewhere(shared_app: SharedApp, wanted: str) -> None:
    signed_in = shared_app.come_in(f"Led{abs(hash(wanted))}")
    with shared_app.client(signed_in) as client:
        answer = client.get("/sign-in", params={"next": wanted, "lang": "en"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?lang=en"
