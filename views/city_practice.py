"""Practice: who is like us and further on this, what others did, and what we did that others can learn from."""

from __future__ import annotations

from itertools import cycle

import streamlit as st

from actions.access import NotKeptError
from actions.alike import income_source
from actions.card_search import ALIKE, NEWEST, Wanted, found_cards
from actions.card_words import forum_titles, subject_titles, theme_titles
from actions.cards import has_cards
from actions.examples import Example, examples
from actions.figures import NOTHING
from actions.peer_subjects import THEME, Subject, first_subject, subjects
from actions.peers import Peer, Peers, peers
from actions.practice_city import OwnCity, of_city, of_room, of_upload
from actions.rooms import room_cities
from actions.samples import open_all
from locales import mark
from views import address, parts
from views.practice_cards import own_section
from views.practice_shown import shown_card, shown_cards

ALL = "all"
IN_VIEW = 6
_ORDERS = {ALIKE: mark("Most similar city first"), NEWEST: mark("Newest first")}


def _own() -> OwnCity | None:
    """Whose practice is looked for: what this address names, else what was looked at last."""
    named = [one for one in ("room", "city") if st.query_params.get(one)] or ["room", "city"]
    for name in named:
        if id := address.text(name):
            try:
                if name == "room":
                    return of_room(here.actor, id, here.basket, here.language)
                return of_upload(here.actor, parts.city_id(here), here.basket, here.language)
            except NotKeptError:
                address.forget(name)
                parts.unknown_city(say)
    # A reviewer has no city of her own here, whatever cities she reads.
    cities = [one for one in room_cities(here.actor) if has_cards(here.actor, one)]
    if not cities or here.actor.everything:
        return None
    of = address.choice("of", tuple(cities), cities[0])
    return of_city(here.actor, of)


def _short(found: Peers, about: Subject, city: OwnCity) -> None:
    """One plain sentence, before anything else."""
    facts = {"city": parts.plain(city.name), "subject": parts.plain(about.title), "level": about.level}
    if found.peers:
        ahead = here.speaker.series([parts.plain(one.name) for one in found.peers])
        text = say(
            "{city} stands at level {level} on {subject}. The most similar cities that are further: {peers}.",
            **facts,
            peers=ahead,
        )
    else:
        stands = (
            say("{city} stands at level {level} on {subject}.", **facts)
            if about.level != NOTHING
            else say("{city} has no level on {subject}.", **facts)
        )
        text = f"{stands} {parts.plain(found.note)}"
    st.markdown(f"**{say('In short.')}** {text}")


def _peer(peer: Peer) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{parts.plain(peer.name)}**", width="content")
        if peer.invented:
            st.badge(say("Invented city (sample)"), icon=":material/science:", color="orange")
    st.markdown(
        say("Level {level}, {points} points", level=parts.plain(peer.level), points=parts.plain(peer.points))
    )
    st.caption(f"{parts.plain(peer.likeness)}  \n{parts.plain(peer.context)}")
    if peer.own_word:
        st.caption(parts.plain(peer.own_word))
    st.markdown(f"**{say('What it showed for it')}**")
    for answer in peer.answers:
        title = parts.plain(answer.title)
        if answer.value:
            title = say("{name}: {words}", name=title, words=parts.plain(answer.value))
        lines = [f"{title} ({parts.plain(answer.about)})" if answer.about else title]
        if answer.remark:
            lines.append(parts.plain(answer.remark))
        lines.append(
            say("Source: {source}", source=parts.link(answer.source or answer.link, answer.link))
            if answer.source or answer.link
            else say("No source given.")
        )
        st.markdown("  \n".join(lines))
    if not peer.answers:
        st.caption(say("No answer of its own: the score comes from elsewhere."))
    for card in peer.cards:
        with st.container(border=True, gap="small"):
            st.caption(say("Its practice card"))
            shown_card(card, here, with_city=False)
    parts.go("city_overview", say("See the whole city"), "insights", city=peer.upload_id)


def _nearest(found: Peers) -> None:
    st.subheader(say("The most similar cities that are further"), anchor=False)
    st.caption(
        say(
            "At least one level higher on this subject, the most similar first: by size, region and income, "
            "all counting alike. Only cities that let you see their assessment."
        )
    )
    if found.peers:
        for column, one in zip(st.columns(len(found.peers)), found.peers, strict=True):
            with column, st.container(border=True, gap="small", height="stretch"):
                _peer(one)
    if found.note:
        st.info(parts.plain(found.note), icon=":material/info:")
    if not found.others and here.actor.everything:
        st.write(
            say("Upload the workbooks of other cities, or open the invented ones to see how this page works.")
        )
        if st.button(say("Open all invented cities"), icon=":material/science:"):
            with st.spinner(say("Building and reading the workbook …")):
                for _ in open_all(here.actor, here.language):
                    pass
            st.rerun()


