"""What the forms before signing in share: the reader's language, where she wanted to go, and that she sent them."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from locales import LANGUAGES, Speaker, match_language, speaker
from views.door_headers import plain_policy

START = "/"
_FORM_COOKIE = "scorecard_form"
_FORM_SECONDS = 7_200
_LONGEST = 2000
# Printable and no backslash, which some browsers take for a slash.
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*")
# Nobody wants to come back to these.
_NOT_WANTED = ("/sign-in", "/sign-out", "/invitation", "/_stcore", "/media", "/static", "/health")


def local(wanted: str) -> str:
    """An address on this server that a person may be led to; the start page for any other."""
    if len(wanted) > _LONGEST or not _LOCAL.fullmatch(wanted):
        return START
    parts = urlsplit(wanted)
    if (
        parts.scheme
        or parts.netloc
        or any(parts.path == one or parts.path.startswith(f"{one}/") for one in _NOT_WANTED)
    ):
        return START
    return wanted


def reader(request: HTTPConnection, told: str = "") -> Speaker:
    """The reader's language: as told or in the address, else as her browser asks."""
    wanted = told or request.query_params.get("lang", "")
    if wanted not in LANGUAGES:
        wanted = match_language(request.headers.get("accept-language", "").split(",")[0].split(";")[0])
    return speaker(wanted)


def nonce_of(request: Request) -> str:
    """What this browser's forms are marked with: what it has from before, else something new."""
    held = request.cookies.get(_FORM_COOKIE, "")
    return held if re.fullmatch(r"[\w-]{43}", held, re.ASCII) else secrets.token_urlsafe(32)


class Seal:
    """Marks forms, so that a form which another page made somebody send is told from one that was asked for here."""

    def __init__(self, secret: str, *, secure: bool) -> None:
        self._key = hmac.digest(secret.encode(), b"scorecard forms", "sha256")
        self._secure = secure

    def page(self, text: str, *, nonce: str, status: int = 200) -> Response:
        """A page of ours, whose forms carry the mark of `nonce`."""
        answer = HTMLResponse(
            text,
            status,
            headers={"Content-Security-Policy": plain_policy(), "Referrer-Policy": "same-origin"},
        )
        answer.set_cookie(
            _FORM_COOKIE,
            nonce,
            max_age=_FORM_SECONDS,
            httponly=True,
            samesite="lax",
            secure=self._secure,
        )
        return answer

    def hidden(self, nonce: str) -> tuple[str, str]:
        """The hidden entry of a form."""
        return "form", hmac.new(self._key, nonce.encode(), hashlib.sha256).hexdigest()

    def holds(self, request: Request, told: str) -> bool:
        """Whether a form was made here for this browser."""
        nonce = request.cookies.get(_FORM_COOKIE, "")
        return nonce != "" and hmac.compare_digest(self.hidden(nonce)[1].encode(), told.encode())


def lead(where: str, here: Speaker | None = None) -> Response:
    """On to an address of ours, by reading it; in the reader's language where the address names none."""
    parts = urlsplit(where)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if here is not None and "lang" not in dict(query):
        where = parts._replace(query=urlencode([*query, ("lang", here.language)])).geturl()
    return RedirectResponse(where, 303)
