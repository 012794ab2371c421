"""Signing in by e-mail and password, and signing out."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from actions import sign_in
from locales import mark
from views.door_desk import Asked, Desk, asked_of
from views.door_forms import lead
from views.door_gate import SIGN_IN, SIGN_OUT
from views.door_html import Field, Markup, tag, trouble

# The page that shows who one is and where one is signed in.
OVERVIEW = "/own_account"
# Why somebody comes to the sign-in page, where it is worth a word.
_CAME = {
    "yes": mark("You are signed out."),
    "password": mark("Your password is changed. Sign in with the new one."),
}


class SignIn(Desk):
    """The ways in and out of those who were here before."""

    async def sign_in(self, request: Request) -> Response:
        """Sign in by e-mail and password, or go elsewhere for it."""
        asked = await asked_of(request)
        if not asked.sent:
            return lead(asked.next, asked.here) if await asked.actor() else self.shown(asked)
        if stale := self.stale(asked):
            return self.shown(asked, stale, 403)
        return await self.entered(
            asked,
            lambda: sign_in.by_password(asked.told("email"), asked.told("password"), asked.place),
            self.shown,
        )

    def shown(self, asked: Asked, wrong: str = "", status: int = 200) -> Response:
        """The page that asks."""
        say = asked.here.say
        parts: list[Markup] = []
        if came := _CAME.get(asked.request.query_params.get("out", "")):
            parts.append(tag("p", say(came), role="status"))
        if wrong:
            parts.append(trouble(wrong))
        parts.extend(self.elsewhere(asked, say("Sign in with your organisation's account")))
        if self.provider is not None:
            parts.append(tag("h2", say("With e-mail and password")))
        email = Field("email", say("E-mail address"), "email", "username", asked.entered.get("email", ""))
        password = Field("password", say("Password"), "password", "current-password")
        hidden = (("next", asked.next),)
        parts.append(self.form(asked, SIGN_IN, hidden, say("Sign in"), email, password, wrong=bool(wrong)))
        hint = say(
            "Whoever takes part was invited. If you lost your password, ask the secretariat for a new link."
        )
        return self.page(asked, say("Sign in"), *parts, tag("p", hint, class_="hint"), status=status)

    async def sign_out(self, request: Request) -> Response:
        """End this session, or all of one's own."""
        asked = await asked_of(request)
        say = asked.here.say
        if not asked.sent:
            language = asked.here.language
            return self.page(
                asked,
                say("Sign out"),
                self.form(asked, SIGN_OUT, (), say("Sign out here")),
                tag("p", say("On a shared computer, or if somebody else may have signed in as you:")),
                self.form(asked, SIGN_OUT, (("all", "yes"),), say("Sign out everywhere"), quiet=True),
                tag("p", tag("a", say("Your account"), href=f"{OVERVIEW}?lang={language}")),
                tag("p", tag("a", say("Back to the start page"), href=f"/?lang={language}")),
            )
        if self.stale(asked):
            return lead(SIGN_OUT)
        await run_in_threadpool(_end, asked.token, everywhere=asked.told("all") == "yes")
        return self.left(asked, "yes")


def _end(token: str, *, everywhere: bool) -> None:
    person = sign_in.person_of(token)
    if everywhere and person:
        sign_in.sign_out_everywhere(sign_in.actor(person))
    sign_in.sign_out(token)
