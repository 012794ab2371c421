"""Signing in with an account elsewhere, by OpenID Connect: code flow with PKCE, state and nonce (Authlib)."""

from __future__ import annotations

import logging
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from actions.configuration import OidcSettings

ELSEWHERE = "/sign-in/organisation"
BACK = "/sign-in/organisation/back"
_NAME = "organisation"
_SECONDS = 10


class ProviderError(Exception):
    """The other server did not vouch for anybody; the cause is in the log."""


class Provider:
    """The server that an installation trusts to say who somebody is."""

    def __init__(self, settings: OidcSettings, address: str) -> None:
        self.issuer = settings.issuer
        self._back = address + BACK
        self._client: Any = OAuth().register(
            _NAME,
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            server_metadata_url=f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email profile",
                "code_challenge_method": "S256",
                "timeout": _SECONDS,
            },
        )

    async def begin(self, request: Request) -> Response:
        """Lead the browser there; what must come back is kept in a signed cookie of this browser."""
        try:
            await self._same_issuer()
            answer: Response = await self._client.authorize_redirect(request, self._back)
        except (AuthlibBaseError, httpx2.HTTPError, ValueError) as trouble:
            raise _told(trouble) from trouble
        return answer

    async def end(self, request: Request) -> dict[str, Any]:
        """The claims of the person who comes back; ProviderError unless everything fits."""
        try:
            await self._same_issuer()
            token = await self._client.authorize_access_token(request)
        except (AuthlibBaseError, JoseError, httpx2.HTTPError, ValueError) as trouble:
            raise _told(trouble) from trouble
        claims: dict[str, Any] = dict(token.get("userinfo") or {})
        if not claims.get("sub"):
            raise _told(ValueError("the answer names nobody"))
        return claims

    async def _same_issuer(self) -> None:
        metadata = await self._client.load_server_metadata()
        if metadata.get("issuer", "").rstrip("/") != self.issuer.rstrip("/"):
            raise ValueError("the server calls itself by another name")


def _told(trouble: Exception) -> ProviderError:
    # Kinds only: descriptions may hold what the other server was sent.
    logging.getLogger(__name__).warning("signing in elsewhere failed: %s", type(trouble).__name__)
    return ProviderError(type(trouble).__name__)
