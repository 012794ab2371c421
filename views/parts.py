"""The pieces that pages are made of. Text from workbooks passes through `plain` before any Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

import pandas as pd
import streamlit as st

from actions import house
from actions.access import Actor, NotKeptError
from actions.allowance import Allowance
from actions.check import refusal
from actions.city import card
from actions.standing import CLAIMS, WITH_CLAIMS, WITHOUT_CLAIMS, is_kept
from actions.store_words import STORE_TROUBLES
from actions.tell import Told
from locales import Speaker, mark
from views import address, identity
from views.held import undisturbed
from views.plain import plain

_P = ParamSpec("_P")
# Two of these and the gap between them fit on a phone of 360 px.
_METRIC_WIDTH = 160
# The kinds of troubles with the store that a click or a download met; views/troubles.py tells them.
TROUBLES = "store.troubles"


@dataclass(frozen=True)
class Visit:
    """Who reads and how: the actor, language, basket, with or without claims, light or dark page."""

    actor: Actor
    language: str
    basket: str
    dark: bool
    speaker: Speaker
    claims: str

    def now(self) -> Actor:
        """The actor with her rights at this moment, for what happens after the page was drawn."""
        return identity.again(self.actor)


def visit() -> Visit:
    """The current reader's settings, from the address and the browser."""
    language = address.language()
    baskets = house.framework().baskets
    basket = address.choice("basket", [one.id for one in baskets], baskets[0].id)
    claims = address.choice("claims", CLAIMS, WITH_CLAIMS)
    return Visit(
        identity.present(), language, basket, st.context.theme.type == "dark", house.voice(language), claims
    )


