"""What every answer says about itself: where its parts may come from, who may frame it, and that cookies stay ours."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from views.door_streamlit import MEDIA

# Streamlit's page reads this cookie by script; all others are for the server alone.
_READ_BY_SCRIPT = "_streamlit_xsrf"
_YEAR = 31_536_000
# Names the process that answered, so that a proxy can lead an open page's further requests to it.
AT = "scorecard_at"


def page_policy(address: str, hashes: Iterable[str]) -> str:
    """The content security policy of Streamlit's pages.

    Streamlit sets styles by script and reads tables with WebAssembly; nothing comes from another origin.
    """
    socket = urlsplit(address)._replace(scheme="wss" if address.startswith("https") else "ws").geturl()
    return _joined(
        {
            "default-src": "'self'",
            "script-src": " ".join(["'self'", *hashes, "'wasm-unsafe-eval'"]),
            "style-src": "'self' 'unsafe-inline'",
            "font-src": "'self' data:",
            "img-src": "'self' data: blob:",
            "connect-src": f"'self' {socket}",
            "object-src": "'none'",
            "frame-src": "'none'",
            "base-uri": "'self'",
            "form-action": "'self'",
            "frame-ancestors": "'none'",
        }
    )


def plain_policy() -> str:
    """The content security policy of the pages before signing in, which have no script at all."""
    return _joined(
        {
            "default-src": "'none'",
            "style-src": "'self'",
            "img-src": "data:",
            "base-uri": "'none'",
            "form-action": "'self'",
            "frame-ancestors": "'none'",
        }
    )


def _joined(directives: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


class Headers:
    """The outermost layer: puts the headers on every answer, and turns what failed into an answer."""

    def __init__(self, app: ASGIApp, *, address: str, hashes: Iterable[str]) -> None:
        self._app = app
        self._secure = address.startswith("https://")
        self._always = {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            **({"Strict-Transport-Security": f"max-age={_YEAR}"} if self._secure else {}),
        }
        # A route of ours says something stricter.
        self._unless_said = {
            "Content-Security-Policy": page_policy(address, hashes),
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or one line."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        here = _place(scope)
        begun = False

        async def tell(message: Message) -> None:
            nonlocal begun
            if message["type"] in ("http.response.start", "websocket.accept"):
                message = {**message, "headers": list(message.get("headers", []))}
                headers = MutableHeaders(raw=message["headers"])
                if here:
                    headers.append("set-cookie", f"{AT}={here}; Path=/; SameSite=Lax")
                if message["type"] == "http.response.start":
                    begun = True
                    self._complete(headers, scope["path"])
                self._guard_cookies(headers)
            await send(message)

        try:
            await self._app(scope, receive, tell)
        except Exception:
            # The cause goes to the log and nowhere else.
            logging.getLogger(__name__).exception("a request failed")
            if begun or scope["type"] == "websocket":
                raise
            await PlainTextResponse("Something failed on our side.", 500)(scope, receive, tell)

    def _complete(self, headers: MutableHeaders, path: str) -> None:
        for name, value in self._always.items():
            headers[name] = value
        if path.startswith(MEDIA):
            headers["Cache-Control"] = "no-store"
        for name, value in self._unless_said.items():
            headers.setdefault(name, value)
        # Nobody elsewhere is to read an answer.
        for name in [one for one in headers if one.startswith("access-control-")]:
            del headers[name]

    def _guard_cookies(self, headers: MutableHeaders) -> None:
        cookies = [self._guarded(one) for one in headers.getlist("set-cookie")]
        if cookies:
            del headers["set-cookie"]
            for one in cookies:
                headers.append("set-cookie", one)

    def _guarded(self, cookie: str) -> str:
        said = {part.strip().lower() for part in cookie.split(";")[1:]}
        if self._secure and "secure" not in said:
            cookie += "; Secure"
        if "httponly" not in said and not cookie.startswith(f"{_READ_BY_SCRIPT}="):
            cookie += "; HttpOnly"
        return cookie


def _place(scope: Scope) -> str:
    """The port that this process listens on, where the caller's cookie does not name it yet; "" where it does.

    Not beside files that anybody may keep.
    """
    listening = None if scope["path"].startswith("/static/") else scope.get("server")
    here = str(listening[1]) if listening else ""
    return "" if HTTPConnection(scope).cookies.get(AT) == here else here
