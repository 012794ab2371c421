"""The ways into one's own account: another password, and an organisation's account as a second way in."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from actions import passwords, sign_in
from actions.access import Actor
from actions.house import StoreError
from actions.sign_in import RefusedError
from views.door_desk import Asked, Desk, asked_of, store_trouble, told_refused
from views.door_forms import lead
from views.door_gate import ACCOUNT, SIGN_IN, SIGN_OUT
from views.door_html import Field, Markup, tag, trouble
from views.door_invitation import new_password
from views.door_oidc import ELSEWHERE
from views.door_sign_in import OVERVIEW

# Whose account another one is to open, kept signed in the browser while its reader is at the other server.
JOINING = "scorecard_joining"


class Account(Desk):
    """The page of whoever is signed in."""

    async def account(self, request: Request) -> Response:
        """Show it, or do what was asked on it."""
        asked = await asked_of(request)
        who = await asked.actor()
        if who is None:
            return lead(SIGN_IN)
        if not asked.sent:
            return self.shown(asked, who)
        if stale := self.stale(asked):
            return self.shown(asked, who, stale, 403)
        if asked.told("do") == "join" and self.provider is not None:
            return self._ask_to_join(asked, who)
        return await self._change_password(asked, who)

    def shown(self, asked: Asked, who: Actor, wrong: str = "", status: int = 200) -> Response:
        """The page."""
        say, language = asked.here.say, asked.here.language
        parts: list[Markup] = [tag("p", say("Signed in as {name}", name=who.name))]
        if asked.request.query_params.get("done"):
            parts.append(tag("p", say("Your organisation's account now opens this one."), role="status"))
        if wrong:
            parts.append(trouble(wrong))
        parts.append(tag("h2", say("Another password")))
        parts.append(
            tag("p", say("You are signed out everywhere, and sign in with the new one."), class_="hint")
        )
        old = Field("old", say("Password until now"), "password", "current-password")
        new = new_password(asked, "new")
        parts.append(
            self.form(
                asked, ACCOUNT, (("do", "password"),), say("Change the password"), old, new, wrong=bool(wrong)
            )
        )
        if self.provider is not None:
            parts.append(tag("h2", say("Your organisation's account")))
            parts.append(tag("p", say("It can open this account as well: then you need no password here.")))
            parts.append(
                self.form(asked, ACCOUNT, (("do", "join"),), say("Let it open this account"), quiet=True)
            )
        ways = (
            (say("Your account"), OVERVIEW),
            (say("Sign out"), SIGN_OUT),
            (say("Back to the start page"), "/"),
        )
        for text, where in ways:
            parts.append(tag("p", tag("a", text, href=f"{where}?lang={language}")))
        return self.page(asked, say("Password and other ways in"), *parts, status=status)

    def _ask_to_join(self, asked: Asked, who: Actor) -> Response:
        # A form may not lead to another server, a link may.
        asked.request.session[JOINING] = who.person
        say = asked.here.say
        where = f"{ELSEWHERE}?{JOINING}=yes&lang={asked.here.language}"
        return self.page(
            asked,
            say("Password and other ways in"),
            tag("p", say("Sign in at your organisation now; you come back here.")),
            tag("a", say("Go on with your organisation's account"), href=where, class_="button"),
        )

    async def _change_password(self, asked: Asked, who: Actor) -> Response:
        def shown(asked: Asked, wrong: str = "", status: int = 200) -> Response:
            return self.shown(asked, who, wrong, status)

        say = asked.here.say
        try:
            fault = await run_in_threadpool(
                sign_in.change_password, who, asked.told("old"), asked.told("new"), asked.place
            )
        except RefusedError as refused:
            if refused.reason == sign_in.WRONG:
                return shown(asked, say("The password until now is not right."), 422)
            return told_refused(asked, refused, shown)
        except StoreError:
            return shown(asked, store_trouble(asked), 503)
        if fault:
            return shown(asked, say(fault, least=passwords.LEAST, most=passwords.MOST), 422)
        return self.left(asked, "password")
