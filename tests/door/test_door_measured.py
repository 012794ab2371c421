"""What plain programs on Streamlit let through, each tried on a running installation."""

from __future__ import annotations

import secrets

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.media_file_storage import MediaFileKind
from websockets.exceptions import InvalidStatus

from actions import sign_in
from actions.sign_in import Opened
from tests.bench.visitor import memory_bytes
from tests.door.shared_app import Line, SharedApp, session_id, texts
from views.door_streamlit import OwnMedia, caller, understood

MEGABYTE = 1024 * 1024
XSRF = "_streamlit_xsrf"


@pytest.fixture(scope="module")
def ann(shared_app: SharedApp) -> Opened:
    """Somebody who is signed in."""
    return shared_app.come_in("Ann")


@pytest.fixture(scope="module")
def bea(shared_app: SharedApp) -> Opened:
    """Somebody else who is."""
    return shared_app.come_in("Bea")


def put(app: SharedApp, who: Opened | str, session: str, size: int, name: str = "a.xlsx") -> int:
    """The answer to an upload, made as Streamlit's own page makes it."""
    with app.client(who) as client:
        token = client.get("/_stcore/health").cookies[XSRF]
        return client.put(
            f"/_stcore/upload_file/{session}/{secrets.token_hex(8)}",
            files={"file": (name, b"x" * size)},
            headers={"X-Xsrftoken": token},
        ).status_code


def test_a_known_session_id_is_not_resumed_by_a_stranger(shared_app: SharedApp, ann: Opened) -> None:
    line = Line(shared_app, ann.token)
    known = session_id(line.run())
    line.close()
    with pytest.raises(InvalidStatus, match="403"):
        Line(shared_app, resume=known)


def test_a_known_session_id_is_not_resumed_by_another_person(
    shared_app: SharedApp, ann: Opened, bea: Opened
) -> None:
    line = Line(shared_app, ann.token)
    known = session_id(line.run())
    line.close()
    other = Line(shared_app, bea.token, resume=known)
    answers = other.run()
    assert session_id(answers) != known
    assert "Signed in as Bea" in texts(answers)
    assert "Ann" not in texts(answers)


def test_a_known_session_id_is_not_resumed_by_another_sign_in_of_the_same_person(
    shared_app: SharedApp, ann: Opened
) -> None:
    line = Line(shared_app, ann.token)
    known = session_id(line.run())
    line.close()
    assert session_id(Line(shared_app, ann.token, resume=known).run()) == known
    with shared_app.within():
        again = sign_in.begin(ann.person, sign_in.PASSWORD)
    assert session_id(Line(shared_app, again.token, resume=known).run()) != known


def test_uploads_go_to_ones_own_open_page_alone(shared_app: SharedApp, ann: Opened, bea: Opened) -> None:
    line = Line(shared_app, ann.token)
    known = session_id(line.run())
    assert put(shared_app, ann, known, 100) == 204
    assert put(shared_app, bea, known, 100) == 404
    assert put(shared_app, "", known, 100) == 403
    assert put(shared_app, ann, "no-such-session", 100) == 404
    line.close()


def test_an_upload_needs_streamlits_token_too(shared_app: SharedApp, ann: Opened) -> None:
    line = Line(shared_app, ann.token)
    where = f"/_stcore/upload_file/{session_id(line.run())}/abc"
    with shared_app.client(ann) as client:
        assert client.put(where, files={"file": ("a", b"x")}).status_code == 403
        elsewhere = {"Origin": "http://evil.example"}
        assert client.put(where, files={"file": ("a", b"x")}, headers=elsewhere).status_code == 403
        assert client.request("PUT", where, headers={"Origin": "null"}).status_code == 403
    line.close()


