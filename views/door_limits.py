"""How large and how often: requests beyond it are refused before anything is kept in memory."""

from __future__ import annotations

import time

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive

from actions.pace import FORM_LIMIT, UPLOAD_LIMIT, Meter, Pacer
from views.door_streamlit import UPLOADS


class TooLargeError(Exception):
    """More bytes arrived than may."""


def too_large() -> Response:
    """The answer to it."""
    return PlainTextResponse("Too large.", 413)


def limit_of(path: str) -> int:
    """How many bytes a request to this address may bring."""
    return UPLOAD_LIMIT if path.startswith(UPLOADS) else FORM_LIMIT


def announced(headers: Headers) -> int | None:
    """How many bytes a request says it brings; None where it does not say."""
    told = headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdigit() else None


def counted(receive: Receive, limit: int) -> Receive:
    """The same request, stopped where more arrives than may."""
    meter = Meter(limit)

    async def counting() -> Message:
        message = await receive()
        if meter.full(len(message.get("body", b""))):
            raise TooLargeError
        return message

    return counting


class Brake:
    """Holds back who asks too fast."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    def holds(self, key: str, *kinds: str) -> Response | None:
        """An answer that says when to come back, or None where there is no hurry."""
        return self._told(max(self._pacer.take(kind, key, time.monotonic()) for kind in kinds))

    def holds_upload(self, key: str, size: int) -> Response | None:
        """The same for a file of so many bytes."""
        now = time.monotonic()
        return self._told(
            self._pacer.take("upload", key, now) or self._pacer.take("upload_bytes", key, now, size)
        )

    def _told(self, seconds: int) -> Response | None:
        if not seconds:
            return None
        return PlainTextResponse("Too many requests.", 429, headers={"Retry-After": str(seconds)})
