"""The pages before signing in: sign in, accept an invitation, sign out, and whether the server is well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from actions import health, invitations, passwords, sign_in
from actions.configuration import Configuration
from actions.house import StoreError
from actions.invitations import InvitationError, Invited
from actions.pace import whole_minutes
from actions.role_names import ROLE_NAMES
from actions.sign_in import Opened, RefusedError
from locales import Speaker
from views.door_forms import Seal, lead, local, nonce_of, reader
from views.door_gate import COOKIE, SIGN_IN
from views.door_html import STYLE, STYLE_PATH, Field, Markup, form, page, tag, trouble
from views.door_oidc import BACK, Provider, ProviderError

INVITATION = invitations.PATH
SIGN_OUT = "/sign-out"
ELSEWHERE = "/sign-in/organisation"
# What a browser keeps, signed, while its reader is at the other server.
_KEPT = ("next", "code", "lang")


def ways_in(*, with_provider: bool) -> tuple[str, ...]:
    """The addresses that are open to everybody, because they lead in."""
    return (SIGN_IN, STYLE_PATH, INVITATION, *((ELSEWHERE, BACK) if with_provider else ()))


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the pages see it: its words, its language, where it leads to, and what was entered."""

    request: Request
    entered: Mapping[str, str]
    here: Speaker
    next: str
    nonce: str

    def told(self, name: str) -> str:
        """An entry of the form or, before it is sent, of the address."""
        return self.entered.get(name) or self.request.query_params.get(name, "")

    @property
    def place(self) -> str:
        """Where it comes from."""
        return self.request.client.host if self.request.client else ""


