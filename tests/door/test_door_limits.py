"""Too much and too often is refused, with or without a proxy in front."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions.pace import FORM_LIMIT, PACES
from tests.door.shared_app import SharedApp, hidden


@pytest.fixture
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    """An installation whose patience may be used up."""
    app = SharedApp(tmp_path_factory.mktemp("limits"))
    app.start()
    yield app
    app.stop()


def test_a_form_is_no_place_for_much(shared_app: SharedApp) -> None:
    with shared_app.client() as stranger:
        assert stranger.post("/sign-in", content=b"x" * (FORM_LIMIT + 1)).status_code == 413

        def unannounced() -> Iterator[bytes]:
            for _ in range(100):
                yield b"email=" + b"x" * 1000

        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert stranger.post("/sign-in", content=unannounced(), headers=kind).status_code == 413
        assert stranger.get("/health").status_code == 200


def test_a_form_with_files_or_many_entries_is_refused(shared_app: SharedApp) -> None:
    with shared_app.client() as stranger:
        assert stranger.post("/sign-in", files={"email": ("a", b"x")}).status_code == 400
        assert stranger.post("/sign-in", data={f"n{i}": "x" for i in range(20)}).status_code in (400, 403)


def test_an_upload_beyond_streamlits_limit_is_refused(shared_app: SharedApp) -> None:
    with shared_app.client(shared_app.come_in("LimitsAnn")) as client:
        answer = client.put("/_stcore/upload_file/a/b", content=b"x" * (12 * 1024 * 1024))
    assert answer.status_code == 413


def test_strangers_who_hurry_wait_and_others_do_not(own_app: SharedApp) -> None:
    known = own_app.come_in("Ann")
    with own_app.client() as stranger:
        asked = 0
        while (last := stranger.get("/media/a")).status_code == 401 and asked < 20 * PACES["stranger"].burst:
            asked += 1
        assert asked > PACES["stranger"].burst - 50
        assert stranger.get("/sign-in").status_code == 429
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) >= 1
    with own_app.client(known) as client:
        assert client.get("/_stcore/host-config").status_code == 200


def test_guessing_passwords_is_held_back(own_app: SharedApp) -> None:
    own_app.come_in("Ann")
    with own_app.client() as stranger:
        entered = hidden(stranger.get("/sign-in").text)
        tries = [
            stranger.post("/sign-in", data={**entered, "email": "ann@example.org", "password": f"wrong {n}"})
            for n in range(6)
        ]
    assert [one.status_code for one in tries] == [401] * 5 + [429]
    assert "Too many tries. Please wait 15 minutes" in tries[-1].text
    assert int(tries[-1].headers["retry-after"]) > 800
