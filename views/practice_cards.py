"""The city's own practice cards: written field by field, published and withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from actions.access import Actor, NotKeptError
from actions.card_words import LANGUAGES, forum_titles, subject_titles, theme_titles
from actions.cards import (
    CARD_TROUBLES,
    LONGEST,
    CardError,
    OwnCard,
    choose,
    may_begin_card,
    new_card,
    open_areas,
    own_cards,
    publish,
    remove_card,
    withdraw_card,
    write_card,
)
from actions.house import StoreError
from actions.set_aside import area_of
from actions.store_words import STORE_TROUBLES
from locales import mark
from views import address, parts

_LABELS: Mapping[str, str] = {
    "title": mark("Title"),
    "done": mark("What was done"),
    "whom": mark("For whom"),
    "result": mark("What came of it"),
    "evidence": mark("Evidence (link)"),
    "pointer": mark("Where in it to look"),
    "link": mark("More about it (link)"),
    "codes": mark("Focus areas and features"),
    "themes": mark("Themes of the Yeonsu Declaration"),
    "forum": mark("Forum themes of 2021"),
    "years": mark("Year or years"),
    "language": mark("Language of the text"),
    "inhabitants": mark("Inhabitants of the city"),
}
_HINTS: Mapping[str, str] = {
    "done": mark("What, where, how often, with whom. Two to five sentences."),
    "result": mark("A figure with its year where there is one; also what did not work."),
    "pointer": mark("such as page 14, table 3"),
    "years": mark("such as 2023-2025"),
    "inhabitants": mark("so that cities of like size find the card"),
    "evidence": "https://",
    "link": "https://",
}
# What went wrong with a click, for the page that follows.
_TROUBLE = "card.trouble"
_TALL: Mapping[str, int] = {"done": 130, "whom": 70, "result": 100}


def own_section(city_id: str, about: str, people: str, here: parts.Visit) -> None:
    """The city's own cards, and a new one about a feature; `people` are its inhabitants."""
    say = here.speaker.say
    _told_trouble(here)
    cards = own_cards(here.actor, city_id)
    if not cards:
        st.write(
            say("No card yet. Write what your city did that others can learn from; it is saved as you go.")
        )
    if may_begin_card(here.actor, city_id):
        codes = _codes_for(here.actor, city_id, about)
        st.button(
            say("Write a new card"),
            icon=":material/add:",
            key="new_card",
            on_click=_click(lambda: _begin(here, city_id, codes, people)),
        )
    chosen = address.choice("card", ("", *(one.id for one in cards)), "")
    for one in cards:
        with st.container(border=True, gap="small", key=f"own_card_{one.id}"):
            if one.id == chosen:
                _editor(city_id, one.id, here)
            else:
                _row(one, here)


def _row(card: OwnCard, here: parts.Visit) -> None:
    """A card that is not open: its title, who sees it, and the way in."""
    say = here.speaker.say
    state, icon = _state(card, say)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{parts.plain(card.said.get('title') or say('Card without a title'))}**")
        st.badge(state, icon=f":material/{icon}:", color="green" if card.published else "gray")
        st.button(
            say("Write on") if card.may_write else say("Read"),
            key=f"open.{card.id}",
            on_click=lambda: address.keep("card", card.id),
        )


def _codes_for(actor: Actor, city_id: str, about: str) -> tuple[str, ...]:
    """What a new card is about: the feature looked at, for a contributor of other areas the first of hers."""
    areas = open_areas(actor, city_id)
    if about and (areas is None or area_of(about) in areas):
        return (about,)
    return tuple(areas or ())[:1]


def _begin(here: parts.Visit, city_id: str, codes: Sequence[str], people: str) -> None:
    made = new_card(here.now(), city_id, codes, here.language, people)
    address.keep("card", made)


def _click(act: Callable[[], None]) -> Callable[[], None]:
    """A click's action; what went wrong is told on the page that follows."""

    @parts.acting
    def done() -> None:
        try:
            act()
        except CardError as wrong:
            st.session_state[_TROUBLE] = CARD_TROUBLES[wrong.kind]
        except StoreError as trouble:
            st.session_state[_TROUBLE] = STORE_TROUBLES[trouble.kind]

    return done