class Pages:
    """The routes of one installation."""

    def __init__(self, settings: Configuration) -> None:
        self._settings = settings
        self._seal = Seal(settings.cookie_secret, secure=settings.secure)
        self._provider = Provider(settings.oidc, settings.address) if settings.oidc else None

    def routes(self) -> list[BaseRoute]:
        """All of them."""
        found: list[BaseRoute] = [
            Route("/health", well),
            Route(STYLE_PATH, style),
            Route(SIGN_IN, self.sign_in, methods=["GET", "POST"]),
            Route(INVITATION, self.invitation, methods=["GET", "POST"]),
            Route(SIGN_OUT, self.sign_out, methods=["GET", "POST"]),
        ]
        if self._provider is not None:
            found += [Route(ELSEWHERE, self.elsewhere), Route(BACK, self.back)]
        return found

    async def sign_in(self, request: Request) -> Response:
        """Sign in by e-mail and password, or go elsewhere for it."""
        asked = await _asked(request)
        if request.method == "GET":
            token = request.cookies.get(COOKIE, "")
            if token and await run_in_threadpool(sign_in.person_of, token):
                return lead(asked.next, asked.here)
            return self._sign_in_page(asked)
        return await self._tried(
            asked,
            lambda: sign_in.by_password(asked.told("email"), asked.told("password"), asked.place),
            self._sign_in_page,
        )

    async def invitation(self, request: Request) -> Response:
        """Accept an invitation with a password, or go elsewhere for it."""
        asked = await _asked(request)
        invited = await run_in_threadpool(invitations.invitation_of, asked.told("code"))
        if invited is None:
            return self._page(asked, asked.here.say("Invitation"), self._gone(asked), status=404)

        def shown(asked: Asked, wrong: str = "", status: int = 200) -> Response:
            return self._invitation_page(asked, invited, wrong, status)

        if request.method == "GET":
            return shown(asked)
        return await self._tried(
            asked,
            lambda: invitations.accept(
                asked.told("code"), asked.told("name"), asked.told("password"), asked.place
            ),
            shown,
        )

    async def sign_out(self, request: Request) -> Response:
        """End this session, or all of one's own."""
        asked = await _asked(request)
        say = asked.here.say
        if request.method == "GET":
            return self._page(
                asked,
                say("Sign out"),
                self._form(asked, SIGN_OUT, (), say("Sign out here")),
                tag("p", say("On a shared computer, or if somebody else may have signed in as you:")),
                self._form(asked, SIGN_OUT, (("all", "yes"),), say("Sign out everywhere"), quiet=True),
                tag("p", tag("a", say("Back to the start page"), href=f"/?lang={asked.here.language}")),
            )
        if not self._seal.holds(request, asked.told("form")):
            return lead(SIGN_OUT)
        token = request.cookies.get(COOKIE, "")
        await run_in_threadpool(_end, token, everywhere=asked.told("all") == "yes")
        answer = lead(f"{SIGN_IN}?{urlencode({'out': 'yes', 'lang': asked.here.language})}")
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=self._settings.secure)
        # What the browser still holds of the pages goes as well.
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer

    async def elsewhere(self, request: Request) -> Response:
        """Lead to the server that says who somebody is."""
        asked = await _asked(request)
        assert self._provider is not None
        kept = {"next": asked.next, "code": asked.told("code"), "lang": asked.here.language}
        request.session.update({f"scorecard_{name}": kept[name] for name in _KEPT})
        try:
            return await self._provider.begin(request)
        except ProviderError:
            return self._sign_in_page(asked, _not_vouched(asked), 502)

    async def back(self, request: Request) -> Response:
        """Come back from there."""
        assert self._provider is not None
        kept = {name: str(request.session.pop(f"scorecard_{name}", "")) for name in _KEPT}
        asked = Asked(request, kept, reader(request, kept["lang"]), local(kept["next"]), nonce_of(request))
        try:
            claims = await self._provider.end(request)
        except ProviderError:
            return self._sign_in_page(asked, _not_vouched(asked), 403)
        finally:
            request.session.clear()
        issuer, subject = self._provider.issuer, str(claims["sub"])
        name = str(claims.get("name") or claims.get("email") or "")
        code = kept["code"]

        def come_in() -> Opened:
            if code:
                return invitations.accept_by_identity(code, issuer, subject, name)
            return sign_in.by_identity(issuer, subject)

        return await self._entered(asked, come_in, self._sign_in_page)

    async def _tried(
        self, asked: Asked, come_in: Callable[[], Opened], shown: Callable[[Asked, str, int], Response]
    ) -> Response:
        if not self._seal.holds(asked.request, asked.told("form")):
            say = asked.here.say
            return shown(asked, say("This form was open for too long. Please enter it once more."), 403)
        return await self._entered(asked, come_in, shown)

    async def _entered(
        self, asked: Asked, come_in: Callable[[], Opened], shown: Callable[[Asked, str, int], Response]
    ) -> Response:
        """Let somebody in and lead on, or say why not."""
        try:
            opened = await run_in_threadpool(come_in)
        except RefusedError as refused:
            return _refused(asked, refused, shown)
        except InvitationError as fault:
            return shown(asked, fault.told(asked.here.language), 422)
        except StoreError:
            return shown(asked, _store_trouble(asked), 503)
        answer = lead(asked.next, asked.here)
        # Without an end of its own: the browser forgets it when it is closed, the store ends it earlier.
        answer.set_cookie(
            COOKIE, opened.token, httponly=True, samesite="lax", secure=self._settings.secure, path="/"
        )
        return answer

    def _sign_in_page(self, asked: Asked, wrong: str = "", status: int = 200) -> Response:
        say = asked.here.say
        parts: list[Markup] = []
        if asked.request.query_params.get("out"):
            parts.append(tag("p", say("You are signed out."), role="status"))
        if wrong:
            parts.append(trouble(wrong))
        parts.extend(self._elsewhere_link(asked, say("Sign in with your organisation's account")))
        if parts and self._provider is not None:
            parts.append(tag("h2", say("With e-mail and password")))
        parts.append(
            self._form(
                asked,
                SIGN_IN,
                (("next", asked.next),),
                say("Sign in"),
                Field("email", say("E-mail address"), "email", "username", asked.entered.get("email", "")),
                Field("password", say("Password"), "password", "current-password"),
                wrong=bool(wrong),
            )
        )
        parts.append(
            tag(
                "p",
                say(
                    "Whoever takes part was invited. If you lost your password, ask the secretariat for a new link."
                ),
                class_="hint",
            )
        )
        return self._page(asked, say("Sign in"), *parts, status=status)

    def _invitation_page(self, asked: Asked, invited: Invited, wrong: str, status: int) -> Response:
        say = asked.here.say
        parts = [tag("p", _invited_to(asked.here, invited))]
        if wrong:
            parts.append(trouble(wrong))
        if not invited.renewal:
            parts.extend(self._elsewhere_link(asked, say("Go on with your organisation's account")))
            if self._provider is not None:
                parts.append(tag("h2", say("With e-mail and password")))
        fields = [] if invited.known or invited.renewal else [_name(asked)]
        fields.append(Field("email", say("E-mail address"), "email", "username", invited.email, fixed=True))
        if invited.known:
            parts.append(tag("p", say("You have an account here. Enter its password.")))
            fields.append(Field("password", say("Password"), "password", "current-password"))
        else:
            hint = say("At least {least} characters; a sentence is easy to remember.", least=passwords.LEAST)
            fields.append(
                Field(
                    "password",
                    say("New password"),
                    "password",
                    "new-password",
                    hint=hint,
                    shortest=str(passwords.LEAST),
                )
            )
        hidden = (("code", asked.told("code")), ("next", asked.next))
        parts.append(
            self._form(asked, INVITATION, hidden, say("Accept and sign in"), *fields, wrong=bool(wrong))
        )
        return self._page(asked, say("Invitation"), *parts, status=status)

    def _elsewhere_link(self, asked: Asked, label: str) -> list[Markup]:
        if self._provider is None:
            return []
        query = {"next": asked.next, "lang": asked.here.language, "code": asked.told("code")}
        where = urlencode({name: value for name, value in query.items() if value})
        return [tag("a", label, href=f"{ELSEWHERE}?{where}", class_="button")]

    def _gone(self, asked: Asked) -> Markup:
        return trouble(InvitationError("gone").told(asked.here.language))

    def _form(
        self,
        asked: Asked,
        where: str,
        hidden: tuple[tuple[str, str], ...],
        button: str,
        *fields: Field,
        wrong: bool = False,
        quiet: bool = False,
    ) -> Markup:
        kept = (*hidden, ("lang", asked.here.language), self._seal.hidden(asked.nonce))
        return form(where, fields, button, hidden=kept, wrong=wrong, quiet=quiet)

    def _page(self, asked: Asked, title: str, *parts: Markup, status: int = 200) -> Response:
        query = [(name, value) for name in ("next", "code") if (value := asked.told(name))]
        text = page(title, *parts, here=asked.here, path=asked.request.url.path, query=query)
        return self._seal.page(text, nonce=asked.nonce, status=status)