def acting(act: Callable[_P, None]) -> Callable[_P, None]:
    """A click's action, done only while its reader may; the page that follows says what could not be done."""

    @wraps(act)
    @undisturbed()
    def done(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            with suppress(NotKeptError):
                act(*args, **kwargs)
        except house.StoreError as trouble:
            st.session_state.setdefault(TROUBLES, []).append(trouble.kind)

    return done


def allowance() -> Allowance:
    """What this visit has uploaded so far."""
    found: Allowance = st.session_state.setdefault("allowance", Allowance())
    return found


def header(title: str, *, context: Sequence[str] = (), invented: bool = False, here: Visit) -> None:
    """Who and when, then the title; an invented city is named so before anything else."""
    say = here.speaker.say
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if context:
            st.caption(plain(" · ".join(part for part in context if part)), width="content")
        if invented:
            st.badge(say("Invented city (sample)"), icon=":material/science:", color="orange")
    st.title(plain(title), anchor=False)


def store_trouble(kind: str, say: Callable[[str], str]) -> None:
    """What is wrong with the store, and whom to tell."""
    st.error(
        f"{say(STORE_TROUBLES[kind])} "
        + say(
            "Nothing kept so far is lost. Please tell the person who runs this installation, then try again."
        ),
        icon=":material/error:",
    )


def trouble(say: Callable[[str], str]) -> None:
    """The last resort: something failed on our side."""
    st.error(
        say(
            "Something failed on our side. What you have uploaded is kept. Reload the page, or try another one."
        ),
        icon=":material/error:",
    )


def metrics(figures: Sequence[tuple[str, str, str]]) -> None:
    """A row of figures (label, value, help) that wraps to two beside each other on a phone."""
    with st.container(horizontal=True, gap="small"):
        for label, value, help_text in figures:
            st.metric(label, value, help=help_text or None, border=True, width=_METRIC_WIDTH)


def basket_switch(here: Visit) -> None:
    """The choice between the core and the full basket, in plain words."""
    terms = house.terms(here.language)
    baskets = [one.id for one in house.framework().baskets]
    address.switch(
        "basket",
        here.speaker.say("Measurements counted"),
        baskets,
        baskets[0],
        lambda basket: terms[f"basket.{basket}"],
    )


_CLAIMS: Mapping[str, str] = {WITH_CLAIMS: mark("All answers"), WITHOUT_CLAIMS: mark("Without claims")}


def claims_switch(here: Visit) -> None:
    """The choice whether what a city says of itself counts, with a sentence on what that means."""
    say = here.speaker.say
    address.switch(
        "claims",
        say("What the city says of itself"),
        CLAIMS,
        WITH_CLAIMS,
        lambda claims: say(_CLAIMS[claims]),
    )
    if here.claims == WITHOUT_CLAIMS:
        st.caption(
            say(
                "Shown without claims: what a city rated itself, or said lies outside its remit, "
                "counts as an open answer."
            )
        )


def table(rows: Sequence[Mapping[str, object]], description: str, *, links: Sequence[str] = ()) -> None:
    """A table that every device and screen reader can read; cells are text, never markup.

    Columns named in `links` hold addresses; only http(s) ones become links.
    """
    if not rows:
        return
    # Column by column: of a long table each heading is made fit once, and pandas has nothing to sort out.
    shown = {
        plain(name): [_host(row.get(name, "")) if name in links else plain(row.get(name, "")) for row in rows]
        for name in dict.fromkeys(name for row in rows for name in row)
    }
    st.table(pd.DataFrame(shown), border="horizontal", hide_index=True, alt=description)


def link(label: str, url: str) -> str:
    """Markdown for a link; anything that is not a plain http(s) address stays text."""
    if not re.fullmatch(r"https?://[^\s<>\"')(\[\]]+", url):
        return plain(label)
    return f"[{plain(label)}]({url})"


def _host(url: object) -> str:
    """A link that shows the site it leads to."""
    text = str(url)
    return link(re.sub(r"^https?://(www\.)?", "", text).split("/")[0], text)


def chart(spec: Mapping[str, Any], description: str, key: str) -> None:
    """A chart with its description; the page puts the table twin beside it."""
    st.vega_lite_chart(dict(spec), theme=None, alt=description, key=key)


def fold(label: str, icon: str, key: str) -> Iterator[None]:
    """A fold whose content is made only when somebody opens it: `for _ in fold(...)`: runs once or not at all."""
    name = f"fold_{key}"
    if st.session_state.get(name):
        # An expander with another label, such as a new count, is another one: said again, it is open as well.
        st.session_state[name] = True
    folded = st.expander(label, icon=f":material/{icon}:", key=name, on_change="rerun")
    if folded.open:
        with folded:
            yield


def twin(rows: Sequence[Mapping[str, object]], description: str, key: str, here: Visit) -> None:
    """The same numbers as a table, folded under the chart."""
    for _ in fold(here.speaker.say("The same as a table"), "table", f"twin_{key}"):
        table(rows, description)


def city_id(here: Visit) -> str:
    """The upload in the address; without one the page explains what to do and stops."""
    wanted = address.text("city")
    if not (wanted and is_kept(here.actor, wanted)):
        _no_city(wanted, here)
        st.stop()
    refused = refusal(here.actor, wanted, here.language)
    if refused:
        _refused_city(refused, here)
        st.stop()
    return wanted


# The city that was open before a file was refused: the way back.
BEFORE = "city.before"


def refused_file(told: Told, name: str) -> None:
    """Why a file was not accepted: what was found, the rule, and the way out."""
    st.error(
        f"**{plain(name)}: {plain(told.title)}**  \n{plain(told.sentence)} {plain(told.rule)}  \n{plain(told.advice)}",
        icon=":material/block:",
    )


def way_back(here: Visit) -> None:
    """A link to the city that was open before, where there was one."""
    before = st.session_state.get(BEFORE, "")
    if before and is_kept(here.actor, before):
        name = card(here.actor, before, here.language).name
        go("city_overview", here.speaker.say("Back to {city}", city=plain(name)), "arrow_back", city=before)


def _refused_city(told: Told, here: Visit) -> None:
    say = here.speaker.say
    st.title(say("Nothing to show: the file was not accepted"), anchor=False)
    refused_file(told, card(here.actor, address.text("city"), here.language).name)
    with st.container(horizontal=True):
        go("city_upload", say("Upload a workbook"), "upload_file")
        go("start", say("Try a sample city"), "science")
        way_back(here)


def unknown_city(say: Callable[[str], str]) -> None:
    """No workbook is kept under the id in the address."""
    st.warning(
        say("No workbook is kept under this address. It may be mistyped, or belong to another installation."),
        icon=":material/link_off:",
    )


def _no_city(wanted: str, here: Visit) -> None:
    say = here.speaker.say
    if wanted:
        address.forget("city")
        unknown_city(say)
    st.title(say("No city chosen yet"), anchor=False)
    st.write(say("This page shows one city. Upload its workbook, or look at an invented sample city first."))
    with st.container(horizontal=True):
        st.page_link("views/city_upload.py", label=say("Upload a workbook"), icon=":material/upload:")
        st.page_link("views/start.py", label=say("Try a sample city"), icon=":material/science:")


def go(page: str, label: str, icon: str, **params: str) -> None:
    """A link to another page that keeps language, basket and city."""
    kept = {
        name: value
        for name in ("lang", "basket", "claims", "city", "set")
        if (value := st.query_params.get(name))
    }
    st.page_link(f"views/{page}.py", label=label, icon=f":material/{icon}:", query_params={**kept, **params})