def _told_trouble(here: parts.Visit) -> None:
    if trouble := st.session_state.pop(_TROUBLE, ""):
        st.error(here.speaker.say(trouble), icon=":material/error:")


@st.fragment
def _editor(city_id: str, card_id: str, here: parts.Visit) -> None:
    """One card to write: every field is kept when it is left."""
    say = here.speaker.say
    _told_trouble(here)
    try:
        card = _current(here, city_id, card_id)
        if card is None:
            return
        troubles = _save_what_was_typed(card, here)
        card = _current(here, city_id, card_id)
        if card is None:
            return
        state, icon = _state(card, say)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(state, icon=f":material/{icon}:", color="green" if card.published else "gray")
            st.caption(
                say("Saved {moment}.", moment=here.speaker.moment(dt.datetime.fromisoformat(card.saved))),
                width="content",
            )
        if not card.may_write:
            st.caption(say("You may read this card. It is written by those who answer for its focus areas."))
        _fields(card, troubles, here)
        _consent(card, here)
        if st.button(say("Close this card"), icon=":material/check:", key=f"close.{card_id}"):
            address.forget("card")
            st.rerun()
    except NotKeptError:
        st.warning(say("This card is not there any more, or you may not write it any more."))
    except StoreError as trouble:
        parts.store_trouble(trouble.kind, say)


def _current(here: parts.Visit, city_id: str, card_id: str) -> OwnCard | None:
    return next((one for one in own_cards(here.now(), city_id) if one.id == card_id), None)


def _key(card: OwnCard, field: str) -> str:
    # With the version in which the field was last changed: what is typed is saved on top of what was seen.
    return f"card.{card.id}.{field}.{card.changed[field]}"


def _save_what_was_typed(card: OwnCard, here: parts.Visit) -> dict[str, str]:
    """Keep what was typed since, on top of the version that stood there then; what could not be kept, by field."""
    troubles = {}
    for key in list(st.session_state):
        start, _, version = str(key).rpartition(".")
        head, _, field = start.rpartition(".")
        if head != f"card.{card.id}" or field not in _LABELS or not version.isdecimal():
            continue
        if trouble := _save(card, field, st.session_state[key], int(version), here):
            troubles[field] = trouble
    return troubles


def _save(card: OwnCard, field: str, typed: str | Sequence[str], base: int, here: parts.Visit) -> str:
    """Keep one field; "" or what is wrong with it."""
    text = _as_text(typed)
    if text == card.said.get(field, "") or not card.may_write:
        return ""
    try:
        write_card(here.now(), card.id, field, text, base)
    except CardError as wrong:
        return here.speaker.say(CARD_TROUBLES[wrong.kind])
    return ""


def _as_text(typed: str | Sequence[str]) -> str:
    return typed.strip() if isinstance(typed, str) else " ".join(typed)


def _fields(card: OwnCard, troubles: Mapping[str, str], here: parts.Visit) -> None:
    """All fields of a card."""
    _field(card, "title", troubles, here)
    for field in _TALL:
        _field(card, field, troubles, here)
    for pair in (("evidence", "pointer"), ("link", "years"), ("language", "inhabitants")):
        for field, column in zip(pair, st.columns(2), strict=True):
            with column:
                _field(card, field, troubles, here)
    for field in ("codes", "themes", "forum"):
        _field(card, field, troubles, here)


def _field(card: OwnCard, field: str, troubles: Mapping[str, str], here: parts.Visit) -> None:
    typed = _widget(card, field, here)
    if field in troubles:
        st.error(troubles[field], icon=":material/error:")
    # After a dropped line the browser brings back what was typed before anything is known of it here.
    elif _save_late(card, field, typed, here):
        st.rerun()
    if field in card.beside:
        _clash(card, field, here)


def _save_late(card: OwnCard, field: str, typed: str | Sequence[str], here: parts.Visit) -> bool:
    if _as_text(typed) == card.said.get(field, ""):
        return False
    return not _save(card, field, typed, card.changed[field], here) and card.may_write