async def _asked(request: Request) -> Asked:
    entered: dict[str, str] = {}
    if request.method == "POST":
        async with request.form(max_files=0, max_fields=12) as sent:
            entered = {name: value for name, value in sent.items() if isinstance(value, str)}
    wanted = entered.get("next") or request.query_params.get("next", "")
    return Asked(request, entered, reader(request, entered.get("lang", "")), local(wanted), nonce_of(request))


def _end(token: str, *, everywhere: bool) -> None:
    person = sign_in.person_of(token)
    if everywhere and person:
        sign_in.sign_out_everywhere(sign_in.actor(person))
    sign_in.sign_out(token)


def _name(asked: Asked) -> Field:
    return Field("name", asked.here.say("Your name"), "text", "name", asked.entered.get("name", ""))


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


def _refused(asked: Asked, refused: RefusedError, shown: Callable[[Asked, str, int], Response]) -> Response:
    say = asked.here.say
    if refused.reason == sign_in.TOO_MANY:
        minutes = whole_minutes(refused.seconds)
        text = asked.here.plural(
            "Too many tries. Please wait {count} minute, then try again.",
            "Too many tries. Please wait {count} minutes, then try again.",
            minutes,
        )
        answer = shown(asked, text, 429)
        answer.headers["Retry-After"] = str(refused.seconds)
        return answer
    if refused.reason == sign_in.UNKNOWN:
        text = say("Nobody has invited this account yet. Open the link of your invitation first.")
        return shown(asked, text, 403)
    return shown(asked, say("E-mail address or password is not right."), 401)


def _not_vouched(asked: Asked) -> str:
    return asked.here.say("Your organisation's sign-in did not answer as it should. Please try again.")


def _store_trouble(asked: Asked) -> str:
    return asked.here.say(
        "Nobody can sign in at the moment: what is kept cannot be reached. Please try later."
    )


async def well(_request: Request) -> Response:
    """Whether the store answers: for whatever leads people to one of several processes."""
    state = await run_in_threadpool(health.state)
    return PlainTextResponse(state, 200 if state == health.WELL else 503)


async def style(_request: Request) -> Response:
    """How the pages look."""
    return Response(STYLE, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})
