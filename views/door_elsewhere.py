"""To the server of an organisation, which says who somebody is, and back."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from actions import accepting, sign_in
from actions.configuration import Configuration
from actions.invitations import InvitationError
from actions.sign_in import Opened
from views.door_account import JOINING, Account
from views.door_desk import Asked, Desk, asked_of
from views.door_forms import lead, local, nonce_of, reader
from views.door_gate import ACCOUNT
from views.door_oidc import Provider, ProviderError
from views.door_sign_in import SignIn

# What a browser keeps, signed, while its reader is at the other server.
_KEPT = ("next", "code", "lang")


class Elsewhere(Desk):
    """Both ways."""

    def __init__(self, settings: Configuration, provider: Provider) -> None:
        super().__init__(settings, provider)
        self._trusted = provider
        self._sign_in, self._account = SignIn(settings, provider), Account(settings, provider)

    async def there(self, request: Request) -> Response:
        """Lead to the other server."""
        asked = await asked_of(request)
        kept = {"next": asked.next, "code": asked.told("code"), "lang": asked.here.language}
        request.session.update({f"scorecard_{name}": kept[name] for name in _KEPT})
        if not asked.told(JOINING):
            request.session.pop(JOINING, None)
        try:
            return await self._trusted.begin(request)
        except ProviderError:
            return self._sign_in.shown(asked, _not_vouched(asked), 502)

    async def back(self, request: Request) -> Response:
        """Come back from there."""
        kept = {name: str(request.session.pop(f"scorecard_{name}", "")) for name in _KEPT}
        joining = str(request.session.pop(JOINING, ""))
        asked = Asked(request, kept, reader(request, kept["lang"]), local(kept["next"]), nonce_of(request))
        try:
            claims = await self._trusted.end(request)
        except ProviderError:
            return self._sign_in.shown(asked, _not_vouched(asked), 403)
        finally:
            request.session.clear()
        issuer, subject = self._trusted.issuer, str(claims["sub"])
        if joining:
            return await self._joined(asked, joining, issuer, subject)
        name = str(claims.get("name") or claims.get("email") or "")

        def come_in() -> Opened:
            if kept["code"]:
                return accepting.accept_by_identity(kept["code"], issuer, subject, name)
            return sign_in.by_identity(issuer, subject)

        return await self.entered(asked, come_in, self._sign_in.shown)

    async def _joined(self, asked: Asked, joining: str, issuer: str, subject: str) -> Response:
        """From now on the account elsewhere opens this one, where the same person still is signed in."""
        who = await asked.actor()
        if who is None or who.person != joining:
            return lead(ACCOUNT)
        try:
            await run_in_threadpool(accepting.add_identity_to, who, issuer, subject)
        except InvitationError as fault:
            return self._account.shown(asked, who, fault.told(asked.here.language), 422)
        return lead(f"{ACCOUNT}?done=joined", asked.here)


def _not_vouched(asked: Asked) -> str:
    return asked.here.say("Your organisation's sign-in did not answer as it should. Please try again.")
