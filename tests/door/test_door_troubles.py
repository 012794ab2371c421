"""A database that goes away under an open door: pages, forms and downloads say so in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.door.shared_app import Line, SharedApp, session_id
from tests.postgres import PostgresServer

AWAY = "目前无法打开保存上传文件的数据文件。"


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A database server that a test may stop."""
    made = PostgresServer()
    yield made
    made.remove()


@pytest.fixture
def own_app(server: PostgresServer, tmp_path: Path) -> Iterator[SharedApp]:
    """An installation on it."""
    app = SharedApp(tmp_path, settings={"DATABASE_URL": server.url("postgres")})
    app.start()
    yield app
    app.stop()


def button(answers: list[ForwardMsg]) -> tuple[str, str]:
    """A page's first button for a download: its name, and that of its file to be made."""
    found = next(
        answer.delta.new_element.download_button
        for answer in answers
        if answer.delta.new_element.HasField("download_button")
    )
    return found.id, found.deferred_file_id


def test_pages_forms_and_downloads_say_so_and_go_on_afterwards(
    own_app: SharedApp, server: PostgresServer
) -> None:
    who = own_app.come_in("Patient", "auditor")
    line = Line(own_app, who.token)
    shown = line.run("office_log", "lang=zh")
    name, file_id = button(shown)
    line.drain()
    server.stop()

    with own_app.client(who, **{"Accept": "text/html"}) as reader:
        answer = reader.get("/own_account?lang=zh")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        assert '<html lang="zh">' in answer.text
        assert AWAY in answer.text
        assert 'href="/own_account?lang=zh">重试' in answer.text
        assert AWAY in reader.get("/invitation?lang=zh&code=x").text
        plain = reader.get("/_stcore/host-config", headers={"Accept": "*/*"})
        assert (plain.status_code, plain.text[:21]) == (503, "What is kept cannot b")

    asked = BackMsg()
    asked.backend_operation_request.request_id = "1"
    asked.backend_operation_request.session_id = session_id(shown)
    asked.backend_operation_request.deferred_file.file_id = file_id
    line.send(asked)
    # Nobody asked for the page again but the download that could not be made.
    told = [answer.delta.new_element.alert.body for answer in line.until_finished()]
    assert [one for one in told if one.startswith(AWAY)]

    server.start()
    again, _ = button(line.run("office_log", "lang=zh"))
    assert again != name
    line.close()
