"""Overview: where the city stands, why it is not surer, and what to do next."""

from __future__ import annotations

import streamlit as st

from actions.city import card
from actions.overview import overview
from actions.submissions import hand_in
from views import parts


def _hand_in() -> None:
    """When this was handed in, and where that is done: in the city's room."""
    found = hand_in(here.actor, city, here.language)
    for line in found.before:
        st.markdown(f":material/inventory: {parts.plain(line)}")
    if found.may:
        parts.go("city_room", say("Sign off and hand in: in the city's room"), "meeting_room", of=found.city)


here = parts.visit()
say = here.speaker.say
city = parts.city_id(here)
who = card(here.actor, city, here.language)
shown = overview(here.actor, city, here.basket, here.language, here.dark)

parts.header(who.name, context=who.context, invented=who.invented, here=here)
if who.facts:
    st.write(parts.plain(who.facts))
st.markdown(f"**{say('In short.')}** {parts.plain(shown.summary)}")
if shown.profile_only:
    st.badge(say("Profile only"), icon=":material/person_search:", color="gray")

parts.metrics([(figure.label, figure.value, figure.help) for figure in shown.figures])
with st.container(horizontal=True, gap="small"):
    parts.go("city_why", say("Why?"), "waterfall_chart")
    parts.go("how_sure", say("How sure?"), "target", about="city")
    parts.go("city_next", say("What next?"), "footprint")
_hand_in()
parts.basket_switch(here)

picture, next_steps = st.columns([5, 3], gap="large")
with picture:
    st.subheader(say("Twelve focus areas"), anchor=False)
    st.caption(
        say(
            "● assured   ❙ reported   ▬ what open answers could still add. "
            "Shading: levels D to A of this tool, not UNESCO's."
        )
    )
    parts.chart(shown.chart, shown.chart_description, f"areas_{city}_{here.basket}")
    parts.twin(shown.table, say("Focus areas with all their scores"), "areas", here)
with next_steps:
    st.subheader(say("What to do next"), anchor=False)
    if not shown.next_steps:
        st.write(say("Every measurement of this basket is answered."))
    for step in shown.next_steps:
        with st.container(border=True, gap="small"):
            st.markdown(f"**{parts.plain(step.title)}**  \n{parts.plain(step.adds)}")
            st.caption(parts.plain(step.how))
            parts.go("city_areas", say("See the focus area"), "account_tree", area=step.area)
    st.subheader(say("Before you quote this score"), anchor=False)
    for caution in shown.cautions:
        st.markdown(f":material/info: {parts.plain(caution)}")