def _cards(own: OwnCity | None, first: str) -> None:
    st.subheader(say("What other cities did"), anchor=False)
    st.caption(say("Practice cards that cities wrote and agreed to show. They are the cities' own words."))
    chosen = {}
    left, middle, right = st.columns(3)
    for name, label, titles, column in (
        ("card_about", say("About"), subject_titles(here.language), left),
        ("card_theme", say("Theme of the Yeonsu Declaration"), theme_titles(here.language), middle),
        ("card_forum", say("Forum theme of 2021"), forum_titles(here.language), right),
    ):
        options = {ALL: say("All"), **titles}
        with column:
            picked = address.select(name, label, list(options), ALL, options.__getitem__)
        chosen[name] = "" if picked == ALL else picked
    left, middle, right = st.columns(3)
    with left:
        words = st.text_input(say("Words"), address.text("card_words"), key="card_words_typed", max_chars=100)
        address.keep_or_forget("card_words", words.strip())
    with middle:
        order = ALIKE
        if own:
            order = address.select(
                "card_order", say("Order"), list(_ORDERS), ALIKE, lambda one: say(_ORDERS[one])
            )
    with right:
        like = "any"
        if own:
            likes = {"any": say("All cities"), "alike": say("Similar cities only")}
            like = address.select("card_like", say("Cities"), list(likes), "any", likes.__getitem__)
    wanted = Wanted(
        chosen["card_about"], chosen["card_theme"], chosen["card_forum"], words, like == "alike", order
    )
    found = found_cards(here.actor, own, wanted, first, here.language)
    if not found.total:
        st.info(say("No other city has published a card yet. Yours can be the first: write it below."))
    elif not found.cards:
        st.info(say("No card fits these filters. Take one of them back to see more."))
    else:
        st.caption(
            here.speaker.plural("{count} card.", "{count} cards.", len(found.cards))
            + " "
            + (say("Those about the subject chosen above come first.") if first else "")
        )
    shown_cards(found.cards[:IN_VIEW], here)
    if rest := found.cards[IN_VIEW:]:
        more = here.speaker.plural("{count} more card", "{count} more cards", len(rest))
        for _ in parts.fold(more, "more_horiz", "more_cards"):
            shown_cards(rest, here)


def _example(one: Example) -> None:
    st.caption(parts.plain(f"{one.city} · {one.awards}"))
    st.markdown(f"**{parts.plain(one.title)}**")
    st.write(parts.plain(one.text))
    st.caption(parts.plain(one.features))
    if one.likeness:
        st.caption(parts.plain(one.likeness))
    st.caption(say("Source: {source}", source=parts.link(one.source, one.link)))


def _award_cities(own: OwnCity | None, subject: str) -> None:
    st.subheader(say("What award-winning cities do"), anchor=False)
    st.caption(say("References from published sources, for learning from: no target and no rank."))
    found = examples(own, subject, here.language)
    if not found.examples:
        st.info(say("No practice example of an award-winning city is kept for this subject."))
        return
    if found.wider:
        st.caption(say("None is about this feature itself; these are about its focus area."))
    for one, column in zip(found.examples[:IN_VIEW], cycle(st.columns(2)), strict=False):
        with column, st.container(border=True, gap="small"):
            _example(one)
    parts.go("city_compare", say("More about award cities"), "compare_arrows")


def _no_city() -> None:
    st.title(say("Practice"), anchor=False)
    st.write(
        say(
            "See what other cities did. To find similar cities that are further than yours, upload your workbook "
            "or look at an invented city first."
        )
    )
    with st.container(horizontal=True):
        parts.go("city_upload", say("Upload a workbook"), "upload")
        parts.go("start", say("Try a sample city"), "science")


here = parts.visit()
say = here.speaker.say
own = _own()
offered = subjects(own, here.language)
if own:
    parts.header(
        say("Practice for {city}", city=own.name), context=(own.context,), invented=own.invented, here=here
    )
else:
    _no_city()


def _option(one: str) -> str:
    found = offered[one]
    return f"{found.title} · {found.level}" if own and own.standing else found.title


def _subject() -> str:
    return address.select(
        "on", say("What do you want to be better at?"), list(offered), first_subject(own), _option
    )


def _own_cards(own: OwnCity | None, on: str) -> None:
    """The cards of the city looked at, for those who take part in it."""
    if own and own.city_id and not has_cards(here.actor, own.city_id):
        return
    st.subheader(say("Your city's own cards"), anchor=False)
    if own and own.city_id:
        people = own.place.town.population
        own_section(own.city_id, "" if on.startswith(THEME) else on, f"{people:.0f}" if people else "", here)
    else:
        st.info(say("A card belongs to a city: upload its workbook, or begin its room, to write one."))


def _wide() -> None:
    on = address.choice("on", tuple(offered), first_subject(own))
    if own:
        found = peers(here.actor, own, on, here.language)
        _short(found, offered[on], own)
        _subject()
        _nearest(found)
    else:
        _subject()
    _award_cities(own, on)
    _cards(own, on)
    _own_cards(own, on)
    text, url = income_source(here.language)
    st.caption(parts.link(text, url))


_wide()
