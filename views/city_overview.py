"""Overview: where the city stands, why it is not surer, and what to do next."""

from __future__ import annotations

import streamlit as st

from actions.city import card
from actions.overview import overview
from actions.submissions import hand_in, submit
from views import parts

# The head of the last receipt of this visit, by upload.
_RECEIPT = "receipt."


def _hand_in() -> None:
    """Handing in for whoever may, and when it was done."""
    found = hand_in(here.actor, city, here.language)
    for line in found.before:
        st.markdown(f":material/inventory: {parts.plain(line)}")
    head = st.session_state.get(_RECEIPT + city, "")
    if head:
        st.success(
            say(
                "Handed in. Your receipt: {head}. Keep it: it proves later that nothing was changed.",
                head=head,
            ),
            icon=":material/verified:",
        )
    if not found.may:
        return
    for _ in parts.fold(say("Hand in this assessment"), "outbox", "hand_in"):
        st.write(
            say(
                "It is handed in as it stands, with its scores. The National Commission, the jury and the secretariat "
                "can see it from then on. What is handed in cannot be taken back; a newer workbook can be handed in."
            )
        )
        sure = st.checkbox(say("Yes, hand it in as it stands"), key=f"hand_in_{city}")
        st.button(say("Hand in"), icon=":material/outbox:", disabled=not sure, on_click=_submit)


@parts.acting
def _submit() -> None:
    st.session_state[_RECEIPT + city] = submit(here.now(), city).head


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
