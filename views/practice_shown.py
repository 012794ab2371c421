"""Practice cards of other cities, to be read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from urllib.parse import urlsplit

import streamlit as st

from actions.card_words import CardShown
from views import parts


def shown_cards(cards: Sequence[CardShown], here: parts.Visit, *, with_city: bool = True) -> None:
    """Cards of other cities, two beside each other where there is room."""
    columns = st.columns(2) if len(cards) > 1 else [st.container()]
    for card, column in zip(cards, cycle(columns), strict=False):
        with column, st.container(border=True, gap="small"):
            shown_card(card, here, with_city=with_city)


def shown_card(card: CardShown, here: parts.Visit, *, with_city: bool = True) -> None:
    """One card of another city. Its texts are people's own: nothing in them is markup."""
    say = here.speaker.say
    if with_city:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(parts.plain(card.city), width="content")
            if card.invented:
                st.badge(say("Invented city (sample)"), icon=":material/science:", color="orange")
    st.markdown(f"**{parts.plain(card.title)}**")
    st.write(parts.plain(card.done))
    for label, text in ((say("For whom"), card.whom), (say("What came of it"), card.result)):
        if text:
            st.markdown(f"**{label}.** {parts.plain(text)}")
    links = []
    if card.evidence:
        evidence = say("Evidence: {link}", link=_site(card.evidence))
        links.append(f"{evidence} ({parts.plain(card.pointer)})" if card.pointer else evidence)
    if card.link:
        links.append(say("More: {link}", link=_site(card.link)))
    if links:
        st.markdown(" · ".join(links))
    about = (
        (say("About"), card.subjects),
        (say("Yeonsu Declaration"), card.themes),
        (say("Forum of 2021"), card.forum),
    )
    lines = [say("{name}: {words}", name=name, words=parts.plain(text)) for name, text in about if text]
    lines += [parts.plain(one) for one in (card.facts, card.likeness if with_city else "") if one]
    st.caption("  \n".join(lines))


def _site(url: str) -> str:
    """A link that shows the site it leads to; what cannot be a link stands there as it was typed."""
    found = parts.link(urlsplit(url).hostname or url, url)
    return found if found.startswith("[") else parts.plain(url)
