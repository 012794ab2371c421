"""Nobody comes in unknown: the layer in front of every route and of the line over which pages talk."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from actions import sign_in
from actions.house import StoreError
from actions.pace import UPLOAD_LIMIT
from views import door_streamlit as inside
from views.door_closed import closed
from views.door_limits import Brake, TooLargeError, announced, counted, limit_of, too_large
from views.door_socket import watched

COOKIE = "scorecard_session"
SIGN_IN = "/sign-in"
SIGN_OUT = "/sign-out"
ACCOUNT = "/account"
# Whoever looks after the server asks by whatever name.
HEALTH = frozenset({"/health", inside.HEALTH})
_OURS = b"x-scorecard-"
_READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: a person's id and a name for this sign-in, "" for nobody; and the address they ask from."""

    person: str
    visit: str
    address: str

    @property
    def known(self) -> bool:
        """Whether they are signed in."""
        return self.person != ""


class Gate:
    """Host, origin, who it is, pace, size, and what this person may ask for, in this order."""

    def __init__(
        self, app: ASGIApp, *, address: str, host: str, ways_in: Collection[str], brake: Brake
    ) -> None:
        self._app, self._address, self._host, self._brake = app, address, host.lower(), brake
        # Open to everybody: how to come in, and whether the server is well.
        self._open = HEALTH | frozenset(ways_in)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or one line."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        path = scope["path"]
        try:
            refused = self._misled(asked, path)
            who = Caller("", "", "")
            if refused is None:
                who = await _caller(asked)
                refused = self._hurried(asked, who) or self._unwelcome(asked, who)
        except StoreError as trouble:
            refused = closed(asked, trouble)
        if refused is not None:
            await _refuse(refused, scope, receive, send)
            return
        let_in = {**scope, "headers": _own_headers(scope, who)}
        token = inside.caller.set(who.person)
        try:
            if scope["type"] == "websocket":
                watching = watched(receive, asked.cookies.get(COOKIE, ""))
                await self._app(let_in, watching, send)
            else:
                await self._sized(let_in, receive, send, path)
        finally:
            inside.caller.reset(token)

    def _misled(self, asked: HTTPConnection, path: str) -> Response | None:
        """Why a request must come from a foreign page or a foreign name."""
        if asked.headers.get("host", "").lower() != self._host and path not in HEALTH:
            return PlainTextResponse("This server does not have that name.", 421)
        changes = asked.scope["type"] == "websocket" or asked.scope["method"] not in _READING
        if changes and asked.headers.get("origin") != self._address:
            return PlainTextResponse("Refused: this was sent by another page.", 403)
        return None

    def _hurried(self, asked: HTTPConnection, who: Caller) -> Response | None:
        """The answer to whoever asks too fast, or brings too much."""
        path = asked.scope["path"]
        if path in HEALTH:
            return None
        key = who.person or who.address
        kinds = ["person" if who.known else "stranger"]
        if asked.scope["type"] == "websocket":
            kinds.append("connection")
        elif asked.scope["method"] not in _READING and path in self._open:
            kinds.append("form")
        held = self._brake.holds(key, *kinds)
        if held is not None or asked.scope["type"] == "websocket":
            return held
        size = announced(asked.headers)
        if size is not None and size > limit_of(path):
            return too_large()
        if who.known and path.startswith(inside.UPLOADS):
            return self._brake.holds_upload(key, UPLOAD_LIMIT if size is None else size)
        return None

    def _unwelcome(self, asked: HTTPConnection, who: Caller) -> Response | None:
        """The answer to a stranger, and to a known person who asks for another's things."""
        path = asked.scope["path"]
        if path in self._open:
            return None
        if not who.known:
            return _to_sign_in(asked)
        if inside.closed(path):
            return PlainTextResponse("Not found.", 404)
        if path.startswith(inside.MEDIA) and not inside.may_fetch(path, who.person):
            return PlainTextResponse("Not found.", 404)
        if path.startswith(inside.UPLOADS) and not inside.may_put(path, who.person, who.visit):
            return PlainTextResponse("Not found.", 404)
        return None

    async def _sized(self, scope: Scope, receive: Receive, send: Send, path: str) -> None:
        try:
            await self._app(scope, counted(receive, limit_of(path)), send)
        except TooLargeError:
            await too_large()(scope, receive, send)
        except StoreError as trouble:
            await closed(HTTPConnection(scope), trouble)(scope, receive, send)


async def _caller(asked: HTTPConnection) -> Caller:
    """Who asks, by the session cookie."""
    address = asked.client.host if asked.client else ""
    token = asked.cookies.get(COOKIE, "")
    person = await run_in_threadpool(sign_in.person_of, token) if token else None
    return Caller(person, visit_of(token), address) if person else Caller("", "", address)


def visit_of(token: str) -> str:
    """A name for one sign-in from which its token cannot be found."""
    return hashlib.sha256(f"visit {token}".encode()).hexdigest()[:16]


def _to_sign_in(asked: HTTPConnection) -> Response:
    if asked.scope["type"] == "websocket" or asked.scope["method"] not in _READING:
        return PlainTextResponse("Sign in first.", 403)
    if "text/html" not in asked.headers.get("accept", ""):
        return PlainTextResponse("Sign in first.", 401)
    query = asked.url.query
    wanted = f"{asked.url.path}?{query}" if query else asked.url.path
    return RedirectResponse(f"{SIGN_IN}?{urlencode({'next': wanted})}", 303)


def _own_headers(scope: Scope, who: Caller) -> list[tuple[bytes, bytes]]:
    """The headers of a request, with who asks as the door knows it and in no other way."""
    kept = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(_OURS)]
    if who.known:
        kept += [(inside.PERSON_HEADER, who.person.encode()), (inside.VISIT_HEADER, who.visit.encode())]
    return kept


async def _refuse(answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        # Before the line is taken up this becomes 403.
        await send({"type": "websocket.close", "code": 1008})
    else:
        await answer(scope, receive, send)
