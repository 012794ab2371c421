"""What the pages of the door share: what was asked, how a page is made, and how somebody is let in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from actions import sign_in
from actions.access import Actor, NotAllowedError
from actions.configuration import Configuration
from actions.house import StoreError
from actions.invitations import InvitationError
from actions.pace import whole_minutes
from actions.sign_in import Opened, RefusedError
from locales import Speaker
from views.door_forms import Seal, lead, local, nonce_of, reader
from views.door_gate import COOKIE
from views.door_html import Field, Markup, form, page, tag
from views.door_oidc import ELSEWHERE, Provider


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
    def sent(self) -> bool:
        """Whether a form was sent."""
        return self.request.method == "POST"

    @property
    def place(self) -> str:
        """Where it comes from."""
        return self.request.client.host if self.request.client else ""

    @property
    def token(self) -> str:
        """The session cookie."""
        return self.request.cookies.get(COOKIE, "")

    async def actor(self) -> Actor | None:
        """Who is signed in, None for nobody."""
        return await run_in_threadpool(_actor, self.token) if self.token else None


def _actor(token: str) -> Actor | None:
    person = sign_in.person_of(token)
    try:
        return sign_in.actor(person) if person else None
    except NotAllowedError:
        return None


async def asked_of(request: Request) -> Asked:
    """What a request asks, with what was entered in its form."""
    entered: dict[str, str] = {}
    if request.method == "POST":
        async with request.form(max_files=0, max_fields=12) as sent:
            entered = {name: value for name, value in sent.items() if isinstance(value, str)}
    wanted = entered.get("next") or request.query_params.get("next", "")
    return Asked(request, entered, reader(request, entered.get("lang", "")), local(wanted), nonce_of(request))


# Shows the page again with what is wrong, and the status of the answer.
Shown = Callable[[Asked, str, int], Response]


class Desk:
    """What every page of an installation needs."""

    def __init__(self, settings: Configuration, provider: Provider | None) -> None:
        self.settings, self.provider = settings, provider
        self.seal = Seal(settings.cookie_secret, secure=settings.secure)

    def page(self, asked: Asked, title: str, *parts: Markup, status: int = 200) -> Response:
        """A page whose links to other languages keep what the address holds."""
        query = [(name, value) for name in ("next", "code") if (value := asked.told(name))]
        text = page(title, *parts, here=asked.here, path=asked.request.url.path, query=query)
        return self.seal.page(text, nonce=asked.nonce, status=status)

    def form(
        self,
        asked: Asked,
        where: str,
        hidden: tuple[tuple[str, str], ...],
        button: str,
        *fields: Field,
        wrong: bool = False,
        quiet: bool = False,
    ) -> Markup:
        """A form that is known again when it is sent."""
        kept = (*hidden, ("lang", asked.here.language), self.seal.hidden(asked.nonce))
        return form(where, fields, button, hidden=kept, wrong=wrong, quiet=quiet)

    def elsewhere(self, asked: Asked, label: str) -> list[Markup]:
        """The way to an organisation's account, where there is one."""
        if self.provider is None:
            return []
        query = {"next": asked.next, "lang": asked.here.language, "code": asked.told("code")}
        where = urlencode({name: value for name, value in query.items() if value})
        return [tag("a", label, href=f"{ELSEWHERE}?{where}", class_="button")]

    def stale(self, asked: Asked) -> str:
        """What is wrong with a form that was not made here for this browser; "" where it was."""
        if self.seal.holds(asked.request, asked.told("form")):
            return ""
        return asked.here.say("This form was open for too long. Please enter it once more.")

    async def entered(self, asked: Asked, come_in: Callable[[], Opened], shown: Shown) -> Response:
        """Let somebody in and lead on, or show why not."""
        try:
            opened = await run_in_threadpool(come_in)
        except RefusedError as refused:
            return told_refused(asked, refused, shown)
        except InvitationError as fault:
            return shown(asked, fault.told(asked.here.language), 422)
        except StoreError:
            return shown(asked, store_trouble(asked), 503)
        answer = lead(asked.next, asked.here)
        # Without an end of its own: the browser forgets it when it is closed, the store ends it earlier.
        answer.set_cookie(
            COOKIE, opened.token, httponly=True, samesite="lax", secure=self.settings.secure, path="/"
        )
        return answer

    def left(self, asked: Asked, why: str) -> Response:
        """Lead a browser out whose session has ended."""
        answer = lead(f"/sign-in?{urlencode({'out': why, 'lang': asked.here.language})}")
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=self.settings.secure)
        # What the browser still holds of the pages goes as well.
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer


def told_refused(asked: Asked, refused: RefusedError, shown: Shown) -> Response:
    """The page again with why nobody is let in."""
    say = asked.here.say
    if refused.reason == sign_in.TOO_MANY:
        text = asked.here.plural(
            "Too many tries. Please wait {count} minute, then try again.",
            "Too many tries. Please wait {count} minutes, then try again.",
            whole_minutes(refused.seconds),
        )
        answer = shown(asked, text, 429)
        answer.headers["Retry-After"] = str(refused.seconds)
        return answer
    if refused.reason == sign_in.UNKNOWN:
        text = say("Nobody has invited this account yet. Open the link of your invitation first.")
        return shown(asked, text, 403)
    return shown(asked, say("E-mail address or password is not right."), 401)


def store_trouble(asked: Asked) -> str:
    """What is said where nothing can be kept."""
    return asked.here.say(
        "Nobody can sign in at the moment: what is kept cannot be reached. Please try later."
    )
