"""What a reader is told at the door while what is kept cannot be reached: in her language, with the way back."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from actions.house import StoreError
from actions.store_words import STORE_TROUBLES
from views.door_forms import reader
from views.door_headers import plain_policy
from views.door_html import page, tag, trouble

_HEADERS = {"Retry-After": "30", "Cache-Control": "no-store"}


def closed(asked: HTTPConnection, why: StoreError) -> Response:
    """A page for whoever asks for one, else one line."""
    if "text/html" not in asked.headers.get("accept", ""):
        line = f"What is kept cannot be reached ({why.kind}). Please try later."
        return PlainTextResponse(line, 503, _HEADERS)
    here = reader(asked)
    say, where = here.say, asked.url.path
    query = asked.query_params.multi_items()
    again = f"{where}?{asked.url.query}" if asked.url.query else where
    text = page(
        say("Please try later"),
        trouble(say(STORE_TROUBLES[why.kind])),
        tag(
            "p",
            say(
                "Nothing kept so far is lost. Please tell the person who runs this installation, then try again."
            ),
        ),
        tag("p", tag("a", say("Try again"), href=again)),
        here=here,
        path=where,
        query=[(name, value) for name, value in query if name != "lang"],
    )
    return HTMLResponse(text, 503, {**_HEADERS, "Content-Security-Policy": plain_policy()})
