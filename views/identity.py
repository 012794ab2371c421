"""Who looks at a page: the one person of an own computer, or who signed in at the door."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NoReturn
from urllib.parse import urlencode, urlsplit

import streamlit as st

from actions import configuration, sign_in
from actions.access import COMPUTER, Actor, NotAllowedError, ask_anew, one_visit
from locales import Speaker
from views import door_streamlit as inside
from views.door_gate import COOKIE, SIGN_IN, SIGN_OUT, visit_of
from views.plain import plain

# Who acts in this thread, for as long as a page runs and no longer.
_acting: ContextVar[Actor | None] = ContextVar("acting", default=None)


class SignedOutError(NotAllowedError):
    """Nobody is signed in any more."""


def shared() -> bool:
    """Whether people sign in here."""
    return os.environ.get(configuration.MODE, "").strip() == configuration.SHARED


def actor() -> Actor:
    """Who acts, with her rights as they stand now; SignedOutError where a session has ended.

    Asked anew for every action: sessions, people and rights are read from the store each time.
    """
    if not shared():
        return COMPUTER
    token = st.context.cookies.get(COOKIE, "")
    person = sign_in.person_of(token) if token else None
    # The door said who opened this line; both must say the same.
    told = st.user.to_dict()
    if person is None or (told.get("person"), told.get("visit")) != (person, visit_of(token)):
        raise SignedOutError
    try:
        return sign_in.actor(person)
    except NotAllowedError:
        raise SignedOutError from None


@contextmanager
def acting(who: Actor) -> Iterator[None]:
    """Within this the page that runs has this actor, who was asked for at the beginning of the same visit."""
    before = _acting.set(who)
    try:
        with one_visit():
            yield
    finally:
        _acting.reset(before)


def present() -> Actor:
    """Who acts on the page that runs; SignedOutError where a session has ended."""
    return _acting.get() or actor()


def again(who: Actor) -> Actor:
    """The same actor with her rights as they stand now; NotAllowedError for whoever may come in no more.

    For what happens after a page was drawn, such as a click or a download.
    """
    ask_anew()
    return who if who.everything else sign_in.actor(who.person)


def lead_to_sign_in(here: Speaker) -> NoReturn:
    """Lead to signing in, from where the reader comes back to this address; then nothing of the page is shown."""
    if not inside.has_door():
        st.error(
            here.say("This installation is shared, and its door is missing. Start it with “make serve”.")
        )
        st.stop()
    path = urlsplit(st.context.url or "/").path or "/"
    query = urlencode(st.query_params.to_dict())
    wanted = f"{path}?{query}" if query else path
    where = f"{SIGN_IN}?{urlencode({'next': wanted, 'lang': here.language})}"
    st.info(here.say("You are signed out: your session has ended. Sign in again to go on here."))
    inside.lead(where)
    st.stop()


def bar(who: Actor, here: Speaker) -> None:
    """Who is signed in, and the way out; on an own computer, that nobody is."""
    if who == COMPUTER:
        st.caption(here.say("On your own computer"), width="content")
        return
    st.page_link(
        "views/own_account.py",
        label=here.say("Signed in as {name}", name=plain(who.name)),
        icon=":material/account_circle:",
        query_params={"lang": here.language},
        width="content",
    )
    if st.button(here.say("Sign out"), icon=":material/logout:", type="tertiary", key="sign_out"):
        inside.lead(f"{SIGN_OUT}?{urlencode({'lang': here.language})}")
