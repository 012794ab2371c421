"""Themes: the commitments of the Yeonsu Declaration, both parts of each score, and the features behind it."""

from __future__ import annotations

import streamlit as st

from actions.city import card
from actions.themes import Duty, ThemeCard, matches, themes
from views import parts


def _theme(shown: ThemeCard) -> None:
    label = parts.plain(f"§{shown.code} {shown.title} · {shown.assured}")
    for _ in parts.fold(label, "flag", f"theme_{shown.code}"):
        st.write(parts.plain(shown.definition))
        with st.container(horizontal=True, gap="small"):
            st.badge(say("Level {level}", level=parts.plain(shown.level)), color="gray")
            if shown.rests_on_rating:
                st.badge(say("rests mainly on self-rating"), icon=":material/person:", color="orange")
            if shown.thin:
                st.badge(say("few features fit: the rating weighs more"), color="gray")
        figures = (
            (say("From features"), f"{shown.features_part} × {shown.features_share}"),
            (say("Own rating"), f"{shown.rating_part} × {shown.rating_share}"),
            (say("Assured score"), shown.assured),
            (say("Bracket"), shown.bracket),
        )
        for column, (name, text) in zip(st.columns(4), figures, strict=True):
            column.markdown(f":gray[{name}]  \n**{parts.plain(text)}**")
        if shown.rating == "–":
            st.markdown(
                f"{say('Not rated yet. What would support a rating:')} {parts.plain(shown.what_supports)}"
            )
        else:
            st.markdown(f"{say('Own rating')}: **{parts.plain(shown.rating)}**")
        if shown.evidence:
            st.caption(parts.plain(shown.evidence))
        if shown.where:
            st.caption(say("Cell {cell}", cell=parts.plain(shown.where)))
        parts.table(shown.links, say("Features behind the theme"))
        st.caption(say("Sustainable Development Goals: {goals}", goals=parts.plain(shown.sdg)))


def _duties(duties: tuple[Duty, ...]) -> None:
    rows = [
        {
            say("Paragraph"): f"§{duty.code} {duty.title}",
            say("What it asks"): duty.definition,
            say("Own rating"): duty.rating,
            say("Evidence"): duty.evidence or "–",
        }
        for duty in duties
    ]
    parts.table(rows, say("Duties that the city rates itself, outside every total"))


here = parts.visit()
say = here.speaker.say
city = parts.city_id(here)
who = card(here.actor, city, here.language)
parts.header(who.name, context=who.context, invented=who.invented, here=here)
shown = themes(here.actor, city, here.basket, here.language, here.dark)

st.subheader(parts.plain(shown.name), anchor=False)
st.write(
    say(
        "The Key Features hold nothing on health or crises. So every theme joins its linked features with the "
        "city's own evidenced rating, and shows both parts."
    )
    + " "
    + parts.plain(shown.sentence)
)
parts.basket_switch(here)
parts.chart(shown.chart, shown.chart_description, f"themes_{city}_{here.basket}")
parts.twin(shown.table, say("Themes with both parts of their scores"), "themes", here)

st.subheader(say("Theme by theme"), anchor=False)
query = st.text_input(
    say("Find a theme"),
    placeholder=say("a word, a paragraph number or a goal"),
    key="theme_query",
    bind="query-params",
)
found = matches(query, here.language)
if not found:
    st.info(say("No theme holds these words. Try a shorter one, or a paragraph number such as §12."))
for theme in shown.themes:
    if theme.code in found:
        _theme(theme)
duties = tuple(duty for duty in shown.duties if duty.code in found)
if duties:
    st.subheader(say("Ways forward that the city can evidence"), anchor=False)
    st.caption(say("Rated on the same ladder, outside every total."))
    _duties(duties)
calls = tuple(call for call in shown.calls if call.code in found)
if calls:
    for _ in parts.fold(say("Calls on others, never scored"), "campaign", "calls"):
        for call in calls:
            st.markdown(f"**§{call.code} {parts.plain(call.title)}** — {parts.plain(call.definition)}")
