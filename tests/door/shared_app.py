"""A shared installation as it runs, with a store of its own, and those who talk to it without a browser."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from actions import accepting, invitations
from actions.access import COMPUTER
from actions.sign_in import Opened
from tests.conftest import ROOT, free_port
from tests.forked import Forked, fork

PASSWORD = "eleven blue kites over the harbour"
COOKIE = "scorecard_session"


def drawn(seed: str) -> str:
    """A secret of 32 bytes, the same for the same seed."""
    return base64.b64encode((seed * 32).encode()[:31] + b"!").decode() + "abcdefgh"


@dataclass
class SharedApp:
    """One process of a shared installation; `settings` go over those that every installation needs."""

    data: Path
    port: int = field(default_factory=free_port)
    settings: Mapping[str, str] = field(default_factory=dict)
    command: Sequence[str] = ("serve.py", "--port")
    process: Forked | subprocess.Popen[bytes] | None = None
    well: str = "/health"
    # Begun as an operator begins it, by a Python of its own that imports everything.
    anew: bool = False

    @property
    def url(self) -> str:
        """Where this process listens."""
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What is set for it."""
        return {
            "SCORECARD_MODE": "shared",
            "SCORECARD_DATA": str(self.data),
            "SCORECARD_AUDIT_KEY": drawn("audit"),
            "STREAMLIT_SERVER_COOKIE_SECRET": drawn("cookie"),
            "SCORECARD_ADDRESS": self.url,
            "SCORECARD_FIRST_PERSON": "first@example.org",
            **self.settings,
        }

    @property
    def said(self) -> str:
        """What it has printed."""
        return (self.data / f"said-{self.port}.txt").read_text(encoding="utf-8")

    def start(self) -> None:
        """Start and wait until it is well."""
        said = self.data / f"said-{self.port}.txt"
        arguments, environment = [*self.command, str(self.port)], {**os.environ, **self.environment}
        if self.anew:
            with said.open("wb") as out:
                self.process = subprocess.Popen(
                    [sys.executable, *arguments],
                    cwd=ROOT,
                    env=environment,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                )
        else:
            self.process = fork(arguments, ROOT, environment, str(said))
        for _ in range(600):
            with contextlib.suppress(httpx2.HTTPError):
                if httpx2.get(self.url + self.well, timeout=2).status_code == 200:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"it did not start:\n{self.said}")

    def stop(self) -> None:
        """Stop it as an operator would."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=20)

    @contextlib.contextmanager
    def within(self) -> Iterator[None]:
        """Here, too, the store is the one of this installation."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            yield

    def invite(self, email: str, role: str = "juror") -> str:
        """The code of a new invitation."""
        with self.within():
            return invitations.invite(COMPUTER, role, email).code

    def come_in(self, name: str, role: str = "juror") -> Opened:
        """Somebody new, who is signed in."""
        code = self.invite(f"{name.lower()}@example.org", role)
        with self.within():
            return accepting.accept(code, name, PASSWORD, "test")

    def client(self, opened: Opened | str = "", **headers: str) -> httpx2.Client:
        """Somebody who asks over HTTP, as a browser does, without following where she is led."""
        token = opened if isinstance(opened, str) else opened.token
        return httpx2.Client(
            base_url=self.url,
            headers={"Origin": self.url, **headers},
            cookies={COOKIE: token} if token else {},
            timeout=30,
        )


def hidden(page: str) -> dict[str, str]:
    """The hidden entries of a page's first form."""
    first = page.partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', first))


class Line:
    """An open page without a browser; `token` is the session cookie that it comes with."""

    def __init__(
        self,
        app: SharedApp,
        token: str = "",
        *,
        origin: str | None = "same",
        host: str = "",
        resume: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        cookie = {"Cookie": f"{COOKIE}={token}"} if token else {}
        protocols = [
            Subprotocol("streamlit"),
            *([Subprotocol("none"), Subprotocol(resume)] if resume else []),
        ]
        address = f"ws://{host or f'localhost:{app.port}'}/_stcore/stream"
        self._line: ClientConnection = connect(
            address,
            sock=socket.create_connection(("127.0.0.1", app.port)),
            subprotocols=protocols,
            origin=Origin(app.url) if origin == "same" else (Origin(origin) if origin else None),
            additional_headers={**cookie, **(headers or {})},
            max_size=None,
            proxy=None,
            legacy=True,
        )

    def send(self, message: BackMsg) -> None:
        """Send anything."""
        self._line.send(message.SerializeToString())

    def run(self, page: str = "", query: str = "") -> list[ForwardMsg]:
        """Ask for a page; everything that comes until it is finished."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        self.send(message)
        return self.until_finished()

    def click(self, widget: str, query: str = "") -> None:
        """Press a button."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.widget_states.widgets.add(id=widget, trigger_value=True)
        self.send(message)

    def until_finished(self) -> list[ForwardMsg]:
        """Everything that comes until the page is finished."""
        found = []
        while True:
            data = self._line.recv(timeout=60)
            assert isinstance(data, bytes)
            answer = ForwardMsg()
            answer.ParseFromString(data)
            found.append(answer)
            if answer.WhichOneof("type") == "script_finished":
                return found

    def drain(self) -> None:
        """Take in whatever else comes, until nothing does."""
        while not self.silent(0.3):
            pass

    def silent(self, seconds: float) -> bool:
        """Whether nothing comes for so long."""
        try:
            self._line.recv(timeout=seconds)
        except TimeoutError:
            return True
        return False

    def close(self) -> None:
        """Leave the page."""
        self._line.close()


def session_id(answers: Sequence[ForwardMsg]) -> str:
    """Streamlit's own name for an open page."""
    return next(a.new_session.initialize.session_id for a in answers if a.WhichOneof("type") == "new_session")


def texts(answers: Sequence[ForwardMsg]) -> str:
    """All that was sent, as one text to search in."""
    return "\n".join(str(answer) for answer in answers)