def test_twenty_large_uploads_of_a_stranger_fill_nothing(shared_app: SharedApp, ann: Opened) -> None:
    line = Line(shared_app, ann.token)
    known = session_id(line.run())
    assert shared_app.process is not None
    before = memory_bytes(shared_app.process.pid)
    with shared_app.client() as stranger:
        token = stranger.get("/_stcore/health").cookies[XSRF]
        for number in range(20):
            answer = stranger.put(
                f"/_stcore/upload_file/{known}/{number}",
                content=b"x" * (10 * MEGABYTE),
                headers={"X-Xsrftoken": token},
            )
            assert answer.status_code in (403, 413)
    assert memory_bytes(shared_app.process.pid) - before < 50 * MEGABYTE
    line.close()


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://localhost:1", "https://localhost", "null", None, "http://127.0.0.1"],
)
def test_another_page_opens_no_line(shared_app: SharedApp, ann: Opened, origin: str | None) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        Line(shared_app, ann.token, origin=origin)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "localhost.evil.example", "127.0.0.1"]
)
def test_another_name_for_this_server_is_refused(shared_app: SharedApp, ann: Opened, host: str) -> None:
    name = host.format(port=shared_app.port)
    with pytest.raises(InvalidStatus, match="403"):
        Line(shared_app, ann.token, host=name, origin=f"http://{name}")
    with shared_app.client(ann, Host=name) as client:
        assert client.get("/", headers={"Accept": "text/html"}).status_code == 421
        assert client.get("/sign-in").status_code == 421
        assert client.get("/health").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
        "/_stcore/bidi-components/a/b",
        "/component/a/index.html",
        "/auth/login",
        "/auth/logout",
        "/oauth2callback",
        "/app/static/a",
    ],
)
def test_what_nobody_needs_is_closed_for_everybody(shared_app: SharedApp, ann: Opened, path: str) -> None:
    with shared_app.client(ann) as client:
        assert client.get(path).status_code == 404


def test_what_the_page_itself_needs_is_open_to_who_is_signed_in(shared_app: SharedApp, ann: Opened) -> None:
    with shared_app.client(ann) as client:
        assert client.get("/_stcore/host-config").json()["allowedOrigins"] == []
        assert client.get("/city_upload", headers={"Accept": "text/html"}).status_code == 200


def owned(media: OwnMedia, person: str, data: bytes, name: str = "scores.csv") -> str:
    """The address of a file that is made for a person."""
    token = caller.set(person)
    try:
        return media.load_and_get_id(data, "text/csv", MediaFileKind.DOWNLOADABLE, name)
    finally:
        caller.reset(token)


def test_two_large_files_that_differ_in_the_middle_are_two() -> None:
    media = OwnMedia("/media")
    one, two = bytearray(2 * MEGABYTE), bytearray(2 * MEGABYTE)
    two[500_000] = 1
    first, second = owned(media, "ann", bytes(one)), owned(media, "ann", bytes(two))
    assert first != second
    assert media.get_file(first).content == bytes(one)
    assert media.get_file(second).content == bytes(two)


def test_the_same_file_of_two_people_is_two_files() -> None:
    media = OwnMedia("/media")
    first, second = owned(media, "ann", b"mark: 7"), owned(media, "bea", b"mark: 7")
    assert first != second
    assert (media.owner(first), media.owner(second)) == ("ann", "bea")
    assert owned(media, "ann", b"mark: 7") == first


def test_nobody_guesses_where_a_small_file_is() -> None:
    marks = [f"mark: {mark}".encode() for mark in range(11)]
    one, two = OwnMedia("/media"), OwnMedia("/media")
    assert {owned(one, "ann", mark) for mark in marks} & {owned(two, "ann", mark) for mark in marks} == set()


def test_a_forgotten_file_is_nobodys() -> None:
    media = OwnMedia("/media")
    name = owned(media, "ann", b"x")
    media.delete_file(name)
    assert media.owner(name) == ""


def sent(**message: object) -> BackMsg:
    """One message of a page."""
    return BackMsg(**message)  # type: ignore[arg-type]


def installing() -> BackMsg:
    """What asks the server to write files for programs that write programs."""
    message = BackMsg()
    message.backend_operation_request.request_id = "1"
    message.backend_operation_request.install_skills.SetInParent()
    return message


NOT_FOR_PAGES = {
    "empty everybody's caches": sent(clear_cache=True),
    "read the repository": sent(load_git_info=True),
    "run on save": sent(set_run_on_save=True),
    "stop the server": sent(debug_shutdown_runtime=True),
    "cut the line": sent(debug_disconnect_websocket=True),
    "write files": installing(),
    "nothing": BackMsg(),
}


@pytest.mark.parametrize("message", NOT_FOR_PAGES.values(), ids=NOT_FOR_PAGES)
def test_what_no_page_sends_is_dropped(shared_app: SharedApp, ann: Opened, message: BackMsg) -> None:
    assert understood(message.SerializeToString()) is None
    line = Line(shared_app, ann.token)
    line.run()
    line.drain()
    line.send(message)
    assert line.silent(0.5)
    assert "Signed in as Ann" in texts(line.run())
    line.close()


def test_what_fails_in_a_page_is_told_to_nobody(shared_app: SharedApp, ann: Opened) -> None:
    line = Line(shared_app, ann.token)
    answers = texts(line.run(page="city_overview", query="upload=' OR 1=1&basket=%00&lang=zz"))
    for telling in ("Traceback", "sqlite", "Error", "line "):
        assert telling not in answers
    line.close()
