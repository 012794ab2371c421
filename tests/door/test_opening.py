"""Nothing half-configured starts, and pages without their door show nobody anything."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import httpx2
import pytest

from tests.conftest import ROOT
from tests.door.shared_app import Line as OpenPage
from tests.door.shared_app import SharedApp, texts
from tests.forked import fork


def started(app: SharedApp, **changes: str) -> subprocess.CompletedProcess[str]:
    """What a start says that ends by itself."""
    out, err = app.data / "out", app.data / "err"
    environment = {**os.environ, **app.environment, **changes}
    process = fork(["serve.py", "--port", str(app.port)], ROOT, environment, str(out), str(err))
    code = process.wait(timeout=120)
    return subprocess.CompletedProcess("serve.py", code, out.read_text(), err.read_text())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SCORECARD_ADDRESS": ""}, "SCORECARD_ADDRESS is missing."),
        ({"STREAMLIT_SERVER_COOKIE_SECRET": "short"}, "STREAMLIT_SERVER_COOKIE_SECRET is too short."),
        ({"SCORECARD_OIDC_ISSUER": "https://accounts.example.org"}, "SCORECARD_OIDC_CLIENT_ID is missing"),
        ({"SCORECARD_MODE": "own"}, "SCORECARD_MODE is not “shared”."),
        ({"DATABASE_URL": "mysql://a:hunter2@b/c"}, "The store cannot be opened"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_is_wrong_is_said_and_nothing_starts(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    done = started(SharedApp(tmp_path), **changes)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr + done.stdout


def test_the_first_person_gets_a_link_until_somebody_is_there(tmp_path: Path) -> None:
    app = SharedApp(tmp_path, anew=True)
    app.start()
    try:
        link = next(line for line in app.said.splitlines() if "/invitation?code=" in line).split()[-1]
        assert link.startswith(f"{app.url}/invitation?code=")
        page = httpx2.get(link)
        assert "You are invited to take part as secretariat." in page.text
        app.come_in("Sec", "secretariat")
        app.stop()
        app.start()
        assert "/invitation?code=" not in app.said
        assert f"people sign in at {app.url}" in app.said
    finally:
        app.stop()


def test_pages_without_their_door_show_nobody_anything(tmp_path: Path) -> None:
    app = SharedApp(tmp_path)
    with app.within():
        person = app.come_in("Ann", "secretariat")
    bare = SharedApp(
        tmp_path,
        app.port,
        app.settings,
        ("-m", "streamlit", "run", "app.py", "--server.port"),
        well="/_stcore/health",
    )
    bare.start()
    try:
        for headers in ({}, {"X-Scorecard-Person": person.person}):
            line = OpenPage(bare, person.token, headers=headers)
            told = texts(line.run(query="lang=en"))
            assert "its door is missing. Start it with “make serve”." in told
            assert "Signed in as" not in told
            assert "auth_redirect" not in told
            line.close()
    finally:
        bare.stop()


def test_it_runs_under_streamlits_own_command_too(tmp_path: Path) -> None:
    app = SharedApp(tmp_path, command=("-m", "streamlit", "run", "serve.py", "--server.port"), anew=True)
    app.start()
    try:
        who = app.come_in("Ann")
        with app.client() as stranger:
            assert stranger.get("/", headers={"Accept": "text/html"}).status_code == 303
        assert "Signed in as Ann" in texts(OpenPage(app, who.token).run(query="lang=en"))
    finally:
        app.stop()
