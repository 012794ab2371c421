"""How sure? Intervals and rank bands of the candidates, or of one city's score, and what drives them."""

from __future__ import annotations

import streamlit as st

from actions.candidates import members
from actions.city import card
from actions.otherwise import otherwise
from actions.standing import is_kept
from actions.sure_candidates import sure_about
from actions.sure_city import sure_one
from actions.sure_drivers import Driven, driven, runs_in_words
from actions.sure_words import Shown
from locales import mark
from views import address, parts

TOPS = ("1", "2", "3", "5", "10")
SUBJECTS = {"set": mark("The candidates"), "city": mark("One city")}


def _show(shown: Shown, key: str) -> None:
    parts.chart(shown.chart, shown.description, key)
    parts.twin(shown.table, shown.description, key, here)


def _subject() -> str:
    """Whether the page is about the candidates or one city, by what is in the address."""
    open_to = [one for one, ready in (("set", bool(ids)), ("city", bool(city))) if ready]
    if len(open_to) < 2:
        return open_to[0] if open_to else ""
    return address.switch("about", say("About"), open_to, "set", lambda one: say(SUBJECTS[one]))


def _drivers(of: tuple[str, ...]) -> None:
    st.subheader(say("What drives it?"), anchor=False)
    with st.spinner(say("Working through {runs} runs …", runs=runs_in_words(here.language))):
        found: Driven = driven(here.actor, of, here.basket, here.claims, here.language, here.dark)
    st.write(parts.plain(found.sentence))
    if found.shown:
        _show(found.shown, "drivers")
    if found.unsure:
        st.caption(
            parts.plain(
                say(
                    "Not printed, because the limits are too wide: {choices}.",
                    choices=here.speaker.series(found.unsure),
                )
            )
        )


def _switches() -> None:
    with st.container(horizontal=True, gap="medium"):
        parts.basket_switch(here)
        parts.claims_switch(here)


def _method() -> None:
    for _ in parts.fold(say("How this is worked out"), "menu_book", "how"):
        st.write(
            say(
                "Scores and ranks are worked out again and again, each time with slightly other weights, goalposts "
                "and rules, with the open answers somewhere between worst and best, and with every answer as far "
                "off as its evidence grade allows. The choices are the same for all cities in every draw. "
                "The draws have a fixed seed: the same workbooks give the same numbers."
            )
        )
        st.write(
            say(
                "A rank band holds the best city and all whose rank interval overlaps its own. "
                "Inside a band, do not read anything into the order."
            )
        )
        parts.go("about_method", say("Method and sources"), "menu_book")


def _candidates() -> None:
    top = int(address.choice("top", TOPS, "3"))
    shown = sure_about(here.actor, ids, here.basket, here.claims, top, here.language, here.dark)
    st.markdown(f"**{say('In short.')}** {parts.plain(shown.summary)}")
    for sentence in shown.bands:
        st.markdown(f":material/layers: {parts.plain(sentence)}")
    _switches()
    if shown.ranks:
        st.subheader(say("Rank intervals"), anchor=False)
        address.switch("top", say("How many are to be chosen?"), TOPS, "3", lambda k: k)
        _show(shown.ranks, "ranks")
    if shown.unranked:
        st.caption(
            parts.plain(
                say(
                    "Without a rank, because too little is answered: {cities}.",
                    cities=here.speaker.series(shown.unranked),
                )
            )
        )
    if shown.pairs:
        st.subheader(say("Who is above whom?"), anchor=False)
        if shown.pairs_only_table:
            parts.table(shown.pairs.table, shown.pairs.description)
        else:
            st.caption(say("Share of the draws in which the city of the row has the higher score."))
            _show(shown.pairs, "pairs")
    st.subheader(say("Score intervals"), anchor=False)
    _show(shown.scores, "scores")
    _drivers(ids)
    _otherwise()
    _method()
    parts.go("jury_candidates", say("Candidates"), "groups")


def _otherwise() -> None:
    for _ in parts.fold(say("Would other rules change the order?"), "rule", "otherwise"):
        found = otherwise(here.actor, ids, here.basket, here.claims, here.language)
        parts.table(found.alternatives, say("What other rules would do to the ranks"))
        st.caption(parts.plain(found.newcomers))
    for _ in parts.fold(say("Does the order hang on a single answer or area?"), "remove", "without"):
        found = otherwise(here.actor, ids, here.basket, here.claims, here.language)
        if found.removals:
            parts.table(
                found.removals, say("What would happen to the ranks without one area, feature or measurement")
            )
        st.caption(
            here.speaker.plural(
                "Without {count} other of them nobody's rank would change.",
                "Without {count} others of them nobody's rank would change.",
                found.harmless,
            )
        )


def _city() -> None:
    shown = sure_one(here.actor, city, here.basket, here.claims, here.language, here.dark)
    st.markdown(f"**{say('In short.')}** {parts.plain(shown.summary)}")
    parts.metrics(shown.figures)
    _switches()
    _show(shown.scores, "scores")
    st.subheader(say("Which level?"), anchor=False)
    parts.table(shown.levels, say("Share of the draws in which each level is reached"))
    _drivers((city,))
    _method()
    parts.go("city_next", say("What next?"), "footprint")


here = parts.visit()
say = here.speaker.say
ids = members(here.actor, address.text("set"))
city = address.text("city")
if not is_kept(here.actor, city):
    city = ""
subject = _subject()
if subject == "city":
    city = parts.city_id(here)
    seen = card(here.actor, city, here.language)
    parts.header(say("How sure?"), context=(seen.name, *seen.context), invented=seen.invented, here=here)
    _city()
elif subject == "set":
    parts.header(say("How sure?"), here=here)
    _candidates()
else:
    parts.header(say("How sure?"), here=here)
    st.write(
        say(
            "This page shows how far scores and ranks could be off. Upload a workbook, bring the candidates, "
            "or look at an invented sample city first."
        )
    )
    with st.container(horizontal=True):
        parts.go("city_upload", say("Upload a workbook"), "upload_file")
        parts.go("jury_candidates", say("Candidates"), "groups")
        parts.go("start", say("Try a sample city"), "science")