def _widget(card: OwnCard, field: str, here: parts.Visit) -> str | Sequence[str]:
    say, key, value = here.speaker.say, _key(card, field), card.said.get(field, "")
    label, off = say(_LABELS[field]), not card.may_write
    hint = say(_HINTS[field]) if field in _HINTS else None
    titles = {
        "codes": subject_titles,
        "themes": theme_titles,
        "forum": forum_titles,
    }
    if field in titles:
        options = titles[field](here.language)
        return st.multiselect(
            label,
            list(options),
            default=[one for one in card.marks(field) if one in options],
            format_func=options.__getitem__,
            placeholder=say("Choose"),
            key=key,
            disabled=off,
        )
    if field == "language":
        known = list(LANGUAGES)
        return st.selectbox(
            label,
            known,
            index=known.index(value) if value in known else known.index("other"),
            format_func=lambda one: say(LANGUAGES[one]),
            key=key,
            disabled=off,
        )
    if field in _TALL:
        return st.text_area(
            label,
            value,
            height=_TALL[field],
            max_chars=LONGEST[field],
            placeholder=hint,
            key=key,
            disabled=off,
        )
    return st.text_input(
        label, value, max_chars=LONGEST.get(field, 500), placeholder=hint, key=key, disabled=off
    )


def _clash(card: OwnCard, field: str, here: parts.Visit) -> None:
    """Two people wrote at the same time: one of the texts must be chosen."""
    say = here.speaker.say
    st.warning(
        say("Somebody else changed this while it was written here. Theirs counts; this was written besides:")
        + f" “{parts.plain(card.beside[field])}”",
        icon=":material/call_split:",
    )
    with st.container(horizontal=True):
        for label, mine in ((say("Take this one"), True), (say("Keep theirs"), False)):
            st.button(
                label,
                key=f"clash.{card.id}.{field}.{mine}",
                on_click=_click(lambda mine=mine: choose(here.now(), card.id, field, mine)),  # type: ignore[misc]
                disabled=not card.may_write,
            )


def _state(card: OwnCard, say: Callable[[str], str]) -> tuple[str, str]:
    """Who sees the card, in words, and an icon."""
    if not card.published:
        return say("not published"), "lock"
    if card.published != card.version:
        return say("published, changed since"), "sync_problem"
    return say("published"), "public"


def _consent(card: OwnCard, here: parts.Visit) -> None:
    """Publishing, taking back, taking away: the city's owner says."""
    say = here.speaker.say
    current = bool(card.published) and card.published == card.version
    if card.published:
        since = here.speaker.moment(dt.datetime.fromisoformat(card.since))
        st.markdown(
            say("Others can read this card since {moment}.", moment=since)
            if current
            else say(
                "Others read the card as it was on {moment}. What was changed since is seen after publishing again.",
                moment=since,
            )
        )
    else:
        st.markdown(say("Only your city sees this card."))
    if not card.may_publish:
        st.caption(say("The owner of your city's room publishes cards and takes them back."))
        return
    if not current:
        if not card.ready:
            st.caption(say(CARD_TROUBLES["not_ready"]))
        agreed = st.checkbox(
            say("The city agrees that every city in the network can read this card, with the city's name."),
            key=f"agree.{card.id}.{card.version}",
            disabled=not card.ready,
        )
    with st.container(horizontal=True):
        if not current:
            st.button(
                say("Publish the changes") if card.published else say("Publish"),
                type="primary",
                icon=":material/public:",
                key=f"publish.{card.id}",
                disabled=not (card.ready and agreed) or bool(card.beside),
                on_click=_click(lambda: publish(here.now(), card.id, card.version)),
            )
        if card.published:
            st.button(
                say("Take back"),
                icon=":material/lock:",
                key=f"withdraw.{card.id}",
                on_click=_click(lambda: withdraw_card(here.now(), card.id)),
            )
        with st.popover(say("Remove"), icon=":material/delete:"):
            st.write(say("The card is emptied and nobody sees it any more."))
            st.button(
                say("Yes, remove it"),
                key=f"remove.{card.id}",
                on_click=_click(lambda: remove_card(here.now(), card.id)),
            )
