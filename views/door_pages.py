"""The addresses of the door's own pages, and those of them that are open because they lead in."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from actions import health
from actions.configuration import Configuration
from views.door_account import Account
from views.door_elsewhere import Elsewhere
from views.door_gate import ACCOUNT, SIGN_IN, SIGN_OUT
from views.door_html import STYLE, STYLE_PATH
from views.door_invitation import INVITATION, Invitation
from views.door_oidc import BACK, ELSEWHERE, Provider
from views.door_sign_in import SignIn

_BOTH = ("GET", "POST")


def ways_in(*, with_provider: bool) -> tuple[str, ...]:
    """The addresses that are open to everybody, because they lead in."""
    return (SIGN_IN, STYLE_PATH, INVITATION, *((ELSEWHERE, BACK) if with_provider else ()))


def routes(settings: Configuration) -> list[BaseRoute]:
    """All of them."""
    provider = Provider(settings.oidc, settings.address) if settings.oidc else None
    back = SignIn(settings, provider)
    found: list[BaseRoute] = [
        Route("/health", well),
        Route(STYLE_PATH, style),
        Route(SIGN_IN, back.sign_in, methods=_BOTH),
        Route(SIGN_OUT, back.sign_out, methods=_BOTH),
        Route(INVITATION, Invitation(settings, provider).invitation, methods=_BOTH),
        Route(ACCOUNT, Account(settings, provider).account, methods=_BOTH),
    ]
    if provider is not None:
        elsewhere = Elsewhere(settings, provider)
        found.extend((Route(ELSEWHERE, elsewhere.there), Route(BACK, elsewhere.back)))
    return found


async def well(_request: Request) -> Response:
    """Whether the store answers: for whatever leads people to one of several processes."""
    state = await run_in_threadpool(health.state)
    return PlainTextResponse(state, 200 if state == health.WELL else 503)


async def style(_request: Request) -> Response:
    """How the pages look."""
    return Response(STYLE, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})
