"""Accepting an invitation: with a new password, with an account's own, as who is signed in, or from elsewhere."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from actions import accepting, invitations, passwords
from actions.accepting import Invited
from actions.access import Actor
from actions.invitations import InvitationError
from actions.role_names import ROLE_NAMES
from locales import Speaker
from views.door_desk import Asked, Desk, asked_of
from views.door_forms import lead
from views.door_html import Field, Markup, tag, trouble

INVITATION = invitations.PATH


class Invitation(Desk):
    """The page behind the link of an invitation."""

    async def invitation(self, request: Request) -> Response:
        """Tell what it is to, and accept it."""
        asked = await asked_of(request)
        invited = await run_in_threadpool(accepting.invitation_of, asked.told("code"))
        if invited is None:
            gone = trouble(InvitationError("gone").told(asked.here.language))
            return self.page(asked, asked.here.say("Invitation"), gone, status=404)
        who = None if invited.renewal else await asked.actor()

        def shown(asked: Asked, wrong: str = "", status: int = 200) -> Response:
            return self._page(asked, invited, who, wrong, status)

        if not asked.sent:
            return shown(asked)
        if stale := self.stale(asked):
            return shown(asked, stale, 403)
        if who is not None and asked.told("as") == who.person:
            return await self._accept_as(asked, who)
        return await self.entered(
            asked,
            lambda: accepting.accept(
                asked.told("code"), asked.told("name"), asked.told("password"), asked.place
            ),
            shown,
        )

    async def _accept_as(self, asked: Asked, who: Actor) -> Response:
        try:
            await run_in_threadpool(accepting.accept_as, who, asked.told("code"))
        except InvitationError as fault:
            wrong = trouble(fault.told(asked.here.language))
            return self.page(asked, asked.here.say("Invitation"), wrong, status=422)
        return lead(asked.next, asked.here)

    def _page(self, asked: Asked, invited: Invited, who: Actor | None, wrong: str, status: int) -> Response:
        say = asked.here.say
        hidden = (("code", asked.told("code")), ("next", asked.next))
        parts: list[Markup] = [tag("p", _invited_to(asked.here, invited))]
        if wrong:
            parts.append(trouble(wrong))
        if who is not None:
            button = say("Accept as {name}", name=who.name)
            parts.append(self.form(asked, INVITATION, (*hidden, ("as", who.person)), button))
            parts.append(tag("h2", say("For somebody else")))
        if not invited.renewal:
            parts.extend(self.elsewhere(asked, say("Go on with your organisation's account")))
            if self.provider is not None:
                parts.append(tag("h2", say("With e-mail and password")))
        if invited.known:
            parts.append(tag("p", say("You have an account here. Enter its password.")))
        fields = _fields(asked, invited)
        parts.append(
            self.form(asked, INVITATION, hidden, say("Accept and sign in"), *fields, wrong=bool(wrong))
        )
        return self.page(asked, say("Invitation"), *parts, status=status)


def _fields(asked: Asked, invited: Invited) -> list[Field]:
    say = asked.here.say
    email = Field("email", say("E-mail address"), "email", "username", invited.email, fixed=True)
    if invited.known:
        return [email, Field("password", say("Password"), "password", "current-password")]
    name = Field("name", say("Your name"), "text", "name", asked.entered.get("name", ""))
    return [*([] if invited.renewal else [name]), email, new_password(asked, "password")]


def new_password(asked: Asked, name: str) -> Field:
    """The entry for a new password."""
    say = asked.here.say
    hint = say("At least {least} characters; a sentence is easy to remember.", least=passwords.LEAST)
    shortest = str(passwords.LEAST)
    return Field(name, say("New password"), "password", "new-password", hint=hint, shortest=shortest)


def _invited_to(here: Speaker, invited: Invited) -> str:
    say = here.say
    if invited.renewal:
        return say("Here you set a new password. It signs you out wherever you are signed in.")
    role = say(ROLE_NAMES[invited.role])
    if invited.city:
        return say("You are invited to take part as {role} for {city}.", role=role, city=invited.city)
    if invited.country:
        return say(
            "You are invited to take part as {role} for {country}.", role=role, country=invited.country
        )
    return say("You are invited to take part as {role}.", role=role)
