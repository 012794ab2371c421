"""The line over which an open page talks: who has been signed out does nothing on it any more."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive

from actions import sign_in
from actions.house import StoreError
from views import door_streamlit as inside


def watched(receive: Receive, token: str) -> Receive:
    """The same line, on which each message is looked at: what no page sends is dropped; with a session that has
    ended, the page is only shown again, which then leads to signing in."""

    async def watching() -> Message:
        while True:
            message = await receive()
            data = message.get("bytes")
            if message["type"] != "websocket.receive" or data is None or inside.too_long(data):
                # Streamlit closes the line on what is too long, or is text.
                return message
            sent = inside.understood(data)
            if sent is None:
                continue
            if inside.is_quiet(sent) or await _present(token):
                return message
            again = inside.only_shown_again(sent)
            if again is not None:
                return {**message, "bytes": again}

    return watching


async def _present(token: str) -> bool:
    try:
        return await run_in_threadpool(sign_in.person_of, token) is not None
    except StoreError:
        # The page asks the store too, and tells.
        return True
