"""Focus areas: from the area to the feature, the measurement, and the cell it came from."""

from __future__ import annotations

import streamlit as st

from actions.area_titles import area_titles
from actions.areas import AreaCard, FeatureCard, area
from actions.city import card
from views import address, parts


def _numbers(shown: AreaCard) -> None:
    parts.metrics(
        [
            (say("Assured score"), shown.assured, ""),
            (say("Reported score"), shown.reported, ""),
            (say("Bracket"), shown.bracket, ""),
            (say("Answered"), shown.coverage, ""),
        ]
    )


def _feature(feature: FeatureCard) -> None:
    label = f"{feature.code} {feature.title} · {feature.assured}"
    for _ in parts.fold(parts.plain(label), "flag", feature.code):
        st.write(parts.plain(feature.definition))
        for answer in feature.answers:
            with st.container(border=True, gap="small"):
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.markdown(f"**{parts.plain(f'{answer.code} {answer.title}')}**", width="content")
                    for badge in answer.badges:
                        st.badge(parts.plain(badge), color="gray")
                st.caption(parts.plain(answer.definition))
                figures = [
                    (say("Answer"), answer.value),
                    (say("Reference year"), answer.year),
                    (say("Points"), answer.points),
                    (say("Cell"), answer.where or "–"),
                ]
                for column, (name, text) in zip(st.columns([3, 2, 2, 3]), figures, strict=True):
                    column.markdown(f":gray[{name}]  \n**{parts.plain(text)}**")
                st.markdown(parts.plain(answer.working or answer.goalposts))
                if answer.read_as:
                    st.caption(parts.plain(answer.read_as))
                if answer.goalpost_origin:
                    st.caption(parts.plain(answer.goalpost_origin))
                if answer.source or answer.remark or answer.link:
                    st.caption(
                        parts.plain(
                            " · ".join(
                                text
                                for text in (
                                    answer.source and say("Source: {source}", source=answer.source),
                                    answer.link,
                                    answer.remark,
                                )
                                if text
                            )
                        )
                    )
                if answer.status:
                    st.caption(parts.plain(answer.status))
                if not answer.where:
                    st.caption(f"{say('How to measure it')}: {parts.plain(answer.how)}")
        if feature.steps:
            st.markdown(f"**{say('How does {score} come about?', score=parts.plain(feature.assured))}**")
            parts.table(feature.steps, say("Steps from the measurements to the feature"))


here = parts.visit()
say = here.speaker.say
city = parts.city_id(here)
who = card(here.actor, city, here.language)
parts.header(who.name, context=who.context, invented=who.invented, here=here)

titles = area_titles(here.language)
pick, basket = st.columns([3, 2], vertical_alignment="bottom")
with pick:
    code = address.select("area", say("Focus area"), list(titles), next(iter(titles)), titles.__getitem__)
with basket:
    parts.basket_switch(here)
shown = area(here.actor, city, code, here.basket, here.language, here.dark)

st.write(parts.plain(shown.definition))
_numbers(shown)
if shown.claims:
    st.caption(parts.plain(shown.claims))
picture, beside = st.columns([5, 3], gap="large")
with picture:
    st.subheader(say("Features"), anchor=False)
    parts.chart(shown.chart, shown.chart_description, f"features_{city}_{here.basket}_{code}")
    parts.twin(shown.table, say("Features with all their scores"), "features", here)
with beside:
    st.subheader(say("Beijing Declaration, commitment {number}", number=code), anchor=False)
    st.markdown(f"**{parts.plain(shown.commitment.title)}**")
    st.write(parts.plain(shown.commitment.definition))
    if shown.commitment.missing:
        st.markdown(say("Named there, but no feature of its own:"))
        for one in shown.commitment.missing:
            st.markdown(f"- {parts.plain(one)}")
    st.caption(say("Shown beside the focus area, never scored a second time."))
    st.caption(say("Sustainable Development Goals: {goals}", goals=parts.plain(shown.sdg)))

st.subheader(say("From feature to cell"), anchor=False)
for feature in shown.features:
    _feature(feature)
st.subheader(say("How does {score} come about?", score=parts.plain(shown.assured)), anchor=False)
parts.table(shown.steps, say("Steps from the features to the focus area"))
