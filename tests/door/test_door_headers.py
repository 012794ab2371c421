"""Every answer says where its parts may come from, who may frame it, and whom its cookies are for."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import streamlit

from actions.sign_in import Opened
from tests.door.shared_app import PASSWORD, SharedApp, hidden
from views.door_headers import page_policy, plain_policy

NAMES = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture(scope="module")
def ann(shared_app: SharedApp) -> Opened:
    """Somebody who is signed in."""
    return shared_app.come_in("HeadersAnn")


def answers(app: SharedApp, who: Opened) -> Iterator[httpx2.Response]:
    """Answers of every kind: pages, files, refusals, and mistakes of whoever asks."""
    html = {"Accept": "text/html"}
    with app.client() as stranger:
        yield stranger.get("/", headers=html)
        yield stranger.get("/")
        yield stranger.get("/sign-in")
        yield stranger.post("/sign-in", data={"email": "a@b.example", "password": "x"})
        yield stranger.post("/sign-in", content=b"x" * 100_000)
        yield stranger.post("/sign-in", headers={"Origin": "http://evil.example"})
        yield stranger.get("/sign-in/door.css")
        yield stranger.get("/invitation?code=abc")
        yield stranger.get("/health")
        yield stranger.get("/_stcore/health")
        yield stranger.get("/sign-in", headers={"Host": "evil.example"})
        yield stranger.delete("/sign-in")
    with app.client(who) as known:
        page = known.get("/", headers=html)
        yield page
        yield known.get("/city_upload", headers=html)
        yield known.get(re.findall(r'src="\.(/static/js/[^"]+)"', page.text)[0])
        yield known.get(re.findall(r'href="\.(/static/css/[^"]+)"', page.text)[0])
        yield known.get("/favicon.png")
        yield known.get("/_stcore/host-config")
        yield known.get("/_stcore/metrics")
        yield known.get("/media/abc.csv")
        yield known.get("/sign-out")
        yield known.put("/_stcore/upload_file/a/b")
        yield known.get("/..%5c..%5cetc/passwd")


def test_the_headers_are_on_every_answer(shared_app: SharedApp, ann: Opened) -> None:
    codes = set()
    for answer in answers(shared_app, ann):
        where = f"{answer.request.method} {answer.request.url.path}: {answer.status_code}"
        codes.add(answer.status_code)
        for name, value in NAMES.items():
            assert answer.headers.get(name) == value, where
        policy = answer.headers.get("content-security-policy", "")
        assert "frame-ancestors 'none'" in policy, where
        assert "object-src 'none'" in policy or "default-src 'none'" in policy, where
        assert answer.headers["referrer-policy"] in ("no-referrer", "same-origin"), where
        assert "access-control-allow-origin" not in answer.headers, where
        for cookie in answer.headers.get_list("set-cookie"):
            assert "samesite=" in cookie.lower(), where
            assert ("httponly" in cookie.lower()) is not cookie.startswith("_streamlit_xsrf="), where
        assert "site-packages" not in answer.text, where
    assert {200, 303, 401, 403, 404, 405, 413, 421} <= codes


def test_nothing_private_is_kept_by_browsers_or_between(shared_app: SharedApp, ann: Opened) -> None:
    for answer in answers(shared_app, ann):
        path = answer.request.url.path
        kept = answer.headers["cache-control"]
        if answer.status_code == 200 and path.startswith(("/static/", "/favicon")):
            assert kept.startswith("public, immutable"), path
        elif path == "/sign-in/door.css" and answer.status_code == 200:
            assert kept == "public, max-age=3600"
        else:
            assert kept in ("no-store", "no-cache"), path
        if path.startswith("/media"):
            assert kept == "no-store"


def test_the_policy_names_the_one_script_within_streamlits_page(shared_app: SharedApp, ann: Opened) -> None:
    with shared_app.client(ann) as known:
        answer = known.get("/", headers={"Accept": "text/html"})
    inline = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert len(inline) == 1
    named = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert f"script-src 'self' 'sha256-{named}' 'wasm-unsafe-eval';" in policy
    assert "'unsafe-eval'" not in policy
    scripts = policy.partition("script-src")[2].partition(";")[0]
    assert "unsafe-inline" not in scripts
    assert "http:" not in scripts
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    assert answer.text == page


def test_policies_word_by_word() -> None:
    assert page_policy("https://scores.example.org", ("'sha256-abc='",)) == (
        "default-src 'self'; script-src 'self' 'sha256-abc=' 'wasm-unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data: blob:; "
        "connect-src 'self' wss://scores.example.org; object-src 'none'; frame-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    )
    assert plain_policy() == (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


@pytest.fixture(scope="module")
def behind_https(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    """A process as it stands behind a proxy that people reach by https; run by uvicorn for once."""
    app = SharedApp(
        tmp_path_factory.mktemp("https"),
        settings={"SCORECARD_ADDRESS": "https://scores.example.org"},
        command=("-m", "uvicorn", "serve:app", "--no-access-log", "--port"),
    )
    app.start()
    yield app
    app.stop()


def test_behind_https_cookies_go_over_nothing_else(behind_https: SharedApp) -> None:
    address = "https://scores.example.org"
    with behind_https.client(Host="scores.example.org", Origin=address) as client:
        page = client.get("/sign-in")
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        marked = page.headers.get_list("set-cookie")
        code = behind_https.invite("https@example.org")
        asked = client.get("/invitation", params={"code": code})
        cookie = asked.headers["set-cookie"].partition(";")[0]
        entered = {**hidden(asked.text), "name": "Ann", "password": PASSWORD}
        done = client.post("/invitation", data=entered, headers={"Cookie": cookie})
        assert done.status_code == 303
        assert done.headers["location"] == "/?lang=en"
        marked += done.headers.get_list("set-cookie") + client.get("/_stcore/health").headers.get_list(
            "set-cookie"
        )
    names = {one.partition("=")[0] for one in marked}
    assert names == {"scorecard_at", "scorecard_form", "scorecard_session", "_streamlit_xsrf"}
    for cookie in marked:
        assert "; secure" in cookie.lower()
    session = next(one for one in marked if one.startswith("scorecard_session="))
    assert session.partition("; ")[2] == "HttpOnly; Path=/; SameSite=lax; Secure"
    xsrf = next(one for one in marked if one.startswith("_streamlit_xsrf="))
    assert "SameSite=Strict" in xsrf
